"""``appealgen schema``."""

from __future__ import annotations

import click

from appealgen import schemas


@click.command("schema")
@click.argument("kind", metavar="KIND", type=click.Choice(list(schemas.KINDS)))
def command(kind: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a kind of file, for editors and other programs.

    KIND is case, words, target, language, offices, signer, do-not-name, countries, columns or paper. It is made from
    what `appealgen check` goes by. What refers to something else only `check` can tell.

    \b
    Example:
      appealgen schema case
    """
    click.echo(schemas.text(kind), nl=False)
