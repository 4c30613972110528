from __future__ import annotations

import importlib
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from appealgen.cli import main
from appealgen.library import shipped

# Nothing that the tests run may use the network, in this process and in all that it starts.
OFFLINE = Path(__file__).parent / "offline"
sys.path.insert(0, str(OFFLINE))
importlib.invalidate_caches()
if (sys.modules.get("sitecustomize") or sys).__dict__.get("__file__") != str(OFFLINE / "sitecustomize.py"):
    sys.modules.pop("sitecustomize", None)
    import sitecustomize  # noqa: F401
# Whoever runs the tests, the program speaks English unless a test says otherwise.
os.environ["LANGUAGE"] = "en"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what comes out as what is expected")


@pytest.fixture(scope="session", autouse=True)
def network_notes():
    """Where every process notes that it wanted the network."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["APPEALGEN_TEST_NETWORK"] = f"{folder}/notes"
        yield Path(folder, "notes")
        del os.environ["APPEALGEN_TEST_NETWORK"]


@pytest.fixture(autouse=True)
def _no_network(network_notes):
    """Fail a test of which any process, in Python, wanted the network."""
    yield
    if network_notes.exists():
        said = network_notes.read_text(encoding="utf-8")
        network_notes.unlink()
        pytest.fail(f"the network was asked for: {said}")


@dataclass(frozen=True)
class Result:
    """What a command did: exit status, standard output as bytes, standard error as text."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


@pytest.fixture
def run(tmp_path, tmp_path_factory, monkeypatch, capsysbinary):
    """Run `appealgen` with arguments, in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in (*(name for name in os.environ if name.startswith("APPEALGEN_")), "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    # Nobody's own settings: the folder is empty unless a test fills it.
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("COLUMNS", "100")

    def run_in(*args: str, cwd: Path | None = None) -> Result:
        before = Path.cwd()
        os.chdir(cwd or before)
        capsysbinary.readouterr()
        try:
            main(args)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
        else:
            status = 0
        finally:
            os.chdir(before)
        out, err = capsysbinary.readouterr()
        return Result(status, out, err.decode().replace(str(shipped()), "SHIPPED"))

    return run_in


@pytest.fixture
def golden(request):
    """Compare with what a file expects, or write it when asked to."""

    def compare(path: Path, found: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(found, encoding="utf-8", newline="")
        assert path.is_file(), f"{path.name} is missing: run with --update-golden, then read it"
        assert found == path.read_bytes().decode()

    return compare


def folders(name: str) -> list[Path]:
    """Return the folders of documents called *name*, sorted."""
    return sorted(path for path in (Path(__file__).parent / name).iterdir() if path.is_dir())


sys.path.insert(0, str(Path(__file__).parent))

_ANY = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("ci", **_ANY)
settings.register_profile("night", max_examples=10_000, print_blob=True, **_ANY)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
