"""A letter as data for `letter.typ`: the text, and where each part of it stands."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from appealgen.letter import Bullets
from appealgen.rendering.direction import has_right_to_left, pieces
from appealgen.rendering.measures import (
    BETWEEN_LINES_PT,
    BULLET_INDENT_PT,
    COLUMN_GAP_MM,
    GAP_MM,
    GLOSS_LINE_PT,
    GLOSS_SIZE_PT,
    KEEP_WITH_NEXT,
    LINE_PT,
    MARGIN_MM,
    MM_PER_PT,
    PAGES_MM,
    RUNNING_SIZE_PT,
    RUNNING_TOP_MM,
    SIGNATORY_HANG_PT,
    SIZE_PT,
    SPACING_PT,
    columns,
    framed,
    indents_mm,
    opening,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from appealgen.letter import Gloss, Joint, Letter
    from appealgen.paper import Window

_BOLD = ("SubjectLine", "SignatoryHeading", "AnnexHeading")
# As Word has it at both sides of a cell.
_CELL_MM = 1.9


def laid_out(letter: Letter, day: datetime.date) -> dict[str, Any]:
    """Return *letter*, which counts as of *day*, as what can be written as JSON; fonts are not yet in it."""
    return {
        "title": letter.subject,
        "day": [day.year, day.month, day.day],
        "language": tag(letter.language),
        "direction": letter.direction,
        "page": PAGES_MM[letter.page],
        "margin": MARGIN_MM,
        "size": SIZE_PT,
        "leading": LINE_PT,
        "between": BETWEEN_LINES_PT,
        "list": {"indent": BULLET_INDENT_PT, "spacing": SPACING_PT["ListBullet"][1]},
        "opening": [
            {
                "lines": [_line(letter, part.style, line, part.inset) for line in part.lines],
                "gap": part.gap,
                "top": part.top,
                "after": part.after,
                "bottom": part.bottom,
            }
            for part in opening(letter)
        ],
        "window": _in_window(letter, letter.window) if letter.window else None,
        "parts": _spaced(_parts(letter)),
        "gloss": _gloss(letter.gloss) if letter.gloss else None,
        "joint": _joint(letter, letter.joint) if letter.joint else None,
    }


def tag(language: str) -> tuple[str, str]:
    """Split a tag such as ``en-GB`` into language and region."""
    name, _, region = language.partition("-")
    return name, region


def _in_window(letter: Letter, window: Window) -> dict[str, Any]:
    """Return the address where *window* shows it, with its place on the page."""
    placed = framed(letter.inside_address, window)
    right_to_left = any(map(has_right_to_left, letter.inside_address))
    return {
        "lines": [runs_of(line, right_to_left=right_to_left) for line in letter.inside_address],
        "left": placed.box.left,
        "top": placed.box.top,
        "width": placed.box.width,
        "size": placed.size,
        "leading": placed.leading,
        "align": "right" if right_to_left else "left",
    }


def _line(letter: Letter, style: str, text: str, inset: tuple[float, float] | None = None) -> dict[str, Any]:
    """Return a paragraph of *style*: its runs, how far it stands from both sides, and at which side its lines are."""
    right_to_left = letter.direction == "rtl"
    begin, end = indents_mm(style, letter.layout, letter.page)
    if inset is not None:
        begin, end = inset[::-1] if right_to_left else inset
    align = "end" if style == "Date" and "date" in letter.layout.far_side else "start"
    runs = runs_of(text, right_to_left=right_to_left)
    if right_to_left and runs["direction"] == "ltr":
        # It keeps its place on the page; only a whole paragraph in another language begins at its own side.
        align = "left" if style == "BodyText" or align == "end" else "right"
    return {
        **runs,
        "left": end if right_to_left else begin,
        "right": begin if right_to_left else end,
        "align": align,
        "bold": style in _BOLD,
        "sticky": style in KEEP_WITH_NEXT,
    }


# No language has so long a word, and no line holds many more letters. An address of the web breaks by itself.
_TOO_LONG = re.compile(r"[^\s/?&=.-]{51,}")


def _breakable(text: str) -> str:
    """Return *text* with places to break within words that else ran off the page, as word processors break them."""
    return _TOO_LONG.sub(
        lambda found: "".join(
            f"\u200b{letter}" if number and not unicodedata.combining(letter) else letter
            for number, letter in enumerate(found[0])
        ),
        text,
    )


def runs_of(text: str, *, right_to_left: bool) -> dict[str, Any]:
    """Return *text* as runs, each with whether it runs against its paragraph, and the direction of the paragraph."""
    text = _breakable(text)
    if right_to_left and has_right_to_left(text):
        runs = [(piece, bool(number % 2)) for number, piece in enumerate(pieces(text)) if piece]
        return {"runs": runs, "direction": "rtl"}
    return {"runs": [(text, False)], "direction": "ltr"}


#: Points before and after a part, and the part.
_Part = tuple[float, float, dict[str, Any]]


def _parts(letter: Letter) -> Iterator[_Part]:
    """Yield what stands from the subject on."""
    yield _paragraph(letter, "SubjectLine", letter.subject_line)
    yield _paragraph(letter, "Salutation", letter.salutation)
    for block in letter.body:
        if isinstance(block, Bullets):
            items = [runs_of(item, right_to_left=letter.direction == "rtl") for item in block.items]
            yield (*SPACING_PT["ListBullet"], {"kind": "list", "items": items})
        else:
            yield _paragraph(letter, "BodyText", block.text)
    yield from _foot(letter)
    labels = letter.labels
    for label, lines in ((labels.copy_to, letter.copies), (labels.enclosure, letter.enclosures)):
        yield from (_paragraph(letter, "Copies", f"{label} {line}") for line in lines)


def _foot(letter: Letter) -> Iterator[_Part]:
    """Yield the close, the signature or lines to fill in, and what a language has below them."""
    gap = GAP_MM / MM_PER_PT
    labels = letter.labels
    for part in letter.layout.foot:
        if part == "close":
            yield _paragraph(letter, "Closing", letter.close)
        elif part == "date":
            yield _paragraph(letter, "Date", letter.date, gap)
        elif part == "sender":
            for number, line in enumerate(letter.sender_at_foot):
                above, below, paragraph = _paragraph(letter, "Sender", line, None if number else gap)
                paragraph["line"]["sticky"] = letter.joint is not None and number < len(letter.sender_at_foot) - 1
                yield above, below, paragraph
        elif letter.joint is not None and letter.joint.annex:
            yield _paragraph(letter, "AnnexSentence", letter.joint.annex_sentence)
        elif letter.joint is not None:
            yield from _signed(letter, letter.joint)
        elif letter.signatory is None:
            for row in ([labels.signature, labels.name], [labels.address]):
                asked = [runs_of(label, right_to_left=letter.direction == "rtl") for label in row]
                yield (*SPACING_PT["SignatureLine"], {"kind": "fill-in", "labels": asked})
        else:
            yield _paragraph(letter, "Signature", letter.signatory)


def _signed(letter: Letter, joint: Joint) -> Iterator[_Part]:
    """Yield who has signed a joint letter, list by list."""
    above, below = SPACING_PT["SignatoryHeading"]
    for signed in joint.lists:
        part = {
            "kind": "signatories",
            "heading": _line(letter, "SignatoryHeading", signed.heading),
            "below": below,
            "columns": columns(signed),
            "entries": [_line(letter, "Signatory", one) for one in signed.entries],
        }
        yield above, 0, part


def _joint(letter: Letter, joint: Joint) -> dict[str, Any]:
    """Return what a joint letter has besides: what stands above its pages, and the annex where it has one."""
    right_to_left = letter.direction == "rtl"
    annex = None
    if joint.annex:
        lists = _spaced(_signed(letter, joint))
        annex = {"heading": _line(letter, "AnnexHeading", joint.annex), "parts": lists}
    return {
        "title": runs_of(joint.running_title, right_to_left=right_to_left),
        "page": joint.page,
        "size": RUNNING_SIZE_PT,
        "top": RUNNING_TOP_MM,
        "annex": annex,
        "gap": COLUMN_GAP_MM,
        "hang": SIGNATORY_HANG_PT,
        "between": SPACING_PT["Signatory"][1],
    }


def _paragraph(letter: Letter, style: str, text: str, before: float | None = None) -> _Part:
    above, below = SPACING_PT[style]
    return above if before is None else before, below, {"kind": "paragraph", "line": _line(letter, style, text)}


def _spaced(parts: Iterator[_Part]) -> list[dict[str, Any]]:
    """Put the space between two parts above the second: the larger of what either wants, as Word has it."""
    spaced: list[dict[str, Any]] = []
    wanted: float = 0
    for before, after, part in parts:
        spaced.append({**part, "above": max(wanted, before)})
        wanted = after
    return spaced


def _gloss(gloss: Gloss) -> dict[str, Any]:
    """Return the letter beside its translation; each paragraph says its own direction, since two stand side by side."""

    def lines(text: str) -> list[dict[str, Any]]:
        return [runs_of(line, right_to_left=has_right_to_left(line)) for line in text.split("\n")]

    return {
        "heading": runs_of(gloss.heading, right_to_left=has_right_to_left(gloss.heading)),
        "language": tag(gloss.language),
        "direction": gloss.direction,
        "below": SPACING_PT["GlossHeading"][1],
        "size": GLOSS_SIZE_PT,
        "leading": GLOSS_LINE_PT,
        "spacing": SPACING_PT["Gloss"][1],
        "inset": _CELL_MM,
        "heads": [lines(name) for name in gloss.names if name],
        "pairs": [(lines(pair.original), lines(pair.translation), pair.bullet) for pair in gloss.pairs],
    }
