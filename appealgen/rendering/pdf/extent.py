"""How much room a letter takes, counted in the letter as typst sets it; and its pages as pictures."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import typst

from appealgen.rendering.extents import Extent, broken, page_height_pt
from appealgen.rendering.measures import LINE_PT, MARGIN_MM, MM_PER_PT
from appealgen.rendering.pdf import data_of, press_for

if TYPE_CHECKING:
    from appealgen.letter import Letter

_MARKS = "query(<mark>).map(mark => mark.value)"


def extent(letter: Letter) -> Extent | None:
    """Return the room that *letter*, which has no translation with it, takes; None if no font has all of it."""
    press = press_for(letter)
    if press is None:
        return None
    files = press.files({**data_of(letter), "marks": True})
    compiler = typst.Compiler(input=files, font_paths=press.faces, ignore_system_fonts=True)
    marks: list[dict[str, Any]] = json.loads(compiler.eval(_MARKS))
    top = MARGIN_MM["top"] / MM_PER_PT
    places = [(mark["page"], float(mark["y"].removesuffix("pt")) - top) for mark in marks]
    height = page_height_pt(letter)
    pages, end = places[-1]
    used = (pages - 1) * height + end
    parts = ((begin[0], after[0], begin[1], after[1]) for begin, after in zip(places[::2], places[1::2], strict=True))
    over = max(1, math.ceil((used - height) / LINE_PT - 0.01)) if pages > 1 else 0
    return Extent(pages, over, (height - used) / LINE_PT, exact=True, breaks=broken(letter, parts))


def pictures(letter: Letter, resolution: int) -> list[bytes]:
    """Return each page of *letter* as a PNG of so many dots an inch.

    Raises:
        InputError: if no font has a character of it.
    """
    from appealgen.rendering.pdf import render

    press = press_for(letter)
    if press is None:
        # It says which character, and what to install.
        render(letter)
        raise AssertionError(letter.subject)
    content = press.compiler.compile(input=press.files(data_of(letter)), format="png", ppi=resolution)
    return content if isinstance(content, list) else [content or b""]
