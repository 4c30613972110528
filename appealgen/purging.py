"""Taking away what a run of a batch has written: only what is known, by its journal, to be the run's own.

Nothing is overwritten before it is unlinked: on today's disks and file systems that would promise more than it does.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.destination import Archive
from appealgen.errors import OutputError, UsageError
from appealgen.journal import FILES, NAME, Journal, journal_of, marks_of, notes
from appealgen.output import explained

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_FILES = tuple(f"{suffix}.{NAME}" for suffix in FILES)
# What a write that was killed leaves: the new file, or the one that it was about to replace.
_PART = re.compile(r"\.appealgen-\w+\.part(\.old)?")


@dataclass(slots=True)
class Holding:
    """What stands in a folder of a run.

    *letters*, *archives* (or prints) and *parts* are as they were written. *changed* is what somebody has changed,
    *unnoted* files that are called as the run calls its letters, but are not in the journal, as when it was killed.
    *others* counts the files that are none of the run's. Links count as such, and are never followed.
    """

    folder: Path
    letters: list[Path] = field(default_factory=list)
    archives: list[Path] = field(default_factory=list)
    parts: list[Path] = field(default_factory=list)
    journals: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    unnoted: list[Path] = field(default_factory=list)
    others: int = 0

    def doomed(self, *, force: bool) -> list[Path]:
        """Return what is to be taken away, journals last: a purge that is broken off can be gone on with."""
        found = [*self.letters, *self.archives, *self.parts]
        if force:
            found += [*self.changed, *self.unnoted]
        if force or not self.kept:
            found += self.journals
        return found

    @property
    def kept(self) -> list[Path]:
        """What stays unless it is forced away."""
        return [*self.changed, *self.unnoted]


def find(place: Path) -> Holding:
    """Find what runs have left at *place*: a folder of letters, archives or prints, or one archive or print.

    Raises:
        UsageError: if no run has been there.
        RefusedError: if one is going on.
        OutputError: if something cannot be read.
    """
    folder, archives = place, None
    if place.suffix.lower() in FILES and not place.is_dir():
        folder, archives = place.parent, [place]
    if not folder.is_dir():
        raise UsageError(_("{path}: there is no such folder", path=place))
    with explained(str(folder)):
        holding = Holding(folder)
        if archives is None:
            archives = [
                path.with_name(path.name.removesuffix(f".{NAME}"))
                for path in sorted(folder.iterdir())
                if path.name.lower().endswith(_OF_FILES) and path.is_file() and not path.is_symlink()
            ]
            _find_letters(holding, archives)
        for archive in archives:
            _find_archive(holding, archive)
    if not (holding.journals or holding.parts):
        raise UsageError(_("{path}: no batch has been written here: there is no {name}", path=place, name=NAME))
    return holding


def remove(holding: Holding, *, force: bool = False) -> int:
    """Take away what *holding* has, then folders that are empty, and return how many folders went.

    Args:
        holding: what was found.
        force: whether to take away changed and unnoted letters as well.

    Raises:
        OutputError: if something cannot be taken away; what stands before it is gone, and the journal is not.
    """
    doomed = holding.doomed(force=force)
    for path in doomed:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            message = _(
                "{path}: cannot be removed ({reason}): what is noted before it is gone; mend that, and purge again",
                path=path,
                reason=error.strerror,
            )
            raise OutputError(message) from error
    return _remove_empty({path.parent for path in doomed} | {holding.folder}, holding.folder)


def _remove_empty(folders: set[Path], top: Path) -> int:
    """Take away those of *folders* that are empty, deepest first, and then their parents up to *top*."""
    here = Path.cwd()
    every = {
        parent for folder in folders for parent in (folder, *folder.parents) if parent == top or top in parent.parents
    }
    gone = 0
    for folder in sorted(every, key=lambda path: len(path.parts), reverse=True):
        if folder.resolve() in (here, *here.parents) or folder.is_symlink():
            continue
        try:
            folder.rmdir()
        except OSError:
            continue
        gone += 1
    return gone


def _find_letters(holding: Holding, archives: list[Path]) -> None:
    """Find the letters of the folder's own run; *archives* and what stands beside them are looked at apart."""
    apart = {beside for path in archives for beside in _around(path)}
    journal = holding.folder / NAME
    is_run = journal.is_file() and not journal.is_symlink()
    digests: set[bytes] = set()
    names: set[str] = set()
    called: re.Pattern[str] | None = None
    if is_run:
        _check_free(journal)
        holding.journals.append(journal)
        for said in notes(journal):
            if "n" in said:
                with contextlib.suppress(ValueError):  # damaged
                    digests.add(bytes.fromhex(said["sha256"]))
                names.add(said["file"])
            elif "run" in said:
                called = _calling(said["run"])
    for path in (path for path in _files(holding.folder) if path not in apart):
        name = path.relative_to(holding.folder).as_posix()
        if path.is_symlink() or path == journal:
            holding.others += path != journal
        elif (is_run and path == marks_of(journal)) or _PART.fullmatch(path.name):
            holding.parts.append(path)
        elif not is_run:
            holding.others += 1
        elif _digest(path) in digests:
            holding.letters.append(path)
        elif name in names:
            holding.changed.append(path)
        elif called is not None and called.fullmatch(name):
            holding.unnoted.append(path)
        else:
            holding.others += 1


def _calling(run: dict[str, object]) -> re.Pattern[str] | None:
    """Return how a run calls its letters, or None where the user has chosen."""
    if run.get("file_name"):
        return None
    case, form = re.escape(str(run.get("case"))), re.escape(str(run.get("format")))
    return re.compile(rf"(\d{{4,}}/)?\d{{6,}}-{case}-[a-z0-9-]+-[a-z]+\.{form}")


def _around(archive: Path) -> tuple[Path, Path, Path, Path]:
    """Return the places of an archive or print, of its journal, of its part and of its marks."""
    journal = journal_of(archive)
    return archive, journal, archive.with_name(f"{archive.name}.part"), marks_of(journal)


def _find_archive(holding: Holding, archive: Path) -> None:
    _place, path, *parts = _around(archive)
    if not path.is_file() or path.is_symlink():
        return
    journal = Journal(path)
    journal.open(only_read=True)
    try:
        whole = archive.is_file() and not archive.is_symlink() and _is_whole(archive, journal)
    finally:
        journal.close()
    holding.journals.append(path)
    for part in parts:
        if part.is_file() and not part.is_symlink():
            holding.parts.append(part)
    if whole:
        holding.archives.append(archive)
    elif archive.is_file():
        holding.changed.append(archive)


def _is_whole(archive: Path, journal: Journal) -> bool:
    """Tell whether an archive or a print is as it was written."""
    if archive.suffix.lower() == ".zip":
        return Archive(archive).is_whole(journal)
    return _digest(archive).hex() == journal.sha256


def _check_free(path: Path) -> None:
    """See that no run holds the journal at *path*, and that it is one."""
    journal = Journal(path)
    journal.open(only_read=True)
    journal.close()


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files and links below *folder*, sorted, without following a link to a folder."""
    for top, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        links = [name for name in folders if Path(top, name).is_symlink()]
        yield from (Path(top, name) for name in sorted([*files, *links]))


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
