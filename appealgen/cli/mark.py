"""``appealgen mark``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from appealgen import catalogue
from appealgen.catalogue import _, _n
from appealgen.cli import options
from appealgen.model import CHANNELS


@click.command("mark")
@click.argument("place", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--sent", metavar="YYYY-MM-DD", type=options.Date(), help="The letters were sent on this day.")
@click.option("--channel", type=click.Choice(CHANNELS), help="How. [default: email for email drafts, else post]")
@click.option(
    "--reply", metavar="FILE", type=click.Path(path_type=Path), help="An answer has come: the file you keep it in."
)
@click.option("--date", metavar="YYYY-MM-DD", type=options.Date(), help="The day of the answer. [default: today]")
@click.option("--target", metavar="ID", help="Only the letters to this target, or the answer of it. [default: all]")
@options.quiet_option
def command(
    place: Path,
    *,
    sent: datetime.date | None,
    channel: str | None,
    reply: Path | None,
    date: datetime.date | None,
    target: str | None,
    quiet: bool,
) -> None:
    """Note that the letters of a batch were sent, or that an answer has come; `report` and `due` go by it.

    A later note of the same letters replaces an earlier one.

    \b
    Examples:
      appealgen mark letters/ --sent today
      appealgen mark letters/ --reply answer.pdf --target prosecutor
    """
    from appealgen.reporting import runs

    if (sent is None) == (reply is None):
        raise click.UsageError(_("--sent or --reply: give one of the two"))
    if channel is not None and sent is None:
        raise click.UsageError(_("--channel: says how letters were sent: use it with --sent"))
    if date is not None and reply is None:
        raise click.UsageError(_("--date: is the day of an answer: use it with --reply"))
    today = datetime.date.today()
    for option, day in (("--sent", sent), ("--date", date)):
        if day is not None and day > today:
            raise click.UsageError(
                _("{option}: {day} is still to come: note it when it has happened", option=option, day=day)
            )
    if reply is not None and not reply.is_file():
        raise click.UsageError(
            _("--reply: there is no file {path}: name the scan or the mail of the answer", path=reply)
        )
    found = runs.find([place])
    if len(found) > 1:
        places = catalogue.listed(str(run.place) for run in found)
        raise click.UsageError(_("{path}: holds several batches: name one of {places}", path=place, places=places))
    (run,) = found
    for option, day in (("--sent", sent), ("--date", date)):
        if day is not None and day < run.day:
            raise click.UsageError(
                _("{option}: {day} is before {date}, the date of the letters: look at both", option=option, day=day,
                  date=run.day)
            )  # fmt: skip
    if reply is not None:
        runs.add_mark(run, runs.Reply(date or today, reply.name, target))
    elif sent is not None:
        runs.add_mark(run, runs.Sent(sent, channel or ("email" if run.form == "eml" else "post"), target))
    if not quiet:
        number = sum(n for kit, n in run.letters.items() if target in (None, kit.alias, kit.target))
        click.echo(_noted(number, target, answered=reply is not None), err=True)


def _noted(number: int, target: str | None, *, answered: bool) -> str:
    if answered:
        return _("noted: an answer from {target}", target=target) if target else _("noted: an answer")
    if target:
        return _n(
            "noted: {count} letter to {target} sent", "noted: {count} letters to {target} sent", number, target=target
        )
    return _n("noted: {count} letter sent", "noted: {count} letters sent", number)
