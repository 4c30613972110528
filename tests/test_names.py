"""Proposals for the forms of names: what the libraries say, for a person to confirm."""

from __future__ import annotations

import json
import sys

import pytest

from appealgen import Library
from appealgen.names import propose


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_proposal_for_the_name_of_a_case(run, language):
    """As the case's language file has it, but for what a person corrected; for a man and, below, for a woman."""
    words = Library(None).case("mustafayev").words[language]
    result = run("names", words.name["nominative"], "--language", language)
    assert result.status == 0
    assert result.text.startswith("# As the name of a man. Proposed by ")
    assert "\n# As the name of a woman." in result.text
    said = dict(line.strip().split(": ") for line in result.text.split("\n\n")[0].splitlines()[2:])
    corrected = {"uk": {"locative"}}.get(language, set())
    assert {form: said[form] for form in words.name if form not in corrected} == {
        form: text for form, text in words.name.items() if form not in corrected
    }


def test_json_and_gender(run):
    """One gender, one proposal."""
    result = run("names", "Алие Чийгоз", "--language", "ru", "--gender", "woman", "--json")
    (found,) = json.loads(result.text)
    assert found["gender"] == "woman"
    assert found["library"] == "petrovich"
    assert found["forms"]["dative"] == "Алие Чийгоз"


def test_without_the_libraries(run, monkeypatch):
    """A clear message that says what to install."""
    monkeypatch.setitem(sys.modules, "petrovich.main", None)
    result = run("names", "Сервер Мустафаев", "--language", "ru")
    assert result.status == 2
    assert result.err == "Error: names: petrovich is not installed: pip install 'appealgen[names]'\n"


def test_nothing_that_writes_uses_a_proposal():
    """A form that the case lacks stays an error: tests/bad/missing-name-form. Only this command imports the room."""
    from test_layers import SOURCES, imported, room

    assert {room(path) for path in SOURCES if "appealgen.names" in imported(path)} == {"cli"}
    assert [one.gender for one in propose("Олександр Приклад", "uk", "man")] == ["man"]
