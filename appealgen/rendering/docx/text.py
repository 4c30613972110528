"""Text as runs: letters that are written from right to left stand in runs of their own, as Word wants them."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# From a Latin, Greek or Cyrillic letter to the last one, or to the digit after it, before the direction changes.
_LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u052f"
_LEFT_TO_RIGHT = re.compile(rf"([{_LETTER}](?:[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*[{_LETTER}0-9])?)")


def has_right_to_left(text: str) -> bool:
    """Tell whether a letter of *text* is written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


@lru_cache(maxsize=1024)
def runs(text: str, language: str = "") -> str:
    """Return *text* as runs, in *language* (a tag) where it is not the document's."""
    tag = f'<w:lang w:val="{language}" w:bidi="{language}"/>' if language else ""
    if not has_right_to_left(text):
        return _run(text, tag)
    pieces = enumerate(_LEFT_TO_RIGHT.split(text))
    return "".join(_run(piece, tag if number % 2 else f"<w:rtl/>{tag}") for number, piece in pieces if piece)


def _run(text: str, properties: str) -> str:
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
