"""Tables in a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

from appealgen.catalogue import _p
from appealgen.cli import hearing
from appealgen.errors import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


def show_table(rows: Sequence[Mapping[str, str]], to_the_right: Collection[str] = ()) -> None:
    """Print *rows*, which have the same keys, below their headings; the columns *to_the_right* stand flush there."""
    if not rows:
        return
    known = _headings()
    headings = {key: known.get(key, key) for key in rows[0]}
    rows = [{key: printable(text) for key, text in row.items()} for row in rows]
    if hearing.is_wanted():
        _show_records(rows, headings)
        return
    widths = {key: max(_width(row[key]) for row in (headings, *rows)) for key in headings}
    for row in (headings, *rows):
        cells = []
        for key, width in widths.items():
            space = " " * (width - _width(row[key]))
            cells.append(space + row[key] if key in to_the_right else row[key] + space)
        click.echo("  ".join(cells).rstrip())


def _show_records(rows: Sequence[Mapping[str, str]], headings: Mapping[str, str]) -> None:
    """Print a line for each cell, after its heading, and an empty line between rows."""
    for number, row in enumerate(rows):
        if number:
            click.echo()
        for key, heading in headings.items():
            if row[key].strip():
                click.echo(f"{heading}: {row[key]}")


def _headings() -> dict[str, str]:
    """Return the headings of the columns by their keys, which stay English in JSON and CSV."""
    return {
        "id": _p("heading", "id"),
        "person": _p("heading", "person"),
        "status": _p("heading", "status"),
        "facts as of": _p("heading", "facts as of"),
        "languages": _p("heading", "languages"),
        "targets": _p("heading", "targets"),
        "office": _p("heading", "office"),
        "reads": _p("heading", "reads"),
        "verified": _p("heading", "verified"),
        "name": _p("heading", "name"),
        "tones": _p("heading", "tones"),
        "reviewed": _p("heading", "reviewed"),
        "what": _p("heading", "what"),
        "kind": _p("heading", "kind"),
        "source": _p("heading", "source"),
        "case": _p("heading", "case"),
        "target": _p("heading", "target"),
        "language": _p("heading", "language"),
        "channel": _p("heading", "channel"),
        "month": _p("heading", "month"),
        "letters": _p("heading", "letters"),
        "due": _p("heading", "due"),
        "sent": _p("heading", "sent"),
        "where": _p("heading", "where"),
        "why": _p("heading", "why"),
        "last looked up": _p("heading", "last looked up"),
        "look at": _p("heading", "look at"),
        "option": _p("heading", "option"),
        "value": _p("heading", "value"),
        "commands": _p("heading", "commands"),
    }


def _width(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
