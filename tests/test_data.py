"""What ships is as careful as what it asks of others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from appealgen import Library
from appealgen.checking import check
from appealgen.library import shipped

LIBRARY = Library(None)
NOW = (
    r"\b(now|currently|today|сейчас|сегодня|теперь|зараз|нині|сьогодні|jetzt|heute|derzeit|maintenant|actuellement"
    r"|aujourd’hui|ahora|actualmente|hoy|teraz|obecnie|dziś|şimdi|bugün|şu anda|indi|hazırda|الآن|حاليًا|اليوم)\b"
)
CASES = [LIBRARY.case(case_id) for case_id in LIBRARY.case_ids]


def test_check_passes():
    """Every case, target and template that ships."""
    report = check(LIBRARY)
    assert report.problems == []
    assert report.slips == []
    assert report.counts["letters"] > 80


def test_check_finds_what_is_missing(tmp_path):
    """A language without a role and a tone, a case without an ask: each is named."""
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    text = (shipped() / "templates" / "en" / "language.yaml").read_text(encoding="utf-8")
    without = re.sub(r"(?m)^  judge:\n(?:    .*\n|\n)+", "", text)
    assert without != text
    (folder / "language.yaml").write_text(without, encoding="utf-8")
    problems = [str(problem) for problem in check(Library(tmp_path)).problems]
    assert any("forms_of_address.judge: is missing" in problem for problem in problems)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_fact_has_a_date_and_a_source(case):
    """And every source an address that can be looked up."""
    for fact in case.facts.values():
        assert fact.sources
        assert all(case.sources[name].url.startswith("http") for name in fact.sources)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_dates_are_the_same_in_every_language(case):
    """A year or a day of the month that stands in one language stands in all."""
    for fact in case.facts:
        numbers = {
            language: sorted(re.findall(r"\d+", words.facts[fact].replace("1\u00a0500", "1500").replace(",", "")))
            for language, words in case.words.items()
        }
        assert len({tuple(found) for found in numbers.values()}) == 1, (fact, numbers)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_facts_are_told_in_the_past(case):
    """Never as if they were so today."""
    for words in case.words.values():
        for text in words.facts.values():
            assert not re.search(NOW, text.lower())


def test_open_letter_signatories_stand_under_no_other_text():
    """Nobody but the person of a case is named by it; signers in examples are made up."""
    made_up = re.compile(r"Ana|Ben|Alex|Anna|Sam|Анна|آنا")
    for path in (Path(__file__).parent / "golden").glob("*/command"):
        for name in re.findall(r'--name "(.*?)"', path.read_text(encoding="utf-8")):
            assert made_up.search(name) or "Smith & <Sons>" in name


def test_targets_say_when_and_where():
    """Each entry has a source with a date, and no holder who is not certain."""
    for target in LIBRARY.targets.values():
        assert target.verified_on.year >= 2010
        assert target.source
        assert "en" in target.office


def test_the_urgent_action_of_2020_carries_every_point():
    """The points and both asks of the model letter, in own words."""
    from appealgen import addressee, prepared
    from appealgen.letter import show_blocks
    from appealgen.senders import Sender

    case = LIBRARY.case("mustafayev-2020")
    points = [
        "military court",
        "25 years",
        "Memet Belyalov",
        "Seyran Saliyev",
        "3 March",
        "4 March",
        "fever",
        "injection",
        "nine hours",
        "water",
        "food",
        "Article 7",
        "torture",
        "Crimean Solidarity",
        "prisoner of conscience",
        "Mandela",
        "set free",
        "charges",
        "medical",
    ]
    for name in ("military-prosecutor", "embassy"):
        for tone in ("formal", "urgent", "humanitarian"):
            letters = prepared(LIBRARY, case, addressee(LIBRARY, case, name, None), "en", tone)
            text = show_blocks(letters.body(Sender()))
            assert [point for point in points if point.lower() not in text.lower()] == [], (name, tone)
