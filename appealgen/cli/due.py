"""``appealgen due``."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from appealgen.catalogue import _
from appealgen.cli import options
from appealgen.cli.tables import show_table


@click.command("due")
@click.argument("places", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--weeks", metavar="N", type=click.IntRange(min=1, max=520), default=8, show_default=True, help="How long to wait."
)
@click.option("--date", metavar="YYYY-MM-DD", type=options.Date(), help="As of this day. [default: today]")
@click.option("--all", "everything", is_flag=True, help="What is not yet due as well.")
@options.json_option
def command(
    places: tuple[Path, ...], *, weeks: int, date: datetime.date | None, everything: bool, as_json: bool
) -> None:
    """Show the letters that were sent some weeks ago and have no answer yet: write again, or ask.

    \b
    Example:
      appealgen due letters/ --weeks 6
    """
    from appealgen.reporting.counts import due
    from appealgen.reporting.runs import find

    day = date or datetime.date.today()
    found = [one for one in due(find(places), weeks) if everything or one.after <= day]
    rows = [
        {
            "due": one.after.isoformat(),
            "case": one.run.case,
            "target": one.kit.alias,
            "letters": str(one.number),
            "sent": one.sent.day.isoformat(),
            "channel": one.sent.channel,
            "where": str(one.run.place),
        }
        for one in found
    ]
    if as_json:
        click.echo(json.dumps([row | {"letters": int(row["letters"])} for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        show_table(rows, to_the_right=("letters",))
    else:
        click.echo(_("nothing is due: no letters noted as sent have waited so long for an answer"), err=True)
