"""YAML files -> model: what each kind of file may hold, and how its parts refer to each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from appealgen.characters import folded
from appealgen.errors import InputError, Problem, nearest
from appealgen.model import (
    CHANNELS,
    GENDERS,
    PRIVACIES,
    ROLES,
    TONES,
    Alias,
    Ask,
    ByTone,
    Case,
    ColumnNames,
    Country,
    Fact,
    ForbiddenName,
    FormOfAddress,
    Holder,
    Language,
    Rule,
    Signer,
    Source,
    Target,
    Words,
)
from appealgen.schema import (
    Choice,
    Day,
    Either,
    Line,
    ListOf,
    MapOf,
    Paragraph,
    Paragraphs,
    Reader,
    Record,
    Shape,
    YesNo,
    read_yaml,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_COUNTRY = Line(r"[A-Z]{2}", "a country code of two capitals, such as RU")
_LANGUAGE = Line(r"[a-z]{2,3}", "a language code, such as en")
_EMAIL = Line(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", "an email address")
_PHONE = Line(r"\+[1-9][0-9]*( [0-9]+)*", 'an international number, such as "+7 495 987 58 41"')
_URL = Line(r"https?://[^\s<>\"]+", "a web address")
_FORM = r"[a-z]+(_[a-z]+)*"
_FORMS = MapOf(Line(), _FORM, "the name of a form, such as genitive")
_NAME = MapOf(Either(Line(), _FORMS), r"[a-z]{2,3}", "a language code, such as en")

_SOURCE = Record({"title": Line(), "url": _URL}, {"date": Day()})
_ALIAS = Record({}, {"target": Line(), "embassy_of": _COUNTRY, "without_country": Line(), "former": Paragraph()})
CASE = Record(
    {
        "title": Line(),
        "pronouns": Choice(("he", "she", "they")),
        "country": _COUNTRY,
        "status": Choice(("active", "closed")),
        "facts_as_of": Day(),
        "checked_on": Day(exact=True),
        "family_consent": Choice(("yes", "no", "unknown")),
        "targets": MapOf(_ALIAS),
        "facts": MapOf(
            Record(
                {"date": Day(), "paragraph": Line(), "sources": ListOf(Line(), empty=False)},
                {"brief": YesNo()},
            )
        ),
        "asks": MapOf(Record({"targets": ListOf(Line(), empty=False)})),
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
        "name": _FORMS,
        "subject": Line(),
        "who": Paragraph(),
        "facts": MapOf(Paragraph()),
        "concern": Paragraph(),
        "hardship": Paragraph(),
        "asks": MapOf(Paragraph()),
    }
)
TARGET = Record(
    {
        "role": Choice(ROLES),
        "country": _COUNTRY,
        "languages": ListOf(_LANGUAGE, empty=False),
        "office": _NAME,
        "address": ListOf(Line(), empty=False),
        "verified_on": Day(),
        "source": Line(),
    },
    {
        "located_in": _COUNTRY,
        "holder": Record(
            {"name": _NAME, "gender": Choice(GENDERS), "since": Day(), "verified_on": Day(), "source": Line()}
        ),
        "address_local": ListOf(Line()),
        "email": _EMAIL,
        "email_cc": ListOf(_EMAIL),
        "phone": _PHONE,
        "fax": _PHONE,
        "web_form": _URL,
        "preferred": Choice(CHANNELS),
        "cc": ListOf(Line()),
        "note": Paragraph(),
    },
)
_BY_TONE = Either(Line(), Record({"default": Line()}, dict.fromkeys(TONES, Line())))
_FORM_OF_ADDRESS = Record({"address": ListOf(Line(), empty=False), "salutation": _BY_TONE}, {"close": _BY_TONE})
LABELS = ("subject", "copy_to", "enclosure", "name", "address", "signature", "care_of")
_BY_COUNTRY = MapOf(Line(), r"[A-Z]{2}", "a country code of two capitals")
LANGUAGE = Record(
    {
        "name": Line(),
        "locale": Line(r"[a-z]{2,3}(_[A-Za-z]+)*", "a locale, such as en_GB"),
        "direction": Choice(("ltr", "rtl")),
        "reviewed": Line(),
        "date_format": Line(),
        "labels": Record({label: Line() for label in LABELS}),
        "closings": Record({tone: Line() for tone in TONES}),
        "forms_of_address": MapOf(Record({"source": Line(), **dict.fromkeys(GENDERS, _FORM_OF_ADDRESS)}), keys=ROLES),
    },
    {"locales": _BY_COUNTRY, "date_formats": _BY_COUNTRY},
)
_FORBIDDEN = Record({"source": Line(), "spellings": ListOf(Line(), empty=False)}, {"since": Day()})
FORBIDDEN = MapOf(MapOf(_FORBIDDEN), r"[A-Z]{2}", "a country code of two capitals")
_RULE = Record({"text": Paragraph(), "source": Line(), "checked_on": Day(exact=True)})
COUNTRIES = MapOf(
    Record({}, {"reply_rule": _RULE, "post": _RULE}),
    r"[A-Z]{2}",
    "a country code of two capitals",
)
COLUMN_FIELDS = (
    "name",
    "first-name",
    "middle-name",
    "last-name",
    "street",
    "house-number",
    "street-2",
    "postal-code",
    "city",
    "region",
    "country",
    "email",
    "language",
    "message",
    "privacy",
    "consent",
    "target",
    "tone",
)
COLUMNS = Record(
    {
        "fields": Record({field: ListOf(Line()) for field in COLUMN_FIELDS}),
        "ignored": ListOf(Line()),
        "yes": ListOf(Line()),
        "no": ListOf(Line()),
        "privacy": Record({degree: ListOf(Line()) for degree in PRIVACIES}),
    }
)
SIGNER = Record(
    {"name": Line()},
    {
        "address": ListOf(Line()),
        "town": Line(),
        "email": _EMAIL,
        "country": Line(),
        "language": _LANGUAGE,
        "message": Paragraphs(),
        "privacy": Choice(PRIVACIES),
        "group": ListOf(Line(), empty=False),
    },
)


def _load(path: Path, source: str, shape: Shape) -> tuple[dict[str, Any], Reader]:
    """Read one file whole; its own problems are raised before references are looked at."""
    fields, reader = read_yaml(path, source, shape)
    if reader.problems:
        raise InputError(reader.problems)
    return fields, reader


def _named(value: Mapping[str, str | dict[str, str]]) -> dict[str, dict[str, str]]:
    """Read a plain text as the nominative."""
    return {language: {"nominative": forms} if isinstance(forms, str) else forms for language, forms in value.items()}


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
            fields, readers[language] = _load(words_path, words_source, WORDS)
            spoken[language] = Words(language=language, source=words_source, **fields)
        except InputError as error:
            problems.extend(error.problems)
    try:
        fields, reader = _load(path, source, CASE)
    except InputError as error:
        raise InputError([*error.problems, *problems]) from None
    case = _case(case_id, source, fields, spoken)
    _check_case(case, reader)
    for language, said in spoken.items():
        _check_words(case, said, readers[language])
        problems.extend(readers[language].problems)
    if not words:
        reader.problem_at("", "has no language", "add a file such as en.yaml beside it")
    if reader.problems or problems:
        raise InputError([*reader.problems, *problems])
    return case


def _case(case_id: str, source: str, fields: dict[str, Any], words: Mapping[str, Words]) -> Case:
    aliases = {name: Alias(id=name, **alias) for name, alias in fields.pop("targets").items()}
    facts = {name: Fact(id=name, **fact) for name, fact in fields.pop("facts").items()}
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


def _check_case(case: Case, reader: Reader) -> None:
    for alias in case.aliases.values():
        if (alias.target is None) == (alias.embassy_of is None):
            hint = "give either target (an id of the address book) or embassy_of (a country)"
            reader.problem_at(f"targets.{alias.id}", "says not who is meant", hint)
    for fact in case.facts.values():
        for name in fact.sources:
            if name not in case.sources:
                hint = nearest(name, case.sources) or "add it to sources"
                reader.problem_at(f"facts.{fact.id}.sources", f'there is no source "{name}"', hint)
        if fact.date.last_day > case.facts_as_of.last_day:
            hint = "facts_as_of is the date of the newest fact"
            reader.problem_at(f"facts.{fact.id}.date", f"{fact.date} is later than facts_as_of", hint)
    known = [*case.aliases, *(alias.target for alias in case.aliases.values() if alias.target)]
    for ask in case.asks.values():
        for name in ask.targets:
            if name not in known:
                hint = nearest(name, known) or "use an alias from targets"
                reader.problem_at(f"asks.{ask.id}.targets", f'there is no target "{name}"', hint)
    if case.status == "closed" and not (case.outcome and case.closed_on):
        reader.problem_at("status", "a closed case says closed_on and outcome", "add both")
    if case.status == "active" and (case.outcome or case.closed_on):
        reader.problem_at("status", "an active case has no outcome", "set status to closed, or take it out")
    if case.checked_on.last_day < case.facts_as_of.last_day.replace(day=1):
        hint = "checked_on is the day on which the sources were last looked at"
        reader.problem_at("checked_on", "is before facts_as_of", hint)


def _check_words(case: Case, words: Words, reader: Reader) -> None:
    for part, ids in (("facts", case.facts), ("asks", case.asks)):
        said = getattr(words, part)
        for name in ids:
            if name not in said:
                reader.problem_at(f"{part}.{name}", "is missing", f"{case.source} has it: say it in this language too")
        for name in said:
            if name not in ids:
                hint = nearest(name, ids) or f"add it to {case.source}, or take it out"
                reader.problem_at(f"{part}.{name}", "is not in the case", hint)
    for name, ask in words.asks.items():
        if ask[-1] in ".;:,!?":
            reader.problem_at(f"asks.{name}", f'ends in "{ask[-1]}"', "end without a mark: the template sets it")
    if "nominative" not in words.name:
        reader.problem_at("name.nominative", "is missing", "add it")


def load_targets(path: Path, source: str) -> dict[str, Target]:
    """Load an address book.

    Raises:
        InputError: with every problem of the file.
    """
    fields, reader = _load(path, source, MapOf(TARGET))
    targets: dict[str, Target] = {}
    for name, entry in fields.items():
        entry["office"] = _named(entry["office"])
        entry.setdefault("located_in", entry["country"])
        if (holder := entry.pop("holder", None)) is not None:
            entry["holder"] = Holder(**{**holder, "name": _named(holder["name"])})
        targets[name] = Target(id=name, source_file=source, **entry)
        _check_target(targets[name], reader)
    if reader.problems:
        raise InputError(reader.problems)
    return targets


def _check_target(target: Target, reader: Reader) -> None:
    channels = {"post": target.address, "email": target.email, "fax": target.fax, "web-form": target.web_form}
    if target.preferred and not channels[target.preferred]:
        hint = f"add {target.preferred.replace('-', '_')}, or prefer another channel"
        reader.problem_at(f"{target.id}.preferred", f"the entry has no {target.preferred}", hint)
    for language, forms in target.office.items():
        if "nominative" not in forms:
            reader.problem_at(f"{target.id}.office.{language}.nominative", "is missing", "add it")
    if target.email_cc and not target.email:
        reader.problem_at(f"{target.id}.email_cc", "stands without email", "add email, or take it out")
    if len(set(target.address)) != len(target.address):
        reader.problem_at(f"{target.id}.address", "has a line twice", "take one of them out")


def load_language(language_id: str, path: Path, source: str) -> Language:
    """Load ``language.yaml``.

    Raises:
        InputError: with every problem of the file.
    """
    fields, reader = _load(path, source, LANGUAGE)
    forms = {
        role: {gender: _form(by_gender[gender]) for gender in GENDERS}
        for role, by_gender in fields.pop("forms_of_address").items()
    }
    for role, by_gender in forms.items():
        for gender, form in by_gender.items():
            for number, line in enumerate(form.address, 1):
                place = f"forms_of_address.{role}.{gender}.address.{number}"
                rest = re.sub(r"\{(office|holder)(\.[a-z_]+)?\}", "", line)
                if "{" in rest or "}" in rest:
                    reader.problem_at(place, "has a placeholder that is not known", "use {office} or {holder}")
            if gender == "unknown" and any("{holder" in line for line in form.address):
                reader.problem_at(
                    f"forms_of_address.{role}.unknown.address",
                    "names a holder who is not known",
                    "take {holder} out",
                )
    if reader.problems:
        raise InputError(reader.problems)
    return Language(id=language_id, source=source, forms_of_address=forms, **fields)


def _form(fields: dict[str, Any]) -> FormOfAddress:
    close = fields.get("close")
    return FormOfAddress(fields["address"], _by_tone(fields["salutation"]), None if close is None else _by_tone(close))


def _by_tone(value: str | dict[str, str]) -> ByTone:
    return ByTone(value) if isinstance(value, str) else ByTone(value["default"], value)


def load_forbidden(path: Path, source: str) -> dict[str, tuple[ForbiddenName, ...]]:
    """Load ``do-not-name.yaml``: country of the office -> names.

    Raises:
        InputError: with every problem of the file.
    """
    fields, _ = _load(path, source, FORBIDDEN)
    return {
        country: tuple(
            ForbiddenName(name, country, entry.get("since"), entry["source"], entry["spellings"])
            for name, entry in names.items()
        )
        for country, names in fields.items()
    }


def load_countries(path: Path, source: str) -> dict[str, Country]:
    """Load ``countries.yaml``: what to know of a country before writing to its offices.

    Raises:
        InputError: with every problem of the file.
    """
    fields, _ = _load(path, source, COUNTRIES)
    return {
        code: Country(code, **{name: Rule(**rule) for name, rule in known.items()}) for code, known in fields.items()
    }


def load_column_names(path: Path, source: str) -> ColumnNames:
    """Load ``columns.yaml``: what the columns of a table of signers are called.

    Raises:
        InputError: with every problem of the file, such as a heading that stands under two fields.
    """
    fields, reader = _load(path, source, COLUMNS)
    by_heading: dict[str, str] = {}
    for field, headings in fields["fields"].items():
        for heading in (field, *headings):
            fold = folded(heading)
            if by_heading.setdefault(fold, field) != field:
                other = by_heading[fold]
                reader.problem_at(f"fields.{field}", f'"{heading}" stands under {other} as well', "keep one of the two")
    if reader.problems:
        raise InputError(reader.problems)
    privacy = {folded(word): degree for degree, words in fields["privacy"].items() for word in (degree, *words)}
    ignored, yes, no = (frozenset(map(folded, fields[part])) for part in ("ignored", "yes", "no"))
    return ColumnNames(by_heading, COLUMN_FIELDS, ignored, yes, no, privacy)


def load_signer(path: Path, source: str) -> Signer:
    """Load a signer's file.

    Raises:
        InputError: with every problem of the file.
    """
    fields, _ = _load(path, source, SIGNER)
    fields["privacy"] = frozenset({fields.get("privacy", "full")})
    return Signer(**fields)
