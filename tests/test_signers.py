"""Tables of signers as they really come: the file beside what is read from it and what is said about it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from conftest import folders
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appealgen import Library
from appealgen.addresses import country_code, language_code, postal_lines
from appealgen.characters import REFUSED
from appealgen.errors import AppealgenError
from appealgen.signers import columns
from appealgen.signers.rows import Defaults, Reading
from appealgen.signers.seen import Seen, skeleton
from appealgen.signers.table import delimiter_of, open_table

LIBRARY = Library(None)
NAMES = LIBRARY.column_names


def reading(path: Path, encoding: str | None = None) -> Reading:
    table = open_table(path, path.name, encoding, lambda header: columns.name_columns(header, NAMES))
    line, header = next(table.rows())
    return Reading(table, columns.find(header, NAMES, {}, path.name, line), NAMES, Defaults())


def read(path: Path) -> str:
    """Return each row as a line: who signs, where, and what else the row says."""
    lines = []
    source = reading(path)
    for row in source.rows():
        source.read(row)
        parts = [f"{row.number} (line {row.line})"]
        if row.can_sign:
            signer = source.signer(row)
            parts += [signer.name or "", " / ".join(signer.address), signer.country or "-", signer.email or "-"]
            parts += [f"speaks {signer.language}"] if signer.language else []
            parts += ["/".join(signer.privacy)] if "full" not in signer.privacy else []
            parts += [f"to {' '.join(row.targets)}"] if row.targets else []
            parts += [row.tone] if row.tone else []
            parts += [f"says: {' ¶ '.join(signer.message)}"] if signer.message else []
        else:
            parts.append("a problem" if row.problems else "left out")
        lines.append(" | ".join(parts))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("folder", folders("signers"), ids=lambda path: path.name)
def test_table(folder: Path, run, golden):
    """What is read, and what `batch --dry-run` says, is what stands in `expected`."""
    (path,) = (path for path in folder.iterdir() if path.name != "expected")
    ask = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--dry-run", "--date", "2026-11-20")
    result = run(*ask, "--signers", path.name, cwd=folder)
    assert "Traceback" not in result.err
    said = [line for line in result.err.splitlines() if not line.startswith("note: ") or "columns" in line]
    try:
        rows = read(path)
    except AppealgenError:
        rows = ""
    golden(folder / "expected", f"exit status {result.status}\n" + "".join(f"{line}\n" for line in said) + rows)


def test_another_encoding_is_read_when_it_is_said(run):
    """And never guessed."""
    folder = Path(__file__).parent / "signers" / "cp1251"
    ask = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--dry-run", "--signers", "signers.csv")
    assert run(*ask, cwd=folder).status == 1
    result = run(*ask, "--encoding", "cp1251", cwd=folder)
    assert result.status == 0
    assert run(*ask, "--encoding", "klingon", cwd=folder).status == 2
    names = [
        row.name
        for row in map(reading(folder / "signers.csv", "cp1251").read, reading(folder / "signers.csv", "cp1251").rows())
    ]
    assert all("А" <= name[0] <= "я" for name in names)


def test_map(run, tmp_path):
    """A heading that is not known fills the field that the user says; near misses are named."""
    (tmp_path / "s.csv").write_text("Who are you?,Where?\nAna Example,Exampletown\n", encoding="utf-8")
    ask = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "s.csv", "--dry-run")
    assert "no column holds a name" in run(*ask).err
    result = run(*ask, "--map", "who are you=name", "--map", "Where?=city")
    assert result.status == 0
    assert "\nAna Example\nExampletown\n" in result.text
    assert "did you mean city?" in run(*ask, "--map", "Where?=citty").err
    assert 'there is no column "Were?"' in run(*ask, "--map", "Were?=city").err
    assert run(*ask, "--map", "Where?").status == 2


def test_excel(tmp_path, run):
    """An .xlsx file, with numbers, dates and empty cells as Excel keeps them."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Name", "Street", "PLZ", "Ort", "Land"], ["Ana Example", "1 Street", 10117, "Berlin", "DE"],
                [None, None, None, None, None], ["Ben & <Sample>", None, 1067.0, "Dresden", "Germany"]):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "signers.xlsx")
    assert read(tmp_path / "signers.xlsx") == (
        "1 (line 2) | Ana Example | 1 Street / 10117 Berlin | DE | -\n"
        "2 (line 4) | Ben & <Sample> | 1067 Dresden | DE | -\n"
    )
    (tmp_path / "wrong.xlsx").write_bytes(b"PK\3\4 not a workbook")
    (tmp_path / "wrong.csv").write_bytes((tmp_path / "signers.xlsx").read_bytes())
    ask = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--dry-run", "--signers")
    assert "cannot be read as an Excel file" in run(*ask, "wrong.xlsx").err
    assert "is an Excel file, not CSV" in run(*ask, "wrong.csv").err


# An apostrophe before what would be a formula is the mark of a careful program, and is taken away again.
NO_NAME = re.compile(rf"{REFUSED.pattern}|\r|^\s*'+[=+@\t-]")
cell = st.text(max_size=20).filter(lambda text: not NO_NAME.search(text))
names = cell.filter(lambda text: text.strip() and "\n" not in text and "\t" not in text)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(rows=st.lists(st.tuples(names, cell), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t"),
       encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), end=st.sampled_from(["\r\n", "\n"]))  # fmt: skip
def test_any_names_come_back(tmp_path_factory, rows, delimiter, encoding, end):
    """Whatever a table holds, the names that were written are the names that are read, each with its line."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["Name", "Notes of ours", "City"])
    writer.writerows([name, note, "Exampletown"] for name, note in rows)
    path = tmp_path_factory.mktemp("tables") / "signers.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    source = reading(path)
    found = [source.read(row) for row in source.rows()]
    assert [row.name for row in found] == [
        " ".join(name.split()) if "  " in name.strip() else name.strip() for name, _ in rows
    ]
    assert [source.signer(row).address for row in found] == [("Exampletown",)] * len(rows)
    lines = re.split("\r?\n", text.getvalue())
    for row in found:
        assert lines[row.line - 1].startswith(f'"{row.cells[0].replace(chr(34), chr(34) * 2)}"')


@given(
    st.lists(st.lists(st.text("abc ,;\t", max_size=6), min_size=2, max_size=5), min_size=2, max_size=6),
    st.sampled_from(",;\t"),
)
def test_the_delimiter_is_found_where_cells_are_quoted(rows, delimiter):
    """Delimiters within quotes do not count."""
    width = len(rows[0])
    even = [["Name", *["x"] * (width - 1)], *[(row + [""] * width)[:width] for row in rows]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(even)
    assert delimiter_of(text.getvalue()) == delimiter


def test_near_names():
    """Nearly the same is pointed out, and what is plainly another name is not."""
    for one, other in (
        ("samad rahimli", "samed rahimli"),
        ("mustafayev server", "server mustafaev"),
        ("zoe o neil", "zoe o neill"),
    ):
        assert skeleton(one) == skeleton(other)
    assert skeleton("ana example") != skeleton("ben example")
    seen = Seen()
    for number in range(20_000):
        assert seen.look(f"Person {number}", "", number + 1) is None
    assert seen.look("PERSON 19999", "", 99_999) == (20_000, True)
    assert seen.look("Person 19999", "elsewhere", 99_999) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("UK", "GB"), ("gb", "GB"), ("Deutschland", "DE"), ("Україна", "UA"), ("Türkiye", "TR"), ("Turkey", "TR"),
     ("États-Unis", "US"), ("etats unis", "US"), ("Azərbaycan", "AZ"), ("ألمانيا", "DE"), ("Czech Republic", "CZ")],
)  # fmt: skip
def test_countries(text, code):
    """By code, by English name, by name in our languages."""
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("en", "en"), ("de-CH", "de"), ("Deutsch", "de"), ("German", "de"), ("русский", "ru"), ("uk_UA", "uk")],
)
def test_languages(text, code):
    """By code, locale or name."""
    assert language_code(text) == code


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("GB", ("1 Street", "Town", "C1")),
        ("DE", ("1 Street", "C1 Town")),
        ("US", ("1 Street", "Town, Region C1")),
        ("TR", ("1 Street", "C1 Town/Region")),
        (None, ("1 Street", "C1 Town")),
    ],
)
def test_address_lines(country, expected):
    """As the sender's country writes them; parts that are missing leave no trace."""
    assert postal_lines("1 Street", "", "C1", "Town", "Region", country) == expected
    assert postal_lines("1 Street", "", "", "Town", "", country) == ("1 Street", "Town")
    assert postal_lines("", "", "", "", "", country) == ()
