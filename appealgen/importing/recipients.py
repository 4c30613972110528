"""Addressees and those who get copies, where they stand outside blocks of their own; and the salutations they share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appealgen.importing.addressees import offices
from appealgen.importing.contacts import EMAIL, gender_of, parts_of
from appealgen.importing.names import role_of
from appealgen.importing.text import Line, paragraphs

if TYPE_CHECKING:
    from appealgen.importing.offices import Office


def lone_copies(area: list[Line]) -> list[str]:
    """Return the addresses after "CC:" where they stand alone: copies to the office above."""
    first = next((line.text for line in area if line.text), "")
    mails: list[str] = EMAIL.findall(first)
    return mails if mails and not role_of(first) and len(first) < len(" ".join(mails)) + 12 else []


_COPY = re.compile(
    r"(?:copy (?:your \w+ )?to|copies (?:of your \w+ )?to|kopie(?:n)? (?:ihre\w* \w+ )?an|copie à|copias? a)\s+(?:the |"
    r"die |der |l.|la )?(?P<rest>[^\s].{20,300})$",
    re.IGNORECASE,
)


def offices_in_prose(lines: list[Line]) -> list[Office]:
    """Return the offices that a sentence says to copy a letter to, with their address in the same sentence."""
    found: list[Office] = []
    for paragraph in paragraphs(lines):
        match = _COPY.search(paragraph.text) if len(paragraph.text) < 500 else None
        if match and match["rest"].count(",") >= 2 and re.search(r"\d", match["rest"]):
            line = Line(match["rest"].rstrip("."), paragraph.number)
            found += [
                office
                for office in offices([line], explicit=True)
                if office.address and office.title != [match["rest"]]
            ]
    return found


def share_salutations(targets: list[Office], of_letter: str | None) -> None:
    """Give each of *targets* its salutation: from a line that holds those of all, or from the letter."""
    for at, office in enumerate(targets):
        parts = parts_of(office.salutation or "")
        open_ones = [one for one in targets[: at + 1] if one is office or one.salutation is None]
        if len(parts) > 1 and len(parts) == len(open_ones) > 1:
            _give(dict(zip(map(id, open_ones), parts, strict=True)), open_ones)
    waiting = [office for office in targets if office.salutation is None]
    if not waiting or not of_letter:
        return
    parts = parts_of(of_letter)
    if len(targets) == 1 or len(parts) == 1:
        said = {word.casefold() for word in re.findall(r"\w{4,}", of_letter)}
        meant = [one for one in waiting if said & {word.casefold() for word in re.findall(r"\w{4,}", one.office or "")}]
        chosen = meant or waiting
        _give({id(one): of_letter for one in chosen}, chosen)
    elif len(parts) == len(targets) == len(waiting):
        _give(dict(zip(map(id, targets), parts, strict=True)), targets)


def _give(salutations: dict[int, str], to: list[Office]) -> None:
    for office in to:
        office.salutation = salutations[id(office)]
        office.gender = gender_of(office.salutation, office.gender)


def near_contacts(lines: list[Line]) -> list[Line]:
    """Return the stretches of *lines* that can be addressees: near a contact."""
    marks = [
        number
        for number, line in enumerate(lines)
        if re.search(r"@|\b(?:fax|tel|e-?mail|courriel|correo|факс)\b|^(?:dear|salutation)", line.text, re.IGNORECASE)
    ]
    wanted = {near for mark in marks for near in range(max(0, mark - 9), mark + 3) if near < len(lines)}
    return [line for number, line in enumerate(lines) if number in wanted]
