"""The questions that `appealgen` alone asks, answered on a terminal."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time

import pytest

pty = pytest.importorskip("pty", reason="no terminals here")

PATIENCE_SECONDS = 60


class Terminal:
    """The program at a terminal of its own; it is asked and answers."""

    def __init__(self, folder, **environment):
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "appealgen"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder,
            env={**os.environ, "COLUMNS": "100", "TERM": "dumb", **environment}, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.said = b""

    def hear(self, until=None):
        """Read on until *until* is said, or to the end, and return what was said since the last answer."""
        end = time.monotonic() + PATIENCE_SECONDS
        while until is None or until.encode() not in self.said:
            ready, _, _ = select.select([self._ours], [], [], max(end - time.monotonic(), 0))
            assert ready, f"waited for {until!r}, heard {self.said!r}"
            try:
                heard = os.read(self._ours, 65536)
            except OSError:  # Linux, when the other end is closed
                heard = b""
            if not heard:
                assert until is None, f"ended before {until!r}, with {self.said!r}"
                break
            self.said += heard
        said, self.said = self.said.decode().replace("\r\n", "\n"), b""
        return said

    def answer(self, question, text):
        said = self.hear(question)
        os.write(self._ours, f"{text}\n".encode())
        return said

    def end(self):
        said = self.hear()
        os.close(self._ours)
        return said, self.process.wait(PATIENCE_SECONDS)


def test_from_the_first_question_to_the_same_command(tmp_path, run):
    """A number or a word picks; the command at the end gives the same bytes."""
    terminal = Terminal(tmp_path)
    assert "Server Mustafayev" in terminal.answer("Which (", "mustafayev")
    assert "the one in your country" in terminal.answer("Which (", "2")
    terminal.answer("Which (", "Russian")
    assert "no copy" in terminal.answer("Which (", "en")
    terminal.answer("Which (", "urgent")
    terminal.answer("Your name", "Ana O’Example")
    terminal.answer("address", "1 Example Street")
    terminal.answer("address", "Exampletown EX1 1AA")
    terminal.answer("address", "")
    terminal.answer("Your country", "Nowhereland")
    assert "Nowhereland" in terminal.answer("Your country", "GB")
    terminal.answer("Which (", "9")
    assert "not among them" in terminal.answer("Which (", "full")
    terminal.answer("of your own", "")
    letter = terminal.answer("Write this letter?", "y")
    assert "Ana O’Example" in letter
    assert "Мустафаев" in letter
    terminal.answer("Which (", "txt")
    said, status = terminal.end()
    assert status == 0, said
    (line,) = re.findall(r"^appealgen (write .*)$", said, re.MULTILINE)
    (file,) = tmp_path.glob("*.txt")
    assert file.name in said
    written = file.read_bytes()
    file.unlink()
    assert run(*shlex.split(line), "-q").status == 0
    assert file.read_bytes() == written


def test_it_can_end_before_anything_is_written(tmp_path):
    """With no at the end the command is all that is left; with Ctrl-C nothing."""
    (tmp_path / "signer.yaml").write_text("name: Ana Example\ncountry: GB\n", encoding="utf-8")
    terminal = Terminal(tmp_path)
    for question in ("Which (", "Which (", "Which (", "Which (", "Signed by Ana Example", "of your own"):
        terminal.answer(question, "")
    terminal.answer("Write this letter?", "n")
    said, status = terminal.end()
    assert status == 0
    assert "appealgen write --case mustafayev --target prosecutor --language en\n" in said
    terminal = Terminal(tmp_path)
    terminal.answer("Which (", "")
    terminal.hear("Which (")
    for _ in range(10):
        # Python hears a signal that comes just before it begins to read a line only after the line: a user tries again.
        terminal.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            terminal.process.wait(2)
            break
    said, status = terminal.end()
    assert status == 130
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["signer.yaml"]


def test_where_nobody_sits_it_shows_its_help():
    """A script gets the help, as before, and status 2."""
    done = subprocess.run(
        [sys.executable, "-m", "appealgen"], check=False, capture_output=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 2
    assert b"Commands:" in done.stdout
