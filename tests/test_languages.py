"""Languages: what they say to each office, that they say the same, and that nobody's gender shows."""

from __future__ import annotations

import dataclasses
import datetime
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.dates import format_date

from appealgen import Library, Signer, addressee, forms, prepared, sender_of
from appealgen.checking import check
from appealgen.checking.languages import own_words
from appealgen.datelines import written_date
from appealgen.letter import show_blocks
from appealgen.library import shipped
from appealgen.model import GENDERS, ROLES, TONES, Holder, PartialDate, Target
from appealgen.selection import current_aliases, written_languages
from appealgen.templates import compile_template

LIBRARY = Library(None)
TEN = ("ar", "az", "de", "en", "es", "fr", "pl", "ru", "tr", "uk")
DATE = PartialDate(2026)
CASES = [LIBRARY.case(case_id) for case_id in LIBRARY.case_ids]
WRITTEN = [(case, language) for case in CASES for language in written_languages(LIBRARY, case)]
each_language = pytest.mark.parametrize("language", LIBRARY.language_ids)
each_written = pytest.mark.parametrize(
    ("case", "language"), WRITTEN, ids=[f"{case.id}-{language}" for case, language in WRITTEN]
)


class StandIn(dict[str, str]):
    """Forms that an entry would have, each showing which one is asked for."""

    def __init__(self, what: str) -> None:
        super().__init__(nominative=f"‹{what}›")
        self.what = what

    def get(self, form, _default=None):
        return super().get(form) or f"‹{self.what}: {form}›"

    def __getitem__(self, form):
        return self.get(form)


def holder(gender: str) -> Holder | None:
    name = {language: StandIn("holder") for language in LIBRARY.language_ids}
    return None if gender == "unknown" else Holder(name, gender, "made up", DATE, DATE)


def target(role: str, gender: str) -> Target:
    office = {language: StandIn("office") for language in LIBRARY.language_ids}
    return Target("x", "x", role, "FR", "FR", ("en",), office, "made up", ("1 Street",), DATE, holder(gender))


def test_the_ten_languages():
    """All ship, each with four tones and the case mustafayev."""
    assert set(TEN) <= set(LIBRARY.language_ids)
    assert set(TEN) <= set(LIBRARY.case("mustafayev").words)
    assert {"en", "az"} <= set(LIBRARY.case("rustamov").words)
    assert {"en", "ru", "tr"} <= set(LIBRARY.case("chiygoz").words)
    for language in LIBRARY.language_ids:
        assert LIBRARY.tones(language) == TONES


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def forms_table(language_id: str) -> list[str]:
    """Return office x gender x tone -> address, salutation, close, and the sources, as Markdown."""
    language = LIBRARY.language(language_id)
    lines = [
        f"## {language.name} ({language_id})", "", f"Confirmed by a speaker: {language.reviewed}.", "",
        "| office | holder | tone | above the postal address | salutation | close |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for role in ROLES:
        for gender in GENDERS:
            told: dict[str, list[str]] = {}
            for tone in TONES:
                one, many = (
                    forms.address(target(role, gender), language, tone, plural=plural) for plural in (False, True)
                )
                close = one.close if one.close == many.close else f"{one.close} / {many.close}"
                row = " | ".join(map(cell, ("<br>".join(one.lines), one.salutation, close)))
                told.setdefault(row, []).append(tone)
            for row, tones in told.items():
                shown = "each" if len(tones) == len(TONES) else ", ".join(tones)
                lines.append(f"| {role} | {gender} | {shown} | {row} |")
    lines += ["", "Where the forms come from:", ""]
    for role in ROLES:
        known = language.forms_of_address[role]
        reviewed = "" if known.reviewed == "no" else f" (confirmed: {known.reviewed})"
        lines.append(f"- {role}: {known.source}{reviewed}")
    return [*lines, ""]


def test_forms_of_address(golden):
    """The table that a speaker can look through."""
    lines = [
        "# Forms of address", "",
        "Made from the data by `pytest --update-golden`: edit `templates/*/language.yaml`, not this page. ‹office› and",
        "‹holder› stand for the words of the address book, ‹office: dative› for a form of them. Of two closes, the",
        "second is for several signers. *unknown* is what letters say when nobody is named: so do all that ship.", "",
    ]  # fmt: skip
    for language in LIBRARY.language_ids:
        lines += forms_table(language)
    golden(Path(__file__).parent.parent / "docs" / "forms-of-address.md", "\n".join(lines).rstrip("\n") + "\n")


@each_language
def test_every_office_has_its_title_in_every_form_that_is_asked_for(language):
    """Of every entry that ships, held by a man, a woman or nobody known."""
    for entry in LIBRARY.targets.values():
        for gender in GENDERS:
            held = dataclasses.replace(entry, holder=holder(gender))
            for tone in TONES:
                found = forms.address(held, LIBRARY.language(language), tone)
                assert all(found.lines)
                assert not re.search(r"[{}|]", " ".join((*found.lines, found.salutation, found.close)))


@each_language
def test_no_form_guesses_who_holds_an_office(language):
    """Man, woman and unknown differ where a courtesy word does; the unknown one is never the man's with such a word."""
    # One word for each side would be a guess; both together, or neither, are none.
    courtesy = (
        r"\b(Monsieur|Madame|Herrn?|Frau|Panie|Pani|cənab|xanım|господин|госпожа|пане|пані|панове|السيد|السيدة)\b"
    )
    for role in ROLES:
        lines = forms.address(target(role, "unknown"), LIBRARY.language(language), "formal")
        said = set(re.findall(courtesy, " ".join((*lines.lines, lines.salutation))))
        assert len(said) != 1, (role, lines)


@each_written
@pytest.mark.parametrize("tone", TONES)
def test_every_tone_carries_every_ask_and_the_message_before_it(case, language, tone):
    """Tone changes the framing, never the asks; brief carries the marked facts, the others all of them."""
    words = case.words[language]
    for name in current_aliases(case):
        to = addressee(LIBRARY, case, name, None)
        for plural in (False, True):
            letters = prepared(LIBRARY, case, to, language, tone, plural=plural)
            text = show_blocks(letters.body(sender_of(Signer(name="Ana", message=("My own words.",)))))
            assert all(words.asks[ask] in text for ask in to.asks)
            assert text.index("My own words.") < min(text.index(words.asks[ask]) for ask in to.asks)
            for fact in case.facts.values():
                assert (words.facts[fact.id] in text) is (fact.brief or tone != "brief"), fact.id


@each_language
@pytest.mark.parametrize("tone", TONES)
def test_one_signer_and_several_read_differently(language, tone):
    """Otherwise a template has forgotten who speaks."""
    case = LIBRARY.case("mustafayev")
    to = addressee(LIBRARY, case, "prosecutor", None)
    one, many = (
        show_blocks(prepared(LIBRARY, case, to, language, tone, plural=plural).body(sender_of(Signer(name=None))))
        for plural in (False, True)
    )
    assert one != many


# Month names as CLDR has them; where the words of a case inflect them further, as much as stays the same.
STEMS = {"az": 3, "pl": 3, "ru": 3, "uk": 3}


@each_written
def test_the_same_dates_in_every_language(case, language):
    """The month of each fact, by its name; test_data compares the digits."""
    words = case.words[language]
    for fact in case.facts.values():
        text = words.facts[fact.id].casefold()
        if not fact.date.month:
            continue
        month = datetime.date(2026, fact.date.month, 1)
        if format_date(month, "MMMM", locale="en").casefold() not in case.words["en"].facts[fact.id].casefold():
            continue
        names = {format_date(month, form, locale=LIBRARY.language(language).locale) for form in ("MMMM", "LLLL")}
        stems = {name.casefold()[: STEMS.get(language, 99)] for name in names}
        assert any(stem in text for stem in stems), (fact.id, names)


@each_written
def test_names_and_translations_say_where_they_come_from(case, language):
    """Every name where it is spelt so; every text but one what it was translated from."""
    words = case.words[language]
    assert words.name_source
    origin = words.translated_from
    assert (origin is None) == (language == "en")
    assert origin is None or origin.language == "en"


# What a template must not say, by language: forms for a man and for a woman.
GENDERED = {
    "ru": ("Я узнал об этом.", "Я узнала об этом.", "Я глубоко обеспокоена.", "Буду признателен за ответ."),
    "uk": ("Я дізнався про це.", "Я дізналася про це.", "Я стурбована.", "Буду вдячний за відповідь."),
    "pl": ("Dowiedziałem się o tym.", "Dowiedziałam się o tym.", "Jestem zaniepokojona.", "Będę wdzięczny."),
    "fr": ("Je suis alarmée.", "Je suis convaincu de cela.", "Je soussigné demande ceci."),
    "es": ("Estoy preocupada por él.", "Quedo muy agradecido.", "Estoy convencido de ello."),
    "ar": ("وأنا قلقة على حياته.", "وأكون ممتنًا لكم.", "أنا الموقعة أدناه."),
}


@pytest.mark.parametrize("language", sorted(GENDERED))
def test_check_finds_what_shows_the_writers_gender(language, tmp_path):
    """Past tense, adjectives and participles about the writer, each in a template of the group's."""
    folder = tmp_path / "templates" / language
    folder.mkdir(parents=True, exist_ok=True)
    for sentence, tone in zip(GENDERED[language], TONES, strict=False):
        text = (shipped() / "templates" / language / f"{tone}.txt.j2").read_text(encoding="utf-8")
        (folder / f"{tone}.txt.j2").write_text(f"{text}\n{sentence}\n", encoding="utf-8")
    found = [str(problem) for problem in check(Library(tmp_path)).problems]
    shown = [problem for problem in found if "shows whether the writer is a man or a woman" in problem]
    for sentence, tone in zip(GENDERED[language], TONES, strict=False):
        assert any(f"/{language}/{tone}.txt.j2" in problem for problem in shown), sentence


def test_check_finds_what_is_typed_wrong(tmp_path):
    """In a template and in a case's words, each with what to do."""
    folder = tmp_path / "templates" / "fr"
    folder.mkdir(parents=True)
    text = (shipped() / "templates" / "fr" / "brief.txt.j2").read_text(encoding="utf-8")
    (folder / "brief.txt.j2").write_text(f"{text}\nVoici: rien.\n", encoding="utf-8")
    words = tmp_path / "cases" / "mustafayev"
    words.mkdir(parents=True)
    text = (shipped() / "cases" / "mustafayev" / "ru.yaml").read_text(encoding="utf-8")
    (words / "ru.yaml").write_text(text.replace("№\u00a0", "№ "), encoding="utf-8")
    found = [str(slip) for slip in check(Library(tmp_path)).slips]
    assert any("fr/brief.txt.j2" in slip and "Voici:" in slip for slip in found)
    assert any("ru.yaml" in slip and "№ " in slip for slip in found)


def test_check_says_which_translation_is_behind(tmp_path):
    """When the text that it was made from has changed, with the digest that says it was compared."""
    words = tmp_path / "cases" / "mustafayev"
    words.mkdir(parents=True)
    text = (shipped() / "cases" / "mustafayev" / "en.yaml").read_text(encoding="utf-8")
    (words / "en.yaml").write_text(text.replace("spent three days", "spent four days"), encoding="utf-8")
    found = [str(problem) for problem in check(Library(tmp_path)).problems]
    behind = [problem for problem in found if "translated_from.digest" in problem]
    assert len(behind) == len(LIBRARY.case("mustafayev").words) - 1
    assert len({re.findall(r"digest: ([0-9a-f]{8})$", problem)[0] for problem in behind}) == 1


def test_check_finds_a_paragraph_that_one_language_lacks(tmp_path):
    """Letter and translation stand side by side, paragraph by paragraph."""
    folder = tmp_path / "templates" / "de"
    folder.mkdir(parents=True)
    text = (shipped() / "templates" / "de" / "urgent.txt.j2").read_text(encoding="utf-8")
    (folder / "urgent.txt.j2").write_text(text.replace("{{ concern }}\n\n", ""), encoding="utf-8")
    problems = [str(problem) for problem in check(Library(tmp_path)).problems]
    assert [problem for problem in problems if "has other paragraphs than" in problem and "de/urgent" in problem]


def test_the_first_of_the_month():
    """French says 1er, and only of the first."""
    first, other = datetime.date(2026, 1, 1), datetime.date(2026, 1, 21)
    french = LIBRARY.language("fr")
    assert written_date(first, french, None).replace("\u00a0", " ") == "1er janvier 2026"
    assert written_date(other, french, None).replace("\u00a0", " ") == "21 janvier 2026"


DICTIONARIES = {"ar": "ar", "de": "de_DE", "en": "en_GB", "es": "es_ES", "fr": "fr", "it": "it_IT", "pl": "pl_PL",
                "ru": "ru_RU", "tr": "tr_TR", "uk": "uk_UA"}  # fmt: skip


def known_words(language: str) -> set[str]:
    """Return the words that are right though no dictionary has them, each of which has a reason."""
    path = Path(__file__).parent / "spelling" / f"{language}.txt"
    entries = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert all(len(entry) == 2 and entry[1].strip() for entry in entries), path
    return {entry[0] for entry in entries}


@pytest.mark.parametrize("language", [language for language in LIBRARY.language_ids if language != "az"])
def test_spelling(language):
    """A dictionary knows every word, but for names and a short list, each with its reason."""
    if not shutil.which("hunspell"):
        pytest.skip("hunspell is not installed")
    spoken = LIBRARY.language(language)
    texts = [*spoken.labels.values(), *(title for titles in spoken.offices.values() for title in titles.values())]
    for role in ROLES:
        for gender in GENDERS:
            for tone in TONES:
                found = forms.address(target(role, gender), spoken, tone)
                texts += [re.sub(r"(\w+’)?‹.*?›", "", text) for text in (*found.lines, found.salutation, found.close)]
    for case, written in WRITTEN:
        if written == language:
            texts += case.words[language].name.values()
            for name in current_aliases(case):
                for tone in TONES:
                    for plural in (False, True):
                        to = addressee(LIBRARY, case, name, None)
                        letters = prepared(LIBRARY, case, to, language, tone, plural=plural)
                        letter = letters.letter(sender_of(Signer(name=None)), datetime.date(2026, 11, 21))
                        texts += [letter.subject, letter.salutation, letter.close, show_blocks(letter.body)]
    texts += [text for tone in TONES for text in own_words(compile_template(*LIBRARY.template(language, tone)))]
    # The United Nations' number of a letter is no word; nor is an elided article before what is filled in.
    text = re.sub(r"AL RUS 4/2020|\w+’(?=…)", "", "\n".join(dict.fromkeys(texts))).replace("’", "'")
    command = ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-l"]
    result = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)
    if "Can't open" in result.stderr:
        pytest.skip(f"hunspell has no dictionary {DICTIONARIES[language]}")
    unknown = {word.replace("'", "’").strip("-.") for word in result.stdout.split()} - {""}
    known = known_words(language)
    assert sorted(unknown - known) == []
    assert sorted(known - unknown) == [], "no longer needed"
