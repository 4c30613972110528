"""Joint letters: documents of lists beside the letters they give, counts, order, columns, pages."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import folders
from reading import docx_paragraphs, docx_text, words
from test_formats import convert, placed

from appealgen import Library, collation, joint, sender_of
from appealgen.library import shipped
from appealgen.model import Signatory, Signer
from appealgen.signers import namelist

LIBRARY = Library(None)
HERE = Path(__file__).parent
WHAT = ("joint", "--case", "mustafayev", "--target", "prosecutor", "--output", "-", "--format", "txt", "--signatories")
FORMS = ("txt", "docx", "html", "eml")


@pytest.fixture
def joint_letter(run, tmp_path):
    """Write a joint letter of *lines* and return its bytes."""

    def write(lines: list[str], form: str, *more: str) -> bytes:
        (tmp_path / "names.txt").write_text("\n".join(lines), encoding="utf-8")
        what = ("--case", "mustafayev", "--target", "prosecutor", "--signatories", "names.txt", "--date", "2026-11-20")
        result = run("joint", *what, "--format", form, "--output", "-", "--quiet", *more)
        assert (result.status, result.err) == (0, "")
        return result.out

    return write


class Text(HTMLParser):
    """The words of a page of HTML, and how many items its lists have."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said, self.items, self.is_shown = [], 0, True
        self.feed(page)

    def handle_starttag(self, tag, attrs):  # noqa: ARG002  its parser's own
        self.items += tag == "li"
        self.is_shown = tag != "title"

    def handle_data(self, data):
        self.said += words(data) if self.is_shown else []
        self.is_shown = True


@pytest.mark.parametrize("folder", folders("joint"), ids=lambda path: path.name)
def test_letter(folder: Path, run, golden, tmp_path):
    """The command in `command`, run in a copy of `group`, writes the letter beside it; all formats agree."""
    pytest.importorskip("icu", reason="icu is not installed")
    group = tmp_path / "group"
    shutil.copytree(folder / "group", group)
    command = shlex.split((folder / "command").read_text(encoding="utf-8"))
    forms = [form for form in FORMS if form != "eml" or "--gloss" not in command]
    results = {form: run(*command, "--format", form, "--output", "-", cwd=group) for form in forms}
    assert {result.status for result in results.values()} == {0}, results["txt"].err
    golden(folder / "expected.txt", results["txt"].text)
    golden(folder / "expected.stderr", results["txt"].err)
    golden(folder / "expected.docx.txt", docx_text(results["docx"].out))
    said = [word for word in words(results["txt"].text) if not re.fullmatch("-+|>", word)]
    in_docx = docx_text(results["docx"].out).replace("<tab>", " ")
    # Text has no columns, and so no heads above them.
    in_docx = re.sub(r"^(GlossHeading: .*\n)Gloss: .*\nGloss: .*\n", r"\1", in_docx, flags=re.MULTILINE)
    assert words("\n".join(line.partition(": ")[2] for line in in_docx.splitlines())) == said
    page = Text(results["html"].text)
    if "--gloss" not in command:
        assert page.said == said
        assert page.items == sum(
            style in ("Signatory", "ListBullet") for style, _ in docx_paragraphs(results["docx"].out)
        )


COUNTS = (1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 21, 22, 25, 100, 101, 103, 111, 412, 1412, 12345)


def test_counts(golden):
    """How many have signed, in every language, for a speaker to read."""
    lines = []
    for language_id in LIBRARY.language_ids:
        language = LIBRARY.language(language_id)
        assert joint.gaps(language) == []
        lines.append(f"[{language_id}]")
        for number in COUNTS:
            said = [joint.counted(language, *counts) for counts in ((number, 0), (0, number))]
            lines.append(f"{number}: {'; '.join(said)}")
        for people, organisations in ((1, 1), (2, 5), (12, 2), (40, 21)):
            those = [Signatory("A")] * people + [Signatory("B", organisation=True)] * organisations
            lines.append(joint.joined(those, language, {}, "").lists[0].heading)
        many = joint.joined([Signatory("A")] * 399 + [Signatory("B", organisation=True)] * 13, language, {}, "")
        lines += [many.annex_sentence, many.annex, "2".join(many.page[:2]) + "5" + many.page[2]]
        lines.append(joint.joined([Signatory("A")], language, {}, "A title, " * 20).running_title)
    golden(HERE / "joint-counts.txt", "\n".join([*lines, ""]))


def test_a_category_that_is_missing_is_named(tmp_path, run):
    """A group's own language file without the words: `check` and the letter name the key."""
    folder = tmp_path / "templates" / "ru"
    folder.mkdir(parents=True)
    text = (shipped() / "templates" / "ru" / "language.yaml").read_text(encoding="utf-8")
    without = text.replace(r', few: "{n}\u00A0человека"', "")
    assert without != text
    (folder / "language.yaml").write_text(without, encoding="utf-8")
    assert [problem.key for problem in joint.gaps(Library(tmp_path).language("ru"))] == ["joint.people.few"]
    (tmp_path / "names.txt").write_text("Ana Example\nBo Sample\n")
    command = "joint --case mustafayev --target prosecutor --language ru --signatories names.txt --output -"
    result = run(*command.split(), cwd=tmp_path)
    assert result.status == 1
    assert "joint.people.few: is missing" in result.err


# Locale -> names in the order of its dictionaries. Sorted by code points each comes out otherwise.
ORDERS = {
    "es_ES": "Nadal Núñez Nuñoz Nzuzi Ñáñez Ocampo Ómar Orbe",
    "tr_TR": "Cem Çiğdem Ilgaz Irmak İnci İzzet Osman Ötüken Sami Şule Ulu Ünlü",
    "az_AZ": "Çingiz Davud Elçin Əli Fərid Hicran Xəlil Ilqar İlham Kərim Qasım Lalə",
    "pl_PL": "Adam Ąkowski Celina Ćwik Lucyna Łucja Zofia Źródło Żaneta",
    "uk_UA": "Гай Ґава Дяк Еней Євген Зоя Ивченко Іван Їжак Йосип",
    "ru_RU": "Ёжикова Елисеева Ершова Яблоков",
    "de_DE": "Öder Ofen Osten Özil Strasse Straße Zander",
    "ar": "آدم أنيس بوران جيم دورا فاي كيم ليا نورا هوغو يان",
}


@pytest.mark.parametrize("locale", ORDERS)
def test_order(locale):
    """Each language has its own order of letters."""
    pytest.importorskip("icu", reason="icu is not installed")
    wanted = ORDERS[locale].split()
    mixed = sorted(wanted, key=lambda name: name[::-1])
    assert [mixed[place] for place in collation.order([(name,) for name in mixed], locale)] == wanted


def test_without_icu(joint_letter, run, monkeypatch, tmp_path):
    """Names are never put into a wrong order instead."""
    monkeypatch.setitem(sys.modules, "icu", None)
    joint_letter(["Ana Example", "Bo Sample"], "txt")
    command = "joint --case mustafayev --target prosecutor --signatories names.txt --order name"
    result = run(*command.split())
    assert result.status == 2
    assert "pip install 'appealgen[joint]'" in result.err
    assert not list(tmp_path.glob("*.docx"))


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Ana Example – Lawyer", "Ana Example", "Lawyer"),
        ("Ana Example — Lawyer – and more", "Ana Example", "Lawyer – and more"),
        ("Ana Example- Lawyer", "Ana Example", "Lawyer"),
        ("Ana Example -Lawyer", "Ana Example", "Lawyer"),
        ("Ana\u00a0Example\u00a0-\u00a0Lawyer", "Ana Example", "Lawyer"),
        ("Ana Example–Lawyer", "Ana Example", "Lawyer"),
        ("Ana-Maria Example-Sample", "Ana-Maria Example-Sample", ""),
        ("Ana-Maria Example - Editor-in-chief", "Ana-Maria Example", "Editor-in-chief"),
        ("Imran Example – Founder,", "Imran Example", "Founder"),
        ("Imran Example – ", "Imran Example", ""),
        ("Imran Example,", "Imran Example", ""),
        ("Ana Example\tLawyer", "Ana Example", "Lawyer"),
        ("– Lawyer", "", "Lawyer"),
    ],
)
def test_where_the_role_begins(line, name, role):
    """At the first dash; a hyphen within a name is none."""
    assert namelist.split(line) == (name, role)


def test_headings_of_a_list(run, tmp_path):
    """A word with a colon or a count says of what kind those below it are; a name with a number is a name."""
    lines = ["Подписавшие:", "Ana Example", "Organisationen (2)", "Gruppe 7", "Verein: Beispiel", "People", "Bo Sample"]
    (tmp_path / "names.txt").write_text("\n".join(lines), encoding="utf-8")
    result = run(*WHAT, "names.txt")
    end = "two organisations\nAna Example\nBo Sample\n\nOrganisations\nGruppe 7\nVerein: Beispiel\n"
    assert result.text.endswith(end)
    assert 'names.txt:6: "People" is read as a heading, not as a name' in result.err


def test_what_import_writes_can_be_read(run, tmp_path):
    """The signatories.csv of an open letter that was imported."""
    (tmp_path / "signatories.csv").write_text("name,role\nAna Example,Lawyer\nImran Example,Founder\n")
    command = "joint --case mustafayev --target prosecutor --signatories signatories.csv --json --output letter.txt"
    result = run(*command.split())
    assert result.status == 0
    (file,) = json.loads(result.text)["files"]
    assert (file["people"], file["organisations"]) == (2, 0)
    assert "\nAna Example – Lawyer\nImran Example – Founder\n" in (tmp_path / "letter.txt").read_text(encoding="utf-8")


def test_the_same_in_a_table_of_each_kind(run, tmp_path):
    """CSV with a byte order mark, UTF-16 with tabs, a code page that is named, Excel."""
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    rows = [("Name", "Funktion", "Art"), ("Zoë Örnek", "Ärztin", "Person"), ("Haus Süd", "", "Verein")]
    text = io.StringIO()
    csv.writer(text, delimiter="\t").writerows(rows)
    (tmp_path / "a.csv").write_bytes(text.getvalue().encode("utf-8-sig"))
    (tmp_path / "b.csv").write_bytes(text.getvalue().encode("utf-16"))
    (tmp_path / "c.csv").write_bytes(text.getvalue().encode("cp1252"))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "d.xlsx")
    letters = [run(*WHAT, name).out for name in ("a.csv", "b.csv", "d.xlsx")]
    letters.append(run(*WHAT, "c.csv", "--encoding", "cp1252").out)
    assert len(set(letters)) == 1
    end = "Signed by one person and one organisation\nZoë Örnek – Ärztin\n\nOrganisations\nHaus Süd\n"
    assert letters[0].decode().endswith(end)


def test_privacy_of_a_row_holds(run, tmp_path):
    """Initials alone, without the role that would tell who it is."""
    (tmp_path / "n.csv").write_text("name,role,privacy\nAna Example,Chair of Example,initials\nBo Sample,Lawyer,full\n")
    result = run(*WHAT, "n.csv")
    assert result.text.endswith("\nA. E.\nBo Sample – Lawyer\n")


def test_nobody_to_answer(joint_letter):
    """Without a sender nobody is asked to answer, and there is no line to sign on."""
    alone = joint_letter(["Ana Example", "Bo Sample"], "txt").decode()
    sent = joint_letter(["Ana Example", "Bo Sample"], "txt", "--name", "Example Group", "--address", "1 Example St",
                        "--address", "Exampletown").decode()  # fmt: skip
    assert "We should be glad to hear" in sent
    assert "We should be glad to hear" not in alone
    assert "____" not in alone + sent


NAMES = [f"Ana{number:05} Example – Lawyer" for number in range(10_000)]


def pages(pdf: Path) -> list[str]:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    raw = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, encoding="utf-8").stdout
    return raw.split("\f")[:-1]


@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_ten_thousand(joint_letter, tmp_path, form):
    """Every name is there, once and in order, in an annex that the letter speaks of."""
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    content = joint_letter(NAMES, form)
    if form == "txt":
        text = content.decode()
    elif form == "docx":
        text = "\n".join(text for _, text in docx_paragraphs(content))
    else:
        (tmp_path / "letter.pdf").write_bytes(content)
        text = "\n".join(pages(tmp_path / "letter.pdf"))
    assert re.findall(r"Ana(\d{5}) Example – Lawyer", text) == [f"{number:05}" for number in range(10_000)]
    assert "The names of the 10,000 signatories follow in the annex." in text
    assert "Signed by 10,000 people" in text


def paged(form: str, joint_letter, tmp_path: Path, lines: list[str], *more: str) -> Path:
    """Return the letter as a PDF, set by typst or by LibreOffice."""
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    letter = tmp_path / f"letter.{form}"
    letter.write_bytes(joint_letter(lines, form, *more))
    if form == "docx":
        if not shutil.which("soffice"):
            pytest.skip("LibreOffice is not installed")
        convert(tmp_path, "pdf", [letter])
    return tmp_path / "letter.pdf"


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize(
    ("language", "number"),
    [("en", "Page 2 of 3"), ("ru", "Страница 2 из 3"), ("de", "Seite 2 von 3"), ("ar", "2 3")],
)
def test_pages(joint_letter, tmp_path, form, language, number):
    """Title and number above all pages but the first; names down and then across, beside each other."""
    names = [f"Anna{number:03} Example – Lawyer" for number in range(150)]
    more = ("Organisations:", *(f"House{number:02} of Examples" for number in range(14)))
    pdf = paged(form, joint_letter, tmp_path, [*names, *more], "--language", language)
    assert len(pages(pdf)) == 3
    at = {}
    for page in (1, 2, 3):
        found = placed(pdf, page)
        at |= {word: (page, x, y) for x, y, _, _, word in found if re.match(r"(Anna|House)\d", word)}
        above = [word for _, y, _, _, word in sorted(found) if y < 14]
        if language == "ar":
            # Of Arabic words poppler turns the letters round.
            above = sorted(word for word in above[:4] if word.isdigit())
        assert above[-len(number.split()) :] == (number.replace("2", str(page), 1).split() if page > 1 else [])
    assert len(at) == 150 + 14
    assert at["Anna000"][0] == 2
    # Of those on page two, the first of the second column stands level with the first of all.
    (_, left, top), across = at["Anna000"], 20
    others = [name for name, (page, x, _) in at.items() if page == 2 and abs(x - left) > across]
    assert at[others[0]][2] == pytest.approx(top, abs=4)
    assert (at[others[0]][1] < left) == (language == "ar")
    assert at[f"Anna{int(others[0][4:]) - 1:03}"][2] > 270
    assert at["House00"][2] == pytest.approx(at["House07"][2], abs=4)
    # Who reads the file aloud, or copies from it, meets them in their order.
    assert re.findall(r"Anna(\d{3})", "".join(pages(pdf))) == [f"{number:03}" for number in range(150)]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_gloss_is_apart(joint_letter, tmp_path, form):
    """The copy for who sends it has no title above it, and is not counted as a page of the letter."""
    names = [f"Anna{number:02} Example" for number in range(30)]
    pdf = paged(form, joint_letter, tmp_path, names, "--language", "ru", "--gloss", "en")
    letter, more, copy = pages(pdf)
    assert "Страница 2 из 2" in more
    assert "Страница" not in letter + copy
    assert copy.startswith("Copy for the signer")


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_heading_is_never_alone(joint_letter, tmp_path, form, language):
    """However long the letter is, a name stands below the heading; one on two lines stands on one page."""
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    role = "Chair of the Example Association of Placeholders, and of the Sample Circle for Specimens in Exampletown End"
    names = [f"Anna{number:02} Example – {role}{number:02}" for number in range(16)]
    heading = {"en": "Signed by 16", "ru": "Подписи: 16"}[language]
    files = [tmp_path / f"{number:02}.{form}" for number in range(20)]
    for lines, file in enumerate(files):
        more = ["--message", "We add a line. " * 6 * lines] if lines else []
        file.write_bytes(joint_letter(names, form, "--language", language, *more))
    if form == "docx":
        convert(tmp_path, "pdf", files)
    for file in files:
        found = pages(file.with_suffix(".pdf"))
        assert len(found) < 3
        for page in found:
            if heading in page:
                assert "Anna00" in page.split(heading)[1], file.name
            for number in range(16):
                assert (f"Anna{number:02}" in page) == (f"End{number:02}" in page), (file.name, number)
        assert re.findall(r"Anna\d\d", "".join(found)) == [f"Anna{number:02}" for number in range(16)]


def test_an_entry_higher_than_a_page(joint_letter, tmp_path):
    """No word of it is lost, nor of those around it."""
    words_of_one = [f"word{number:04}" for number in range(1200)]
    names = [
        "Anna00 Example",
        "Anna01 Example – " + " ".join(words_of_one),
        *(f"Anna{n:02} Example" for n in range(2, 20)),
    ]
    found = "".join(pages(paged("pdf", joint_letter, tmp_path, names)))
    assert re.findall(r"word\d{4}", found) == words_of_one
    assert re.findall(r"Anna\d\d", found) == [f"Anna{number:02}" for number in range(20)]


def test_sections_of_the_package(joint_letter):
    """Word finds columns where the list is, the title once, and parts in the order that its schema has."""
    content = joint_letter([f"Anna{number:02} Example" for number in range(40)], "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        document = package.read("word/document.xml").decode()
        styles = package.read("word/styles.xml").decode()
        headers = [package.read(name).decode() for name in package.namelist() if "header" in name]
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", document)
    assert [re.findall(r'w:num="(\d)"', section) for section in sections] == [[], ["3"], ["1"]]
    assert ["<w:titlePg/>" in section for section in sections] == [True, False, False]
    assert sections[1].startswith('<w:sectPr><w:type w:val="continuous"/><w:pgSz')
    assert all(re.findall(r"xmlns:(\w+)", header) == ["w"] for header in headers)
    assert sum("PAGE" in header and "NUMPAGES" in header for header in headers) == 1
    assert re.search(r'w:styleId="SignatoryHeading".*?<w:keepNext/>', styles, re.DOTALL)
    assert re.search(r'w:styleId="Signatory".*?<w:keepLines/>', styles, re.DOTALL)
    assert joint_letter(["Ana Example", "Bo Sample"], "docx") == joint_letter(["Ana Example", "Bo Sample"], "docx")


def test_values_never_make_structure():
    """A name that looks like a placeholder is a name."""
    language = LIBRARY.language("de")
    assert language.joint is not None
    assert joint.entry(Signatory("{role}", "{name}"), language.joint) == "{role}, {name}"


def test_python_api():
    """A joint letter without the command line."""
    import datetime

    from appealgen import addressee, prepared, render

    case = LIBRARY.case("mustafayev")
    letters = prepared(LIBRARY, case, addressee(LIBRARY, case, "prosecutor", None), "en", "formal", plural=True)
    those = [Signatory("Ana Example", "Lawyer"), Signatory("Example House", organisation=True)]
    letter = letters.letter(sender_of(Signer(name=None)), datetime.date(2026, 11, 20), signatories=those)
    assert ("signatories", "Ana Example – Lawyer") in list(letter.texts())
    assert "Signed by one person and one organisation" in render(letter, "txt").decode()


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_sender_below_is_on_one_page(joint_letter, tmp_path, form):
    """Where a language has the sender's address below the names."""
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    lines = [word for number in range(4) for word in ("--address", f"{number} Example Street")]
    more = ["--language", "tr", "--name", "Example Group", *lines, "--country", "GB"]
    files = [tmp_path / f"{number}.{form}" for number in range(13, 35, 2)]
    for file in files:
        names = [f"Anna{name:02} Example – Chair" for name in range(int(file.stem))]
        file.write_bytes(joint_letter(names, form, *more))
    if form == "docx":
        convert(tmp_path, "pdf", files)
    found = [pages(file.with_suffix(".pdf")) for file in files]
    assert {len(one) for one in found} == {1, 2}
    for one in found:
        assert ["Example Group" in page for page in one] == ["BİRLEŞİK KRALLIK" in page for page in one]


def test_its_file_is_another_than_that_of_a_single_letter(run, tmp_path):
    """So that neither stands in the way of the other."""
    (tmp_path / "names.txt").write_text("Ana Example\nBen Sample\n", encoding="utf-8")
    what = ("--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20", "-q")
    assert run("write", *what).text == "mustafayev-prosecutor-en.docx\n"
    joint = ("joint", *what, "--signatories", "names.txt")
    assert run(*joint).text == "mustafayev-prosecutor-en-joint.docx\n"
    drafts = run(*joint, "--format", "eml", "--attach", "--language", "ru", "--gloss", "en", "--output", "o/").text
    assert drafts == "o/mustafayev-prosecutor-ru-joint.eml\no/mustafayev-prosecutor-ru-joint-copy-en.txt\n"
    assert "mustafayev-prosecutor-ru-joint.docx" in (tmp_path / "o/mustafayev-prosecutor-ru-joint.eml").read_text(
        "utf-8"
    )


def test_short_names_are_near_no_other(run, tmp_path):
    """Unless they are the same but for capitals and accents; of four letters they can be."""
    names = ["Li", "Lu", "Lo", "LÚ", "Ann", "Ana", "Anna", "Annä", "Anno"]
    (tmp_path / "names.txt").write_text("\n".join(names), encoding="utf-8")
    result = run("joint", "--case", "mustafayev", "--target", "prosecutor", "--signatories", "names.txt")
    said = [line for line in result.err.splitlines() if line.startswith("warning:")]
    assert [re.search(r":(\d+): name: .* line (\d+)", line).groups() for line in said] == [
        ("4", "2"), ("8", "7"), ("9", "7")
    ]  # fmt: skip
