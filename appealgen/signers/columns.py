"""What the columns of a table are called, by tools and by people, and which field each fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.characters import folded
from appealgen.errors import InputError, Problem, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appealgen.model import ColumnNames


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands.

    *others* are further columns for the same field, which count where the first is empty. *ignored* are headings that
    are known and of no use for a letter, *of_joint* those that only a joint letter prints, *unknown* are those that are
    not known.
    """

    width: int
    places: Mapping[str, int]
    others: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]
    ignored: tuple[str, ...]
    unknown: tuple[str, ...]
    of_joint: tuple[str, ...] = ()

    def place(self, field: str) -> int:
        """Return the column of *field*, -1 where there is none."""
        return self.places.get(field, -1)


def find(header: Sequence[str], names: ColumnNames, mapped: Mapping[str, str], source: str, line: int) -> Columns:
    """Tell which column fills which field.

    Args:
        header: the headings.
        names: what columns are called.
        mapped: heading -> field, as the user says; goes before *names*.
        source: the file, for messages.
        line: the line of the header, for messages.

    Raises:
        InputError: if none holds a name.
        UsageError: if *mapped* names a heading or a field that there is not.
    """
    if not header:
        hint = _("it needs a line of headings and a line for each signer")
        raise InputError([Problem(source, _("is empty"), hint)])
    said = {folded(heading): field for heading, field in mapped.items()}
    folds = [folded(heading) for heading in header]
    _check_mapped(mapped, folds, header, names)
    filled = [said.get(fold) for fold in folds]
    taken = set(said.values())
    for number, (heading, fold) in enumerate(zip(header, folds, strict=True)):
        if filled[number] is None:
            field = names.field(fold) or names.field(folded(heading.rpartition("/")[2]))
            filled[number] = None if field in taken else field
    places: dict[str, int] = {}
    others: dict[str, tuple[int, ...]] = {}
    for number, field in enumerate(filled):
        if field is None:
            continue
        if field in places:
            others[field] = (*others.get(field, ()), number)
        else:
            places[field] = number
    if "name" not in places and "last-name" not in places and "first-name" not in places:
        shown = catalogue.listed(f'"{heading}"' for heading in header if heading.strip())
        hint = _('say which of {headings} is, such as --map "{example}=name"', headings=shown, example=header[0])
        raise InputError([Problem(source, _("no column holds a name"), hint, line)])
    useless = [heading for heading, field in zip(header, filled, strict=True) if field is None and heading.strip()]
    ignored = tuple(heading for heading in useless if folded(heading) in names.ignored)
    rest = [heading for heading in useless if folded(heading) not in names.ignored]
    joint = names.joint.columns if names.joint is not None else {}
    of_joint = tuple(heading for heading in rest if folded(heading) in joint)
    unknown = tuple(heading for heading in rest if folded(heading) not in joint)
    return Columns(len(header), places, others, tuple(header), ignored, unknown, of_joint)


def name_columns(header: Sequence[str], names: ColumnNames) -> list[int]:
    """Return the columns that hold a name or a part of one."""
    return [
        number
        for number, heading in enumerate(header)
        if names.field(folded(heading)) in ("name", "first-name", "last-name")
    ]


def _check_mapped(mapped: Mapping[str, str], folds: Sequence[str], header: Sequence[str], names: ColumnNames) -> None:
    for heading, field in mapped.items():
        if folded(heading) not in folds:
            hint = nearest(heading, header) or _("there are {names}", names=catalogue.listed(header))
            raise UsageError(_('--map: there is no column "{heading}": {hint}', heading=heading, hint=hint))
        if field not in names.fields:
            hint = nearest(field, names.fields) or _("there are {names}", names=catalogue.listed(names.fields))
            raise UsageError(_('--map: there is no field "{field}": {hint}', field=field, hint=hint))
