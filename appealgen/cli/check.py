"""``appealgen check``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from appealgen import catalogue
from appealgen.catalogue import _, _n
from appealgen.cli import options

if TYPE_CHECKING:
    from collections.abc import Mapping
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
        if not quiet:
            click.echo(_sum(report.counts, len(report.problems)), err=True)
    if report.problems:
        ctx.exit(1)


def _sum(counts: Mapping[str, int], problems: int) -> str:
    counted = catalogue.listed(_counted(kind, number) for kind, number in counts.items())
    if not problems:
        return _("checked {counted}: all is well", counted=counted)
    return _n("checked {counted}: {count} problem", "checked {counted}: {count} problems", problems, counted=counted)


def _counted(kind: str, number: int) -> str:
    if kind == "targets":
        return _n("{count} target", "{count} targets", number)
    if kind == "languages":
        return _n("{count} language", "{count} languages", number)
    if kind == "cases":
        return _n("{count} case", "{count} cases", number)
    assert kind == "letters"
    return _n("{count} letter", "{count} letters", number)
