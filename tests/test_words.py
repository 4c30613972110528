"""The program's own words: every catalogue is complete, and what the program says comes from it."""

from __future__ import annotations

import ast
import gettext
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Message
from conftest import folders

from appealgen import catalogue
from appealgen.cli import COMMANDS
from appealgen.cli import main as program

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = sorted(path.stem for path in LOCALE.glob("*.po"))
SAID = Path(__file__).parent / "words"

WORDS = runpy.run_path(str(LOCALE / "words.py"))


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    """The catalogues as they are now, where the program looks for them."""
    WORDS["compile_all"]()


@pytest.fixture(scope="module")
def sources():
    return WORDS["template"]()


@pytest.fixture
def _english_again():
    yield
    catalogue.speak("en")


def test_languages():
    assert LANGUAGES == ["de", "es", "fr", "ru", "uk"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language, sources):
    path = LOCALE / f"{language}.po"
    catalog, text = WORDS["updated"](path, sources)
    assert list(WORDS["left_to_do"](catalog)) == []
    assert text == path.read_text(encoding="utf-8"), "run python locale/words.py"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (Message("a {file}", "ein {file}"), []),
        (Message("a {file}", "ein {fiel}"), ["has the placeholders ['fiel'], not ['file']"]),
        (Message("a {file}", "ein"), ["has the placeholders [], not ['file']"]),
        (Message("a {file}", "ein {file.name}"), ["has the placeholders ['file.name'], not ['file']"]),
        (Message("a {file}", "ein {file!r}"), ["has the placeholders ['file!r'], not ['file']"]),
        (Message("a {file}", "ein {file"), ["has the placeholders ['braces that do not close'], not ['file']"]),
        (Message("a file", ""), ["is not translated"]),
        (Message("a file\n", "eine Datei"), ["begins or ends with other spaces or line ends"]),
        (
            Message("a", "b", flags=["fuzzy"]),
            ["is fuzzy: its English has changed; read it again and take the mark out"],
        ),
        (Message(("{count} day", "{count} days"), ("ein Tag", "{count} Tage")), []),
        (Message(("{count} day", "{count} days"), ("ein Tag", "Tage")), ["has the placeholders [], not ['count']"]),
        (Message(("{count} day", "{count} days"), ("{count} Tage", "")), ["must have 2 plural forms"]),
    ],
    ids=lambda value: str(value.string) if isinstance(value, Message) else "",
)  # fmt: skip
def test_what_does_not_fit_is_found(message, said):
    assert list(WORDS["faults"](message, 2)) == said


def test_a_message_that_cannot_be_found_stops_the_search(tmp_path):
    (tmp_path / "one.py").write_text('_(f"there is no {name}")\n')
    with pytest.raises(SystemExit, match="not an f-string"):
        list(WORDS["found"](tmp_path / "one.py"))


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LC_ALL": "C", "LANGUAGE": "de"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "de"}, "de"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "uk_UA"}, "uk"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "es_MX@euro", "LC_MESSAGES": "uk_UA"}, "es"),
        ({"LANG": "de_DE", "LANGUAGE": "fr"}, "fr"),
        ({"LANG": "de_DE", "LANGUAGE": ""}, "de"),
        ({"LANGUAGE": "xx:ru:de"}, "ru"),
        ({"LANGUAGE": "en_GB:de"}, "en"),
        ({"LANGUAGE": "../../de"}, "en"),
        ({"LANG": "tlh"}, "en"),
    ],
)
def test_language_asked_for(variables, language):
    assert catalogue.asked(variables) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_dates(language, golden):
    catalogue.speak(language)
    try:
        lines = [
            *(catalogue.number(number) for number in (1, 1234, 1234567)),
            catalogue.number(2.0, 1),
            catalogue.day(2025),
            catalogue.day(2025, 7),
            catalogue.day(2025, 7, 3),
        ]
    finally:
        catalogue.speak("en")
    golden(SAID / f"{language}-figures.txt", "\n".join(lines) + "\n")


#: What is typed for each language; what comes is in words/<language>.txt.
TYPED = (
    "--help",
    "wrote",
    "write --help",
    "write --case mustafaev --target prosecutor",
    "write --case mustafayev",
    "write --case mustafayev --target prosecutor --wrap 3",
    "write --case mustafayev --target prosecutor --privacy some",
    "write --case mustafayev --target prosecutor --language ru --dry",
    "write --case mustafayev --target prosecutor --language ru --date 2026-11-20",
    "list tones",
    "show case mustafayev",
    "batch --case mustafayev --target prosecutor --signers bad.csv --date 2026-11-20 --dry-run",
    "batch --case mustafayev --target prosecutor --signers signers.csv --date 2026-11-20 --output letters/",
    "report letters/",
    "mark letters/ --sent 2026-11-20",
    "due letters/ --date 2027-02-20",
    "purge letters/ --yes",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_says(language, golden, tmp_path, monkeypatch):
    """The real program, asked as a terminal asks it: help, mistakes, notes, tables, counts."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", f"{language}:en")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "bad.csv").write_text("name,country\nAna Example,DE\nIvo Muster,AT\nNo Country,Atlantis\n")
    (tmp_path / "signers.csv").write_text("name,country\nAna Example,DE\nIvo Muster,AT\n")
    told = []
    for typed in TYPED:
        command = [sys.executable, "-m", "appealgen", *shlex.split(typed)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert "Traceback" not in done.stderr
        seconds = re.sub(r"\d+[.,]\d(?= \w+\n)", "0.0", done.stdout + done.stderr)
        told.append(f"$ appealgen {typed}\n{seconds}exit status {done.returncode}\n")
    golden(SAID / f"{language}.txt", "\n".join(told))


def test_the_mark_of_messages_is_never_a_name_for_something_else():
    """A function that assigns `_` could not look up a message: it would fail where it should say what is wrong."""
    for path in (ROOT / "appealgen").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
        if "_" in names:
            stored = [node.lineno for node in ast.walk(tree)
                      if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)]  # fmt: skip
            assert stored == [], path


class Marked(gettext.NullTranslations):
    """A language in which every message is English in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return f"⟦{message}⟧"


@pytest.fixture
def _marked(monkeypatch):
    monkeypatch.setattr(catalogue, "_known", Marked())
    for name in ("core", "exceptions", "types"):
        module = sys.modules[f"click.{name}"]
        monkeypatch.setattr(module, "_", Marked().gettext)
        monkeypatch.setattr(module, "ngettext", Marked().ngettext)


def unmarked(said: str) -> list[str]:
    """Return the lines of *said* of which words stand outside of all brackets."""
    before = ""
    while before != said:
        before, said = said, re.sub(r"⟦[^⟦⟧]*⟧", "", said)
    return [line for line in said.splitlines() if re.search(r"[a-z]+ [a-z]+ [a-z]|[⟦⟧]", line)]


def test_unmarked():
    assert unmarked("⟦a ⟦b⟧ c d e⟧: x") == []
    assert unmarked("⟦a⟧ is not there") == [" is not there"]


@pytest.mark.usefixtures("_marked")
@pytest.mark.parametrize("folder", folders("bad"), ids=lambda path: path.name)
def test_no_message_is_forgotten(folder, run, tmp_path):
    """Whatever is wrong with the input, all that is said about it has been looked up."""
    group = tmp_path / "group"
    shutil.copytree(folder, group, ignore=shutil.ignore_patterns("command", "expected"))
    group.mkdir(exist_ok=True)
    result = run(*shlex.split((folder / "command").read_text(encoding="utf-8")), cwd=group)
    assert unmarked(result.err) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_help_is_forgotten(name, capsys, monkeypatch):
    """Every line of a command's help comes from the catalogue, save what is typed and what Click says."""
    monkeypatch.setattr(catalogue, "_known", Marked())
    monkeypatch.setattr(catalogue, "_language", "de")
    with pytest.raises(SystemExit):
        program([name, "--help"])
    said = re.sub(r"(?m)^(Usage: .*|    .*|  -h, --help .*)$", "", capsys.readouterr().out)
    assert [line for line in unmarked(said) if "⟦" not in line] == []
