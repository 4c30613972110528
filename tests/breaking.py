"""Runs commands of which one call to the system fails, or which are killed at one: used by test_faults.py.

Each run is a copy (fork) of one process that has loaded everything, so that a few hundred take seconds. Only calls
that name something in the current folder count; the files that ship are left alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

#: What Python tells of before it does it: https://docs.python.org/3/library/audit_events.html
EVENTS = (
    "open",
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "os.chmod",
    "os.listdir",
    "os.scandir",
)
#: What it does not tell of, and is therefore wrapped.
WRAPPED = ("write", "fsync")


class Fault:
    """Counts calls; the *nth* fails with *error* (a number of errno), or ends the process where that is 0."""

    def __init__(self, nth: int, error: int) -> None:
        self.nth, self.error = nth, error
        self.count = 0
        self.names: list[str] = []
        self.folder = str(Path.cwd())

    def watch(self) -> None:
        sys.addaudithook(self.hear)
        for name in WRAPPED:
            setattr(os, name, self.wrapped(name, getattr(os, name)))

    def wrapped(self, name: str, call: Any) -> Any:
        def replaced(*args: Any) -> Any:
            if args[0] > 2:
                self.meet(name, None)
            return call(*args)

        return replaced

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event not in EVENTS or not isinstance(args[0], str | bytes):
            return
        path = os.path.normpath(f"{self.folder}/{path}" if not (path := os.fsdecode(args[0])).startswith("/") else path)
        if path == self.folder or path.startswith(f"{self.folder}/"):
            self.meet(event, path)

    def meet(self, name: str, path: str | None) -> None:
        self.count += 1
        self.names.append(name)
        if self.count == self.nth:
            if not self.error:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self.error, os.strerror(self.error), path)


def run(args: list[str], cwd: str, nth: int = 0, error: int = 0, size: int = 0) -> dict[str, Any]:
    """Run a command in the folder *cwd* in a copy of this process; *size* is what no file may grow beyond, in bytes."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as counted:
        child = os.fork()
        if not child:
            status = 99
            try:
                os.chdir(cwd)
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
                fault = Fault(nth, error)
                if size:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
                else:
                    fault.watch()
                from appealgen.cli import _status

                status = _status(args)
            except BaseException:  # noqa: BLE001
                traceback.print_exc()
            finally:
                fault.nth = 0
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                for stream in (sys.stdout, sys.stderr):
                    with contextlib.suppress(OSError):
                        stream.flush()
                counted.write(json.dumps([fault.count, fault.names]).encode())
                counted.flush()
                os._exit(status)
        _, waited = os.waitpid(child, 0)
        said.seek(0)
        counted.seek(0)
        count, names = json.loads(counted.read() or b"[0, []]")
        status = os.waitstatus_to_exitcode(waited)
        return {"status": status, "said": said.read().decode(errors="replace"), "count": count, "names": names}


def warm_up() -> None:
    """Load what the commands load, so that no copy has to."""
    from appealgen.cli import _status

    letter = ["--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20", "-q"]
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.chdir(folder)
        Path("signers.csv").write_text("name\nAna Example\n", encoding="utf-8")
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            for form in ("docx", "txt"):
                _status(["write", *letter, "--format", form])
            _status(["batch", *letter, "--signers", "signers.csv"])
            _status(["purge", "letters", "--yes"])
            _status(["init", "group"])
            _status(["import", "group/urgent-action.txt", "--group", "group"])
            _status(["new", "case", "abc", "--group", "group"])
        os.chdir(before)


def main() -> None:
    """Read requests as lines of JSON, answer each with a line."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    warm_up()
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
