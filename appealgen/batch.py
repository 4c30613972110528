"""The run over many signers: check everything, then write, and go on where a run was broken off."""

from __future__ import annotations

import collections
import contextlib
import hashlib
import itertools
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from appealgen import catalogue
from appealgen.catalogue import _, _n
from appealgen.destination import Archive, Folder, Found, packed
from appealgen.errors import InputError, NoEmbassyError, OutputError, Problem, RefusedError, UsageError
from appealgen.journal import Entry
from appealgen.model import FULL
from appealgen.scribe import Scribe, row_digest
from appealgen.signers.rows import Row
from appealgen.signers.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from appealgen.archive import Member
    from appealgen.journal import Journal
    from appealgen.scribe import Kit, Order, Piece
    from appealgen.signers.rows import Reading

#: Beyond this many letters they go into subfolders of a thousand rows each.
MANY = 10_000
_CHUNK = 50
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows: the first *limit* that can be written, or the one on line *only*; all where neither is given."""

    limit: int | None = None
    only: int | None = None


@dataclass(slots=True)
class Said:
    """Problems or warnings: how many, and the first of them; *tell* hears each."""

    tell: Callable[[Problem], None] | None = None
    count: int = 0
    first: list[Problem] = field(default_factory=list)

    def add(self, problems: Iterable[Problem]) -> None:
        """Count *problems*."""
        for problem in problems:
            self.count += 1
            if len(self.first) < _SHOWN:
                self.first.append(problem)
            if self.tell:
                self.tell(problem)


@dataclass(slots=True)
class Survey:
    """What a table holds: its letters by target, language and tone, and what is wrong with it.

    *missing* letters have no embassy to go to: how many by what is to be said of it, and the lines of the first;
    *idle* rows have no other letter. *unwritten* is the number of the first letter that the journal does not have.
    """

    problems: Said
    warnings: Said
    source: str = ""
    rows: int = 0
    left_out: int = 0
    bad_rows: int = 0
    letters: int = 0
    private: int = 0
    outdated: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    missing_at: dict[str, list[int]] = field(default_factory=dict)
    idle: int = 0
    unwritten: int | None = None
    kits: dict[Kit, int] = field(default_factory=dict)
    first: Piece | None = None

    @property
    def counts(self) -> Counter[tuple[str, str, str]]:
        """Letters by target, language and tone."""
        counts: Counter[tuple[str, str, str]] = collections.Counter()
        for kit, number in self.kits.items():
            counts[kit.to.name, kit.prepared.language.id, kit.prepared.tone] += number
        return counts

    @property
    def signers(self) -> int:
        """How many rows have letters."""
        return self.rows - self.bad_rows - self.left_out - self.idle

    @property
    def is_complete(self) -> bool:
        """Whether every letter can be written that is asked for."""
        return not (self.problems.count or self.missing)


def wanted(reading: Reading, order: Order, part: Part) -> Iterator[tuple[int, Row]]:
    """Yield the rows that *part* asks for, each with the number of its first letter in the run.

    A letter's number does not depend on which rows are asked for, nor on which can be written.
    """
    number, found = 1, 0
    for row in reading.rows():
        here = number
        number += len(reading.targets(row) or order.targets)
        if part.only is not None and row.line != part.only:
            continue
        yield here, row
        if part.limit is not None:
            found += reading.read(row).can_sign
        if part.only is not None or (part.limit is not None and found >= part.limit):
            return


def check(
    reading: Reading,
    scribe: Scribe,
    part: Part,
    *,
    journal: Journal | None = None,
    tell: Callable[[Problem], None] | None = None,
) -> Survey:
    """Read all rows once and find everything that is wrong, before anything is written.

    Memory does not grow with the table but by some bytes a row, for finding people who stand in it twice.
    """
    source = reading.table.source
    survey = Survey(Said(tell), Said(tell), source)
    seen = Seen()
    names = Seen()
    own_names = scribe.order.file_name is not None
    place_at = reading.columns.place("postal-code")
    if place_at < 0:
        place_at = reading.columns.place("city")
    for number, row in wanted(reading, scribe.order, part):
        survey.rows += 1
        if reading.read(row).problems:
            survey.bad_rows += 1
            survey.problems.add(row.problems)
            continue
        if not row.consent:
            survey.left_out += 1
            continue
        survey.warnings.add(reading.doubts(row))
        place = row.found[place_at]
        if (before := seen.look(row.name, place, row.line)) is not None:
            message, hint = _same_person(*before)
            survey.warnings.add([Problem(source, message, hint, row.line, "name")])
        try:
            kits = scribe.look(row)
            pieces = scribe.pieces(row, number, checked=True) if own_names or not survey.first else []
        except InputError as error:
            survey.bad_rows += 1
            survey.problems.add(Problem(source, p.message, p.hint, row.line, p.key) for p in error.problems)
            continue
        _count(survey, row, number, kits, journal)
        for piece in pieces:
            survey.first = survey.first or piece
            if own_names and (taken := names.look("", piece.file.casefold(), row.line)):
                message = _("its letter would be {file}, as that of line {line}", file=piece.file, line=taken[0])
                hint = _("use {{ number }} in --file-name")
                survey.problems.add([Problem(source, message, hint, row.line)])
    if part.only is None and not survey.rows:
        raise InputError([Problem(source, _("has no signers"), _("write a line for each below the headings"))])
    if part.only is not None and not survey.rows:
        message = _("no row begins on line {line}", line=part.only)
        raise UsageError(str(Problem(source, message, _("--only takes the line of a row"))))
    return survey


def _same_person(line: int, same: bool) -> tuple[str, str]:
    if same:
        return _("is in the table twice: also on line {line}", line=line), _("both are written")
    return (
        _("has nearly the same name as line {line}", line=line),
        _("look whether they are one person; both are written"),
    )


def pieces(reading: Reading, scribe: Scribe, part: Part) -> Iterator[list[Piece]]:
    """Yield, for each row that is wanted and good, the letters to be; all rows were checked before."""
    for number, row in wanted(reading, scribe.order, part):
        if reading.read(row).can_sign:
            # What is wrong with a row was told when all was checked, and the user said to go on.
            with contextlib.suppress(InputError, RefusedError):
                scribe.see_fonts(row)
                yield scribe.pieces(row, number, checked=True)


def _miss(survey: Survey, problem: Problem) -> None:
    """Count a letter that has no embassy to go to; its row is in order, and its other letters are written."""
    survey.missing[problem.message] += 1
    lines = survey.missing_at.setdefault(problem.message, [])
    if len(lines) < _SHOWN:
        lines.append(problem.line or 0)
    if survey.problems.tell:
        survey.problems.tell(problem)


def _count(
    survey: Survey, row: Row, number: int, kits: Iterable[Kit | NoEmbassyError], journal: Journal | None
) -> None:
    """Count the letters of *row*, of which that to its first target is *number*."""
    survey.private += row.privacy != FULL
    idle = True
    for at, kit in enumerate(kits, number):
        if isinstance(kit, NoEmbassyError):
            _miss(survey, Problem(survey.source, str(kit), line=row.line))
            continue
        idle = False
        survey.letters += 1
        survey.kits[kit] = survey.kits.get(kit, 0) + 1
        if journal is not None and (entry := journal.entry(at)) is not None:
            survey.outdated += not _current(entry, row, kit)
        elif survey.unwritten is None:
            survey.unwritten = at
    survey.idle += idle


def _current(entry: Entry, row: Row, kit: Kit) -> bool:
    return entry.kit == kit.digest and entry.row == row_digest(row)


@dataclass(frozen=True, slots=True)
class Leave:
    """What a run may do to files that are there: *update* outdated ones, *force* any."""

    update: bool = False
    force: bool = False


class Outcome(NamedTuple):
    """What became of one letter: ``written``, ``there`` already, or ``kept`` as somebody has changed it."""

    what: str
    entry: Entry | None
    file: str
    member: Member | None = None
    shortened: bool = False
    over: bool = False


@dataclass(slots=True)
class Tally:
    """What a run has done; *kept* counts the files that somebody has changed, of which some are named.

    Of the letters it composed, *shortened* were made to fit one page, and *over* still do not.
    """

    written: int = 0
    there: int = 0
    kept: int = 0
    kept_files: list[str] = field(default_factory=list)
    stopped: bool = False
    shortened: int = 0
    over: int = 0


class _Task(NamedTuple):
    number: int
    row: Row
    entries: tuple[Entry | None, ...]


class _Worker:
    """Does tasks: in this process, or in one of several."""

    def __init__(self, reading: Reading, order: Order, root: Path | None, leave: Leave, *, subfolders: bool) -> None:
        self.reading = reading
        self.scribe = Scribe(order, reading)
        self.scribe.subfolders = subfolders
        self.folder = Folder(root) if root is not None else None
        self.leave = leave

    def do(self, tasks: Iterable[_Task]) -> Iterator[Outcome]:
        for task in tasks:
            if not self.reading.read(task.row).can_sign:
                continue
            # What is wrong with a row was told when all was checked, and the user said to go on.
            with contextlib.suppress(InputError, RefusedError):
                for piece in self.scribe.pieces(task.row, task.number, checked=True):
                    entry = task.entries[piece.n - task.number] if task.entries else None
                    yield self._settle(piece, entry)

    def _settle(self, piece: Piece, entry: Entry | None) -> Outcome:
        current = entry is not None and _current(entry, piece.row, piece.kit)
        if self.folder is None:
            if current:
                return Outcome("there", None, piece.file)
            content = self.scribe.content(piece)
            return Outcome(
                "written",
                self._entry(piece, content),
                piece.file,
                packed(piece.file, content),
                piece.shortened,
                piece.over,
            )
        present = self.folder.read(piece.file)
        if present is not None and current and entry is not None and _digest(present) == entry.sha256:
            return Outcome("there", None, piece.file)
        content = self.scribe.content(piece)
        found = self.folder.compare(present, content)
        outdated = entry is not None and present is not None and _digest(present) == entry.sha256
        if found is Found.OTHER and not (outdated and self.leave.update) and not self.leave.force:
            return Outcome("kept", None, piece.file)
        if found is not Found.WHOLE:
            self.folder.put(piece.file, content)
        if entry is not None and entry.file and entry.file != piece.file:
            self.folder.drop(entry.file, entry.sha256)
        what = "there" if found is Found.WHOLE else "written"
        entry = self._entry(piece, content)
        return Outcome(what, entry, piece.file, shortened=piece.shortened, over=piece.over)

    def _entry(self, piece: Piece, content: bytes) -> Entry:
        file = "" if self.scribe.personal else piece.file
        return Entry(piece.n, row_digest(piece.row), piece.kit.digest, file, _digest(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


_worker: _Worker | None = None


def _begin_worker(
    reading: Reading, order: Order, root: Path | None, leave: Leave, subfolders: bool, language: str
) -> None:
    import signal

    if catalogue.language() != language:  # in a process that is no copy of its parent
        catalogue.speak(language)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and ends this process so, should another one break
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    global _worker  # noqa: PLW0603  a process has one
    _worker = _Worker(reading, order, root, leave, subfolders=subfolders)


def _do_in_worker(tasks: list[tuple[Any, ...]]) -> list[Outcome]:
    assert _worker is not None
    return list(_worker.do(_Task(number, Row(*row), entries) for number, row, entries in tasks))


def write(
    reading: Reading,
    order: Order,
    part: Part,
    destination: Folder | Archive,
    journal: Journal,
    *,
    leave: Leave,
    jobs: int,
    subfolders: bool,
    progress: Callable[[int], None],
    stop: Callable[[], bool],
) -> Tally:
    """Write the letters of all rows that are wanted and good, except for those that are there and whole.

    Args:
        reading: the rows.
        order: what is asked for.
        part: which rows.
        destination: where to.
        journal: what was done before, and hears what is done now.
        leave: what may be done to files that are there.
        jobs: how many processes; the bytes do not depend on it.
        subfolders: whether letters go into folders of a thousand rows.
        progress: hears how many letters are done.
        stop: asked after each letter whether to stop.
    """
    tally = Tally()
    root = destination.root if isinstance(destination, Folder) else None
    tasks = (
        _Task(number, row, _entries(journal, number, len(reading.targets(row) or order.targets)))
        for number, row in wanted(reading, order, part)
    )
    with contextlib.ExitStack() as closing:
        if jobs == 1:
            outcomes = _Worker(reading, order, root, leave, subfolders=subfolders).do(tasks)
        else:
            begin = (reading, order, root, leave, subfolders, catalogue.language())
            outcomes = _in_processes(tasks, begin, jobs, closing, stop=stop)
        done = 0
        for outcome in outcomes:
            entry = outcome.entry
            if outcome.member is not None and entry is not None and isinstance(destination, Archive):
                entry = destination.add(entry, outcome.member)
            if entry is not None:
                journal.add(entry)
            _tally(tally, outcome)
            done += 1
            if done % 100 == 0:
                destination.flush()
                journal.flush()
                progress(done)
            if stop():
                tally.stopped = True
                break
        destination.flush()
        journal.flush()
        progress(done)
    return tally


def _in_processes(
    tasks: Iterator[_Task],
    begin: tuple[Any, ...],
    jobs: int,
    closing: contextlib.ExitStack,
    *,
    stop: Callable[[], bool],
) -> Iterator[Outcome]:
    """Hand tasks out to *jobs* processes, and yield what comes of them in the order of the rows."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    order: Order = begin[1]
    context = multiprocessing.get_context("spawn" if order.needs_fresh_processes else None)
    pool = closing.enter_context(ProcessPoolExecutor(jobs, context, _begin_worker, begin))
    begun = False
    under_way: deque[Any] = deque()
    # A row travels as it stands in the table: what it says is found out where its letter is written.
    plain = ((task.number, (task.row.number, task.row.line, task.row.cells), task.entries) for task in tasks)
    while chunk := list(itertools.islice(plain, _CHUNK)):
        try:
            under_way.append(pool.submit(_do_in_worker, chunk))
        except OSError:
            # Those that did start would wait for work, and this process for them, without end.
            for child in multiprocessing.active_children() if not begun else ():
                child.kill()
            raise
        begun = True
        if len(under_way) > jobs * 3:
            yield from under_way.popleft().result()
        if stop():
            break
    while under_way:
        yield from under_way.popleft().result()


def _entries(journal: Journal, number: int, count: int) -> tuple[Entry | None, ...]:
    """Return what the journal has of the letters from *number* on, or nothing where it has none of them."""
    found = tuple(journal.entry(number + i) for i in range(count))
    return found if any(found) else ()


def _tally(tally: Tally, outcome: Outcome) -> None:
    tally.shortened += outcome.shortened
    tally.over += outcome.over
    if outcome.what == "written":
        tally.written += 1
    elif outcome.what == "there":
        tally.there += 1
    else:
        tally.kept += 1
        if len(tally.kept_files) < _SHOWN:
            tally.kept_files.append(outcome.file)


def incomplete(place: str, missing: int) -> OutputError:
    """Return what to say of a run to *place* that lacks letters which could be written when all was checked."""
    return OutputError(
        _n(
            "{place}: {count} letter is not written, though all was well when it was checked: "
            "a file has changed since, or cannot be read any more: run the same command again",
            "{place}: {count} letters are not written, though all was well when it was checked: "
            "a file has changed since, or cannot be read any more: run the same command again",
            missing,
            place=place,
        )
    )


def _shown(value: Any) -> str:
    return catalogue.listed(map(str, value)) if isinstance(value, list) else str(value)


def fix_run(journal: Journal, run: dict[str, Any], *, date_given: bool, update: bool) -> dict[str, Any]:
    """Compare *run*, what is asked for, with what the journal says of the run before, and return what holds.

    The date of a run that goes on is that of its first day, unless another is given.

    Raises:
        RefusedError: if the journal is of another run.
    """
    before = journal.run
    if before is None:
        return run
    if not date_given:
        run = {**run, "date": before.get("date", run["date"])}
    for key, meaning in (("case", "--case"), ("targets", "--target"), ("format", "--format"),
                         ("file_name", "--file-name"), ("part", "")):  # fmt: skip
        if before.get(key) != run[key]:
            raise RefusedError(
                _("{path}: here is a run with another {option} ({value}): use another --output",
                  path=journal.path, option=meaning, value=_shown(before.get(key)))
                if key != "part"
                else _("{path}: here is a run with another --limit and --only ({value}): use another --output",
                       path=journal.path, value=_shown(before.get(key)))
            )  # fmt: skip
    if run["date"] != before.get("date") and not update:
        raise RefusedError(
            _(
                "{path}: these letters are dated {date}: leave --date out to go on, "
                "or use --update to date all of them anew",
                path=journal.path,
                date=before.get("date"),
            )
        )
    return run
