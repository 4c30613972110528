"""Nothing opens a connection: not in Python (tests/offline forbids it to every test), nor in a library written in C."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sitecustomize import NetworkUseError

LETTER = ["--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20"]
SIGNERS = "name,city,country\nAna Example,Exampletown,GB\nBen Sample,Sampleham,GB\n"
CONNECTS = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
SWALLOWS = "import socket\ntry: socket.socket()\nexcept BaseException: pass"
DISGUISED = "import _socket\ntry: _socket.socket().connect(('192.0.2.1', 80))\nexcept BaseException: pass"
RESOLVES = "import socket\ntry: socket.getaddrinfo('example.org', 80)\nexcept BaseException: pass"


@pytest.fixture
def tried(network_notes):
    """Return what was noted, and forget it: a test that wants the network deliberately must not fail for it."""

    def take() -> str:
        said = network_notes.read_text(encoding="utf-8") if network_notes.exists() else ""
        network_notes.unlink(missing_ok=True)
        return said

    return take


def test_a_socket_is_refused_here(tried):
    """In the process of the tests itself; a pair of the machine's own is left alone."""
    with pytest.raises(NetworkUseError):
        socket.socket()
    with pytest.raises(NetworkUseError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    for end in socket.socketpair():
        end.close()
    assert "socket.__new__" in tried()


@pytest.mark.parametrize("code", [CONNECTS, SWALLOWS, DISGUISED, RESOLVES])
def test_a_socket_is_refused_in_a_process_of_its_own(code, tried, tmp_path):
    """And noted even where the error is swallowed."""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert "socket." in tried()


def test_the_refusal_reaches_the_command(tmp_path):
    """The command that tests run as users do stands under it too, and so do the processes that it starts."""
    code = "import sys, sitecustomize; print(sitecustomize.__file__)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == Path(__file__).parent / "offline" / "sitecustomize.py"
    where = "__import__('sitecustomize').__file__"
    program = "import multiprocessing as m\n"
    program += f"if __name__ == '__main__': print(m.get_context('spawn').Pool(1).apply(eval, [{where!r}]))"
    (tmp_path / "spawn.py").write_text(program, encoding="utf-8")
    done = subprocess.run([sys.executable, "spawn.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "offline" in done.stdout


@pytest.mark.parametrize(
    "args",
    [
        *(["write", *LETTER, "--format", form] for form in ("docx", "txt", "eml", "pdf", "html")),
        *(["batch", *LETTER, "--signers", "signers.csv", "--format", form, "--jobs", "2"] for form in ("eml", "pdf")),
        ["joint", *LETTER, "--signatories", "signers.csv", "--format", "pdf"],
        ["labels", *LETTER[:4], "--sheet", "L7160"],
        ["envelopes", *LETTER[:4], "--size", "dl"],
        ["copy-out", *LETTER[:4], "--format", "pdf"],
        ["similarity", "page.html", "urgent-action.txt"],
        ["import", "urgent-action.txt"],
        ["import", "page.html"],
        ["check"],
        ["names", "Сервер Мустафаев", "--language", "ru"],
    ],
    ids=lambda args: "-".join(word for word in args if not word.startswith("--"))[:60],
)
def test_the_system_is_asked_for_no_connection(args, tmp_path, run):
    """As strace sees it, whatever language a library is written in."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    assert run("init", ".", "-q").status == 0
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    text = (tmp_path / "urgent-action.txt").read_text(encoding="utf-8")
    (tmp_path / "page.html").write_text(
        "<html><head><link rel=stylesheet href='http://192.0.2.1/a.css'></head><body><img src='http://192.0.2.1/x.png'>"
        + "".join(f"<p>{line}</p>" for line in text.splitlines())
        + "</body></html>",
        encoding="utf-8",
    )
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=%network", "-o", trace, sys.executable, "-m", "appealgen", *args]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    if b"Operation not permitted" in done.stderr and not trace.read_bytes().strip():
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    calls = [
        line
        for line in trace.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bAF_|\b(socket|connect)\(", line)
    ]
    assert [line for line in calls if "AF_UNIX" not in line] == []


def test_strace_would_see_one(tmp_path, tried):
    """Else the test above would prove nothing."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    code = "import _socket; _socket.socket()"
    command = ["strace", "-f", "-e", "trace=%network", "-o", trace, sys.executable, "-S", "-c", code]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert "AF_INET" in trace.read_text(encoding="utf-8")
    tried()
