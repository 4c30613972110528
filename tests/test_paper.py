"""Windows, envelopes, labels: measured on the page with poppler, against the figures of paper.yaml."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reading import docx_paragraphs
from test_formats import convert, office, placed
from test_pdf import bare

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.journal import read
from appealgen.paper import Box
from appealgen.rendering import window_faults

pytest.importorskip("typst", reason="typst is not installed")

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
PAPERS = LIBRARY.papers
CASE = LIBRARY.case("mustafayev")
ANA = Signer(
    name="Ana Example-Sample",
    address=("Example Group", "17 Long Example Street", "Exampletown EX1 2MP"),
    email="ana@example.org",
    country="GB",
)
LANGUAGES = ("en", "ru", "de", "fr", "ar")
TABLE = """name,street,city,postal code,country,email,privacy
Ana Example,1 Example Street,Exampletown,EX1 1AA,GB,ana@example.org,
Ben Sample,2 Sample Road,Sampleville,12345,DE,ben@example.org,town
Cem Sample,3 Sample Road,Berlin,12345,DE,,
"""
MM = 25.4 / 72
CASE_OPTIONS = ("--case", "mustafayev", "--target", "prosecutor")


def poppler(program: str, *args: str | Path) -> str:
    if not shutil.which(program):
        pytest.skip("poppler is not installed")
    return subprocess.run([program, *args], check=True, capture_output=True, encoding="utf-8").stdout


def a_letter(language, window, target="prison-service", signer=ANA):
    if window.paper == "Letter":
        signer = dataclasses.replace(signer, country="US")
    to = addressee(LIBRARY, CASE, target, None)
    return prepared(LIBRARY, CASE, to, language, "formal").letter(sender_of(signer), DAY).in_window(window)


def every_letter(target="prison-service", signer=ANA):
    return {
        f"{language}.{window.id}": a_letter(language, window, target, signer)
        for language in LANGUAGES
        for window in PAPERS.windows.values()
    }


def touches(word, box: Box) -> bool:
    left, top, right, bottom, _ = word
    return left < box.right and right > box.left and top < box.bottom and bottom > box.top


def check_window(name: str, letter, pdf: Path) -> None:
    """The whole address stands where the window shows it, in its place, and nothing else shows."""
    window = letter.window
    found = placed(pdf)
    seen = [word for word in found if touches(word, window.shows)]
    text = " ".join(word for *_, word in seen)
    expected = " ".join(letter.inside_address)
    if letter.direction == "rtl":
        assert bare(text) == bare(expected), name
    else:
        assert sorted(text.split()) == sorted(expected.split()), name
    place = window.address
    for left, top, right, bottom, word in seen:
        assert left >= place.left - 1, (name, word)
        assert right <= place.right + 1, (name, word)
        assert top >= place.top - window.above - 1, (name, word)
        assert bottom <= place.bottom + 1, (name, word)
    edge = max(word[2] for word in seen) if letter.direction == "rtl" else min(word[0] for word in seen)
    assert abs(edge - (place.right if letter.direction == "rtl" else place.left)) < 1, name
    if window.above:
        assert abs(min(word[1] for word in seen) - place.top) < 1.5, name
    assert all(word[1] > window.shows.bottom for word in found if touches(word, Box(25, window.shows.bottom, 165, 99)))


@pytest.mark.parametrize("target", ["prosecutor", "prison-service"])
def test_windows_in_pdf(tmp_path, target):
    """All windows, in languages that have the address at either side, and from right to left."""
    poppler("pdftotext", "-v")
    for name, letter in every_letter(target).items():
        pdf = tmp_path / f"{name}.pdf"
        content = render(letter, "pdf")
        assert content == render(letter, "pdf")
        pdf.write_bytes(content)
        check_window(name, letter, pdf)


@pytest.mark.parametrize("signer", [ANA, Signer(name=None)], ids=["signed", "unsigned"])
def test_windows_in_docx(tmp_path, signer):
    """The same in Word's format, as LibreOffice lays it out."""
    office()
    poppler("pdftotext", "-v")
    letters = every_letter(signer=signer)
    for name, letter in letters.items():
        (tmp_path / f"{name}.docx").write_bytes(render(letter, "docx"))
    convert(tmp_path, "pdf", sorted(tmp_path.glob("*.docx")))
    for name, letter in letters.items():
        check_window(name, letter, tmp_path / f"{name}.pdf")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_window_of_a_joint_letter(run, tmp_path, form):
    """It is as that of any other, and no word is lost."""
    poppler("pdftotext", "-v")
    (tmp_path / "names.txt").write_text("Ana Example \u2013 Teacher\nBen Sample \u2013 Lawyer\n", encoding="utf-8")
    asked = ("joint", "--case", "mustafayev", "--target", "prison-service", "--signatories", "names.txt", "--language",
             "de", "--name", "Beispielgruppe", "--address", "1 Musterweg", "--country", "DE", "-q")  # fmt: skip
    for how, name in ((("--window", "din-a"), "shown"), ((), "plain")):
        assert run(*asked, *how, "--output", f"{name}.{form}").status == 0
    if form == "docx":
        office()
        convert(tmp_path, "pdf", sorted(tmp_path.glob("*.docx")))
    to = addressee(LIBRARY, CASE, "prison-service", "DE")
    sender = sender_of(Signer(name="Beispielgruppe", address=("1 Musterweg",), country="DE"))
    letter = prepared(LIBRARY, CASE, to, "de", "formal").letter(sender, DAY)
    check_window(form, letter.in_window(PAPERS.windows["din-a"]), tmp_path / "shown.pdf")
    shown, plain = (poppler("pdftotext", "-raw", tmp_path / f"{name}.pdf", "-") for name in ("shown", "plain"))
    assert set(plain.split()) - {"Seite", "2"} <= set(shown.split())  # without it, the letter has a second page


def test_a_window_keeps_every_word():
    """The letter says the same, whether an envelope shows its address or not."""
    to = addressee(LIBRARY, CASE, "prosecutor", None)
    for language in LANGUAGES:
        letter = prepared(LIBRARY, CASE, to, language, "formal").letter(sender_of(ANA), DAY)
        shown = letter.in_window(PAPERS.windows["fr"])
        plain, moved = (sorted(" ".join(text for _, text in docx_paragraphs(render(one, "docx"))).split())
                        for one in (letter, shown))  # fmt: skip
        assert plain == moved
        assert render(letter, "docx") != render(shown, "docx")


def test_addresses_that_are_too_long(tmp_path):
    """The standard's zone above first; then smaller type; then a note that says how many lines fit."""
    window = PAPERS.windows["din-a"]
    letter = a_letter("en", window)
    assert window_faults(letter) == []
    nine = dataclasses.replace(letter, inside_address=tuple(f"Line {number}" for number in range(9)))
    assert window_faults(nine) == []
    pdf = tmp_path / "nine.pdf"
    pdf.write_bytes(render(nine, "pdf"))
    tops = [word[1] for word in placed(pdf) if touches(word, window.shows)]
    assert len(tops) == 18
    assert window.address.top - window.above < min(tops) < window.address.top
    assert max(tops) < window.address.bottom
    many = dataclasses.replace(letter, inside_address=tuple(f"Line {number}" for number in range(14)))
    assert window_faults(many) == [
        "the address takes 14 lines, and the window din-a shows 12 even in small type: look at the letter before you "
        "fold it"
    ]
    wide = dataclasses.replace(letter, inside_address=("An office whose name goes on and on " * 40,))
    assert "lines, and the window" in window_faults(wide)[0]


def test_another_paper_than_the_windows():
    letter = prepared(LIBRARY, CASE, addressee(LIBRARY, CASE, "prosecutor", None), "en", "formal").letter(
        sender_of(ANA), DAY
    )
    (fault,) = window_faults(letter.in_window(PAPERS.windows["us10"]))
    assert fault.startswith("the window us10 is meant for paper Letter, and this letter is on A4")


def test_window_of_write_and_batch(run, tmp_path):
    """The two give the same bytes; another window later makes the letters of a batch outdated."""
    (tmp_path / "signers.csv").write_text(TABLE, encoding="utf-8")
    what = ("--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20")
    found = run("batch", *what, "--signers", "signers.csv", "--window", "DIN-B", "--quiet")
    assert found.status == 0, found.err
    one = ("--name", "Ana Example", "--address", "1 Example Street", "--address", "Exampletown", "--address", "EX1 1AA",
           "--country", "GB", "--email", "ana@example.org")  # fmt: skip
    assert run("write", *what, *one, "--window", "din-b", "--output", "one.docx").status == 0
    first = (tmp_path / "letters" / "000001-mustafayev-prosecutor-en.docx").read_bytes()
    assert first == (tmp_path / "one.docx").read_bytes()
    assert b"framePr" not in first, "compressed"
    again = run("batch", *what, "--signers", "signers.csv", "--window", "din-a")
    assert again.status == 1
    assert "3 of the letters in letters/ are outdated" in again.err
    other = run("batch", *what, "--signers", "signers.csv", "--window", "us10", "--output", "us/")
    assert "note: prosecutor: the window us10 is meant for paper Letter" in other.err


ENVELOPES = {"dl": (220, 110), "c6": (162, 114), "c5": (229, 162), "us10": (241.3, 104.775)}


@pytest.mark.parametrize("size", ENVELOPES)
def test_envelopes(run, tmp_path, size):
    """One page each of the exact size, in the order of the batch, with addressee and sender in their places."""
    (tmp_path / "signers.csv").write_text(TABLE, encoding="utf-8")
    what = ("--case", "mustafayev", "--target", "prosecutor", "--target", "embassy", "--signers", "signers.csv")
    found = run("envelopes", *what, "--size", size, "--output", "e.pdf", "--quiet")
    assert (found.status, found.text, found.err) == (0, "e.pdf\n", "")
    pdf = tmp_path / "e.pdf"
    info = poppler("pdfinfo", pdf)
    assert re.search(r"Pages: +6\n", info)
    assert re.search(r"Tagged: +yes\n", info)
    assert re.search(r"Title: +Envelopes: mustafayev\n", info)
    width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", info).groups())
    assert abs(width * MM - ENVELOPES[size][0]) < 0.2
    assert abs(height * MM - ENVELOPES[size][1]) < 0.2
    envelope = PAPERS.envelopes[size]
    texts = []
    for page in range(1, 7):
        words = placed(pdf, page)
        to = [word for word in words if touches(word, envelope.address)]
        by = [word for word in words if touches(word, envelope.sender)]
        assert len(to) + len(by) == len(words)
        for part, box in ((to, envelope.address), (by, envelope.sender)):
            assert abs(min(word[0] for word in part) - box.left) < 1
            assert abs(min(word[1] for word in part) - box.top) < 2
            assert max(word[2] for word in part) < box.right + 0.5
            assert max(word[3] for word in part) < box.bottom + 0.5
        # Where posts print their own codes, nothing stands: Swiss Post and the USPS agree on 15 to 16 mm.
        assert max(word[3] for word in words) < envelope.height - 15.9
        texts.append((" ".join(word[4] for word in by), " ".join(word[4] for word in to)))
    assert [by.split()[0] for by, _ in texts] == ["Ana", "Ana", "Ben", "Ben", "Cem", "Cem"]
    assert texts[0] == (
        "Ana Example 1 Example Street Exampletown EX1 1AA UNITED KINGDOM",
        "Prosecutor General of the Russian Federation ul. Bolshaya Dmitrovka, 15a, GSP-3 Moscow, 125993 RUSSIA",
    )
    assert texts[1][1].endswith("London W8 4QP")
    assert texts[2][0] == "Ben Sample Sampleville GERMANY", "privacy hides the street"
    assert texts[2][1].endswith("RUSSLAND")
    assert texts[5] == (
        "Cem Sample 3 Sample Road 12345 Berlin",
        "Ambassador of the Russian Federation to Germany Botschaft der Russischen Föderation "
        "Unter den Linden 63-65 10117 Berlin",
    )


def test_envelopes_of_one_or_nobody(run, tmp_path):
    """Without a signer there is no return address; the same bytes each time; Arabic and Cyrillic stand there."""
    what = ("--case", "mustafayev", "--target", "all", "--size", "dl")
    assert run("envelopes", *what, "--quiet").text == "envelopes.pdf\n"
    plain = (tmp_path / "envelopes.pdf").read_bytes()
    assert run("envelopes", *what, "--output", "-", "--quiet").out == plain
    for page in (1, 2, 3):
        assert all(touches(word, PAPERS.envelopes["dl"].address) for word in placed(tmp_path / "envelopes.pdf", page))
    sender = ("--name", "Ana Example", "--address", "1 Example Street", "--address", "Exampletown", "--country", "GB")
    said = json.loads(run("envelopes", *what, *sender, "--language", "ru", "--output", "ru.pdf", "--json").out)
    assert said["envelopes"] == 3
    assert said["targets"] == {"prosecutor": 1, "prison-service": 1, "embassy": 1}
    text = poppler("pdftotext", "-raw", tmp_path / "ru.pdf", "-")
    assert "Генеральному прокурору" in text
    assert "ВЕЛИКОБРИТАНИЯ" in text
    assert run("envelopes", *what, "--language", "ar", "--output", "ar.pdf").status == 0
    assert "Moscow" in poppler("pdftotext", "-raw", tmp_path / "ar.pdf", "-")
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in plain
    assert b"<pdfuaid:part>1</pdfuaid:part>" in plain


def test_a_word_that_is_too_wide(run, tmp_path):
    """It is not broken, and does not stand out of its place."""
    what = ("envelopes", *CASE_OPTIONS, "--size", "c6", "--name", "Ana Example", "--address")
    found = run(*what, "W" * 60, "--address", "Exampletown")
    assert found.status == 1
    assert found.err == (
        "the sender's address (Ana Example): does not fit, even in small type (an envelope c6): "
        "use a larger one, or shorten it\n"
    )
    assert run(*what, "w" * 30, "--address", "Exampletown").status == 0
    words = [word for word in placed(tmp_path / "envelopes.pdf") if word[4] == "w" * 30]
    assert words[0][2] < PAPERS.envelopes["c6"].sender.right


def test_envelopes_of_a_table_with_problems(run, tmp_path):
    """Nothing is printed, unless the good rows are asked for; the status then tells."""
    (tmp_path / "signers.csv").write_text(f"{TABLE},4 Sample Road,Sampleville,,DE,,\n", encoding="utf-8")
    what = ("envelopes", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv", "--size", "dl")
    found = run(*what)
    assert found.status == 1
    assert "signers.csv:5: name: is empty" in found.err
    assert "nothing is printed" in found.err
    assert not (tmp_path / "envelopes.pdf").exists()
    assert run(*what, "--keep-going", "--json").status == 1
    assert re.search(r"Pages: +3\n", poppler("pdfinfo", tmp_path / "envelopes.pdf"))
    assert run(*what, "--limit", "1", "--output", "one.pdf").status == 0
    assert re.search(r"Pages: +1\n", poppler("pdfinfo", tmp_path / "one.pdf"))


SHEETS = {
    # the maker's figures: page, labels in a row and a column, the first label's corner, from one to the next
    "L7160": ((210, 297), (3, 7), (7.2, 15.15), (66.04, 38.1), (63.5, 38.1)),
    "L7163": ((210, 297), (2, 7), (4.67, 15.15), (101.6, 38.1), (99.1, 38.1)),
    "5160": ((215.9, 279.4), (3, 10), (4.8, 12.7), (69.85, 25.4), (66.675, 25.4)),
    "5163": ((215.9, 279.4), (2, 5), (3.97, 12.7), (106.4, 50.8), (101.6, 50.8)),
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_labels(run, tmp_path, sheet):
    """Every label has its address, 3 mm within its edges; the skipped ones are free, and the last page ends where
    labels end."""
    (width, height), (columns, rows), first, step, size = SHEETS[sheet]
    count = columns * rows
    what = ("labels", "--case", "mustafayev", "--target", "prosecutor", "--target", "embassy", "--country", "DE")
    said = json.loads(run(*what, "--sheet", sheet, "--copies", str(count // 2), "--skip", "3", "--json").out)
    assert {key: said[key] for key in ("sheet", "labels", "skip", "sheets")} == {
        "sheet": sheet, "labels": 2 * (count // 2), "skip": 3, "sheets": 2,
    }  # fmt: skip
    pdf = tmp_path / "labels.pdf"
    info = poppler("pdfinfo", pdf)
    page = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", info).groups())
    assert [round(side * MM, 1) for side in page] == [width, height]
    lines = []
    for number in range(2):
        words = placed(pdf, number + 1)
        for place in range(count):
            left, top = first[0] + place % columns * step[0], first[1] + place // columns * step[1]
            inner = Box(left + 3, top + 3, size[0] - 6, size[1] - 6)
            mine = [word for word in words if touches(word, Box(left, top, *size))]
            words = [word for word in words if word not in mine]
            lines.append(" ".join(word[4] for word in mine))
            if mine:
                assert abs(min(word[0] for word in mine) - inner.left) < 1
                assert all(word[2] < inner.right + 0.5 for word in mine)
                assert all(inner.top - 0.5 < word[1] and word[3] < inner.bottom + 0.5 for word in mine)
                middle = (min(word[1] for word in mine) + max(word[3] for word in mine)) / 2
                assert abs(middle - (inner.top + inner.height / 2)) < 1
        assert words == [], "between the labels stands nothing"
    assert lines[:3] == ["", "", ""]
    printed = lines[3 : 3 + 2 * (count // 2)]
    assert all(line.endswith("125993 RUSSLAND") for line in printed[: count // 2])
    assert all(line.endswith("10117 Berlin") for line in printed[count // 2 :])
    assert not any(lines[3 + 2 * (count // 2) :])


def test_outlines(run, tmp_path):
    """For a test print only: they are drawn around the labels, and stand in no text."""
    what = ("labels", "--case", "mustafayev", "--target", "all", "--sheet", "L7160", "--quiet")
    assert run(*what, "--output", "plain.pdf").status == 0
    assert run(*what, "--output", "drawn.pdf", "--outline").status == 0
    pikepdf = pytest.importorskip("pikepdf")
    found = []
    for name in ("plain.pdf", "drawn.pdf"):
        with pikepdf.open(tmp_path / name) as document:
            commands = pikepdf.parse_content_stream(document.pages[0])
            found.append(sum(str(command.operator) in ("S", "s") for command in commands))
    assert found == [0, 21]
    assert placed(tmp_path / "plain.pdf") == placed(tmp_path / "drawn.pdf")


def test_a_text_too_big_for_its_place(run, tmp_path):
    """Smaller type down to 7 points, then an error that names target and sheet, and no file."""
    book = (Path(__file__).parent.parent / "targets.yaml").read_text(encoding="utf-8")
    entry = re.search(r"^ru-prosecutor-general:\n(?:[ #].*\n|\n)+", book, re.MULTILINE)[0]
    lines = ", ".join(f"Line {number}" for number in range(12))
    long = re.sub(r"  address:\n(?:    - .*\n|  - .*\n)+", f"  address: [{lines}]\n", entry)
    assert long != entry
    (tmp_path / "targets.yaml").write_text(long, encoding="utf-8")
    what = ("--case", "mustafayev", "--target", "prosecutor")
    found = run("labels", *what, "--target", "prison-service", "--sheet", "5160", "--output", "out.pdf")
    assert (found.status, found.text) == (1, "")
    assert found.err == (
        "the address of prosecutor: does not fit, even in small type (a label 5160): use a larger one, or shorten it\n"
    )
    assert not (tmp_path / "out.pdf").exists()
    assert run("labels", *what, "--sheet", "5163", "--output", "out.pdf").status == 0
    found = run("write", *what, "--window", "us10", "--output", "out.docx")
    assert "note: prosecutor: the address takes 14 lines, and the window us10 shows 6 even in small type" in found.err


@pytest.mark.parametrize("output", ["letters/", "letters.zip"])
def test_labels_of_a_batch(run, tmp_path, output):
    """A label for each letter in the letters' order, told by the journal, which names nobody who signs."""
    (tmp_path / "signers.csv").write_text(TABLE, encoding="utf-8")
    batch = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--target", "embassy", "--signers",
             "signers.csv", "--format", "txt", "--output", output, "--quiet")  # fmt: skip
    assert run(*batch).status == 0
    journal = tmp_path / ("letters/journal.jsonl" if output == "letters/" else "letters.zip.journal.jsonl")
    kept = journal.read_bytes()
    past = read(journal)
    kits = [past.kits[past.letters[number]] for number in range(1, 7)]
    assert [(kit.target, kit.alias, kit.language, kit.tone) for kit in kits[:4]] == [
        ("ru-prosecutor-general", "prosecutor", "en", "formal"),
        ("ru-embassy-gb", "embassy", "en", "formal"),
        ("ru-prosecutor-general", "prosecutor", "en", "formal"),
        ("ru-embassy-de", "embassy", "en", "formal"),
    ]
    assert not re.search(rb"Ana|Ben|Cem|Example|Sample", kept)
    assert run("labels", "--journal", output, "--sheet", "L7160", "--output", "l.pdf", "--country", "DE").status == 0
    text = " ".join(poppler("pdftotext", "-raw", tmp_path / "l.pdf", "-").split())
    assert re.findall("125993 RUSSLAND|London W8 4QP|10117 Berlin", text) == [
        "125993 RUSSLAND", "London W8 4QP", "125993 RUSSLAND", "10117 Berlin", "125993 RUSSLAND", "10117 Berlin",
    ]  # fmt: skip
    assert run(*batch).status == 0
    assert journal.read_bytes() == kept, "the kits are noted once"
    # As an earlier version left it.
    journal.write_bytes(b"".join(line for line in kept.splitlines(keepends=True) if not line.startswith(b'{"kit"')))
    old = run("labels", "--journal", output, "--sheet", "L7160", "--output", "old.pdf")
    assert old.status == 1
    assert "does not say whom its letters go to" in old.err
    assert run(*batch).status == 0
    assert run("labels", "--journal", output, "--sheet", "L7160", "--output", "l.pdf", "--country", "DE").status == 0
    assert run("labels", "--journal", str(journal), "--sheet", "L7160", "--output", "l.pdf", "--country", "DE").text


def test_labels_of_a_table(run, tmp_path):
    """One for each letter that `batch` would write."""
    (tmp_path / "signers.csv").write_text(TABLE, encoding="utf-8")
    what = ("--case", "mustafayev", "--target", "embassy", "--signers", "signers.csv")
    assert json.loads(run("labels", *what, "--sheet", "5163", "--json").out)["labels"] == 3
    text = poppler("pdftotext", "-raw", tmp_path / "labels.pdf", "-")
    assert re.findall("London W8 4QP|10117 Berlin", text) == ["London W8 4QP", "10117 Berlin", "10117 Berlin"]


BAD = {
    (
        "labels",
        "--journal",
        "out",
        "--sheet",
        "L7160",
        "--limit",
        "1",
    ): "--limit: the journal says what",
    ("labels", "--journal", "out", "--sheet", "L7160", "--privacy", "town"): "--privacy: the journal says",
    ("write", *CASE_OPTIONS, "--window", "din-b", "--format", "txt"): "--window: txt is not laid out on a sheet",
    ("write", *CASE_OPTIONS, "--window", "din-b", "--format", "eml"): "--window: eml is not laid out on a sheet",
    ("write", *CASE_OPTIONS, "--window", "din-b", "--format", "html"): "--window: html is not laid out on a sheet",
    ("write", *CASE_OPTIONS, "--window", "din-c"): '--window: there is no window "din-c": did you mean din-',
    ("batch", *CASE_OPTIONS, "--signers", "s.csv", "--window", "x", "--format", "pdf"): "there are din-b, din-a, us10",
    ("envelopes", *CASE_OPTIONS, "--size", "c7"): '--size: there is no envelope "c7"',
    ("envelopes", *CASE_OPTIONS, "--size", "dl", "--output", "e.docx"): "--output: e.docx does not end in .pdf",
    ("envelopes", *CASE_OPTIONS, "--size", "dl", "--json", "--output", "-"): "both want standard output",
    ("envelopes", *CASE_OPTIONS, "--size", "dl", "--limit", "2"): "--limit: is for a table",
    ("envelopes", *CASE_OPTIONS, "--size", "dl", "--name", "A", "--signers", "s.csv"): "--name: the table of --signers",
    ("envelopes", "--case", "mustafayev", "--target", "tsar", "--size", "dl"): '--target: there is no target "tsar"',
    ("labels", *CASE_OPTIONS, "--sheet", "L7161"): '--sheet: there is no sheet of labels "L7161": did you mean L716',
    ("labels", *CASE_OPTIONS, "--sheet", "L7160", "--skip", "21"): "--skip: a sheet L7160 has 21 labels: use less",
    ("labels", "--sheet", "L7160"): "--case and --target say what the labels are for",
    ("labels", "--sheet", "L7160", "--journal", "x", *CASE_OPTIONS): "--case: the journal says what the letters are",
    ("labels", "--sheet", "L7160", "--journal", "x"): "x: cannot be read",
    ("labels", *CASE_OPTIONS, "--sheet", "L7160", "--signers", "s.csv", "--copies", "2"): "--copies: a table has a",
}


@pytest.mark.parametrize("args", BAD, ids=" ".join)
def test_bad_options(run, tmp_path, args):
    """One clear message, exit status 2, and nothing is written."""
    found = run(*args)
    assert found.status == 2
    assert BAD[args] in found.err
    assert "Traceback" not in found.err
    assert list(tmp_path.iterdir()) == []


def test_without_typst(tmp_path):
    """What is missing is said in one line."""
    code = (
        "import sys; sys.modules['typst'] = None; from appealgen.cli import main; main(['envelopes', '--case', "
        "'mustafayev', '--target', 'prosecutor', '--size', 'dl'])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "Error: pdf: typst is not installed: pip install 'appealgen[pdf]'\n"


def test_papers_are_listed_with_their_source(run):
    """Every entry says whose figures it has, and when they were looked at, or that they are from memory."""
    rows = json.loads(run("list", "papers", "--json").out)
    assert [row["id"] for row in rows if row["kind"] == "window"] == ["din-b", "din-a", "us10", "uk-dl", "fr", "ch"]
    assert {row["kind"] for row in rows} == {"envelope", "window", "labels"}
    for row in rows:
        assert row["source"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", row["verified"]) or "from memory" in row["source"].casefold(), row


def test_papers_of_a_group(run, tmp_path):
    """A group's file adds to what ships, and its entry holds before one of the same id."""
    (tmp_path / "paper.yaml").write_text(
        "envelopes:\n  small:\n    width: 150\n    height: 100\n"
        "    address: {left: 60, top: 45, width: 75, height: 35}\n"
        "    return: {left: 5, top: 5, width: 50, height: 30}\n    source: measured by hand\n"
        "  dl:\n    width: 230\n    height: 115\n"
        "    address: {left: 110, top: 50, width: 100, height: 45}\n"
        "    return: {left: 12, top: 12, width: 75, height: 30}\n    source: measured by hand\n",
        encoding="utf-8",
    )
    assert run("envelopes", *CASE_OPTIONS, "--size", "small", "--quiet").status == 0
    assert "Page size:       425.197 x 283.465 pts" in poppler("pdfinfo", tmp_path / "envelopes.pdf")
    assert run("envelopes", *CASE_OPTIONS, "--size", "dl", "--quiet", "--output", "dl.pdf").status == 0
    assert re.search(r"Page size: +651.9\d+ x 325.9\d+ pts", poppler("pdfinfo", tmp_path / "dl.pdf"))
    assert run("envelopes", *CASE_OPTIONS, "--size", "c5", "--quiet", "--output", "c5.pdf").status == 0


def test_a_broken_file_of_papers(run, tmp_path):
    """All problems at once, each at its line."""
    (tmp_path / "paper.yaml").write_text(
        "envelopes:\n"
        "  small:\n    width: 150\n    height: 100\n    source: measured\n"
        "    address: {left: 60, top: 45, width: 95, height: 35}\n"
        "    return: {left: 50, top: 40, width: 50, height: 30}\n"
        "windows:\n"
        "  w:\n    paper: A4\n    envelope: mine\n    fold: in two\n    source: measured\n"
        "    shows: {left: 10, top: 40, width: 80, height: 30}\n"
        "    address: {left: 20, top: 45, width: 80, height: 20}\n"
        "labels:\n"
        "  L1:\n    paper: A4\n    columns: 4\n    rows: 2\n    width: 50\n    height: 30\n    left: 5\n    top: 10\n"
        "    across: 60\n    down: 20\n    source: measured\n",
        encoding="utf-8",
    )
    found = run("list", "papers")
    assert found.status == 1
    assert found.err.splitlines() == [
        "paper.yaml:6: envelopes.small.address: goes beyond the edge of the envelope: "
        "measure it from the left and upper edge",
        "paper.yaml:7: envelopes.small.return: stands over the address: keep the two apart",
        "paper.yaml:15: windows.w.address: goes beyond the edge of what the window shows: "
        "measure it from the left and upper edge",
        "paper.yaml:18: labels.L1: goes beyond the edge of the sheet: measure it from the left and upper edge",
        "paper.yaml:26: labels.L1.down: is less than a label: it goes from edge to the same edge",
    ]
    assert "paper.yaml:6" in run("check").err + run("check").text
