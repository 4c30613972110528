"""``appealgen list``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from appealgen.catalogue import _, _n, _p
from appealgen.cli import options
from appealgen.cli.tables import show_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from appealgen.library import Library

    Rows = list[dict[str, str]]


def _cases(library: Library) -> Rows:
    from appealgen.errors import InputError
    from appealgen.selection import current_aliases, written_languages

    rows = []
    for case_id in library.case_ids:
        try:
            case = library.case(case_id)
        except InputError as error:
            _say_unfinished(case_id, len(error.problems))
            continue
        rows.append(
            {
                "id": case.id,
                "person": case.title,
                "status": case.status,
                "facts as of": str(case.facts_as_of),
                "languages": " ".join(written_languages(library, case)),
                "targets": " ".join(current_aliases(case)),
            }
        )
    return rows


def _say_unfinished(name: str, count: int) -> None:
    """Say of what is left out that it is not ready, and where to find out why."""
    from appealgen.errors import printable

    message = _n(
        "{id}: not listed: {count} thing to mend, which `appealgen check` names",
        "{id}: not listed: {count} things to mend, which `appealgen check` names",
        count,
        id=printable(name),
    )
    click.echo(message, err=True)


def _targets(library: Library) -> Rows:
    for name, problems in library.targets.faults.items():
        _say_unfinished(name, len(problems))
    return [
        {
            "id": target.id,
            "office": target.office.get("en", next(iter(target.office.values())))["nominative"],
            "reads": " ".join(target.languages),
            "verified": str(target.verified_on),
        }
        for target in library.targets.values()
    ]


def _languages(library: Library) -> Rows:
    return [
        {
            "id": language.id,
            "name": language.name,
            "tones": " ".join(library.tones(language.id)),
            "reviewed": language.reviewed,
        }
        for language in map(library.language, library.language_ids)
    ]


def _tones(library: Library) -> Rows:
    from appealgen.model import TONES

    have = {tone: [code for code in library.language_ids if tone in library.tones(code)] for tone in TONES}
    return [{"id": tone, "what": options.TONES[tone], "languages": " ".join(have[tone])} for tone in TONES]


def _papers(library: Library) -> Rows:
    kinds = {"envelopes": "envelope", "windows": "window", "labels": "labels"}
    return [
        {"id": name, "kind": kinds[kind], "what": told.what, "verified": told.verified_on, "source": told.source}
        for (kind, name), told in library.papers.origins.items()
    ]


def _in_words(library: Library, what: str, row: dict[str, str]) -> dict[str, str]:
    """Return a row for who reads it: JSON has the same in English."""
    if what == "cases":
        status = {"active": _p("status of a case", "active"), "closed": _p("status of a case", "closed")}
        return row | {"status": status.get(row["status"], row["status"])}
    if what == "languages":
        return row | {"reviewed": _p("reviewed", "no") if row["reviewed"] == "no" else row["reviewed"]}
    if what == "tones":
        return row | {"what": _(row["what"])}
    if what == "papers":
        kinds = {
            "envelope": _p("kind of paper", "envelope"),
            "window": _p("kind of paper", "window"),
            "labels": _p("kind of paper", "labels"),
        }
        seen = _p("figures of a paper", "unverified") if row["verified"] == "unverified" else row["verified"]
        return row | {"kind": kinds[row["kind"]], "verified": seen}
    if what == "targets":
        from appealgen.selection import title_of

        return row | {"office": title_of(library, library.targets[row["id"]])}
    return row


_LISTS: dict[str, Callable[[Library], Rows]] = {
    "cases": _cases,
    "targets": _targets,
    "languages": _languages,
    "tones": _tones,
    "papers": _papers,
}


@click.command("list")
@click.argument("what", type=click.Choice(list(_LISTS)))
@options.json_option
@options.group_option
def command(what: str, *, as_json: bool, group: Path | None) -> None:
    """List cases, targets, languages, tones or papers: envelopes, their windows, and sheets of labels.

    \b
    Examples:
      appealgen list cases
      appealgen list targets --json
    """
    library = options.open_library(group)
    rows = _LISTS[what](library)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    show_table([_in_words(library, what, row) for row in rows])
