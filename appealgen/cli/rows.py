"""The table of signers that a command line names: opened, and checked as a whole."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from appealgen.catalogue import _
from appealgen.cli.given import check_encoding, check_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from appealgen.batch import Part, Survey
    from appealgen.cli.telling import Say
    from appealgen.errors import Problem
    from appealgen.journal import Journal
    from appealgen.library import Library
    from appealgen.scribe import Scribe
    from appealgen.signers.rows import Reading


class Rows(Protocol):
    """A table with what writes its letters, and what was done before where that is noted."""

    reading: Reading
    scribe: Scribe
    journal: Journal | None


def check_names(scribe: Scribe) -> None:
    """Refuse a target, tone or language that is wrong for all rows, as `write` does."""
    from appealgen import selection
    from appealgen.errors import RefusedError
    from appealgen.model import Signer

    order = scribe.order
    language = selection.language_for(scribe.library, scribe.case, order.language, Signer(name=None))
    selection.tone_for(scribe.library, language, order.tone)
    for target in order.targets:
        # Without an embassy in a country, that is for each row to say.
        with contextlib.suppress(RefusedError):
            selection.addressee(scribe.library, scribe.case, target, None)


def open_rows(library: Library, signers: str, asked: dict[str, Any], closing: contextlib.ExitStack) -> Reading:
    """Open the table *signers*, by its path or - for standard input, as the options *asked* have it.

    Raises:
        InputError: if it cannot be read, or its headings cannot.
        click.UsageError: if an option is wrong.
    """
    from appealgen.addresses import country_code, language_code
    from appealgen.signers import checked, columns
    from appealgen.signers.rows import Defaults, Reading
    from appealgen.signers.table import open_table

    check_encoding(asked["encoding"])
    if signers != "-":
        check_file(Path(signers), "--signers")
    path, source = (_from_standard_input(closing), _("standard input")) if signers == "-" else (Path(signers), signers)
    names = library.column_names
    table = open_table(path, source, asked["encoding"], lambda header: columns.name_columns(header, names))
    rows = table.rows()
    line, header = next(rows, (1, []))
    try:
        country = country_code(asked["country"]) if asked["country"] else None
        language = language_code(asked["signer_language"]) if asked["signer_language"] else None
    except ValueError as error:
        raise click.UsageError(_("--country or --signer-language: {fault}", fault=error)) from error
    signer = checked(known) if (known := library.signer()) is not None else None
    defaults = Defaults(
        country,
        language,
        frozenset({asked["privacy"] or "full"}),
        signer.group if signer is not None else (),
        signer.group_country if signer is not None else None,
    )
    return Reading(table, columns.find(header, names, mapped_fields(asked["mapped"]), source, line), names, defaults)


def mapped_fields(mapped: Iterable[str]) -> dict[str, str]:
    """Read ``--map``: heading -> field.

    Raises:
        click.UsageError: if one is not HEADING=FIELD.
    """
    fields = {}
    for text in mapped:
        heading, sign, field = text.rpartition("=")
        if not sign:
            raise click.UsageError(_('--map: "{text}" is not HEADING=FIELD', text=text))
        fields[heading] = field
    return fields


def _from_standard_input(closing: contextlib.ExitStack) -> Path:
    """Keep standard input in a file of the user's own for as long as the run lasts: it is read twice.

    Where the system can, the file has no name: whatever ends this process, nothing of the table stays.
    """
    from appealgen.output import explained

    if sys.stdin is None:
        raise click.UsageError(_("--signers: standard input is closed: name a file"))
    nameless = closing.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  closed at the end
    path = Path(f"/proc/self/fd/{nameless.fileno()}")
    if path.exists():
        with explained(tempfile.gettempdir()):
            shutil.copyfileobj(sys.stdin.buffer, nameless)
            nameless.flush()
        return path
    folder = closing.enter_context(tempfile.TemporaryDirectory(prefix="signers-"))
    path = Path(folder) / "signers.csv"
    with path.open("xb") as file:
        path.chmod(0o600)
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def check_rows(run: Rows, part: Part, problems_file: Path | None, say: Say) -> Survey:
    """Check all rows, write what is wrong to *problems_file* where one is named, and tell the first of it."""
    from appealgen import batch
    from appealgen.errors import OutputError

    with contextlib.ExitStack() as closing:
        tell: Callable[[Problem], None] | None = None
        if problems_file is not None:
            try:
                file = closing.enter_context(problems_file.open("w", encoding="utf-8", newline="\n"))
            except OSError as error:
                raise OutputError(
                    _("--problems: {file} cannot be written ({reason})", file=problems_file, reason=error.strerror)
                ) from error

            def tell(problem: Problem) -> None:
                file.write(f"{problem.plain}\n")

        survey = batch.check(run.reading, run.scribe, part, journal=run.journal, tell=tell)
    say.found(survey, problems_file)
    return survey
