"""How alike letters are: batches as they are written, in every format, and letters that are nothing alike."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from appealgen.similarity import FLAGGED, NEARLY, measure, office_of, split_sentences
from appealgen.similarity.texts import text_of

OWN = [
    "I teach chemistry, and my pupils asked me about this case.",
    "My grandfather was deported in 1944, as theirs were.",
    "As a nurse I know what a winter without medicine means!",
]


def table(path: Path, rows: int) -> Path:
    """Write a table of made-up signers, the first of whom have words of their own."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "address", "country", "message"])
        for number in range(rows):
            own = OWN[number] if number < len(OWN) else ""
            writer.writerow([f"Example Person{number}", f"{number + 1} Example Street, Exampletown", "GB", own])
    return path


def batch(run, tmp_path: Path, *more: str, rows: int = 10) -> None:
    signers = str(table(tmp_path / "signers.csv", rows))
    result = run("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", signers, "--quiet", *more)
    assert result.status == 0, result.err


@pytest.mark.parametrize("form", ["txt", "eml", "docx", "html", "pdf"])
def test_formats(form, run, tmp_path):
    """In every format, those who wrote a sentence of their own are found, and the letters are one group."""
    if form == "pdf":
        pytest.importorskip("pdfminer", reason="pdfminer.six is not installed")
        pytest.importorskip("typst", reason="typst is not installed")
    batch(run, tmp_path, "--format", form, "--output", "letters/")
    found = json.loads(run("similarity", "letters", "--json").text)
    assert found["letters"] == 10
    assert [row["own_sentence"] for row in found["files"]] == [True] * 3 + [False] * 7
    assert found["own_sentence"] == 3
    assert found["above_half"] == 10
    assert 0.85 < found["median_share"] <= found["highest_share"] <= 1
    assert [len(group) for group in found["groups"]] == [10]
    assert found["advice"] == "3 of 10 letters carry a sentence of their own: ask the others for one"


def test_several_offices(run, tmp_path):
    """A signer's letters to two offices are never laid side by side: their own sentence stays their own."""
    batch(run, tmp_path, "--target", "embassy", "--format", "txt", "--output", "letters/")
    found = json.loads(run("similarity", "letters", "--json").text)
    assert (found["letters"], found["own_sentence"], len(found["groups"])) == (20, 6, 2)


def test_archive_is_read_as_its_letters(run, tmp_path):
    """The archive of a batch says the same as its folder."""
    batch(run, tmp_path, "--output", "letters/")
    batch(run, tmp_path, "--output", "letters.zip")
    folder, archive = (json.loads(run("similarity", name, "--json").text) for name in ("letters", "letters.zip"))
    assert archive["files"][0]["file"] == "letters.zip/000001-mustafayev-prosecutor-en.docx"
    for found in (folder, archive):
        for row in found["files"]:
            del row["file"]
        del found["groups"]
    assert folder == archive


def test_table(run, tmp_path):
    """What a person reads: figures and file names, no names of signers; the advice stands beside it."""
    batch(run, tmp_path, "--format", "txt", "--output", "letters/")
    result = run("similarity", "letters/")
    assert result.text == (
        "letters                                10\n"
        "share of text that other letters have  median 99%, highest 99%\n"
        "more than half in other letters        10\n"
        "with a sentence of their own           3\n"
        "groups of letters nearly the same      1\n"
        "  10: letters/000001-mustafayev-prosecutor-en.txt, letters/000002-mustafayev-prosecutor-en.txt, "
        "letters/000003-mustafayev-prosecutor-en.txt and 7 more\n"
    )
    assert result.err == "3 of 10 letters carry a sentence of their own: ask the others for one\n"
    assert "Example" not in run("similarity", "letters/", "--json").text
    assert run("similarity", "letters/", "--quiet").err == ""


def words(start: int, stop: int) -> str:
    return " ".join(f"word{number}" for number in range(start, stop)) + "."


def test_shares_are_counted():
    """Of a hundred words the first half stands in another letter: 43 of 43 + 43 runs, no run across two sentences."""
    found = measure([("a", f"{words(0, 50)} {words(50, 100)}"), ("b", words(0, 50)), ("c", words(200, 300))])
    assert [letter.share for letter in found.letters] == [0.5, 1.0, 0.0]
    assert [letter.own for letter in found.letters] == [True, False, True]
    assert (found.median, found.highest) == (0.5, 1.0)
    assert sum(letter.share > FLAGGED for letter in found.letters) == 1
    assert found.groups == []


def test_nearly_the_same():
    """Letters that are a short sentence apart are a group; those that share half are not."""
    long = words(0, 100)
    letters = [("a", long), ("b", f"{long} {words(300, 312)}"), ("c", f"{words(0, 50)} {words(400, 450)}"),
               ("d", long), ("e", words(500, 600)), ("f", words(500, 599))]  # fmt: skip
    found = measure(letters)
    assert NEARLY == 0.8
    assert found.groups == [["a", "b", "d"], ["e", "f"]]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Ana Example\n1 Example Street\nExampletown EX1 1AA", False),
        ("Ana Example", False),
        ("I sing.", False),
        ("I sing in a choir.", True),
        ("أكتب إليكم بصفتي معلمة للكيمياء؟", True),
        ("Я преподаю химию в обычной школе.", True),
        (words(0, 30), False),
        (words(0, 29).replace("word3 ", "another "), False),
    ],
)
def test_what_is_an_own_sentence(text, own):
    """An address is none, nor a word or two, nor a sentence of the others' with a word changed."""
    common = f"{words(0, 30)}\n\nYours faithfully,"
    found = measure([("a", f"{common}\n\n{text}"), ("b", common), ("c", common)])
    assert found.letters[0].own is own


def test_case_breaks_and_marks_do_not_matter():
    """What differs in lines, capitals and accents only is the same to whoever counts."""
    found = measure([("a", "Der Prozess war\r\nnicht fair. "), ("b", "DER PROZEẞ WAR NICHT FAIR.".replace("ẞ", "SS"))])
    assert [letter.share for letter in found.letters] == [1.0, 1.0]
    assert list(split_sentences("A b.\nC d! \n \nE f")) == ["A b.", "C d!", "E f"]


def test_much_text_is_sampled(monkeypatch):
    """Of very much text a part is looked at, the same part each time, and it is said how much."""
    monkeypatch.setattr("appealgen.similarity.MAX_RUNS", 4000)
    letters = [(f"{number}", f"{words(0, 400)} {words(number * 1000, number * 1000 + 400)}") for number in range(1, 30)]
    found = measure(letters)
    assert found.part == pytest.approx(1 / 3)
    assert all(abs(letter.share - 0.5) < 0.12 for letter in found.letters)
    assert len({letter.share for letter in found.letters}) > 1  # counted in full, each is a half
    assert found == measure(letters)


def test_breaks_within_a_paragraph_of_word():
    """A line break or a tab parts words; what is escaped is text."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr(
            "word/document.xml",
            '<w:document xmlns:w="w"><w:body><w:p w:id="1"><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>Street</w:t>'
            '<w:br/><w:t xml:space="preserve">A &amp; B</w:t><w:tab/><w:t>&lt;w:t&gt;C</w:t></w:r></w:p>'
            "<w:p><w:r><w:t>D</w:t></w:r></w:p></w:body></w:document>",
        )
    assert text_of(content.getvalue(), ".docx", "a.docx") == "Street A & B <w:t>C\n\nD"


def test_names_of_files():
    """What a batch names by number, case, target and language is told by office; other names are not taken apart."""
    assert office_of("letters/000/000037-mustafayev-prosecutor-en.docx") == "mustafayev-prosecutor-en"
    assert office_of("letters.zip/000037-a-b-en.txt") == office_of("000038-a-b-en.eml")
    assert office_of("mustafayev-prosecutor-en.docx") == office_of("ana.txt") == ""


def test_what_is_not_read(run, tmp_path):
    """Everything that is wrong at once; what is no letter is passed over in a folder, and refused by name."""
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "journal.jsonl").write_text("{}")
    (folder / "a-copy-en.txt").write_text("A copy.")
    assert run("similarity", "letters").err == "Error: there is no letter: at least two can be compared\n"
    (folder / "a.docx").write_bytes(b"PK")
    (folder / "b.txt").write_bytes(b"Ren\xe9")
    (folder / "c.zip").write_bytes(b"PK")
    result = run("similarity", "letters", "letters/c.zip")
    assert result.status == 1
    assert result.err == (
        "letters/a.docx: is not a Word document: open it and save it as .docx\n"
        "letters/b.txt: is not UTF-8: save it as UTF-8\n"
        "letters/c.zip: is not a ZIP archive: is the batch finished?\n"
    )
    result = run("similarity", "letters/journal.jsonl")
    assert result.status == 2
    assert result.err.startswith("Error: letters/journal.jsonl: files of this kind are not read: give .txt")


def test_the_same_file_counts_once(run, tmp_path):
    """A folder and a file in it are no two letters."""
    batch(run, tmp_path, "--format", "txt", "--output", "letters/", rows=3)
    shutil.copy(tmp_path / "letters" / "000001-mustafayev-prosecutor-en.txt", tmp_path / "one.txt")
    assert json.loads(run("similarity", "letters", "letters/000001-mustafayev-prosecutor-en.txt", "one.txt",
                          "--json").text)["letters"] == 4  # fmt: skip


def test_a_word_file_that_never_ends(tmp_path, run):
    """What opens paragraphs and closes none is read in one go."""
    import zipfile

    for name in ("a.docx", "b.docx"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("word/document.xml", "<w:p >" * 300_000 + "<w:p><w:r><w:t>One.</w:t></w:r></w:p>")
    assert run("similarity", "a.docx", "b.docx").status == 0
    content = bytearray((tmp_path / "a.docx").read_bytes())
    content[60:90] = b"x" * 30
    (tmp_path / "a.docx").write_bytes(content)
    result = run("similarity", "a.docx", "b.docx")
    assert result.status == 1
    assert "a.docx" in result.err
