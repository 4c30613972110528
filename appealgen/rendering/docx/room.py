"""How far down a letter comes, estimated: only who opens it knows, and a heading may part from the columns below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from appealgen.letter import Bullets
from appealgen.rendering.measures import (
    BULLET_INDENT_PT,
    LINE_PT,
    MARGIN_MM,
    MM_PER_PT,
    PAGES_MM,
    SIZE_PT,
    SPACING_PT,
    opening,
    text_width_mm,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.letter import Letter

# Widths of Times in parts of its size, roughly.
_WIDTHS = {
    0.3: " \u00a0.,;:’'!|()[]-fijlrtI/іїј",
    0.39: "crsezгсзаaт",
    0.5: "0123456789bdghknopquvxyβ–",
    0.75: "mwMWшщжюмфыОШЩЖЮМФЫ—",
}
_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_CAPITAL, _OTHER = 0.66, 0.48


# Where less is left, the heading does not stand there; where more is, names stand below it.
_LEAST, _MOST = 20, 90


def is_crowded(letter: Letter) -> bool:
    """Tell whether close and heading may end the page that the body of *letter* ends on, with no name below them."""
    return _LEAST <= room_below_body(letter) <= _MOST


def room_below_body(letter: Letter) -> float:
    """Return how many points are left below the body of *letter* on its last page, give or take two lines."""
    page = PAGES_MM[letter.page][1] - MARGIN_MM["bottom"]
    at = float(MARGIN_MM["top"])
    for part in opening(letter):
        gap = max(part.gap, part.top - at)
        at += gap + LINE_PT * MM_PER_PT * sum(_lines(line, part.width) for line in part.lines)
        after = max(part.after, part.bottom - at)
    at += after
    top, bottom, down = MARGIN_MM["top"] / MM_PER_PT, page / MM_PER_PT, at / MM_PER_PT
    for style, lines in _paragraphs(letter):
        for _ in range(lines):
            down = top + LINE_PT if down + LINE_PT > bottom else down + LINE_PT
        down += SPACING_PT[style][1]
    return bottom - down


def _paragraphs(letter: Letter) -> Iterator[tuple[str, int]]:
    """Yield style and number of lines of each paragraph from the subject to the end of the body."""
    width = text_width_mm(letter.page)
    yield "SubjectLine", _lines(letter.subject_line, width / 1.06)
    yield "Salutation", 1
    for block in letter.body:
        if isinstance(block, Bullets):
            inner = width - BULLET_INDENT_PT * MM_PER_PT
            yield from (("ListBullet", _lines(item, inner)) for item in block.items)
        else:
            yield "BodyText", _lines(block.text, width)


def _lines(text: str, width_mm: float) -> int:
    """Return how many lines *text* takes."""
    whole, used, lines = width_mm / MM_PER_PT / SIZE_PT, 0.0, 1
    for word in text.split(" "):
        wide = _wide(word)
        if used and used + wide > whole:
            lines, used = lines + 1, 0.0
        used += wide + _OF[" "]
    return lines


@lru_cache(maxsize=4096)
def _wide(word: str) -> float:
    return sum(_OF.get(character) or (_CAPITAL if character.isupper() else _OTHER) for character in word)
