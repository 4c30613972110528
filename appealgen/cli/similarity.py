"""``appealgen similarity``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appealgen.cli import options
from appealgen.errors import printable

if TYPE_CHECKING:
    from appealgen.similarity import Likeness

# Groups shown in the table, and files of each; --json has them all.
_GROUPS, _FILES = 5, 3


@click.command("similarity")
@click.argument("places", metavar="DIR|FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@options.json_option
@options.quiet_option
def command(places: tuple[Path, ...], *, as_json: bool, quiet: bool) -> None:
    """Say how alike letters are to whoever receives them, and how many carry a sentence of their own.

    Reads txt, eml, docx, html and pdf (with pip install 'appealgen[import]'), in folders or the .zip of a batch. A
    passage is eight words in a row; docs/similarity.md says how it is measured and who measures so.

    \b
    Examples:
      appealgen similarity letters/
      appealgen similarity letters.zip --json
    """
    from appealgen.errors import UsageError
    from appealgen.similarity import measure
    from appealgen.similarity.texts import read_letters

    found = measure(read_letters(places))
    if len(found.letters) < 2:
        raise UsageError(f"there is {len(found.letters) or 'no'} letter: at least two can be compared")
    if as_json:
        click.echo(json.dumps(_told(found), ensure_ascii=False, indent=2))
        return
    _print(found)
    if not quiet:
        click.echo(advice(found), err=True)


def advice(found: Likeness) -> str:
    """Return what a group could do, in a sentence."""
    total, own = len(found.letters), sum(letter.own for letter in found.letters)
    if own == total:
        return f"all {total} letters carry a sentence of their own"
    if own > 1:
        return f"{own} of {total} letters carry a sentence of their own: ask the others for one"
    if own == 1:
        return f"1 of {total} letters carries a sentence of its own: ask the others for one"
    return f"none of {total} letters carries a sentence of its own: ask each signer for one"


def _flagged(found: Likeness) -> int:
    from appealgen.similarity import FLAGGED

    return sum(letter.share > FLAGGED for letter in found.letters)


def _told(found: Likeness) -> dict[str, object]:
    return {
        "letters": len(found.letters),
        "median_share": round(found.median, 4),
        "highest_share": round(found.highest, 4),
        "above_half": _flagged(found),
        "own_sentence": sum(letter.own for letter in found.letters),
        "part_looked_at": round(found.part, 4),
        "groups": found.groups,
        "advice": advice(found),
        "files": [
            {"file": letter.file, "share": round(letter.share, 4), "own_sentence": letter.own, "group": letter.alike}
            for letter in found.letters
        ],
    }


def _print(found: Likeness) -> None:
    groups = found.groups
    rows = [
        ("letters", str(len(found.letters))),
        ("share of text that other letters have", f"median {found.median:.0%}, highest {found.highest:.0%}"),
        ("more than half in other letters", str(_flagged(found))),
        ("with a sentence of their own", str(sum(letter.own for letter in found.letters))),
        ("groups of letters nearly the same", str(len(groups))),
    ]
    if found.part < 1:
        rows.append(("part of the passages looked at", f"{found.part:.0%}"))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        click.echo(f"{name.ljust(width)}  {value}")
    for files in groups[:_GROUPS]:
        more = len(files) - _FILES
        click.echo(f"  {len(files)}: {printable(', '.join(files[:_FILES]))}{f' and {more} more' if more > 0 else ''}")
    if len(groups) > _GROUPS:
        click.echo(f"  and {len(groups) - _GROUPS} more groups: --json has them all")
