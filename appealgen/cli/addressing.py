"""The letters that `envelopes` and `labels` are for: of one signer, or of a table, in the order of `batch`."""

from __future__ import annotations

import datetime
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from appealgen.catalogue import _
from appealgen.cli import options
from appealgen.cli.rows import check_names, check_rows, open_rows

if TYPE_CHECKING:
    import contextlib
    from collections.abc import Callable, Iterator

    from appealgen.cli.telling import Say
    from appealgen.journal import Journal
    from appealgen.letter import Letter
    from appealgen.library import Library
    from appealgen.scribe import Scribe
    from appealgen.signers.rows import Reading

#: Options that are for a table of signers, by the name of their parameter.
OF_TABLE = {"encoding": "--encoding", "mapped": "--map", "limit": "--limit", "keep_going": "--keep-going",
             "problems_file": "--problems"}  # fmt: skip
_TABLE = (
    click.option(
        "--signers", "signers_file", metavar="FILE", help="Table of signers, as for `batch`: one for each letter."
    ),
    click.option("--encoding", metavar="NAME", help="Of the table, where it is not UTF-8, such as cp1252."),
    click.option(
        "--map",
        "mapped",
        metavar="HEADING=FIELD",
        multiple=True,
        help="Which field a column of the table fills. Repeatable.",
    ),
    click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Only the first N signers of the table."),
    click.option("--keep-going", is_flag=True, help="Print the good rows though others have problems; exit status 1."),
    click.option(
        "--problems",
        "problems_file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Write all problems and warnings of the table to this file.",
    ),
    click.option("--country", metavar="COUNTRY", help="The country of the sender, or of senders who give none."),
    click.option("--signer-language", metavar="CODE", help="The language of signers who give none."),
    options.privacy_option,
    click.option("--allow-closed", is_flag=True, help="Print even though the case is closed or past its date."),
)
_OUTPUT = (
    click.option("--output", metavar="PATH", help="A file ending in .pdf, or - for standard output."),
    click.option("--force", is_flag=True, help="Replace another file of the same name."),
)


def table_options(command: options.Command) -> options.Command:
    """Add the options that a table of signers has in `batch`."""
    for option in reversed(_TABLE):
        command = option(command)
    return command


def output_options(command: options.Command) -> options.Command:
    """Add ``--output`` and ``--force``."""
    for option in reversed(_OUTPUT):
        command = option(command)
    return command


class Asked(NamedTuple):
    """Letters in their order, each with the name of whom it goes to; what to say of them; whether rows were bad."""

    letters: list[tuple[str, Letter]]
    notes: list[str]
    incomplete: bool = False


class Table:
    """A table of signers, and what writes their letters, as a run of `batch` has them."""

    journal: Journal | None = None

    def __init__(self, library: Library, closing: contextlib.ExitStack, signers: str, asked: dict[str, Any]) -> None:
        from appealgen import selection
        from appealgen.scribe import Order, Scribe

        case = library.case(library.case_id(asked["case"]))
        day = datetime.date.today()
        if not asked["allow_closed"]:
            selection.refuse_closed(case, day)
        targets = selection.named_targets(case, asked["targets"])
        order = Order(
            group=library.group, case=case.id, targets=targets, tone=asked["tone"], language=asked["language"],
            form="docx", date=day,  # characters are looked at where they are printed
        )  # fmt: skip
        self.reading: Reading = open_rows(library, signers, asked, closing)
        self.scribe: Scribe = Scribe(order, self.reading)
        check_names(self.scribe)

    def letters(self, part: Any) -> Iterator[tuple[str, Letter]]:
        """Yield the letters of all rows that are wanted and good."""
        from appealgen import batch

        for together in batch.pieces(self.reading, self.scribe, part):
            for piece in together:
                yield piece.kit.to.name, self.scribe.letter(piece)


def of_table(
    library: Library, closing: contextlib.ExitStack, signers: str, asked: dict[str, Any], *, say: Say
) -> Asked | None:
    """Return the letters of a table of signers, or None where rows are wrong and nothing is to be printed."""
    from appealgen import batch, selection
    from appealgen.notices import letter_notes

    rows = Table(library, closing, signers, asked)
    say.columns(rows.reading)
    part = batch.Part(asked["limit"], None)
    survey = check_rows(rows, part, asked["problems_file"], say)
    if survey.problems.count and not asked["keep_going"]:
        click.echo(_("nothing is printed: mend the table, or use --keep-going to print the good rows"), err=True)
        return None
    if survey.missing and not survey.letters:
        click.echo(_("nothing is printed: no letter can be"), err=True)
        return None
    notes = letter_notes(library, ((kit.to, kit.prepared.language.id) for kit in survey.kits), text=False)
    return Asked(list(rows.letters(part)), selection.listed(notes), incomplete=not survey.is_complete)


def of_one(library: Library, asked: dict[str, Any], **signing: Any) -> Asked:
    """Return the letters of one signer, or of nobody named."""
    from appealgen import selection
    from appealgen.cli import single
    from appealgen.notices import letter_notes

    for name, option in OF_TABLE.items():
        if asked[name]:
            raise click.UsageError(_("{option}: is for a table: use it with --signers", option=option))
    wanted = {name: value for name, value in asked.items() if name not in OF_TABLE}
    request = single.read_request(
        **wanted, **signing, group=library.group, gloss=None, date=None, email=None, message=None, message_file=None
    )
    letters = list(single.compose_each(request, "pdf"))
    notes = letter_notes(library, ((one.to, request.language) for one in letters), text=False)
    return Asked([(one.to.name, one.letter) for one in letters], selection.listed(notes))


def write(
    output: str,
    render: Callable[[], bytes],
    description: dict[str, Any],
    asked: Asked,
    *,
    force: bool,
    say: Say,
) -> None:
    """Write what *render* makes to *output*, and say what it is."""
    from appealgen.output import File, write

    if output == "-" and say.as_json:
        raise click.UsageError(_("--output: - and --json both want standard output: name a file"))
    if output == "-" and sys.stdout.isatty():
        raise click.UsageError(_("--output: a terminal cannot show {format}: name a file", format="pdf"))
    if output != "-" and Path(output).suffix.lower() != ".pdf":
        raise click.UsageError(_("--output: {path} does not end in .pdf, and a PDF is what comes out", path=output))
    content = render()
    if output != "-":
        write([File(Path(output), content)], force=force)
    options.say_notes(asked.notes, quiet=say.silent)
    if say.as_json:
        counts = Counter(name for name, _letter in asked.letters)
        said = {"path": output, "sha256": hashlib.sha256(content).hexdigest(), **description, "targets": counts,
                "warnings": asked.notes}  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    elif output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        click.echo(output)
