"""The program's own words in the language of who uses it, from gettext catalogues; English until told otherwise.

These languages, those of ``locale/``, have nothing to do with the languages of letters.

A message stands in the sources in English and is looked up where it is said: ``_("{id} is closed", id=case.id)``.
What stands in a constant is marked with ``N_`` and looked up later. ``locale/words.py`` finds them all.
"""

from __future__ import annotations

import gettext
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DOMAIN = "appealgen"
#: Where the build puts the catalogues.
FOLDER = Path(__file__).parent / "locale"

_language = "en"
_known: gettext.NullTranslations = gettext.NullTranslations()


def _(message: str, /, **values: object) -> str:
    """Return *message* in the user's language, with *values* in the places that it names."""
    said = _known.gettext(message)
    return said.format(**values) if values else said


def _n(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of a message that goes with *count*, which stands at ``{count}``."""
    return _known.ngettext(one, many, count).format(count=number(count), **values)


def _p(context: str, message: str, /, **values: object) -> str:
    """Return *message* where the same English words have another translation in another *context*."""
    said = _known.pgettext(context, message)
    return said.format(**values) if values else said


def N_(message: str) -> str:  # noqa: N802  as gettext's tools call it
    """Mark *message* for translation where it stands; it is looked up where it is said."""
    return message


def language() -> str:
    """Return the code of the language that messages are in."""
    return _language


def speak(wanted: str, folder: Path = FOLDER) -> None:
    """Say messages in the language *wanted* from now on; in English where *folder* has no catalogue of it."""
    global _language, _known
    try:
        with _file(wanted, folder).open("rb") as stream:
            _language, _known = wanted, gettext.GNUTranslations(stream)
    except FileNotFoundError:
        _language, _known = "en", gettext.NullTranslations()


def follow(environ: Mapping[str, str]) -> None:
    """Speak the language that *environ* asks for, Click's own words and processes started from here included."""
    wanted = asked(environ)
    if wanted == "en":
        return
    speak(wanted)
    # Click looks its words up in the domain of the process, by the same variable.
    os.environ["LANGUAGE"] = wanted
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)


def asked(environ: Mapping[str, str]) -> str:
    """Return the first language that *environ* asks for and that there is, by LANGUAGE, LC_ALL, LC_MESSAGES and LANG.

    The first of them that says something holds; LANGUAGE may name several, and says nothing where LC_ALL is C.
    """
    if environ.get("LC_ALL") in ("C", "POSIX"):
        return "en"  # how scripts ask for words that they know, whatever LANGUAGE a desktop has set
    said = next(filter(None, (environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if not said and os.name == "nt":
        said = _of_windows()
    codes = (re.sub(r"[^a-z].*", "", name.lower()) for name in said.split(":"))
    return next((code for code in codes if code == "en" or _file(code, FOLDER).is_file()), "en")


def _file(language: str, folder: Path) -> Path:
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def _of_windows() -> str:
    """Return the locale of Windows' own words; there no variable says it."""
    import ctypes
    import locale

    windows = getattr(ctypes, "windll", None)
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "") if windows else ""


def number(value: float, digits: int = 0) -> str:
    """Return *value* with *digits* decimals, grouped as the language does."""
    if _language == "en":
        return f"{value:,.{digits}f}"
    from babel.numbers import format_decimal  # only for who reads another language

    # The language's own pattern knows that four digits stand together in Spanish.
    pattern = f"#,##0.{'0' * digits}" if digits else None
    return format_decimal(round(value, digits), format=pattern, locale=_language)


def day(year: int, month: int | None = None, day: int | None = None) -> str:
    """Return a date of which day or month may be unknown, in words: ``July 2025``."""
    import calendar  # dates are told by a few commands, and not in their help
    import datetime

    if _language == "en":
        return " ".join(str(part) for part in (day or "", calendar.month_name[month] if month else "", year) if part)
    from babel.dates import format_date, format_skeleton

    whole = datetime.date(year, month or 1, day or 1)
    if day:
        return format_date(whole, "long", locale=_language)
    return format_skeleton("yMMMM" if month else "y", whole, locale=_language)


def listed(words: Iterable[str]) -> str:
    """Return *words* with commas between them."""
    return _(", ").join(words)
