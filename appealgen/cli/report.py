"""``appealgen report``."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import click

from appealgen import catalogue
from appealgen.catalogue import _, _n, _p
from appealgen.cli import hearing, options
from appealgen.cli.tables import show_table
from appealgen.reporting.counts import DIMENSIONS, NOT_SENT

_BAR = 24


@click.command("report")
@click.argument("places", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--by",
    metavar="WHAT",
    multiple=True,
    type=click.Choice(DIMENSIONS),
    help="Count by this only: case, target, language, channel or month. Repeatable. [default: all of them]",
)
@options.json_option
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet on standard output.")
def command(places: tuple[Path, ...], *, by: tuple[str, ...], as_json: bool, as_csv: bool) -> None:
    """Count the letters of batches by case, target, language, channel and month: counts only, no names.

    The channel is what `appealgen mark --sent` has noted. Archives (.zip) and folders of folders are looked through.

    \b
    Examples:
      appealgen report letters/
      appealgen report thursdays/ --by month --by target
    """
    from appealgen.characters import harmless
    from appealgen.reporting.counts import count
    from appealgen.reporting.runs import find

    if as_json and as_csv:
        raise click.UsageError(_("--csv and --json both want standard output: leave one of them out"))
    by = tuple(dict.fromkeys(by)) or DIMENSIONS
    runs = find(places)
    counted = count(runs, by)
    if as_json:
        told = [{**dict(zip(by, key, strict=True)), "letters": number} for key, number in counted.items()]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([*by, "letters"])
        writer.writerows([*map(harmless, key), number] for key, number in counted.items())
    else:
        most = max(counted.values(), default=1)
        # Left out where nothing shall be drawn: the number beside it says the same.
        bar_width = 0 if hearing.is_plain() else _BAR
        bars = ["#" * max(min(1, bar_width), round(bar_width * number / most)) for number in counted.values()]
        rows = [
            {**dict(zip(by, map(_said, key), strict=True)), "letters": catalogue.number(number), " ": bar}
            for (key, number), bar in zip(counted.items(), bars, strict=True)
        ]
        show_table(rows, to_the_right=("letters",))
        sent = sum(number for (channel,), number in count(runs, ("channel",)).items() if channel != NOT_SENT)
        message = _n(
            "{count} letter, {sent} of them noted as sent",
            "{count} letters, {sent} of them noted as sent",
            sum(counted.values()),
            sent=catalogue.number(sent),
        )
        click.echo(message, err=True)


def _said(value: str) -> str:
    """Return a value in words where it is one; ids stay as they are."""
    return _p("channel", "not sent") if value == NOT_SENT else value
