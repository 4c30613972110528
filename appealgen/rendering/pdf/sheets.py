"""Envelopes and sheets of labels as PDF, with the fonts and standards that letters have."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import typst

from appealgen.catalogue import _
from appealgen.errors import InputError, Problem
from appealgen.rendering.direction import has_right_to_left
from appealgen.rendering.pdf.layout import runs_of, tag
from appealgen.rendering.pdf.press import NO_DAY, typeset

if TYPE_CHECKING:
    from appealgen.rendering.placing import Placed, Sheets

# Shorter words fit anywhere; letters from here on, Chinese and the like, are lines that break between any two.
_LONG_WORD = 14
_BREAKS_ANYWHERE = "\u2e80"
_TOO_BIG = re.compile(r"too big:((?: \d+)+)")


def render(sheets: Sheets) -> bytes:
    """Return *sheets* as the bytes of a PDF.

    Raises:
        InputError: naming every text that does not fit at its place in small type; or if no font has a character.
    """
    texts: dict[Placed, int] = {}
    pages = [
        [(texts.setdefault(_anywhere(placed), len(texts)), placed.box.left, placed.box.top) for placed in page]
        for page in sheets.pages
    ]
    data = {
        "title": sheets.title,
        # It tells no day of its own: neither does an envelope.
        "day": [NO_DAY.year, NO_DAY.month, NO_DAY.day],
        "language": tag(sheets.language),
        "page": (sheets.width, sheets.height),
        "blocks": [_block(placed) for placed in texts],
        "pages": pages,
        "outlines": [(box.left, box.top, box.width, box.height) for box in sheets.outlines],
    }
    words = "".join(line for placed in texts for line in placed.block.lines)
    try:
        return typeset(data, words, _source())
    except typst.TypstError as error:
        found = _TOO_BIG.search(error.diagnostic)
        if found is None:
            raise
        about = dict.fromkeys([*texts][int(number)].block.about for number in found[1].split())
    message, hint = (
        _("does not fit, even in small type ({place})", place=sheets.place),
        _("use a larger one, or shorten it"),
    )
    raise InputError([Problem(name, message, hint) for name in about])


def _anywhere(placed: Placed) -> Placed:
    """Return *placed* as it would be at the corner: what is the same in many places is measured once."""
    return replace(placed, box=replace(placed.box, left=0.0, top=0.0))


def _block(placed: Placed) -> dict[str, Any]:
    block = placed.block
    right_to_left = any(map(has_right_to_left, block.lines))
    # A post reads the lines of an address from one edge: that of most of them.
    far = 2 * sum(map(has_right_to_left, block.lines)) > len(block.lines)
    return {
        "lines": [runs_of(line, right_to_left=right_to_left) for line in block.lines],
        "words": [
            word
            for line in block.lines
            for word in line.split()
            if len(word) > _LONG_WORD and max(word) < _BREAKS_ANYWHERE
        ],
        "language": tag(block.language),
        "align": "right" if far else "left",
        "width": placed.box.width,
        "height": placed.box.height,
        "sizes": placed.sizes,
        "middle": placed.middle,
    }


@cache
def _source() -> bytes:
    return resources.files("appealgen.rendering.pdf").joinpath("sheets.typ").read_bytes()
