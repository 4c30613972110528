"""Letter -> bytes, one module a format; each is pure, and loaded only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from appealgen.letter import Letter
    from appealgen.rendering.leaf import Leaf


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
#: Formats with lines of plain text, which may be broken after some width.
WRAPPED = frozenset({"txt", "eml"})
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
