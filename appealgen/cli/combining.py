"""``appealgen batch --combine``: all letters of a table in one file to print."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.cli.telling import progress
from appealgen.rendering import COMBINED

if TYPE_CHECKING:
    from collections.abc import Callable

    from appealgen.batch import Part, Survey
    from appealgen.cli.batch import Run
    from appealgen.cli.telling import Say

    Command = TypeVar("Command", bound=Callable[..., Any])

_SORTS = ("as-given", "target")
_OPTIONS = (
    click.option(
        "--combine",
        "combined",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="All letters in one file to print, .docx or .pdf, each on a new sheet; in place of --output and --format.",
    ),
    click.option("--duplex", is_flag=True, help="Begin each letter of --combine on an odd page, for both sides."),
    click.option(
        "--sort",
        type=click.Choice(_SORTS),
        default=_SORTS[0],
        show_default=True,
        help="Order of the letters of --combine.",
    ),
)
# What makes no sense for one file, by the name of its parameter.
_APART = {
    "output": "--output",
    "form": "--format",
    "file_name": "--file-name",
    "jobs": "--jobs",
    "update": "--update",
    "attach": "--attach",
    "wrap": "--wrap",
}


def combine_options(command: Command) -> Command:
    """Add ``--combine``, ``--duplex`` and ``--sort``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_combined(ctx: click.Context, asked: dict[str, Any]) -> tuple[Path | None, dict[str, Any]]:
    """Take the options of a print out of *asked* and return its file, or None, and the others.

    Raises:
        click.UsageError: if options do not go together, or the file's suffix is no format for it.
    """
    path: Path | None = asked.pop("combined")
    how = {name: asked.pop(name) for name in ("duplex", "sort")}
    given = {name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    if path is None:
        if alone := [f"--{name}" for name in how if name in given]:
            if len(alone) > 1:
                fault = _("--duplex and --sort: only for all letters in one file: add --combine FILE")
            else:
                fault = _("{option}: only for all letters in one file: add --combine FILE", option=alone[0])
            raise click.UsageError(fault)
        return None, how
    if apart := [option for name, option in _APART.items() if name in given]:
        raise click.UsageError(
            _(
                "--combine does not go with {options}: it writes one file, whose suffix is its format",
                options=catalogue.listed(apart),
            )
        )
    form = path.suffix[1:].lower()
    if form not in COMBINED:
        raise click.UsageError(
            _("--combine: {file} is neither .docx nor .pdf: give the file one of these suffixes", file=path)
        )
    asked["form"] = form
    return path, how


def check_combined(run: Run, survey: Survey) -> None:
    """Refuse more letters than one file of the format can hold, before any is written."""
    from appealgen.printing.combined import check_size

    check_size(run.scribe, survey)


def write_combined(
    run: Run, path: Path, how: dict[str, Any], part: Part, survey: Survey, say: Say, *, force: bool
) -> None:
    """Write the letters of *run* to *path* and say so."""
    from appealgen.cli.batch import interrupts
    from appealgen.printing.combined import write_print

    began = time.monotonic()
    with contextlib.ExitStack() as closing:
        tell = closing.enter_context(progress(survey.letters, say))
        interrupted = closing.enter_context(interrupts())

        def told(done: int) -> None:
            if interrupted():
                raise KeyboardInterrupt
            tell(done)

        tally = write_print(path, run.scribe, part, survey, **how, force=force, progress=told, run=run.described(part))
    say.summary(run, survey, tally, time.monotonic() - began)
