"""A link that opens the user's mail program with the letter in it (RFC 6068). It carries no file and no sender.

It has only what a mail needs: a link must be short, and a mail has its own date and addressee.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from appealgen.letter import show_blocks

if TYPE_CHECKING:
    from appealgen.letter import Letter

# What RFC 6068 leaves as it is. Of that, a plus is a space to some programs, and a semicolon ends a field to some.
_PLAIN = ",:/()!"


def render(letter: Letter, *, whole: bool = True) -> str:
    """Return the link for *letter*, without its text unless *whole*."""
    mail = letter.mail
    to = quote(mail.to, safe="@") if mail.to else ""
    said = {
        "cc": ",".join(quote(address, safe="@") for address in mail.cc),
        "subject": quote(letter.subject, safe=_PLAIN),
        "body": quote(text(letter).replace("\n", "\r\n"), safe=_PLAIN) if whole else "",
    }
    return f"mailto:{to}?" + "&".join(f"{name}={value}" for name, value in said.items() if value)


def text(letter: Letter) -> str:
    """Return what the link says as a text: from the salutation on, with the sender's address below the name."""
    copies = [f"{letter.labels.copy_to} {copy}" for copy in letter.copies]
    signed = letter.sender or tuple(filter(None, [letter.signatory]))
    return "\n\n".join(
        [letter.salutation, show_blocks(letter.body), letter.close, *filter(None, ["\n".join(signed)]), *copies]
    )
