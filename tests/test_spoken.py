"""What is told in other languages than English: by processes that a batch starts; countries and languages by name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from appealgen import catalogue
from appealgen.addresses import country_code, country_name, language_name
from appealgen.importing.action import Action
from appealgen.importing.casefiles import case_id
from appealgen.library import shipped

PACKAGE = Path(catalogue.__file__).parent
SIGNERS = "name,city,country\nAna Example,Exampletown,GB\nBen Sample,Berlin,DE\n"


@pytest.fixture
def compiled():
    """Make a catalogue of German in a folder: the messages, and what is said for them."""

    def make(folder: Path, messages: dict[str, str]) -> Path:
        catalog = Catalog(locale="de")
        for message, said in messages.items():
            catalog.add(message, said)
        path = folder / "de" / "LC_MESSAGES" / "appealgen.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_mo(file, catalog)
        return folder

    return make


@pytest.fixture
def german(tmp_path, compiled):
    """Speak German in this process, of which no message is translated."""
    catalogue.speak("de", compiled(tmp_path / "locale", {}))
    yield
    catalogue.speak("en")


@pytest.fixture
def installed(tmp_path, compiled):
    """Return a folder with the package as it is, but with a catalogue that any process finds."""
    root = tmp_path / "installed"
    package = root / "appealgen"
    package.mkdir(parents=True)
    for path in PACKAGE.iterdir():
        if path.name not in ("locale", "_data"):
            (package / path.name).symlink_to(path)
    # No link leads out of a folder of cases or templates.
    for name in ("cases", "templates"):
        shutil.copytree(shipped() / name, root / name)
    for path in shipped().glob("*.yaml"):
        shutil.copy(path, root)
    compiled(package / "locale", {"cannot be written ({reason})": "lässt sich nicht schreiben ({reason})"})
    return root


@pytest.mark.parametrize("form", ["txt", "pdf"])
def test_processes_speak_as_their_parent(installed, tmp_path, form):
    """Also those of PDF, which are no copies of it: the error is theirs, as the letter is."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    in_the_way = tmp_path / "out" / f"000001-mustafayev-prosecutor-en.{form}"
    in_the_way.mkdir(parents=True)
    path = os.pathsep.join(filter(None, [str(installed), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "appealgen", "batch", "--case", "mustafayev", "--target", "prosecutor", "--signers",
         "signers.csv", "--date", "2026-11-20", "--format", form, "--output", "out/", "--force", "--jobs", "2"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": path, "LANGUAGE": "de"}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"out/{in_the_way.name}: lässt sich nicht schreiben (" in done.stderr.decode()


@pytest.mark.usefixtures("german")
def test_countries_and_languages():
    """They are named in the language of the program, and in another where that is asked for."""
    assert (country_name("GB"), country_name("GB", "en")) == ("Vereinigtes Königreich", "United Kingdom")
    assert (language_name("ru"), language_name("ru", "en")) == ("Russisch", "Russian")
    assert language_name("xx") == "xx"
    with pytest.raises(ValueError, match=r"did you mean Deutschland\?"):
        country_code("Deutschlnd")


@pytest.mark.usefixtures("german")
def test_ids_are_the_same_in_every_language():
    assert case_id(Action(language="en", country="RU", title="Somebody")) == "russia-somebody"
