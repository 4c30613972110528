"""``appealgen labels``."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appealgen.catalogue import _, _n
from appealgen.cli import addressing, options
from appealgen.cli.telling import Say

if TYPE_CHECKING:
    from appealgen.letter import Letter
    from appealgen.library import Library

_OF_CASE = {"case": "--case", "targets": "--target", "language": "--language", "signers_file": "--signers",
            "copies": "--copies", "privacy": "--privacy", "signer_language": "--signer-language",
            **addressing.OF_TABLE}  # fmt: skip


@click.command("labels", short_help="Print address labels for letters.")
@click.option(
    "--case",
    "case",
    metavar="ID",
    shell_complete=options.complete_case,
    help="The case: an id of `appealgen list cases`, or the person's name.",
)
@click.option(
    "--target",
    "targets",
    metavar="ID",
    multiple=True,
    shell_complete=options.complete_target,
    help="Whom the letters go to: an alias of the case, an id of the address book, or `all`. Repeatable.",
)
@click.option(
    "--journal",
    "journal_path",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A folder, archive or print that `batch` wrote, or its journal: a label for each letter.",
)
@click.option(
    "--sheet",
    metavar="NAME",
    required=True,
    shell_complete=options.completes(lambda library, _case: library.papers.labels),
    help="The labels: L7160, L7163, 5160, 5163, or another of `appealgen list papers`.",
)
@click.option("--copies", metavar="N", type=click.IntRange(min=1), help="Labels for each target. [default: 1]")
@click.option(
    "--skip",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Leave the first N labels of the first sheet free: they are used up.",
)
@click.option("--outline", is_flag=True, help="Draw the edges of the labels, for a test print on plain paper.")
@addressing.output_options
@click.option(
    "--language",
    metavar="CODE",
    shell_complete=options.complete_language,
    help="Language of the letters. [default: the signer's where there is one, else en]",
)
@addressing.table_options
@options.json_option
@options.group_option
@options.quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    journal_path: Path | None,
    sheet: str,
    copies: int | None,
    skip: int,
    outline: bool,
    output: str | None,
    force: bool,
    signers_file: str | None,
    as_json: bool,
    group: Path | None,
    quiet: bool,
    **asked: Any,
) -> None:
    """Print labels with the addresses that letters go to, and print the path of the file.

    Print them at full size ("actual size", not "fit to page"), first on plain paper with --outline.

    \b
    Examples:
      appealgen labels --case mustafayev --target all --sheet L7160 --skip 3 --output labels.pdf
      appealgen labels --journal letters/ --sheet 5160 --output labels.pdf
    """
    from appealgen.printing import labels

    library = options.open_library(group)
    paper = options.known(library.papers.labels, sheet, "--sheet", "sheet of labels")
    if skip >= paper.count:
        message = _n(
            "--skip: a sheet {sheet} has {count} label: use less",
            "--skip: a sheet {sheet} has {count} labels: use less",
            paper.count,
            sheet=paper.id,
        )
        raise click.UsageError(message)
    say = Say(quiet=quiet, as_json=as_json)
    asked |= {"tone": "formal"}
    with contextlib.ExitStack() as closing:
        if journal_path is not None:
            given = {**asked, "signers_file": signers_file, "copies": copies}
            for name, option in _OF_CASE.items():
                if given[name]:
                    raise click.UsageError(
                        _("{option}: the journal says what the letters are: leave one of them out", option=option)
                    )
            found: addressing.Asked | None = of_journal(
                library, journal_path, asked["country"], allow_closed=asked["allow_closed"]
            )
        elif not asked["case"] or not asked["targets"]:
            raise click.UsageError(_("--case and --target say what the labels are for; or --journal, of a batch"))
        elif signers_file is not None:
            if copies:
                raise click.UsageError(_("--copies: a table has a label for each letter: leave one of them out"))
            found = addressing.of_table(library, closing, signers_file, asked, say=say)
        else:
            found = addressing.of_one(library, asked, signer_file=None, name=None, address=())
            found = found._replace(letters=[one for one in found.letters for _copy in range(copies or 1)])
    if found is None:
        ctx.exit(1)
    count = len(found.letters)
    addressing.write(
        output or "labels.pdf",
        lambda: labels.labels(found.letters, paper, "Address labels", skip=skip, outline=outline),
        {"sheet": paper.id, "labels": count, "skip": skip, "sheets": labels.count_sheets(count, paper, skip)},
        found,
        force=force,
        say=say,
    )
    if found.incomplete:
        ctx.exit(1)


def of_journal(library: Library, path: Path, country: str | None, *, allow_closed: bool) -> addressing.Asked:
    """Return the letters of a batch as its journal tells them, for senders in *country* where it is given."""
    from appealgen import selection
    from appealgen.addresses import country_code
    from appealgen.errors import RefusedError
    from appealgen.journal import journal_of, read
    from appealgen.notices import letter_notes
    from appealgen.senders import Sender

    try:
        sender = Sender(country=country_code(country) if country else None)
    except ValueError as error:
        raise click.UsageError(f"--country: {error}") from error
    path = journal_of(path)
    past = read(path)
    if not past.letters:
        raise RefusedError(_("{path}: has no letters yet: run the batch first", path=path))
    case = library.case(library.case_id(past.run["case"]))
    if not allow_closed:
        selection.refuse_closed(case, datetime.date.today())
    made: dict[str, tuple[str, Letter]] = {}
    found = []
    for digest in dict.fromkeys(past.letters.values()):
        kit = past.kits[digest]
        to = selection.addressee(library, case, kit.target, sender.country)
        prepared = selection.prepared(library, case, to, kit.language, kit.tone)
        made[digest] = kit.alias, prepared.letter(sender, datetime.date.fromisoformat(past.run["date"]))
        found.append((to, kit.language))
    notes = letter_notes(library, found, text=False)
    return addressing.Asked([made[digest] for digest in past.letters.values()], selection.listed(notes))
