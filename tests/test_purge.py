"""Purge takes away what a batch has written, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ASK = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv", "--date", "2026-11-20",
       "--format", "txt", "-q")  # fmt: skip
SIGNERS = "name,city,country\nAna Example,Exampletown,GB\nBen Sample,Sampleham,GB\nCleo Specimen,,US\n"
FIRST = "000001-mustafayev-prosecutor-en.txt"


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def out(run, tmp_path):
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    assert run(*ASK, "--output", "out/").status == 0
    return tmp_path / "out"


def test_everything_of_a_run_goes(run, out, tmp_path):
    """Letters, journal, half-written files, the folder; the table stays, and what cannot be promised is said."""
    (out / ".appealgen-123.part").write_bytes(b"half")
    (out / ".appealgen-a_b1.part.old").write_bytes(b"half")
    result = run("purge", "out", "--yes")
    assert result.status == 0, result.err
    assert everything(tmp_path) == ["signers.csv"]
    assert "removed: 6 files, 1 folder" in result.err
    for word in ("backups", "SSD", "drafts", "table of signers"):
        assert word in result.err


def test_a_look_first_changes_nothing(run, out, tmp_path):
    """--dry-run prints each file, and not a byte changes; a journal that was cut off stays cut off."""
    with (out / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"n":4,"ro')
    before = {path: path.read_bytes() for path in out.iterdir()}
    result = run("purge", "out", "--dry-run")
    assert result.status == 0
    assert sorted(result.text.splitlines()) == [f"out/{name}" for name in everything(out)]
    assert {path: path.read_bytes() for path in out.iterdir()} == before
    assert run("purge", "out", "--yes").status == 0
    assert everything(tmp_path) == ["signers.csv"]


@pytest.mark.parametrize("pattern", ["{{ name }}", "{{ last_name }}-{{ number }}"])
def test_names_of_signers_are_not_needed(run, tmp_path, pattern):
    """The journal has no names of files then: letters are known by their digest, also when they were moved."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    assert run(*ASK, "--output", "out/", "--file-name", pattern).status == 0
    (tmp_path / "out" / "printed").mkdir()
    letter = sorted((tmp_path / "out").glob("*.txt"))[0]
    letter.rename(tmp_path / "out" / "printed" / "one of them.txt")
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    result = run("purge", "out", "--yes")
    assert result.status == 0
    assert everything(tmp_path / "out") == ["mine.txt"]
    assert "1 other file left alone" in result.err


def test_what_somebody_has_changed_stays_unless_forced(run, out):
    """And the journal with it, so that it is still known; other people's files stay even then."""
    (out / FIRST).write_text("in my own words", encoding="utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    result = run("purge", "out", "--yes")
    assert result.status == 1
    assert f"out/{FIRST}: kept: somebody has changed it" in result.err
    assert everything(out) == [FIRST, "journal.jsonl", "notes.txt"]
    assert run("purge", "out", "--yes", "--force").status == 0
    assert everything(out) == ["notes.txt"]


def test_letters_that_a_killed_run_did_not_note(run, out, tmp_path):
    """They are called as its letters are: kept and said, or forced away; running the batch again notes them."""
    journal = out / "journal.jsonl"
    first = journal.read_bytes().splitlines(keepends=True)[0]
    journal.write_bytes(first)
    result = run("purge", "out", "--yes")
    assert result.status == 1
    assert result.err.count("the journal does not have it") == 3
    assert "run it again first" in result.err
    assert run(*ASK, "--output", "out/").status == 0
    assert run("purge", "out", "--yes").status == 0
    assert everything(tmp_path) == ["signers.csv"]


def test_links_are_not_followed(run, out, tmp_path):
    """Neither to a file nor to a folder: what they lead to stays, and so do they."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(out / FIRST, elsewhere / FIRST)
    (out / "folder").symlink_to(elsewhere)
    (out / "copy.txt").symlink_to(elsewhere / FIRST)
    (out / ".appealgen-1.part").symlink_to(elsewhere / FIRST)
    assert run("purge", "out", "--yes", "--force").status == 0
    assert everything(elsewhere) == [FIRST]
    assert everything(out) == [".appealgen-1.part", "copy.txt", "folder"]


def test_a_hostile_journal_names_nothing_outside(run, out, tmp_path):
    """Names in a journal are compared with what stands in the folder, never opened."""
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", encoding="utf-8")
    line = {"n": 9, "row": "", "kit": "", "file": "../precious.txt", "sha256": "0" * 64}
    with (out / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(json.dumps(line) + "\n" + json.dumps({**line, "n": 10, "file": str(precious)}) + "\n")
    assert run("purge", "out", "--yes", "--force").status == 0
    assert precious.read_text(encoding="utf-8") == "mine"


def test_an_archive(run, tmp_path):
    """With its journal and its half; by its own name, or by the folder it lies in."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    for place in ("letters.zip", "."):
        assert run(*ASK, "--output", "letters.zip").status == 0
        (tmp_path / "letters.zip.part").write_bytes(b"half")
        assert run("purge", place, "--yes").status == 0
        assert everything(tmp_path) == ["signers.csv"]
    assert run(*ASK, "--output", "letters.zip").status == 0
    with (tmp_path / "letters.zip").open("ab") as archive:
        archive.write(b"more")
    assert run("purge", "letters.zip", "--yes").status == 1
    assert (tmp_path / "letters.zip").exists()
    assert run("purge", "letters.zip", "--yes", "--force").status == 0
    assert everything(tmp_path) == ["signers.csv"]


def test_nothing_of_a_folder_where_no_batch_was(run, tmp_path):
    """Not even with --force; and a journal of something else is none."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for place, said in ((".", "no batch has been written here"), ("nowhere", "there is no such folder")):
        result = run("purge", place, "--yes", "--force")
        assert result.status == 2
        assert said in result.err
    (tmp_path / "journal.jsonl").write_text("my shopping list\n", encoding="utf-8")
    assert run("purge", ".", "--yes", "--force").status == 1
    assert everything(tmp_path) == ["journal.jsonl", "mine.txt"]


def test_it_asks(run, out, tmp_path):
    """On a terminal; elsewhere --yes is wanted."""
    result = run("purge", "out")
    assert result.status == 2
    assert "--yes" in result.err
    assert len(everything(out)) == 4
    if not shutil.which("script"):
        pytest.skip("script is not installed")
    command = f"{sys.executable} -m appealgen purge out"
    for answer, left in ((b"n\n", 4), (b"y\n", 0)):
        done = subprocess.run(
            ["script", "-qec", command, "/dev/null"], cwd=tmp_path, input=answer, capture_output=True, check=False
        )
        assert b"Remove 4 files, of them 3 letters, from out?" in done.stdout
        assert (len(everything(out)) if out.exists() else 0) == left


def test_not_while_a_run_writes(run, out, tmp_path):
    """A run that is going on holds its journal."""
    code = (
        "import sys; from pathlib import Path; from appealgen.journal import Journal\n"
        "journal = Journal(Path('out/journal.jsonl')); journal.open(); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    result = run("purge", "out", "--yes")
    assert "another run is writing here" in result.err
    assert len(everything(out)) == 4
    holder.communicate()


def test_json(run, out):
    """One object, also of a look."""
    looked = json.loads(run("purge", "out", "--dry-run", "--json").text)
    assert looked["dry_run"] is True
    assert len(everything(out)) == 4
    said = json.loads(run("purge", "out", "--yes", "--json").text)
    assert said["files"] == looked["files"]
    assert (said["letters"], said["folders"], said["kept"], said["others"]) == (3, 1, [], 0)
    assert not out.exists()


def test_the_current_folder_stays(run, out):
    """A shell stands in it."""
    for here in (".", str(out)):
        assert run("purge", here, "--yes", cwd=out).status == 0
        assert out.is_dir()
        assert everything(out) == []
        assert run(*ASK, "--output", "out/").status == 0


def test_what_cannot_be_removed_is_said(run, out):
    """The journal goes last, so that the same command goes on afterwards."""
    if os.geteuid() == 0:
        marked = subprocess.run(["chattr", "+i", out / FIRST], capture_output=True, check=False).returncode == 0
        if not marked:
            pytest.skip("root may remove anything here")
    else:
        out.chmod(0o500)
    try:
        result = run("purge", "out", "--yes")
        assert result.status == 1
        assert "cannot be removed" in result.err
        assert "purge again" in result.err
        assert (out / "journal.jsonl").exists()
    finally:
        if os.geteuid() == 0:
            subprocess.run(["chattr", "-i", out / FIRST], check=False)
        out.chmod(0o700)
    assert run("purge", "out", "--yes").status == 0
    assert not out.exists()
