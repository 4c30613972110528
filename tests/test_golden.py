"""Letters and commands as documents: what goes in beside all that comes out."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import folders
from reading import docx_text, words


@pytest.mark.parametrize("folder", folders("golden"), ids=lambda path: path.name)
def test_letter(folder: Path, run, golden, tmp_path):
    """The command in `command`, run in a copy of `group`, writes the letter that stands beside it, in each format."""
    group = tmp_path / "group"
    shutil.copytree(folder / "group", group) if (folder / "group").is_dir() else group.mkdir()
    command = shlex.split((folder / "command").read_text(encoding="utf-8"))
    results = {form: run(*command, "--format", form, "--output", "-", cwd=group) for form in ("txt", "eml", "docx")}
    assert {result.status for result in results.values()} == {0}, results["txt"].err
    golden(folder / "expected.txt", results["txt"].text)
    golden(folder / "expected.stderr", results["txt"].err)
    golden(folder / "expected.eml", results["eml"].text)
    golden(folder / "expected.docx.txt", docx_text(results["docx"].out))
    in_docx = docx_text(results["docx"].out).replace("<tab>", " ")
    assert words("\n".join(line.partition(": ")[2] for line in in_docx.splitlines())) == words(results["txt"].text)


@pytest.mark.parametrize("folder", folders("bad"), ids=lambda path: path.name)
def test_bad_input(folder: Path, run, golden, tmp_path):
    """The command in `command`, run in a copy of the folder, gives exactly what `expected` says, and writes nothing."""
    group = tmp_path / "group"
    shutil.copytree(folder, group, ignore=shutil.ignore_patterns("command", "expected"))
    group.mkdir(exist_ok=True)
    before = {path: path.read_bytes() for path in group.rglob("*") if path.is_file()}
    result = run(*shlex.split((folder / "command").read_text(encoding="utf-8")), cwd=group)
    assert result.status != 0
    assert "Traceback" not in result.err
    # How much a check looked at grows with what ships.
    said = re.sub(r"(?m)^checked .*: ", "checked ...: ", result.text + result.err)
    golden(folder / "expected", f"exit status {result.status}\n{said}")
    assert {path: path.read_bytes() for path in group.rglob("*") if path.is_file()} == before
