"""What an appeal says -> the texts of a case: who, facts with their dates, concern and asks, in the source's words."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appealgen.importing.dates import dates
from appealgen.importing.text import sentences

if TYPE_CHECKING:
    from appealgen.importing.action import Action

_LAW = re.compile(
    r"\b(?:covenant|convention|declaration|international (?:law|human rights|standards?)|"
    r"article \d+|artikel \d+|pakt\b|"
    r"pacte\b|pacto\b|völkerrecht|droit international|derecho internacional|стать[яиейю]+ \d+|пакт|"
    r"international\w* recht)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:I am|We are|I|We)\s+(?:writing|write)\b.*?\b(?:concerning|regarding|about|on behalf of|with regard to|"
    r"to express (?:my|our) (?:\w+ )*concern (?:about|for|over|at))\s+(?:the (?:case|situation) of\s+)?",
    re.IGNORECASE,
)


@dataclass
class Wording:
    """The texts of the language file, each by its key, and which of them stand for what in ``case.yaml``."""

    who: str | None = None
    concern: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    fact_dates: dict[str, str] = field(default_factory=dict)


def words_of(action: Action) -> Wording:
    """Sort the paragraphs of the model letter, or of the background, into who, facts, concern and asks."""
    words = Wording()
    paragraphs = [paragraph.text for paragraph in action.letter] or [
        paragraph.text for paragraph in action.background[:3]
    ]
    facts: list[str] = []
    for text in paragraphs:
        told = _without_opening(text, action)
        first, *rest = sentences(told)
        if words.who is None and action.persons and any(first.startswith(person.name) for person in action.persons):
            words.who = first
            told = " ".join(rest)
        if words.concern is None and _LAW.search(told):
            words.concern = told
        elif told:
            facts.append(told)
    if words.who is None and action.summary:
        words.who = next(
            (one for one in sentences(action.summary) if any(person.name in one for person in action.persons)), None
        )
    for number, text in enumerate(facts, 1):
        words.facts[f"fact-{number}"] = text
        words.fact_dates[f"fact-{number}"] = _date_of(text, action)
    for number, text in enumerate(action.asks, 1):
        words.asks[f"ask-{number}"] = as_request(text, action.lead, action)
    return words


def _without_opening(text: str, action: Action) -> str:
    """Take "I am writing concerning" from the first sentence, which our letters begin with themselves."""
    match = _OPENING.match(text)
    if match is None or not any(text[match.end() :].startswith(person.name) for person in action.persons):
        return text
    rest = text[match.end() :]
    first, *more = sentences(rest)
    # "X, a teacher, who is on trial" becomes "X, a teacher, is on trial": the same words as a sentence.
    whole = re.sub(r",\s+who\s+(is|are|was|were|has|have|had|faces|face)\b", r", \1", first, count=1)
    if whole == first:
        return text
    return " ".join([whole, *more])


def as_request(text: str, lead: str, action: Action) -> str:
    """Return an ask so that it follows "I ask you to": with the words that its list began with, without a capital."""
    lead = re.sub(r"^(?:to|à|de|a|que|zu)\b\s*", "", lead.strip(" :"), flags=re.IGNORECASE)
    lead = re.sub(r"^(?:you|sie|vous|вас)\s+(?:to\s+)?", "", lead, flags=re.IGNORECASE)
    called = re.match(
        r"^(?:calling (?:on|upon)|urging|asking|requesting)\s+[^,.]{2,60}?\s+to\s+(?=\w)", text, re.IGNORECASE
    )
    if called:
        text = text[called.end() :]
    elif demanded := re.match(r"^(?:demanding|insisting)\s+(?=that\b)", text, re.IGNORECASE):
        text = f"ensure {text[demanded.end() :]}"
    elif reminded := re.match(r"^reminding\s+\w+\s+(?=that\b)", text, re.IGNORECASE):
        text = f"remember {text[reminded.end() :]}"
    elif calling := re.match(r"^calling for\s+", text, re.IGNORECASE):
        text = f"act for {text[calling.end() :]}"
    text = re.sub(r"^to\s+(?=\w)", "", text, flags=re.IGNORECASE) if action.language == "en" else text
    named = {word for person in action.persons for word in person.name.split()}
    if (
        text[:1].isupper()
        and text.split()[0].strip(",") not in named
        and not text.split()[0].isupper()
        and action.language != "de"
    ):
        text = text[:1].lower() + text[1:]
    whole = f"{lead} {text}".strip() if lead and not called else text
    return re.sub(r"[\s;:,.!?]+$", "", whole)


def _date_of(text: str, action: Action) -> str:
    """Return the date of a paragraph: the last it names; a day without a year is the last such before the deadline."""
    latest = action.issued or action.deadline
    found = []
    for year, month, day in dates(text):
        if year is None and latest is None:
            continue
        said = datetime.date(year or latest.year, month, day) if year or (month, day) != (2, 29) else None  # type: ignore[union-attr]
        if said is None:
            continue
        if year is None and latest is not None and said > latest:
            said = said.replace(year=said.year - 1)
        if latest is None or said <= latest:
            found.append(said)
    return max(found).isoformat() if found else "unknown"


def as_of(action: Action, words: Wording) -> str:
    """Return the date of the newest fact: the day of issue, else the latest that is told, else ``unknown``."""
    told = [date for date in words.fact_dates.values() if date != "unknown"]
    return action.issued.isoformat() if action.issued else max(told, default="unknown")
