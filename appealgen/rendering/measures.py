"""Paper, margins, spaces and indents of a letter on paper, whatever format prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.letter import Layout, Letter, Signatories

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
KEEP_WITH_NEXT = ("SubjectLine", "Salutation", "Closing", "SignatoryHeading", "AnnexHeading")
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


@dataclass(frozen=True, slots=True)
class Opening:
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


def opening(letter: Letter) -> Iterator[Opening]:
    """Yield sender, inside address and date in their order, the address where a window shows it.

    An address with nothing above it stands at the head of the page.
    """
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
