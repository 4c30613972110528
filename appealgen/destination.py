"""Where a run's letters go: a folder of files, or one archive. Either can be broken off and gone on with."""

from __future__ import annotations

import contextlib
import enum
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from appealgen.archive import DEFLATED, STORED, deflated, directory_entry, end, local_header, stored
from appealgen.catalogue import _
from appealgen.errors import RefusedError
from appealgen.output import BINARY, explained, refuse_link

if TYPE_CHECKING:
    from appealgen.archive import Member
    from appealgen.journal import Entry, Journal

_PART = ".appealgen-{}.part"


class Found(enum.Enum):
    """What stands where a letter is to be."""

    NOTHING = enum.auto()
    WHOLE = enum.auto()
    DAMAGED = enum.auto()
    OTHER = enum.auto()


def packed(name: str, content: bytes) -> Member:
    """Return a letter as a member of an archive; what is compressed already is stored."""
    return stored(name, content) if content.startswith(b"PK\3\4") else deflated(name, content)


class Folder:
    """Letters as files below *root*."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._part = str(root / _PART.format(os.getpid()))
        self._made: set[str] = set()

    def clean(self) -> None:
        """Take away what a run that was killed has left half-written."""
        for path in self.root.glob(_PART.format("*")):
            path.unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        """Return what stands at *name*, or None."""
        try:
            with open(f"{self.root}/{name}", "rb") as file:  # noqa: PTH123  once for each letter: a Path costs more
                return file.read()
        except FileNotFoundError:
            return None
        except OSError:
            return b"?"

    def compare(self, present: bytes | None, content: bytes) -> Found:
        """Tell what *present* is to *content*: damaged is what was cut off or never reached the disk."""
        if present is None:
            return Found.NOTHING
        if present == content:
            return Found.WHOLE
        kept = present.rstrip(b"\0")
        return Found.DAMAGED if content.startswith(kept) and len(present) <= len(content) else Found.OTHER

    def put(self, name: str, content: bytes) -> None:
        """Write a letter.

        Raises:
            OutputError: if that cannot be done.
        """
        path = f"{self.root}/{name}"
        with explained(path):
            folder = name.rpartition("/")[0]
            if folder not in self._made:
                Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._made.add(folder)
            try:
                _write_new(path, content)
            except FileExistsError:
                _write_new(self._part, content)
                try:
                    os.replace(self._part, path)  # noqa: PTH105
                except OSError:
                    with contextlib.suppress(OSError):
                        os.unlink(self._part)  # noqa: PTH108
                    raise

    def drop(self, name: str, sha256: str) -> None:
        """Take away a letter that has another name now, if it is as it was written."""
        import hashlib

        present = self.read(name)
        if present is not None and hashlib.sha256(present).hexdigest() == sha256:
            Path(self.root, name).unlink(missing_ok=True)

    def flush(self) -> None:
        """Nothing waits: each letter is in its place when it is written."""


def _write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet, or leave none.

    Straight to its place: beside it and moved takes three times as long, and a run that goes on tells a letter that
    was cut off by its content.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
    except BaseException:
        os.close(handle)
        os.unlink(path)  # noqa: PTH108
        raise
    os.close(handle)


class Archive:
    """Letters as members of the archive at *path*, which is written beside it and moved there when it is complete."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(path.name + ".part")
        self._opened: BinaryIO | None = None
        self._at = 0

    @property
    def _file(self) -> BinaryIO:
        if self._opened is None:
            raise ValueError("the archive is not open")
        return self._opened

    def resume(self, journal: Journal) -> None:
        """Open what was written before, as far as it is whole; the journal forgets the rest.

        Raises:
            OutputError: if it cannot be written.
        """
        refuse_link(self._part)
        with explained(self._part):
            handle = os.open(self._part, os.O_RDWR | os.O_CREAT | BINARY, 0o600)
        self._opened = os.fdopen(handle, "r+b")
        whole = 0
        for entry in journal.entries():
            if not self._holds(entry):
                break
            self._at += len(local_header(entry.file, 0, 0, 0, 0)) + entry.packed
            whole = entry.n
        journal.forget_after(whole)
        self._file.truncate(self._at)
        self._file.seek(self._at)

    def _holds(self, entry: Entry) -> bool:
        if entry.at != self._at:
            return False
        method = _method(entry)
        header = local_header(entry.file, entry.crc, entry.packed, entry.size, method)
        if self._file.read(len(header)) != header:
            return False
        data = self._file.read(entry.packed)
        if len(data) != entry.packed:
            return False
        try:
            content = data if method == STORED else zlib.decompress(data, -15)
        except zlib.error:
            return False
        return zlib.crc32(content) == entry.crc

    def add(self, entry: Entry, member: Member) -> Entry:
        """Write a letter, and return its entry with its place."""
        at, local = self._at, member.local()
        with explained(self._part):
            self._file.write(local)
        self._at += len(local)
        return entry._replace(at=at, packed=len(member.data), crc=member.crc, size=member.size)

    def flush(self) -> None:
        """Hand what is written to the system."""
        if self._opened is not None:
            with explained(self._part):
                self._file.flush()

    def finish(self, journal: Journal) -> None:
        """Write the directory and move the archive to its place.

        Raises:
            OutputError: if that cannot be done.
        """
        count = length = 0
        with explained(self._part):
            for entry in journal.entries():
                method = _method(entry)
                listed = directory_entry(entry.file, entry.crc, entry.packed, entry.size, method, entry.at)
                self._file.write(listed)
                length += len(listed)
                count += 1
            self._file.write(end(count, self._at, length))
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self.path)
        self._opened = None

    def close(self) -> None:
        """Leave what is written for the next run."""
        if self._opened is not None:
            # What did not fit on a full disk does not fit now either; the next run finds how far it came.
            with contextlib.suppress(OSError):
                self._opened.close()
            self._opened = None

    def is_whole(self, journal: Journal) -> bool:
        """Tell whether the finished archive holds every letter of the journal as it was written."""
        if not self.path.is_file():
            return False
        with self.path.open("rb") as file:
            self._opened, self._at = file, 0
            try:
                for entry in journal.entries():
                    if not self._holds(entry):
                        return False
                    self._at = file.tell()
                rest = file.read()
            finally:
                self._opened, at, self._at = None, self._at, 0
        length = sum(len(directory_entry(e.file, e.crc, e.packed, e.size, _method(e), e.at)) for e in journal.entries())
        count = sum(1 for _entry in journal.entries())
        return rest.endswith(end(count, at, length)) and len(rest) == length + len(end(count, at, length))

    def discard(self) -> None:
        """Take away what was begun."""
        self._part.unlink(missing_ok=True)


def _method(entry: Entry) -> int:
    return STORED if entry.packed == entry.size and entry.file.endswith(".docx") else DEFLATED


def make_root(root: Path) -> list[Path]:
    """Make the folder of a run, for its user alone, and return the folders that were made, the deepest first.

    Raises:
        OutputError: if it cannot be made.
        RefusedError: if something else stands there.
    """
    if root.exists() and not root.is_dir():
        raise RefusedError(_("{path}: is a file, not a folder: use another --output", path=root))
    with explained(str(root)):
        missing = [path for path in (root, *root.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700)
        return missing
