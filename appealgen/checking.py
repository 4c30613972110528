"""Check everything that can be written: load every file and compose every letter, and collect what is wrong."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appealgen import selection
from appealgen.addresses import names_country
from appealgen.compose import Sender
from appealgen.errors import AppealgenError, InputError, Problem, RefusedError
from appealgen.model import ROLES, TONES

if TYPE_CHECKING:
    from appealgen.library import Library
    from appealgen.model import Case, Target

# Any day does: no rule depends on it, and a check must not change from day to day.
_DAY = datetime.date(2000, 1, 1)
_UNSIGNED = Sender()


@dataclass
class Report:
    """What a check found: *problems*, and how much of each kind it looked at."""

    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, error: AppealgenError, source: str) -> None:
        """Note the problems of *error*, which came up at *source*; a problem is noted once."""
        found = error.problems if isinstance(error, InputError) else [Problem(source, str(error))]
        self.problems += [problem for problem in found if problem not in self.problems]

    def count(self, kind: str, number: int = 1) -> None:
        """Add *number* to what was looked at of *kind*."""
        self.counts[kind] = self.counts.get(kind, 0) + number


def check(library: Library) -> Report:
    """Check every case, target, language and template of *library*, and every letter that they make together."""
    report = Report()
    book = False
    try:
        book = bool(library.targets)
        for target in library.targets.values():
            report.count("targets")
            report.problems += _target_problems(library, target)
    except InputError as error:
        report.take(error, "targets.yaml")
    for read in ("forbidden", "countries"):
        try:
            getattr(library, read)
        except InputError as error:
            report.take(error, read)
    languages = [language for language in library.language_ids if _check_language(library, language, report)]
    for case_id in library.case_ids:
        report.count("cases")
        try:
            case = library.case(case_id)
        except AppealgenError as error:
            report.take(error, f"cases/{case_id}")
        else:
            if book:
                _check_letters(library, case, languages, report)
    return report


def _target_problems(library: Library, target: Target) -> list[Problem]:
    problems = []

    def problem(key: str, message: str, hint: str) -> None:
        problems.append(Problem(target.source_file, message, hint, key=f"{target.id}.{key}"))

    if names_country(target.address[-1], target.located_in):
        problem(
            "address",
            "ends in the country",
            "leave it out: the sender's post decides how the country is written",
        )
    for name in target.cc:
        if name not in library.targets:
            problem("cc", f'there is no target "{name}"', "name an id of the address book")
    if not target.source.startswith(("http://", "https://")) and not any(map(str.isdigit, target.source)):
        problem("source", "is neither a web address nor a dated document", "give the page, or title and date")
    return problems


def _check_language(library: Library, language_id: str, report: Report) -> bool:
    report.count("languages")
    try:
        language = library.language(language_id)
    except InputError as error:
        report.take(error, language_id)
        return False
    for role in ROLES:
        if role not in language.forms_of_address:
            key = f"forms_of_address.{role}"
            report.problems.append(Problem(language.source, "is missing", "add how this office is addressed", key=key))
    for tone in TONES:
        if tone not in library.tones(language_id):
            report.problems.append(Problem(language.source, f"has no template {tone}.txt.j2 beside it", "add it"))
    return True


def _check_letters(library: Library, case: Case, languages: list[str], report: Report) -> None:
    for name, alias in case.aliases.items():
        if alias.former is None and name not in selection.current_aliases(case):
            key = f"targets.{name}"
            report.problems.append(
                Problem(
                    case.source,
                    "has no ask",
                    "bind an ask to it, or say since when it is a former one",
                    key=key,
                )
            )
    for language in selection.written_languages(library, case):
        if language not in languages:
            continue
        for name in selection.current_aliases(case):
            for tone in library.tones(language):
                _check_letter(library, case, name, language, tone, report)


def _check_letter(library: Library, case: Case, name: str, language: str, tone: str, report: Report) -> None:
    report.count("letters")
    place = f"{case.id}, {name}, {language}, {tone}"
    try:
        to = selection.addressee(library, case, name, None)
        selection.prepared(library, case, to, language, tone).letter(_UNSIGNED, _DAY)
    except RefusedError as error:
        report.problems += [Problem(place, line) for line in str(error).splitlines()]
    except AppealgenError as error:
        report.take(error, place)
