"""Tables as people send them: CSV of any encoding that can be told, and Excel files, row by row."""

from __future__ import annotations

import codecs
import contextlib
import csv
import datetime
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from appealgen import catalogue, packages
from appealgen.catalogue import _
from appealgen.errors import AppealgenError, InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Code pages that spreadsheets in our languages save, the most usual first.
LIKELY = ("cp1252", "cp1250", "cp1251", "cp1254", "cp1256", "mac_roman", "koi8_u")
_DELIMITERS = ",;\t"
_SAMPLE = 65_536
_CHUNK = 1 << 20
_LONGEST_CELL = 1 << 20
# Ten thousand signers take two megabytes; more than these columns no table of people has.
_LARGEST_EXCEL = 500_000_000
MOST_COLUMNS = 500
_EXCEL_ROWS = 1_048_576


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read more than once: *path* on disk, *source* as it is called in messages."""

    path: Path
    source: str
    encoding: str
    delimiter: str
    has_separator_line: bool = False

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not empty, with the line on which it begins, the header among them.

        Raises:
            InputError: if a row cannot be read.
        """
        if self.path.suffix.lower() == ".xlsx":
            yield from _excel_rows(self.path, self.source)
            return
        csv.field_size_limit(_LONGEST_CELL)
        with self.path.open(encoding=self.encoding, newline="") as file:
            if self.has_separator_line:
                file.readline()
            before = int(self.has_separator_line)
            reader = csv.reader(file, delimiter=self.delimiter)
            begin = before + 1
            try:
                for cells in reader:
                    line, begin = begin, before + reader.line_num + 1
                    if any(cells) and any(map(str.strip, cells)):
                        yield line, cells
            except csv.Error as error:
                message = _("cannot be read as a table ({reason})", reason=error)
                raise InputError([Problem(self.source, message, _("is a quote left open?"), begin)]) from error


def open_table(path: Path, source: str, encoding: str | None, names: Callable[[Sequence[str]], list[int]]) -> Table:
    """Find out how the table at *path* is written.

    Args:
        path: the file, ending in ``.xlsx`` for Excel, else CSV.
        source: what to call it in messages.
        encoding: what the user says; None reads the byte order mark, or UTF-8 without one.
        names: tells in which columns of a header a name stands, to show what another encoding would make of it.

    Raises:
        InputError: if it cannot be read, is empty, or is in an encoding that can only be guessed.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_SAMPLE)
    except OSError as error:
        raise InputError([Problem(source, _("cannot be read ({reason})", reason=error.strerror))]) from error
    if path.suffix.lower() == ".xlsx":
        return Table(path, source, "", "")
    if start.startswith(b"PK\3\4"):
        hint = _("name it .xlsx, or save it as CSV UTF-8")
        raise InputError([Problem(source, _("is an Excel file, not CSV"), hint)])
    if encoding is None:
        encoding = encoding_of(start)
    _check_encoding(path, source, encoding, start, names)
    text = start.decode(encoding, "ignore")
    if not text.strip():
        hint = _("it needs a line of headings and a line for each signer")
        raise InputError([Problem(source, _("is empty"), hint)])
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        return Table(path, source, encoding, first[-1], has_separator_line=True)
    return Table(path, source, encoding, delimiter_of(text))


def encoding_of(start: bytes) -> str:
    """Return the encoding that the byte order mark at the *start* of a file names, UTF-8 without one."""
    return next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")


def delimiter_of(text: str) -> str:
    """Return the delimiter that gives the most even table of more than one column; a comma where none does."""
    lines = text.splitlines(keepends=True)
    sample = lines[:-1][:60] if len(lines) > 1 else lines

    def evenness(delimiter: str) -> tuple[float, int]:
        with contextlib.suppress(csv.Error):
            rows = [row for row in csv.reader(sample, delimiter=delimiter) if any(row)]
            if rows and len(rows[0]) > 1:
                return sum(len(row) == len(rows[0]) for row in rows) / len(rows), len(rows[0])
        return 0.0, 0

    return max(_DELIMITERS, key=evenness)


def _check_encoding(
    path: Path, source: str, encoding: str, start: bytes, names: Callable[[Sequence[str]], list[int]]
) -> None:
    try:
        "".encode(encoding)  # not all that has a name turns bytes into text
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        hint = _("usual are {names}", names=catalogue.listed(LIKELY))
        message = _('"{name}" is not an encoding', name=encoding)
        raise InputError([Problem("--encoding", message, hint)]) from error
    line = 1
    with path.open("rb") as file:
        chunk = b"-"
        while chunk:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                at = line + chunk.count(b"\n", 0, getattr(error, "start", 0))
                raise InputError([_not_in(encoding, source, at, start, names)]) from error
            line += chunk.count(b"\n")


def _not_in(
    encoding: str, source: str, line: int, start: bytes, names: Callable[[Sequence[str]], list[int]]
) -> Problem:
    """Say that a file is not in *encoding*, with three names as they would read in the likely code pages."""
    tables: dict[str, list[list[str]]] = {}
    for page in LIKELY:
        with contextlib.suppress(UnicodeDecodeError):
            text = start.decode(page, "strict" if len(start) < _SAMPLE else "replace")
            tables[page] = [row for row in csv.reader(text.splitlines(), delimiter=delimiter_of(text)) if any(row)]
    # In the wrong code page a heading cannot be told: where the names stand in one, they stand in all.
    columns = max((names(rows[0]) for rows in tables.values() if rows), key=len, default=[])
    readings: dict[str, list[str]] = {}
    for page, rows in tables.items():
        if not rows:
            continue
        said = [" ".join(row[at] for at in columns or range(len(row)) if at < len(row)) for row in rows[1:]]
        foreign = [name for name in said if not name.isascii()] or [name for name in rows[0] if not name.isascii()]
        readings.setdefault("; ".join(foreign[:3]), []).append(page)
    shown = "".join(f"\n    {', '.join(pages)}: {reading}" for reading, pages in readings.items())
    hint = _("save it as UTF-8, or say with --encoding in which of these the names are right") + shown
    return Problem(source, _("is not {encoding}", encoding=encoding.upper()), hint, line)


class MissingExtraError(AppealgenError):
    """Something needs a library that a lean installation leaves out."""


def _excel_rows(path: Path, source: str) -> Iterator[tuple[int, list[str]]]:
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            _(
                "{file}: to read Excel files, install appealgen[xlsx]: pip install 'appealgen[xlsx]'; "
                "or save it as CSV UTF-8",
                file=source,
            )
        ) from error
    if what := packages.fault(path, _LARGEST_EXCEL):
        raise InputError([Problem(source, what, _("open it and save it as CSV UTF-8"))])
    try:
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        with contextlib.closing(book):
            yield from _sheet_rows(book.worksheets[0], source)
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        message = _("cannot be read as an Excel file")
        raise InputError([Problem(source, message, _("save it as CSV UTF-8"))]) from error


def _sheet_rows(sheet: Any, source: str) -> Iterator[tuple[int, list[str]]]:
    # The size that a sheet says it has is filled up with empty cells, whatever it is.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=_EXCEL_ROWS, values_only=True)
    width = 0
    for line, row in enumerate(rows, 1):
        if len(row) > MOST_COLUMNS:
            message = _("has more than {limit} columns", limit=MOST_COLUMNS)
            raise InputError([Problem(source, message, _("is it the right file?"), line)])
        cells = [_plain(value) for value in row]
        if any(map(str.strip, cells)):
            width = width or len(cells)
            cells += [""] * (width - len(cells))
            yield line, cells


def _plain(value: Any) -> str:
    """Return what a cell of Excel shows."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
