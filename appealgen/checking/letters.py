"""Compose every letter, and compare the languages of each: what one says, the others say."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from appealgen import selection
from appealgen.catalogue import _
from appealgen.compose import shape
from appealgen.errors import AppealgenError, Problem, RefusedError
from appealgen.senders import Sender

if TYPE_CHECKING:
    from appealgen.checking.report import Report
    from appealgen.library import Library
    from appealgen.model import Case

# Any day does: no rule depends on it, and a check must not change from day to day.
_DAY = datetime.date(2000, 1, 1)
_SIGNERS = (Sender(), Sender(message=("\N{HORIZONTAL ELLIPSIS}",), can_be_answered=False))


def check_letters(library: Library, case: Case, languages: list[str], report: Report) -> None:
    """Compose every letter of *case* in each of *languages* that it has."""
    for name, alias in case.aliases.items():
        if alias.former is None and name not in selection.current_aliases(case):
            key = f"targets.{name}"
            hint = _("bind an ask to it, or say since when it is a former one")
            report.problems.append(Problem(case.source, _("has no ask"), hint, key=key))
    report.slips += _optional_slips(case)
    spoken = [language for language in selection.written_languages(library, case) if language in languages]
    for name in selection.current_aliases(case):
        for tone in dict.fromkeys(tone for language in spoken for tone in library.tones(language)):
            having = [language for language in spoken if tone in library.tones(language)]
            shapes = {language: _check_letter(library, case, name, language, tone, report) for language in having}
            _compare(library, shapes, tone, report)


def _optional_slips(case: Case) -> list[Problem]:
    """Return where the order is not clear in which facts go from a letter that is too long."""
    found = []
    first: dict[int, str] = {}
    for fact in case.facts.values():
        key = f"facts.{fact.id}.optional"
        if fact.optional is None:
            continue
        if fact.optional in first:
            message = _("is {number}, as that of {fact}", number=fact.optional, fact=first[fact.optional])
            found.append(Problem(case.source, message, _("give each a number of its own: 1 goes first"), key=key))
        first.setdefault(fact.optional, fact.id)
        if fact.brief:
            message = _("stands at a fact of the tone brief")
            hint = _("take one of the two out: brief has what must be said")
            found.append(Problem(case.source, message, hint, key=key))
    return found


def _check_letter(
    library: Library, case: Case, name: str, language: str, tone: str, report: Report
) -> tuple[tuple[int, ...], ...] | None:
    """Compose a letter for one signer and for several; return the shapes of their bodies."""
    report.count("letters")
    place = f"{case.id}, {name}, {language}, {tone}"
    shapes = []
    try:
        to = selection.addressee(library, case, name, None)
        for plural in (False, True):
            letters = selection.prepared(library, case, to, language, tone, plural=plural)
            shapes += [shape(letters.letter(sender, _DAY).body) for sender in _SIGNERS]
    except RefusedError as error:
        report.problems += [Problem(place, line) for line in str(error).splitlines()]
        return None
    except AppealgenError as error:
        report.take(error, place)
        return None
    return tuple(shapes)


def _compare(
    library: Library, shapes: dict[str, tuple[tuple[int, ...], ...] | None], tone: str, report: Report
) -> None:
    """Note where a language has other paragraphs than English, or than the first: they stand beside each other."""
    composed = {language: shape for language, shape in shapes.items() if shape is not None}
    if not composed:
        return
    first = "en" if "en" in composed else next(iter(composed))
    for language, found in composed.items():
        if found != composed[first]:
            source = library.template(language, tone)[1]
            message = _("has other paragraphs than {file}", file=library.template(first, tone)[1])
            problem = Problem(source, message, _("give both the same paragraphs in the same order"))
            if problem not in report.problems:
                report.problems.append(problem)
