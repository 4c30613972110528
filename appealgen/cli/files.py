"""Where single letters go: files, a folder or standard output, and what is told about them."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from appealgen import catalogue
from appealgen.catalogue import _, _n
from appealgen.cli import options
from appealgen.rendering import BINARY, FORMATS

if TYPE_CHECKING:
    from appealgen.cli.single import Request, Single
    from appealgen.selection import Note

# A letter as a link is for one at a time, and fits none but short ones.
LINK = "mailto"


class Place(NamedTuple):
    """Where letters go: *folder*, or one *file*, or standard output (neither), and in which format."""

    folder: Path | None
    file: Path | None
    form: str


class Written(NamedTuple):
    """One letter, rendered, with what it is."""

    path: Path | None
    content: bytes
    description: dict[str, Any]


def read_place(output: str | None, form: str | None) -> Place:
    """Read ``--output`` and ``--format`` together."""
    if output is None and form != LINK:
        return Place(Path(), None, form or FORMATS[0])
    if output is None or output == "-":
        return Place(None, None, form or FORMATS[0])
    path = Path(output)
    if output.endswith(("/", "\\")) or path.is_dir():
        return Place(path, None, form or FORMATS[0])
    suffix = path.suffix.removeprefix(".").lower()
    if form == LINK and suffix in ("", "txt", "url", LINK):
        return Place(None, path, form)
    if suffix and suffix not in FORMATS:
        raise click.UsageError(
            _(
                '--output: there is no format "{format}": there are {formats}',
                format=suffix, formats=catalogue.listed(FORMATS),
            )
        )  # fmt: skip
    if suffix and form and suffix != form and options.is_said("form"):
        raise click.UsageError(
            _(
                "--output: the suffix .{suffix} is against --format {format}: leave one of them out",
                suffix=suffix, format=form,
            )
        )  # fmt: skip
    return Place(None, path, suffix or form or FORMATS[0])


def check_place(place: Place, targets: tuple[str, ...], *, as_json: bool, wrap: int | None, attach: bool) -> None:
    """Refuse what *place* cannot take.

    Raises:
        click.UsageError: with what to use instead.
    """
    to_output = place.folder is None and place.file is None
    if to_output and as_json and place.form != LINK:
        raise click.UsageError(_("--output: - and --json both want standard output: name a file or a folder"))
    if to_output and place.form in BINARY and sys.stdout.isatty():
        raise click.UsageError(
            _("--output: a terminal cannot show {format}: use --format txt, or name a file", format=place.form)
        )
    if not place.folder and len(set(targets)) > 1 and not (to_output and place.form == LINK):
        raise click.UsageError(_("--output: several letters do not go into one: name a folder, ending in /"))
    options.check_format(place.form, wrap, attach=attach)


def checked_gloss(place: Place, gloss: str | None, *, edit: bool) -> str | None:
    """Return the language of the copy; a default that does not go with the rest gives way."""
    to_output = place.form == "eml" and not (place.folder or place.file)
    if gloss is None or ((edit or to_output or place.form == LINK) and not options.is_said("gloss")):
        return None
    if edit:
        raise click.UsageError(_("--gloss: is not for --edit: nobody has translated your own words"))
    if place.form == LINK:
        raise click.UsageError(_("--gloss: a link has no place for it: use --format eml, or docx"))
    if to_output:
        raise click.UsageError(_("--gloss: goes beside an email draft as a second file: name a folder or a file"))
    return gloss


def rendered(request: Request, one: Single, place: Place, *, wrap: int | None, attach: bool) -> list[Written]:
    """Return a letter as it is to be written; with an email draft, the signer's copy as a second file."""
    from appealgen.output import file_name, gloss_name
    from appealgen.rendering import render, render_gloss

    letter, case = one.letter, request.case
    language = letter.language.partition("-")[0]
    joint = letter.joint is not None
    name = file_name(case.id, one.to.name, language, place.form, joint=joint)
    attachment = file_name(case.id, one.to.name, language, "docx", joint=joint) if attach else None
    text = ""
    if place.form == LINK:
        link, text = _link(one)
        content = (f"{link}\n\n{text}\n" if text else f"{link}\n").encode()
    else:
        content = render(letter, place.form, wrap=wrap, attachment=attachment)
    description = {
        "case": case.id,
        "target": one.to.name,
        "tone": request.tone,
        "language": language,
        "format": place.form,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if text:
        description["text"] = text
    path = place.folder / name if place.folder else place.file
    written = [Written(path, content, description)]
    if letter.gloss is not None and place.form == "eml" and path:
        copy = render_gloss(letter, wrap=wrap)
        more = {"format": "txt", "sha256": hashlib.sha256(copy).hexdigest()}
        beside = path.with_name(gloss_name(path.name, letter.gloss.language.partition("-")[0]))
        written.append(Written(beside, copy, description | more))
    return written


def _link(one: Single) -> tuple[str, str]:
    """Return the letter as a link, and nothing; or where that is too long a link without its text, and the text."""
    from appealgen.rendering import LONGEST_LINK, mail_link, short_link

    link = mail_link(one.letter)
    return (link, "") if len(link) <= LONGEST_LINK else short_link(one.letter)


def link_notes(one: Single) -> list[Note]:
    """Return what to do with a letter that is too long for a link."""
    from appealgen.rendering import LONGEST_LINK, mail_link
    from appealgen.selection import Note

    if not _link(one)[1]:
        return []
    text = _n(
        "the link has address and subject only: with the letter it would have {count} character, and not every "
        "program takes more than {most}: paste the text below the link into the mail, or use --format eml for a draft",
        "the link has address and subject only: with the letter it would have {count} characters, and not every "
        "program takes more than {most}: paste the text below the link into the mail, or use --format eml for a draft",
        len(mail_link(one.letter)),
        most=catalogue.number(LONGEST_LINK),
    )
    return [Note(text, one.to.name)]


def write_letters(letters: list[Written], notes: list[str], *, force: bool, as_json: bool, quiet: bool) -> None:
    """Write all *letters* or none, and tell what was written, with *notes*."""
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
            raise OutputError(_("standard output: is closed: use --output for a folder"))
        else:
            sys.stdout.buffer.write(letter.content)
            sys.stdout.buffer.flush()


def _place_of(letter: Written) -> dict[str, str]:
    """Return where a letter went; one that went nowhere is a link."""
    return {"path": str(letter.path)} if letter.path else {"link": letter.content.decode().partition("\n")[0]}
