"""The runs of `batch` below some folders, and what somebody has noted of them since: sent, answered.

Notes stand in a file of their own beside the journal, a line each, since a journal belongs to its run.
"""

from __future__ import annotations

import datetime
import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.errors import InputError, Problem, UsageError
from appealgen.journal import NAME, KitNote, journal_of, marks_of, read
from appealgen.model import CHANNELS
from appealgen.output import BINARY, explained, refuse_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LAST_YEAR = 9000


@dataclass(frozen=True, slots=True)
class Sent:
    """On which *day* and by which *channel* letters went out; *target* (an alias or id) is None for all of a run."""

    day: datetime.date
    channel: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that came on *day*: the name of its *file*, and from which *target*; None where that was not said."""

    day: datetime.date
    file: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run: its folder or archive, its case, day and format, how many letters of each kit, and its marks in order."""

    place: Path
    journal: Path
    case: str
    day: datetime.date
    form: str
    letters: Mapping[KitNote, int]
    marks: tuple[Sent | Reply, ...]

    def sent(self, kit: KitNote) -> Sent | None:
        """Return the last that was noted of sending letters of *kit*."""
        return next((mark for mark in reversed(self.marks) if isinstance(mark, Sent) and _is_of(mark, kit)), None)

    def reply(self, kit: KitNote, since: datetime.date) -> Reply | None:
        """Return the first answer from the target of *kit* on or after *since*."""
        replies = (mark for mark in self.marks if isinstance(mark, Reply) and _is_of(mark, kit))
        return next((reply for reply in replies if reply.day >= since), None)


def _is_of(mark: Sent | Reply, kit: KitNote) -> bool:
    return mark.target is None or mark.target in (kit.alias, kit.target)


def find(places: Iterable[Path]) -> list[Run]:
    """Read the runs in *places*: folders, looked through to the bottom, archives or journals.

    Raises:
        UsageError: if one of them holds no run.
        InputError: if a journal or its marks cannot be understood.
    """
    runs: dict[Path, Run] = {}
    for place in places:
        found = list(_journals(place))
        if not found:
            raise UsageError(
                _("{path}: holds no journal of a batch: name a folder that `appealgen batch` wrote", path=place)
            )
        for path in found:
            if path.resolve() not in runs:
                runs[path.resolve()] = _run(path)
    return list(runs.values())


def _journals(place: Path) -> Iterator[Path]:
    found = _below(place) if place.is_dir() else [journal_of(place)]
    yield from sorted(path for path in found if path.is_file())


def _below(folder: Path) -> Iterator[Path]:
    """Yield what is called like a journal; a folder that cannot be read is an error, and not one without letters."""

    def stop(error: OSError) -> None:
        raise error

    for top, _folders, names in os.walk(folder, onerror=stop):
        yield from (Path(top, name) for name in names if name.endswith(NAME))


def _run(path: Path) -> Run:
    past = read(path)
    counted = Counter(past.letters.values())
    stem = path.name.removesuffix(NAME).removesuffix(".")
    return Run(
        place=path.with_name(stem) if stem else path.parent,
        journal=path,
        case=past.run["case"],
        day=datetime.date.fromisoformat(past.run["date"]),
        form=past.run["format"],
        letters={past.kits[kit]: number for kit, number in counted.items()},
        marks=tuple(_marks(marks_of(path))),
    )


def _marks(path: Path) -> Iterator[Sent | Reply]:
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return
    problems = []
    for number, line in enumerate(lines, 1):
        if not line.endswith(b"\n"):
            break  # cut off when the power went
        try:
            yield _mark(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            message = _("is no note of a letter sent or answered")
            problems.append(Problem(str(path), message, _("take the line out"), number))
    if problems:
        raise InputError(problems)


def _mark(said: dict[str, Any]) -> Sent | Reply:
    target = said.get("target")
    if not isinstance(target, str | None):
        raise TypeError(target)
    # Some years must be left until the end of all dates, to count the weeks of waiting in.
    if int(str(said.get("reply") or said["sent"])[:4]) > _LAST_YEAR:
        raise ValueError(said)
    if "reply" in said:
        return Reply(datetime.date.fromisoformat(said["reply"]), str(said["file"]), target)
    if said["channel"] not in CHANNELS:
        raise ValueError(said["channel"])
    return Sent(datetime.date.fromisoformat(said["sent"]), said["channel"], target)


def add_mark(run: Run, mark: Sent | Reply) -> None:
    """Note *mark* beside the journal of *run*.

    Raises:
        UsageError: if the run has no letters to the target that it names.
        OutputError: if it cannot be written.
    """
    if mark.target is not None and not any(_is_of(mark, kit) for kit in run.letters):
        message = _(
            '--target: {path} has no letters to "{target}": it has letters to {targets}',
            path=run.place,
            target=mark.target,
            targets=catalogue.listed(sorted({kit.alias for kit in run.letters})),
        )
        raise UsageError(message)
    said: dict[str, Any] = {"target": mark.target}
    if isinstance(mark, Reply):
        said |= {"reply": mark.day.isoformat(), "file": mark.file}
    else:
        said |= {"sent": mark.day.isoformat(), "channel": mark.channel}
    path = marks_of(run.journal)
    refuse_link(path)
    with explained(path), os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | BINARY, 0o600), "r+b") as file:
        # A line that was cut off when the power went is taken away.
        file.seek(file.read().rfind(b"\n") + 1)
        file.truncate()
        file.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
