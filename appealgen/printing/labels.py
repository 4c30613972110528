"""Letters -> labels with the addresses that they go to, in the order of the letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.paper import Box
from appealgen.rendering import render_sheets
from appealgen.rendering.measures import PAGES_MM
from appealgen.rendering.placing import Block, Placed, Sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appealgen.letter import Letter
    from appealgen.paper import LabelSheet

_SIZES = ((11.0, 12.5), (10.0, 11.5), (9.0, 10.5), (8.0, 9.5), (7.0, 8.5))
#: The text keeps so far from a label's edge: 3 mm for machines that read it, and printers shift a sheet by as much.
_CLEAR_MM = 3.0


def labels(
    letters: Iterable[tuple[str, Letter]], sheet: LabelSheet, title: str, *, skip: int = 0, outline: bool = False
) -> bytes:
    """Return a PDF with a label on *sheet* for each of *letters*, which come with the name of whom they go to.

    Args:
        letters: in the order of the labels, row by row.
        sheet: the labels.
        title: of the document.
        skip: how many labels of the first sheet stay free; less than it has.
        outline: whether to draw the labels' edges, for a test print on plain paper.

    Raises:
        UsageError: if typst is not installed.
        InputError: if an address does not fit, or no font has a character of it.
    """
    blocks = [
        Block(letter.inside_address, letter.language, _("the address of {target}", target=name))
        for name, letter in letters
    ]
    pages = tuple(_pages(blocks, sheet, skip))
    outlines = tuple(sheet.places()) if outline else ()
    place = _("a label {sheet}", sheet=sheet.id)
    return render_sheets(Sheets(title, "en", *PAGES_MM[sheet.paper], place, pages, outlines))


def count_sheets(count: int, sheet: LabelSheet, skip: int) -> int:
    """Return how many sheets *count* labels take, the first *skip* labels of the first being free."""
    return -(-(count + skip) // sheet.count)


def _pages(blocks: list[Block], sheet: LabelSheet, skip: int) -> Iterator[tuple[Placed, ...]]:
    places = [
        Box(box.left + _CLEAR_MM, box.top + _CLEAR_MM, box.width - 2 * _CLEAR_MM, box.height - 2 * _CLEAR_MM)
        for box in sheet.places()
    ]
    for page in range(count_sheets(len(blocks), sheet, skip)):
        first = page * sheet.count - skip
        yield tuple(
            Placed(blocks[first + number], box, _SIZES, middle=True)
            for number, box in enumerate(places)
            if 0 <= first + number < len(blocks)
        )
