"""What an appeal says of itself: its number, index, dates, title, languages, links, and the country it is about."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import TYPE_CHECKING

from appealgen.addresses import language_code
from appealgen.importing import vocabulary
from appealgen.importing.dates import dates, whole_date
from appealgen.importing.letters import is_prose
from appealgen.importing.names import is_name, without_honorific
from appealgen.importing.places import country_of
from appealgen.importing.text import UPPER, Line, heading, joined, paragraphs, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

_UA = re.compile(
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
_SUBJECT = re.compile(r"^(?:subject|betreff|objet|asunto|тема)\s?:\s*(?P<rest>.{8,150})$", re.IGNORECASE)
#: A headline with its reference behind: "... (EGYPT: UA 71.19)".
_BRACKETED = re.compile(r"^(?P<rest>.{12,120}?)\s*\((?:[^()]{0,30}[:, ])?(?:UA|AU)[:. ]*\d{1,3}[./]\d{2,4}\)$")
_NAVIGATION = frozenset(
    [
        "share",
        "tweet",
        "print",
        "download",
        "menu",
        "search",
        "login",
        "home",
        "teilen",
        "twittern",
        "drucken",
        "herunterladen",
        "suche",
        "startseite",
        "partager",
        "tweeter",
        "imprimer",
        "télécharger",
        "menu",
        "accueil",
        "compartir",
        "imprimir",
        "descargar",
        "tuitear",
        "inicio",
        "поделиться",
        "печать",
        "facebook",
        "twitter",
        "x",
        "email",
        "e-mail",
        "whatsapp",
        "mail",
        "pdf",
        "jetzt",
        "now",
        "schicken",
        "external",
        "internal",
        "public",
    ]
)
_NO_TITLE = re.compile(
    r"\bindex\b|índice|\bUA\b[: -]*\w*[ -]?\d|\bAU\b[: ]*\d|www\.|https?:|@|cookie|^(?:from|to|date|subject|"
    r"distr)\b\s?:|^(?:posted|published|ver[öo]ffentlicht|publi[ée]e? le|publicado|опубликован)\b|›|»\s|→|"
    r"^new names?\b|\((?:m|f|h|w|м|ж)\)|\bP\.?O\.? ?box\b|case postale|\btel\b|t[ée]l[./ ]|\bfax\b| > | \| |^\W*$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:international|internacional|network|netzwerk|r[ée]seau|red|association|asociaci[óo]n|verein|"
    r"cent(?:re|er)|committee|komitee|comit[ée]|foundation|stiftung|fondation|fundaci[óo]n|organi[sz]ation|"
    r"organizaci[óo]n|"
    r"federation|watch|sans fronti[èe]res|sin fronteras|ohne grenzen|(?:across|without|beyond) borders|"
    r"bulletin|newsletter|defenders|section|sektion|secci[óo]n|амнести|организаци\w+|сеть|центр)\b",
    re.IGNORECASE,
)


def reference(text: str) -> tuple[str | None, str | None]:
    """Return the number of the appeal, and its index."""
    number, index = _UA.search(text), _INDEX.search(text)
    said = None
    if number:
        said = f"{int(number[1]):02}/{number[2]}" if len(number[1]) < 2 else f"{number[1]}/{number[2]}"
    return said, index[1] if index else None


def issued(lines: list[Line]) -> tuple[datetime.date, int] | None:
    """Return when the appeal was issued, and the line that says so: after a label, in its reference, or alone above."""
    whole = [Line(_INDEX.sub(" ", line.text), line.number) if _INDEX.search(line.text) else line for line in lines
             if line.text]  # fmt: skip
    named = {line.number for line in lines if _UA.search(line.text) or _INDEX.search(line.text)}
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


_DIRECTS = re.compile(
    r"\bplease\b|\bwrite\b|\bsend\b|\bcan (?:also )?write|schreib|écri[vr]|envoy|parvenir|escrib|env[íi]en|"
    r"pueden? |пишите|писать|own language|propre langue|propio idioma|eigenen sprache|letters? in|appeals? in",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:in|auf|en|на)\s+(?:(?:gutem|good|correct)\s+)?((?:Bahasa )?\w+(?:(?:,\s*|,?\s+(?:or|and|und|oder|ou|et|"
    r"y|o|или|и)\s+)(?:in |auf |en |на )?\w+)*)",
    re.IGNORECASE,
)


def languages(lines: list[Line], labelled: list[Line]) -> tuple[list[str], int] | None:
    """Return the languages to write in, in their order, and the line that says so."""
    said = next((line for line in labelled if line.text), None)
    if said and (found := _languages(said.text)):
        return found, said.number
    for paragraph in paragraphs(lines):
        for sentence in sentences(paragraph.text):
            if len(sentence) > 600 or not _DIRECTS.search(sentence):
                continue
            for match in _LIST.finditer(sentence):
                if found := _languages(match[1]):
                    return found, paragraph.number
    return None


def _languages(text: str) -> list[str]:
    found: list[str] = []
    first = re.split(r"\.\s|;\s*(?:you|sie|vous|puede|вы)\b", text, maxsplit=1, flags=re.IGNORECASE)[0]
    for word in re.split(r"[,/;&.]|\b(?:and|or|und|oder|et|ou|y|o|e|и|или)\b", first, flags=re.IGNORECASE):
        name = re.sub(r"^(?:in|auf|en|на|the|le|el|l.)\s+", "", word.strip(" ()"), flags=re.IGNORECASE)
        code = (
            _language(_ADVERBS.get(name.casefold(), re.sub(r"(?<=[сц]к)ом(?: языке)?$", "ий", name)))
            if 3 < len(name) < 25
            else None
        )
        if code and code not in found:
            found.append(code)
    return found


def _language(name: str) -> str | None:
    try:
        return language_code(name)
    except ValueError:
        return None


# "in Russian", as Russian says it.
_ADVERBS = {
    "русском": "русский",
    "русском языке": "русский",
    "английском": "английский",
    "английском языке": "английский",
    "украинском": "украинский",
    "белорусском": "белорусский",
    "французском": "французский",
    "немецком": "немецкий",
    "испанском": "испанский",
    "турецком": "турецкий",
    "арабском": "арабский",
    "казахском": "казахский",
    "bahasa indonesia": "indonesian",
    "bahasa melayu": "malay",
    "bahasa malaysia": "malay",
    "dari": "persian",
    "farsi": "persian",
    "castellano": "español",
    "mandarin": "chinese",
}


def title(lines: list[Line]) -> tuple[str, int] | None:
    """Return the headline of the appeal, and its line: the last one above the prose, without mastheads and the like."""
    found: list[tuple[str, int, bool]] = []
    after_series = False
    head = lines[:60]
    at = 0
    while at < len(head):
        line = head[at]
        at += 1
        starred = re.fullmatch(r"[*=~_#]+\s*(?P<rest>.*?)\s*[*=~_#]+", line.text)
        if starred:
            line = Line(starred["rest"], line.number)
        bracketed = _BRACKETED.match(line.text)
        if bracketed:
            line = Line(bracketed["rest"], line.number)
        if subject := _SUBJECT.match(line.text):
            found.append((subject["rest"].strip(), line.number, False))
            continue
        if case := CASE.match(line.text):
            if len(case["rest"]) > 8:
                return case["rest"].strip(), line.number
            continue
        if said := _reference_title(line.text):
            return said, line.number
        if SERIES.match(line.text):
            # What a series is called stands above the title; what was read before is the name of an organisation.
            if not after_series and len(line.text) < 60 and not bracketed:
                found, after_series = [], True
            continue
        if _starts_prose(head, at - 1):
            break
        if not _may_be_title(line.text):
            continue
        texts = [line.text]
        while at < len(head) and _goes_on(texts, head[at].text):
            texts.append(head[at].text)
            at += 1
        whole = joined(texts)
        found.append((whole, line.number, whole == whole.upper()))
    loud = [one for one in found if one[2] and not (_ORGANISATION.search(one[0]) and len(found) > 1)]
    quiet = [one for one in found if not (_ORGANISATION.search(one[0]) and len(one[0]) < 60)]
    chosen = loud[:1] if loud and after_series else loud or quiet or found
    return chosen[-1][:2] if chosen else None


def _reference_title(text: str) -> str | None:
    """Return what stands between number and date: "UA 112/98   Fear of torture   21 April 1998"."""
    pieces = re.split(r"\s{3,}", text)
    if len(pieces) < 2 or not _UA.match(pieces[0]):
        return None
    return next(
        (
            piece
            for piece in pieces[1:]
            if len(piece) > 8 and not whole_date(piece) and not _NO_TITLE.search(piece) and not country_of(piece)
        ),
        None,
    )


def _may_be_title(text: str) -> bool:  # noqa: PLR0911  a return for each case
    letters = re.sub(r"[\W\d_]", "", text)
    if re.search(r"(?:\b\w ){4}", text):
        return False
    if len(letters) < 8 or len(text) > 160 or heading(text) or _NO_TITLE.search(text) or country_of(text):
        return False
    if vocabulary.SALUTATION.fullmatch(text) and text.endswith((",", ":")):
        return False
    words = {word.casefold().strip(".,!") for word in text.split()}
    if len(words & _NAVIGATION) * 2 >= len(words) or (text.endswith((".", ":")) and text != text.upper()):
        return False
    if text.endswith("!") and text != text.upper() and not 3 <= len(text.split()) <= 9:
        return False
    if whole_date(text) and len(letters) < 30:
        return False
    bare, honorific, _ = without_honorific(text)
    if honorific and is_name(bare.partition(",")[0].strip()):
        return False
    country = re.match(r"^(?P<country>[^:,]{3,40}?)(?:\s{3,}|\s?[:–—-]\s)\s*(?P<rest>\S.*)$", text)
    if country is None or not country_of(country["country"]) or text == text.upper():
        return True
    # "TUNISIA   Habib X, student" is a line about the person.
    return not is_name(without_honorific(country["rest"])[0].partition(",")[0].strip())


def _goes_on(texts: list[str], text: str) -> bool:
    """Tell whether *text* is the next line of a headline that runs over several."""
    if not re.search(r"[^\W\d_]", text) or heading(text) or _NO_TITLE.search(text) or SERIES.match(text):
        return False
    if texts[-1] == texts[-1].upper():
        return text == text.upper()
    return len(texts[-1]) > 40 and text[:1].islower() and len(text) < 90 and not text.endswith(".")


def _starts_prose(head: list[Line], at: int) -> bool:
    """Tell whether a paragraph of prose begins at *at*."""
    text = head[at].text
    if not text or text == text.upper() or "cookie" in text.casefold():
        return False
    texts = [text]
    for line in head[at + 1 : at + 5]:
        if not line.text or (line.text == line.text.upper() and re.search(r"[^\W\d_]", line.text)):
            break
        texts.append(line.text)
    return len(joined(texts)) > 110 and is_prose(joined(texts)) and len(text) > 55


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
