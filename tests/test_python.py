"""The Python API as docs/python.md tells it: every example is run, every public name is there."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import appealgen

PAGE = Path(__file__).parent.parent / "docs" / "python.md"


def test_examples(tmp_path, monkeypatch):
    """Every example gives what the page says."""
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted > 25
    assert result.failed == 0


def test_every_public_name_has_its_section():
    """No more and no fewer names than `appealgen.__all__` has."""
    headings = re.findall(r"^### (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = [name.replace("\\", "") for heading in headings for name in heading.split(", ")]
    assert sorted(told) == sorted(appealgen.__all__)


def test_a_letter_takes_eight_lines():
    """Load, compose, render and write."""
    first = PAGE.read_text(encoding="utf-8").split("## A letter in eight lines")[1].split("\n\n")[1]
    assert len(first.splitlines()) == 8
    assert first.splitlines()[-1].lstrip().startswith(">>> write(")
