"""Letters -> their envelopes: addressee and sender at the places where an envelope has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.rendering import render_sheets
from appealgen.rendering.placing import Block, Placed, Sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appealgen.letter import Letter
    from appealgen.paper import Envelope

#: Points of type and of a line: machines read an address down to about 8 points.
_ADDRESS_SIZES = ((12.0, 14.5), (11.0, 13.0), (10.0, 12.0), (9.0, 11.0), (8.0, 9.5))
_SENDER_SIZES = ((9.0, 10.5), (8.0, 9.5), (7.0, 8.5))


def envelopes(letters: Iterable[tuple[str, Letter]], envelope: Envelope, title: str) -> bytes:
    """Return a PDF with an *envelope* for each of *letters*, which come with the name of whom they go to.

    A letter without a sender gets an envelope without one. Neither says who signs beyond what the letter shows.

    Raises:
        UsageError: if typst is not installed.
        InputError: if an address does not fit, or no font has a character of it.
    """
    pages = tuple(tuple(_placed(name, letter, envelope)) for name, letter in letters)
    place = _("an envelope {size}", size=envelope.id)
    return render_sheets(Sheets(title, "en", envelope.width, envelope.height, place, pages))


def return_address(letter: Letter) -> tuple[str, ...]:
    """Return name and address of the sender as the letter shows them, without what is no part of an address."""
    email = letter.mail.sender_email
    return letter.sender[:-1] if email and letter.sender and letter.sender[-1] == email else letter.sender


def _placed(name: str, letter: Letter, envelope: Envelope) -> Iterator[Placed]:
    if sender := return_address(letter):
        about = _("the sender's address ({sender})", sender=sender[0])
        yield Placed(Block(sender, letter.language, about), envelope.sender, _SENDER_SIZES)
    address = Block(letter.inside_address, letter.language, _("the address of {target}", target=name))
    yield Placed(address, envelope.address, _ADDRESS_SIZES)
