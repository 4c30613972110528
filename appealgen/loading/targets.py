"""The address book, and the titles of its offices in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.errors import InputError
from appealgen.loading.shapes import COUNTRY, EMAIL, FORMS_OR_TEXT, LANGUAGE_CODE, NAME, PHONE, URL, load, named
from appealgen.model import CHANNELS, GENDERS, ROLES, Holder, Target
from appealgen.schema import Choice, Day, Line, ListOf, MapOf, Paragraph, Reader, Record, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from appealgen.errors import Problem

TARGET = Record(
    {
        "role": Choice(ROLES),
        "country": COUNTRY,
        "languages": ListOf(LANGUAGE_CODE, empty=False),
        "office": NAME,
        "verified_on": Day(unknown=True),
        "source": Line(),
    },
    {
        "address": ListOf(Line(), empty=False),
        "located_in": COUNTRY,
        "holder": Record(
            {
                "name": NAME,
                "gender": Choice(GENDERS),
                "since": Day(unknown=True),
                "verified_on": Day(unknown=True),
                "source": Line(),
            }
        ),
        "address_local": ListOf(Line()),
        "email": EMAIL,
        "email_cc": ListOf(EMAIL),
        "phone": PHONE,
        "fax": PHONE,
        "web_form": URL,
        "preferred": Choice(CHANNELS),
        "cc": ListOf(Line()),
        "note": Paragraph(),
    },
)
OFFICES = MapOf(FORMS_OR_TEXT)


class Book(Mapping[str, Target]):
    """An address book by id: an entry that is wrong stands apart, and asking for it raises what is wrong with it.

    So a half-written entry stops the letters to it, and no others.
    """

    def __init__(self, entries: Mapping[str, Target], faults: Mapping[str, tuple[Problem, ...]]) -> None:
        self._entries = entries
        self.faults = faults

    def __getitem__(self, name: str) -> Target:
        if name in self.faults:
            raise InputError(self.faults[name])
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def over(self, other: Book) -> Book:
        """Return both books as one, in which an entry of this one replaces the other's of the same id."""
        entries = {name: target for name, target in other.items() if name not in self.faults} | dict(self)
        faults = {name: problems for name, problems in other.faults.items() if name not in self}
        return Book(entries, faults | dict(self.faults))


def load_targets(path: Path, source: str) -> Book:
    """Load an address book.

    Raises:
        InputError: if the file as a whole is wrong.
    """
    fields, reader = read_yaml(path, source, MapOf(TARGET))
    if any(not problem.key for problem in reader.problems):
        raise InputError(reader.problems)
    targets: dict[str, Target] = {}
    for name, entry in fields.items():
        entry["office"] = named(entry["office"])
        entry.setdefault("located_in", entry["country"])
        if (holder := entry.pop("holder", None)) is not None:
            entry["holder"] = Holder(**{**holder, "name": named(holder["name"])})
        targets[name] = Target(id=name, source_file=source, **entry)
        _check_target(targets[name], reader)
    faults: dict[str, tuple[Problem, ...]] = {}
    for problem in reader.problems:
        name = (problem.key or "").partition(".")[0]
        faults[name] = (*faults.get(name, ()), problem)
    return Book({name: target for name, target in targets.items() if name not in faults}, faults)


def load_offices(path: Path, source: str) -> dict[str, dict[str, str]]:
    """Load ``offices.yaml``: id of the address book -> the title of the office in the language, by form.

    Raises:
        InputError: with every problem of the file.
    """
    fields, reader = load(path, source, OFFICES)
    offices = named(fields)
    for name, forms in offices.items():
        if "nominative" not in forms:
            reader.problem_at(f"{name}.nominative", _("is missing"), _("add it"))
    if reader.problems:
        raise InputError(reader.problems)
    return offices


def _check_target(target: Target, reader: Reader) -> None:
    channels = {"post": target.address, "email": target.email, "fax": target.fax, "web-form": target.web_form}
    if not any(channels.values()):
        message = _("has neither address nor email, fax or web form")
        reader.problem_at(target.id, message, _("add one of them"))
    if target.preferred and not channels[target.preferred]:
        hint = _("add {key}, or prefer another channel", key=target.preferred.replace("-", "_"))
        message = _("the entry has no {channel}", channel=target.preferred)
        reader.problem_at(f"{target.id}.preferred", message, hint)
    if not target.office:
        reader.problem_at(f"{target.id}.office", _("is empty"), _("give a value"))
    for language, forms in target.office.items():
        if "nominative" not in forms:
            reader.problem_at(f"{target.id}.office.{language}.nominative", _("is missing"), _("add it"))
    if target.email_cc and not target.email:
        reader.problem_at(f"{target.id}.email_cc", _("stands without email"), _("add email, or take it out"))
    if len(set(target.address)) != len(target.address):
        reader.problem_at(f"{target.id}.address", _("has a line twice"), _("take one of them out"))
