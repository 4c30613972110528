"""What commands say besides what they write: each matter once, first what asks to be looked at first."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOTES = Path(__file__).parent / "notes"
ABOUT_TEXT = ("native speaker", "facts about", "known to read", "also reads", "runs over")


@pytest.mark.parametrize("path", sorted(NOTES.glob("*.notes")), ids=lambda path: path.stem)
def test_notes(path: Path, run, tmp_path, golden):
    """The first line is the command; below it stands what it says on standard error, but for columns and counts."""
    command = path.read_text(encoding="utf-8").splitlines()[0]
    if " --size " in command or " --sheet " in command:
        pytest.importorskip("typst", reason="typst is not installed")
    for name in ("signers.csv", "names.txt"):
        shutil.copy(NOTES / name, tmp_path)
    done = run(*command.split())
    assert done.status == 0, done.err
    notes = [line for line in done.err.splitlines() if line.startswith("note: ") and "columns" not in line]
    golden(path, "\n".join([command, *notes]) + "\n")
    if command.split()[0] in ("envelopes", "labels"):
        assert not any(word in done.err for word in ABOUT_TEXT)


def test_nothing_is_said_twice_however_many_languages_and_targets(run, tmp_path):
    """Three languages and three targets have no more notes than one of each, but for the embassies' remarks."""
    shutil.copy(NOTES / "signers.csv", tmp_path)
    many = json.loads(run("batch", "--case", "mustafayev", "--target", "all", "--signers", "signers.csv",
                          "--format", "txt", "--output", "many/", "--json").text)["warnings"]  # fmt: skip
    one = json.loads(run("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv",
                         "--format", "txt", "--output", "one/", "--only", "3", "--json").text)["warnings"]  # fmt: skip
    assert len(many) == len(one) == 6
    assert [note.count("native speaker") for note in many].count(1) == 1


@pytest.mark.parametrize("form", ["docx", "pdf", "txt"])
def test_mixed_papers_are_said_once(run, tmp_path, form):
    """With the count, the country and what tells it; text has no paper."""
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    shutil.copy(NOTES / "signers.csv", tmp_path)
    ask = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--target", "prison-service", "--signers",
           "signers.csv")  # fmt: skip
    how = ("--format", form) if form == "txt" else ("--combine", f"evening.{form}")
    said = run(*ask, *how).err
    note = '2 letters are on Letter paper and the others on A4, as their signers are in US (column "country")'
    assert said.count("on Letter paper") == said.count(note) == (form != "txt")
    assert "Letter paper" not in run(*ask, "--only", "5", *how, "--force").err


def test_letters_run_over_in_many_languages(run, tmp_path):
    """Named in one note, with what helps; two kinds are told one by one."""
    shutil.copy(NOTES / "signers.csv", tmp_path)
    shutil.copytree(Path(__file__).parent.parent / "cases" / "mustafayev", tmp_path / "cases" / "mustafayev")
    for path in (tmp_path / "cases" / "mustafayev").glob("??.yaml"):
        text = path.read_text(encoding="utf-8")
        long = text.replace("sentence: >-\n", "sentence: >-\n" + "    Example. " * 200 + "\n", 1)
        path.write_text(long, encoding="utf-8")
    ask = (
        "batch",
        "--case",
        "mustafayev",
        "--target",
        "prosecutor",
        "--signers",
        "signers.csv",
        "--date",
        "2026-11-20",
    )
    said = run(*ask).err
    assert said.count("over one page") == 1, said
    assert "letters that run over one page: prosecutor (en de fr); --fit page drops what can go" in said
    assert run(*ask, "--only", "3", "--output", "one/").err.count("prosecutor: the letter runs over one page by") == 1


def test_what_letters_are_made_from_is_the_same_in_every_process(tmp_path):
    """A French letter is not outdated because another process puts the parts of a set in another order."""
    shutil.copy(NOTES / "signers.csv", tmp_path)
    what = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv", "--format", "txt")
    command = [sys.executable, "-m", "appealgen", *what, "--date", "2026-11-20", "-q"]
    for seed in ("0", "1", "2", "3"):
        done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
                              text=True, check=False)  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
