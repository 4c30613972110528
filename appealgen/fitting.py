"""One page: what of a letter can go until it fits, and what to say about one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen import catalogue, rendering
from appealgen.catalogue import _, _n
from appealgen.selection import Note

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from appealgen.compose import Prepared
    from appealgen.letter import Letter
    from appealgen.paper import Window
    from appealgen.rendering.extents import Extent
    from appealgen.senders import Sender

_FIRST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Fitted:
    """A letter, the room it takes, and the ids of the facts that were left out of it, in this order."""

    letter: Letter
    extent: Extent
    dropped: tuple[str, ...] = ()


def fit(prepared: Prepared, sender: Sender, day: datetime.date, form: str, *, window: Window | None = None) -> Fitted:
    """Compose the letter that *sender* signs, without as many of its optional facts as it takes to fit one page.

    One that fits anyway is whole, and so is one that does not fit even without all of them, as nothing would be won.
    *form* is the format whose pages count; the address stands where *window* shows it.
    """
    letter, dropped, _pages = trim(prepared, sender, day, form, window=window)
    return Fitted(letter, rendering.extent(letter, form), dropped)


def trim(
    prepared: Prepared, sender: Sender, day: datetime.date, form: str, *, window: Window | None = None
) -> tuple[Letter, tuple[str, ...], int]:
    """Compose a letter as `fit` does, and return it, the facts that were left out of it, and its pages.

    How much room is left on them is not looked at, which takes longer.
    """
    whole = letter = prepared.letter(sender, day, window=window)
    pages = before = rendering.count_pages(letter, form)
    left_out: tuple[str, ...] = ()
    for fact in prepared.optional:
        if pages == 1:
            break
        dropped = (*left_out, fact)
        shorter = prepared.without(frozenset(dropped)).letter(sender, day, window=window)
        if shorter.body != letter.body:
            letter, left_out, pages = shorter, dropped, rendering.count_pages(shorter, form)
    return (letter, left_out, pages) if pages == 1 else (whole, (), before)


def long_notes(found: Fitted, prepared: Prepared, about: str, *, can_drop: bool = True) -> list[Note]:
    """Return what to say of a letter that runs over its page, and of what could go."""
    if found.extent.pages == 1:
        return []
    optional = prepared.optional if can_drop else ()
    text = _over(found.extent)
    if optional:
        text = _("{over}; these could go (in this order): {facts}; --fit page drops them",
                 over=text, facts=_listed(prepared, optional))  # fmt: skip
    return [Note(text, about)]


def fitted_notes(found: Fitted, prepared: Prepared, about: str) -> list[Note]:
    """Return what to say of a letter that was made to fit: what it lacks, and whether it still runs over."""
    notes = []
    if found.dropped:
        notes.append(Note(_("left out to fit one page: {facts}", facts=_listed(prepared, found.dropped)), about))
    if found.extent.pages > 1:
        over = _still_over(found.extent)
        text = (
            _("{over}; what could go is not enough: shorten your own words", over=over)
            if prepared.optional
            else _("{over}; nothing in it can go", over=over)
        )
        notes.append(Note(text, about))
    return notes


def window_notes(letter: Letter, about: str) -> list[Note]:
    """Return what to mind of a letter whose address stands in a window; nothing where it has none."""
    return [Note(fault, about) for fault in rendering.window_faults(letter)]


def lines(extent: Extent) -> str:
    """Return by how many lines a letter runs over its page, in words."""
    if extent.exact:
        return _n("{count} line", "{count} lines", extent.over)
    return _n("about {count} line", "about {count} lines", extent.over)


def _over(extent: Extent) -> str:
    if extent.exact:
        return _n(
            "the letter runs over one page by {count} line",
            "the letter runs over one page by {count} lines",
            extent.over,
        )
    return _n(
        "the letter runs over one page by about {count} line",
        "the letter runs over one page by about {count} lines",
        extent.over,
    )


def _still_over(extent: Extent) -> str:
    if extent.exact:
        return _n(
            "the letter still runs over one page by {count} line",
            "the letter still runs over one page by {count} lines",
            extent.over,
        )
    return _n(
        "the letter still runs over one page by about {count} line",
        "the letter still runs over one page by about {count} lines",
        extent.over,
    )


def _listed(prepared: Prepared, facts: Iterable[str]) -> str:
    said = prepared.case.words[prepared.language.id].facts
    return catalogue.listed(f"{fact} ({_first_words(said[fact])})" for fact in facts)


def _first_words(text: str) -> str:
    words = text.split()
    return text if len(words) <= _FIRST_WORDS else " ".join(words[:_FIRST_WORDS]) + "\N{HORIZONTAL ELLIPSIS}"
