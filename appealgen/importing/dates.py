"""Dates as appeals write them, in the languages in which they come."""

from __future__ import annotations

import datetime
import re
from functools import cache

from babel.dates import get_month_names

_LANGUAGES = ("en", "de", "fr", "es", "ru")


@cache
def _months() -> dict[str, int]:
    """Return months by their names and the abbreviations that people write."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in get_month_names(width, context, language).items():
                    found.setdefault(name.lower().rstrip("."), month)
    return found | {
        "sept": 9, "sep": 9, "setiembre": 9, "märz": 3, "jänner": 1, "févr": 2, "juil": 7, "fevrier": 2,
        "aout": 8, "decembre": 12, "maerz": 3, "ago": 8, "dic": 12, "ene": 1, "abr": 4,
    }  # fmt: skip


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})"
        rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s*(?:of |de |del |d.)?(?P<n2>{names})\b\.?,?(?:\s*(?:de |"
        rf"del )?(?P<y2>\d{{4}}))?"
        rf"|\b(?P<n3>{names})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y3>\d{{4}}))?"
        rf"|(?P<d4>\d{{1,2}})[./](?P<m4>\d{{1,2}})[./](?P<y4>\d{{4}}|\d{{2}}(?!\d))"
        rf"|(?<!\d)(?<!-)(?P<d5>\d{{1,2}})-\s?(?P<m5>\d{{1,2}})-\s?(?P<y5>(?:19|20)\d{{2}})(?![\d-])",
        re.IGNORECASE,
    )


def dates(text: str) -> list[tuple[int | None, int, int]]:
    """Return the dates in *text*: year (None where it does not say), month, day. No day that cannot be is returned.

    Numbers alone are read as day, month, year, but as month, day, year where only that can be.
    """
    found: list[tuple[int | None, int, int]] = []
    for match in _pattern().finditer(text):
        got = match.groupdict()
        if got["y1"]:
            year, month, day = int(got["y1"]), int(got["m1"]), int(got["d1"])
        elif got["d5"]:
            year, month, day = int(got["y5"]), int(got["m5"]), int(got["d5"])
            if month > 12:
                month, day = day, month
        elif got["d4"]:
            year, month, day = int(got["y4"]), int(got["m4"]), int(got["d4"])
            year += 2000 if year < 50 else 1900 if year < 100 else 0
            if month > 12:
                month, day = day, month
        else:
            which = "2" if got["n2"] else "3"
            month, day = _months()[got[f"n{which}"].lower()], int(got[f"d{which}"])
            year = int(got[f"y{which}"]) if got[f"y{which}"] else 0
        try:
            datetime.date(year or 2000, month, day)
        except ValueError:
            continue
        found.append((year or None, month, day))
    return found


def whole_date(text: str) -> datetime.date | None:
    """Return the first date in *text* that says its year, or None."""
    return next((datetime.date(year, month, day) for year, month, day in dates(text) if year), None)
