"""Plain text: UTF-8, line feeds, paragraphs unwrapped unless asked for, so that it pastes cleanly into a web form."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from appealgen.letter import Bullets

if TYPE_CHECKING:
    from appealgen.letter import Letter

_LINE = "_" * 40


def render(letter: Letter, *, wrap: int | None = None, mail: bool = False) -> str:
    """Lay *letter* out as text.

    Args:
        letter: the letter.
        wrap: characters in a line, or None.
        mail: leave the subject to the mail's header, and put the sender's address below the name, as mails do.
    """
    labels = letter.labels
    parts: list[str] = []
    if letter.sender and not mail:
        parts.append("\n".join(letter.sender))
    parts += ["\n".join(letter.inside_address), letter.date]
    if not mail:
        parts.append(_wrapped(f"{labels.subject}: {letter.subject}", wrap))
    parts.append(letter.salutation)
    for block in letter.body:
        if isinstance(block, Bullets):
            parts.append("\n".join(_wrapped(item, wrap, "- ") for item in block.items))
        else:
            parts.append(_wrapped(block.text, wrap))
    parts.append(letter.close)
    if letter.signatory is None:
        parts.append("\n\n".join(f"{label}: {_LINE}" for label in (labels.signature, labels.name, labels.address)))
    else:
        parts.append("\n".join(letter.sender if mail and letter.sender else (letter.signatory,)))
    parts += [f"{labels.copy_to}: {copy}" for copy in letter.copies]
    parts += [f"{labels.enclosure}: {enclosure}" for enclosure in letter.enclosures]
    return "\n\n".join(parts) + "\n"


def _wrapped(text: str, width: int | None, first: str = "") -> str:
    if width is None:
        return first + text
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
