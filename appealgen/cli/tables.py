"""Tables in a terminal."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING

import click

from appealgen.catalogue import _p
from appealgen.cli import hearing
from appealgen.errors import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


_GAP = "  "
# A column of words is folded to this and no narrower; what is still too wide then stands below its row.
_NARROWEST = 16
#: The column of bars, which say what a number says: they are drawn smaller.
PICTURE = " "
_SMALLEST = 6


def line_length() -> int:
    """Return how many columns a line may take: any number where no terminal shows it, so that `grep` finds it."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return sys.maxsize
    return shutil.get_terminal_size().columns


def show_table(rows: Sequence[Mapping[str, str]], to_the_right: Collection[str] = ()) -> None:
    """Print *rows*, which have the same keys, below their headings; the columns *to_the_right* stand flush there.

    Nothing that is said is left out where the terminal is narrow: columns are folded, then the bars go, which say
    what a number beside them says, and then the widest stand below their rows.
    """
    if not rows:
        return
    known = _headings()
    headings = {key: known.get(key, key) for key in rows[0]}
    rows = [{key: printable(text) for key, text in row.items()} for row in rows]
    if hearing.is_wanted():
        _show_records(rows, headings)
        return
    room = line_length()
    widths = {key: max(_width(row[key]) for row in (headings, *rows)) for key in headings}
    drawn = widths.get(PICTURE, 0)
    below: list[str] = []
    while not _narrow(widths, rows, room - len(_GAP) * (len(widths) - 1)) and len(widths) > 1:
        if widths.pop(PICTURE, None) is not None:
            continue
        widest = max(widths, key=lambda key: (_longest_word(row[key] for row in rows), widths[key]))
        del widths[widest]
        below.append(widest)
    if widths.get(PICTURE, drawn) < drawn:
        scale = widths[PICTURE] / drawn
        rows = [{**row, PICTURE: row[PICTURE][: max(1, round(scale * len(row[PICTURE])))]} for row in rows]
    for row in (headings, *rows):
        for line in _lines(row, widths, to_the_right):
            click.echo(line)
        for key in (key for key in headings if key in below and row is not headings and row[key]):
            for line in _folded(f"{headings[key]}: {row[key]}", room - 2 * len(_GAP)):
                click.echo(f"{_GAP}{_GAP}{line}")


def _narrow(widths: dict[str, int], rows: Sequence[Mapping[str, str]], room: int) -> bool:
    """Fold the widest columns of *widths* until all take no more than *room*, and tell whether that can be."""
    least = {
        key: min(width, _SMALLEST if key == PICTURE else max(_NARROWEST, _longest_word(row[key] for row in rows)))
        for key, width in widths.items()
    }
    if sum(least.values()) > room:
        return False
    while sum(widths.values()) > room:
        widest = max((key for key in widths if widths[key] > least[key]), key=widths.__getitem__)
        widths[widest] -= 1
    return True


def _longest_word(texts: Iterable[str]) -> int:
    return max((_width(word) for text in texts for word in text.split()), default=0)


def _lines(row: Mapping[str, str], widths: Mapping[str, int], to_the_right: Collection[str]) -> Iterator[str]:
    cells = {key: _folded(row[key], width) for key, width in widths.items()}
    for texts in itertools.zip_longest(*cells.values(), fillvalue=""):
        line = []
        for (key, width), text in zip(widths.items(), texts, strict=True):
            space = " " * (width - _width(text))
            line.append(space + text if key in to_the_right else text + space)
        yield _GAP.join(line).rstrip()


def _folded(text: str, width: int) -> list[str]:
    """Return *text* as lines of at most *width* columns, broken at spaces; a longer word has a line of its own."""
    if _width(text) <= width:
        return [text]
    lines = [""]
    for word in text.split():
        if lines[-1] and _width(lines[-1]) + 1 + _width(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


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
