"""The day until which an appeal says to write, and the words that say it."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from appealgen.importing.dates import dates, whole_date
from appealgen.importing.text import Line, paragraphs, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNTIL = re.compile(
    r"\b(?:until|before|by|after|expires(?: on)?|deadline|(?:no|not) later than|ends? on|closes on|bis(?: zum|"
    r" spätestens)?|nach dem|"
    r"endet am|l[äa]uft bis|sp[äa]testens(?: am)?|vor dem|au plus tard le|a m[áa]s tardar(?: el)?|"
    r"antes de(?: el)?|avant le|jusqu.au|après le|d.ici (?:le|au)|antes del?|hasta el|después del|до|не позднее|"
    r"после)\b",
    re.IGNORECASE,
)


def is_until(text: str) -> bool:
    """Tell whether *text* begins as a deadline does, and is no title of an office."""
    return _UNTIL.match(text) is not None


_SENDING = re.compile(
    r"expire|deadline|frist|échéance|срок|appe(?:a|l)l?|appell|brief|cartas|lettre|letter|schreib|write|"
    r"keep this|arrive|absenden|postez|\bpost\b|\bsend\b|do so|envi[ée]|eintreffen|письм|напиш|"
    r"take action|please act|\bact (?:before|by)|à envoyer|envoy|écri|envíen|escrib|llamamiento|обращени|"
    r"пишите|отправ|aktion|action",
    re.IGNORECASE,
)
#: What may stand between "until" and its date: an article, a day of the week or a feast.
_CLOSE = re.compile(
    r"[\s:]*(?:the |le |dem |den |el |zum |am )?(?:(?:[^\W\d]+ ){0,1}[^\W\d]+,\s+(?:the |le |dem |den |el )?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day |(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag) |"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) |"
    r"(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo) )?(?:\d|[^\W\d]+\.? \d)",
    re.IGNORECASE,
)


def deadline(
    lines: list[Line], labelled: Iterable[Line], issued: datetime.date | None = None
) -> tuple[datetime.date, int] | None:
    """Return until when to act, and the line that says so."""
    for line in labelled:
        if found := whole_date(line.text):
            return found, line.number
    candidates: list[tuple[int, datetime.date, int]] = []
    for paragraph in paragraphs(lines):
        for sentence in sentences(paragraph.text):
            if not _SENDING.search(sentence) or not _UNTIL.search(sentence):
                continue
            for match in _UNTIL.finditer(sentence):
                after = sentence[match.end() : match.end() + 40]
                found = _dated(after, issued) if _close(after) else None
                if not found:
                    continue
                late = match[0].casefold() in ("after", "nach dem", "après le", "después del", "после")
                asks = re.search(
                    r"please|expire|deadline|bitte|veuillez|merci|por favor|просим|пожалуйста|appeals?\b|"
                    r"appelle|envo|k[öo]nn|check|vous|antes|keep this|letters? (?:will |must |should )?arrive|absend|"
                    r"postez|signez|ends? on|endet am|tardar|later than|kindly|отправ|пишите|направ|"
                    r"^\W*(?:\d\W+)?(?:write|send|act|post|e-?mail)\b|should you",
                    sentence,
                    re.IGNORECASE,
                )
                if asks and not (
                    late
                    and not re.search(
                        r"appeal|appell|appel|llamamiento|обращени|check|write|writing|schreib|письм",
                        sentence,
                        re.IGNORECASE,
                    )
                ):
                    candidates.append((1 if late else 0, found, paragraph.number))
    return min(candidates, key=lambda one: one[0])[1:] if candidates else None


def _close(after: str) -> bool:
    """Tell whether a date stands straight behind, and not somewhere later in the sentence."""
    return _CLOSE.match(after) is not None


def _dated(after: str, issued: datetime.date | None) -> datetime.date | None:
    """Return the date at the beginning of *after*; without a year, it is the next such day after *issued*."""
    said = dates(after)
    if not said:
        return None
    year, month, day = said[0]
    if year:
        return datetime.date(year, month, day)
    if issued is None:
        return None
    try:
        found = datetime.date(issued.year, month, day)
        return found if found >= issued else datetime.date(issued.year + 1, month, day)
    except ValueError:
        return None
