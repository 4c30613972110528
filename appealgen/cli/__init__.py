"""The command line: parse, call, print. The only room with Click, standard output, the clock, the environment."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from appealgen import __version__
from appealgen.errors import AppealgenError, InputError, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Command -> what it does, in a line. The module of the same name is loaded when the command is called.
COMMANDS = {
    "write": "Write a letter: Word, PDF, text, web page or email draft.",
    "batch": "Write a letter for each signer of a table.",
    "list": "List cases, targets, languages or tones.",
    "show": "Show what is known about a case or a target, with sources.",
    "import": "Read an Urgent Action into a case and its targets.",
    "names": "Propose the forms of a name, for a person to confirm.",
    "check": "Check every case, target and template.",
    "init": "Make a folder for a group, with a worked example.",
    "new": "Begin a case or a target of your own.",
    "schema": "Print the JSON Schema of a kind of file, for editors.",
}
INTERRUPTED = 130


class Commands(click.Group):
    """A group that knows its commands by name and loads one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load the command, or return None."""
        if cmd_name not in COMMANDS:
            return None
        # A module cannot be called as the keyword is.
        module = "importing" if cmd_name == "import" else cmd_name
        command: click.Command = import_module(f"appealgen.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, and name the nearest where there is none."""
        from appealgen.errors import nearest

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            hint = nearest(args[0], COMMANDS) or f"there are {', '.join(COMMANDS)}"
            ctx.fail(f'There is no command "{args[0]}": {hint}')
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Write correct, courteous, personal appeal letters for prisoners of conscience.

    \b
    Example:
      appealgen write --case mustafayev --target prosecutor
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 the input is wrong, 2 the command line is wrong, 130 interrupted."""
    sys.exit(_status(args))


def _status(args: Sequence[str] | None) -> int:
    try:
        result: Any = cli.main(args, prog_name="appealgen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AppealgenError as error:
        said = str(error) if isinstance(error, InputError) else f"Error: {error}"
        click.echo("\n".join(map(printable, said.split("\n"))), err=True)
        return error.exit_status
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted: nothing more is written.", err=True)
        return INTERRUPTED
    except OSError as error:
        if error.errno != errno.EPIPE:
            raise
        # Whoever read standard output has gone, as `head` does. Python would complain again when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return result if isinstance(result, int) else 0
