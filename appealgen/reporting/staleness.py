"""What is out of date: letters whose address, asks or words have changed, and facts that nobody has looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen import selection
from appealgen.catalogue import _
from appealgen.errors import AppealgenError, InputError, UsageError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from appealgen.journal import KitNote
    from appealgen.library import Library
    from appealgen.model import PartialDate
    from appealgen.reporting.runs import Run


@dataclass(frozen=True, slots=True)
class Outdated:
    """The *number* of letters of a run and kit, and *why* they would be others today."""

    run: Run
    kit: KitNote
    number: int
    why: tuple[str, ...]


def outdated(library: Library, runs: Iterable[Run]) -> Iterator[Outdated]:
    """Yield the letters that would say something else if they were written from *library* today."""
    for run in runs:
        for kit, number in run.letters.items():
            if why := _changes(library, run, kit):
                yield Outdated(run, kit, number, why)


def _changes(library: Library, run: Run, kit: KitNote) -> tuple[str, ...]:
    try:
        case = library.case(run.case)
        country = library.targets[kit.target].located_in if kit.target in library.targets else None
        to = selection.addressee(library, case, kit.alias, country)
        if to.target.id != kit.target:
            return (_("{alias} is now {now}, not {before}", alias=kit.alias, now=to.target.id, before=kit.target),)
        now = selection.prepared(library, case, to, kit.language, kit.tone).digests()
    except AppealgenError as error:
        first = error.problems[0] if isinstance(error, InputError) else error
        return (_("cannot be written any more: {problem}", problem=first),)
    closed = (_("the case is closed ({day})", day=case.closed_on.in_words),) if case.closed_on else ()
    before = {
        "address": (kit.address, _("the address changed")),
        "asks": (kit.asks, _("the asks changed")),
        "words": (kit.words, _("the words changed")),
    }
    changed = tuple(text for name, (digest, text) in before.items() if digest and digest != now[name])
    return (*closed, *changed)


@dataclass(frozen=True, slots=True)
class Old:
    """A case or an address that was last looked up on *seen*, if that is known, and where to *look*."""

    kind: str
    id: str
    seen: PartialDate | None
    look: tuple[str, ...]


def old(library: Library, day: datetime.date, days: int, runs: Iterable[Run] | None = None) -> Iterator[Old]:
    """Yield the open cases and their addresses that nobody has looked up in the *days* before *day*; unknown is old.

    With *runs*, only the cases that their letters are about, and the addresses that these go to.
    """
    written = None if runs is None else [*runs]

    def is_old(seen: PartialDate | None) -> bool:
        return seen is None or (day - seen.last_day).days > days

    targets: set[str | None] = set() if written is None else {kit.target for run in written for kit in run.letters}
    for case_id in library.case_ids if written is None else sorted({run.case for run in written}):
        try:
            case = library.case(case_id)
        except (InputError, UsageError):
            continue
        if case.status != "active":
            continue
        if is_old(case.checked_on):
            newest = sorted(case.sources.values(), key=lambda source: str(source.date or ""), reverse=True)[:3]
            yield Old("case", case.id, case.checked_on, tuple(source.url or source.title for source in newest))
        for alias in selection.current_aliases(case) if written is None else ():
            meant = case.aliases[alias]
            targets |= {meant.target or meant.without_country}
            targets |= {
                target.id
                for target in library.targets.values()
                if meant.embassy_of and target.role == "ambassador" and target.country == meant.embassy_of
            }
    for name, target in library.targets.items():
        if name in targets and is_old(target.verified_on):
            yield Old("address", name, target.verified_on, (target.source,))
