"""Who signs a joint letter: from a table as a batch reads it, or from a list with one a line."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.characters import folded
from appealgen.errors import InputError, Problem, UsageError
from appealgen.model import Signatory
from appealgen.senders import initials
from appealgen.signers import columns, namelist
from appealgen.signers.rows import Defaults, Reading
from appealgen.signers.seen import Seen
from appealgen.signers.table import open_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from appealgen.model import ColumnNames, SignatoryNames
    from appealgen.signers.columns import Columns
    from appealgen.signers.rows import Row
    from appealgen.signers.table import Table

_TABLES = (".csv", ".tsv", ".xlsx")
# What of a signer a list of signatories has as well.
_KEPT = ("name", "first-name", "middle-name", "last-name", "consent", "privacy")


@dataclass(slots=True)
class Roll:
    """Those who sign, as they come in the file, and what is doubtful about them.

    *left_out* did not say yes; *by_family* tells whether family names stand in a column of their own.
    """

    source: str
    signatories: list[Signatory] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    left_out: int = 0
    by_family: bool = False
    columns: Columns | None = None


def read_roll(
    path: Path, source: str, names: ColumnNames, *, encoding: str | None = None, mapped: Mapping[str, str] | None = None
) -> Roll:
    """Read the signatories in the file at *path*: a table ending in .csv, .tsv or .xlsx, else a list.

    Args:
        path: the file.
        source: what to call it in messages.
        names: what columns are called.
        encoding: of the file, where it is not UTF-8.
        mapped: heading -> field, for a table.

    Raises:
        InputError: with everything that is wrong with the file, such as nobody in it.
        UsageError: if *mapped* names what there is not, or is for a list.
    """
    roll = Roll(source)
    if path.suffix.lower() in _TABLES:
        problems = _read_table(path, names, encoding, mapped or {}, roll)
    else:
        if mapped:
            raise UsageError(
                _("--map: is for tables, and {file} is a list: name it .csv if it is a table", file=source)
            )
        roll.signatories, problems, roll.doubts = namelist.read(path, source, _words(names), encoding)
    if not roll.signatories and not problems:
        nobody = _("nobody said yes to signing")
        hint = nobody if roll.left_out else _("write one on each line, such as Ana Example – Lawyer")
        problems = [Problem(source, _("has no signatories"), hint)]
    if problems:
        raise InputError(problems)
    roll.doubts += _twice(roll.signatories, source)
    roll.doubts.sort(key=lambda doubt: doubt.line or 0)
    return roll


def _words(names: ColumnNames) -> SignatoryNames:
    assert names.joint is not None
    return names.joint


def _twice(signatories: Sequence[Signatory], source: str) -> list[Problem]:
    """Point out names that are the same or nearly so: whether they are one person, only a person can tell."""
    seen, doubts = Seen(), []
    for one in signatories:
        if (before := seen.look(one.name, "organisation" if one.organisation else "", one.line)) is not None:
            line, same = before
            if same:
                message, hint = _("is in the list twice: also on line {line}", line=line), _("both sign")
            else:
                message = _("has nearly the same name as line {line}", line=line)
                hint = _("look whether they are the same; both sign")
            doubts.append(Problem(source, message, hint, one.line, "name"))
    return doubts


def _read_table(
    path: Path, names: ColumnNames, encoding: str | None, mapped: Mapping[str, str], roll: Roll
) -> list[Problem]:
    """Read a table into *roll* and return what is wrong with it."""
    known = _for_signatories(names)
    table = open_table(path, roll.source, encoding, lambda header: columns.name_columns(header, known))
    line, header = next(table.rows(), (1, []))
    found, only_organisations = _columns(header, known, mapped, roll.source, line)
    roll.columns = found
    reading = _Reading(table, found, known)
    problems: list[Problem] = []
    for row in reading.rows():
        stands_for_name = reading.take_organisation(row)
        reading.read(row)
        problems += row.problems
        if row.consent and not row.problems:
            is_organisation, wrong = reading.is_organisation(row)
            problems += wrong
            by_row = only_organisations or stands_for_name or is_organisation
            roll.signatories.append(reading.signatory(row, organisation=by_row))
        elif not row.consent:
            roll.left_out += 1
    roll.by_family = any(one.family for one in roll.signatories)
    return problems


def _for_signatories(names: ColumnNames) -> ColumnNames:
    """Return *names* with the columns that only signatories have, and without those that they have no use for."""
    joint = _words(names)
    by_heading = {heading: name for heading, name in names.by_heading.items() if name in _KEPT}
    unused = frozenset(names.by_heading) - frozenset(by_heading)
    by_heading = {**joint.columns, **by_heading}
    fields = (*names.fields, *dict.fromkeys(joint.columns.values()))
    return dataclasses.replace(names, by_heading=by_heading, fields=fields, ignored=names.ignored | unused)


def _columns(
    header: Sequence[str], names: ColumnNames, mapped: Mapping[str, str], source: str, line: int
) -> tuple[Columns, bool]:
    """Return where each field stands, and whether the table is of organisations alone: it has no other name."""
    try:
        return columns.find(header, names, mapped, source, line), False
    except InputError:
        those = [heading for heading in header if names.field(folded(heading)) == "organisation"]
        if len(those) != 1 or mapped:
            raise
    return columns.find(header, names, {those[0]: "name"}, source, line), True


class _Reading(Reading):
    """Reads the rows of a table of signatories."""

    def __init__(self, table: Table, found: Columns, names: ColumnNames) -> None:
        super().__init__(table, found, names, Defaults())
        self._words = _words(names)
        self._name_places = [self._places[name] for name in ("name", "first-name", "middle-name", "last-name")]

    def take_organisation(self, row: Row) -> bool:
        """Let the organisation of a row without a name be who signs, and tell whether there is one."""
        place = self._places["organisation"]
        if place < 0 or len(row.cells) < self.columns.width:
            return False
        names = [at for at in self._name_places if at >= 0]
        if any(row.cells[at].strip() for at in names) or not row.cells[place].strip():
            return False
        if self._yes_or_no(row.cells[place]) is not None:
            return False
        row.cells[names[0]], row.cells[place] = row.cells[place], ""
        return True

    def is_organisation(self, row: Row) -> tuple[bool, list[Problem]]:
        """Tell whether *row* says that it is an organisation, and what is wrong with how it says so."""
        kind = row.found[self._places["kind"]]
        fold = folded(kind)
        flag = self._yes_or_no(row.found[self._places["organisation"]])
        if not kind or fold in self._words.people:
            return bool(flag), []
        if fold in self._words.organisations:
            return True, []
        message = _('"{word}" is neither a person nor an organisation', word=kind)
        return False, [self._problem(row, "kind", message, _("write person or organisation"))]

    def signatory(self, row: Row, *, organisation: bool) -> Signatory:
        """Return who signs *row*, showing no more than the row allows."""
        found, places = row.found, self._places
        role, group = (namelist.tidied(found[places[name]]) for name in ("role", "organisation"))
        if self._yes_or_no(group) is None and group:
            role = ", ".join(filter(None, [role, group]))
        name, family = (
            namelist.tidied(row.name),
            "" if found[places["name"]] else namelist.tidied(found[places["last-name"]]),
        )
        if "initials" in row.privacy and not organisation:
            name, role, family = initials(name), "", ""
        return Signatory(name, role, organisation, "" if organisation else family, row.line)

    def _yes_or_no(self, text: str) -> bool | None:
        """Return what a cell says that is yes or no, None where it says something else."""
        fold = folded(text)
        if text.strip() in ("✓", "✔", "☑", "+") or fold in self._names.yes:
            return bool(text.strip())
        return False if fold in self._names.no else None
