"""``appealgen envelopes``."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appealgen.catalogue import _
from appealgen.cli import addressing, options
from appealgen.cli.telling import Say

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command("envelopes", short_help="Print envelopes for letters.")
@options.what_options
@click.option(
    "--size",
    metavar="NAME",
    required=True,
    shell_complete=options.completes(lambda library, _case: library.papers.envelopes),
    help="The envelope: dl, c6, c5, us10, or another of `appealgen list papers`.",
)
@addressing.output_options
@click.option(
    "--signer",
    "signer_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="YAML file of who sends it. [default: signer.yaml in the group's folder, if there]",
)
@click.option("--name", help="Name of who sends it.")
@click.option("--address", "address", metavar="LINE", multiple=True, help="A line of the sender's address. Repeatable.")
@addressing.table_options
@options.json_option
@options.group_option
@options.quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    size: str,
    output: str | None,
    force: bool,
    signers_file: str | None,
    signer_file: Path | None,
    name: str | None,
    address: tuple[str, ...],
    as_json: bool,
    group: Path | None,
    quiet: bool,
    **asked: Any,
) -> None:
    """Print an envelope for each letter, each on a page of its size, and print the path of the file.

    The order is that of the letters which `batch` or `write` makes with the same options. Without a signer there is no
    return address.

    \b
    Examples:
      appealgen envelopes --case mustafayev --target all --size dl --output envelopes.pdf
      appealgen envelopes --case mustafayev --target prosecutor --signers signers.csv --size c5
    """
    from appealgen.printing import envelopes

    library = options.open_library(group)
    envelope = options.known(library.papers.envelopes, size, "--size", "envelope")
    say = Say(quiet=quiet, as_json=as_json)
    with contextlib.ExitStack() as closing:
        if signers_file is not None:
            _refuse(("--signer", signer_file), ("--name", name), ("--address", address))
            found = addressing.of_table(library, closing, signers_file, asked, say=say)
        else:
            found = addressing.of_one(library, asked, signer_file=signer_file, name=name, address=address)
    if found is None:
        ctx.exit(1)
    title = f"Envelopes: {library.case_id(asked['case'])}"
    addressing.write(
        output or "envelopes.pdf",
        lambda: envelopes.envelopes(found.letters, envelope, title),
        {"size": envelope.id, "envelopes": len(found.letters)},
        found,
        force=force,
        say=say,
    )
    if found.incomplete:
        ctx.exit(1)


def _refuse(*given: tuple[str, Iterable[str] | Path | None]) -> None:
    for option, value in given:
        if value:
            raise click.UsageError(
                _("{option}: the table of --signers says who sends each: leave one of them out", option=option)
            )
