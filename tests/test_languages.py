"""Every language x role x gender x tone as a table that a speaker can read, and what templates may not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from appealgen import Library, forms
from appealgen.model import GENDERS, ROLES, TONES, Holder, PartialDate, Target

LIBRARY = Library(None)
DATE = PartialDate(2026)
# Stands where an entry's own words would stand, form by form, so that the table shows which form is asked for.
FORMS = ("nominative", "dative", "genitive", "accusative", "salutation", "vocative")


def stand_in(what: str) -> dict[str, dict[str, str]]:
    named = {form: f"<{what}>" if form == "nominative" else f"<{what}: {form}>" for form in FORMS}
    return dict.fromkeys(LIBRARY.language_ids, named)


def target(role: str, gender: str) -> Target:
    holder = None if gender == "unknown" else Holder(stand_in("holder"), gender, DATE, DATE, "made up")
    return Target("x", "x", role, "FR", "FR", ("en",), stand_in("office"), ("1 Street",), DATE, "made up", holder)


def table(language_id: str) -> str:
    language = LIBRARY.language(language_id)
    rows = [f"{language.name}, reviewed: {language.reviewed}", ""]
    for role in ROLES:
        for gender in GENDERS:
            for tone in TONES:
                found = forms.address(target(role, gender), language, tone)
                row = f"{' / '.join(found.lines)} | {found.salutation} | {found.close}"
                tones = [tone]
                if rows[-1].endswith(row) and rows[-1].startswith(f"{role} | {gender} | "):
                    tones = [*rows.pop().split(" | ")[2].split(" "), tone]
                rows.append(f"{role} | {gender} | {' '.join(tones)} | {row}")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("language", LIBRARY.language_ids)
def test_forms_of_address(language, golden):
    """Office x gender x tone -> address lines, salutation, close."""
    golden(Path(__file__).parent / "forms" / f"{language}.txt", table(language))


@pytest.mark.parametrize("language", LIBRARY.language_ids)
def test_every_tone_has_a_template(language):
    """The same four in every language."""
    assert LIBRARY.tones(language) == TONES


@pytest.mark.parametrize("language", LIBRARY.language_ids)
@pytest.mark.parametrize("tone", TONES)
def test_every_tone_carries_every_ask_and_the_message_before_it(language, tone):
    """Tone changes the framing, never the asks; brief carries the marked facts, the others all of them."""
    from appealgen import Signer, addressee, prepared, sender_of
    from appealgen.letter import show_blocks
    from appealgen.selection import current_aliases, written_languages

    for case in map(LIBRARY.case, LIBRARY.case_ids):
        if language not in written_languages(LIBRARY, case):
            continue
        words = case.words[language]
        for name in current_aliases(case):
            to = addressee(LIBRARY, case, name, None)
            letters = prepared(LIBRARY, case, to, language, tone)
            text = show_blocks(letters.body(sender_of(Signer(name="Ana", message=("My own words.",)))))
            assert all(words.asks[ask] in text for ask in to.asks)
            assert text.index("My own words.") < min(text.index(words.asks[ask]) for ask in to.asks)
            for fact in case.facts.values():
                assert (words.facts[fact.id] in text) is (fact.brief or tone != "brief"), fact.id


# First person past tense, and short adjectives or participles after "I": they show the writer's gender.
GENDERED = {
    "ru": r"\b[Яя] (?:\w+ ){0,2}\w+(?:ла?|лся|лась|ен|ена|на|рад|рада|должен|должна)\b"
    r"|\b(обеспокоен|возмущен|узнал|прочита)",
    "uk": r"\b[Яя] (?:\w+ ){0,2}\w+(?:ла|вся|лась|ений|ена|радий|рада)\b"
    r"|\b(стурбован|занепокоєн|дізнав|дізнал|прочита)",
}


@pytest.mark.parametrize("language", sorted(GENDERED))
def test_the_signers_gender_never_shows(language):
    """No past tense, adjective or participle about the writer."""
    assert re.search(GENDERED["ru"], "Я узнала об этом")
    assert re.search(GENDERED["uk"], "я дізнався про це")
    for tone in TONES:
        text, source = LIBRARY.template(language, tone)
        assert not re.search(GENDERED[language], text), source
