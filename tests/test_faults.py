"""Whatever the machine does: a clear message, nothing half-written, and the same command goes on afterwards."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fcntl", reason="these faults are made as POSIX systems make them")

LETTER = ["--case", "mustafayev", "--date", "2026-11-20"]
BATCH = ["batch", *LETTER, "--target", "prosecutor", "--signers", "signers.csv", "-q", "--jobs", "1"]
SIGNERS = """name,street,postal code,city,country
Ana Example,1 Example Street,EX1 1AA,Exampletown,GB
Ben Sample,2 Sample Road,10115,Berlin,DE
Cleo Specimen,,,,US
"""
STARTER = Path(__file__).parent.parent / "appealgen" / "starter"
TWO = ["--target", "prosecutor", "--target", "embassy"]
#: What a command is -> its words. All of them write all or nothing, but for a batch, which goes on where it stopped.
COMMANDS = {
    "write": ["write", *LETTER, *TWO, "--output", "deep/out/", "-q"],
    "replace": ["write", *LETTER, *TWO, "--output", "present/", "--format", "txt", "--force", "-q"],
    "batch": [*BATCH, "--output", "out/", "--format", "txt"],
    "update": [*BATCH, "--output", "outdated/", "--format", "txt", "--update"],
    "archive": [*BATCH, "--output", "out.zip"],
    "problems": [*BATCH, "--output", "out/", "--format", "txt", "--problems", "all.txt"],
    "init": ["init", "group"],
    "new case": ["new", "case", "abc"],
    "new target": ["new", "target", "abc"],
    "import": ["import", "urgent-action.txt"],
    "check": ["check"],
    "list": ["list", "cases"],
    "show": ["show", "case", "mustafayev"],
    "joint": ["joint", *LETTER, *TWO, "--signatories", "signers.csv", "--format", "txt", "--output", "deep/out/", "-q"],
    "labels": ["labels", *LETTER[:2], *TWO, "--sheet", "L7160", "--output", "deep/labels.pdf", "-q"],
    "envelopes": ["envelopes", *LETTER[:2], *TWO, "--size", "dl", "--output", "deep/envelopes.pdf", "-q"],
    "copy-out": ["copy-out", *LETTER[:2], *TWO, "--country", "GB", "--output", "deep/out/", "-q"],
    "combine": ["batch", *LETTER, *TWO, "--signers", "signers.csv", "--combine", "deep/all.docx", "-q"],
    "mark": ["mark", "outdated", "--sent", "2026-11-20", "-q"],
    "report": ["report", "outdated"],
}
WRITING = ("write", "replace", "batch", "update", "archive", "init", "new target", "joint", "copy-out", "mark")
BATCHES = frozenset({"batch", "update", "archive", "problems"})
ERRORS = (errno.ENOSPC, errno.EACCES, errno.EXDEV, errno.EPERM, errno.EIO, errno.EROFS, errno.EMFILE)


def calls(name: str, count: int) -> range:
    """Return which calls to break: each with APPEALGEN_TEST_ALL in the environment, else some where they are many."""
    step = 4 if name in ("batch", "problems", "import", "init") and not os.environ.get("APPEALGEN_TEST_ALL") else 1
    return range(1, count + 1, step)


@pytest.fixture(scope="module")
def broken():
    """Return a function that runs a command of which one call fails; see breaking.py."""
    server = subprocess.Popen(
        [sys.executable, Path(__file__).parent / "breaking.py"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(Path(__file__).parent.parent),
                                                                       os.environ.get("PYTHONPATH")]))},
    )  # fmt: skip
    assert server.stdin
    assert server.stdout

    def ask(args: list[str], cwd: Path, **how: int) -> dict[str, Any]:
        print(json.dumps({"args": args, "cwd": str(cwd), **how}), file=server.stdin, flush=True)
        answer: dict[str, Any] = json.loads(server.stdout.readline())
        return answer

    yield ask
    server.communicate()


@pytest.fixture
def place(tmp_path, broken):
    """Return a function that makes a fresh folder with what the commands need."""
    model = tmp_path / "model"
    (model / "present").mkdir(parents=True)
    for target in ("prosecutor", "embassy"):
        (model / "present" / f"mustafayev-{target}-en.txt").write_text("mine", encoding="utf-8")
    (model / "signers.csv").write_text(SIGNERS.replace("Sample Road", "Old Road"), encoding="utf-8")
    assert broken(COMMANDS["update"], model)["status"] == 0
    (model / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    shutil.copy(STARTER / "urgent-action.txt", model)
    shutil.copy(STARTER / "targets.yaml", model)
    made = 0

    def make() -> Path:
        nonlocal made
        made += 1
        return Path(shutil.copytree(model, tmp_path / str(made)))

    return make


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def letters(found: dict[str, bytes | None]) -> dict[str, bytes | None]:
    return {name: content for name, content in found.items() if "journal" not in name}


def judge(
    name: str, result: dict[str, Any], before: dict[str, Any], now: dict[str, Any], after: dict[str, Any]
) -> None:
    """See that a run that met a fault did no harm: *after* is what an undisturbed one leaves."""
    assert "Traceback" not in result["said"], result
    assert result["status"] in (0, 1) or "--problems" in result["said"] or "be read" in result["said"], result
    assert result["status"] == 0 or result["said"].strip(), "nothing is said"
    for path, content in now.items():
        if content is not None and not path.endswith((".jsonl", ".zip.part", ".part.old")):
            assert content in (before.get(path), after.get(path)), f"{path} is half-written: {result}"
    if result["status"] and name not in BATCHES:
        # What fails after all is written, such as the reading of what to say next, undoes nothing.
        assert now in (before, after), result


@pytest.mark.parametrize("name", COMMANDS)
def test_any_call_to_the_system_fails(name, broken, place):
    """Each in turn: a full disk, lost permission, a drive that cannot move files, no more handles ..."""
    folder = place()
    before = tree(folder)
    usual = broken(COMMANDS[name], folder)
    after = tree(folder)
    assert usual["status"] == 0, usual
    assert usual["count"] or name in ("list", "show")
    for nth in calls(name, usual["count"]):
        folder = place()
        error = ERRORS[nth % len(ERRORS)]
        result = broken(COMMANDS[name], folder, nth=nth, error=error)
        assert result["count"] >= nth
        judge(name, result, before, tree(folder), after)
        if name in BATCHES:
            assert broken(COMMANDS[name], folder)["status"] == 0
            assert letters(tree(folder)) == letters(after), (result, nth)
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", WRITING)
def test_killed_at_any_call(name, broken, place):
    """kill -9 at each in turn: what stands at a letter's name is whole or, in a batch, mended by the next run."""
    folder = place()
    before = tree(folder)
    usual = broken(COMMANDS[name], folder)
    after = tree(folder)
    for nth in calls("batch" if name in BATCHES else name, usual["count"]):
        folder = place()
        result = broken(COMMANDS[name], folder, nth=nth, error=0)
        assert result["status"] == -signal.SIGKILL
        if name in BATCHES:
            assert broken(COMMANDS[name], folder)["status"] == 0, result
            assert letters(tree(folder)) == letters(after), nth
        else:
            hidden = (".part", ".part.old")
            for path, content in tree(folder).items():
                if content is not None and not path.endswith(hidden):
                    assert content in (before.get(path), after.get(path)), path
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["write", "replace", "batch", "update", "archive", "init", "new case", "import"])
def test_no_file_grows_beyond_a_size(name, broken, place):
    """Wherever in a file the disk is full."""
    folder = place()
    before = tree(folder)
    assert broken(COMMANDS[name], folder)["status"] == 0
    after = tree(folder)
    largest = max(len(content) for path, content in after.items() if content and content != before.get(path))
    for size in (1, 3, 200, 700, largest // 2, largest - 1):
        folder = place()
        result = broken(COMMANDS[name], folder, size=size)
        judge(name, result, before, tree(folder), after)
        if name in BATCHES:
            again = broken(COMMANDS[name], folder)
            assert again["status"] == 0, (size, again)
            assert letters(tree(folder)) == letters(after), size
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["batch", "archive"])
def test_power_loss(name, broken, place):
    """The journal, the letters and the archive cut off or never reached the disk, at any place: all is mended."""
    folder = place()
    assert broken(COMMANDS[name], folder)["status"] == 0
    after = tree(folder)
    chance = random.Random(name)  # noqa: S311
    mine = [path for path in after if path.startswith(("out/", "out.zip")) and after[path] is not None]
    for _ in range(100 if os.environ.get("APPEALGEN_TEST_ALL") else 8):
        folder = place()
        assert broken(COMMANDS[name], folder)["status"] == 0
        for path in mine:
            content = after[path] or b""
            cut = chance.randrange(len(content) + 1)
            left = content[:cut] + b"\0" * (len(content) - cut) * chance.randrange(2)
            if path.endswith(".zip"):
                # Before the power went it had not been moved to its place.
                (folder / path).rename(folder / f"{path}.part")
                path = f"{path}.part"  # noqa: PLW2901
            (folder / path).write_bytes(left)
        again = broken(COMMANDS[name], folder)
        assert again["status"] == 0, again
        assert letters(tree(folder)) == letters(after)
        shutil.rmtree(folder)


def test_a_damaged_journal(broken, place):
    """Bytes of it changed: a clear refusal, or letters as they should be; never a traceback or a changed letter."""
    chance = random.Random("journal")  # noqa: S311
    folder = place()
    assert broken(COMMANDS["batch"], folder)["status"] == 0
    after, journal = tree(folder), (folder / "out" / "journal.jsonl").read_bytes()
    strange = [
        b'{"ru' + bytes(300), bytes(300),
        b'{"run":{"date":5}}\n', b'{"run":[]}\n', b'{"n":1}\n', b'{"n":"x","row":1,"kit":1,"file":1,"sha256":1}\n',
        b'{"n":99999999999,"row":"","kit":"","file":"","sha256":""}\n', b"[" * 100_000 + b"\n", b"null\n", b"\xff\n",
        b'{"n":-1,"row":"","kit":"","file":"","sha256":""}\n',
        b'{"n":true,"row":"","kit":"","file":"","sha256":""}\n', b'{"n":4,"row":"","kit":"","file":"","sha256":"zz"}\n',
    ]  # fmt: skip
    damaged = [journal.splitlines(keepends=True)[0] + line + journal for line in strange] + strange
    for _ in range(500 if os.environ.get("APPEALGEN_TEST_ALL") else 20):
        content = bytearray(journal)
        for _ in range(chance.randrange(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        damaged.append(bytes(content))
    for content in damaged:
        (folder / "out" / "journal.jsonl").write_bytes(content)
        for args in (["purge", "out", "--dry-run", "-q"], COMMANDS["batch"]):
            result = broken(args, folder)
            assert result["status"] in (0, 1), (content, result)
            assert "Traceback" not in result["said"], (content, result)
        assert letters(tree(folder)) == letters(after)


def shell(line: str, cwd: Path, **variables: str | None) -> subprocess.CompletedProcess[bytes]:
    """Run *line* in a shell, where $A is the command; a variable that is None is taken away."""
    environment = {**os.environ, "A": f"{sys.executable} -m appealgen", "PYTHONDONTWRITEBYTECODE": "1", **variables}
    kept = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(["bash", "-c", line], cwd=cwd, env=kept, capture_output=True, check=False)


W = "$A write --case mustafayev --target prosecutor --date 2026-11-20 -q"


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        (f"{W} --format txt --output - >&-", 1, b"standard output: is closed"),
        (f"{W} --format txt --output o/ >&- 2>&- <&-; s=$?; test -s o/*.txt && exit $s", 0, b""),
        ("$A write --case nobody --target x 2>&-", 2, b""),
        ("$A list cases >/dev/full", 1, b"standard output: No space left on device"),
        (f"{W} --format txt --output - >/dev/full", 1, b"standard output: No space left on device"),
        (f"{W} --json --output o/ > /dev/full", 1, b"standard output: No space left on device"),
        (f"{W[:-3]} --output o/ 2>/dev/full; s=$?; test -s o/*.docx && exit $s", 1, b""),
        ("$A check --json | true; exit ${PIPESTATUS[0]}", 1, b""),
        ("$A schema case | head -1", 0, b""),
        ("$A batch --case mustafayev --target prosecutor --signers - <&-", 2, b"standard input is closed"),
        (f"{W} --name 'Ana Example' --message-file - <&-", 2, b"standard input is closed"),
        ("$A purge nowhere <&-", 2, b"no such folder"),
    ],
)  # fmt: skip
def test_streams_that_are_closed_or_full(line, status, said, tmp_path):
    """Each of the three; a reader that goes away is no error to tell of."""
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = shell(line, tmp_path)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    if not said:
        assert done.stderr == b""


def test_no_letter_becomes_standard_output(tmp_path):
    """Where 1 is closed, the next file opened would get its number, and what a library prints would go into it."""
    code = "import os; from appealgen.cli import surroundings; surroundings.settle(); print(os.open('f', os.O_CREAT))"
    done = shell(f'{sys.executable} -c "{code.replace("print(", "os._exit(10 + ")}" <&- >&- 2>&-', tmp_path)
    assert done.returncode == 13


POOR = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": None}


@pytest.mark.parametrize(
    "poor",
    [
        POOR,
        {**POOR, "LC_ALL": "POSIX"},
        {**POOR, "LC_ALL": "C.UTF-8", "PYTHONUTF8": None, "PYTHONIOENCODING": "ascii"},
        {**POOR, "LC_ALL": "C.UTF-8", "PYTHONUTF8": None, "PYTHONIOENCODING": "cp1252"},
    ],
    ids=["C", "POSIX", "ascii", "cp1252"],
)  # fmt: skip
def test_a_locale_that_knows_no_cyrillic(poor, tmp_path):
    """Messages, paths and names in Cyrillic all the same."""
    (tmp_path / "люди.csv").write_text("name,city,country\nАня Пример,Лондон,GB\n", encoding="utf-8")
    for line, status, made in (
        (f"{W} --language ru --name 'Аня Пример' --country GB --format txt --output 'Мои письма/'", 0,
         "Мои письма/mustafayev-prosecutor-ru.txt"),
        ("$A batch --case 'Сервер Мустафаев' --target prosecutor --signers люди.csv --date 2026-11-20 "
         "--file-name '{{ name }}' --output Все/", 0, "Все/Аня Пример.docx"),
        ("$A show case mustafayev", 0, ""),
        ("$A names 'Сервер Мустафаев' --language ru", 0, ""),
        ("$A show case Мустафай", 2, ""),
    ):  # fmt: skip
        done = shell(line, tmp_path, **poor)
        assert done.returncode == status, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        assert not made or (tmp_path / made).is_file()
    text = (tmp_path / "Мои письма" / "mustafayev-prosecutor-ru.txt").read_text(encoding="utf-8")
    assert "Аня Пример" in text


def test_a_poor_place(tmp_path):
    """No home, no folder for temporary files, PATH gone."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    poor: dict[str, Any] = {"HOME": None, "TMPDIR": "/nowhere", "USER": None, "LOGNAME": None}
    batch = W.replace("write", "batch")
    for line in (f"{W} --format pdf", f"{W} --format docx", "$A check -q", f"{batch} --signers - <signers.csv"):
        done = shell(line, tmp_path, **poor)
        assert (done.returncode, done.stderr) == (0, b""), line


@pytest.mark.parametrize(
    "line", ["$A list cases", "$A check", W, f"{W} --output - --format txt", "$A new case abc",
             "$A show case mustafayev",
             "$A batch --case mustafayev --target prosecutor --signers /dev/null"]
)  # fmt: skip
def test_the_current_folder_is_gone(line, tmp_path):
    """As when somebody has deleted it in another window."""
    done = shell(f"mkdir gone; cd gone; rmdir ../gone; {line}", tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().strip() == "Error: the current folder is gone: change into one that is there"


@pytest.mark.parametrize("option", ["--output {}/", "--group {}", "--signer {}", "--message-file {}"])
@pytest.mark.parametrize("path", ["a" * 300, "a/" * 2400 + "x"], ids=["name", "path"])
def test_paths_that_are_too_long(option, path, tmp_path):
    """Are named, with the system's reason."""
    done = shell(f"{W} --name 'Ana Example' ".replace("--name", "--name" if "--signer" not in option else "--message")
                 + option.format(path), tmp_path)  # fmt: skip
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert b"too long" in done.stderr or b"there is no folder" in done.stderr
    assert list(tmp_path.iterdir()) == []


def limited(args: list[str], cwd: Path, kind: int, size: int) -> subprocess.CompletedProcess[bytes]:
    def limit() -> None:
        resource.setrlimit(kind, (size, size))

    command = [sys.executable, "-B", "-m", "appealgen", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, preexec_fn=limit, timeout=60)


def test_no_more_open_files(tmp_path):
    """With more processes than there are handles for."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    args = [*BATCH[:-2], "--jobs", "3", "--format", "txt", "--output"]
    told = 0
    for number in (7, 10, 13, 15, 17):
        done = limited([*args, f"{number}/"], tmp_path, resource.RLIMIT_NOFILE, number)
        assert b"Traceback" not in done.stderr, (number, done.stderr)
        assert done.returncode in (0, 1)
        told += b"Too many open files" in done.stderr and b"ulimit -n" in done.stderr
    assert told > 2
    assert limited([*args, "7/"], tmp_path, resource.RLIMIT_NOFILE, 256).returncode == 0
    assert len(list((tmp_path / "7").glob("*.txt"))) == 3


def test_no_more_memory(tmp_path):
    """From where the interpreter itself has started: a message, or a letter."""
    if sys.platform != "linux":
        pytest.skip("only Linux limits the memory of a process so")
    with (tmp_path / "large.csv").open("wb") as file:
        file.write(b"name\n")
        file.truncate(600_000_000)  # one line without an end; it takes no room on the disk
    args = ["batch", *LETTER, "--target", "prosecutor", "--signers", "large.csv", "-q"]
    done = limited(args, tmp_path, resource.RLIMIT_AS, 400_000_000)
    (tmp_path / "large.csv").unlink()
    assert done.returncode == 1, done
    assert b"Traceback" not in done.stderr
    assert b"there is not enough memory" in done.stderr


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_is_killed(with_signal, tmp_path):
    """As the system does when memory is short: it is said, and the same command goes on."""
    if not Path("/proc/self/task").exists():
        pytest.skip("this system does not list a process's children")
    rows = "".join(f"Signer {n},{n} Example Street,10115,Berlin,DE\n" for n in range(9000))
    (tmp_path / "signers.csv").write_text(SIGNERS + rows, encoding="utf-8")
    args = [*BATCH[:-3], "--jobs", "2", "--format", "txt", "--output", "out/"]
    process = subprocess.Popen(
        [sys.executable, "-m", "appealgen", *args], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while not list((tmp_path / "out").glob("*.txt"))[:1]:
        time.sleep(0.02)
        assert process.poll() is None, process.communicate()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    os.kill(int(children[-1]), with_signal)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"Traceback" not in err
    assert b"ended from outside" in err
    assert b"--jobs 1" in err
    done = subprocess.run([sys.executable, "-m", "appealgen", *args], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").glob("*.txt"))) == 9003


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGHUP])
def test_the_session_ends(with_signal, tmp_path):
    """The machine is shut down, the window closed: the run stops after the letter at hand, as for Ctrl-C."""
    rows = "".join(f"Signer {n},{n} Example Street,10115,Berlin,DE\n" for n in range(9000))
    (tmp_path / "signers.csv").write_text(SIGNERS + rows, encoding="utf-8")
    args = [*BATCH, "--format", "txt", "--output", "out/"]
    process = subprocess.Popen(
        [sys.executable, "-m", "appealgen", *args], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while not list((tmp_path / "out").glob("*.txt"))[:1]:
        time.sleep(0.02)
        assert process.poll() is None, process.communicate()
    process.send_signal(with_signal)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == b"stopped: run the same command again to go on\n"


def test_a_drive_without_locks(run, tmp_path, monkeypatch):
    """Some network drives know none: a run goes on there. A lock that is held is another matter."""
    import fcntl

    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    for error, status in ((errno.ENOLCK, 0), (errno.EOPNOTSUPP, 0), (errno.EWOULDBLOCK, 1)):

        def flock(*_args: Any, error: int = error) -> None:
            raise OSError(error, os.strerror(error))

        monkeypatch.setattr(fcntl, "flock", flock)
        assert run(*COMMANDS["batch"]).status == status


def test_letters_that_are_written_at_once(tmp_path):
    """Eight processes into one new folder: each letter is whole, nothing else is left, all succeed."""
    command = [
        sys.executable,
        "-m",
        "appealgen",
        "write",
        *LETTER,
        "--target",
        "all",
        "--output",
        "a/b/",
        "--format",
        "txt",
    ]
    running = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(8)
    ]
    for process in running:
        _, err = process.communicate(timeout=120)
        assert b"Traceback" not in err
        assert process.returncode == 0, err
    assert len(list((tmp_path / "a" / "b").iterdir())) == 3


def test_a_folder_that_another_run_makes_at_the_same_moment(run, tmp_path, monkeypatch):
    """It is there when this run comes to make it: all the better."""
    mkdir = Path.mkdir

    def late(path: Path, *args: Any, **kwargs: Any) -> None:
        mkdir(path, *args, **kwargs)
        mkdir(path, *args, **kwargs)

    monkeypatch.setattr(Path, "mkdir", late)
    assert run(*COMMANDS["write"]).status == 0
    assert len(list((tmp_path / "deep" / "out").iterdir())) == 2


def test_the_clock_and_times_of_files_do_not_matter(run, tmp_path):
    """A run that goes on keeps its date though the clock went back; no time of a file is ever looked at."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    dated = [word for word in COMMANDS["batch"] if word not in ("--date", "2026-11-20")]
    assert run(*dated, "--date", "2031-01-01", "--limit", "1", "--allow-closed").status == 0
    assert run(*dated, "--allow-closed").status == 0
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "out").glob("*.txt"))]
    assert all("2031" in text for text in texts)
    for stamp, path in zip((0, 2**31, 1), sorted((tmp_path / "out").iterdir()), strict=False):
        os.utime(path, (stamp, stamp))
    os.utime(tmp_path / "signers.csv", (2**31, 2**31))
    said = json.loads(run(*dated, "--allow-closed", "--json").text)
    assert (said["written"], said["there"]) == (0, 3)


def test_line_ends_of_windows_in_every_file(run, tmp_path):
    """Cases, targets, templates, lists, signers, messages: the letters are the same, byte for byte."""
    from appealgen.library import shipped

    unix, windows = tmp_path / "unix", tmp_path / "windows"
    assert run("init", str(unix)).status == 0
    for name in ("cases", "templates"):
        shutil.copytree(shipped() / name, unix / name, dirs_exist_ok=True)
    for name in ("do-not-name.yaml", "countries.yaml", "columns.yaml"):
        shutil.copy(shipped() / name, unix / name)
    (unix / "signer.yaml").write_text(
        "name: Ana Example\ncountry: GB\nmessage: |\n  I teach.\n\n  Long.\n", encoding="utf-8"
    )
    (unix / "message.txt").write_text("One.\n\nTwo\nlines.\n", encoding="utf-8")
    shutil.copytree(unix, windows)
    changed = 0
    for path in windows.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
            changed += 1
    assert changed > 30
    for args in (
        ["write", "--case", "example", "--target", "minister", "--format", "txt", "--output", "-"],
        ["write", *LETTER, "--target", "prosecutor", "--language", "ru", "--format", "txt", "--output", "-"],
        ["write", *LETTER, "--target", "embassy", "--name", "Ben Sample", "--message-file", "message.txt", "--format",
         "eml", "--output", "-"],
        ["batch", *LETTER, "--target", "prosecutor", "--signers", "signers.csv", "--dry-run"],
        ["import", "urgent-action.txt", "--dry-run"],
        ["check"],
    ):  # fmt: skip
        dated = [*args, "--date", "2026-11-20"] if args[0] == "write" and "--date" not in args else args
        first, second = run(*dated, cwd=unix), run(*dated, cwd=windows)
        assert first.status == 0, first.err
        assert (first.status, first.out) == (second.status, second.out), second.err


def test_a_folder_with_spaces_and_cyrillic_behind_a_link(run, tmp_path):
    """As a path, as a group, as the place of the letters."""
    group = tmp_path / "Наша группа (2)"
    link = tmp_path / "link to it"
    assert run("init", str(group)).status == 0
    link.symlink_to(group)
    for folder in (group, link):
        assert run("check", "--group", str(folder)).status == 0
        result = run("write", "--case", "example", "--target", "minister", "--group", str(folder), "--output",
                     f"{folder}/Мои письма/", "--date", "2026-11-20", "--force")  # fmt: skip
        assert result.status == 0
        assert result.text == f"{folder}/Мои письма/example-minister-en.docx\n"
        assert run("import", f"{folder}/urgent-action.txt", "--group", str(folder), "--dry-run").status == 0
        assert run("new", "target", f"t{len(folder.name)}", "--group", str(folder)).status == 0
        shutil.copy(STARTER / "targets.yaml", group / "targets.yaml")
    assert link.is_symlink()
