"""Where a letter goes: file names, and writes that leave either the whole file or nothing."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from appealgen.catalogue import N_, _, listed
from appealgen.errors import OutputError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class File:
    """A file to be: its place and its bytes."""

    path: Path
    content: bytes


def file_name(case: str, target: str, language: str, form: str, *, joint: bool = False) -> str:
    """Return the name of a letter's file, made of ids only; one that many sign is another letter."""
    return f"{case}-{target}-{language}{'-joint' if joint else ''}.{form}"


def gloss_name(letter: str, language: str) -> str:
    """Return the name of the signer's copy in *language* that goes beside the file called *letter*."""
    return f"{letter.rpartition('.')[0] or letter}-copy-{language}.txt"


#: Bytes as they are, where the system would else change line ends.
BINARY = getattr(os, "O_BINARY", 0)
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def safe_name(text: str, form: str) -> str:
    """Return *text* as the name of a file of the format *form*, on any system.

    Parts of paths, what Windows does not allow, and dots and spaces at the ends are taken out; a name that Windows
    keeps for itself gets a line before it, and a long one is cut.
    """
    name = unicodedata.normalize("NFC", text)
    name = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', "-", name).strip(" .-")
    while len(name.encode()) > _LONGEST_NAME:
        name = name[:-1]
    name = name.strip(" .-") or "letter"
    if name.partition(".")[0].casefold() in _RESERVED:
        name = f"_{name}"
    return f"{name}.{form}"


_LONGEST_NAME = 150


def refuse_link(path: Path) -> None:
    """Refuse to go on with a file that is a link: in a folder that somebody has sent it may lead to any other.

    Raises:
        RefusedError: if it is one.
    """
    if path.is_symlink():
        raise RefusedError(_("{path}: is a link, through which nothing is written: take it away", path=path))


def write(files: Sequence[File], *, force: bool = False, option: str = "--output") -> None:
    """Write all *files* or none; one that already holds its bytes counts as written.

    Each is written beside its place and moved there when all are complete. Folders are made as needed, for the
    user alone (0700), and files too (0600), where the system knows such a thing. *option* is what would name another
    place; empty where neither it nor --force is at hand.

    Raises:
        RefusedError: if another file is in the way, unless *force*.
        OutputError: if the disk is full, a folder cannot be written, or a path is a folder.
    """
    wanted = [file for file in files if not _holds(file)]
    in_the_way = [str(file.path) for file in wanted if os.path.lexists(file.path)]
    if in_the_way and not force:
        raise RefusedError(_in_the_way(listed(in_the_way), option))
    with contextlib.ExitStack() as tidy, contextlib.ExitStack() as undo:
        made: list[tuple[str, File]] = []
        for file in wanted:
            with explained(file.path):
                _make_folder(file.path.parent, undo)
                made.append((_write_beside(file, undo), file))
        for temporary, file in made:
            with explained(file.path):
                if len(made) > 1:
                    _prepare_to_put_back(temporary, file.path, undo, tidy)
                os.replace(temporary, file.path)  # noqa: PTH105  the temporary name is a text
        undo.pop_all()


def _in_the_way(path: object, option: str) -> str:
    if not option:
        return _("{path}: is there already and differs: move it away, or name another folder", path=path)
    return _("{path}: is there already and differs: --force replaces it, {option} writes elsewhere",
             path=path, option=option)  # fmt: skip


def _holds(file: File) -> bool:
    try:
        with file.path.open("rb") as present:
            return present.read(len(file.content) + 1) == file.content
    except OSError:
        return False


def _make_folder(folder: Path, undo: contextlib.ExitStack) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            if not path.is_dir():
                raise
            continue  # another run has made it in the meantime
        undo.callback(_quietly, path.rmdir)


def _write_beside(file: File, undo: contextlib.ExitStack) -> str:
    handle, temporary = tempfile.mkstemp(prefix=".appealgen-", suffix=".part", dir=file.path.parent)
    undo.callback(_quietly, lambda: Path(temporary).unlink())
    with os.fdopen(handle, "wb") as output:
        output.write(file.content)
        output.flush()
        os.fsync(output.fileno())
    return temporary


@contextlib.contextmanager
def open_whole(
    path: Path, *, force: bool = False, option: str = "--output", beside: Callable[[BinaryIO], File] | None = None
) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of *path* when all is written, or leaves nothing if that fails.

    It is for what is too large for `write`, and says *option* where that one says ``--output``. *beside* is asked,
    when all is written, for a second file, which is written with the first or not at all.

    Raises:
        RefusedError: if a file with other bytes is in the way, unless *force*.
        OutputError: if the disk is full, a folder cannot be written, or a path is a folder.
    """
    if os.path.isdir(path):  # noqa: PTH112  of a name that is too long, a Path raises
        raise OutputError(_("{path}: is a folder: give {option} the name of a file", path=path, option=option))
    with contextlib.ExitStack() as tidy, contextlib.ExitStack() as undo, explained(path, option):
        _make_folder(path.parent, undo)
        handle, temporary = tempfile.mkstemp(prefix=".appealgen-", suffix=".part", dir=path.parent)
        undo.callback(_quietly, lambda: Path(temporary).unlink())
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            second = beside(file) if beside else None
        wanted = [(temporary, path)]
        if path.is_file() and filecmp.cmp(temporary, path, shallow=False):
            tidy.callback(_quietly, Path(temporary).unlink)
            wanted = []
        if second is not None and not _holds(second):
            with explained(second.path, option):
                wanted.append((_write_beside(second, undo), second.path))
        in_the_way = [str(place) for _temporary, place in wanted if os.path.lexists(place)]
        if in_the_way and not force:
            raise RefusedError(_in_the_way(listed(in_the_way), option))
        for made, place in wanted:
            with explained(place, option):
                if len(wanted) > 1:
                    _prepare_to_put_back(made, place, undo, tidy)
                os.replace(made, place)  # noqa: PTH105
        undo.pop_all()


def _prepare_to_put_back(temporary: str, path: Path, undo: contextlib.ExitStack, tidy: contextlib.ExitStack) -> None:
    """See that what stands at *path*, if anything, stands there again should a later file fail."""

    def put_back() -> None:
        # The temporary file is gone only once it has been moved to *path*.
        if not os.path.lexists(temporary):
            if stood_there:
                Path(kept).replace(path)
            else:
                path.unlink()

    stood_there = os.path.lexists(path)
    kept = f"{temporary}.old"
    if stood_there:
        try:
            os.link(path, kept, follow_symlinks=False)
        except (OSError, NotImplementedError):  # a file system without links: the new file stays, and is whole
            return
        tidy.callback(_quietly, Path(kept).unlink)
    undo.callback(_quietly, put_back)


def _quietly(action: object) -> None:
    with contextlib.suppress(OSError):
        action()  # type: ignore[operator]


_HINTS = {
    errno.ENOSPC: N_("free some space, or use {option} for another disk"),
    errno.EDQUOT: N_("free some space, or use {option} for another disk"),
    errno.EACCES: N_("use {option} for a folder that you may write to"),
    errno.EPERM: N_("use {option} for a folder that you may write to"),
    errno.EFBIG: N_("free some space, or use {option} for another disk"),
    errno.ENOENT: N_("use {option} for a folder that you may write to"),
    errno.EROFS: N_("use {option} for a folder that you may write to"),
    errno.ENOTDIR: N_("a part of the path is a file, not a folder"),
    errno.EEXIST: N_("a part of the path is a file, not a folder"),
    errno.EISDIR: N_("it is a folder: end {option} with / to write into it"),
    errno.ENAMETOOLONG: N_("use a shorter {option}"),
    errno.EXDEV: N_("use {option} for a folder of this machine's own"),
    errno.EIO: N_("use {option} for another disk"),
    errno.EMFILE: N_("close other programs, or allow more open files"),
}


@contextlib.contextmanager
def explained(path: object, option: str = "--output") -> Iterator[None]:
    """Turn the system's error into what a person can do about it, with the *option* that says where."""
    try:
        yield
    except OSError as error:
        hint = _HINTS.get(error.errno or 0)
        said = _("cannot be written ({reason})", reason=error.strerror or str(error))
        what = _(hint, option=option) if hint else ""
        raise OutputError(": ".join(filter(None, [str(path), said, what]))) from error
