"""Signer -> sender: what a letter may show of whoever signs it, once privacy has taken its part away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen import addresses
from appealgen.catalogue import _
from appealgen.errors import InputError, Problem

if TYPE_CHECKING:
    from appealgen.model import Language, Signer, Target


@dataclass(frozen=True, slots=True)
class Sender:
    """What a letter shows of its signer, once privacy has taken its part away.

    Without a name the letter has lines for name and address to be filled in, so that it can be answered.
    """

    name: str | None = None
    lines: tuple[str, ...] = ()
    email: str | None = None
    town: str | None = None
    country: str | None = None
    language: str | None = None
    message: tuple[str, ...] = ()
    care_of: bool = False
    care_of_country: str | None = None
    can_be_answered: bool = True


#: What each degree of privacy hides; of several degrees, everything that any of them hides.
_HIDDEN = {
    "full": frozenset[str](),
    "town": frozenset({"street", "email"}),
    "initials": frozenset({"street", "email", "name"}),
    "group": frozenset({"street", "email", "town"}),
}


def sender_of(signer: Signer) -> Sender:
    """Return what a letter may show of *signer*.

    Raises:
        InputError: if the group's address is wanted and not given, or the town cannot be told from the street.
    """
    if signer.name is None:
        return Sender(country=signer.country, language=signer.language, message=signer.message)
    hidden = frozenset[str]().union(*(_HIDDEN[degree] for degree in signer.privacy))
    address = signer.address
    if address and signer.country and addresses.names_country(address[-1], signer.country):
        address = address[:-1]
    town = signer.town or addresses.town(address)
    lines = address
    if "town" in hidden:
        if not signer.group:
            hint = _("give the group's address as `group:` in signer.yaml")
            raise InputError([Problem(_("signer"), _("asks for privacy group, and the group has no address"), hint)])
        lines, town = signer.group, None
    elif "street" in hidden:
        if address and town is None:
            hint = _("give street and town as two lines, the town last")
            raise InputError([Problem(_("signer"), _("the town cannot be told from the street"), hint, key="address")])
        lines = (town,) if town else ()
    return Sender(
        name=initials(signer.name) if "name" in hidden else signer.name,
        lines=lines,
        email=None if "email" in hidden else signer.email,
        town=town,
        country=signer.country,
        language=signer.language,
        message=signer.message,
        care_of="town" in hidden,
        care_of_country=signer.group_country,
        can_be_answered="town" in hidden or ("street" not in hidden and bool(lines or signer.email)),
    )


def initials(name: str) -> str:
    """Return the initials of *name*: ``Jean-Luc Picard`` -> ``J.-L. P.``."""
    return " ".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in name.split() if word.strip("-")
    )


def sender_lines(sender: Sender, target: Target, language: Language) -> tuple[str, ...]:
    """Return name and address of *sender* as a letter to *target* prints them, with the country where it differs."""
    if sender.name is None:
        return ()
    lines = list(sender.lines)
    if sender.care_of:
        lines[0] = f"{language.labels['care_of']} {lines[0]}"
    # The group's address is in the group's country, whatever the signer's.
    country = sender.care_of_country if sender.care_of else sender.country
    if lines and country and country != target.located_in and not addresses.names_country(lines[-1], country):
        lines.append(addresses.country_in_capitals(country, language.id))
    return (sender.name, *lines, *filter(None, [sender.email]))
