"""The date of a letter as its language and the sender's country write it, with the town where custom has it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from babel import UnknownLocaleError
from babel.dates import format_date

from appealgen import addresses
from appealgen.catalogue import _
from appealgen.errors import InputError, Problem
from appealgen.model import Region

if TYPE_CHECKING:
    import datetime

    from appealgen.model import Language

_NO_REGION = Region()


def written_date(date: datetime.date, language: Language, country: str | None) -> str:
    """Return *date* as *language* writes it for a sender in *country*."""
    region = language.regions.get(country or "", _NO_REGION)
    pattern = region.date_format or language.date_format
    if date.day == 1 and language.first_of_month:
        pattern = _DAY.sub(lambda match: match[1] or f"'{language.first_of_month}'", pattern)
    locale = region.locale or language.locale
    try:
        return format_date(date, format=pattern, locale=locale)
    except (UnknownLocaleError, ValueError) as error:
        place = f"regions.{country}.locale" if region.locale else "locale"
        message = _('"{locale}" is not known', locale=locale)
        problem = Problem(language.source, message, _("write one such as it_IT"), key=place)
        raise InputError([problem]) from error


# A literal in quotes, which stays as it is, or the day in a CLDR pattern.
_DAY = re.compile(r"('[^']*')|d+")


def date_line(date: str, town: str | None, language: Language) -> str:
    """Return *date* with the town before it, as *language* has them together."""
    with_town, without_town = language.date_line
    place = addresses.town_name(town) if town else ""
    if place and language.direction == "ltr" and unicodedata.bidirectional(place[-1]) in ("R", "AL"):
        # Else the comma and the day after it would go to the wrong side of the town.
        place += "\N{LEFT-TO-RIGHT MARK}"
    # The town comes last: what a person typed is no place for anything else.
    return (with_town if place else without_town).replace("{date}", date).replace("{town}", place)
