"""The headline of an appeal, among the mastheads, references and menus that stand around it."""

from __future__ import annotations

import re

from appealgen.importing import vocabulary
from appealgen.importing.dates import whole_date
from appealgen.importing.facts import CASE, SERIES, UA
from appealgen.importing.letters import is_prose
from appealgen.importing.names import is_name, without_honorific
from appealgen.importing.places import country_of
from appealgen.importing.text import Line, heading, joined

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
    if len(pieces) < 2 or not UA.match(pieces[0]):
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
