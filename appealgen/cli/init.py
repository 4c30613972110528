"""``appealgen init``."""

from __future__ import annotations

from pathlib import Path

import click

from appealgen.catalogue import _
from appealgen.cli import options


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@options.quiet_option
def command(folder: Path, *, quiet: bool) -> None:
    """Make a folder for a group: a worked case about nobody, an address book of one, signers.csv and a README.

    A file that is there already and differs is never replaced: nothing is written then.

    \b
    Example:
      appealgen init my-group
    """
    from appealgen.output import File, write

    starter = Path(__file__).parent.parent / "starter"
    found = sorted(path for path in starter.rglob("*") if path.is_file())
    write([File(folder / path.relative_to(starter), path.read_bytes()) for path in found], option="")
    click.echo(str(folder))
    if not quiet:
        hint = _("next: cd {folder}, then appealgen write --case example --target minister", folder=folder)
        click.echo(hint, err=True)
