"""What somebody meets who hears a letter or the program, or reads them in Braille.

PDF has tests of its own (test_pdf_structure.py).
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import itertools
import os
import re
import select
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import click
import pytest
from click.testing import CliRunner
from reading import W
from test_html import Page
from test_site import PAGES

from appealgen import catalogue
from appealgen.cli import hearing

ROOT = Path(__file__).parent.parent
WHAT = ("--case", "mustafayev", "--target", "prosecutor")
DAY = ("--date", "2026-11-20")
ANA = ("--name", "Ana Example", "--address", "1 Example Street", "--address", "Exampletown EX1 1AA", "--country", "GB")
SIGNERS = (
    "name,street,city,country,language\n"
    "Ana Example,1 Street,Exampletown,GB,ru\nBen Sample,2 Street,Exampletown,GB,en\nCem Sample,3 Street,Town,TR,ar\n"
)
ROLL = "name,role\n" + "".join(f"Signer Example {number},teacher of things\n" for number in range(60))
WRITE = ("write", *WHAT, *DAY)
# Kind of document -> the command, its languages, and how deep its headings are, in their order.
KINDS = {
    "letter": ((*WRITE, *ANA), {"en-GB"}, [0]),
    "to-sign": ((*WRITE, "--country", "US"), {"en-US"}, [0]),
    "gloss": ((*WRITE, *ANA, "--language", "ru", "--gloss", "en"), {"ru-RU", "en-GB"}, [0, 0]),
    "arabic": ((*WRITE, *ANA, "--language", "ar", "--gloss", "en"), {"ar", "en-GB"}, [0, 0]),
    "joint": (("joint", *WHAT, *DAY, "--signatories", "roll.csv"), {"en-GB"}, [0, 1]),
    "annex": (("joint", *WHAT, *DAY, "--signatories", "many.csv"), {"en-GB"}, [0, 1, 1]),
    "combined": (
        ("batch", *WHAT, *DAY, "--signers", "signers.csv", "--gloss", "en"), {"ru-RU", "ar", "en-GB"},
        [0, 1, 1, 0, 1, 0, 1, 1],
    ),
    "copy-out": (("copy-out", *WHAT), {"en-GB"}, []),
    "copy-out-arabic": (("copy-out", *WHAT, "--language", "ar"), {"ar"}, []),
}  # fmt: skip


def value(node: ET.Element | None, name: str = "val") -> str | None:
    return None if node is None else node.get(f"{W}{name}")


class Word:
    """A Word file as the standard library reads it: what a paragraph is, by itself or by its styles."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.body, styles, self.numbering, self.core = (
                ET.fromstring(package.read(name))
                for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "docProps/core.xml")
            )
        self.styles = {value(style, "styleId"): style for style in styles.iter(f"{W}style")}
        self.default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        self.paragraphs = list(self.body.iter(f"{W}p"))

    def of(self, paragraph: ET.Element, wanted: str) -> ET.Element | None:
        """Return the property *wanted*, such as ``pPr/numPr``, of a paragraph, or of the nearest style that has it."""
        where = "/".join(f"{W}{part}" for part in wanted.split("/"))
        found = paragraph.find(where)
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        while found is None and style in self.styles:
            found = self.styles[style].find(where)
            style = value(self.styles[style].find(f"{W}basedOn"))
        return found

    def languages(self) -> set[tuple[str, ...]]:
        """Return the languages of all text, each as those of Latin, eastern and right-to-left letters."""
        found = set()
        for paragraph in self.paragraphs:
            for run in paragraph.iter(f"{W}r"):
                lang = run.find(f"{W}rPr/{W}lang")
                lang = self.of(paragraph, "rPr/lang") if lang is None else lang
                lang = self.default if lang is None else lang
                found.add(tuple(value(lang, name) for name in ("val", "eastAsia", "bidi")))
        return found

    def text(self, paragraph: ET.Element) -> str:
        return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))

    def headings(self) -> list[int]:
        levels = [self.of(paragraph, "pPr/outlineLvl") for paragraph in self.paragraphs]
        return [int(value(level)) for level in levels if level is not None]


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """Each kind of Word file, made by its command."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    (folder / "roll.csv").write_text(ROLL, encoding="utf-8")
    (folder / "many.csv").write_text("name\n" + "".join(f"Signer Example {n}\n" for n in range(300)), encoding="utf-8")
    for kind, (command, *_) in KINDS.items():
        to = "--combine" if command[0] == "batch" else "--output"
        done = subprocess.run(
            [sys.executable, "-m", "appealgen", *command, to, f"{kind}.docx", "-q"],
            cwd=folder, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_word_says_what_it_is(documents, kind):
    """A title that names the case and not the signer, and the language of all text, whatever its letters are."""
    word = Word(documents / f"{kind}.docx")
    told = {node.tag.rpartition("}")[2]: node.text for node in word.core}
    assert set(told) == {"title", "language"}
    assert re.search("Mustafayev|Мустафаев|مصطفاييف", told["title"])
    assert not re.search("Ana|Ben|Cem|Signer", told["title"])
    languages = KINDS[kind][1]
    assert told["language"] in languages
    assert word.languages() == {(one, one, one) for one in languages}


@pytest.mark.parametrize("kind", KINDS)
def test_word_has_real_headings_and_lists(documents, kind):
    """Headings are found as such, none is left out between; an item is one of a list, and its mark is not typed."""
    word = Word(documents / f"{kind}.docx")
    assert word.headings() == KINDS[kind][2]
    lists = {value(one, "numId") for one in word.numbering.iter(f"{W}num")}
    items = 0
    for paragraph in word.paragraphs:
        assert not re.match(r"[-–—•*·]\s", word.text(paragraph)), "typed by hand"
        numbered = word.of(paragraph, "pPr/numPr")
        if numbered is not None:
            assert value(numbered.find(f"{W}numId")) in lists
            items += 1
    assert items >= 3
    assert items % 3 == 0, "the case has three asks of the prosecutor"


@pytest.mark.parametrize("kind", KINDS)
def test_word_is_read_in_its_order(documents, kind):
    """No table but that of the copy, whose columns have heads; no picture or text box; no empty line to make room."""
    word = Word(documents / f"{kind}.docx")
    tables = list(word.body.iter(f"{W}tbl"))
    assert len(tables) == {"gloss": 1, "arabic": 1, "combined": 2}.get(kind, 0)
    for table in tables:
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert heads == [True, *[False] * (len(heads) - 1)]
        assert all(word.text(cell) for cell in table.iter(f"{W}tc"))
    assert not {"drawing", "pict", "object", "txbxContent"} & {node.tag.removeprefix(W) for node in word.body.iter()}
    empty = [paragraph for paragraph in word.paragraphs if not word.text(paragraph)]
    # Word wants a paragraph after a table, and something after columns for them to be even: two points high at most.
    assert len(empty) <= len(tables) + (kind in ("joint", "annex"))


@pytest.mark.parametrize("kind", ["gloss", "arabic", "joint", "annex", "combined", "copy-out"])
def test_libreoffice_reads_it_so(documents, kind, tmp_path):
    """The structure that another program finds, told by its own tags: headings, lists, heads of a table, the title."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not installed")
    from test_pdf_structure import elements

    how = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", how,
         "--outdir", tmp_path, documents / f"{kind}.docx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with pikepdf.open(tmp_path / f"{kind}.pdf") as pdf:
        tags = list(elements(pdf.Root.StructTreeRoot))
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title)
    assert [int(tag[2]) - 1 for tag in tags if re.fullmatch("/H[1-6]", tag)] == KINDS[kind][2]
    items = {"gloss": 9, "arabic": 9, "combined": 3 * 3 + 2 * 6}.get(kind, 3)
    assert tags.count("/LI") == tags.count("/LBody") == items
    tables = {"gloss": 1, "arabic": 1, "combined": 2}.get(kind, 0)
    assert (tags.count("/Table"), tags.count("/TH")) == (tables, 2 * tables)


def test_web_page(run, tmp_path):
    """Its own language, title and main part; the subject is a heading; who has signed is a list; nothing is so wide."""
    (tmp_path / "roll.csv").write_text(ROLL, encoding="utf-8")
    page = Page(run("joint", *WHAT, *DAY, "--signatories", "roll.csv", "--format", "html", "--output", "-", "-q").out)
    assert page.attributes("html")[0] == {"lang": "en-GB", "dir": "ltr"}
    assert [tag for tag, _ in page.elements].count("main") == 1
    headings = [one["aria-level"] for one in page.attributes("p") if one.get("role") == "heading"]
    assert headings == ["1", "2"]
    assert [one.get("role") for one in page.attributes("ul")] == [None, "list"]
    styles = " ".join(one.get("style") or "" for _, one in page.elements)
    assert not re.search(r"color|px|pt\b|width|text-align: (?:left|right|justify)", styles)
    gloss = Page(run(*KINDS["arabic"][0], "--format", "html", "--output", "-", "-q").out)
    assert [one["scope"] for one in gloss.attributes("th")] == ["col", "col"]
    assert [one["lang"] for one in gloss.attributes("th")] == ["ar", "en-GB"]
    to_sign = run(*KINDS["to-sign"][0], "--format", "html", "--output", "-", "-q").text
    assert to_sign.count("_" * 40) == to_sign.count('<span aria-hidden="true">' + "_" * 40) == 3


def test_draft_is_plain_text_that_wraps_itself(run):
    """One part, its language told, a paragraph a line: a mail program breaks it as wide as its reader wants."""
    message = email.message_from_bytes(
        run(*WRITE, *ANA, "--format", "eml", "--output", "-", "-q").out, policy=email.policy.default
    )
    assert message.get_content_type() == "text/plain"
    assert message["Content-Language"] == "en-GB"
    lines = message.get_content().splitlines()
    assert max(map(len, lines)) > 200
    assert sum(line.startswith("- ") for line in lines) == 3


# The command line.


@pytest.fixture
def heard(run, monkeypatch):
    """Run a command for who has asked for words."""
    monkeypatch.setattr("appealgen.errors.spoken", False)  # put back to that when the test ends

    def run_so(*args: str):
        with monkeypatch.context() as patch:
            patch.setenv("ACCESSIBLE", "1")
            return run(*args)

    return run_so


def test_tables_are_told_line_by_line(run, heard, monkeypatch):
    """Each value after its heading, the id first, an empty line between; as often as rows in the table."""
    monkeypatch.setenv("COLUMNS", "200")
    table = run("list", "cases").text.splitlines()
    told = heard("list", "cases").text
    records = told.strip().split("\n\n")
    assert len(records) == len(table) - 1
    assert "id: mustafayev\nperson: Server Mustafayev\nstatus: active\n" in told
    assert all(re.fullmatch(r"[^:]+: \S.*", line) for record in records for line in record.splitlines())
    assert heard("list", "cases", "--json").text == run("list", "cases", "--json").text


@pytest.mark.parametrize(("name", "said"), [("ACCESSIBLE", "1"), ("TERM", "dumb")])
def test_report_without_bars(run, tmp_path, monkeypatch, name, said):
    """The number stands there anyway; nothing is drawn where nothing shall be."""
    monkeypatch.setenv("TERM", "xterm")
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    assert run("batch", *WHAT, *DAY, "--signers", "signers.csv", "--output", "letters/", "-q").status == 0
    assert re.search("1  #+$", run("report", "letters/").text, re.MULTILINE)
    monkeypatch.setenv(name, said)
    shown = run("report", "letters/", "--by", "language").text
    assert "#" not in shown
    pattern = r"language: {}\s+letters: 1" if name == "ACCESSIBLE" else r"{} +1"
    assert all(re.search(pattern.format(code), shown) for code in ("ar", "en", "ru"))


@pytest.mark.parametrize("said", ["", "0", "false", "No"])
def test_not_asked_for(run, monkeypatch, said):
    """A variable that is empty or says no changes nothing."""
    table = run("list", "languages").text
    monkeypatch.setenv("ACCESSIBLE", said)
    assert run("list", "languages").text == table


def test_places_in_words(run, heard, tmp_path):
    """File and line as a person says them; as editors take them otherwise."""
    (tmp_path / "signers.csv").write_text("name,country\n,GB\n", encoding="utf-8")
    command = ("batch", *WHAT, *DAY, "--signers", "signers.csv", "--dry-run", "-q")
    assert "signers.csv, line 2: name: is empty" in heard(*command).err
    assert "signers.csv:2: name: is empty" in run(*command).err
    (tmp_path / "appealgen.toml").write_text('tone = "brief"\n', encoding="utf-8")
    assert "\nsource: appealgen.toml, line 1\ncommands: write, " in heard("config").text


@pytest.mark.parametrize("width", ["40", "100"])
def test_help_below_each_other(heard, run, monkeypatch, width):
    """What an option does stands on the lines below it; so it does for anybody on forty characters."""
    monkeypatch.setenv("COLUMNS", width)
    assert "\n  --tone TONE\n      formal, urgent, humanitarian or brief." in heard("write", "--help").text
    shown = run("write", "--help").text
    assert ("\n  --tone TONE\n      formal, urgent," in shown) == (width == "40")
    assert "ACCESSIBLE=1" in run("--help").text


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, folder: Path, *args: str, **environment: str) -> None:
        pty = pytest.importorskip("pty", reason="no terminals here")
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "appealgen", *args], stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment}, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.said = b""

    def hear(self, until: str = "") -> str:
        """Read on until *until* is said, or to the end."""
        end = time.monotonic() + 60
        while not until or until.encode() not in self.said:
            assert select.select([self._ours], [], [], max(end - time.monotonic(), 0))[0], self.said
            heard = b""
            with contextlib.suppress(OSError):  # Linux, when the other end is closed
                heard = os.read(self._ours, 65536)
            if not heard:
                assert not until, self.said
                os.close(self._ours)
                self.process.wait(60)
                break
            self.said += heard
        return self.said.decode()

    def answer(self, text: str) -> None:
        os.write(self._ours, f"{text}\n".encode())


@pytest.mark.parametrize("asked", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}, {}], ids=["words", "dumb", "drawn"])
def test_nothing_moves_or_is_coloured(tmp_path, asked):
    """On a terminal that is heard nothing is written over, and no code is sent."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    said = Terminal(tmp_path, "batch", *WHAT, *DAY, "--signers", "signers.csv", "--output", "letters/", **asked).hear()
    assert "3 written" in said
    assert "note: " in said.replace("\x1b[33m", "").replace("\x1b[0m", "")
    drawn = re.search(r"\x1b|\r(?!\n)|[#]{4}", said)
    assert bool(drawn) == (not asked)


def test_questions_say_what_enter_answers(tmp_path):
    """In words, not by a capital letter or a bracket; nothing is chosen by arrow keys."""
    terminal = Terminal(tmp_path)
    assert "Which (Enter for mustafayev): " in terminal.hear("Which (Enter for mustafayev): ")
    terminal.process.kill()
    terminal.process.wait()
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    Terminal(tmp_path, "batch", *WHAT, *DAY, "--signers", "signers.csv", "--output", "letters/", "-q").hear()
    terminal = Terminal(tmp_path, "purge", "letters/")
    terminal.hear("(yes or no, Enter for no): ")
    terminal.answer("")
    assert "nothing is removed" in terminal.hear()


@pytest.mark.parametrize(
    ("language", "typed", "default", "meant"),
    [
        ("en", "y", False, True),
        ("en", "No", True, False),
        ("en", "", True, True),
        ("en", "?\n", True, True),
        ("ru", "да", False, True),
        ("ru", "Н", True, False),
        ("es", "si", False, True),
        ("es", "sí", False, True),
        ("de", "yes", False, True),
        ("fr", "peut-être\nnon", True, False),
    ],
)
def test_yes_and_no_in_the_language_of_who_answers(language, typed, default, meant):
    """Short or whole, with accents or without, or in English; anything else is asked again."""

    @click.command()
    def ask() -> None:
        catalogue.speak(language)
        click.echo(f"\n{hearing.confirm('?', default=default)}")

    try:
        result = CliRunner().invoke(ask, input=f"{typed}\n", catch_exceptions=False)
    finally:
        catalogue.speak("en")
    assert result.output.splitlines()[-1] == str(meant)
    assert result.output.count("? (") == len(typed.split("\n")), "asked as often as it was answered"


def test_several_letters_say_which_follows(run):
    """A short rule with the name of the target."""
    shown = run("preview", "--case", "mustafayev", "--target", "all", "--country", "GB", "-q").text
    rules = [line for line in shown.splitlines() if re.match("[=-]{3}", line)]
    assert rules == ["==== prison-service ====", "==== embassy ===="]


def test_what_other_programs_read_stays_as_it_is(heard, run, tmp_path):
    """Places in --json and in --problems are those that programs know; only the terminal has them in words."""
    (tmp_path / "list.txt").write_text("Ana Example, Lawyer\nBen Sample\n", encoding="utf-8")
    joint = ("joint", *WHAT, *DAY, "--signatories", "list.txt", "--json", "--force")
    assert heard(*joint).text == run(*joint).text
    (tmp_path / "signers.csv").write_text("name,country\nAna Example,Atlantis\n", encoding="utf-8")
    batch = ("batch", *WHAT, *DAY, "--signers", "signers.csv", "--output", "letters/", "--problems", "problems.txt")
    assert "signers.csv, line 2: " in heard(*batch).err
    assert (tmp_path / "problems.txt").read_text(encoding="utf-8").startswith("signers.csv:2: ")


# The pages of the documentation.


def headings(page: Path) -> list[int]:
    text = re.sub(r"^(```|~~~).*?^\1", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#{1,6}) ", text, re.MULTILINE)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages(page):
    """One title, no level left out below it; pictures in words; links that say where they lead."""
    levels = headings(page)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    text = page.read_text(encoding="utf-8")
    for alternative in re.findall(r"!\[([^\]]*)\]", text):
        assert len(alternative.split()) > 3
    for words in re.findall(r"(?<!!)\[([^\]]+)\]\([^)]+\)", text):
        assert not re.fullmatch(r"(?i)(?:click )?here|this|link|more|page|https?:.*", words)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_of_the_site():
    """Text on the palest grey of the theme, and white on what is chosen: 7:1 at least."""
    style = (ROOT / "docs" / "contrast.css").read_text(encoding="utf-8")
    assert "contrast.css" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    found = re.findall(r"--bs-([\w-]+): (#[0-9a-f]{6});", style)
    assert {"link-color", "link-hover-color", "code-color", "navbar-color", "dropdown-link-hover-bg"} <= dict(
        found
    ).keys()
    for name, colour in found:
        assert (luminance("#f8f9fa") + 0.05) / (luminance(colour) + 0.05) >= 7, name
    for name, shades in re.findall(r"--bs-([\w-]+)-rgb: ([\d, ]+);", style):
        assert dict(found)[name] == "#" + "".join(f"{int(shade):02x}" for shade in shades.split(","))
