"""What tells a person's name: its shape, and the honorifics before it; and the role that a title names."""

from __future__ import annotations

import re
from functools import cache

from appealgen.importing import honorifics, roles
from appealgen.importing.places import country_of
from appealgen.importing.text import UPPER

WORD = rf"(?:[{UPPER}][\w’'`.-]*)"
PARTICLE = r"(?:al|el|bin|bint|ibn|ben|de|la|del|dos|da|van|von|der|den|du|le|y|ul|ur|abu|e|i)"
_NAME = re.compile(rf"^{WORD}(?:[ -](?:{PARTICLE}[ -]){{0,3}}{WORD}){{1,4}}$")
_ONE_NAME = re.compile(rf"^{WORD}(?:[ -](?:{PARTICLE}[ -]){{0,3}}{WORD}){{0,4}}$")
_STREET = re.compile(
    r"\d|\b(?:street|st\.|avenue|ave|road|rd|square|building|p\.?o\.? ?box|box|floor|house|palace|gardens|"
    r"district|ul\.|ulitsa|prospekt|strasse|straße|platz|weg|rue|place|boulevard|bd|bp|calle|avenida|plaza|"
    r"jir[óo]n|col\.|edificio|piso|zona|улица|ул\.|проспект|пр\.|дом|д\.|площадь)\b|straße|strasse|platz\b|"
    r"allee\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"\b(?:office|ministry|department|palace|palacio|palais|court|house|cent(?:re|er)|union|council|federation|"
    r"republi[ck]|r[ée]publi\w+|city|region|bureau|agency|services?|secretariat|parliament|assembly|directorate|"
    r"division|general|government|administration|building|prison|colony|police|university|embassy|united|"
    r"north|south|east|west|central|international|internacional|network|netzwerk|r[ée]seau|red|association|"
    r"comit[ée]e?|commission|observato\w+|ligue|liga|organi[sz]a\w+|foro|sindicato|syndicat|radio|kommission|stiftung|rights|watch|action|justice|park|hill|lane|hall|province)\b|\w*ministerium|"
    r"minist[èe]re|ministerio",
    re.IGNORECASE,
)


@cache
def role_of(text: str) -> str | None:
    """Return the role whose title *text* holds, or None."""
    return next((role for role, pattern in roles.ROLES if pattern.search(text)), None)


@cache
def _honorific() -> re.Pattern[str]:
    choice = "|".join(f"(?P<{gender}>{pattern})" for gender, pattern in honorifics.HONORIFICS)
    return re.compile(rf"^(?:(?:le|la|el|the|den|dem)\s+)?(?:{choice})(?=[\s,]|$)\.?\s*", re.IGNORECASE)


def without_honorific(text: str) -> tuple[str, str | None, str]:
    """Return *text* without the honorifics before it, these, and whose they are: ``man``, ``woman`` or ``unknown``."""
    found: list[str] = []
    gender = "unknown"
    rest = text.strip()
    while match := _honorific().match(rest):
        said = match[0].strip(" ,")
        after = re.sub(
            r"^(?:le|la|el)\s+(?=ministr|procur|pr[ée]sid|fiscal|gouvern|direct|juge)",
            "",
            rest[match.end() :].strip(" ,"),
            flags=re.IGNORECASE,
        )
        if not after:
            # Nothing but honorifics: "Son Excellence" on a line of its own.
            return ("", " ".join([*found, said]), _whose(match, gender))
        if after[:1].islower() and not _honorific().match(after) and not role_of(after):
            break
        # A title that is a word like any other counts only where a name follows.
        if role_of(said) and not _ONE_NAME.match(after.partition(",")[0].strip()):
            break
        # "General Prosecutor" is an office, and "Father of ..." is none's honorific.
        if re.fullmatch(
            r"(?:the )?general|director|commander|chief|inspector.general|professor|lord|vice.*", said, re.IGNORECASE
        ) and role_of(f"{said} {after}"):
            break
        found.append(said)
        gender = _whose(match, gender)
        rest = after
    return rest, " ".join(found) or None, gender


def _whose(match: re.Match[str], known: str) -> str:
    return known if known != "unknown" else next((one for one in ("man", "woman") if match[one]), "unknown")


@cache
def is_name(text: str) -> bool:
    """Tell whether *text* reads as the name of a person."""
    if len(text) > 60 or _STREET.search(text) or country_of(text):
        return False
    if text == text.upper():
        return False
    return _NAME.match(text) is not None and role_of(text) is None and not _INSTITUTION.search(text)


def is_titled_name(text: str) -> bool:
    """Tell whether *text*, which an honorific stands before, is a name: it may then be one word."""
    if len(text) > 60 or any(map(str.isdigit, text)) or country_of(text):
        return False
    return _ONE_NAME.match(text) is not None and role_of(text) is None
