"""What a run has done: written by batch, read when it resumes. No name and no address stands in it.

The first line fixes the run; then stand a line for each kit, which says whom its letters go to, and a line for each
letter. A later line goes before an earlier one of the same letter. A line that was cut off, when the power went, is
dropped.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import json
import os
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from appealgen.catalogue import _
from appealgen.characters import fault_in_line
from appealgen.errors import OutputError, RefusedError, UsageError
from appealgen.output import BINARY, explained, refuse_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FORMAT = 1
#: What a journal is called in its folder; beside an archive or a print, the name of that stands before it.
NAME = "journal.jsonl"
#: What is one file, and has its journal beside it: an archive, a print of many letters.
FILES = (".zip", ".docx", ".pdf")
#: What is noted later of the letters of a run, beside its journal.
MARKS = "marks.jsonl"
_BEGIN = b'{"run"'
# More letters than any run has: a number beyond it comes from a damaged disk, not from a run.
_MOST = 10_000_000
_LONGEST_ID = 200


class Entry(NamedTuple):
    """One letter: its number in the run, digests of the row, of all else that went in, and of what came out.

    *file* is empty where its name would tell a signer's. *at*, *packed*, *crc* and *size* place it in an archive.
    """

    n: int
    row: str
    kit: str
    file: str
    sha256: str
    at: int = 0
    packed: int = 0
    crc: int = 0
    size: int = 0


class KitNote(NamedTuple):
    """What letters of one kit have in common: *target* is an id of the address book, *alias* what it was asked for as.

    *address*, *asks* and *words* are digests of these, which tell later what has changed. Nothing in it is
    of the people who sign.
    """

    kit: str
    target: str
    alias: str
    language: str
    tone: str
    address: str = ""
    asks: str = ""
    words: str = ""


def journal_of(place: Path) -> Path:
    """Return where the journal of *place* stands: a folder of letters, an archive, a print, or a journal itself."""
    if place.is_dir():
        return place / NAME
    return place.with_name(f"{place.name}.{NAME}") if place.suffix.lower() in FILES else place


def marks_of(journal: Path) -> Path:
    """Return where the marks stand that belong to *journal*."""
    return journal.with_name(journal.name.removesuffix(NAME) + MARKS)


def of_print(run: Mapping[str, Any], kits: Iterable[KitNote], letters: Iterable[str], sha256: str) -> bytes:
    """Return the journal of a print, which is written at once: it only counts *letters*, of which it has the kits.

    Numbers go by the order in the print. *sha256* is the print's own digest.
    """
    lines: list[Mapping[str, Any]] = [{"run": run}, *(kit._asdict() for kit in kits)]
    lines += ({"n": number, "row": "", "kit": kit, "file": "", "sha256": ""} for number, kit in enumerate(letters, 1))
    lines.append({"finished": True, "sha256": sha256})
    return b"".join(map(_line, lines))


def _line(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Journal:
    """The journal at *path*, locked for one run; letters are found by number at eight bytes each in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run: dict[str, Any] | None = None
        self.finished = False
        #: The digest of a print.
        self.sha256: str | None = None
        self.kits: dict[str, KitNote] = {}
        self._places: array[int] = array("Q")
        self._opened: BinaryIO | None = None

    @property
    def _file(self) -> BinaryIO:
        if self._opened is None:
            raise ValueError("the journal is closed")
        return self._opened

    def open(self, *, only_read: bool = False) -> None:
        """Open or make the file, lock it, and read where each letter's line is; nothing is changed if *only_read*.

        Raises:
            RefusedError: if another run holds it, or something else stands there.
            OutputError: if it cannot be written.
        """
        if not only_read:
            refuse_link(self.path)
        try:
            handle = os.open(self.path, os.O_RDONLY if only_read else os.O_RDWR | os.O_CREAT | BINARY, 0o600)
        except OSError as error:
            why = _("cannot be written ({reason})", reason=error.strerror)
            raise OutputError(f"{self.path}: {why}") from error
        self._opened = os.fdopen(handle, "rb" if only_read else "r+b")
        if not _locked(self._file):
            self.close()
            raise RefusedError(
                _("{path}: another run is writing here: wait for it, or use another --output", path=self.path.parent)
            )
        end = 0
        for line in self._file:
            said = _parsed(line)
            if said is None:
                break
            if "run" in said:
                self.run, self.finished = said["run"], False
            elif "finished" in said:
                self.finished, self.sha256 = True, said.get("sha256")
            elif "n" not in said:
                self.kits[said["kit"]] = KitNote(**said)
            else:
                self._place(said["n"], end)
                self.finished = False
            end += len(line)
        if self.run is None and end == 0 and os.fstat(handle).st_size:
            # What never reached the disk is zeros.
            first = self.path.read_bytes()[:200].strip(b"\0")
            if not (first.startswith(_BEGIN) or _BEGIN.startswith(first)):
                self.close()
                raise RefusedError(_("{path}: is no journal of appealgen: use another --output", path=self.path))
        if not only_read:
            self._file.truncate(end)
        self._file.seek(end)

    def _place(self, number: int, offset: int) -> None:
        if number > len(self._places):
            self._places.extend([0] * (number - len(self._places)))
        self._places[number - 1] = offset + 1

    def begin(self, run: dict[str, Any]) -> None:
        """Write what fixes the run."""
        self.run = run
        self._write({"run": run})

    def clear(self) -> None:
        """Forget everything, for a run that starts anew."""
        self._file.seek(0)
        self._file.truncate()
        self._places = array("Q")
        self.run, self.finished = None, False
        self.kits = {}

    def note(self, kit: KitNote) -> None:
        """Note whom the letters of *kit* go to, once."""
        if kit.kit not in self.kits:
            self.kits[kit.kit] = kit
            self._write(kit._asdict())

    def add(self, entry: Entry) -> None:
        """Note that a letter is written."""
        self._place(entry.n, self._file.tell())
        said: dict[str, Any] = {
            "n": entry.n, "row": entry.row, "kit": entry.kit, "file": entry.file, "sha256": entry.sha256
        }  # fmt: skip
        if entry.size:
            said |= {"at": entry.at, "packed": entry.packed, "crc": entry.crc, "size": entry.size}
        self._write(said)

    def finish(self) -> None:
        """Note that all is done."""
        if not self.finished:
            self._write({"finished": True})
            self.finished = True

    def entry(self, number: int) -> Entry | None:
        """Return what is noted of the letter *number*."""
        if number > len(self._places) or not self._places[number - 1]:
            return None
        here = self._file.tell()
        self._file.seek(self._places[number - 1] - 1)
        said = _parsed(self._file.readline())
        self._file.seek(here)
        return Entry(**said) if said else None

    def forget_after(self, number: int) -> None:
        """Forget the letters after *number*: they are written again."""
        del self._places[number:]

    def entries(self) -> Iterator[Entry]:
        """Yield what is noted of every letter, in the order of their numbers."""
        for number in range(1, len(self._places) + 1):
            if (entry := self.entry(number)) is not None:
                yield entry

    def _write(self, said: dict[str, Any]) -> None:
        with explained(self.path):
            self._file.write(_line(said))

    def flush(self) -> None:
        """Hand what is noted to the system, so that it survives the end of this process."""
        with explained(self.path):
            self._file.flush()

    def close(self) -> None:
        """Close and unlock."""
        if self._opened is not None:
            with contextlib.suppress(OSError):  # a full disk: the next run compares what is not noted
                self._opened.close()
            self._opened = None


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Return what a line says, or None where it is cut off, damaged or somebody else's."""
    if not line.endswith(b"\n"):
        return None
    try:
        said = json.loads(line)
        if isinstance(said, dict) and "n" in said:
            Entry(**said)
            return said if all(map(_fits, said, said.values())) and 0 < said["n"] <= _MOST else None
        if isinstance(said, dict) and "run" in said:
            run = said["run"]
            datetime.date.fromisoformat(run["date"])
            return said if isinstance(run["case"], str) and isinstance(run["format"], str) else None
        if isinstance(said, dict) and "kit" in said:
            KitNote(**said)
            return said if all(isinstance(value, str) for value in said.values()) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return said if isinstance(said, dict) and "finished" in said else None


_TEXTS = frozenset({"row", "kit", "file", "sha256"})


def _is_plain(*texts: str) -> bool:
    """Tell whether *texts* are ids, which are shown as they are, and not what somebody made up for a terminal."""
    return not any(len(text) > _LONGEST_ID or fault_in_line(text) for text in texts)


def _fits(key: str, value: object) -> bool:
    return type(value) is (str if key in _TEXTS else int)


def notes(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what every line of the journal at *path* says that can be read, also after one that is damaged.

    Raises:
        OSError: if the file cannot be read.
    """
    with path.open("rb") as file:
        yield from (said for line in file if (said := _parsed(line)) is not None)


@dataclass(frozen=True, slots=True)
class Past:
    """What a journal says of a run: what fixed it, its kits, and the kit of each letter, by number."""

    run: dict[str, Any]
    kits: dict[str, KitNote]
    letters: dict[int, str]


def read(path: Path) -> Past:
    """Read the journal at *path* without locking or mending it.

    Raises:
        UsageError: if there is none.
        RefusedError: if it may not be read, is something else, or from before journals noted whom letters go to.
    """
    run: dict[str, Any] | None = None
    kits: dict[str, KitNote] = {}
    letters: dict[int, str] = {}
    try:
        with path.open("rb") as file:
            for line in file:
                said = _parsed(line)
                if said is None:
                    break
                if "run" in said:
                    run = said["run"]
                elif "n" in said:
                    letters[said["n"]] = said["kit"]
                elif "kit" in said:
                    kits[said["kit"]] = KitNote(**said)
    except OSError as error:
        # What is there and may not be read is no slip on the command line.
        fault = RefusedError if isinstance(error, PermissionError) else UsageError
        raise fault(
            _("{path}: cannot be read ({reason}): name a folder that `batch` wrote", path=path, reason=error.strerror)
        ) from error
    if run is None or not _is_plain(run["case"], run["format"], *(text for kit in kits.values() for text in kit)):
        raise RefusedError(
            _("{path}: is no journal of appealgen: name a folder that `appealgen batch` wrote", path=path)
        )
    if not kits.keys() >= set(letters.values()):
        raise RefusedError(
            _(
                "{path}: does not say whom its letters go to, as it is from an earlier version: "
                "run the same batch again, which adds that and writes nothing anew",
                path=path,
            )
        )
    return Past(run, kits, dict(sorted(letters.items())))


def _locked(file: BinaryIO) -> bool:
    """Lock *file* for this process, until it ends or closes it; tell whether that worked."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network drives have no locks at all: two runs at once are not told apart there.
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True
