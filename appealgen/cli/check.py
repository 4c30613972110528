"""``appealgen check``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from appealgen.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check")
@options.json_option
@options.group_option
@options.quiet_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool, group: Path | None, quiet: bool) -> None:
    """Check every case, target and template, shipped and the group's, and compose every letter they make.

    Problems come as file:line: key: what is wrong: what to do. Exit status 1 if there are any. Slips of typing, such
    as straight quotes, come as notes.

    \b
    Example:
      appealgen check --group my-group
    """
    from appealgen.checking import check

    report = check(options.open_library(group))
    if as_json:
        problems, slips = (
            [
                {"source": problem.source, "line": problem.line, "key": problem.key, "message": problem.message,
                 "hint": problem.hint}
                for problem in found
            ]
            for found in (report.problems, report.slips)
        )  # fmt: skip
        told = {"checked": report.counts, "problems": problems, "notes": slips}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for problem in report.problems:
            click.echo(str(problem))
        options.say_notes(map(str, report.slips), quiet=quiet)
        counted = ", ".join(f"{number} {kind}" for kind, number in report.counts.items())
        found = f"{len(report.problems)} problem{'' if len(report.problems) == 1 else 's'}"
        if not quiet:
            click.echo(f"checked {counted}: {found if report.problems else 'all is well'}", err=True)
    if report.problems:
        ctx.exit(1)
