"""Font, paper, margins and indents of a letter in Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appealgen.letter import Layout

#: Times New Roman is on every office's machine and has Latin, Cyrillic and Arabic; others have a metric twin of it.
FONT = "Times New Roman"
SIZE_PT = 11
LINE_PT = 12.5
GLOSS_SIZE_PT = 9
GLOSS_LINE_PT = 10.5
MARGIN_MM = {"top": 17, "bottom": 13, "left": 25, "right": 20}
ADDRESS_WIDTH_MM = 80
SENDER_WIDTH_MM = 70
PAGES_MM = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
#: Style -> the part of the letter whose side it follows.
PLACED = {"Sender": "sender", "InsideAddress": "address", "Date": "date", "Closing": "close", "Signature": "signature"}


def text_width_mm(page: str) -> float:
    """Return the width of the text on *page*, ``A4`` or ``Letter``."""
    return PAGES_MM[page][0] - MARGIN_MM["left"] - MARGIN_MM["right"]


def indents_mm(style: str, layout: Layout, page: str) -> tuple[float, float]:
    """Return how far paragraphs of *style* stand from where lines begin and from where they end."""
    part = PLACED.get(style)
    far = part in layout.far_side
    # A sender alone at its side needs less room than an address; below one, the two stand flush.
    alone = part == "sender" and "address" not in layout.far_side
    rest = text_width_mm(page) - (SENDER_WIDTH_MM if alone else ADDRESS_WIDTH_MM)
    if part in ("sender", "close", "signature"):
        return (rest, 0) if far else (0, 0)
    if part == "address":
        return (rest, 0) if far else (0, rest)
    return 0, 0
