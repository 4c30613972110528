"""``appealgen new``."""

from __future__ import annotations

from pathlib import Path

import click

from appealgen.catalogue import _
from appealgen.cli import options


@click.command("new")
@click.argument("what", metavar="{case|target}", type=click.Choice(("case", "target")))
@click.argument("new_id", metavar="ID")
@click.option(
    "--language",
    metavar="CODE",
    shell_complete=options.complete_language,
    help="Language of the case's words. [default: en]",
)
@options.group_option
@options.quiet_option
def command(what: str, new_id: str, *, language: str | None, group: Path | None, quiet: bool) -> None:
    """Begin a case or a target of your own: files with every key, to be filled in as their comments say.

    A case is cases/ID/case.yaml and its words in a language; a target is added at the end of targets.yaml. Then
    `appealgen check` names, line by line, what is still empty. What is there already is never replaced. Editors
    that know YAML complete and check by the schemas that this writes into .appealgen, without a network.

    \b
    Examples:
      appealgen new case my-case --group my-group
      appealgen new target my-minister --group my-group
    """
    from appealgen import authoring
    from appealgen.library import shown

    library = options.open_library(group)
    if what == "target" and language is not None:
        raise click.UsageError(_("--language: is for a case: a target has its title in any language, in one entry"))
    if what == "case":
        written = authoring.new_case(library, new_id, language or "en")
    else:
        written = authoring.new_target(library, new_id)
    for path in written:
        click.echo(shown(path))
    if what == "target" and (line := authoring.missing_pointer(library.group or Path())):
        note = _("editors complete targets.yaml once this is its first line: {line}", line=line)
        options.say_notes([note], quiet=quiet)
    if not quiet:
        check = f"appealgen check --group {group}" if group else "appealgen check"
        click.echo(_("next: fill in what is empty; {command} says what is left", command=check), err=True)
        if what == "target":
            click.echo(_("until then no letter can be written to it"), err=True)
