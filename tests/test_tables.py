"""Tables in a terminal: in the user's language for who reads them, the same for programs in every language."""

from __future__ import annotations

import gettext
import json

import pytest

from appealgen import catalogue
from appealgen.cli.tables import show_table


class Longer(gettext.NullTranslations):
    """A language in which each word is longer."""

    def pgettext(self, context, message):  # noqa: ARG002
        return f"{message} & more"


@pytest.fixture
def longer(monkeypatch):
    """Speak it."""
    monkeypatch.setattr(catalogue, "_known", Longer())
    monkeypatch.setattr(catalogue, "_language", "de")


@pytest.mark.usefixtures("longer")
def test_widths_are_those_of_the_translated_headings(capsys):
    """Columns are as wide as their headings, and what stands at the right stays there."""
    show_table([{"case": "a", "letters": "12", " ": "##"}], to_the_right=("letters",))
    assert capsys.readouterr().out.splitlines() == ["case & more  letters & more", "a" + 24 * " " + "12  ##"]


@pytest.mark.usefixtures("longer")
def test_cells_in_words_are_translated_for_readers_only(capsys):
    """The kind of paper is a word in the table, and stays what it is in JSON."""
    from appealgen.cli.list import command

    command.callback("papers", as_json=False, group=None)
    assert "envelope & more" in capsys.readouterr().out
    command.callback("papers", as_json=True, group=None)
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "envelope"


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("what", ["cases", "targets", "languages", "tones", "papers"])
def test_a_narrow_terminal_loses_nothing(run, monkeypatch, width, what):
    """Words are as wide as the terminal allows, and all of them are there; only what has no spaces may run on."""
    monkeypatch.setenv("COLUMNS", str(width))
    text = run("list", what).text
    for line in text.splitlines():
        assert len(line) <= width or (len(line.split()) == 1 and width < 80), line
    said = "".join(text.split())
    for row in json.loads(run("list", what, "--json").text):
        for word in " ".join(row.values()).split():
            assert word in said


def test_columns_fold_and_the_widest_stands_below(capsys, monkeypatch):
    """A column of words becomes narrower first; where that is not enough it stands below its row."""
    row = {"id": "one", "what": "some words that take a line and more", "source": "https://example.org/nothing"}
    monkeypatch.setenv("COLUMNS", "60")
    show_table([row])
    assert capsys.readouterr().out.splitlines() == [
        "id   what                        source",
        "one  some words that take a      https://example.org/nothing",
        "     line and more",
    ]
    monkeypatch.setenv("COLUMNS", "49")
    show_table([row])
    assert capsys.readouterr().out.splitlines() == [
        "id   what",
        "one  some words that take a line and more",
        "    source: https://example.org/nothing",
    ]


def test_bars_become_shorter(capsys, monkeypatch):
    """They say what a number says, so they keep their proportions and not their length."""
    monkeypatch.setenv("COLUMNS", "30")
    show_table([{"case": "mustafayev", "letters": str(n), " ": "#" * 6 * n} for n in (4, 2)], to_the_right=("letters",))
    assert capsys.readouterr().out.splitlines() == [
        "case        letters", "mustafayev        4  #########", "mustafayev        2  ####"
    ]  # fmt: skip
