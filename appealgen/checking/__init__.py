"""Check everything that can be written: load every file and compose every letter, and collect what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.addresses import names_country
from appealgen.catalogue import _
from appealgen.checking.languages import check_language, check_words
from appealgen.checking.letters import check_letters
from appealgen.checking.report import Report
from appealgen.errors import AppealgenError, InputError, Problem
from appealgen.library import shown

if TYPE_CHECKING:
    from appealgen.library import Library
    from appealgen.model import Target

__all__ = ["Report", "check"]


def check(library: Library) -> Report:
    """Check every case, target, language and template of *library*, and every letter that they make together."""
    report = Report()
    book = False
    try:
        book = bool(library.targets)
        report.problems += (problem for problems in library.targets.faults.values() for problem in problems)
        for target in library.targets.values():
            report.count("targets")
            report.problems += _target_problems(library, target)
    except InputError as error:
        report.take(error, "targets.yaml")
    for read in ("forbidden", "countries", "papers"):
        try:
            getattr(library, read)
        except InputError as error:
            report.take(error, read)
    report.problems += _stray_folders(library)
    languages = [language for language in library.language_ids if check_language(library, language, report, book=book)]
    if book:
        report.slips += _untitled(library, languages)
    for case_id in library.case_ids:
        report.count("cases")
        try:
            case = library.case(case_id)
        except AppealgenError as error:
            report.take(error, f"cases/{case_id}")
        else:
            check_words(library, case, languages, report)
            if book:
                check_letters(library, case, languages, report)
    return report


def _stray_folders(library: Library) -> list[Problem]:
    """Return the folders of templates that are no language, since they lack the file that makes them one."""
    return [
        Problem(
            shown(folder),
            _("has no language.yaml, so it is no language"),
            _("add the file: docs/adding-a-language.md"),
        )
        for folder in library.folders("templates")
        if folder.name not in library.language_ids
    ]


def _untitled(library: Library, languages: list[str]) -> list[Problem]:
    """Return the offices that letters in some languages cannot go to, because their title is missing there."""
    found = []
    for target in library.targets.values():
        spoken = [one for one in languages if one in target.office or target.id in library.language(one).offices]
        # A title in one language alone is a group's own entry: it writes in that.
        if len(spoken) > 1 and (without := [one for one in languages if one not in spoken]):
            hint = _("add it to targets.yaml, or to templates/*/offices.yaml, to write there in these languages")
            message = _("has no title in {languages}", languages=catalogue.listed(without))
            found.append(Problem(target.source_file, message, hint, key=f"{target.id}.office"))
    return found


def _target_problems(library: Library, target: Target) -> list[Problem]:
    problems = []

    def problem(key: str, message: str, hint: str) -> None:
        problems.append(Problem(target.source_file, message, hint, key=f"{target.id}.{key}"))

    if target.address and names_country(target.address[-1], target.located_in):
        problem(
            "address",
            _("ends in the country"),
            _("leave it out: the sender's post decides how the country is written"),
        )
    for name in target.cc:
        if name not in library.targets:
            problem("cc", _('there is no target "{name}"', name=name), _("name an id of the address book"))
    if not target.source.startswith(("http://", "https://")) and not any(map(str.isdigit, target.source)):
        message = _("is neither a web address nor a dated document")
        problem("source", message, _("give the page, or title and date"))
    return problems
