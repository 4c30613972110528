"""A sheet to copy by hand as PDF, set by typst as letters are."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from appealgen.rendering.direction import has_right_to_left, pieces
from appealgen.rendering.measures import BULLET_INDENT_PT, MARGIN_MM, PAGES_MM
from appealgen.rendering.pdf.layout import tag
from appealgen.rendering.pdf.press import NO_DAY, typeset
from appealgen.rendering.sheets import GAP_PT, INSET_PT, LINE_PT, SIZE_PT, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appealgen.rendering.sheets import Sheet


def render(sheet: Sheet) -> bytes:
    """Return *sheet* as the bytes of a PDF.

    Raises:
        InputError: if no font has a character of it.
    """
    source = resources.files("appealgen.rendering.pdf").joinpath("sheet.typ").read_bytes()
    rtl = sheet.direction == "rtl"
    data = {
        "title": sheet.title,
        "day": [NO_DAY.year, NO_DAY.month, NO_DAY.day],
        "language": tag(sheet.language),
        "direction": sheet.direction,
        "page": PAGES_MM[sheet.page],
        "margin": MARGIN_MM,
        "size": SIZE_PT,
        "leading": LINE_PT,
        "gap": GAP_PT,
        "inset": INSET_PT,
        "indent": BULLET_INDENT_PT * 1.5,
        "address": [_line((Run(line),), rtl=rtl) for line in sheet.address],
        "lines": [{**_line(line.runs, rtl=rtl), "bullet": line.bullet} for line in sheet.lines],
        "labels": [_line((Run(label),), rtl=rtl) for label in sheet.labels],
    }
    texts = (*sheet.address, *(line.text for line in sheet.lines), *sheet.labels)
    return typeset(data, "".join(texts), source)


def _line(runs: Iterable[Run], *, rtl: bool) -> dict[str, Any]:
    """Return pieces of text, each with whether it runs against the paragraph and is underlined."""
    found = tuple(runs)
    if not (rtl and has_right_to_left("".join(run.text for run in found))):
        return {"runs": [(run.text, False, run.underlined) for run in found], "direction": "ltr"}
    split = [
        (piece, bool(number % 2), run.underlined)
        for run in found
        for number, piece in enumerate(pieces(run.text))
        if piece
    ]
    return {"runs": split, "direction": "rtl"}
