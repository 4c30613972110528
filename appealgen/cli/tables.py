"""Tables in a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

from appealgen.errors import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


def show_table(rows: Sequence[Mapping[str, str]], to_the_right: Collection[str] = ()) -> None:
    """Print *rows*, which have the same keys, below their keys; the columns *to_the_right* stand flush there."""
    rows = [{key: printable(text) for key, text in row.items()} for row in rows]
    widths = {key: max(_width(text) for text in (key, *(row[key] for row in rows))) for key in rows[0]} if rows else {}
    for row in [{key: key for key in widths}, *rows] if rows else []:
        cells = []
        for key, width in widths.items():
            space = " " * (width - _width(row[key]))
            cells.append(space + row[key] if key in to_the_right else row[key] + space)
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
