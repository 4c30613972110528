"""Postal addresses as lines, and the country line that the sender's post reads."""

from __future__ import annotations

from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from appealgen.characters import folded
from appealgen.errors import closest

#: Senders whose printers hold Letter paper.
# CLDR names more countries (supplemental paper size); of those, PH and the Latin American ones print A4 as well.
LETTER_PAPER = frozenset({"US", "CA"})
#: Languages in which a country's name is understood when typed.
_TYPED = ("en", "de", "fr", "es", "pl", "ru", "uk", "tr", "az", "ar")


@cache
def language_name(language: str) -> str:
    """Return the English name of *language*, or its code where there is none."""
    try:
        return str(Locale.parse(language).english_name or language)
    except (UnknownLocaleError, ValueError):
        return language


@cache
def territories(language: str) -> dict[str, str]:
    """Return the names of countries in *language*, by code; empty where the language is not known."""
    try:
        known = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: name for code, name in known.items() if len(code) == 2 and code.isalpha()}


#: What people type and no standard has.
_CUSTOMARY = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "usa": "US",
    "united states of america": "US",
    "russian federation": "RU",
    "czech republic": "CZ",
    "holland": "NL",
}


@cache
def _countries() -> dict[str, str]:
    """Return codes by folded name, in all languages in which countries are typed."""
    names = {folded(name): code for language in reversed(_TYPED) for code, name in territories(language).items()}
    return names | _CUSTOMARY


@lru_cache(maxsize=4096)
def _country(text: str) -> str | None:
    code = text.strip().upper()
    return code if code in territories("en") else _countries().get(folded(text))


def country_code(text: str) -> str:
    """Return the code of the country that *text* names: a code, or a name in English or another common language.

    Raises:
        ValueError: with a message, if there is none.
    """
    code = _country(text)
    if code is None:
        close = _countries().get(closest(folded(text), _countries()))
        hint = (
            f"did you mean {territories('en')[close]}?" if close else "write its code, such as GB, or its English name"
        )
        raise ValueError(f'"{text}" is not a country: {hint}')
    return code


def country_name(country: str) -> str:
    """Return the English name of *country*."""
    return territories("en").get(country, country)


def country_line(country: str, sender: str | None, sender_language: str | None) -> str:
    """Return the last line of an address in *country* for a letter posted in *sender*, or an empty text.

    It is for the sender's post: in the sender's language where that is official there, else in English; none
    within a country.
    """
    if country == sender:
        return ""
    language = "en"
    if sender and sender_language and sender_language in get_official_languages(sender, de_facto=True):
        language = sender_language
    return country_in_capitals(country, language)


def country_in_capitals(country: str, language: str) -> str:
    """Return the name of *country* in *language*, in capitals."""
    name = territories(language).get(country) or territories("en").get(country, country)
    if language in ("tr", "az"):
        name = name.replace("i", "İ").replace("ı", "I")
    return name.upper()


def page(country: str | None) -> str:
    """Return the paper that a sender in *country* prints on: ``A4`` or ``Letter``."""
    return "Letter" if country in LETTER_PAPER else "A4"


def names_country(line: str, country: str) -> bool:
    """Tell whether *line* is the name of *country*."""
    return _country(line) == country
