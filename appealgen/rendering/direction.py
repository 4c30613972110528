"""Which way letters run: what any format must know that sets Arabic beside Latin."""

from __future__ import annotations

import re

#: The letters that are written from right to left, as they stand in the brackets of a regular expression.
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
# From a Latin, Greek or Cyrillic letter to the last one, or to the digit after it, before the direction changes.
_LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u052f"
_LEFT_TO_RIGHT = re.compile(rf"([{_LETTER}](?:[^{RIGHT_TO_LEFT}]*[{_LETTER}0-9])?)")


def has_right_to_left(text: str) -> bool:
    """Tell whether a letter of *text* is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def pieces(text: str) -> list[str]:
    """Split *text*, which runs from right to left, where the direction changes: every second piece runs the other way.

    Digits and signs between two words of Latin letters stand in one piece with them.
    """
    return _LEFT_TO_RIGHT.split(text)
