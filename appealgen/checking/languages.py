"""Check languages: every office, every tone, and the words themselves: who they show, and how they are typed."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appealgen.catalogue import _, _n
from appealgen.datelines import written_date
from appealgen.errors import InputError, Problem, nearest
from appealgen.joint import gaps
from appealgen.letter import show_blocks
from appealgen.model import ROLES, TONES
from appealgen.templates import compile_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.checking.report import Report
    from appealgen.library import Library
    from appealgen.model import Case, Language, Words
    from appealgen.templates import Template

# Any day does.
_DAY = datetime.date(2000, 1, 1)
# Stands where a value would stand, so that only the template's own words are looked at.
_VALUE = "\N{HORIZONTAL ELLIPSIS}"


def check_language(library: Library, language_id: str, report: Report, *, book: bool) -> bool:
    """Check a language and its templates; tell whether letters can be composed in it.

    *book* tells whether there is an address book to compare the titles of offices with.
    """
    report.count("languages")
    try:
        language = library.language(language_id)
    except InputError as error:
        report.take(error, language_id)
        return False
    for role in ROLES:
        if role not in language.forms_of_address:
            key = f"forms_of_address.{role}"
            hint = _("add how this office is addressed")
            report.problems.append(Problem(language.source, _("is missing"), hint, key=key))
    for tone in TONES:
        if tone not in library.tones(language_id):
            message = _("has no template {file} beside it", file=f"{tone}.txt.j2")
            report.problems.append(Problem(language.source, message, _("add it")))
        else:
            _check_template(library, language, tone, report)
    try:
        written_date(_DAY, language, None)
        for country in language.regions:
            written_date(_DAY, language, country)
    except InputError as error:
        report.take(error, language_id)
        return False
    offices = str(Path(language.source).with_name("offices.yaml"))
    for name, titles in language.offices.items():
        if book and name not in library.targets:
            hint = nearest(name, library.targets) or _("name an id of the address book")
            report.problems.append(Problem(offices, _('there is no target "{name}"', name=name), hint, key=name))
        for title in titles.values():
            report.slips += _slips(language, title, offices, name)
    report.problems += gaps(language)
    for key, text in _said(language):
        report.slips += _slips(language, text, language.source, key)
        report.problems += _gendered(language, text, language.source, key)
    return True


def _said(language: Language) -> Iterator[tuple[str, str]]:
    """Yield what the language file itself puts into letters, with its key."""
    yield from ((f"closings.{tone}", text) for tone, text in language.closings.items())
    yield from ((f"labels.{name}", text) for name, text in language.labels.items())
    if language.joint is not None:
        said = dataclasses.asdict(language.joint)
        yield from ((f"joint.{name}", text) for name, text in said.items() if isinstance(text, str))
    for role, forms in language.forms_of_address.items():
        for gender, form in forms.by_gender.items():
            key = f"forms_of_address.{role}.{gender}"
            yield from (
                (f"{key}.salutation", text) for text in (form.salutation.default, *form.salutation.by_tone.values())
            )
            if form.close:
                yield from ((f"{key}.close", text) for text in (form.close.default, *form.close.by_tone.values()))


def _check_template(library: Library, language: Language, tone: str, report: Report) -> None:
    text, source = library.template(language.id, tone)
    try:
        bodies = own_words(compile_template(text, source))
    except InputError as error:
        report.take(error, source)
        return
    for look, noted in ((_gendered, report.problems), (_slips, report.slips)):
        noted.extend(dict.fromkeys(problem for body in bodies for problem in look(language, body, source, "")))


def own_words(template: Template) -> list[str]:
    """Return what a template says itself, in every way through it: one signer or several, one ask or several...

    Raises:
        InputError: if it cannot be rendered.
    """
    plain: dict[str, Any] = dict.fromkeys(("who", "concern", "hardship"), _VALUE)
    plain |= {"name": dict.fromkeys(template.name_forms, _VALUE), "message": (), "paragraphs": (_VALUE,)}
    plain |= {"signer": {"town": None, "country": None}}
    bodies = []
    for asks, plural, reply, role in itertools.product(
        ((_VALUE,), (_VALUE, _VALUE)), (False, True), (False, True), ("prosecutor", "collective-body", "ambassador")
    ):
        values = {**plain, "asks": asks, "plural": plural, "reply": reply, "pass_on": role == "ambassador"}
        bodies.append(show_blocks(template.body({**values, "target": {"role": role, "country": "FR"}})))
    return bodies


def _gendered(language: Language, text: str, source: str, key: str) -> Iterator[Problem]:
    """Yield what in *text* shows whether the writer is a man or a woman."""
    for pattern in language.shows_gender:
        for match in re.finditer(pattern, text):
            message = _('"{text}" shows whether the writer is a man or a woman', text=match[0])
            yield Problem(source, message, _("say it so that it does not show"), key=key)


def _slips(language: Language, text: str, source: str, key: str) -> Iterator[Problem]:
    """Yield what in *text* is not typed as the language has it."""
    for mistake in language.typography:
        for match in re.finditer(mistake.wrong, text):
            around = text[max(0, match.start() - 12) : match.end() + 12].replace("\n", " ")
            message = _('"{text}" is not how {language} is typed', text=around, language=language.name)
            yield Problem(source, message, mistake.instead, key=key)


def check_words(library: Library, case: Case, languages: list[str], report: Report) -> None:
    """Check the words of *case*: how they are typed, and whether a translation is behind what it was made from."""
    for words in case.words.values():
        if words.language in languages:
            language = library.language(words.language)
            texts = {"subject": words.subject}
            for part in ("who", "concern", "hardship"):
                if (said := getattr(words, part)) is not None:
                    texts[part] = said
                else:
                    hint = _("add it: letters have a place for it")
                    report.problems.append(Problem(words.source, _("is missing"), hint, key=part))
            texts |= {f"facts.{name}": text for name, text in words.facts.items()}
            texts |= {f"asks.{name}": text for name, text in words.asks.items()}
            for key, text in texts.items():
                report.slips += _slips(language, text, words.source, key)
        if words.quoted is not None:
            message = _n(
                "{count} text is still quoted from {source}",
                "{count} texts are still quoted from {source}",
                len(words.quoted.keys),
                source=words.quoted.source,
            )
            hint = _("put each in your own words, then take it out of this list")
            report.slips.append(Problem(words.source, message, hint, key="quoted.keys"))
        if words.name_source is None:
            hint = _("add it: where the name is spelt so, and which of its forms are from memory")
            report.slips.append(Problem(words.source, _("is missing"), hint, key="name_source"))
        origin = words.translated_from
        if origin is not None and (now := digest(case.words[origin.language])) != origin.digest:
            file = case.words[origin.language].source
            behind = _("is not the digest of {file}, which has changed since", file=file)
            hint = _("compare the two, then write digest: {digest}", digest=now)
            report.problems.append(Problem(words.source, behind, hint, key="translated_from.digest"))


def digest(words: Words) -> str:
    """Return a digest of what *words* say, 8 hexadecimal digits, by which a translation tells that it is behind."""
    facts, asks = sorted(words.facts.items()), sorted(words.asks.items())
    said = (words.subject, words.who, facts, words.concern, words.hardship, asks)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:8]
