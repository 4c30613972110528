"""``appealgen show``."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import click

from appealgen.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from appealgen.library import Library
    from appealgen.model import Case, Target


@click.command("show")
@click.argument("what", type=click.Choice(("case", "target")))
@click.argument("name", metavar="ID")
@click.option("--language", metavar="CODE", default="en", help="Language of the facts, where the case has it.")
@options.json_option
@options.group_option
def command(what: str, name: str, language: str, *, as_json: bool, group: Path | None) -> None:
    """Show what is known about a case or a target, and where it comes from.

    \b
    Examples:
      appealgen show case mustafayev
      appealgen show target ru-prosecutor-general
    """
    library = options.open_library(group)
    found = library.case(library.case_id(name)) if what == "case" else _target(library, name)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2, default=_plain))
        return
    lines = _case(found, language) if what == "case" else _entry(found)
    for line in lines:
        click.echo(line)


def _target(library: Library, name: str) -> Target:
    from appealgen.errors import UsageError, nearest

    if name not in library.targets:
        hint = nearest(name, library.targets) or "`appealgen list targets` lists them"
        raise UsageError(f'there is no target "{name}": {hint}')
    return library.targets[name]


def _plain(value: Any) -> Any:
    return str(value)


def _fields(**fields: Any) -> Iterator[str]:
    for name, value in fields.items():
        if value:
            yield f"{name.replace('_', ' ') + ':':17}{value}"


def _case(case: Any, language: str) -> Iterator[str]:
    from appealgen.selection import current_aliases

    shown: Case = case
    words = shown.words.get(language) or next(iter(shown.words.values()))
    yield f"{shown.id}: {words.name['nominative']}"
    yield words.who or ""
    yield ""
    yield from _fields(
        status=f"{shown.status}{f' since {shown.closed_on}' if shown.closed_on else ''}",
        outcome=shown.outcome,
        write_until=shown.write_until,
        facts_as_of=shown.facts_as_of,
        checked_on=shown.checked_on,
        family_consent=shown.family_consent,
        languages=", ".join(shown.words),
    )
    yield "\nfacts"
    for fact in shown.facts.values():
        yield f"  {fact.date or 'date unknown'}  {words.facts[fact.id]} [{', '.join(fact.sources)}]"
    yield "\nasks, and of whom"
    for ask in shown.asks.values():
        yield f"  {words.asks[ask.id]} [{', '.join(ask.targets)}]"
    yield "\ntargets"
    for name in current_aliases(shown):
        alias = shown.aliases[name]
        yield f"  {name}: {alias.target or f'the embassy of {alias.embassy_of} in the signer’s country'}"
    for alias in shown.aliases.values():
        if alias.former:
            yield f"  {alias.id}: formerly {alias.target}: {alias.former}"
    yield "\nsources"
    for name, source in shown.sources.items():
        yield f"  {name}: {', '.join(str(part) for part in (source.title, source.date, source.url) if part)}"


def _entry(target: Any) -> Iterator[str]:
    shown: Target = target
    yield f"{shown.id}: {shown.office.get('en', next(iter(shown.office.values())))['nominative']}"
    yield ""
    for line in (*shown.address, *shown.address_local):
        yield f"  {line}"
    yield ""
    holder = shown.holder
    yield from _fields(
        role=shown.role,
        country=shown.country,
        located_in=shown.located_in,
        reads=", ".join(shown.languages),
        holder=holder and f"{next(iter(holder.name.values()))['nominative']}, since {holder.since or 'unknown'}",
        email=shown.email,
        email_cc=", ".join(shown.email_cc),
        phone=shown.phone,
        fax=shown.fax,
        web_form=shown.web_form,
        verified_on=shown.verified_on,
        source=shown.source,
        note=shown.note,
    )
