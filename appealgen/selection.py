"""From what a user names to a prepared letter: which addressee, which language, which asks, and what to mind.

One path for a single letter, a batch and a check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen.addresses import language_code, language_name
from appealgen.compose import prepare
from appealgen.errors import InputError, Problem, RefusedError, UsageError, nearest
from appealgen.templates import compile_template

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from appealgen.compose import Prepared
    from appealgen.library import Library
    from appealgen.model import Alias, Case, PartialDate, Signer, Target


@dataclass(frozen=True, slots=True)
class Note:
    """What a careful user should know before signing; *about* is the addressee, or empty where it is the whole."""

    text: str
    about: str = ""


def listed(notes: Iterable[Note]) -> list[str]:
    """Return *notes* as lines, each text once, with everyone it is about."""
    about: dict[str, list[str]] = {}
    for note in notes:
        about.setdefault(note.text, []).append(note.about)
    return [f"{', '.join(dict.fromkeys(names))}: {text}" if any(names) else text for text, names in about.items()]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a case's letter goes to: the name it was asked for by, the entry, the asks, and notes on the choice."""

    name: str
    target: Target
    asks: tuple[str, ...]
    notes: tuple[str, ...] = ()


def current_aliases(case: Case) -> tuple[str, ...]:
    """Return the aliases that are not former ones and to which an ask goes."""
    return tuple(name for name, alias in case.aliases.items() if alias.former is None and _asks(case, {name}))


def named_targets(case: Case, asked: Iterable[str]) -> tuple[str, ...]:
    """Return the targets that *asked* names, each once; ``all`` stands for the case's own."""
    names = (name for target in asked for name in (current_aliases(case) if target == "all" else (target,)))
    return tuple(dict.fromkeys(names))


def _asks(case: Case, names: Iterable[str]) -> tuple[str, ...]:
    wanted = set(names)
    return tuple(ask.id for ask in case.asks.values() if wanted.intersection(ask.targets))


def addressee(library: Library, case: Case, name: str, country: str | None) -> Addressee:
    """Find whom *name* means: an alias of the case, or an id of the address book; *country* is the signer's.

    Raises:
        UsageError: if there is none, it is a former one, or no ask of the case goes there.
        RefusedError: if the book has no embassy in *country*.
        InputError: if the case refers to an entry that the book lacks.
    """
    have = f"this case has asks for {', '.join(current_aliases(case))}"
    alias = case.aliases.get(name)
    if alias is not None:
        if alias.former is not None:
            raise UsageError(f"--target: {name} is a former addressee of {case.id} ({alias.former}): {have}")
        target, notes = _aliased(library, case, alias, country)
        return _with_asks(case, name, target, _asks(case, {name, target.id}), have, notes)
    if name not in library.targets:
        near = nearest(name, [*case.aliases, *library.targets])
        raise UsageError(f'--target: there is no target "{name}": {near + " " if near else ""}{have}')
    target = library.targets[name]
    aliases = {other.id for other in case.aliases.values() if other.former is None and _means(other, target)}
    return _with_asks(case, name, target, _asks(case, {name, *aliases}), have, ())


def _means(alias: Alias, target: Target) -> bool:
    if alias.embassy_of is not None:
        return target.role == "ambassador" and target.country == alias.embassy_of
    return alias.target == target.id


def _with_asks(
    case: Case, name: str, target: Target, asks: tuple[str, ...], have: str, notes: tuple[str, ...]
) -> Addressee:
    if not asks:
        raise UsageError(f"--target: none of the asks of {case.id} goes to {name}: {have}")
    return Addressee(name, target, asks, notes)


def _aliased(library: Library, case: Case, alias: Alias, country: str | None) -> tuple[Target, tuple[str, ...]]:
    """Return the entry that *alias* means for a signer in *country*, and what to say about the choice."""
    if alias.target is not None:
        return _entry(library, case, alias.target, alias.id), ()
    embassies = {
        target.located_in: target
        for target in library.targets.values()
        if target.role == "ambassador" and target.country == alias.embassy_of
    }
    if country is not None:
        if country not in embassies:
            raise RefusedError(
                f"--target {alias.id}: the address book has no embassy of {alias.embassy_of} in {country}: "
                f"add it to targets.yaml, or name one of those in {', '.join(sorted(embassies))} by its id"
            )
        return embassies[country], ()
    if alias.without_country is None:
        raise RefusedError(f"--target {alias.id}: which embassy depends on the signer's country: give --country")
    target = _entry(library, case, alias.without_country, alias.id)
    note = f"the signer's country is not known: this goes to {target.id}; give --country for the embassy there"
    return target, (note,)


def _entry(library: Library, case: Case, target_id: str, alias: str) -> Target:
    target = library.targets.get(target_id)
    if target is None:
        hint = nearest(target_id, library.targets) or "add it to targets.yaml"
        problem = Problem(case.source, f'there is no "{target_id}" in the address book', hint, key=f"targets.{alias}")
        raise InputError([problem])
    return target


def written_languages(library: Library, case: Case) -> tuple[str, ...]:
    """Return the languages in which *case* can be written: it has the words and there are templates."""
    return tuple(language for language in case.words if language in library.language_ids)


def language_for(library: Library, case: Case, asked: str | None, signer: Signer) -> str:
    """Choose the language: the one *asked* for, else the signer's, else English, else the case's first.

    Raises:
        UsageError: if the language asked for is not there.
    """
    have = written_languages(library, case)
    if asked is not None:
        if asked not in have:
            asked = _code(asked)
        if asked not in have:
            missing = f"no templates in {asked}" if asked in case.words else f"no words in {asked}"
            raise UsageError(f"--language: {case.id} has {missing}: there are {', '.join(have)}")
        return asked
    if not have:
        raise UsageError(f"--case: {case.id} has no words in a language with templates")
    if signer.language is not None and signer.language in have:
        return signer.language
    return "en" if "en" in have else have[0]


def _code(asked: str) -> str:
    """Return the code of a language that was given by its name, or *asked* itself where it is no language."""
    try:
        return language_code(asked)
    except ValueError:
        return asked


def gloss_for(library: Library, case: Case, asked: str | None) -> str | None:
    """Return the language *asked* for the signer's copy if the case has it.

    Raises:
        UsageError: if it has not.
    """
    have = written_languages(library, case)
    if asked is not None and asked not in have:
        asked = _code(asked)
    if asked is not None and asked not in have:
        raise UsageError(f"--gloss: {case.id} has no letters in {asked}: there are {', '.join(have)}")
    return asked


def tone_for(library: Library, language: str, tone: str) -> str:
    """Return *tone* if *language* has it.

    Raises:
        UsageError: if it has not.
    """
    have = library.tones(language)
    if tone not in have:
        hint = nearest(tone, have)
        raise UsageError(
            f'--tone: there is no tone "{tone}" in {language}: {hint + " " if hint else ""}there are {", ".join(have)}'
        )
    return tone


def prepared(
    library: Library,
    case: Case,
    to: Addressee,
    language: str,
    tone: str,
    *,
    plural: bool = False,
    gloss: str | None = None,
    drop: frozenset[str] = frozenset(),
) -> Prepared:
    """Prepare the letters about *case* to one addressee.

    Args:
        library: where templates and the address book are.
        case: what about.
        to: whom to.
        language: of the letter.
        tone: of the letter.
        plural: whether several people sign.
        gloss: the language of a translation to go with it, for whoever signs; the letter's own is none.
        drop: the ids of facts that are not told.

    Raises:
        InputError: if a template, a language file or the case lacks something.
        UsageError: if there is no such tone.
    """
    text, source = library.template(language, tone)
    return prepare(
        case,
        to.target,
        asks=to.asks,
        language=library.language(language),
        tone=tone,
        template=compile_template(text, source),
        forbidden=library.forbidden.get(to.target.country, ()),
        copies=[_entry(library, case, name, to.name) for name in to.target.cc],
        plural=plural,
        gloss=prepared(library, case, to, gloss, tone, plural=plural, drop=drop)
        if gloss and gloss != language
        else None,
        drop=drop,
    )


def refuse_closed(case: Case, date: datetime.date) -> None:
    """Refuse a case that is closed, or that called for letters until a day before *date*.

    Raises:
        RefusedError: with the outcome and the date.
    """
    if case.status == "closed" and case.closed_on is not None:
        raise RefusedError(
            f"{case.id} is closed since {case.closed_on.in_words}: {case.outcome} "
            "Nothing is written; --allow-closed writes it all the same."
        )
    if case.write_until is not None and date > case.write_until.last_day:
        raise RefusedError(
            f"{case.id} called for letters until {case.write_until.in_words}: look up what has happened since. "
            "Nothing is written; --allow-closed writes it all the same."
        )


def case_notes(case: Case, date: datetime.date) -> list[Note]:
    """Return what a careful user should know of the facts before signing."""
    as_of = f"are as of {case.facts_as_of.in_words}" if case.facts_as_of else "are of a date that is not known"
    notes = [f"the facts about {case.title} {as_of}; sources were last looked at on {case.checked_on.in_words}"]
    if case.status == "closed" and case.closed_on is not None:
        notes.append(f"this case is closed since {case.closed_on.in_words}: {case.outcome}")
    elif case.write_until is not None and date > case.write_until.last_day:
        notes.append(f"letters were called for until {case.write_until.in_words}")
    if case.family_consent == "no":
        notes.append("the family has asked not to write: see docs/data.md")
    return [Note(text) for text in notes]


def quoted_notes(case: Case, language: str) -> list[Note]:
    """Return what to mind of a text that is still the words of somebody else."""
    quoted = case.words[language].quoted
    if quoted is None:
        return []
    source = case.sources[quoted.source]
    dated = f", {source.date.in_words}" if source.date else ""
    return [Note(f'the letter carries words quoted from "{source.title}"{dated}: put them in your own')]


def letter_notes(library: Library, to: Addressee, language: str) -> list[Note]:
    """Return what a careful user should know of the addressee: languages, address, channels."""
    target = to.target
    notes = [*to.notes, *_language_notes(target, language)]
    verified = f"last verified {_when(target.verified_on)}" if target.verified_on else "of a date that is not known"
    notes.append(f"address {verified} ({target.source})")
    if target.holder is not None and language in target.holder.name:
        name, seen = target.holder.name[language]["nominative"], target.holder.verified_on
        notes.append(
            f"{name} held the office {_when(seen) if seen else 'at a time that is not known'}: look whether that is so"
        )
    if target.note:
        notes.append(target.note)
    result = [Note(text, to.name) for text in notes]
    country = library.countries.get(target.country)
    if country and country.post and target.located_in == target.country:
        result.append(Note(f"{country.post.text} (as of {country.post.checked_on.in_words}, {country.post.source})"))
    if library.language(language).reviewed == "no":
        written = language_name(language)
        more = "" if language == "en" else ", with --gloss en if you do not read it"
        result.append(Note(f"no native speaker has confirmed the words in {written} yet: read before you sign{more}"))
    return result


def _language_notes(target: Target, language: str) -> list[str]:
    names = {code: language_name(code) for code in target.languages}
    if language not in names:
        return [f"the office is not known to read {language_name(language)}; it reads {_series(names.values())}"]
    others = [name for code, name in names.items() if code != language]
    if not others:
        return []
    preferred = names[target.languages[0]]
    prefers = "" if preferred not in others else f", and prefers {'it' if len(others) == 1 else preferred}"
    return [f"the office also reads {_series(others)}{prefers}"]


def _when(date: PartialDate) -> str:
    return f"{'on' if date.day else 'in'} {date.in_words}"


def _series(choice: Iterable[str]) -> str:
    names = list(choice)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def draft_notes(to: Addressee) -> list[Note]:
    """Return what to know of an email draft to an office whose address is not known."""
    target = to.target
    if target.email:
        return []
    ways = [f"web form {target.web_form}" if target.web_form else "", f"fax {target.fax}" if target.fax else "", "post"]
    known = ", ".join(filter(None, ways))
    return [Note(f"no email address is known, so the draft has no To; other ways: {known}", to.name)]


def privacy_notes(library: Library, to: Addressee) -> list[Note]:
    """Return what it costs with this office to show less than all of a signer, if anything is known of it."""
    country = library.countries.get(to.target.country)
    if country is None or country.reply_rule is None:
        return []
    rule = country.reply_rule
    text = f"{rule.text} A letter that shows less of its signer need not be answered ({rule.source})"
    return [Note(text, to.name)]
