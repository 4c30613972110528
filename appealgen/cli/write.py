"""``appealgen write``."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from appealgen.cli import options
from appealgen.rendering import BINARY, FORMATS

if TYPE_CHECKING:
    from appealgen.compose import Prepared
    from appealgen.letter import Block, Letter
    from appealgen.library import Library
    from appealgen.model import Case, Signer
    from appealgen.selection import Addressee, Note
    from appealgen.senders import Sender

# A page holds about this many; a little more than the custom, so that not every good letter is nagged at.
_LONG = 430


class _Place(NamedTuple):
    """Where letters go: *folder*, or one *file*, or standard output (neither), and in which format."""

    folder: Path | None
    file: Path | None
    form: str


class _Written(NamedTuple):
    """One letter, rendered, with what it is."""

    path: Path | None
    content: bytes
    description: dict[str, str]


@click.command("write", short_help="Write a letter: Word, PDF, text, web page or email draft.")
@options.what_options
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: docx, or the suffix of --output]")
@click.option("--output", metavar="PATH", help="A folder, a file, or - for standard output. [default: here]")
@click.option("--force", is_flag=True, help="Replace another file of the same name.")
@click.option(
    "--signer",
    "signer_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="YAML file of who signs. [default: signer.yaml in the group's folder, if there]",
)
@click.option("--name", help="Name of who signs.")
@click.option("--address", "address", metavar="LINE", multiple=True, help="A line of the signer's address. Repeatable.")
@click.option("--email", help="The signer's email address.")
@click.option("--country", metavar="COUNTRY", help="The signer's country: a code or a name.")
@click.option("--signer-language", metavar="CODE", help="The signer's language.")
@options.privacy_option
@click.option("--message", metavar="TEXT", help="The signer's own paragraph.")
@click.option(
    "--message-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File with the signer's own paragraphs; - for standard input.",
)
@click.option("--edit", is_flag=True, help="Open the text in $VISUAL or $EDITOR first, to put it in your own words.")
@options.how_options
@options.json_option
@options.group_option
@options.quiet_option
def command(
    case: str,
    targets: tuple[str, ...],
    tone: str,
    language: str | None,
    form: str | None,
    output: str | None,
    *,
    force: bool,
    edit: bool,
    date: datetime.date | None,
    gloss: str | None,
    wrap: int | None,
    attach: bool,
    allow_closed: bool,
    as_json: bool,
    group: Path | None,
    quiet: bool,
    **signing: Any,
) -> None:
    """Write one letter for each target, and print the path of each file.

    \b
    Examples:
      appealgen write --case mustafayev --target prosecutor
      appealgen write --case mustafayev --target all --language ru --output letters/
      appealgen write --case mustafayev --target embassy --format eml \\
          --name "Ana Example" --address "1 Example Street" --address Exampletown --country GB
    """
    from appealgen import selection

    place = _place(output, form)
    _check_options(place, targets, as_json=as_json, wrap=wrap, attach=attach)
    _check_gloss(place, gloss, edit=edit)
    library = options.open_library(group)
    signer, notes = _signer(library, **signing)
    found = library.case(library.case_id(case))
    day = date or datetime.date.today()
    if not allow_closed:
        selection.refuse_closed(found, day)
    chosen = selection.language_for(library, found, language, signer)
    selection.tone_for(library, chosen, tone)
    gloss = selection.gloss_for(library, found, gloss)
    if gloss == chosen:
        raise click.UsageError(f"--gloss: the letter itself is in {chosen}: name the signer's language")
    notes += selection.case_notes(found, day)
    notes += selection.quoted_notes(found, chosen)
    wanted = _wanted(found, targets)
    if len(wanted) > 1 and not place.folder:
        raise click.UsageError("--output: several letters do not go into one: name a folder, ending in /")
    letters: list[_Written] = []
    for to in (selection.addressee(library, found, name, signer.country) for name in wanted):
        prepared = selection.prepared(library, found, to, chosen, tone, gloss=gloss)
        letter, more = _letter(prepared, signer, day, to, edit=edit, form=place.form)
        notes += selection.letter_notes(library, to, chosen)
        if signer.privacy != _FULL:
            notes += selection.privacy_notes(library, to)
        notes += more
        letters += _rendered(letter, found, to, place, tone, wrap=wrap, attach=attach)
    _write(letters, selection.listed(notes), force=force, as_json=as_json, quiet=quiet)


def _place(output: str | None, form: str | None) -> _Place:
    """Read ``--output`` and ``--format`` together."""
    if output is None:
        return _Place(Path(), None, form or FORMATS[0])
    if output == "-":
        return _Place(None, None, form or FORMATS[0])
    path = Path(output)
    if output.endswith(("/", "\\")) or path.is_dir():
        return _Place(path, None, form or FORMATS[0])
    suffix = path.suffix.removeprefix(".").lower()
    if suffix and suffix not in FORMATS:
        raise click.UsageError(f'--output: there is no format "{suffix}": there are {", ".join(FORMATS)}')
    if suffix and form and suffix != form:
        raise click.UsageError(f"--output: the suffix .{suffix} is against --format {form}: leave one of them out")
    return _Place(None, path, form or suffix or FORMATS[0])


def _check_options(place: _Place, targets: tuple[str, ...], *, as_json: bool, wrap: int | None, attach: bool) -> None:
    to_output = place.folder is None and place.file is None
    if to_output and as_json:
        raise click.UsageError("--output: - and --json both want standard output: name a file or a folder")
    if to_output and place.form in BINARY and sys.stdout.isatty():
        raise click.UsageError(f"--output: a terminal cannot show {place.form}: use --format txt, or name a file")
    if not place.folder and len(set(targets)) > 1:
        raise click.UsageError("--output: several letters do not go into one: name a folder, ending in /")
    options.check_format(place.form, wrap, attach=attach)


def _check_gloss(place: _Place, gloss: str | None, *, edit: bool) -> None:
    if gloss is None:
        return
    if edit:
        raise click.UsageError("--gloss: is not for --edit: nobody has translated your own words")
    if place.form == "eml" and not (place.folder or place.file):
        raise click.UsageError("--gloss: goes beside an email draft as a second file: name a folder or a file")


def _signer(
    library: Library,
    *,
    signer_file: Path | None,
    name: str | None,
    address: tuple[str, ...],
    email: str | None,
    country: str | None,
    signer_language: str | None,
    privacy: str | None,
    message: str | None,
    message_file: Path | None,
) -> tuple[Signer, list[Note]]:
    """Return who signs, from a file and the options over it, and what to say about it."""
    from appealgen.library import shown
    from appealgen.loading import load_signer
    from appealgen.model import Signer
    from appealgen.schema import paragraphs
    from appealgen.selection import Note
    from appealgen.signers import checked

    if signer_file and name:
        raise click.UsageError("--signer: and --name both say who signs: leave one of them out")
    if message is not None and message_file is not None:
        raise click.UsageError("--message: and --message-file both give a text: leave one of them out")
    notes: list[Note] = []
    known = load_signer(signer_file, shown(signer_file)) if signer_file else library.signer()
    if name is not None:
        # Somebody else than the group's signer: of that file only the group's own address is theirs as well.
        base = Signer(name=name, group=known.group if known else (), privacy=known.privacy if known else _FULL)
    elif known is not None:
        base = known
        if not signer_file:
            notes.append(Note(f"signed by {known.name}, from signer.yaml"))
    else:
        base = Signer(name=None)
        if address or email:
            raise click.UsageError("--name: say who signs at this address")
    text = _read_message(message_file) if message_file is not None else message
    options_given: dict[str, Any] = {
        "address": address or base.address,
        "email": email or base.email,
        "country": country or base.country,
        "language": signer_language or base.language,
        "message": paragraphs(text.replace("\r\n", "\n")) if text is not None else base.message,
        "privacy": base.privacy | {privacy} if privacy else base.privacy,
    }
    if privacy not in (None, "full") and base.name is None:
        hint = "give --name, or sign by hand and fill in only what you want to show"
        raise click.UsageError(f"--privacy: nobody is named as signer, so there is nothing to hide: {hint}")
    signer = checked(dataclasses.replace(base, **options_given))
    return dataclasses.replace(signer, privacy=signer.privacy - _FULL or _FULL), notes


_FULL = frozenset({"full"})


def _read_message(path: Path) -> str:
    if str(path) == "-" and sys.stdin is None:
        raise click.BadParameter("standard input is closed", param_hint="--message-file")
    try:
        with click.open_file(str(path), encoding="utf-8-sig") as file:
            text: str = file.read()
            return text
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{path} is not UTF-8: save it as UTF-8", param_hint="--message-file") from error
    except OSError as error:
        raise click.BadParameter(f"{path} cannot be read ({error.strerror})", param_hint="--message-file") from error


def _wanted(case: Case, targets: tuple[str, ...]) -> list[str]:
    from appealgen.selection import current_aliases

    names = [name for target in targets for name in (current_aliases(case) if target == "all" else (target,))]
    return list(dict.fromkeys(names))


def _letter(
    prepared: Prepared, signer: Signer, day: datetime.date, to: Addressee, *, edit: bool, form: str
) -> tuple[Letter, list[Note]]:
    """Compose one letter, opening it in the editor where *edit* asks for it."""
    from appealgen.letter import show_blocks
    from appealgen.selection import Note, draft_notes
    from appealgen.senders import sender_of

    sender = sender_of(signer)
    body, notes = _edited(prepared, sender) if edit else (None, [])
    letter = prepared.letter(sender, day, body=body)
    words = len(show_blocks(letter.body).split())
    if words > _LONG:
        notes.append(Note(f"the letter has {words} words: one page, about 400 words, is the custom", to.name))
    if form == "eml":
        notes += draft_notes(to)
    return letter, notes


def _edited(prepared: Prepared, sender: Sender) -> tuple[tuple[Block, ...], list[Note]]:
    """Let the user put the text in their own words, and say which asks it no longer carries as they were."""
    from appealgen.characters import fault_in_text, folded
    from appealgen.errors import RefusedError
    from appealgen.letter import read_blocks, show_blocks
    from appealgen.selection import Note

    original = prepared.body(sender)
    text = click.edit(show_blocks(original) + "\n", require_save=False, extension=".txt") or ""
    if fault := fault_in_text(text.replace("\r\n", "\n")):
        raise RefusedError(f"the edited text {fault}: take it out")
    body = read_blocks(text)
    if not body:
        raise RefusedError("the edited text is empty: nothing is written")
    said = folded(text)
    words = prepared.case.words[prepared.language.id]
    missing = [words.asks[ask] for ask in prepared.asks if folded(words.asks[ask]) not in said]
    return body, [Note(f"the letter no longer asks, word for word: {ask}") for ask in missing]


def _rendered(
    letter: Letter, case: Case, to: Addressee, place: _Place, tone: str, *, wrap: int | None, attach: bool
) -> list[_Written]:
    """Return a letter as it is to be written; with an email draft, the signer's copy as a second file."""
    from appealgen.output import file_name, gloss_name
    from appealgen.rendering import render, render_gloss

    language = letter.language.partition("-")[0]
    name = file_name(case.id, to.name, language, place.form)
    attachment = file_name(case.id, to.name, language, "docx") if attach else None
    content = render(letter, place.form, wrap=wrap, attachment=attachment)
    description = {
        "case": case.id,
        "target": to.name,
        "tone": tone,
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


def _write(letters: list[_Written], notes: list[str], *, force: bool, as_json: bool, quiet: bool) -> None:
    from appealgen.errors import OutputError
    from appealgen.output import File, write

    write([File(letter.path, letter.content) for letter in letters if letter.path], force=force)
    options.say_notes(notes, quiet=quiet or as_json)
    if as_json:
        files = [{"path": str(letter.path), **letter.description} for letter in letters]
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
