"""The command line: parse, call, print. The only room with Click, standard output, the clock, the environment."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from appealgen import __version__, catalogue
from appealgen.catalogue import N_, _
from appealgen.cli import hearing
from appealgen.errors import AppealgenError, InputError, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Command -> what it does, in a line. The module of the same name is loaded when the command is called.
COMMANDS = {
    "write": N_("Write a letter: Word, PDF, text, web page or email draft."),
    "preview": N_("Show a letter, and whether it fits one page."),
    "copy-out": N_("Make a sheet in large type, to copy a letter by hand."),
    "batch": N_("Write a letter for each signer of a table."),
    "joint": N_("Write one letter that many sign, with their names."),
    "envelopes": N_("Print envelopes for letters."),
    "labels": N_("Print address labels for letters."),
    "list": N_("List cases, targets, languages, tones or papers."),
    "report": N_("Count the letters of batches."),
    "mark": N_("Note that letters were sent, or answered."),
    "due": N_("Show letters that have waited long for an answer."),
    "stale": N_("Show letters and facts that are out of date."),
    "show": N_("Show what is known about a case or a target, with sources."),
    "import": N_("Read an Urgent Action into a case and its targets."),
    "names": N_("Propose the forms of a name, for a person to confirm."),
    "check": N_("Check every case, target and template."),
    "init": N_("Make a folder for a group, with a worked example."),
    "new": N_("Begin a case or a target of your own."),
    "purge": N_("Remove the letters that a batch has written, and its journal."),
    "schema": N_("Print the JSON Schema of a kind of file, for editors."),
    "config": N_("Show which defaults come from files and the environment."),
    "similarity": N_("Say how alike the letters of a batch are."),
}
INTERRUPTED = 130


class Commands(click.Group):
    """A group that knows its commands by name and loads one when it is called."""

    context_class = hearing.Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order in which people meet them."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load the command, or return None."""
        if cmd_name not in COMMANDS:
            return None
        # A module cannot be called as the keyword is.
        module = "importing" if cmd_name == "import" else cmd_name.replace("-", "_")
        command: click.Command = import_module(f"appealgen.cli.{module}").command
        command.context_class = hearing.Context
        return _translated(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(what)) for name, what in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, and name the nearest where there is none."""
        from appealgen.errors import nearest

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            hint = nearest(args[0], COMMANDS) or _("there are {names}", names=catalogue.listed(COMMANDS))
            ctx.fail(_('There is no command "{name}": {hint}', name=args[0], hint=hint))
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and command is not None:
            from appealgen.cli import defaults

            defaults.give(ctx, name, command, rest)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command; where it fails over a value that was not typed, say where that came from."""
        try:
            return super().invoke(ctx)
        except (AppealgenError, click.UsageError) as error:
            if ctx.meta:
                from appealgen.cli import defaults

                for line in defaults.used(ctx, str(error)):
                    click.echo(f"{click.style(_('note:'), fg='yellow')} {line}", err=True)
            raise


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Write correct, courteous, personal appeal letters for prisoners of conscience.

    Without a command, on a terminal, it asks a few questions and writes a letter.

    \b
    Example:
      appealgen write --case mustafayev --target prosecutor

    Options have defaults of your own: in appealgen.toml in the group's folder, in your own config.toml, in variables
    such as APPEALGEN_LANGUAGE. `appealgen config` shows them.

    With a screen reader or Braille, set ACCESSIBLE=1 in the environment: nothing is drawn or moves, and tables are
    told line by line.
    """
    if os.environ.get("NO_COLOR") or hearing.is_plain():
        ctx.color = False
    if ctx.invoked_subcommand is not None:
        return None
    if sys.stdin.isatty() and sys.stdout.isatty():
        from appealgen.cli.guided import converse

        return converse(_status)
    click.echo(ctx.get_help())
    return 2


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 the input is wrong, 2 the command line is wrong, 130 interrupted."""
    if args is None:
        from appealgen.cli.surroundings import settle

        settle()
        catalogue.follow(os.environ)
    sys.exit(_status(args))


def _translated(command: click.Command) -> click.Command:
    if catalogue.language() == "en":
        return command
    from appealgen.cli.helping import translated

    return translated(command)


def _status(args: Sequence[str] | None) -> int:
    from appealgen import errors
    from appealgen.cli import surroundings

    errors.spoken = hearing.is_wanted()
    try:
        result: Any = _translated(cli).main(args, prog_name="appealgen", standalone_mode=False)
        surroundings.flush()
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        return error.exit_code
    except AppealgenError as error:
        said = str(error) if isinstance(error, InputError) else _("Error: {message}", message=error)
        surroundings.say("\n".join(map(printable, said.split("\n"))))
        return error.exit_status
    except (click.Abort, KeyboardInterrupt):
        surroundings.say(_("Interrupted: nothing more is done."))
        return INTERRUPTED
    except Exception as error:
        explained = surroundings.explain(error)
        if explained is None:
            raise
        if explained:
            surroundings.say(explained)
        return 1
    return result if isinstance(result, int) else 0
