"""The signer's copy: the letter beside its translation."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree as ET

import pytest
from reading import W
from test_formats import convert

from appealgen import Library, Signer, addressee, prepared, render, sender_of

LIBRARY = Library(None)
DAY = datetime.date(2026, 11, 21)
WRITE = ("write", "--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-21", "-q")


def both(language: str, other: str, tone: str = "formal"):
    """Return the letter with its gloss, and the letter that the gloss is of, by the same signer."""
    case = LIBRARY.case("mustafayev")
    to = addressee(LIBRARY, case, "prosecutor", None)
    sender = sender_of(Signer(name="Ana", message=("My own words.",)))
    letter = prepared(LIBRARY, case, to, language, tone, gloss=other).letter(sender, DAY)
    return letter, prepared(LIBRARY, case, to, other, tone).letter(sender, DAY)


@pytest.mark.parametrize("language", [language for language in LIBRARY.language_ids if language != "en"])
def test_each_paragraph_beside_the_same(language):
    """What is signed, all of it, beside what the English letter says, all of it."""
    for tone in LIBRARY.tones(language):
        letter, english = both(language, "en", tone)
        assert letter.gloss is not None
        for said, side in ((letter, "original"), (english, "translation")):
            shown = "\n".join(getattr(pair, side) for pair in letter.gloss.pairs)
            for block in said.body:
                for part in getattr(block, "items", None) or [block.text]:
                    assert part in shown
            assert said.subject in shown
            assert said.salutation in shown
            assert said.close in shown


def test_text_has_it_after_a_rule(run):
    """The letter first, as it is without; then the copy."""
    plain = run(*WRITE, "--language", "ru", "--format", "txt", "--output", "-").text
    glossed = run(*WRITE, "--language", "ru", "--format", "txt", "--output", "-", "--gloss", "en").text
    letter, rule, copy = glossed.partition("\n\n" + "-" * 40 + "\n\n")
    assert letter + "\n" == plain
    assert rule
    assert copy.startswith("Copy for the signer")
    assert "\nУважаемый Генеральный прокурор!\n> Dear Prosecutor General,\n" in copy
    wrapped = run(*WRITE, "--language", "ru", "--format", "txt", "--output", "-", "--gloss", "en", "--wrap", "60").text
    assert max(map(len, wrapped.splitlines())) <= 60


def test_draft_has_it_as_a_second_file(run, tmp_path):
    """The draft itself is the one without."""
    run(*WRITE, "--language", "ru", "--format", "eml", "--output", "plain/")
    result = run(*WRITE, "--language", "ru", "--format", "eml", "--output", "out/", "--gloss", "de")
    assert result.text.splitlines() == ["out/mustafayev-prosecutor-ru.eml", "out/mustafayev-prosecutor-ru-copy-de.txt"]
    assert (tmp_path / "out/mustafayev-prosecutor-ru.eml").read_bytes() == (
        tmp_path / "plain/mustafayev-prosecutor-ru.eml"
    ).read_bytes()
    assert "> Sehr geehrte" in (tmp_path / "out/mustafayev-prosecutor-ru-copy-de.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "other"), [("ru", "en"), ("ar", "en"), ("en", "ar")])
def test_word_has_it_on_a_page_of_its_own(tmp_path, language, other):
    """A table of two columns, each in its language and direction; LibreOffice opens it as two pages."""
    letter, _ = both(language, other)
    assert letter.gloss is not None
    content = render(letter, "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        document = ET.fromstring(package.read("word/document.xml"))
    heads, *rows = document.iter(f"{W}tr")
    assert ["".join(node.text for node in cell.iter(f"{W}t")) for cell in heads.iter(f"{W}tc")] == [*letter.gloss.names]
    assert len(rows) == len(letter.gloss.pairs)
    for row, pair in zip(rows, letter.gloss.pairs, strict=True):
        cells = ["".join(node.text or "" for node in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
        assert cells == [pair.original.replace("\n", ""), pair.translation.replace("\n", "")]
        tags = [{node.get(f"{W}val") for node in cell.iter(f"{W}lang")} for cell in row.iter(f"{W}tc")]
        assert tags == [{letter.language}, {letter.gloss.language}]
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler is not installed")
    (tmp_path / "letter.docx").write_bytes(content)
    convert(tmp_path, "pdf", [tmp_path / "letter.docx"])
    told = subprocess.run(
        ["pdfinfo", tmp_path / "letter.pdf"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert re.search(r"^Pages:\s+2$", told, re.MULTILINE)


@pytest.mark.parametrize("form", ["docx", "txt"])
def test_a_batch_writes_the_same(run, tmp_path, form):
    """Row by row what `write` gives; a signer whose language it is gets none."""
    table = (
        "name,street,city,country,language\nAna Example,1 Street,Exampletown,GB,ru\nBen Sample,2 Street,Town,GB,en\n"
    )
    (tmp_path / "signers.csv").write_text(table, encoding="utf-8")
    what = ("--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-21", "--format", form, "--gloss", "en")
    result = run("batch", *what, "--signers", "signers.csv", "--output", "letters/", "-q")
    assert result.status == 0, result.err
    ana = ("--name", "Ana Example", "--address", "1 Street", "--address", "Exampletown", "--country", "GB")
    one = run("write", *what, *ana, "--language", "ru", "--output", "-", "-q")
    found = sorted((tmp_path / "letters").glob(f"*.{form}"))
    assert [path.name.partition("-")[2] for path in found] == [
        f"mustafayev-prosecutor-{code}.{form}" for code in ("ru", "en")
    ]
    assert found[0].read_bytes() == one.out
    if form == "txt":
        assert "Copy for the signer" not in found[1].read_text(encoding="utf-8")
