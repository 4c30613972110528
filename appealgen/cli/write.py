"""``appealgen write``."""

from __future__ import annotations

from typing import Any

import click

from appealgen.catalogue import _
from appealgen.cli import options
from appealgen.cli.files import (
    LINK,
    Place,
    Written,
    check_place,
    checked_gloss,
    link_notes,
    read_place,
    rendered,
    write_letters,
)
from appealgen.rendering import FORMATS, PAGED

_FORMATS = (*FORMATS, LINK)


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

    A link (mailto) goes to standard output, in the tone brief unless another is given; where the letter is too long
    for it, the text to paste stands below it.

    \b
    Examples:
      appealgen write --case mustafayev --target prosecutor
      appealgen write --case mustafayev --target all --language ru --output letters/
      appealgen write --case mustafayev --target embassy --format eml \\
          --name "Ana Example" --address "1 Example Street" --address Exampletown --country GB
    """
    from appealgen.cli import single
    from appealgen.notices import draft_notes
    from appealgen.selection import listed

    place = read_place(output, form)
    check_place(place, asked["targets"], as_json=as_json, wrap=wrap, attach=attach)
    asked["gloss"] = checked_gloss(place, asked["gloss"], edit=edit)
    _check_fit(place, fit, edit=edit)
    if place.form == LINK and ctx.get_parameter_source("tone") is click.core.ParameterSource.DEFAULT:
        asked["tone"] = "brief"
    request = single.read_request(**asked)
    if len(request.targets) > 1 and not place.folder and place.form != LINK:
        raise click.UsageError(_("--output: several letters do not go into one: name a folder, ending in /"))
    shown_in = options.find_window(request.library, window, place.form)
    letters: list[Written] = []
    made = []
    for one in single.compose_each(
        request, place.form, edit=edit, fit=fit is not None, paged=place.form in PAGED, window=shown_in
    ):
        made.append(one)
        letters += rendered(request, one, place, wrap=wrap, attach=attach)
    notes = single.notes_of(request, made)
    if place.form in ("eml", LINK):
        notes += draft_notes(one.to for one in made)
    if place.form == LINK:
        notes += [note for one in made for note in link_notes(one)]
    write_letters(letters, listed(notes), force=force, as_json=as_json, quiet=quiet)


def _check_fit(place: Place, fit: str | None, *, edit: bool) -> None:
    if fit and edit:
        raise click.UsageError(_("--fit: is not for --edit: take out yourself what can go"))
    if fit and place.form == LINK:
        raise click.UsageError(_("--fit: a link has no pages: leave it out"))
