"""What an appeal says of itself: its number, index, date of issue, links, and the country it is about."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from appealgen.importing.dates import whole_date
from appealgen.importing.letters import is_prose
from appealgen.importing.places import country_of
from appealgen.importing.text import UPPER, Line, heading

if TYPE_CHECKING:
    import datetime

UA = re.compile(
    r"\b(?:UA|AU|Urgent Action|Eilaktion|Acci[óo]n Urgente|Action Urgente|УА|Срочная (?:акция|помощь)|"
    r"Rapid Action|Appel Urgent|Llamamiento Urgente|(?-i:EA|EAN))\b[^\d\n]{0,14}(\d{1,3})\s?[./](?:20|"
    r"19)?(\d{2})\b",
    re.IGNORECASE,
)
_INDEX = re.compile(r"\b((?:AFR|AMR|ASA|EUR|MDE|ACT|POL|IOR|NWS|ORG)\s?\d{2}/\d{1,5}/(?:\d{4}|\d{2}))\b")
_DATE_LABEL = re.compile(
    r"(?:\bdate\b(?: of issue)?|\bdatum|\bfecha(?: de emisi[óo]n)?|\bдата|\bissued(?: on)?|published(?: on)?|"
    r"posted(?: on)?|\bsent(?: on)?|stand vom|"
    r"ver[öo]ffentlicht(?: am)?|publi[ée]e? le|emitida el)\s*:?\s+(.*)$",
    re.IGNORECASE,
)
_NO_ISSUE = re.compile(
    r"until|before|after|\bbis\b|avant|après|antes|hasta|después|\bдо\b|после|expires|deadline|born|geboren|née? le",
    re.IGNORECASE,
)
#: The name of a series of appeals, which stands above the title and is none.
SERIES = re.compile(
    r"^\W*(?:.{0,30}\b)?(?:urgent action|urgent appeal|rapid action|eilaktion|eilbrief|eilappell|action urgente|"
    r"appel urgent|acci[óo]n urgente|alerta urgente|llamamiento urgente|срочная акция|акция срочной помощи|"
    r"rapid response(?: letter)?|letter action|appell des monats|\balert|take action)\b(?!s\b).{0,40}$",
    re.IGNORECASE,
)
CASE = re.compile(
    r"^\W*(?:case|appeal|fall|cas|caso|appel|дело|случай)\s+(?:no\.? ?)?\d+\s*(?:[:.–—-]|$)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)


def reference(text: str) -> tuple[str | None, str | None]:
    """Return the number of the appeal, and its index."""
    number, index = UA.search(text), _INDEX.search(text)
    said = None
    if number:
        said = f"{int(number[1]):02}/{number[2]}" if len(number[1]) < 2 else f"{number[1]}/{number[2]}"
    return said, index[1] if index else None


def issued(lines: list[Line]) -> tuple[datetime.date, int] | None:
    """Return when the appeal was issued, and the line that says so: after a label, in its reference, or alone above."""
    whole = [Line(_INDEX.sub(" ", line.text), line.number) if _INDEX.search(line.text) else line for line in lines
             if line.text]  # fmt: skip
    named = {line.number for line in lines if UA.search(line.text) or _INDEX.search(line.text)}
    # A year that stands alone ends the date of the line above.
    for at in range(min(40, len(whole) - 1)):
        if re.fullmatch(r"(?:19|20)\d\d", whole[at + 1].text):
            whole[at] = Line(f"{whole[at].text} {whole[at + 1].text}", whole[at].number)
    told = {id(line): f"{line.text} {after.text}" for line, after in zip(whole, [*whole[1:], Line("", 0)], strict=True)}
    near = [*whole[:25], *whole[-12:]]
    for line in whole:
        refers = line.number in named
        label = _DATE_LABEL.search(told[id(line)] if refers or line in near else "")
        if label and label.start() < len(line.text) and (found := whole_date(label[1][:40])):
            return found, line.number
    for line in whole:
        if line.number in named or (line in whole[:12] and SERIES.match(line.text)):
            bare = re.sub(r"\([^)]*\)", "", line.text)
            said = [one for one in re.split(r"\s{2,}|[|–]", bare) if whole_date(one)]
            if said and len(line.text) < 160 and not _NO_ISSUE.search(line.text) and (found := whole_date(said[-1])):
                return found, line.number
    for line in whole[:25]:
        if is_prose(line.text) or heading(line.text) or _NO_ISSUE.search(line.text):
            continue
        for piece in re.split(r"\s{3,}|\s?[|·•]\s?", line.text):
            found = whole_date(piece)
            if found and len(piece) < 50 and len(re.sub(r"[\d\W_]", "", piece)) < 28:
                return found, line.number
    return None


def links(lines: list[Line]) -> list[str]:
    """Return the addresses of earlier appeals of the case: those that stand by words that say so."""
    found: list[str] = []
    for at, line in enumerate(lines):
        for url in re.finditer(r"(?:https?://|www\.)[^\s<>\"]+", line.text):
            before = line.text[: url.start()].strip()
            above = lines[at - 1].text if not before and at else ""
            near = f"{above} {before}"[-200:]
            if re.search(
                r"previous|earlier|fr[üu]her|ant[ée]rieur|\bfirst\b|initial|original|update of|"
                r"further information:|vorherig|\berste|"
                r"diesem fall|pr[ée]c[ée]dent|premi[èe]re|anterior|primera|m[áa]s informaci[óo]n:|actualizaci[óo]n|"
                r"предыдущ|перв",
                near,
                re.IGNORECASE,
            ):
                found.append(url[0].rstrip(".,;)"))
    return list(dict.fromkeys(found))


def country(lines: list[Line], offices: list[tuple[str | None, str | None, str]], text: str) -> str | None:
    """Return the country that the appeal is about; *offices* are roles, countries and titles of the addressees."""
    known = Counter(place for role, place, _ in offices if place and role != "ambassador")
    if known:
        return known.most_common(1)[0][0]
    for line in lines[:15]:
        for piece in re.split(
            r"[,;:()|/]|\s[–-]\s|\s{2,}|\b(?:index|date|datum|fecha|дата)\b", line.text, flags=re.IGNORECASE
        ):
            if found := country_of(piece):
                return found
    for _, _, said in offices:
        if (match := re.search(rf"\b(?:of|de la|de|du|der|von|d.)\s+(?:the\s+)?([{UPPER}][\w ]{{2,40}})$", said)) and (
            found := country_of(match[1])
        ):
            return found
    named = Counter(
        found
        for word in re.findall(rf"\b[{UPPER}][\w-]+(?: [{UPPER}][\w-]+)?", text)
        for found in {country_of(word), country_of(word.split()[0])}
        if found
    )
    return named.most_common(1)[0][0] if named else None
