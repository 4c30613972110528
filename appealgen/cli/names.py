"""``appealgen names``."""

from __future__ import annotations

import json

import click

from appealgen.catalogue import _
from appealgen.cli import options


@click.command("names")
@click.argument("name")
@click.option("--language", metavar="CODE", required=True, help="ru or uk.")
@click.option("--gender", type=click.Choice(("man", "woman")), help="Whose name it is. [default: both are shown]")
@options.json_option
def command(name: str, language: str, gender: str | None, *, as_json: bool) -> None:
    """Propose the forms of a name that a language's templates ask for; a person confirms them.

    The forms are printed as a case's language file has them. Compare each with how serious press writes the name:
    what is proposed can be wrong, above all for foreign and compound names. `write` never uses a proposal.

    \b
    Example:
      appealgen names "Сервер Мустафаев" --language ru
    """
    from appealgen.names import propose

    proposals = propose(name, language, gender)
    if as_json:
        found = [{"gender": one.gender, "library": one.library, "forms": one.forms} for one in proposals]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for number, one in enumerate(proposals):
        if number:
            click.echo()
        remark = (
            _(
                "As the name of a man. Proposed by {library}, confirmed by nobody: compare, then keep.",
                library=one.library,
            )
            if one.gender == "man"
            else _(
                "As the name of a woman. Proposed by {library}, confirmed by nobody: compare, then keep.",
                library=one.library,
            )
        )
        click.echo(f"# {remark}")
        click.echo("name:")
        for form, text in one.forms.items():
            click.echo(f"  {form}: {text}")
