"""``appealgen similarity``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appealgen import catalogue
from appealgen.catalogue import _, _n
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
    if not found.letters:
        raise UsageError(_("there is no letter: at least two can be compared"))
    if len(found.letters) == 1:
        raise UsageError(_("there is 1 letter: at least two can be compared"))
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
        return _n(
            "the only letter carries a sentence of its own",
            "all {count} letters carry a sentence of their own",
            total,
        )
    if own > 1:
        return _n(
            "{own} of {count} letter carry a sentence of their own: ask the others for one",
            "{own} of {count} letters carry a sentence of their own: ask the others for one",
            total,
            own=catalogue.number(own),
        )
    if own == 1:
        return _n(
            "1 of {count} letter carries a sentence of its own: ask the others for one",
            "1 of {count} letters carries a sentence of its own: ask the others for one",
            total,
        )
    return _n(
        "none of {count} letter carries a sentence of its own: ask each signer for one",
        "none of {count} letters carries a sentence of its own: ask each signer for one",
        total,
    )


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
        (_("letters"), catalogue.number(len(found.letters))),
        (
            _("share of text that other letters have"),
            _("median {median}%, highest {highest}%", median=_percent(found.median), highest=_percent(found.highest)),
        ),
        (_("more than half in other letters"), catalogue.number(_flagged(found))),
        (_("with a sentence of their own"), catalogue.number(sum(letter.own for letter in found.letters))),
        (_("groups of letters nearly the same"), catalogue.number(len(groups))),
    ]
    if found.part < 1:
        rows.append((_("part of the passages looked at"), _("{part}%", part=_percent(found.part))))
    width = max(len(name) for name, _value in rows)
    for name, value in rows:
        click.echo(f"{name.ljust(width)}  {value}")
    for files in groups[:_GROUPS]:
        more = len(files) - _FILES
        named = printable(catalogue.listed(files[:_FILES]))
        if more > 0:
            named = _n("{files} and {count} more", "{files} and {count} more", more, files=named)
        click.echo(f"  {catalogue.number(len(files))}: {named}")
    if len(groups) > _GROUPS:
        message = _n(
            "and {count} more group: --json has them all",
            "and {count} more groups: --json has them all",
            len(groups) - _GROUPS,
        )
        click.echo(f"  {message}")


def _percent(share: float) -> str:
    return catalogue.number(100 * share)
