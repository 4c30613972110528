"""``appealgen show``."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from appealgen import catalogue
from appealgen.catalogue import _, _p
from appealgen.cli import options
from appealgen.model import Case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from appealgen.library import Library
    from appealgen.model import Target


@click.command("show")
@click.argument("what", type=click.Choice(("case", "target")))
@click.argument("name", metavar="ID")
@click.option("--language", metavar="CODE", help="Language of the facts, where the case has it.")
@options.json_option
@options.group_option
def command(what: str, name: str, language: str | None, *, as_json: bool, group: Path | None) -> None:
    """Show what is known about a case or a target, and where it comes from.

    \b
    Examples:
      appealgen show case mustafayev
      appealgen show target ru-prosecutor-general
    """
    from appealgen.selection import copy_language

    library = options.open_library(group)
    found = library.case(library.case_id(name)) if what == "case" else _target(library, name)
    if isinstance(found, Case) and language and _is_typed("language"):
        language = _known(found, language)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2, default=_plain))
        return
    lines = _case(found, language or copy_language(library, found)) if isinstance(found, Case) else _entry(found)
    for line in lines:
        click.echo(line)


def _is_typed(name: str) -> bool:
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE


def _target(library: Library, name: str) -> Target:
    from appealgen.errors import UsageError, nearest

    if name not in library.targets:
        hint = nearest(name, library.targets) or _("`appealgen list targets` lists them")
        raise UsageError(_('there is no target "{name}": {hint}', name=name, hint=hint))
    return library.targets[name]


def _known(case: Any, asked: str) -> str:
    """Return the code of the language *asked* for, if *case* has words in it.

    Raises:
        UsageError: if it has not.
    """
    from appealgen.addresses import language_code
    from appealgen.errors import UsageError

    code = asked
    with contextlib.suppress(ValueError):
        code = asked if asked in case.words else language_code(asked)
    if code not in case.words:
        raise UsageError(
            _("--language: {case} has no words in {language}: there are {languages}",
              case=case.id, language=code, languages=catalogue.listed(case.words))
        )  # fmt: skip
    return code


def _plain(value: Any) -> Any:
    return str(value)


def _fields(**fields: Any) -> Iterator[str]:
    known = _names()
    shown = {f"{known[name]}:": value for name, value in fields.items() if value}
    width = max(16, *map(len, shown)) + 1
    for name, value in shown.items():
        yield f"{name:{width}}{value}"


def _names() -> dict[str, str]:
    """Return what the fields are called, by their names in `_fields`."""
    return {
        "status": _p("field", "status"),
        "outcome": _p("field", "outcome"),
        "write_until": _p("field", "write until"),
        "facts_as_of": _p("field", "facts as of"),
        "checked_on": _p("field", "checked on"),
        "family_consent": _p("field", "family consent"),
        "languages": _p("field", "languages"),
        "role": _p("field", "role"),
        "country": _p("field", "country"),
        "located_in": _p("field", "located in"),
        "reads": _p("field", "reads"),
        "holder": _p("field", "holder"),
        "email": _p("field", "email"),
        "email_cc": _p("field", "email cc"),
        "phone": _p("field", "phone"),
        "fax": _p("field", "fax"),
        "web_form": _p("field", "web form"),
        "verified_on": _p("field", "verified on"),
        "source": _p("field", "source"),
        "note": _p("field", "note"),
    }


def _status(case: Case) -> str:
    if case.closed_on:
        return _("closed ({day})", day=case.closed_on)
    return _p("status of a case", "active") if case.status == "active" else _p("status of a case", "closed")


def _consent(case: Case) -> str:
    said = {
        "yes": _p("family consent", "yes"),
        "no": _p("family consent", "no"),
        "unknown": _p("family consent", "unknown"),
    }
    return said[case.family_consent]


def _holder(target: Target) -> str:
    if target.holder is None:
        return ""
    name = next(iter(target.holder.name.values()))["nominative"]
    since = target.holder.since
    return _("{name}, since {day}", name=name, day=since) if since else _("{name}, since unknown", name=name)


def _case(case: Any, language: str) -> Iterator[str]:
    from appealgen.selection import current_aliases

    shown: Case = case
    words = shown.words.get(language) or next(iter(shown.words.values()))
    yield f"{shown.id}: {words.name['nominative']}"
    yield words.who or ""
    yield ""
    yield from _fields(
        status=_status(shown),
        outcome=shown.outcome,
        write_until=shown.write_until,
        facts_as_of=shown.facts_as_of,
        checked_on=shown.checked_on,
        family_consent=_consent(shown),
        languages=catalogue.listed(shown.words),
    )
    yield "\n" + _("facts")
    for fact in shown.facts.values():
        yield f"  {fact.date or _('date unknown')}  {words.facts[fact.id]} [{catalogue.listed(fact.sources)}]"
    yield "\n" + _("asks, and of whom")
    for ask in shown.asks.values():
        yield f"  {words.asks[ask.id]} [{catalogue.listed(ask.targets)}]"
    yield "\n" + _("targets")
    for name in current_aliases(shown):
        alias = shown.aliases[name]
        embassy = _("the embassy of {country} in the signer’s country", country=alias.embassy_of)
        yield f"  {name}: {alias.target or embassy}"
    for alias in shown.aliases.values():
        if alias.former:
            yield "  " + _("{alias}: formerly {target}: {why}", alias=alias.id, target=alias.target, why=alias.former)
    yield "\n" + _("sources")
    for name, source in shown.sources.items():
        yield f"  {name}: {catalogue.listed(str(part) for part in (source.title, source.date, source.url) if part)}"


def _entry(target: Any) -> Iterator[str]:
    shown: Target = target
    yield f"{shown.id}: {shown.office.get('en', next(iter(shown.office.values())))['nominative']}"
    yield ""
    for line in (*shown.address, *shown.address_local):
        yield f"  {line}"
    yield ""
    yield from _fields(
        role=shown.role,
        country=shown.country,
        located_in=shown.located_in,
        reads=catalogue.listed(shown.languages),
        holder=_holder(shown),
        email=shown.email,
        email_cc=catalogue.listed(shown.email_cc),
        phone=shown.phone,
        fax=shown.fax,
        web_form=shown.web_form,
        verified_on=shown.verified_on,
        source=shown.source,
        note=shown.note,
    )
