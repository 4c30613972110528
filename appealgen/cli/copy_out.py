"""``appealgen copy-out``."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appealgen.catalogue import _
from appealgen.cli import options
from appealgen.rendering import SHEET_FORMATS

if TYPE_CHECKING:
    from appealgen.output import File

_NAME = "{case}-{target}-{language}-copy-out.{form}"


@click.command("copy-out", short_help="Make a sheet in large type, to copy a letter by hand.")
@options.without("tone")
@options.what_options
@click.option(
    "--country", metavar="COUNTRY", help="Of those who copy: a code or a name, for the embassy and the paper."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(SHEET_FORMATS),
    help="Of the sheet. [default: docx, or the suffix of --output]",
)
@click.option("--output", metavar="PATH", help="A folder, a file, or - for standard output. [default: here]")
@click.option("--force", is_flag=True, help="Replace another file of the same name.")
@click.option("--allow-closed", is_flag=True, help="Make it even though the case is closed or past its date.")
@options.json_option
@options.group_option
@options.quiet_option
def command(
    *,
    case: str,
    targets: tuple[str, ...],
    language: str | None,
    country: str | None,
    form: str | None,
    output: str | None,
    force: bool,
    allow_closed: bool,
    as_json: bool,
    group: Path | None,
    quiet: bool,
) -> None:
    """Make a sheet for people who copy the letter by hand, as schools and groups do.

    It has the address for the envelope in a box, then the letter in the tone brief, with the person's name underlined,
    and lines for the name and address of whoever copies it.

    \b
    Examples:
      appealgen copy-out --case mustafayev --target prosecutor --language en
      appealgen copy-out --case mustafayev --target embassy --country GB --format pdf
    """
    from appealgen import selection
    from appealgen.cli import single
    from appealgen.output import File, write
    from appealgen.printing.copyout import copy_sheet
    from appealgen.rendering import render_sheet

    signer = {"name": None, "address": (), "email": None, "signer_language": None, "privacy": None, "message": None}
    request = single.read_request(
        case=case, targets=targets, tone="brief", language=language, gloss=None, date=None, allow_closed=allow_closed,
        group=group, unsigned=True, signer_file=None, country=country, message_file=None, **signer,
    )  # fmt: skip
    if len(request.targets) > 1 and output and not (output.endswith(("/", "\\")) or Path(output).is_dir()):
        raise click.UsageError(_("--output: several sheets do not go into one: name a folder, ending in /"))
    suffix = Path(output or "").suffix.removeprefix(".").lower()
    form = form or (suffix if suffix in SHEET_FORMATS else SHEET_FORMATS[0])
    files: list[File] = []
    told = []
    letters = list(single.compose_each(request, form))
    notes = single.notes_of(request, letters, gloss=False)
    for one in letters:
        words = request.case.words[request.language]
        content = render_sheet(copy_sheet(one.letter, (*words.name.values(), *request.case.spellings)), form)
        name = _NAME.format(case=request.case.id, target=one.to.name, language=request.language, form=form)
        path = _path(output, name, form)
        files.append(File(path, content))
        told.append({"path": str(path), "case": request.case.id, "target": one.to.name, "language": request.language,
                     "format": form, "sha256": hashlib.sha256(content).hexdigest()})  # fmt: skip
    if output == "-":
        if as_json:
            raise click.UsageError(_("--output: - and --json both want standard output: name a file or a folder"))
        if sys.stdout.isatty():
            raise click.UsageError(_("--output: a terminal cannot show {format}: name a file", format=form))
    else:
        write(files, force=force)
    options.say_notes(selection.listed(notes), quiet=quiet or as_json)
    if as_json:
        click.echo(json.dumps({"files": told, "warnings": selection.listed(notes)}, ensure_ascii=False, indent=2))
    elif output == "-":
        sys.stdout.buffer.write(files[0].content)
        sys.stdout.buffer.flush()
    else:
        for file in files:
            click.echo(str(file.path))


def _path(output: str | None, name: str, form: str) -> Path:
    """Return where the sheet called *name* goes."""
    if output is None:
        return Path(name)
    path = Path(output)
    if output.endswith(("/", "\\")) or path.is_dir():
        return path / name
    suffix = path.suffix.removeprefix(".").lower()
    if output != "-" and suffix and suffix != form:
        raise click.UsageError(
            _(
                "--output: the suffix .{suffix} is against --format {format}: change one of them",
                suffix=suffix,
                format=form,
            )
        )
    return path
