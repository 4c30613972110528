"""How much room a letter takes: the value, and a count without any engine, by the widths of a common book face.

The count is for where no engine is at hand, and for telling quickly that a letter has room to spare.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from appealgen.letter import Bullets
from appealgen.rendering.direction import has_right_to_left
from appealgen.rendering.measures import (
    BULLET_INDENT_PT,
    GAP_MM,
    LINE_PT,
    MARGIN_MM,
    MM_PER_PT,
    PAGES_MM,
    SIZE_PT,
    SPACING_PT,
    indents_mm,
    opening,
    text_width_mm,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appealgen.letter import Letter


@dataclass(frozen=True, slots=True)
class Break:
    """Where a page begins: at the part of this number, of which the *share* from 0 to 1 stands on the page before."""

    page: int
    part: int
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Extent:
    """The room that a letter takes, without its translation.

    *over* are the lines beyond the first page; *room* are the lines that are left on it, below zero where none are;
    *exact* tells whether they were counted in the letter as it is set, or guessed; *breaks* are where pages begin.
    """

    pages: int
    over: int
    room: float
    exact: bool
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Something from the subject on: its *number*, as `numbered` counts, and points above, of itself, and below."""

    number: int
    above: float
    height: float
    below: float
    whole: bool = False


def numbered(letter: Letter) -> Iterator[tuple[str, int]]:
    """Yield the name of what stands from the subject on, and its number, once for each paragraph that it is set in.

    Subject, salutation, each block of the body, each part of the foot, each copy and enclosure have a number.
    """
    names = ["subject", "salutation", *("body" for _ in letter.body)]
    names += [part for part in letter.layout.foot if part != "sender" or letter.sender_at_foot]
    names += ["copies" for _ in (*letter.copies, *letter.enclosures)]
    for number, name in enumerate(names):
        lines = len(letter.sender_at_foot) if name == "sender" else 1
        if name == "signature" and letter.signatory is None:
            lines = 2
        yield from ((name, number) for _ in range(lines))


def page_height_pt(letter: Letter) -> float:
    """Return the height of the text on one page, in points."""
    return (PAGES_MM[letter.page][1] - MARGIN_MM["top"] - MARGIN_MM["bottom"]) / MM_PER_PT


def estimated(letter: Letter) -> Extent:
    """Guess the room that *letter* takes."""
    pages = _Pages(page_height_pt(letter), _top_pt(letter))
    for part in _parts(letter):
        pages.put(part)
    over = max(1, math.ceil((pages.at - pages.height) / LINE_PT - 0.01)) if pages.count > 1 else 0
    room = (pages.height - pages.at) / LINE_PT
    return Extent(pages.count, over, room, exact=False, breaks=tuple(pages.breaks))


def room_below_body_pt(letter: Letter) -> float:
    """Guess how many points are left below the body of *letter* on the page that it ends on."""
    pages = _Pages(page_height_pt(letter), _top_pt(letter))
    last = 1 + len(letter.body)
    for part in itertools.takewhile(lambda part: part.number <= last, _parts(letter)):
        pages.put(part)
    return pages.count * pages.height - pages.at - pages.wanted


@dataclass(slots=True)
class _Pages:
    """Pages of one *height* that are filled: how far, *at*, in points from the top of the first."""

    height: float
    at: float
    wanted: float = 0.0
    count: int = 1
    breaks: list[Break] = field(default_factory=list)

    def put(self, part: Part) -> None:
        self.at += max(part.above, self.wanted)
        self.wanted = part.below
        end = self.count * self.height
        if self.at + part.height > end + 0.01 and (part.whole or end - self.at < LINE_PT):
            self.at = end
            self._turn(part)
        while self.at + part.height > self.count * self.height + 0.01:
            self._turn(part, (self.count * self.height - self.at) / part.height)
        self.at += part.height

    def _turn(self, part: Part, share: float = 0.0) -> None:
        self.count += 1
        self.breaks.append(Break(self.count, part.number, share))


def _top_pt(letter: Letter) -> float:
    """Return where the part below sender, address and date begins, from the top of the text."""
    at = float(MARGIN_MM["top"])
    for part in opening(letter):
        at = max(at + part.gap, part.top)
        begin, end = indents_mm(part.style, letter.layout, letter.page)
        width = (text_width_mm(letter.page) - begin - end) / MM_PER_PT
        at += sum(rows(line, width) for line in part.lines) * LINE_PT * MM_PER_PT
        at = max(at + part.after, part.bottom)
    return (at - MARGIN_MM["top"]) / MM_PER_PT


def _parts(letter: Letter) -> Iterator[Part]:
    width = text_width_mm(letter.page) / MM_PER_PT
    copies = iter((*((letter.labels.copy_to, copy) for copy in letter.copies),
                   *((letter.labels.enclosure, line) for line in letter.enclosures)))  # fmt: skip
    texts = {"subject": letter.subject_line, "salutation": letter.salutation, "close": letter.close}
    styles = {"subject": "SubjectLine", "salutation": "Salutation", "close": "Closing", "date": "Date"}
    blocks = iter(letter.body)
    sender = iter(letter.sender_at_foot)
    first = True
    gap = GAP_MM / MM_PER_PT
    for name, number in numbered(letter):
        if name == "body":
            yield _block(next(blocks), number, width)
        elif name == "sender":
            yield Part(number, gap if first else 0.0, rows(next(sender), width) * LINE_PT, 0.0)
            first = False
        elif name == "signature" and letter.signatory is None:
            above, below = SPACING_PT["SignatureLine"]
            yield Part(number, above, LINE_PT, below, whole=True)
        else:
            text = " ".join(next(copies)) if name == "copies" else texts.get(name, "")
            style = {"copies": "Copies", "signature": "Signature"}.get(name) or styles[name]
            above, below = SPACING_PT[style]
            begin, end = indents_mm(style, letter.layout, letter.page)
            room = width - (begin + end) / MM_PER_PT
            yield Part(number, gap if name == "date" else above, rows(text, room) * LINE_PT, below, whole=True)


def _block(block: object, number: int, width: float) -> Part:
    if isinstance(block, Bullets):
        above, below = SPACING_PT["ListBullet"]
        lines = sum(rows(item, width - BULLET_INDENT_PT) for item in block.items)
        return Part(number, above, lines * LINE_PT + (len(block.items) - 1) * below, below)
    text = getattr(block, "text", "")
    above, below = SPACING_PT["BodyText"]
    return Part(number, above, rows(text, width) * LINE_PT, below)


@lru_cache(maxsize=4096)
def rows(text: str, width: float, size: float = SIZE_PT) -> int:
    """Return how many lines *text* fills that are *width* points wide."""
    count, at = 1, 0.0
    room = width / size * _UNITS
    # Letters that are written together take less than the same alone, and no table has them.
    arabic = has_right_to_left(text)
    for word in text.split(" "):
        taken = _width(word, arabic=arabic)
        if at and at + _SPACE + taken > room:
            count, at = count + 1, taken
        else:
            at += taken + (_SPACE if at else 0)
        while at > room:
            count, at = count + 1, at - room
    return count


_UNITS = 36
_SPACE = 9
# Widths of Times in 36ths of its size, which most of its letters are whole numbers of.
_WIDTHS = {
    6: "'", 7: "|", 9: " ,.\N{NO-BREAK SPACE}", 10: "/:;\\ijltıії", 12: "!()-I[]`fr‘’ІЇ", 14: "Jsзґ", 15: '"гэє',
    16: "?acez“”„аестьҐə", 17: "^{}вкя", 18: "#$*0123456789_bdghknopquvxy–«»ßøЗбдлорухчё", 19: "~ийнпцъ",
    20: "+<=>FPSР", 21: "БГЬ", 22: "ELTZЕТЁ", 23: "Чмф", 24: "BCRæВКЛСЭЯыЄ", 25: "ДУЪж",
    26: "ADGHKNOQUVXYwАИЙНОПХЦ", 27: "ю", 28: "&mФшщ", 30: "%", 31: "Ы", 32: "MЖМ", 34: "W№@", 36: "—…ШЩЮ",
}  # fmt: skip
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_OTHER = 18
_ARABIC = 16.5


@lru_cache(maxsize=8192)
def _width(word: str, *, arabic: bool) -> float:
    return sum(_of(character, arabic=arabic) for character in word)


def _of(character: str, *, arabic: bool) -> float:
    known = _WIDTH_OF.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0
    plain = unicodedata.normalize("NFD", character)[0]
    if plain in _WIDTH_OF:
        return _WIDTH_OF[plain]
    if arabic:
        return _ARABIC
    return _UNITS if unicodedata.east_asian_width(character) in "WF" else _OTHER


def broken(letter: Letter, places: Iterable[tuple[int, int, float, float]]) -> tuple[Break, ...]:
    """Return where pages of *letter* begin, from the parts as they are set.

    Each of *places*, in the order of `numbered`, is the pages on which a part begins and ends, and how far down these
    pages, in points. How much of a part stands on which page is told by its guessed height: lines are kept together at
    the end of a page, so that less may stand there than there is room for.
    """
    height = page_height_pt(letter)
    found: list[Break] = []
    page = 1
    for part, (begin, end, top, bottom) in zip(_parts(letter), places, strict=True):
        if begin > page:
            found += (Break(later, part.number) for later in range(page + 1, begin + 1))
            page = begin
        # The mark behind a part goes overleaf with what follows it.
        if end > page and not (end == page + 1 and bottom < 1):
            most = height * (end - begin) - top + bottom
            whole = min(most, max(part.height, most - 2 * LINE_PT))
            found += (
                Break(later, part.number, 1 - (height * (end - later) + bottom) / whole)
                for later in range(page + 1, end + 1)
            )
            page = end
    return tuple(found)
