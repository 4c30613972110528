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
