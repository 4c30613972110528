"""The model letter of an appeal, and what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from appealgen.importing import vocabulary
from appealgen.importing.contacts import EMAIL, label_of
from appealgen.importing.text import Line, Paragraph, heading, paragraphs, sentences

#: Those whom a newsletter greets, and no letter to an authority.
_READERS = re.compile(
    r"\b(?:friends?|colleagues?|members?|supporters?|activists?|all|readers?|amie?s|coll[èe]gues|freund\w*|"
    r"kolleg\w*|mitglied\w*|amig[oa]s|colegas|compañer\w+|друзья|коллеги|участники)\b",
    re.IGNORECASE,
)
#: How many salutations and closes are tried, and how many lines a letter may have.
_TRIES = 30
_LONGEST = 300
_END = ("background", "additional", "persons", "languages", "deadline", "links")
#: A line before a list of requests, in an appeal that has no model letter.
_LEAD = re.compile(
    r"\b(?:urg(?:e|ing)|ask(?:ing)?|call(?:ing)?|writ(?:e|ing)|send|appeal|request|action|schreib\w*|bitten?|"
    r"forder\w*|écri\w+|demand\w*|env\w+|escrib\w+|pid\w+|solicit\w+|rog\w+|inst\w+|прос\w+|призыв\w+|"
    r"пиш\w+|напиш\w+)\b",
    re.IGNORECASE,
)
_TO_READERS = re.compile(
    r"\b(?:appeals|appelle|appels|llamamientos|urgent actions?|section office|your letters?|ihre briefe|"
    r"vos lettres|обращения)\b",
    re.IGNORECASE,
)
_ADVERBS = (
    r"(?:höflich|respectfully|urgently|immediately|also|instamment|respectueusement|également|aussi|donc|"
    r"solennellement|en outre|de|que|respetuosamente|"
    r"encarecidamente|también|asimismo|убедительно|также|настоятельно|eindringlich|dringend|inständig|"
    r"daher|deshalb|auch|außerdem|ferner|zudem|auf|nachdrücklich)"
)


@dataclass
class Letter:
    """The model letter: its *salutation*, its *paragraphs*, and the lines where it *begins* and *ends*."""

    salutation: str | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    begins: int = 10**9
    ends: int = 0


@dataclass
class Asks:
    """What is asked: the *items*, the sentence that leads to them, and the line where they begin."""

    items: list[str] = field(default_factory=list)
    lead: str = ""
    number: int = 0


def find_letter(lines: list[Line]) -> Letter:
    """Find the model letter: from the salutation that prose follows to the close, or up from the close."""
    closes = [  # a few tell: what greets and closes on every line is no letter
        number for number, line in enumerate(lines) if len(line.text) < 250 and vocabulary.CLOSING.match(line.text)
    ][:_TRIES]
    stops = [number for number, line in enumerate(lines) if (heading(line.text) or ("",))[0] in _END]
    starts = [
        number
        for number, line in enumerate(lines)
        if line.text
        and len(line.text) < 90
        and vocabulary.SALUTATION.fullmatch(line.text)
        and not _READERS.search(line.text)
    ]
    for start in starts[:_TRIES]:
        line = lines[start]
        stop = next((number for number in stops if number > start), len(lines))
        end = next((number for number in closes if number > start), None)
        if end is None or end > stop + 3:
            end = stop
        found = _prose_of(paragraphs(lines[start + 1 : min(end, start + _LONGEST)]))
        if found:
            greeting = line.text
            for more in lines[start + 1 : start + 4]:
                if not (more.text[:1].islower() and vocabulary.SALUTATION.fullmatch(more.text) and len(more.text) < 60):
                    break
                greeting = f"{greeting} {more.text}"
            return Letter(greeting, found, line.number, _number(lines, end))
    for end in closes:
        start = _up_from(lines, end)
        found = _prose_of(paragraphs(lines[start:end]))
        if found and any(asking(paragraph.text) for paragraph in found):
            return Letter(None, found, lines[start].number, _number(lines, end))
    return Letter()


def _number(lines: list[Line], end: int) -> int:
    return lines[end].number if end < len(lines) else lines[-1].number + 1


def _prose_of(found: list[Paragraph]) -> list[Paragraph]:
    """Return *found* without further salutations, if it is prose from its beginning; else nothing."""
    while found and len(found[0].text) < 90 and vocabulary.SALUTATION.fullmatch(found[0].text):
        found = found[1:]
    long = [paragraph for paragraph in found if len(paragraph.text) > 60]
    if len(long) < 2 or not is_prose(found[0].text):
        return []
    return [paragraph for paragraph in found if not vocabulary.SALUTATION.fullmatch(paragraph.text)]


def is_prose(text: str) -> bool:
    """Tell whether *text* is a sentence or more."""
    words = text.split()
    low = sum(word[:1].islower() for word in words)
    return len(words) > 9 and low * 8 > len(words) * 3 and (text.rstrip('"”»’)')[-1:] in ".:!?;…," or len(words) > 25)


def _up_from(lines: list[Line], end: int) -> int:
    """Return where the prose that ends at *end* begins: below the last line of an address, a label or a heading."""
    start = end
    for number in range(end - 1, max(-1, end - _LONGEST), -1):
        text = lines[number].text
        if text and (heading(text) or label_of(text) or EMAIL.search(text)):
            break
        start = number
    return start


def find_asks(letter: Letter, lines: list[Line]) -> Asks:
    """Find what is asked, and cut it out of *letter*; *lines* are those of the document without its background.

    It is the list after the sentence that asks, or what such sentences say, or the list of the old style.
    """
    found = _listed(letter) or _in_sentences(letter)
    return found or _outside([line for line in lines if not letter.begins <= line.number <= letter.ends])


def _listed(letter: Letter) -> Asks | None:
    for number, paragraph in enumerate(letter.paragraphs):
        match = asking(paragraph.text)
        bare = match is None and paragraph.text.endswith(":") and not paragraph.bullet
        if match is None and not (bare and _LEAD.search(paragraph.text)):
            continue
        items = _run(letter.paragraphs[number + 1 :])
        lead = paragraph.text[match.end() :].strip() if match else ""
        if items and (bare or lead.endswith((":", ",", "…")) or len(lead) < 160):
            before = match.start() if match else 0
            asks = Asks([_ask(item.text) for item in items], lead.rstrip(" :"), items[0].number)
            letter.paragraphs = letter.paragraphs[:number] + _cut(paragraph, before)
            return asks
    return None


def _run(found: list[Paragraph]) -> list[Paragraph]:
    items: list[Paragraph] = []
    for paragraph in found:
        if not paragraph.bullet:
            break
        items.append(paragraph)
    return items


def _in_sentences(letter: Letter) -> Asks | None:
    for number, paragraph in enumerate(letter.paragraphs):
        asks = Asks(number=paragraph.number)
        for more in letter.paragraphs[number:]:
            asks.items += [said for sentence in sentences(more.text) for said in _asked_all(sentence)]
            if number and more is paragraph and not asks.items:
                break
        first = [said for sentence in sentences(paragraph.text) if (said := _asked(sentence))]
        if first:
            rest = " ".join(sentence for sentence in sentences(paragraph.text) if not _asked(sentence))
            kept = [Paragraph(rest, paragraph.number)] if len(rest) > 60 else []
            letter.paragraphs = letter.paragraphs[:number] + kept
            return asks
    return None


def _cut(paragraph: Paragraph, end: int) -> list[Paragraph]:
    whole = [text for text in sentences(paragraph.text[:end].rstrip()) if text.endswith((".", "!", "?"))]
    return [Paragraph(" ".join(whole), paragraph.number)] if whole else []


def _outside(lines: list[Line]) -> Asks:
    found = paragraphs(lines)
    for number, paragraph in enumerate(found):
        if paragraph.bullet or not (
            paragraph.text.isupper()
            or paragraph.text.lower().endswith((":", " sie", ",", " that", " que", "...", "…"))
            or asking(paragraph.text)
        ):
            continue
        text = paragraph.text[-400:]
        if not _LEAD.search(text):
            continue
        items = [
            item for item in _run(found[number + 1 :]) if not EMAIL.search(item.text) and not item.text.endswith(":")
        ]
        if items and sum(len(item.text.split()) > 4 for item in items) * 2 > len(items) and not _addresses(items):
            match = asking(text)
            lead = text[match.end() :].strip(" :") if match else ""
            return Asks([_ask(item.text) for item in items], lead, items[0].number)
    at = next((at for at, item in enumerate(found) if item.bullet and vocabulary.CALLING.match(item.text)), None)
    if at is not None:
        calls = _run(found[at:])
        if sum(bool(vocabulary.CALLING.match(call.text)) for call in calls) * 2 < len(calls):
            calls = [call for call in calls if vocabulary.CALLING.match(call.text)]
        return Asks([_ask(call.text) for call in calls], "", calls[0].number)
    for paragraph in found:
        asked = [said for sentence in sentences(paragraph.text) if (said := _asked(sentence))]
        if asked and not _READERS.search(paragraph.text):
            return Asks(asked, "", paragraph.number)
    return Asks()


def _addresses(items: list[Paragraph]) -> bool:
    return any(re.search(r"\bfax\b|\bp\.?o\.? box\b|\btel\b", item.text, re.IGNORECASE) for item in items)


def asking(text: str) -> re.Match[str] | None:
    """Return the words that ask in *text*, the first that something follows; or None."""
    last = None
    for match in vocabulary.ASKING.finditer(text):
        last = match
        if text[match.end() :].strip():
            return match
    return last


def _asked(sentence: str) -> str | None:
    """Return what *sentence* asks for, as it is printed, or None if it asks nothing."""
    match = vocabulary.ASKING.search(sentence)
    # Readers are asked to send their letters; that is no ask of the letter.
    if match is None or _TO_READERS.search(sentence):
        return None
    rest = sentence[match.end() :].strip(" ,:")
    rest = re.sub(r"^(?:sie|you|vous|a usted|usted|вас)\b[ ,]*", "", rest, flags=re.IGNORECASE)
    rest = re.sub(rf"^(?:{_ADVERBS}\b[ ,]*)+", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"^(?:(?:(?:to|à|a|que|de)\s+){1,2}|d['’])", "", rest, flags=re.IGNORECASE)
    return _ask(rest) if len(rest) > 15 and not rest.endswith(":") else None


def _asked_all(sentence: str) -> list[str]:
    """Return each thing that *sentence* asks for: "ensure that ..., that ..., and that ..." are several."""
    said = _asked(sentence)
    match = vocabulary.ASKING.search(sentence)
    if (
        said is None
        or match is None
        or not re.search(r"\b(?:ensure|make sure|see to it|guarantee) that$", match[0], re.I)
    ):
        return [said] if said else []
    parts = re.split(r",\s+(?:and )?that\s+", said)
    return [_ask(part) for part in parts if len(part) > 15]


def _ask(text: str) -> str:
    return re.sub(r"[\s;,.]*(?:\b(?:and|und|et|y|и)\b)?[\s;,.]*$", "", text.strip())
