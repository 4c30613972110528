"""A print has a journal beside it: counts, without names, for what comes after the evening at the printer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

ASK = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--target", "embassy", "--signers", "signers.csv",
       "--date", "2026-11-19")  # fmt: skip
SIGNERS = """name,street,postal code,city,country,email
Ana Example,1 Example Street,EX1 1AA,Exampletown,GB,ana@example.org
Ben Sample,2 Sample Road,10115,Berlin,DE,ben@example.org
Cleo Specimen,3 Sample Street,10115,Berlin,DE,
"""


@pytest.fixture(autouse=True)
def table(tmp_path):
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")


@pytest.fixture(params=["docx", "pdf"])
def evening(request, run):
    if request.param == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    name = f"evening.{request.param}"
    assert run(*ASK, "--combine", name, "-q").status == 0
    return name


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_it_counts_and_names_nobody(run, tmp_path, evening):
    """No row has left a digest in it either; it is its user's own, and the same each time."""
    journal = tmp_path / f"{evening}.journal.jsonl"
    text = journal.read_text(encoding="utf-8")
    for word in ("Ana", "Example", "Ben", "Sample", "Berlin", "example.org", "signers"):
        assert word not in text
    letters = [line for line in lines(journal) if "n" in line]
    assert [line["n"] for line in letters] == [1, 2, 3, 4, 5, 6]
    assert {line["row"] + line["file"] + line["sha256"] for line in letters} == {""}
    assert journal.stat().st_mode & 0o777 == 0o600
    before = journal.stat().st_mtime_ns
    assert run(*ASK, "--combine", evening, "-q").status == 0
    assert (journal.read_text(encoding="utf-8"), journal.stat().st_mtime_ns) == (text, before)
    journal.unlink()
    assert run(*ASK, "--combine", evening, "-q").status == 0
    assert journal.read_text(encoding="utf-8") == text


def test_what_was_sent_is_noted_counted_and_due(run, evening):
    noted = run("mark", evening, "--sent", "2026-11-20")
    assert (noted.status, noted.err) == (0, "noted: 6 letters sent\n")
    counted = json.loads(run("report", evening, "--by", "target", "--by", "channel", "--json").text)
    assert counted == [
        {"target": "embassy", "channel": "post", "letters": 3},
        {"target": "prosecutor", "channel": "post", "letters": 3},
    ]
    assert json.loads(run("report", ".", "--by", "case", "--json").text) == [{"case": "mustafayev", "letters": 6}]
    due = json.loads(run("due", evening, "--weeks", "2", "--date", "2026-12-24", "--json").text)
    assert {(one["target"], one["letters"], one["due"], one["where"]) for one in due} == {
        ("embassy", 3, "2026-12-04", evening), ("prosecutor", 3, "2026-12-04", evening)
    }  # fmt: skip
    assert run("mark", evening, "--reply", "signers.csv", "--target", "embassy").status == 0
    due = json.loads(run("due", evening, "--weeks", "2", "--date", "2026-12-24", "--json").text)
    assert [one["target"] for one in due] == ["prosecutor"]
    assert run("stale", evening).status == 0


def test_labels_come_in_the_order_of_the_print(run, tmp_path):
    """Sorted, all labels of a target stand together, as its letters do."""
    pytest.importorskip("typst", reason="typst is not installed")
    for sort, expected in (("as-given", ["prosecutor", "embassy"] * 3),
                           ("target", ["prosecutor"] * 3 + ["embassy"] * 3)):  # fmt: skip
        assert run(*ASK, "--combine", f"{sort}.docx", "--sort", sort, "-q").status == 0
        kits = {
            line["kit"]: line["alias"] for line in lines(tmp_path / f"{sort}.docx.journal.jsonl") if "alias" in line
        }
        letters = [line for line in lines(tmp_path / f"{sort}.docx.journal.jsonl") if "n" in line]
        assert [kits[line["kit"]] for line in letters] == expected
        made = run("labels", "--journal", f"{sort}.docx", "--sheet", "L7160", "--output", f"{sort}.pdf", "--json")
        assert json.loads(made.text)["labels"] == 6


def test_print_and_journal_are_both_there_or_neither(run, tmp_path, monkeypatch, evening):
    """One that cannot take its place leaves the other as it was."""
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    replace = os.replace

    def fail(source, target, **how):
        if str(target).endswith("journal.jsonl"):
            raise OSError(28, "No space left on device")
        replace(source, target, **how)

    monkeypatch.setattr(os, "replace", fail)
    for name in (evening, f"other-{evening}"):
        done = run(*ASK, "--combine", name, "--force", "--only", "2", "-q")
        assert (done.status, "No space left" in done.err) == (1, True)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_is_noted_as_sent_is_never_said_of_other_letters(run, tmp_path, evening):
    """Another print at the same place would count as sent: not even --force makes one."""
    assert run("mark", evening, "--sent", "2026-11-20", "-q").status == 0
    assert run(*ASK, "--combine", evening, "-q").status == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = run(*ASK, "--combine", evening, "--only", "2", "--force", "-q")
    assert (done.status, f"noted as sent or answered in {evening}.marks.jsonl" in done.err) == (1, True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert run("purge", evening, "--yes", "-q").status == 0
    assert run(*ASK, "--combine", evening, "--only", "2", "-q").status == 0


def test_purge_takes_a_print_away(run, tmp_path, evening):
    """The print, its journal and its marks, by its name or by its folder; one that was changed stays."""
    assert run("mark", evening, "--sent", "2026-11-20", "-q").status == 0
    names = {evening, f"{evening}.journal.jsonl", f"{evening}.marks.jsonl"}
    for place in (evening, "."):
        assert {line.removeprefix("./") for line in run("purge", place, "--dry-run").text.split()} == names
    assert json.loads(run("purge", ".", "--dry-run", "--json").text)["others"] == 1
    path = tmp_path / evening
    whole = path.read_bytes()
    path.write_bytes(whole + b" ")
    kept = run("purge", evening, "--yes")
    assert (kept.status, "somebody has changed it" in kept.err) == (1, True)
    assert path.is_file()
    path.write_bytes(whole)
    assert run(*ASK, "--combine", evening, "-q").status == 0
    assert run("purge", evening, "--yes", "-q").status == 0
    assert [one.name for one in tmp_path.iterdir()] == ["signers.csv"]
