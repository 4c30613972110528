"""What a process stands in: streams, locale, signals, memory, disk; and what to say when one of them gives way."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from appealgen.catalogue import N_, _

if TYPE_CHECKING:
    from typing import TextIO

_ASCII = frozenset({"ascii", "us-ascii", "646", "ansi_x3.4-1968"})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_HINTS = {
    errno.EMFILE: N_("close other programs, or allow more open files (`ulimit -n`), or use --jobs 1"),
    errno.ENFILE: N_("close other programs, or allow more open files"),
    errno.ENOSPC: N_("free some space"),
    errno.EDQUOT: N_("free some space"),
    errno.EFBIG: N_("free some space"),
    errno.ENAMETOOLONG: N_("use a shorter path"),
    errno.EACCES: N_("use a file or folder that you may read and write"),
    errno.EPERM: N_("use a file or folder that you may read and write"),
    errno.ENOMEM: N_("close other programs, or use --jobs 1"),
    errno.EAGAIN: N_("close other programs, or use --jobs 1"),
}


def settle() -> None:
    """Make the process fit to run, whatever it was started with; once, at its start.

    A locale of ASCII alone would break every Cyrillic path and message: the process then starts itself again in
    Python's UTF-8 mode, as Python does of its own in the locale C.
    """
    if os.name == "posix":
        _fill_descriptors()
        # A path made of bytes cannot be told from text by now: only a new start reads the command line anew.
        if sys.getfilesystemencoding() in _ASCII and not sys.flags.utf8_mode:
            with contextlib.suppress(OSError):
                os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606
    for stream in (sys.stdout, sys.stderr):
        _soften(stream)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Under nohup the system ignores SIGHUP: that stays.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(_signal: int, _frame: object) -> NoReturn:
    # What a run holds for a while, such as the table from standard input, is taken away on the way out.
    raise KeyboardInterrupt


def _fill_descriptors() -> None:
    """Open what was closed, so that no letter or journal becomes standard output by taking its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


def _soften(stream: TextIO | None) -> None:
    """Let *stream* show what it has no letters for as escapes, and names of files that are no text as they are."""
    reconfigure = getattr(stream, "reconfigure", None)
    if stream is None or reconfigure is None:
        return
    is_utf8 = (stream.encoding or "").lower().replace("-", "") == "utf8"
    reconfigure(errors="surrogateescape" if is_utf8 else "backslashreplace")


def say(text: str) -> None:
    """Print *text* on standard error, where there is one."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True)


def flush() -> None:
    """Hand what is printed to the system.

    Raises:
        OSError: if standard output does not take it.
    """
    if sys.stdout is not None:
        sys.stdout.flush()


def abandon_streams() -> None:
    """Lead the streams that take nothing more nowhere: Python would complain again when it closes them."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)


def explain(error: BaseException) -> str | None:
    """Return what a person can do about *error*, or None where it is not the machine's doing but a mistake of ours.

    Nothing at all is said when whoever read standard output has gone, as `head` does.
    """
    # Where memory is short nothing more can be imported: what was never loaded cannot have raised anything either.
    pool = sys.modules.get("concurrent.futures.process")
    said = None
    if isinstance(error, OSError):
        abandon_streams()
        # Files of ours are named in their errors; what has no name is a stream.
        where = _("standard output") if error.filename is None and error.errno in _FULL else ""
        said = "" if error.errno == errno.EPIPE else _explain_system(error, where)
    elif isinstance(error, MemoryError):
        said = _("there is not enough memory: close other programs, or use --jobs 1; run the same command again")
    elif pool is not None and isinstance(error, pool.BrokenProcessPool):
        said = _(
            "a process of this run was ended from outside, perhaps for want of memory: "
            "run the same command again to go on, with --jobs 1"
        )
    elif isinstance(error, UnicodeEncodeError):
        said = _(
            "this system's encoding, {encoding}, has no place for {text}: "
            "set PYTHONUTF8=1, or a locale such as C.UTF-8",
            encoding=error.encoding,
            text=ascii(error.object)[:80],
        )
    elif isinstance(error, ImportError):
        said = _(
            "a part of the installation cannot be loaded ({reason}): close other programs, or install anew",
            reason=error,
        )
    return _("Error: {message}", message=said) if said else said


def _explain_system(error: OSError, where: str) -> str:
    try:
        os.getcwd()  # noqa: PTH109
    except OSError:
        return _("the current folder is gone: change into one that is there")
    where = where or (str(error.filename) if error.filename is not None else "")
    reason = error.strerror or str(error)
    hint = _HINTS.get(error.errno or 0)
    return ": ".join(filter(None, [where, reason, _(hint) if hint else ""]))
