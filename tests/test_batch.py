"""The run over many signers: the same letters as `write`, whatever happens on the way."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from appealgen.archive import archive, deflated, stored

ASK = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv", "--date", "2026-11-20")
SIGNERS = """name,street,postal code,city,country,email,message
Ana Example,1 Example Street,EX1 1AA,Exampletown,GB,ana@example.org,
Ben & <Sample>,2 Sample Road,10115,Berlin,DE,,I teach chemistry.
Cleo Specimen,,,,US,cleo@example.org,
"""


@pytest.fixture
def table(tmp_path):
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    return tmp_path / "signers.csv"


def many(path: Path, count: int) -> None:
    rows = (f"Signer {n},{n} Example Street,1{n % 10000:04},Exampletown,DE,s{n}@example.org," for n in range(count))
    path.write_text(SIGNERS.splitlines()[0] + "\n" + "\n".join(rows) + "\n", encoding="utf-8")


def letters(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "journal.jsonl"}  # fmt: skip


@pytest.mark.parametrize("form", ["docx", "txt", "eml"])
@pytest.mark.usefixtures("table")
def test_each_letter_is_the_one_that_write_gives(run, tmp_path, form):
    """The same bytes, for each signer and target, in files called by number."""
    attach = ["--attach"] if form == "eml" else []
    ask = (*ASK, "--target", "embassy", "--output", "out/", "--format", form, *attach)
    assert run(*ask).status == 0
    found = letters(tmp_path / "out")
    assert len(found) == 6
    for number, who in enumerate((
        ["--name", "Ana Example", "--address", "1 Example Street", "--address", "Exampletown", "--address", "EX1 1AA",
         "--country", "GB", "--email", "ana@example.org"],
        ["--name", "Ben & <Sample>", "--address", "2 Sample Road", "--address", "10115 Berlin", "--country", "DE",
         "--message", "I teach chemistry."],
        ["--name", "Cleo Specimen", "--country", "US", "--email", "cleo@example.org"],
    ), 1):  # fmt: skip
        for target in ("prosecutor", "embassy"):
            one = run("write", "--case", "mustafayev", "--target", target, "--date", "2026-11-20", *who,
                      "--format", form, "--output", "-", *attach)  # fmt: skip
            assert one.out == found[f"{number:06}-mustafayev-{target}-en.{form}"]


@pytest.mark.parametrize("output", ["out/", "out.zip"])
def test_the_bytes_do_not_depend_on_the_processes(run, tmp_path, output):
    """One process or three."""
    many(tmp_path / "signers.csv", 400)
    ask = (*ASK, "--format", "txt", "-q")
    assert run(*ask, "--output", f"one-{output}", "--jobs", "1").status == 0
    assert run(*ask, "--output", f"three-{output}", "--jobs", "3").status == 0
    one, three = tmp_path / f"one-{output}", tmp_path / f"three-{output}"
    if output.endswith(".zip"):
        assert one.read_bytes() == three.read_bytes()
    else:
        assert letters(one) == letters(three)
        assert len(letters(one)) == 400
    journals = [
        (path / "journal.jsonl" if path.is_dir() else Path(f"{path}.journal.jsonl")).read_bytes()
        for path in (one, three)
    ]
    assert journals[0] == journals[1]


@pytest.mark.usefixtures("table")
def test_an_archive_is_what_others_read(run, tmp_path):
    """Python's own zipfile and Info-ZIP find every letter, whole, with nothing of the clock."""
    assert run(*ASK, "--output", "letters.zip").status == 0
    assert run(*ASK, "--output", "out/").status == 0
    with zipfile.ZipFile(tmp_path / "letters.zip") as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == letters(tmp_path / "out")
        assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    if Path("/usr/bin/unzip").exists():
        subprocess.run(["/usr/bin/unzip", "-tq", tmp_path / "letters.zip"], check=True, capture_output=True)


def test_a_large_archive_is_read(tmp_path):
    """More members than the old format counts."""
    members = (stored(f"{n:06}.txt", str(n).encode()) for n in range(70_000))
    (tmp_path / "large.zip").write_bytes(archive(members))
    with zipfile.ZipFile(tmp_path / "large.zip") as found:
        assert len(found.namelist()) == 70_000
        assert found.read("069999.txt") == b"69999"
    assert deflated("a", b"x" * 1000).size == 1000


def test_nothing_is_written_when_a_row_is_wrong(run, tmp_path):
    """Everything is checked first; --keep-going writes the good rows and exits 1."""
    many(tmp_path / "signers.csv", 40)
    with (tmp_path / "signers.csv").open("a", encoding="utf-8") as file:
        file.write(",,,,,,\n" + "Wrong Row,only\n" * 30 + "Last One,,,,Nowhere,,\n")
    result = run(*ASK, "--output", "out/", "--problems", "all.txt")
    assert result.status == 1
    assert letters(tmp_path / "out") == {}
    assert result.err.count("has 2 cells where the header has 7") == 20
    assert "31 problems (all are in all.txt)" in result.err
    every = (tmp_path / "all.txt").read_text(encoding="utf-8").splitlines()
    assert len([line for line in every if not line.startswith("warning")]) >= 31
    assert any(line.startswith('signers.csv:73: country: "Nowhere" is not a country') for line in every)
    assert run(*ASK, "--output", "out/", "--keep-going").status == 1
    assert len(letters(tmp_path / "out")) == 40


@pytest.mark.usefixtures("table")
def test_a_look_first(run, tmp_path):
    """--dry-run, --limit and --only; numbers stay what they are in the whole run."""
    result = run(*ASK, "--dry-run")
    assert "3  prosecutor, en, formal, docx" in result.text
    assert "Dear Prosecutor General," in result.text
    assert not list(tmp_path.glob("letters*"))
    assert run(*ASK, "--limit", "1", "--output", "out/").status == 0
    assert list(letters(tmp_path / "out")) == ["000001-mustafayev-prosecutor-en.docx"]
    assert run(*ASK, "--only", "4", "--output", "out/").status == 0
    assert len(letters(tmp_path / "out")) == 2
    assert "000003-mustafayev-prosecutor-en.docx" in letters(tmp_path / "out")
    assert run(*ASK, "--only", "7", "--output", "out/").status == 2
    said = json.loads(run(*ASK, "--output", "out/", "--json").text)
    assert (said["written"], said["there"]) == (1, 2)


@pytest.mark.usefixtures("table")
def test_going_on_another_day_gives_the_same_bytes(run, tmp_path):
    """The date of the run is that of its first day."""
    undated = ASK[:-2]
    assert run(*ASK, "--limit", "1", "--output", "out/").status == 0
    assert run(*undated, "--output", "out/").status == 0
    assert run(*ASK, "--output", "undisturbed/").status == 0
    assert letters(tmp_path / "out") == letters(tmp_path / "undisturbed")
    result = run(*undated, "--date", "2026-12-01", "--output", "out/")
    assert result.status == 1
    assert "--update" in result.err


@pytest.mark.usefixtures("table")
def test_a_damaged_file_is_written_again_and_a_changed_one_is_kept(run, tmp_path):
    """Cut off, empty or never reached the disk: again. Changed by somebody: only with --force."""
    assert run(*ASK, "--output", "out/").status == 0
    before = letters(tmp_path / "out")
    first, second, third = sorted((tmp_path / "out").glob("*.docx"))
    first.write_bytes(first.read_bytes()[:100])
    second.write_bytes(b"\0" * len(before[second.name]))
    third.unlink()
    assert run(*ASK, "--output", "out/").status == 0
    assert letters(tmp_path / "out") == before
    first.write_bytes(b"in my own words")
    result = run(*ASK, "--output", "out/")
    assert result.status == 1
    assert f"{first.name}: kept" in result.err
    assert first.read_bytes() == b"in my own words"
    assert run(*ASK, "--output", "out/", "--force").status == 0
    assert letters(tmp_path / "out") == before


@pytest.mark.parametrize("output", ["out/", "out.zip"])
def test_what_has_changed_since_is_outdated(table, run, tmp_path, output):
    """A row or a template that has changed is said, and rewritten with --update; the rest stays."""
    ask = (*ASK, "--output", output, "--format", "txt")
    assert run(*ask).status == 0
    table.write_text(SIGNERS.replace("1 Example Street", "9 New Street"), encoding="utf-8")
    result = run(*ask)
    assert result.status == 1
    assert "1 of the letters" in result.err
    assert run(*ask, "--update").status == 0

    def first() -> str:
        if output == "out/":
            return (tmp_path / "out" / "000001-mustafayev-prosecutor-en.txt").read_text(encoding="utf-8")
        with zipfile.ZipFile(tmp_path / "out.zip") as found:
            return found.read("000001-mustafayev-prosecutor-en.txt").decode()

    assert "9 New Street" in first()
    template = tmp_path / "templates" / "en" / "formal.txt.j2"
    template.parent.mkdir(parents=True)
    template.write_text("{{ who }}\n\nOurs.\n", encoding="utf-8")
    assert "3 of the letters" in run(*ask).err
    assert run(*ask, "--update").status == 0
    assert "Ours." in first()
    assert run(*ask).status == 0


@pytest.mark.usefixtures("table")
def test_another_run_in_the_same_folder(run):
    """Is refused: its letters would be mixed with these."""
    assert run(*ASK, "--output", "out/").status == 0
    for other in (["--format", "txt"], ["--target", "embassy"], ["--file-name", "{{ number }}"]):
        assert "use another --output" in run(*ASK, "--output", "out/", *other).err


@pytest.mark.usefixtures("table")
def test_two_runs_at_once(run, tmp_path):
    """The second is refused while the first holds the folder."""
    code = (
        "import sys, time; from pathlib import Path; from appealgen.journal import Journal\n"
        "journal = Journal(Path('out/journal.jsonl')); journal.open(); print('held', flush=True); sys.stdin.read()"
    )
    (tmp_path / "out").mkdir()
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    result = run(*ASK, "--output", "out/")
    assert result.status == 1
    assert "another run is writing here" in result.err
    holder.communicate()
    assert run(*ASK, "--output", "out/").status == 0


@pytest.mark.usefixtures("table")
def test_the_journal_names_nobody(run, tmp_path):
    """No name, no address, no email; file names that would are left out and made again."""
    assert run(*ASK, "--output", "out/", "--file-name", "{{ last_name }}-{{ number }}").status == 0
    journal = (tmp_path / "out" / "journal.jsonl").read_text(encoding="utf-8")
    for word in ("Ana", "Example", "Ben", "Sample", "Cleo", "Specimen", "Street", "@"):
        assert word not in journal
    before = letters(tmp_path / "out")
    assert set(before) == {"Example-000001.docx", "Sample--000002.docx", "Specimen-000003.docx"}
    (tmp_path / "out" / "Example-000001.docx").unlink()
    assert run(*ASK, "--output", "out/", "--file-name", "{{ last_name }}-{{ number }}").status == 0
    assert letters(tmp_path / "out") == before


@pytest.mark.parametrize(
    ("pattern", "status", "said"),
    [
        ("{{ name }}", 1, "use {{ number }}"),
        ("{{ nmae }}", 2, "did you mean name?"),
        ("{{ case }}", 2, "the same name"),
        ("a/{{ number }}", 2, "no folders"),
        ("{{ number", 2, "mend the braces"),
        ("{{ name.__class__ }}{{ number }}", 1, "cannot be carried out"),
    ],
)
def test_file_names_that_cannot_be(run, tmp_path, pattern, status, said):
    """Collisions are found before anything is written."""
    (tmp_path / "signers.csv").write_text("name,city\nAna Example,A\nAna Example,B\n", encoding="utf-8")
    result = run(*ASK, "--output", "out/", "--file-name", pattern)
    assert result.status == status
    assert said in result.err
    assert letters(tmp_path / "out") == {} if (tmp_path / "out").exists() else True


def test_names_that_are_nearly_alike_collide_only_when_they_are_alike(run, tmp_path):
    """Also for the third of them, and for a system that does not tell capitals apart."""
    (tmp_path / "signers.csv").write_text("name\nSamad Example\nSamed Example\nANA SAMPLE\n", encoding="utf-8")
    ask = (*ASK, "--output", "out/", "--file-name", "{{ name }}")
    assert run(*ask, "--dry-run").status == 0
    for again in ("Samed Example", "Ana Sample"):
        with (tmp_path / "signers.csv").open("a", encoding="utf-8") as file:
            file.write(f"{again}\n")
        result = run(*ask)
        assert result.status == 1
        assert "as that of line" in result.err
        assert f"its letter would be {again}.docx" in result.err


def test_hostile_names_make_no_paths(run, tmp_path):
    """A signer's name in a file name has no part of a path and no reserved name."""
    names = ["../../etc/passwd", "CON", "a/b\\c", "...", "nul.txt", "x" * 400, "é" * 300]
    text = "name\n" + "".join(f'"{name}"\n' for name in names)
    (tmp_path / "signers.csv").write_text(text, encoding="utf-8")
    assert run(*ASK, "--output", "out/", "--file-name", "{{ name }}", "--format", "txt").status == 0
    found = sorted(path.name for path in (tmp_path / "out").glob("*.txt"))
    assert len(found) == len(names)
    assert all(len(name.encode()) <= 160 for name in found)
    assert {"_CON.txt", "_nul.txt.txt", "letter.txt", "etc-passwd.txt", "a-b-c.txt"} <= set(found)
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("signers.csv", "out")] == []


@pytest.mark.usefixtures("table")
def test_folders_and_files_are_the_users_own(run, tmp_path):
    """0700 and 0600; the copy of standard input too is gone afterwards."""
    assert run(*ASK, "--output", "deep/out/").status == 0
    assert (tmp_path / "deep").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "deep" / "out").iterdir()} == {0o600}


@pytest.mark.usefixtures("table")
def test_standard_input(tmp_path):
    """`--signers -` is read twice all the same, and leaves no copy behind."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = [
        sys.executable,
        "-m",
        "appealgen",
        *[word if word != "signers.csv" else "-" for word in ASK],
        "--output",
        "out/",
    ]
    done = subprocess.run(
        command, cwd=tmp_path, input=SIGNERS.encode(), capture_output=True, check=False,
        env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(letters(tmp_path / "out")) == 3
    assert list(temporary.iterdir()) == []


def test_many_letters_go_into_subfolders(run, tmp_path, monkeypatch):
    """A thousand rows each, from a number of letters on that no window shows well."""
    monkeypatch.setattr("appealgen.batch.MANY", 2000)
    many(tmp_path / "signers.csv", 2100)
    assert run(*ASK, "--output", "out/", "--format", "txt", "-q", "--jobs", "1").status == 0
    counts = {path.name: len(list(path.iterdir())) for path in (tmp_path / "out").iterdir() if path.is_dir()}
    assert counts == {"0000": 1000, "0001": 1000, "0002": 100}
    assert run(*ASK, "--output", "out/", "--format", "txt", "-q", "--limit", "5").status == 0
    assert len(letters(tmp_path / "out")) == 2100


def start(tmp_path: Path, output: str, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "appealgen", *ASK, "--output", output, "--format", "txt", *more]
    return subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def whole(path: Path) -> dict[str, bytes]:
    if path.suffix == ".zip":
        return {"archive": path.read_bytes()}
    return letters(path)


@pytest.mark.parametrize("output", ["out/", "out.zip"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_any_moment(run, tmp_path, output, jobs):
    """kill -9 again and again, then to the end: exactly the files of an undisturbed run, byte for byte."""
    many(tmp_path / "signers.csv", 6000)
    assert run(*ASK, "--output", f"undisturbed-{output}", "--format", "txt", "-q", "--jobs", "1").status == 0
    chance = random.Random(f"{output}{jobs}")  # noqa: S311
    kills = 0
    for _ in range(6):
        process = start(tmp_path, output, "--jobs", jobs, "-q")
        time.sleep(0.3 + chance.random() * 0.5)
        if process.poll() is None:
            kills += 1
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert kills
    assert run(*ASK, "--output", output, "--format", "txt", "-q").status == 0
    assert whole(tmp_path / output) == whole(tmp_path / f"undisturbed-{output}")
    left = [path.name for path in tmp_path.rglob("*.part")]
    assert left == []


@pytest.mark.parametrize("output", ["out/", "out.zip"])
def test_a_journal_cut_off_in_mid_line(run, tmp_path, output):
    """As when the power went: what is not noted is compared, and the run ends the same."""
    many(tmp_path / "signers.csv", 60)
    ask = (*ASK, "--output", output, "--format", "txt", "-q")
    assert run(*ask).status == 0
    journal = tmp_path / ("out/journal.jsonl" if output == "out/" else "out.zip.journal.jsonl")
    before, full = whole(tmp_path / output), journal.read_bytes()
    for cut in (len(full) // 3, len(full) // 2 + 7, 20, 0):
        journal.write_bytes(full[:cut])
        more = ["--force"] if output.endswith(".zip") else []
        assert run(*ask, *more).status == 0
        assert whole(tmp_path / output) == before
    journal.write_bytes(b"my shopping list\n")
    assert run(*ask).status == 1
    assert journal.read_bytes() == b"my shopping list\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted(run, tmp_path, jobs):
    """Ctrl-C stops after the letter at hand, says how to go on, exit status 130; the same command goes on."""
    many(tmp_path / "signers.csv", 20_000)
    process = start(tmp_path, "out/", "--jobs", jobs)
    while not list((tmp_path / "out").glob("*/*.txt"))[:1]:
        time.sleep(0.05)
        assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"run the same command again to go on" in err
    assert b"Traceback" not in err
    done = len(letters(tmp_path / "out"))
    assert 0 < done < 20_000
    said = json.loads(run(*ASK, "--output", "out/", "--format", "txt", "--json").text)
    assert said["written"] + said["there"] == 20_000
    assert said["there"] >= done - 1


def test_progress(tmp_path):
    """A line that moves on a terminal, with rate and time left; plain lines, or none in a short run, elsewhere."""
    many(tmp_path / "signers.csv", 3000)
    command = " ".join([sys.executable, "-m", "appealgen", *ASK, "--format", "txt", "--output"])
    on_terminal = ["script", "-qec", f"{command} a/", "/dev/null"]
    shown = subprocess.run(on_terminal, cwd=tmp_path, capture_output=True, check=True).stdout.decode()
    assert "\r[" in shown
    assert "3,000 of 3,000 letters" in shown
    assert "a second" in shown
    plain = subprocess.run(["sh", "-c", f"{command} b/"], cwd=tmp_path, capture_output=True, check=True)
    assert b"\r" not in plain.stderr
    assert plain.stdout == b"b/\n"


@pytest.mark.usefixtures("table")
def test_a_draft_without_an_address_says_so(run):
    """With the other ways to reach the office, as `write` says it."""
    assert "the draft has no To" in run(*ASK, "--output", "out/", "--format", "eml").err
    assert "59-FZ" not in run(*ASK, "--output", "out/", "--format", "eml").err


def test_problems_travel_between_processes():
    """An error of a worker says the same in the process that shows it."""
    import pickle

    from appealgen.errors import InputError, Problem

    error = InputError([Problem("a.csv", "is wrong", "mend it", 3, "name")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems  # noqa: S301


def test_full_disk(tmp_path, run):
    """What does not fit is not there in part; when there is room again, the same command goes on."""
    many(tmp_path / "signers.csv", 300)
    command = [sys.executable, "-m", "appealgen", *ASK, "--output", "out.zip", "--format", "txt", "--jobs", "1"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, preexec_fn=limit)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.zip").exists()
    assert run(*ASK, "--output", "out.zip", "--format", "txt").status == 0
    assert run(*ASK, "--output", "undisturbed.zip", "--format", "txt").status == 0
    assert (tmp_path / "out.zip").read_bytes() == (tmp_path / "undisturbed.zip").read_bytes()


def test_every_row_is_its_own(run, tmp_path):
    """Target, tone, language and privacy by row; the stricter of row and option holds."""
    (tmp_path / "signers.csv").write_text(
        "name,street,city,country,language,target,tone,privacy\n"
        "Ana Example,1 Hidden Street,Exampletown,GB,uk,prosecutor embassy,brief,town\n"
        "Ben Sample,2 Open Street,Sampleham,GB,,,,\n",
        encoding="utf-8",
    )
    result = run(*ASK, "--output", "out/", "--format", "txt")
    assert result.status == 0
    assert "59-FZ" in result.err
    found = {name: content.decode() for name, content in letters(tmp_path / "out").items()}
    assert set(found) == {"000001-mustafayev-prosecutor-uk.txt", "000001-mustafayev-embassy-uk.txt",
                          "000002-mustafayev-prosecutor-en.txt"}  # fmt: skip
    assert not any("Hidden" in text for text in found.values())
    assert "2 Open Street" in found["000002-mustafayev-prosecutor-en.txt"]
    assert run(*ASK, "--output", "strict/", "--format", "txt", "--privacy", "initials").status == 0
    strict = {name: content.decode() for name, content in letters(tmp_path / "strict").items()}
    assert not any("Street" in text or "Example\n" in text for text in strict.values())
    assert "B. S.\nSampleham" in strict["000002-mustafayev-prosecutor-en.txt"]


def test_what_may_not_be_named_is_found_before_writing(run, tmp_path):
    """In a signer's own paragraph, with the line; not in a column that no letter shows."""
    (tmp_path / "signers.csv").write_text(
        "name,message,organisation\nAna Example,I am with Amnesty International.,\nBen Sample,,Amnesty International\n",
        encoding="utf-8",
    )
    result = run(*ASK, "--output", "out/")
    assert result.status == 1
    assert 'signers.csv:2: Ana Example\'s own paragraph: names "Amnesty International"' in result.err
    assert "1 problem" in result.err
    assert letters(tmp_path / "out") == {}


def test_memory_stays_flat(tmp_path):
    """Twenty times the rows take hardly more memory, in a folder of one letter each or not written at all."""

    def peak(rows: int) -> int:
        many(tmp_path / "signers.csv", rows)
        code = (
            "import resource; from appealgen.cli import _status\n"
            f"_status({[*ASK, '--output', f'out{rows}.zip', '--format', 'txt', '-q', '--jobs', '1']!r})\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
        )
        return int(done.stdout.splitlines()[-1])

    assert peak(20_000) - peak(1000) < 8 * 1024


def test_no_library_is_read_for_each_row(run, tmp_path, monkeypatch):
    """A template is compiled once for a batch, not for a letter."""
    import appealgen.selection

    compiled = []
    original = appealgen.selection.compile_template
    monkeypatch.setattr(appealgen.selection, "compile_template", lambda *a: compiled.append(a) or original(*a))
    many(tmp_path / "signers.csv", 50)
    assert run(*ASK, "--output", "out/", "--format", "txt", "--jobs", "1").status == 0
    assert len(compiled) <= 3
