"""Plain text: UTF-8, line feeds, paragraphs unwrapped unless asked for, so that it pastes cleanly into a web form."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.letter import Bullets
from appealgen.rendering.direction import RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appealgen.letter import Gloss, Joint, Letter
    from appealgen.rendering.extents import Break

_LINE = "_" * 40
_RULE = "-" * 40
# The empty place before a line whose first letter is Latin or the like, though it has others.
_LATIN_FIRST = re.compile(rf"^(?=[^\w\n]*[^\W\d_{RIGHT_TO_LEFT}][^\n]*[{RIGHT_TO_LEFT}])", re.MULTILINE)


def render(letter: Letter, *, wrap: int | None = None, mail: bool = False) -> str:
    """Lay *letter* out as text.

    Args:
        letter: the letter.
        wrap: characters in a line, or None.
        mail: leave the subject to the mail's header, and put the sender's address below the name, as mails do.
    """
    parts = laid_out(letter, wrap, mail=mail)
    if letter.gloss is not None and not mail:
        parts += [_RULE, gloss(letter.gloss, wrap)]
    text = "\n\n".join(parts) + "\n"
    return _marked(text) if letter.direction == "rtl" else text


def on_pages(letter: Letter, breaks: Iterable[Break], *, wrap: int) -> str:
    """Lay *letter* out as text for a screen, with a rule where each of *breaks* begins a page of the letter on paper.

    Lines are other lines on paper: in a paragraph that goes on overleaf the rule stands about where that is.
    """
    parts = laid_out(letter, wrap)
    first = len([part for part in letter.layout.top if part != "sender" or letter.sender_at_top])
    for found in sorted(breaks, key=lambda one: -one.page):
        number, rule = first + found.part, f"---- {_('page {number}', number=found.page)} ----"
        lines = parts[number].split("\n")
        at = min(round(len(lines) * found.share), len(lines) - 1)
        if at:
            parts[number] = "\n".join([*lines[:at], rule, *lines[at:]])
        else:
            parts[number] = f"{rule}\n\n{parts[number]}"
    if letter.gloss is not None:
        parts += [_RULE, gloss(letter.gloss, wrap)]
    text = "\n\n".join(parts) + "\n"
    return _marked(text) if letter.direction == "rtl" else text


def laid_out(letter: Letter, wrap: int | None, *, mail: bool = False) -> list[str]:
    """Return the parts of *letter*, between which stands an empty line, without its translation."""
    top = {
        "sender": () if mail else letter.sender_at_top,
        "address": letter.inside_address,
        "date": (letter.date,),
    }
    parts = ["\n".join(top[part]) for part in letter.layout.top if top[part]]
    if not mail:
        parts.append(_wrapped(letter.subject_line, wrap))
    parts.append(letter.salutation)
    for block in letter.body:
        if isinstance(block, Bullets):
            parts.append("\n".join(_wrapped(item, wrap, "- ") for item in block.items))
        else:
            parts.append(_wrapped(block.text, wrap))
    parts += _foot(letter, wrap, mail=mail)
    if letter.joint is not None and letter.joint.annex:
        parts += [_RULE, _wrapped(letter.joint.annex, wrap), *_signed(letter.joint, wrap)]
    return parts


def _marked(text: str) -> str:
    """Put a mark before lines from right to left that begin with a Latin word: programs go by the first letter."""
    return _LATIN_FIRST.sub("\u200f", text)


def _foot(letter: Letter, wrap: int | None, *, mail: bool) -> Iterator[str]:
    """Yield what stands below the body: close, signature or lines to sign on, copies and enclosures."""
    labels = letter.labels
    for part in letter.layout.foot:
        if part == "close":
            yield _wrapped(letter.close, wrap)
        elif part == "date":
            yield letter.date
        elif part == "signature" and letter.joint is not None:
            joint = letter.joint
            yield from [_wrapped(joint.annex_sentence, wrap)] if joint.annex else _signed(joint, wrap)
            if mail and letter.sender:
                yield "\n".join(letter.sender)
        elif part == "signature":
            if letter.signatory is None:
                yield "\n\n".join(f"{label} {_LINE}" for label in (labels.signature, labels.name, labels.address))
            else:
                yield "\n".join(letter.sender if mail and letter.sender else (letter.signatory,))
        elif letter.sender_at_foot and not mail:
            yield "\n".join(letter.sender_at_foot)
    yield from (f"{labels.copy_to} {copy}" for copy in letter.copies)
    yield from (f"{labels.enclosure} {enclosure}" for enclosure in letter.enclosures)


def _signed(joint: Joint, wrap: int | None) -> Iterator[str]:
    """Yield who has signed a joint letter, one a line below each heading."""
    for signed in joint.lists:
        yield "\n".join([_wrapped(signed.heading, wrap), *(_wrapped(one, wrap, "", "  ") for one in signed.entries)])


def gloss(copy: Gloss, wrap: int | None = None) -> str:
    """Lay the letter beside its translation out as text: below each paragraph the same, as mails quote."""
    pairs = []
    for pair in copy.pairs:
        first = "- " if pair.bullet else ""
        translation = (_wrapped(first + line, wrap, "> ", "> ") for line in pair.translation.split("\n"))
        pairs.append("\n".join([_wrapped(pair.original, wrap, first), *translation]))
    return "\n\n".join([_wrapped(copy.heading, wrap), *pairs])


def _wrapped(text: str, width: int | None, first: str = "", rest: str | None = None) -> str:
    if width is None or "\n" in text:
        return first + text
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
