"""Letter -> bytes, one module a format; each is pure, and loaded only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen.catalogue import _, _n
from appealgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from appealgen.letter import Letter
    from appealgen.rendering.extents import Extent
    from appealgen.rendering.leaf import Leaf
    from appealgen.rendering.placing import Sheets
    from appealgen.rendering.sheets import Sheet


def _docx(letter: Letter, _wrap: int | None, _attachment: str | None) -> bytes:
    from appealgen.rendering import docx  # loads lxml

    return docx.render(letter)


def _txt(letter: Letter, wrap: int | None, _attachment: str | None) -> bytes:
    from appealgen.rendering import txt

    return txt.render(letter, wrap=wrap).encode()


def _eml(letter: Letter, wrap: int | None, attachment: str | None) -> bytes:
    from appealgen.rendering import eml, txt

    attached = (attachment, _docx(letter, None, None)) if attachment else None
    return eml.render(letter, txt.render(letter, wrap=wrap, mail=True), attached)


def _pdf(letter: Letter, _wrap: int | None, _attachment: str | None) -> bytes:
    from appealgen.rendering import pdf  # loads typst

    return pdf.render(letter)


def _html(letter: Letter, _wrap: int | None, _attachment: str | None) -> bytes:
    from appealgen.rendering import html

    return html.render(letter).encode()


_RENDERERS: dict[str, Callable[[Letter, int | None, str | None], bytes]] = {
    "docx": _docx,
    "txt": _txt,
    "eml": _eml,
    "pdf": _pdf,
    "html": _html,
}

#: The formats by their suffix, the usual one first.
FORMATS = tuple(_RENDERERS)
#: Formats that a terminal cannot show.
BINARY = frozenset({"docx", "pdf"})
#: Formats that are laid out on sheets of paper.
PAGED = frozenset({"docx", "pdf"})
#: Formats with lines of plain text, which may be broken after some width.
WRAPPED = frozenset({"txt", "eml"})
#: Characters of a letter as a link, which every mail program takes whole.
# Found by trial: browsers on Windows hand on 2,046 (superruub.wordpress.com, 2013; about 2,000 for Chrome in 2022,
# stackoverflow.com/q/4473959; 2,081 for Electron, github.com/electron/electron/issues/9987), Gmail about 1,620.
LONGEST_LINK = 1600
#: Formats whose engine runs threads, which a process that is forked would wait for without end.
THREADED = frozenset({"pdf"})
#: Formats that hold many letters in one file.
COMBINED = ("docx", "pdf")


def fault(texts: Iterable[str], form: str) -> str:
    """Return why *texts*, which are looked at only where it matters, cannot stand in the format *form*, or nothing."""
    if form != "pdf":
        return ""
    from appealgen.rendering import pdf

    return pdf.fault("\n".join(texts))


def render_sheets(sheets: Sheets) -> bytes:
    """Return envelopes or sheets of labels as the bytes of a PDF.

    Raises:
        UsageError: if typst is not installed.
        InputError: if a text does not fit at its place, or no font has a character of it.
    """
    from appealgen.rendering.pdf.sheets import render  # loads typst

    return render(sheets)


def window_faults(letter: Letter) -> list[str]:
    """Return why the window of *letter* may not show its address whole: its length, or another paper."""
    from appealgen.rendering.measures import framed

    window = letter.window
    if window is None:
        return []
    faults = []
    placed = framed(letter.inside_address, window)
    if placed.rows > placed.room:
        faults.append(
            _n(
                "the address takes {count} line, and the window {window} shows {room} even in small type: "
                "look at the letter before you fold it",
                "the address takes {count} lines, and the window {window} shows {room} even in small type: "
                "look at the letter before you fold it",
                placed.rows,
                window=window.id,
                room=placed.room,
            )
        )
    if letter.page != window.paper:
        faults.append(
            _(
                "the window {window} is meant for paper {meant}, and this letter is on {paper}: "
                "look whether your envelope shows the address",
                window=window.id,
                meant=window.paper,
                paper=letter.page,
            )
        )
    return faults


def render_gloss(letter: Letter, *, wrap: int | None = None) -> bytes:
    """Return the translation that *letter* carries as plain text, for the formats that have no place for it."""
    from appealgen.rendering import txt

    assert letter.gloss is not None
    return f"{txt.gloss(letter.gloss, wrap)}\n".encode()


def render(letter: Letter, form: str, *, wrap: int | None = None, attachment: str | None = None) -> bytes:
    """Lay *letter* out in the format *form*; the same letter gives the same bytes.

    Args:
        letter: the letter.
        form: one of `FORMATS`.
        wrap: characters in a line of plain text; None leaves each paragraph on one line.
        attachment: file name under which an email draft carries the letter as DOCX as well; None for none.
    """
    return _RENDERERS[form](letter, wrap, attachment)


def render_many(leaves: Iterable[Leaf], form: str, file: BinaryIO, *, duplex: bool = False) -> int:
    """Lay *leaves*, of which there is at least one, out in one document, and return how many they were.

    Args:
        leaves: the letters, in their order; they are read one by one.
        form: one of `COMBINED`.
        file: where the document is written.
        duplex: whether each letter begins on an odd page, for printing on both sides.
    """
    if form == "docx":
        from appealgen.rendering.docx import many

        return many.write_many(leaves, file, duplex=duplex)
    from appealgen.rendering import pdf

    return pdf.write_many(leaves, file, duplex=duplex)


def extent(letter: Letter, form: str = "pdf") -> Extent:
    """Return the room that *letter*, without its translation, takes on paper.

    A PDF is counted as it is set, where typst is installed and has the characters. Whatever else is guessed by the
    widths of the face that a DOCX asks for: its lines are those of the program that opens it.
    """
    from dataclasses import replace

    from appealgen.rendering.extents import estimated

    plain = replace(letter, gloss=None)
    if form == "pdf":
        try:
            from appealgen.rendering.pdf.extent import extent as counted
        except UsageError:
            return estimated(plain)
        if (found := counted(plain)) is not None:
            return found
    return estimated(plain)


def count_pages(letter: Letter, form: str = "pdf") -> int:
    """Return how many pages *letter* takes without its translation: those of `extent`, told faster."""
    from dataclasses import replace

    if form == "pdf":
        try:
            from appealgen.rendering import pdf
        except UsageError:
            return extent(letter, form).pages
        if found := pdf.count_pages(letter if letter.gloss is None else replace(letter, gloss=None)):
            return found
    return extent(letter, form).pages


def on_screen(letter: Letter, extent: Extent, width: int) -> str:
    """Return *letter* as text of lines of *width* characters, with a rule where a page of *extent* begins."""
    from appealgen.rendering import txt

    return txt.on_pages(letter, extent.breaks, wrap=width)


def pictures(letter: Letter, resolution: int = 110) -> list[bytes]:
    """Return each page of *letter* as a PNG of so many dots an inch.

    Raises:
        UsageError: if typst is not installed.
        InputError: if no font has a character of the letter.
    """
    from appealgen.rendering.pdf.extent import pictures as taken

    return taken(letter, resolution)


def mail_link(letter: Letter) -> str:
    """Return *letter* as a link that opens a mail program with the letter in it."""
    from appealgen.rendering import mailto

    return mailto.render(letter)


def short_link(letter: Letter) -> tuple[str, str]:
    """Return a link that opens a mail program with the addresses and subject of *letter*, and its text to paste."""
    from appealgen.rendering import mailto

    return mailto.render(letter, whole=False), mailto.text(letter)


def render_sheet(sheet: Sheet, form: str) -> bytes:
    """Lay a sheet to copy by hand out in the format *form*, one of `SHEET_FORMATS`.

    Raises:
        UsageError: if typst is needed and not installed.
        InputError: if no font has a character of the sheet.
    """
    if form == "pdf":
        from appealgen.rendering.pdf import sheet as pdf_sheet

        return pdf_sheet.render(sheet)
    from appealgen.rendering.docx import sheet as docx_sheet

    return docx_sheet.render(sheet)


#: The formats of sheets to copy by hand, the usual one first.
SHEET_FORMATS = ("docx", "pdf")
