"""``appealgen write``."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from appealgen.cli import options
from appealgen.rendering import BINARY, FORMATS, PAGED

if TYPE_CHECKING:
    from appealgen.cli.single import Request, Single

# A letter as a link is for one at a time, and fits none but short ones.
_LINK = "mailto"
_FORMATS = (*FORMATS, _LINK)


class _Place(NamedTuple):
    """Where letters go: *folder*, or one *file*, or standard output (neither), and in which format."""

    folder: Path | None
    file: Path | None
    form: str


class _Written(NamedTuple):
    """One letter, rendered, with what it is."""

    path: Path | None
    content: bytes
    description: dict[str, Any]


@click.command("write", short_help="Write a letter: Word, PDF, text, web page or email draft.")
@options.what_options
@click.option("--format", "form", type=click.Choice(_FORMATS), help="[default: docx, or the suffix of --output]")
@click.option("--output", metavar="PATH", help="A folder, a file, or - for standard output. [default: here]")
@click.option("--force", is_flag=True, help="Replace another file of the same name.")
@options.signing_options
@options.window_option
@click.option("--edit", is_flag=True, help="Open the text in $VISUAL or $EDITOR first, to put it in your own words.")
@options.fit_option
@options.how_options
@options.json_option
@options.group_option
@options.quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    form: str | None,
    output: str | None,
    force: bool,
    edit: bool,
    fit: str | None,
    window: str | None,
    wrap: int | None,
    attach: bool,
    as_json: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Write one letter for each target, and print the path of each file.

    A link (mailto) goes to standard output, in the tone brief unless another is given: it must be short.

    \b
    Examples:
      appealgen write --case mustafayev --target prosecutor
      appealgen write --case mustafayev --target all --language ru --output letters/
      appealgen write --case mustafayev --target embassy --format eml \\
          --name "Ana Example" --address "1 Example Street" --address Exampletown --country GB
    """
    from appealgen.cli import single
    from appealgen.selection import draft_notes, listed

    place = _place(output, form)
    _check_options(place, asked["targets"], as_json=as_json, wrap=wrap, attach=attach)
    asked["gloss"] = _checked_gloss(place, asked["gloss"], edit=edit)
    _check_fit(place, fit, edit=edit)
    if place.form == _LINK and ctx.get_parameter_source("tone") is click.core.ParameterSource.DEFAULT:
        asked["tone"] = "brief"
    request = single.read_request(**asked)
    if len(request.targets) > 1 and not place.folder and place.form != _LINK:
        raise click.UsageError("--output: several letters do not go into one: name a folder, ending in /")
    shown_in = options.find_window(request.library, window, place.form)
    letters: list[_Written] = []
    notes = request.notes
    for one in single.compose_each(
        request, place.form, edit=edit, fit=fit is not None, paged=place.form in PAGED, window=shown_in
    ):
        notes += one.notes
        if place.form in ("eml", _LINK):
            notes += draft_notes(one.to)
        letters += _rendered(request, one, place, wrap=wrap, attach=attach)
    _write(letters, listed(notes), force=force, as_json=as_json, quiet=quiet)


def _place(output: str | None, form: str | None) -> _Place:
    """Read ``--output`` and ``--format`` together."""
    if output is None and form != _LINK:
        return _Place(Path(), None, form or FORMATS[0])
    if output is None or output == "-":
        return _Place(None, None, form or FORMATS[0])
    path = Path(output)
    if output.endswith(("/", "\\")) or path.is_dir():
        return _Place(path, None, form or FORMATS[0])
    suffix = path.suffix.removeprefix(".").lower()
    if form == _LINK and suffix in ("", "txt", "url", _LINK):
        return _Place(None, path, form)
    if suffix and suffix not in FORMATS:
        raise click.UsageError(f'--output: there is no format "{suffix}": there are {", ".join(FORMATS)}')
    if suffix and form and suffix != form:
        raise click.UsageError(f"--output: the suffix .{suffix} is against --format {form}: leave one of them out")
    return _Place(None, path, form or suffix or FORMATS[0])


def _check_options(place: _Place, targets: tuple[str, ...], *, as_json: bool, wrap: int | None, attach: bool) -> None:
    to_output = place.folder is None and place.file is None
    if to_output and as_json and place.form != _LINK:
        raise click.UsageError("--output: - and --json both want standard output: name a file or a folder")
    if to_output and place.form in BINARY and sys.stdout.isatty():
        raise click.UsageError(f"--output: a terminal cannot show {place.form}: use --format txt, or name a file")
    if not place.folder and len(set(targets)) > 1 and not (to_output and place.form == _LINK):
        raise click.UsageError("--output: several letters do not go into one: name a folder, ending in /")
    options.check_format(place.form, wrap, attach=attach)


def _checked_gloss(place: _Place, gloss: str | None, *, edit: bool) -> str | None:
    """Return the language of the copy; a default that does not go with the rest gives way."""
    to_output = place.form == "eml" and not (place.folder or place.file)
    if gloss is None or ((edit or to_output or place.form == _LINK) and not options.is_said("gloss")):
        return None
    if edit:
        raise click.UsageError("--gloss: is not for --edit: nobody has translated your own words")
    if place.form == _LINK:
        raise click.UsageError("--gloss: a link has no place for it: use --format eml, or docx")
    if to_output:
        raise click.UsageError("--gloss: goes beside an email draft as a second file: name a folder or a file")
    return gloss


def _check_fit(place: _Place, fit: str | None, *, edit: bool) -> None:
    if fit and edit:
        raise click.UsageError("--fit: is not for --edit: take out yourself what can go")
    if fit and place.form == _LINK:
        raise click.UsageError("--fit: a link has no pages: leave it out")


def _rendered(request: Request, one: Single, place: _Place, *, wrap: int | None, attach: bool) -> list[_Written]:
    """Return a letter as it is to be written; with an email draft, the signer's copy as a second file."""
    from appealgen.output import file_name, gloss_name
    from appealgen.rendering import render, render_gloss

    letter, case = one.letter, request.case
    language = letter.language.partition("-")[0]
    name = file_name(case.id, one.to.name, language, place.form)
    attachment = file_name(case.id, one.to.name, language, "docx") if attach else None
    content = _link(one) if place.form == _LINK else render(letter, place.form, wrap=wrap, attachment=attachment)
    description = {
        "case": case.id,
        "target": one.to.name,
        "tone": request.tone,
        "language": language,
        "format": place.form,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    path = place.folder / name if place.folder else place.file
    written = [_Written(path, content, description)]
    if letter.gloss is not None and place.form == "eml" and path:
        copy = render_gloss(letter, wrap=wrap)
        more = {"format": "txt", "sha256": hashlib.sha256(copy).hexdigest()}
        beside = path.with_name(gloss_name(path.name, letter.gloss.language.partition("-")[0]))
        written.append(_Written(beside, copy, description | more))
    return written


def _link(one: Single) -> bytes:
    """Return the letter as a link, and a line end.

    Raises:
        RefusedError: if programs would not take it whole.
    """
    from appealgen.errors import RefusedError
    from appealgen.rendering import LONGEST_LINK, mail_link

    link = mail_link(one.letter)
    if len(link) > LONGEST_LINK:
        raise RefusedError(
            f"--format mailto: the link to {one.to.name} would have {len(link):,} characters, and mail programs take "
            f"{LONGEST_LINK:,}: use --format txt --output - for a text to paste, or --format eml for a draft"
        )
    return f"{link}\n".encode()


def _write(letters: list[_Written], notes: list[str], *, force: bool, as_json: bool, quiet: bool) -> None:
    from appealgen.errors import OutputError
    from appealgen.output import File, write

    write([File(letter.path, letter.content) for letter in letters if letter.path], force=force)
    options.say_notes(notes, quiet=quiet or as_json)
    if as_json:
        files = [{**_place_of(letter), **letter.description} for letter in letters]
        click.echo(json.dumps({"files": files, "warnings": notes}, ensure_ascii=False, indent=2))
        return
    for letter in letters:
        if letter.path:
            click.echo(str(letter.path))
        elif sys.stdout is None:
            raise OutputError("standard output: is closed: use --output for a folder")
        else:
            sys.stdout.buffer.write(letter.content)
            sys.stdout.buffer.flush()


def _place_of(letter: _Written) -> dict[str, str]:
    """Return where a letter went; one that went nowhere is a link."""
    return {"path": str(letter.path)} if letter.path else {"link": letter.content.decode().rstrip("\n")}
