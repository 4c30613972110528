"""``appealgen stale``."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from appealgen.catalogue import _, _p
from appealgen.cli import options
from appealgen.cli.tables import show_table


@click.command("stale")
@click.argument("places", metavar="[DIR]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--days", metavar="N", type=click.IntRange(min=0), default=365, show_default=True, help="What counts as old."
)
@click.option("--date", metavar="YYYY-MM-DD", type=options.Date(), help="As of this day. [default: today]")
@options.json_option
@options.group_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    places: tuple[Path, ...],
    *,
    days: int,
    date: datetime.date | None,
    as_json: bool,
    group: Path | None,
) -> None:
    """Show the letters of batches that would say something else today, and the facts that are old.

    Facts are the cases of the letters and the addresses that they go to; without a folder, all open cases and their
    addresses: what nobody has looked up for so many days, and where to look. Exit status 1 if letters are outdated.

    \b
    Examples:
      appealgen stale
      appealgen stale letters/ --days 180
    """
    from appealgen.reporting.runs import find
    from appealgen.reporting.staleness import old, outdated

    library = options.open_library(group)
    runs = find(places) if places else []
    letters = [
        {
            "where": str(one.run.place),
            "case": one.run.case,
            "target": one.kit.alias,
            "language": one.kit.language,
            "letters": str(one.number),
            "why": "; ".join(one.why),
        }
        for one in outdated(library, runs)
    ]
    facts = [
        ({"what": one.kind, "id": one.id, "last looked up": "", "look at": " ".join(one.look)}, one.seen)
        for one in old(library, date or datetime.date.today(), days, runs if places else None)
    ]
    if as_json:
        dated = [{**row, "last looked up": str(seen) if seen else None} for row, seen in facts]
        told = {"letters": [row | {"letters": int(row["letters"])} for row in letters], "facts": dated}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        show_table(letters, to_the_right=("letters",))
        if letters and facts:
            click.echo()
        kinds = {"case": _p("kind of fact", "case"), "address": _p("kind of fact", "address")}
        unknown = _p("date", "not known")
        show_table(
            [
                row | {"what": kinds[row["what"]], "last looked up": seen.in_words if seen else unknown}
                for row, seen in facts
            ]
        )
        if not letters and places:
            click.echo(_("the letters are as they would be today"), err=True)
    if letters:
        ctx.exit(1)
