"""Cases: ``case.yaml`` and the words in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appealgen.catalogue import N_, _
from appealgen.errors import InputError, Problem, nearest
from appealgen.loading.shapes import COUNTRY, FORMS, LANGUAGE_CODE, URL, load
from appealgen.model import Alias, Ask, Case, Fact, Quoted, Source, Translation, Words
from appealgen.schema import Choice, Day, Line, ListOf, MapOf, Paragraph, Reader, Record, YesNo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SOURCE = Record({"title": Line()}, {"url": URL, "date": Day()})
_ALIAS = Record({}, {"target": Line(), "embassy_of": COUNTRY, "without_country": Line(), "former": Paragraph()})
CASE = Record(
    {
        "title": Line(),
        "pronouns": Choice(("he", "she", "they", "unknown")),
        "country": COUNTRY,
        "status": Choice(("active", "closed")),
        "facts_as_of": Day(unknown=True),
        "checked_on": Day(exact=True),
        "family_consent": Choice(("yes", "no", "unknown")),
        "targets": MapOf(_ALIAS),
        "facts": MapOf(
            Record(
                {"date": Day(unknown=True), "paragraph": Line(), "sources": ListOf(Line(), empty=False)},
                {"brief": YesNo(), "optional": Line(r"[1-9][0-9]?", N_('"{text}" is not a number from 1 to 99'))},
            )
        ),
        "asks": MapOf(Record({"targets": ListOf(Line(), empty=False)}, {"conveys": YesNo()})),
        "sources": MapOf(_SOURCE),
    },
    {
        "born": Day(),
        "closed_on": Day(),
        "outcome": Paragraph(),
        "write_until": Day(exact=True),
        "spellings": ListOf(Line()),
        "do_not_name": ListOf(Line()),
    },
)
WORDS = Record(
    {
        "name": FORMS,
        "subject": Line(),
        "facts": MapOf(Paragraph()),
        "asks": MapOf(Paragraph()),
    },
    {
        "who": Paragraph(),
        "concern": Paragraph(),
        "hardship": Paragraph(),
        "quoted": Record({"source": Line(), "keys": ListOf(Line(), empty=False)}),
        "name_source": Paragraph(),
        "translated_from": Record(
            {"language": LANGUAGE_CODE, "digest": Line(r"[0-9a-f]{8}", N_('"{text}" is not a digest of 8 digits'))}
        ),
    },
)


def load_case(case_id: str, path: Path, source: str, words: Mapping[str, tuple[Path, str]]) -> Case:
    """Load ``case.yaml`` at *path* and its *words* (language -> path and name of the file).

    Raises:
        InputError: with every problem of all of these files.
    """
    problems: list[Problem] = []
    spoken: dict[str, Words] = {}
    readers: dict[str, Reader] = {}
    for language, (words_path, words_source) in words.items():
        try:
            fields, readers[language] = load(words_path, words_source, WORDS)
            origin = fields.pop("translated_from", None)
            translation = Translation(**origin) if origin else None
            if (quoted := fields.pop("quoted", None)) is not None:
                fields["quoted"] = Quoted(**quoted)
            spoken[language] = Words(language=language, source=words_source, translated_from=translation, **fields)
        except InputError as error:
            problems.extend(error.problems)
    try:
        fields, reader = load(path, source, CASE)
    except InputError as error:
        raise InputError([*error.problems, *problems]) from None
    case = _case(case_id, source, fields, spoken)
    _check_case(case, reader)
    for language, said in spoken.items():
        _check_words(case, said, readers[language])
        problems.extend(readers[language].problems)
    if not words:
        reader.problem_at("", _("has no language"), _("add a file such as en.yaml beside it"))
    if reader.problems or problems:
        raise InputError([*reader.problems, *problems])
    return case


def _case(case_id: str, source: str, fields: dict[str, Any], words: Mapping[str, Words]) -> Case:
    aliases = {name: Alias(id=name, **alias) for name, alias in fields.pop("targets").items()}
    facts = {name: _fact(name, fact) for name, fact in fields.pop("facts").items()}
    asks = {name: Ask(id=name, **ask) for name, ask in fields.pop("asks").items()}
    sources = {name: Source(**origin) for name, origin in fields.pop("sources").items()}
    return Case(
        id=case_id,
        source=source,
        aliases=aliases,
        facts=facts,
        asks=asks,
        sources=sources,
        words=words,
        **fields,
    )


def _fact(name: str, fields: dict[str, Any]) -> Fact:
    optional = fields.pop("optional", None)
    return Fact(id=name, optional=int(optional) if optional else None, **fields)


def _check_case(case: Case, reader: Reader) -> None:
    for alias in case.aliases.values():
        if (alias.target is None) == (alias.embassy_of is None):
            hint = _("give either target (an id of the address book) or embassy_of (a country)")
            reader.problem_at(f"targets.{alias.id}", _("says not who is meant"), hint)
    for fact in case.facts.values():
        for name in fact.sources:
            if name not in case.sources:
                hint = nearest(name, case.sources) or _("add it to sources")
                reader.problem_at(f"facts.{fact.id}.sources", _('there is no source "{name}"', name=name), hint)
        if fact.date and case.facts_as_of and fact.date.last_day > case.facts_as_of.last_day:
            hint = _("facts_as_of is the date of the newest fact")
            message = _("{date} is later than facts_as_of", date=fact.date)
            reader.problem_at(f"facts.{fact.id}.date", message, hint)
    known = [*case.aliases, *(alias.target for alias in case.aliases.values() if alias.target)]
    for ask in case.asks.values():
        for name in ask.targets:
            if name not in known:
                hint = nearest(name, known) or _("use an alias from targets")
                reader.problem_at(f"asks.{ask.id}.targets", _('there is no target "{name}"', name=name), hint)
    if case.status == "closed" and not (case.outcome and case.closed_on):
        reader.problem_at("status", _("a closed case says closed_on and outcome"), _("add both"))
    if case.status == "active" and (case.outcome or case.closed_on):
        reader.problem_at(
            "status", _("an active case has no outcome"), _("set status to closed, or take out outcome and closed_on")
        )
    if case.facts_as_of and case.checked_on.last_day < case.facts_as_of.last_day.replace(day=1):
        hint = _("checked_on is the day on which the sources were last looked at")
        reader.problem_at("checked_on", _("is before facts_as_of"), hint)


def _check_words(case: Case, words: Words, reader: Reader) -> None:
    for part, ids in (("facts", case.facts), ("asks", case.asks)):
        said = getattr(words, part)
        for name in ids:
            if name not in said:
                hint = _("{file} has it: say it in this language too", file=case.source)
                reader.problem_at(f"{part}.{name}", _("is missing"), hint)
        for name in said:
            if name not in ids:
                hint = nearest(name, ids) or _("add it to {file}, or take it out", file=case.source)
                reader.problem_at(f"{part}.{name}", _("is not in the case"), hint)
    for name, ask in words.asks.items():
        if ask[-1] in ".;:,!?":
            message = _('ends in "{mark}"', mark=ask[-1])
            reader.problem_at(f"asks.{name}", message, _("end without a mark: the template sets it"))
    if words.quoted is not None:
        _check_quoted(case, words.quoted, reader)
    origin = words.translated_from
    if origin is not None and (origin.language == words.language or origin.language not in case.words):
        hint = _("name a language that the case has")
        reader.problem_at("translated_from.language", _("is no other language of this case"), hint)
    if "nominative" not in words.name:
        reader.problem_at("name.nominative", _("is missing"), _("add it"))


def _check_quoted(case: Case, quoted: Quoted, reader: Reader) -> None:
    texts = {"who", "concern", "hardship", *(f"facts.{name}" for name in case.facts)}
    texts.update(f"asks.{name}" for name in case.asks)
    for key in quoted.keys:
        if key not in texts:
            hint = nearest(key, texts) or _("take it out")
            reader.problem_at("quoted.keys", _('there is no "{name}"', name=key), hint)
    if quoted.source not in case.sources:
        hint = nearest(quoted.source, case.sources) or _("add it to the sources of {file}", file=case.source)
        reader.problem_at("quoted.source", _('there is no source "{name}"', name=quoted.source), hint)
