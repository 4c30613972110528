"""A letter beside its translation in Word: a table on a page of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from appealgen.rendering.direction import has_right_to_left
from appealgen.rendering.docx.parts import ITEM, Writer, twips
from appealgen.rendering.docx.text import runs
from appealgen.rendering.measures import text_width_mm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appealgen.letter import Gloss

_GLOSS_INDENTS = '<w:ind w:left="160" w:hanging="160"/>'


@lru_cache(maxsize=64)
def beside(gloss: Gloss, language: str, write: Writer) -> str:
    """Return, on a page of its own, a table of the letter's paragraphs, in *language*, beside their translation."""
    return "".join(_beside_parts(gloss, language, write))


def _beside_parts(gloss: Gloss, language: str, write: Writer) -> Iterator[str]:
    yield _cell_paragraph("GlossHeading" + write.suffix, gloss.heading, gloss.language)
    width = twips(text_width_mm(write.page)) // 2
    visual = "<w:bidiVisual/>" if write.right_to_left else ""
    yield (
        f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="{width * 2}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/><w:gridCol w:w="{width}"/></w:tblGrid>'
    )
    style, languages = "Gloss" + write.suffix, (language, gloss.language)
    # Marked as the heads of the columns, for who hears the table cell by cell; a page that goes on repeats them.
    heads = (_cell_paragraph(style, name, tag, bold=True) for name, tag in zip(gloss.names, languages, strict=True))
    yield _row(heads, width, "<w:tblHeader/>") if any(gloss.names) else ""
    for pair in gloss.pairs:
        sides = zip((pair.original, pair.translation), languages, strict=True)
        cells = (
            "".join(_cell_paragraph(style, line, tag, bullet=pair.bullet) for line in text.split("\n"))
            for text, tag in sides
        )
        yield _row(cells, width)
    yield f'</w:tbl><w:p><w:pPr><w:pStyle w:val="Gloss{write.suffix}"/></w:pPr></w:p>'


def _row(cells: Iterable[str], width: int, more: str = "") -> str:
    held = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{held}</w:tr>"


def _cell_paragraph(style: str, text: str, language: str, *, bullet: bool = False, bold: bool = False) -> str:
    """Return a paragraph that says its own direction and language, since two stand beside each other."""
    bidi = f'<w:bidi w:val="{int(has_right_to_left(text))}"/>'
    item, indents = (ITEM, _GLOSS_INDENTS) if bullet else ("", "")
    said = runs(text, language, more="<w:b/><w:bCs/>" if bold else "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{item}{bidi}{indents}</w:pPr>{said}</w:p>'
