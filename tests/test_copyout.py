"""The sheet to copy by hand: two pages at most, the name underlined wherever it stands, in Word and as PDF."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree as ET

import pytest
from reading import W
from test_formats import convert

from appealgen import Library, Signer, addressee, prepared, sender_of
from appealgen.printing.copyout import copy_sheet
from appealgen.rendering import render_sheet
from appealgen.rendering.sheets import SIZE_PT
from appealgen.selection import current_aliases, written_languages

LIBRARY = Library(None)
DAY = datetime.date(2026, 11, 20)
MAKE = ("copy-out", "--case", "mustafayev", "--target", "prosecutor", "--allow-closed", "-q")


def sheets(case_id=None, country=None):
    for case in map(LIBRARY.case, [case_id] if case_id else LIBRARY.case_ids):
        for language in written_languages(LIBRARY, case):
            for name in current_aliases(case):
                to = addressee(LIBRARY, case, name, None)
                ready = prepared(LIBRARY, case, to, language, "brief")
                letter = ready.letter(sender_of(Signer(name=None, country=country)), DAY)
                names = (*case.words[language].name.values(), *case.spellings)
                yield f"{case.id}-{name}-{language}", letter, copy_sheet(letter, names)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("country", ["GB", "US"])
def test_no_sheet_that_ships_is_longer_than_a_leaf(country):
    """Both sides of one, on A4 and on Letter."""
    pytest.importorskip("typst", reason="typst is not installed")
    count = 0
    for name, letter, sheet in sheets(country=country):
        assert letter.page == {"GB": "A4", "US": "Letter"}[country]
        assert pages(render_sheet(sheet, "pdf")) <= 2, name
        count += 1
    assert count > 45


def test_word_is_no_longer(tmp_path):
    """As LibreOffice opens it, in every language."""
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler is not installed")
    made = []
    for name, _, sheet in sheets(country="US"):
        if name.startswith(("mustafayev-2020", "rustamov-president")) or "-prosecutor-" in name:
            path = tmp_path / f"{name}.docx"
            path.write_bytes(render_sheet(sheet, "docx"))
            made.append(path)
    assert len(made) > 14
    convert(tmp_path, "pdf", made)
    for path in made:
        told = subprocess.run(["pdfinfo", path.with_suffix(".pdf")], check=True, capture_output=True).stdout
        assert int(re.search(rb"Pages:\s+(\d+)", told)[1]) <= 2, path.name


def paragraphs(content: bytes) -> list[list[tuple[str, bool, str | None]]]:
    """Return the runs of each paragraph: the text, whether it is underlined, its size."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        document = ET.fromstring(package.read("word/document.xml"))
    found = []
    for paragraph in document.iter(f"{W}p"):
        runs = []
        for run in paragraph.iter(f"{W}r"):
            text = "".join(node.text or "" for node in run.iter(f"{W}t"))
            size = run.find(f"{W}rPr/{W}sz")
            runs.append((text, run.find(f"{W}rPr/{W}u") is not None, None if size is None else size.get(f"{W}val")))
        found.append(runs)
    return found


def test_word_has_the_letter_the_address_and_the_underlined_name():
    """Each part once, in large type; every form of the name, and nothing else, is underlined."""
    for name, letter, sheet in sheets():
        said = paragraphs(render_sheet(sheet, "docx"))
        texts = ["".join(text for text, _, _ in runs).lstrip("–") for runs in said]
        count = len(letter.inside_address)
        assert tuple(texts[:count]) == letter.inside_address
        body = [item for block in letter.body for item in (getattr(block, "items", None) or [block.text])]
        assert texts[count:-2] == [letter.salutation, *body, letter.close]
        assert [text.strip() for text in texts[-2:]] == [letter.labels.name, letter.labels.address]
        assert {size for runs in said for text, _, size in runs if text} == {str(SIZE_PT * 2)}
        underlined = {text for runs in said for text, under, _ in runs if under}
        assert underlined, name
        for line in sheet.lines:
            plain = "\0".join(run.text for run in line.runs if not run.underlined)
            for text in underlined:
                assert not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", plain), (name, text)


@pytest.mark.parametrize(
    ("text", "names", "underlined"),
    [
        ("Ana Example and Ana Examples, Ana  Example’s", ["Ana Example"], ["Ana Example", "Ana  Example"]),
        ("the case of Ana Example’s mother", ["Ana Example", "Ana Example’s"], ["Ana Example’s"]),
        ("Анна Ивановна Пример, Анны Пример", ["Анны Пример", "Анна Ивановна Пример"],
         ["Анна Ивановна Пример", "Анны Пример"]),
        ("de Ana Example, d’Ana Example", ["Ana Example", "de Ana Example", "d’Ana Example"],
         ["Ana Example", "Ana Example"]),
        ("Ana Maria Example and Ana and Example", ["Ana Example"], ["Ana Maria Example"]),
        ("Анна Ивановна Пример и Анне Пример", ["Анна Пример"], ["Анна Ивановна Пример"]),
        ("van Ana van Example", ["Ana van Example"], ["Ana van Example"]),
        ("a.b and aXb", ["a.b"], ["a.b"]),
        ("nobody", [], []),
    ],
)  # fmt: skip
def test_whole_names_and_the_longest(text, names, underlined):
    """A form within a longer word is not the name; the text stays as it is."""
    _, letter, _ = next(sheets("mustafayev"))
    sheet = copy_sheet(dataclasses.replace(letter, salutation=text), names)
    line = sheet.lines[0]
    assert [run.text for run in line.runs if run.underlined] == underlined
    assert line.text == text


@pytest.mark.parametrize("language", ["ar", "de", "en", "fr", "ru"])
def test_the_name_is_underlined_in_the_paragraph_that_says_who(language):
    """With the patronymic, which stands in no form of the name; without the preposition before it."""
    case = LIBRARY.case("mustafayev")
    _, _, sheet = next(one for one in sheets("mustafayev") if one[0].endswith(f"prosecutor-{language}"))
    first = next(line for line in sheet.lines if line.text == case.words[language].who)
    (name,) = [run.text for run in first.runs if run.underlined]
    assert len(name.split()) == 3
    for line in sheet.lines:
        assert not [run.text for run in line.runs if run.underlined and run.text.startswith("de")]


def test_the_command(run, tmp_path):
    """The same bytes each time; nothing of the group's signer, and no day."""
    (tmp_path / "signer.yaml").write_text("name: Ana Example\ncountry: GB\nmessage: Own.\n", encoding="utf-8")
    assert run(*MAKE, "--language", "en").text == "mustafayev-prosecutor-en-copy-out.docx\n"
    path = tmp_path / "mustafayev-prosecutor-en-copy-out.docx"
    first = path.read_bytes()
    assert run(*MAKE, "--language", "en", "--output", "-").out == first
    assert "Ana Example" not in str(paragraphs(first))
    assert "Own." not in str(paragraphs(first))
    assert re.search(r"\b20[23]\d\b", " ".join(text for runs in paragraphs(first) for text, _, _ in runs))
    path.write_bytes(b"mine")
    assert run(*MAKE, "--language", "en").status == 1
    assert path.read_bytes() == b"mine"
    told = json.loads(run(*MAKE, "--target", "all", "--language", "ru", "--output", "sheets/", "--json").text)
    assert [file["target"] for file in told["files"]] == ["prosecutor", "prison-service", "embassy"]
    assert len(list((tmp_path / "sheets").iterdir())) == 3
    assert run(*MAKE, "--target", "embassy", "--output", "one.docx").status == 2
    assert run(*MAKE, "--format", "docx", "--output", "one.pdf").status == 2


def test_a_closed_case_is_refused(run):
    """As everywhere."""
    result = run("copy-out", "--case", "chiygoz", "--target", "president")
    assert result.status == 1
    assert "--allow-closed" in result.err
    assert run("copy-out", "--case", "chiygoz", "--target", "president", "--allow-closed", "-q").status == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdf_has_the_words_and_large_type(run, tmp_path, language):
    """Read with poppler; PDF/A, tagged."""
    pytest.importorskip("typst", reason="typst is not installed")
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    assert run(*MAKE, "--language", language, "--format", "pdf", "--output", "sheet.pdf").status == 0
    content = (tmp_path / "sheet.pdf").read_bytes()
    assert run(*MAKE, "--language", language, "--format", "pdf", "--output", "-").out == content
    info = subprocess.run(["pdfinfo", tmp_path / "sheet.pdf"], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Tagged:\s+yes", info)
    if language == "en":
        text = subprocess.run(["pdftotext", "-raw", tmp_path / "sheet.pdf", "-"], check=True, capture_output=True,
                              encoding="utf-8").stdout  # fmt: skip
        said = re.sub(r"\s+", " ", text)
        _, letter, sheet = next(one for one in sheets("mustafayev") if one[0].endswith("prosecutor-en"))
        for part in (*letter.inside_address, *(line.text for line in sheet.lines), *sheet.labels):
            assert part in said
