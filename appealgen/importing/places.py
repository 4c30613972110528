"""Names of countries as documents print them -> their codes."""

from __future__ import annotations

import re
from functools import cache

from appealgen.addresses import country_code, territories

_LANGUAGES = ("ru", "es", "fr", "de", "en")
_BEFORE = re.compile(
    r"^(?:the|sr|s\.r\.|r\.|(?:(?:islamic|democratic|people.s|socialist|federal|arab|united|bolivarian)\s+)*"
    r"(?:republic|kingdom|state|sultanate|principality) of(?: the)?|"
    r"(?:islamische |arabische |demokratische )?(?:volks)?republik|königreich|la|le|l.|el|"
    r"république (?:(?:islamique|arabe|populaire|fédérale) )?(?:du|de la|des|de|d.)|"
    r"royaume (?:du|de|d.)|"
    r"república (?:(?:islámica|bolivariana|árabe|popular) )?(?:del?|de la)|reino de|республика|королевство)\s*\b",
    re.IGNORECASE,
)
# What documents print and lists of countries have under another name.
_FORMAL = {
    "federal republic of germany": "DE",
    "people's republic of china": "CN",
    "people’s republic of china": "CN",
    "viet nam": "VN",
    "bundesrepublik deutschland": "DE",
    "uk": "GB",
    "u.k.": "GB",
    "arab republic of egypt": "EG",
    "republic of turkey": "TR",
    "türkiye": "TR",
    "syrian arab republic": "SY",
    "lao pdr": "LA",
    "u.s.a.": "US",
    "usa": "US",
    "united states of america": "US",
    "kingdom of saudi arabia": "SA",
    "republic of the philippines": "PH",
    "burma": "MM",
    "myanmar (burma)": "MM",
    "democratic republic of the congo": "CD",
    "drc": "CD",
    "rdc": "CD",
    "ivory coast": "CI",
    "république démocratique du congo": "CD",
    "república democrática del congo": "CD",
    "demokratische republik kongo": "CD",
    "republic of the congo": "CG",
    "république du congo": "CG",
    "congo": "CG",
    "zaire": "CD",
    "côte d'ivoire": "CI",
    "côte d’ivoire": "CI",
    "fédération de russie": "RU",
    "russian federation": "RU",
    "russische föderation": "RU",
    "federación de rusia": "RU",
    "federación rusa": "RU",
    "российская федерация": "RU",
    "россия": "RU",
    "belarus": "BY",
    "weißrussland": "BY",
    "беларусь": "BY",
    "республика беларусь": "BY",
    "estados unidos mexicanos": "MX",
    "uae": "AE",
    "lao people's democratic republic": "LA",
    "lao people’s democratic republic": "LA",
    "democratic people's republic of korea": "KP",
    "iran, islamic republic of": "IR",
    "republic of korea": "KR",
    "south korea": "KR",
    "north korea": "KP",
    "korea": "KR",
    "palestinian authority": "PS",
    "swaziland": "SZ",
    "czech republic": "CZ",
    "macedonia": "MK",
    "cape verde": "CV",
    "the gambia": "GM",
    "gambia": "GM",
    "turkey": "TR",
    "east timor": "TL",
    "türkei": "TR",
}


@cache
def _names() -> dict[str, str]:
    names = {
        name.casefold(): code
        for language in _LANGUAGES
        for code, name in territories(language).items()
        if len(code) == 2
    }
    return names | _FORMAL


#: Where embassies stand, in the languages that are read: the capitals of many countries, as of 2024.
_CAPITALS = {
    "london": "GB", "londres": "GB", "лондон": "GB", "berlin": "DE", "berlín": "DE", "берлин": "DE", "bonn": "DE",
    "paris": "FR", "parís": "FR", "париж": "FR", "bern": "CH", "berne": "CH", "berna": "CH", "geneva": "CH",
    "genève": "CH", "genf": "CH", "ginebra": "CH", "женева": "CH", "vienna": "AT", "wien": "AT", "vienne": "AT",
    "viena": "AT", "madrid": "ES", "мадрид": "ES", "washington": "US", "washington dc": "US", "washington d.c.": "US",
    "new york": "US", "nueva york": "US", "brussels": "BE", "bruxelles": "BE", "brüssel": "BE", "brussel": "BE",
    "bruselas": "BE", "ottawa": "CA", "canberra": "AU", "wellington": "NZ", "dublin": "IE", "dublín": "IE",
    "the hague": "NL", "den haag": "NL", "la haye": "NL", "la haya": "NL", "rome": "IT", "rom": "IT", "roma": "IT",
    "lisbon": "PT", "lisboa": "PT", "lissabon": "PT", "lisbonne": "PT", "stockholm": "SE", "estocolmo": "SE",
    "oslo": "NO", "copenhagen": "DK", "kopenhagen": "DK", "copenhague": "DK", "helsinki": "FI", "warsaw": "PL",
    "warschau": "PL", "varsovie": "PL", "varsovia": "PL", "prague": "CZ", "prag": "CZ", "praga": "CZ", "tokyo": "JP",
    "tokio": "JP", "moscow": "RU", "moskau": "RU", "moscou": "RU", "moscú": "RU", "москва": "RU", "mexico city": "MX",
    "ciudad de méxico": "MX", "buenos aires": "AR", "bogotá": "CO", "lima": "PE", "brasilia": "BR", "brasília": "BR",
    "pretoria": "ZA", "nairobi": "KE", "dakar": "SN", "new delhi": "IN", "seoul": "KR", "ankara": "TR", "kyiv": "UA",
    "budapest": "HU", "athens": "GR", "athen": "GR", "luxembourg": "LU", "luxemburg": "LU", "reykjavik": "IS",
}  # fmt: skip


def country_by_capital(line: str) -> str | None:
    """Return the country whose capital *line* of an address names, with a postal code or without; or None."""
    bare = re.sub(r"\b[A-Z]{0,2}\d[\w-]*\b|\b\d[A-Z]{2}\b|[.,]\s*$", " ", line)
    pieces = [line, bare, *re.split(r",\s*", bare)]
    names = (re.sub(r"\s+(?:N|S|E|W|NW|SW|SE|NE|WC|EC|cedex)$", "", " ".join(piece.split())) for piece in pieces)
    return next((_CAPITALS[name.casefold()] for name in names if name.casefold() in _CAPITALS), None)


@cache
def country_of(text: str) -> str | None:
    """Return the code of the country that *text* is the name of, or None."""
    name = text.strip(" .,;()").casefold()
    if len(name) > 60:
        return None
    found = _names().get(name)
    if found is None and (match := _BEFORE.match(name)):
        found = _names().get(name[match.end() :].strip())
    return country_code(found) if found else None
