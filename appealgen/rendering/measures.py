"""Paper, margins, spaces and indents of a letter on paper, whatever format prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from appealgen.paper import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.letter import Layout, Letter, Signatories
    from appealgen.paper import Window

SIZE_PT = 11
LINE_PT = 12.5
GLOSS_SIZE_PT = 9
GLOSS_LINE_PT = 10.5
MARGIN_MM = {"top": 17, "bottom": 13, "left": 25, "right": 20}
ADDRESS_WIDTH_MM = 80
SENDER_WIDTH_MM = 70
PAGES_MM = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
MM_PER_PT = 25.4 / 72
#: How far the text of a list stands from its dashes.
BULLET_INDENT_PT = 14.2
#: Between two lines to fill in that stand beside each other.
BETWEEN_LINES_PT = 6
#: DIN 5008 form B: the window shows 45 to 90 mm from the top and 20 to 105 mm from the left.
ADDRESS_TOP_MM = 52
ADDRESS_BOTTOM_MM = 92
#: Between the parts above the letter, and between them and the subject.
GAP_MM = 4.0
#: Sizes of type and lines, in points, of an address in a window: the first that it fits with. No post reads smaller.
WINDOW_SIZES_PT = ((11.0, 12.5), (10.0, 11.5), (9.0, 10.5), (8.0, 9.5))
#: What stands beside or below a window keeps so far from it; what stands beside it needs so much room.
BESIDE_WINDOW_MM = 3.0
BELOW_WINDOW_MM = 2.0
LEAST_BESIDE_MM = 40.0
#: Style -> points before and after. Where two meet, the larger holds.
SPACING_PT = {
    "Sender": (0, 0),
    "InsideAddress": (0, 0),
    "Date": (0, 10),
    "SubjectLine": (0, 9),
    "Salutation": (0, 6),
    "BodyText": (0, 5),
    "ListBullet": (0, 3),
    "Closing": (6, 0),
    "Signature": (32, 0),
    "SignatureLine": (16, 0),
    "Copies": (10, 0),
    "SignatoryHeading": (14, 4),
    "Signatory": (0, 2),
    "AnnexSentence": (10, 0),
    "AnnexHeading": (0, 0),
    "GlossHeading": (0, 9),
    "Gloss": (0, 3),
}
KEEP_WITH_NEXT = (
    "SubjectLine",
    "Salutation",
    "Closing",
    "Signature",
    "SignatureLine",
    "SignatoryHeading",
    "AnnexHeading",
)
#: How far the second line of a signatory stands from the first.
SIGNATORY_HANG_PT = 12
#: Between two columns of signatories.
COLUMN_GAP_MM = 8
#: The title and the number above the pages of a joint letter but the first.
RUNNING_SIZE_PT = 9
RUNNING_TOP_MM = 8
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


def columns(signed: Signatories) -> int:
    """Return in how many columns signatories stand: about a dozen in one, and many bare names in three."""
    if len(signed.entries) <= _IN_ONE_COLUMN:
        return 1
    return 3 if len(signed.entries) > _IN_TWO_COLUMNS and not signed.with_roles else 2


_IN_ONE_COLUMN = 12
_IN_TWO_COLUMNS = 36


class Opening(NamedTuple):
    """A part that stands above the subject.

    It begins *gap* below the part before, but not above *top*, from the edge of the paper; what follows the last part
    stands *after* below it, but not above *bottom*. All in millimetres.
    """

    style: str
    lines: tuple[str, ...]
    width: int
    gap: float
    top: float = 0.0
    after: float = 0.0
    bottom: float = 0.0
    #: How far it stands from the left and the right margin, where the window decides that and not the style.
    inset: tuple[float, float] | None = None


def opening(letter: Letter) -> Iterator[Opening]:
    """Yield sender, inside address and date in their order, the address where a window shows it.

    An address with nothing above it stands at the head of the page; one for a given window is not among them.
    """
    if letter.window is not None:
        yield from _beside(letter, letter.window)
        return
    parts = [part for part in letter.layout.top if part != "sender" or letter.sender_at_top]
    below_sender = letter.layout.top[0] != "address"
    for number, part in enumerate(parts):
        gap = GAP_MM if number else 0.0
        last = number == len(parts) - 1
        after = GAP_MM if last else 0.0
        if part == "address":
            top = ADDRESS_TOP_MM if below_sender else 0.0
            bottom = ADDRESS_BOTTOM_MM if last and below_sender else 0.0
            yield Opening("InsideAddress", letter.inside_address, ADDRESS_WIDTH_MM, gap, top, after, bottom)
        elif part == "sender":
            yield Opening("Sender", letter.sender_at_top, SENDER_WIDTH_MM, gap, after=after)
        else:
            follows = bool(number) and parts[number - 1] == "address" and below_sender
            top = ADDRESS_BOTTOM_MM if follows else 0.0
            yield Opening("Date", (letter.date,), ADDRESS_WIDTH_MM, gap, top, after)


def _beside(letter: Letter, window: Window) -> Iterator[Opening]:
    """Yield sender and date beside the window, or below it where there is no room; what follows stands below it."""
    parts = [part for part in letter.layout.top if part != "address" and (part != "sender" or letter.sender_at_top)]
    inset = _inset_mm(window, letter.page)
    bottom = window.shows.bottom + BELOW_WINDOW_MM
    top = 0.0 if inset else bottom
    if not parts:
        yield Opening("Sender", (), 0, 0.0, bottom=bottom)
    for number, part in enumerate(parts):
        style, lines = ("Sender", letter.sender_at_top) if part == "sender" else ("Date", (letter.date,))
        gap = GAP_MM if number else 0.0
        last = number == len(parts) - 1
        # A line that breaks is counted once: what follows then stands lower, and never in the window.
        yield Opening(
            style, lines, 10_000, gap, 0.0 if number else top, GAP_MM if last else 0.0, bottom if last else 0.0,
            inset or (0.0, 0.0),
        )  # fmt: skip


def _inset_mm(window: Window, page: str) -> tuple[float, float] | None:
    """Return how far what stands beside *window* is from both margins, or None where there is no room beside it."""
    width = PAGES_MM[page][0]
    begin: float = MARGIN_MM["left"]
    end = width - MARGIN_MM["right"]
    shows = window.shows
    if shows.left + shows.width / 2 < width / 2:
        begin = max(shows.right + BESIDE_WINDOW_MM, end - ADDRESS_WIDTH_MM)
    else:
        end = min(shows.left - BESIDE_WINDOW_MM, begin + ADDRESS_WIDTH_MM)
    if end - begin < LEAST_BESIDE_MM:
        return None
    return begin - MARGIN_MM["left"], width - MARGIN_MM["right"] - end


@dataclass(frozen=True, slots=True)
class Framed:
    """An address in a window: its place, type and lines in points, how many *rows* it takes and how many fit."""

    box: Box
    size: float
    leading: float
    rows: int
    room: int


def framed(lines: tuple[str, ...], window: Window) -> Framed:
    """Place an address in *window*: in the largest type that it fits with, in the smallest where it does not fit."""
    place = window.address
    height, size, leading, rows, room = 0.0, *WINDOW_SIZES_PT[-1], 0, 0
    for size, leading in WINDOW_SIZES_PT:
        for above in dict.fromkeys((0.0, window.above)):
            rows = sum(_rows(line, place.width, size) for line in lines)
            height = rows * leading * MM_PER_PT
            room = int((place.height + above) / (leading * MM_PER_PT))
            if rows <= room:
                # At the head of a zone that the standard gives it, else in the middle, where most room is around it.
                spare = (place.height - height) / 2 if not window.above else min(0.0, place.height - height)
                return Framed(Box(place.left, place.top + spare, place.width, height), size, leading, rows, room)
    box = Box(place.left, place.bottom - height, place.width, height)
    return Framed(box, size, leading, rows, room)


def _rows(line: str, width_mm: float, size_pt: float) -> int:
    """Return in how many rows *line* breaks, rather one too many than one too few."""
    room = width_mm / (size_pt * MM_PER_PT)
    rows = 1
    used = 0.0
    for word in line.split():
        width = sum(map(_em, word))
        if used and used + 0.25 + width > room:
            rows, used = rows + 1, 0.0
        used += width + (0.25 if used else 0.0)
        while used > room:
            rows, used = rows + 1, used - room
    return rows


def _em(letter: str) -> float:
    """Return about how wide *letter* is, in parts of the type's size, in the serif types that letters are set in."""
    if letter.isupper():
        return 0.72
    if letter in ".,:;'il|!()-/":
        return 0.33
    return 0.5 if letter < "\u0400" else 0.56
