"""Font, paper and margins of a letter in Word."""

from __future__ import annotations

#: Times New Roman is on every office's machine and has Latin, Cyrillic and Arabic; others have a metric twin of it.
FONT = "Times New Roman"
SIZE_PT = 11
LINE_PT = 12.5
MARGIN_MM = {"top": 17, "bottom": 13, "left": 25, "right": 20}
ADDRESS_WIDTH_MM = 80
SENDER_WIDTH_MM = 70
PAGES_MM = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}


def text_width_mm(page: str) -> float:
    """Return the width of the text on *page*, ``A4`` or ``Letter``."""
    return PAGES_MM[page][0] - MARGIN_MM["left"] - MARGIN_MM["right"]
