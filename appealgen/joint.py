"""The end of a joint letter: how many have signed, in the words of the letter's language, and who."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.numbers import format_decimal

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.errors import InputError, Problem
from appealgen.letter import Joint, Signatories
from appealgen.templates import replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from appealgen.model import JointWords, Language, Signatory

#: So many stand below the letter; more stand on pages of their own.
LONGEST_BELOW = 60
# Characters of a title above a page.
_TITLE = 80
_COUNTS = (*range(1, 201), 1000, 10_000, 100_000)


def joined(signatories: Sequence[Signatory], language: Language, replace: Mapping[str, str], subject: str) -> Joint:
    """Return what a letter in *language* says of its *signatories*: people first, then organisations, as they come.

    Args:
        signatories: who signs, at least one.
        language: of the letter.
        replace: the words that a country has others for.
        subject: of the letter, which is also its running title.

    Raises:
        InputError: if the language lacks a word for it.
    """
    words = _words(language)
    people = [one for one in signatories if not one.organisation]
    organisations = [one for one in signatories if one.organisation]
    count = counted(language, len(people), len(organisations))
    heading = words.heading.replace("{count}", count)
    lists = []
    if people:
        lists.append(_listed(heading, people, words, replace))
    if organisations:
        lists.append(_listed(words.organisations_heading if people else heading, organisations, words, replace))
    annex = sentence = ""
    if len(signatories) > LONGEST_BELOW:
        annex = words.annex
        sentence = filled(words.annex_sentence, {"count": count, "n": _figures(len(signatories), language)})
    before, between, after = re.split(r"\{pages?\}", words.page)
    return Joint(
        tuple(lists),
        shortened(subject, words.cut),
        (before, between, after),
        replaced(annex, replace),
        replaced(sentence, replace),
    )


def shortened(subject: str, cut: str) -> str:
    """Return *subject*, after a word put into *cut* where it would not stand on one line beside a page's number."""
    if len(subject) <= _TITLE:
        return subject
    title = subject[:_TITLE].rpartition(" ")[0] or subject[:_TITLE]
    return filled(cut, {"title": title.rstrip(" \N{NO-BREAK SPACE},;:،؛–—-")})


def _words(language: Language) -> JointWords:
    if language.joint is None:
        hint = _("add the words for joint letters: docs/data.md shows them")
        raise InputError([Problem(language.source, _("is missing"), hint, key="joint")])
    return language.joint


def _listed(heading: str, those: Sequence[Signatory], words: JointWords, replace: Mapping[str, str]) -> Signatories:
    entries = tuple(entry(one, words) for one in those)
    return Signatories(replaced(heading, replace), entries, any(one.role for one in those))


def entry(signatory: Signatory, words: JointWords) -> str:
    """Return name and role of *signatory* on one line, or the name alone."""
    if not signatory.role:
        return signatory.name
    pattern = words.entry
    if not _runs_left(signatory.name + signatory.role):
        # Between Latin words an Arabic comma is foreign.
        pattern = pattern.replace("،", ",")
    return filled(pattern, {"name": signatory.name, "role": signatory.role})


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put *values* where *text* names them; what a value itself says is left as it is."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def counted(language: Language, people: int, organisations: int) -> str:
    """Return how many people and organisations there are, in the words of *language*.

    Raises:
        InputError: if it lacks the form for one of the numbers.
    """
    words = _words(language)
    in_words = max(people, organisations) <= len(words.small_numbers)

    def said(kind: str, forms: Mapping[str, str], number: int) -> str:
        category = _categories(language.locale)(number)
        if category not in forms:
            hint = _('add it: the language needs it for {number}, with "{{n}}" for the number', number=number)
            raise InputError([Problem(language.source, _("is missing"), hint, key=f"joint.{kind}.{category}")])
        shown = words.small_numbers[number - 1] if in_words else _figures(number, language)
        return filled(forms[category], {"n": shown})

    parts = {
        "people": said("people", words.people, people) if people else "",
        "organisations": said("organisations", words.organisations, organisations) if organisations else "",
    }
    return filled(words.both, parts) if all(parts.values()) else "".join(parts.values())


def _figures(number: int, language: Language) -> str:
    words = _words(language)
    if number < (1000 if words.group_four_digits else 10_000):
        return str(number)
    if words.group_mark:
        return f"{number:,}".replace(",", words.group_mark)
    return format_decimal(number, locale=language.locale)


@lru_cache(maxsize=32)
def _categories(locale: str) -> Callable[[int], str]:
    return Locale.parse(locale).plural_form


def gaps(language: Language) -> list[Problem]:
    """Return what *language* lacks to say how many have signed."""
    if language.joint is None:
        hint = _("add the words for joint letters: docs/data.md shows them")
        return [Problem(language.source, _("is missing"), hint, key="joint")]
    categories = _categories(language.locale)
    numbers: dict[str, list[int]] = {}
    for number in _COUNTS:
        numbers.setdefault(categories(number), []).append(number)
    problems = []
    for kind, forms in (("people", language.joint.people), ("organisations", language.joint.organisations)):
        for category, those in numbers.items():
            key = f"joint.{kind}.{category}"
            if category not in forms:
                hint = _("add it: the language needs it for {number}", number=those[0])
                problems.append(Problem(language.source, _("is missing"), hint, key=key))
            elif len(those) > 1 and "{n}" not in forms[category]:
                numbers_said = catalogue.listed(map(str, those[:3]))
                hint = _("write {{n}}: it is said of {numbers} and others", numbers=numbers_said)
                problems.append(Problem(language.source, _("does not say the number"), hint, key=key))
    return problems
