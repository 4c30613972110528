"""Many letters in one print: each the same as in a file of its own, on a sheet of its own."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import tracemalloc
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from reading import W, docx_paragraphs
from test_formats import convert, office
from test_pdf import poppler

from appealgen import Library, Signer, addressee, prepared, sender_of
from appealgen.printing import combined
from appealgen.rendering import render_many
from appealgen.rendering.docx import package
from appealgen.rendering.leaf import Leaf

ASK = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--target", "prison-service", "--signers",
       "signers.csv", "--date", "2026-11-20")  # fmt: skip
# Languages, directions, papers and layouts mixed, and signs that mean something to XML and to typst.
SIGNERS = """name,street,postal code,city,country,email,message,language
Eva Ejemplo,4 Example Street,10115,Berlin,DE,,,ar
Ana Example,1 Example Street,EX1 1AA,Exampletown,GB,ana@example.org,,
Ben & <Sample> *x* #y,2 Sample Road,10115,Berlin,DE,,I teach chemistry.,de
Cleo Specimen,,,,US,cleo@example.org,,
Dora Beispiel,3 Musterweg,10115,Berlin,DE,,,ru
"""
NAMES = ("Eva Ejemplo", "Ana Example", "Ben & <Sample> *x* #y", "Cleo Specimen", "Dora Beispiel")
AS_GIVEN = [
    f"{number} · {target} · {name}"
    for number, name in enumerate(NAMES, 1)
    for target in ("prosecutor", "prison-service")
]


@pytest.fixture(autouse=True)
def table(tmp_path):
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    return tmp_path / "signers.csv"


def in_order(folder: Path, form: str) -> list[Path]:
    """Return the letters of a folder in the order of their numbers, and of the targets asked for."""
    return sorted(folder.glob(f"*.{form}"), key=lambda path: (path.name[:6], "prison" in path.name))


def body(docx: Path) -> ET.Element:
    with zipfile.ZipFile(docx) as archive:
        assert archive.testzip() is None
        found = ET.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    assert found is not None
    return found


def sections(docx: Path) -> list[ET.Element]:
    return list(body(docx).iter(f"{W}sectPr"))


def value(element: ET.Element, path: str, name: str = "val") -> str | None:
    found = element.find("/".join(f"{W}{part}" for part in path.split("/")))
    return None if found is None else found.get(f"{W}{name}")


def outline(pdf: Path) -> list[tuple[str, int]]:
    """Return the entries of a PDF's outline, each with the number of its page, from 0."""
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not installed")
    with pikepdf.open(pdf) as document:
        pages = [page.objgen for page in document.pages]
        with document.open_outline() as found:
            return [(entry.title, pages.index(entry.destination[0].objgen)) for entry in found.root]


def page_words(pdf: Path) -> list[list[tuple[str, int, int]]]:
    """Return for each page its words with their places, in whole points."""
    pages = poppler("pdftotext", "-bbox", pdf, "-").split("<page ")[1:]
    pattern = r'xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</word>'
    return [[(word, round(float(x)), round(float(y))) for x, y, word in re.findall(pattern, page)] for page in pages]


# What changes where things stand in a letter, or what stands in it.
HOW = pytest.mark.parametrize(
    "how",
    [(), ("--window", "din-b"), ("--window", "us10", "--fit", "page"), ("--gloss", "en")],
    ids=lambda how: " ".join(how) or "plain",
)


@HOW
def test_docx_has_each_letter_as_its_own_file_has_it(run, tmp_path, how):
    """The same paragraphs in the same styles, one section a letter, in the order of the table."""
    assert run(*ASK, *how, "--output", "out/", "-q").status == 0
    done = run(*ASK, *how, "--combine", "evening.docx", "-q")
    assert (done.status, done.text) == (0, "evening.docx\n")
    files = in_order(tmp_path / "out", "docx")
    assert len(files) == 10
    expected = [(style, text) for file in files for style, text in docx_paragraphs(file.read_bytes())]
    found = docx_paragraphs((tmp_path / "evening.docx").read_bytes())
    assert [(re.sub(r"\d+$", "", style), text) for style, text in found] == expected
    own = [sections(file)[0] for file in files]
    several = sections(tmp_path / "evening.docx")
    assert len(several) == len(own)
    for section, single in zip(several, own, strict=True):
        assert value(section, "type") == "nextPage"
        assert value(section, "pgNumType", "start") == "1"
        for what in ("pgSz", "pgMar", "bidi"):
            (one, other) = (part.find(f"{W}{what}") for part in (section, single))
            assert (one is None) == (other is None)
            assert one is None or other is None or one.attrib == other.attrib
    assert {value(section, "pgSz", "w") for section in several} == {"11906", "12240"}
    assert [path.name for path in tmp_path.glob("*journal*")] == ["evening.docx.journal.jsonl"]


def test_docx_can_be_found_one_s_way_in(run, tmp_path):
    """One bookmark and one entry of the navigation pane a letter, by number, target and name."""
    (tmp_path / "signers.csv").write_text(SIGNERS.replace("Dora Beispiel", "Dora " + "Beispiel" * 8), encoding="utf-8")
    assert run(*ASK, "--combine", "evening.docx", "-q").status == 0
    marks = list(body(tmp_path / "evening.docx").iter(f"{W}bookmarkStart"))
    names = [mark.get(f"{W}name", "") for mark in marks]
    assert names[:3] == ["Letter_1_1_prosecutor_Eva_Ejemplo", "Letter_1_2_prison_service_Eva_Ejemplo",
                         "Letter_2_3_prosecutor_Ana_Example"]  # fmt: skip
    assert len(set(names)) == len({mark.get(f"{W}id") for mark in marks}) == 10
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)
    entries = [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        for paragraph in body(tmp_path / "evening.docx").iter(f"{W}p")
        if value(paragraph, "pPr/outlineLvl") == "0"
    ]
    assert len(entries) == 10
    assert all(name in entry for name, entry in zip(NAMES[:4], entries[::2], strict=False))


def test_docx_has_the_styles_of_each_kind_of_letter(run, tmp_path):
    """A set of its own for each language, paper and layout: names, lists and languages do not run into each other."""
    assert run(*ASK, "--combine", "evening.docx", "-q", "--gloss", "fr").status == 0
    with zipfile.ZipFile(tmp_path / "evening.docx") as archive:
        styles = ET.fromstring(archive.read("word/styles.xml")).findall(f"{W}style")
        numbering = ET.fromstring(archive.read("word/numbering.xml"))
    found = {style.get(f"{W}styleId"): style for style in styles}
    names = [value(style, "name") for style in styles]
    assert len(found) == len(set(names)) == len(styles)
    assert not [name for name in names if re.fullmatch(r"(Body Text|List Bullet|Closing|Date) \d", name or "")]
    used = [value(paragraph, "pPr/pStyle") for paragraph in body(tmp_path / "evening.docx").iter(f"{W}p")]
    assert set(used) <= set(found)
    assert all(value(style, "basedOn") in found for style in styles if value(style, "basedOn"))
    spoken = [value(style, "rPr/lang") for style in styles if value(style, "rPr/lang")]
    assert spoken == ["en-GB", "de-DE", "en-US", "ru-RU"]
    lists = {number.get(f"{W}numId"): value(number, "abstractNumId") for number in numbering.findall(f"{W}num")}
    owners = {a.get(f"{W}abstractNumId"): value(a, "lvl/pStyle") for a in numbering.findall(f"{W}abstractNum")}
    for number in range(1, 6):
        style_id = "ListBullet" + (str(number) if number > 1 else "")
        assert owners[lists[value(found[style_id], "pPr/numPr/numId")]] == style_id


@pytest.mark.parametrize("first", ["Eva", "Ana"])
def test_libreoffice_shows_each_letter_as_in_its_own_file(run, tmp_path, first):
    """Every word of every page in its place, whichever language gives the document its defaults."""
    office()
    poppler("pdftotext", "-v")
    head, *rows = SIGNERS.splitlines()
    rows.sort(key=lambda row: not row.startswith(first))
    (tmp_path / "signers.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    assert run(*ASK, "--output", "out/", "-q").status == 0
    assert run(*ASK, "--combine", "evening.docx", "-q").status == 0
    files = in_order(tmp_path / "out", "docx")
    convert(tmp_path, "pdf", [*files, tmp_path / "evening.docx"])
    expected = [page for file in files for page in page_words(tmp_path / f"{file.stem}.pdf")]
    found = page_words(tmp_path / "evening.pdf")
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert [word for word, *_ in one] == [word for word, *_ in other]
        # It spaces a line a little otherwise where the document's own language is another.
        assert all(
            abs(a - b) <= 1
            for this, that in zip(one, other, strict=True)
            for a, b in zip(this[1:], that[1:], strict=True)
        )


@pytest.mark.parametrize("gloss", [[], ["--gloss", "fr"]])
def test_duplex_docx_begins_each_letter_on_a_new_sheet(run, tmp_path, gloss):
    """In LibreOffice, blank backs included; a signer's copy is not on the back of the letter."""
    office()
    assert run(*ASK, "--combine", "evening.docx", "--duplex", "-q", *gloss).status == 0
    assert {value(section, "type") for section in sections(tmp_path / "evening.docx")} == {"oddPage"}
    form = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
    convert(tmp_path, form, [tmp_path / "evening.docx"])
    pages = [" ".join(word for word, *_ in page) for page in page_words(tmp_path / "evening.pdf")]
    begins = [n for n, page in enumerate(pages) if re.search(r"Bolshaya|Zhitnaya|RUSSLAND|RUSSIA", page)]
    copies = [n for n, page in enumerate(pages) if "Exemplaire pour la personne qui signe" in page]
    assert len(begins) == 10
    assert len(copies) == (10 if gloss else 0)
    assert all(n % 2 == 0 for n in begins + copies)


@HOW
def test_pdf_has_each_letter_as_its_own_file_has_it(run, tmp_path, how):
    """Every word of every page in its place, and the outline by number, target and name."""
    pytest.importorskip("typst", reason="typst is not installed")
    assert run(*ASK, *how, "--output", "out/", "--format", "pdf", "-q").status == 0
    assert run(*ASK, *how, "--combine", "evening.pdf", "-q").status == 0
    files = in_order(tmp_path / "out", "pdf")
    own = [page_words(file) for file in files]
    assert page_words(tmp_path / "evening.pdf") == [page for pages in own for page in pages]
    found = outline(tmp_path / "evening.pdf")
    assert [title for title, _ in found] == AS_GIVEN
    assert [page for _, page in found] == [sum(map(len, own[:n])) for n in range(len(own))]


def test_pdf_can_be_read_by_all(run, tmp_path):
    """Title, language, tags; the standards are named, and each letter says its own language."""
    pytest.importorskip("typst", reason="typst is not installed")
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not installed")
    assert run(*ASK, "--combine", "evening.pdf", "-q").status == 0
    content = (tmp_path / "evening.pdf").read_bytes()
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    with pikepdf.open(tmp_path / "evening.pdf") as document:
        assert document.Root.Lang == "ar"
        assert "سيرفير مصطفاييف" in str(document.docinfo.Title)
        assert bool(document.Root.MarkInfo.Marked)
        assert "/K" in document.Root.StructTreeRoot
        spoken = {str(item.Lang) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item
                  and "/Lang" in item}  # fmt: skip
    assert {"en-GB", "en-US", "de-DE", "ru-RU"} <= spoken


@pytest.mark.parametrize("gloss", [[], ["--gloss", "fr"]])
def test_duplex_pdf_begins_each_letter_on_a_new_sheet(run, tmp_path, gloss):
    pytest.importorskip("typst", reason="typst is not installed")
    assert run(*ASK, "--combine", "evening.pdf", "--duplex", "-q", *gloss).status == 0
    begins = [page for _, page in outline(tmp_path / "evening.pdf")]
    pages = [" ".join(word for word, *_ in page) for page in page_words(tmp_path / "evening.pdf")]
    copies = [n for n, page in enumerate(pages) if "Exemplaire pour la personne qui signe" in page]
    assert len(begins) == len(set(begins)) == 10
    assert len(copies) == (10 if gloss else 0)
    assert all(page % 2 == 0 for page in begins + copies)
    assert len(pages) > 18
    assert pages[1] == ""


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_sorted_by_target(run, tmp_path, form):
    """First all to the first target, then all to the next, each as given; the numbers stay those of the rows."""
    assert run(*ASK, "--combine", f"evening.{form}", "--sort", "target", "-q").status == 0
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
        found = [title for title, _ in outline(tmp_path / "evening.pdf")]
        assert found == [*AS_GIVEN[::2], *AS_GIVEN[1::2]]
    else:
        marks = body(tmp_path / "evening.docx").iter(f"{W}bookmarkStart")
        found = [mark.get(f"{W}name", "").split("_")[3] for mark in marks]
        assert found == ["prosecutor"] * 5 + ["prison"] * 5


def test_only_one_row_keeps_its_number(run, tmp_path):
    """So that it can be found among the files of the whole batch."""
    pytest.importorskip("typst", reason="typst is not installed")
    assert run(*ASK, "--combine", "evening.pdf", "--only", "4", "-q").status == 0
    assert [title for title, _ in outline(tmp_path / "evening.pdf")] == AS_GIVEN[4:6]
    assert run(*ASK, "--combine", "first.pdf", "--limit", "2", "-q").status == 0
    assert [title for title, _ in outline(tmp_path / "first.pdf")] == AS_GIVEN[:4]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_same_bytes_again_and_another_file_stays(run, tmp_path, form):
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    path = tmp_path / f"evening.{form}"
    ask = (*ASK, "--combine", path.name, "-q")
    assert run(*ask).status == 0
    first = path.read_bytes()
    assert run(*ask).status == 0
    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(first[:-1])
    refused = run(*ask)
    assert refused.status == 1
    assert refused.err == (
        f"Error: {path.name}: is there already and differs: --force replaces it, --combine writes elsewhere\n"
    )
    assert path.read_bytes() == first[:-1]
    assert run(*ask, "--force").status == 0
    assert path.read_bytes() == first
    assert sorted(file.name for file in tmp_path.iterdir()) == [path.name, f"{path.name}.journal.jsonl", "signers.csv"]


def test_everything_is_checked_first(run, tmp_path):
    """A bad row stops all, or is left out when asked to; a dry run writes nothing."""
    with (tmp_path / "signers.csv").open("a", encoding="utf-8") as file:
        file.write("Fay Example,,,,Atlantis,,,\n")
    ask = (*ASK, "--combine", "new/evening.docx", "-q")
    stopped = run(*ask)
    assert stopped.status == 1
    assert "signers.csv:7: country:" in stopped.err
    assert "nothing is written" in stopped.err
    assert run(*ask, "--dry-run").status == 1
    assert not (tmp_path / "new").exists()
    assert run(*ask, "--keep-going").status == 1
    assert len(sections(tmp_path / "new" / "evening.docx")) == 10
    only = run(*ask[:-3], "--combine", "none.docx", "--only", "7", "--keep-going", "-q")
    assert (only.status, only.err.splitlines()[-1]) == (1, "Error: none.docx: is not written: no letter can be")


def test_told_as_json(run):
    import json

    said = json.loads(run(*ASK, "--combine", "evening.docx", "--json").text)
    assert (said["output"], said["written"], said["letters"][0]["format"]) == ("evening.docx", 10, "docx")


def test_a_folder_is_no_file(run, tmp_path):
    (tmp_path / "evening.docx").mkdir()
    done = run(*ASK, "--combine", "evening.docx", "-q")
    assert (done.status, done.err) == (1, "Error: evening.docx: is a folder: give --combine the name of a file\n")


def test_what_cannot_be_written_is_told_with_its_option(run):
    done = run(*ASK, "--combine", "signers.csv/evening.docx", "-q")
    assert done.status == 1
    assert "signers.csv/evening.docx: cannot be written" in done.err
    deep = run(*ASK, "--combine", "x" * 300 + ".docx", "-q")
    assert (deep.status, "use a shorter --combine" in deep.err) == (1, True)


def test_more_than_a_file_holds(run, tmp_path, monkeypatch):
    """A clear message, and nothing is left behind."""
    monkeypatch.setattr(combined, "MOST_IN_A_PDF", 16)
    assert run(*ASK, "--combine", "evening.pdf", "-q").status == 0
    for ask, most in (((), 9), (("--gloss", "fr"), 16)):
        monkeypatch.setattr(combined, "MOST_IN_A_PDF", most)
        done = run(*ASK, "--combine", "more.pdf", "-q", *ask)
        assert done.status == 1
        assert "print in parts" in done.err
    monkeypatch.setattr(package, "_LARGEST", 50_000)
    done = run(*ASK, "--combine", "more.docx", "-q")
    assert (done.status, "4 GiB" in done.err) == (1, True)
    kept = ["evening.pdf", "evening.pdf.journal.jsonl", "signers.csv"]
    assert sorted(file.name for file in tmp_path.iterdir()) == kept


def test_a_character_without_glyph_is_told_at_its_row(run, tmp_path):
    pytest.importorskip("typst", reason="typst is not installed")
    with (tmp_path / "signers.csv").open("a", encoding="utf-8") as file:
        file.write("Fay \U0001247f Example,,,,GB,,,\n")
    done = run(*ASK, "--combine", "evening.pdf", "-q")
    if done.status == 0:
        pytest.skip("a font of this machine has cuneiform")
    assert "signers.csv:7: no font here has" in done.err
    assert not (tmp_path / "evening.pdf").exists()


def leaves(count: int):
    library = Library(None)
    case = library.case("mustafayev")
    letters = prepared(library, case, addressee(library, case, "prosecutor", None), "en", "formal")
    for n in range(count):
        sender = sender_of(
            Signer(name=f"Ana Example {n}", address=(f"{n} Example Street", "Exampletown"), country="GB")
        )
        yield Leaf(letters.letter(sender, datetime.date(2026, 11, 20)), f"{n} · prosecutor", str(n))


def test_memory_does_not_grow_with_the_letters(tmp_path):
    """Ten times the letters take about the same."""
    peaks = []
    for count in (200, 200, 2000):
        with (tmp_path / "many.docx").open("wb") as file:
            tracemalloc.start()
            assert render_many(leaves(count), "docx", file) == count
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[2] - peaks[1] < 1_000_000
    assert len(sections(tmp_path / "many.docx")) == 2000


def test_a_thousand_letters_are_a_thousand_pages(tmp_path):
    """LibreOffice opens them in one file."""
    office()
    with (tmp_path / "many.docx").open("wb") as file:
        render_many(leaves(1000), "docx", file)
    convert(tmp_path, "pdf", [tmp_path / "many.docx"])
    assert re.search(r"Pages: +1000\n", poppler("pdfinfo", tmp_path / "many.pdf"))


def test_a_run_that_is_stopped_leaves_nothing(tmp_path):
    """Ctrl-C in the middle."""
    import signal
    import sys
    import time

    rows = "".join(f"Signer {n},{n} Example Street,10115,Berlin,DE,,,\n" for n in range(30_000))
    (tmp_path / "signers.csv").write_text(SIGNERS.splitlines()[0] + "\n" + rows, encoding="utf-8")
    command = [sys.executable, "-m", "appealgen", *ASK, "--combine", "evening.docx"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for _ in range(600):
            if list(tmp_path.glob(".*.part")):
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130, said.decode()
    assert said.decode().endswith("Interrupted: nothing more is done.\n")
    assert [file.name for file in tmp_path.iterdir()] == ["signers.csv"]


def test_one_letter_alone_and_a_stream_that_can_be_read():
    """The archive's sizes and sums are those of what was streamed."""
    output = io.BytesIO(b"")
    assert render_many(leaves(1), "docx", output) == 1
    with zipfile.ZipFile(output) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert b"<w:bookmarkStart" in archive.read("word/document.xml")
        assert all(member.date_time == (1980, 1, 1, 0, 0, 0) for member in archive.infolist())
