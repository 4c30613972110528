"""The examples, run as they are in a folder of their own, with `appealgen` on the path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.sh"))


@pytest.fixture
def shell(tmp_path):
    """Run a program in a folder of its own, with this appealgen on the path; return what it did."""
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "appealgen"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m appealgen "$@"\n')
    command.chmod(0o755)
    folder = tmp_path / "here"
    folder.mkdir()
    environ = {name: text for name, text in os.environ.items() if not name.startswith("APPEALGEN_")}
    environ |= {"PATH": f"{programs}{os.pathsep}{environ['PATH']}", "PYTHONPATH": str(ROOT),
                "XDG_CONFIG_HOME": str(tmp_path / "config")}  # fmt: skip

    def run_in(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, words)), cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False
        )

    run_in.folder = folder
    return run_in


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_makefile(shell):
    """A letter for each case and target; nothing is written twice; another tone and format on request."""
    shutil.copy(EXAMPLES / "Makefile", shell.folder)
    targets = ["prosecutor", "prison-service", "embassy"]
    done = shell("make")
    assert done.returncode == 0, done.stderr
    letters = shell.folder / "letters" / "mustafayev"
    assert sorted(path.name for path in letters.iterdir()) == sorted(f"{target}.docx" for target in targets)
    assert "Nothing to be done" in shell("make").stdout
    (shell.folder / "signer.yaml").write_text("name: Ben Example\n")
    assert shell("make").stdout.count("appealgen write") == 3
    (letters / "embassy.docx").unlink()
    assert shell("make").stdout.count("appealgen write") == 1
    assert shell("make", "FORMAT=txt", "TARGETS=prosecutor", "TONE=urgent").returncode == 0
    assert "Ana Example" in (letters / "prosecutor.txt").read_text(encoding="utf-8")
    assert shell("make", "clean").returncode == 0
    assert [path.name for path in letters.iterdir()] == ["prosecutor.txt"]


def test_weekly_check(shell):
    """All is well in a new group's folder; a slip in its files, or a closed case, is said with status 1."""
    script = EXAMPLES / "weekly-check.sh"
    assert shell("appealgen", "init", "my-group").returncode == 0
    before = sorted(path for path in shell.folder.rglob("*"))
    done = shell(script, "my-group", "example", "minister")
    assert done.returncode == 0, done.stdout
    assert "== check\n" in done.stdout
    assert "all is well" in done.stdout
    assert "letters" in done.stdout.split("== what a batch would write")[1]
    assert sorted(path for path in shell.folder.rglob("*")) == before
    closed = shell(script, "my-group", "chiygoz", "prosecutor")
    assert closed.returncode == 1
    assert "closed" in closed.stdout
    (shell.folder / "my-group" / "signers.csv").unlink()
    assert "no batch is planned" in shell(script, "my-group", "example", "minister").stdout
    (shell.folder / "my-group" / "targets.yaml").write_text("minister: 1\n")
    assert shell(script, "my-group", "example", "minister").returncode == 1
    assert shell(script).returncode == 2


def test_own_paragraphs(shell):
    """A letter a file, by number, with the words of the file; then how alike they are."""
    script = EXAMPLES / "own-paragraphs.sh"
    folder = shell.folder / "paragraphs"
    folder.mkdir()
    assert shell(script, "mustafayev", "prosecutor").returncode == 1
    (folder / "Ana Example.txt").write_text("I teach chemistry, and my pupils asked me about this case.\n")
    (folder / "Zoë O'Sample.txt").write_text("As a nurse I know what a winter without medicine means.\n")
    done = shell(script, "mustafayev", "prosecutor")
    assert done.returncode == 0, done.stderr
    names = ["000001-mustafayev-prosecutor.docx", "000002-mustafayev-prosecutor.docx"]
    assert sorted(path.name for path in (shell.folder / "letters").iterdir()) == names
    assert "all 2 letters carry a sentence of their own" in done.stderr
    assert "Ana" not in done.stdout
    assert shell(script, "mustafayev").returncode == 2


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_posix_shell(script):
    """What dash and shellcheck say, where they are; each script can be started, and says what it is for."""
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/bin/sh\n# ")
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", script], check=True)
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    done = subprocess.run(["shellcheck", "-s", "sh", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_readme_names_every_example():
    """And nothing else."""
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    others = {path.name for path in EXAMPLES.iterdir()} - {"README.md"}
    assert others == {name for name in others if f"]({name})" in page}
