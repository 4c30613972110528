"""From what a user names to a prepared letter: which addressee, which language, which asks, and what to mind.

One path for a single letter, a batch and a check.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.addresses import country_name, language_code
from appealgen.catalogue import _
from appealgen.compose import prepare
from appealgen.errors import InputError, NoEmbassyError, Problem, RefusedError, UsageError, nearest
from appealgen.templates import compile_template

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from appealgen.compose import Prepared
    from appealgen.library import Library
    from appealgen.model import Alias, Case, Signer, Target


class Matter(enum.IntEnum):
    """What a note is about, in the order in which it asks to be looked at."""

    STOP = enum.auto()
    LETTER = enum.auto()
    WORDING = enum.auto()
    READING = enum.auto()
    FACTS = enum.auto()
    HOLDER = enum.auto()
    POST = enum.auto()
    ADDRESS = enum.auto()


@dataclass(frozen=True, slots=True)
class Note:
    """What a careful user should know before signing; *about* is the addressee, or empty where it is the whole."""

    text: str
    about: str = ""
    matter: Matter = Matter.LETTER


def listed(notes: Iterable[Note]) -> list[str]:
    """Return *notes* as lines, what asks to be looked at first, each text once with everyone it is about."""
    about: dict[str, list[str]] = {}
    for note in sorted(notes, key=lambda note: note.matter):
        about.setdefault(note.text, []).append(note.about)
    return [
        f"{catalogue.listed(dict.fromkeys(names))}: {text}" if any(names) else text for text, names in about.items()
    ]


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
    have = _("this case has asks for {targets}", targets=catalogue.listed(current_aliases(case)))
    alias = case.aliases.get(name)
    if alias is not None:
        if alias.former is not None:
            raise UsageError(
                _("--target: {target} is a former addressee of {case} ({reason}): {have}",
                  target=name, case=case.id, reason=alias.former, have=have)
            )  # fmt: skip
        target, notes = _aliased(library, case, alias, country)
        return _with_asks(case, name, target, _asks(case, {name, target.id}), have, notes)
    if name not in library.targets:
        near = nearest(name, [*case.aliases, *library.targets])
        raise UsageError(
            _('--target: there is no target "{target}": {near} {have}', target=name, near=near, have=have)
            if near
            else _('--target: there is no target "{target}": {have}', target=name, have=have)
        )
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
        raise UsageError(
            _("--target: none of the asks of {case} goes to {target}: {have}", case=case.id, target=name, have=have)
        )
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
            known = {"target": alias.id, "embassy_of": country_name(alias.embassy_of or "")}
            text = (
                _(
                    "--target {target}: the address book has no embassy of {embassy_of} in {country}: "
                    "add it to targets.yaml, or name one of those in {countries} by its id",
                    country=country_name(country),
                    countries=catalogue.listed(sorted(embassies)),
                    **known,
                )
                if embassies
                else _(
                    "--target {target}: the address book has no embassy of {embassy_of}: add one to targets.yaml",
                    **known,
                )
            )
            if faulty := catalogue.listed(library.targets.faults):
                text += "; " + _(
                    "an entry with a fault does not count: see {targets} in `appealgen check`", targets=faulty
                )
            raise NoEmbassyError(text)
        return embassies[country], ()
    if alias.without_country is None:
        raise RefusedError(
            _("--target {target}: which embassy depends on the signer's country: give --country", target=alias.id)
        )
    target = _entry(library, case, alias.without_country, alias.id)
    note = _(
        "the signer's country is not known: this goes to {target}; give --country for the embassy there",
        target=target.id,
    )
    return target, (note,)


def _entry(library: Library, case: Case, target_id: str, alias: str) -> Target:
    target = library.targets.get(target_id)
    if target is None:
        hint = nearest(target_id, library.targets) or _("add it to targets.yaml")
        message = _('there is no "{target}" in the address book', target=target_id)
        problem = Problem(case.source, message, hint, key=f"targets.{alias}")
        raise InputError([problem])
    return target


def written_languages(library: Library, case: Case) -> tuple[str, ...]:
    """Return the languages in which *case* can be written: it has the words and there are templates."""
    return tuple(language for language in case.words if language in library.language_ids)


def copy_language(library: Library, case: Case) -> str:
    """Return a language of *case* that the user reads: that of the program, else English, else an empty text."""
    written = written_languages(library, case)
    return next((code for code in (catalogue.language(), "en") if code in written), "")


def title_of(library: Library, target: Target) -> str:
    """Return the office of *target* in the program's language where its title is known in it, else in English."""
    own = catalogue.language()
    titles = target.office.get("en", next(iter(target.office.values())))
    if own != "en" and own in library.language_ids:
        titles = target.office.get(own) or library.language(own).offices.get(target.id) or titles
        # What is right whoever holds the office.
        return titles.get("body", titles["nominative"])
    return titles["nominative"]


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
            known = {"case": case.id, "language": asked, "languages": catalogue.listed(have)}
            raise UsageError(
                _("--language: {case} has no templates in {language}: there are {languages}", **known)
                if asked in case.words
                else _("--language: {case} has no words in {language}: there are {languages}", **known)
            )
        return asked
    if not have:
        raise UsageError(_("--case: {case} has no words in a language with templates", case=case.id))
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
        raise UsageError(
            _("--gloss: {case} has no letters in {language}: there are {languages}",
              case=case.id, language=asked, languages=catalogue.listed(have))
        )  # fmt: skip
    return asked


def tone_for(library: Library, language: str, tone: str) -> str:
    """Return *tone* if *language* has it.

    Raises:
        UsageError: if it has not.
    """
    have = library.tones(language)
    if tone not in have:
        known = {"tone": tone, "language": language, "tones": catalogue.listed(have)}
        raise UsageError(
            _('--tone: there is no tone "{tone}" in {language}: {near} there are {tones}', near=near, **known)
            if (near := nearest(tone, have))
            else _('--tone: there is no tone "{tone}" in {language}: there are {tones}', **known)
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
            _(
                "{case} is closed ({date}): {outcome} Nothing is written; --allow-closed writes it all the same.",
                case=case.id,
                date=case.closed_on.in_words,
                outcome=case.outcome,
            )
        )
    if case.write_until is not None and date > case.write_until.last_day:
        raise RefusedError(
            _(
                "{case} called for letters until {date}: look up what has happened since. "
                "Nothing is written; --allow-closed writes it all the same.",
                case=case.id,
                date=case.write_until.in_words,
            )
        )


def case_notes(case: Case, date: datetime.date) -> list[Note]:
    """Return what a careful user should know of the facts before signing."""
    facts = (
        _("the facts about {title} are as of {date}; sources were last looked at on {checked}",
          title=case.title, date=case.facts_as_of.in_words, checked=case.checked_on.in_words)
        if case.facts_as_of
        else _("the facts about {title} are of a date that is not known; sources were last looked at on {checked}",
               title=case.title, checked=case.checked_on.in_words)
    )  # fmt: skip
    notes = []
    if case.status == "closed" and case.closed_on is not None:
        notes.append(_("this case is closed ({date}): {outcome}", date=case.closed_on.in_words, outcome=case.outcome))
    elif case.write_until is not None and date > case.write_until.last_day:
        notes.append(_("letters were called for until {date}", date=case.write_until.in_words))
    if case.family_consent == "no":
        notes.append(_("the family has asked not to write: see docs/data.md"))
    return [Note(facts, "", Matter.FACTS), *(Note(text, "", Matter.STOP) for text in notes)]


def quoted_notes(case: Case, language: str) -> list[Note]:
    """Return what to mind of a text that is still the words of somebody else."""
    quoted = case.words[language].quoted
    if quoted is None:
        return []
    source = case.sources[quoted.source]
    if source.date is None:
        return [Note(_('the letter carries words quoted from "{title}": put them in your own', title=source.title))]
    text = _('the letter carries words quoted from "{title}", {date}: put them in your own',
             title=source.title, date=source.date.in_words)  # fmt: skip
    return [Note(text)]


def privacy_notes(library: Library, to: Addressee) -> list[Note]:
    """Return what it costs with this office to show less than all of a signer, if anything is known of it."""
    country = library.countries.get(to.target.country)
    if country is None or country.reply_rule is None:
        return []
    rule = country.reply_rule
    text = _("{rule} A letter that shows less of its signer need not be answered ({source})",
             rule=rule.text, source=rule.source)  # fmt: skip
    return [Note(text, to.name)]
