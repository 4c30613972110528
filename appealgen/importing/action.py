"""An appeal as people receive it -> what it says: who, what happened, to whom to write, what to ask, until when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.errors import InputError, Problem
from appealgen.importing import deadlines, facts, headlines, languages, people, vocabulary
from appealgen.importing.addressees import offices
from appealgen.importing.deadlines import is_until
from appealgen.importing.descriptions import who_is
from appealgen.importing.letters import Letter, find_asks, find_letter, is_prose
from appealgen.importing.offices import Office
from appealgen.importing.parts import SHORT, Part, cut, lines_of
from appealgen.importing.people import Person
from appealgen.importing.pronouns import shown_pronouns, with_common_pronouns
from appealgen.importing.recipients import lone_copies, near_contacts, offices_in_prose, share_salutations
from appealgen.importing.subjects import most_named
from appealgen.importing.text import Line, Paragraph, body_lines, language_of, paragraphs, sentences

if TYPE_CHECKING:
    import datetime

    from appealgen.importing.documents import Document

__all__ = ["Action", "Office", "Paragraph", "Person", "read_actions"]


@dataclass
class Action:
    """What one appeal says. What is not in the text is None or empty; *lines* tells where each part was found."""

    language: str
    kind: str = "appeal"
    title: str | None = None
    persons: list[Person] = field(default_factory=list)
    who: str | None = None
    summary: str | None = None
    targets: list[Office] = field(default_factory=list)
    additional: list[Office] = field(default_factory=list)
    diplomatic_copies: bool = False
    letter: list[Paragraph] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    lead: str = ""
    background: list[Paragraph] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    deadline: datetime.date | None = None
    number: str | None = None
    index: str | None = None
    issued: datetime.date | None = None
    links: list[str] = field(default_factory=list)
    country: str | None = None
    signatories: list[tuple[str, str]] = field(default_factory=list)
    outcome: str | None = None
    lines: dict[str, int] = field(default_factory=dict)


def read_actions(document: Document) -> list[Action]:
    """Return the appeals that *document* holds.

    Raises:
        InputError: if it holds none.
    """
    actions = [action for part in _apart(body_lines(document.lines)) if (action := _action(part)) is not None]
    if not actions:
        hint = _("it names neither an addressee nor a request: is it the right file?")
        raise InputError([Problem(document.name, _("is no Urgent Action"), hint)])
    return actions


def _apart(lines: list[Line]) -> list[list[Line]]:
    """Split a document that holds several appeals where each begins."""
    starts = [
        at
        for at, line in enumerate(lines)
        if line.text and (facts.SERIES.match(line.text) or facts.CASE.match(line.text))
    ]
    if len(starts) < 2:
        return [lines]
    parts = [lines[begin:end] for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    whole = [part for part in parts if _is_whole(part)]
    if len(whole) < 2:
        return [lines]
    begins = [part[0].number for part in whole]
    ends = [*begins[1:], lines[-1].number + 1]
    return [[line for line in lines if begin <= line.number < end] for begin, end in zip(begins, ends, strict=True)]


def _is_whole(lines: list[Line]) -> bool:
    """Tell whether a stretch has what makes an appeal of its own: an addressee, and a request."""
    text = "\n".join(line.text for line in lines)
    asks = any(
        vocabulary.ASKING.search(line.text)
        or vocabulary.CALLING.match(line.text)
        or vocabulary.DIRECTING.search(line.text)
        for line in lines
    )
    return len(lines) > 12 and asks and bool(re.search(r"@|fax|dear |salutation|yours ", text, re.IGNORECASE))


def _action(lines: list[Line]) -> Action | None:
    text = "\n".join(line.text for line in lines)
    action = Action(language=language_of(lines))
    parts = cut(lines)
    letter = find_letter(lines)
    action.lines |= {"letter": letter.begins, "letter_end": letter.ends} if letter.paragraphs else {}
    _find_facts(action, lines, parts, text)
    _find_offices(action, parts, letter, lines)
    background = {line.number for part in parts if part.kind == "background" for line in part.lines}
    asks = find_asks(
        letter, [line for line in lines if line.number not in background or letter.begins <= line.number <= letter.ends]
    )
    action.letter, action.asks, action.lead = letter.paragraphs, asks.items, asks.lead
    action.lines |= {"asks": asks.number} if asks.items else {}
    _find_background(action, parts, letter)
    _find_signatories(action, lines)
    _find_persons(action, lines, parts)
    said = [(office.role, office.country, " ".join(office.title)) for office in (*action.targets, *action.additional)]
    action.country = facts.country(lines, said[: len(action.targets)] or said, text)
    action.diplomatic_copies = vocabulary.DIPLOMATIC.search(" ".join(text.split())) is not None
    outcome = vocabulary.OUTCOME.search(text)
    if outcome:
        action.kind, action.asks = "outcome", []
        found = [paragraph.text for paragraph in paragraphs(lines) if len(paragraph.text) > 80]
        action.outcome = sentences(found[0])[0] if found else outcome[0]
        return action
    return action if _is_appeal(action, lines, text) else None


def _is_appeal(action: Action, lines: list[Line], text: str) -> bool:
    """Tell whether what was read is an appeal: it has addressees, or asks for something under the name of one."""
    if any(vocabulary.MEETING.match(line.text) for line in lines[:12]):
        return False
    signs = {match[0].casefold() for match in vocabulary.SIGNS.finditer(text)}
    if action.targets and (action.asks or action.letter or len(signs) > 1 or action.number):
        return True
    headed = any(facts.SERIES.match(line.text) for line in lines[:25])
    if headed and (action.asks or action.deadline or action.number):
        return True
    return bool(action.asks) and (bool(action.signatories) or len(signs) >= 3)


def _find_facts(action: Action, lines: list[Line], parts: list[Part], text: str) -> None:
    action.number, action.index = facts.reference(text)
    action.links = facts.links(lines)
    if found := headlines.title(lines):
        action.title, action.lines["title"] = found
    if date := facts.issued(lines):
        action.issued, action.lines["issued"] = date
    if date := deadlines.deadline(lines, lines_of(parts, "deadline"), action.issued):
        action.deadline, action.lines["deadline"] = date
    if said := languages.languages(lines, lines_of(parts, "languages")):
        action.languages, action.lines["languages"] = said


def _find_offices(action: Action, parts: list[Part], letter: Letter, lines: list[Line]) -> None:
    """Find the addressees: in the parts where they are called so, and else above the model letter."""
    for part in parts:
        area = [line for line in part.lines if not letter.begins <= line.number <= letter.ends]
        if part.kind == "additional":
            action.additional += offices(area, explicit=True)
            if mails := lone_copies(area):
                (action.targets[-1:] or [Office()])[0].copies += mails
            continue
        if part.kind not in ("targets", "take_action", "letter", "start", *SHORT - {"persons", "links"}):
            continue
        if part.kind == "start":
            area = near_contacts(area)
        found = offices(area, explicit=part.kind in ("targets", "take_action"))
        action.targets += [
            office for office in found if office.address or office.has_body or office.name or office.role
        ]
    # "Addressees: the minister, the governor" in the head of an appeal only names those whose addresses follow.
    if any(office.has_body or office.address for office in action.targets):
        action.targets = [one for one in action.targets if one.has_body or one.name or (one.address and one.role)
                          or (one.address and not is_until(" ".join(one.title)))]  # fmt: skip
    action.additional += offices_in_prose(lines)
    known = {(office.name, office.office) for office in action.targets}
    action.additional = [
        office
        for office in action.additional
        if (office.name, office.office) not in known or not (office.name or office.office)
    ]
    if action.targets:
        action.lines["targets"] = action.targets[0].number
        share_salutations(action.targets, letter.salutation)
    if action.additional:
        action.lines["additional"] = action.additional[0].number


def _find_persons(action: Action, lines: list[Line], parts: list[Part]) -> None:
    """Find who the appeal is for: where it says so, else by the marks of old style, else by what the text is about."""
    named, pronouns = people.labelled(lines_of(parts, "persons"))
    old, described = people.under_country(lines)
    prose = [
        one.text
        for one in paragraphs(lines)
        if is_prose(one.text) and not one.bullet and not facts.SERIES.match(one.text)
    ]
    title = action.title or ""
    prose = [
        text[text.index(title) + len(title) :].strip() if title and title in text[: len(title) + 40] else text
        for text in prose
    ]
    officials = {office.name for office in (*action.targets, *action.additional) if office.name}
    marks = {one.name: one for one in people.marked(lines)}
    both = [marks.pop(one.name, one) for one in old] if marks else []
    found = (
        named
        or [*both, *marks.values()]
        or old
        or most_named(prose, [one.text for one in paragraphs(lines)], officials, action.title or "")
    )
    for one in found:
        said = one.pronouns or (pronouns if len(found) == 1 else None)
        if said is None:
            said = shown_pronouns(one.name, prose, action.language, alone=len(found) == 1)
        action.persons.append(Person(one.name, said, one.other_names))
    action.persons = with_common_pronouns(action.persons, prose)
    if action.persons:
        shown = next((line for part in parts if part.kind == "persons" for line in part.lines), None)
        first = next((line for line in lines if action.persons[0].name in line.text), None)
        if where := (shown if named else first):
            action.lines["persons"] = where.number
    action.summary = next((text for text in prose if len(text) > 80), None)
    action.who = who_is(action.persons, prose, described)


def _find_background(action: Action, parts: list[Part], letter: Letter) -> None:
    started = False
    lines: list[Line] = []
    for part in parts:
        if part.kind == "background":
            # Where several parts are so called, the last and longest is meant to be read as one with the others.
            started = True
            lines += part.lines
        elif started and part.kind not in ("letter", "take_action", *SHORT):
            if part.kind in ("targets", "additional"):
                break
            lines += part.lines
    found = paragraphs(line for line in lines if not letter.begins <= line.number <= letter.ends)
    action.background = [paragraph for paragraph in found if len(paragraph.text) > 50]
    if action.background:
        action.lines["background"] = action.background[0].number


def _find_signatories(action: Action, lines: list[Line]) -> None:
    """Find the names under an open letter: ten or more lines of name and role after the close."""
    start = next((number for number, line in enumerate(lines) if vocabulary.CLOSING.match(line.text)), None)
    if start is None:
        return
    found: list[tuple[str, str]] = []
    misses = 0
    for line in lines[start + 1 :]:
        if not line.text:
            continue
        match = re.match(
            r"^(?P<name>[^–—,;:]{3,60}?)\s*(?:\s[–—-]\s*|[–—-]\s+|\s*[–—]\s*|-(?=[A-Z]))(?P<role>.*)$", line.text
        )
        if match and len(match["name"].split()) <= 6 and match["name"][:1].isupper():
            found.append((match["name"].strip(), match["role"].strip()))
        else:
            misses += 1
            if misses > 3 and misses > len(found):
                break
    if len(found) >= 10:
        action.signatories = found
        action.lines["signatories"] = lines[start].number
