"""``appealgen joint``."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appealgen.catalogue import _, _n
from appealgen.cli import options
from appealgen.cli.files import Written, check_place, checked_gloss, read_place, rendered, write_letters
from appealgen.cli.given import check_encoding, check_file, checked_signer
from appealgen.cli.rows import mapped_fields
from appealgen.cli.single import Single, look_up, read_message
from appealgen.cli.telling import column_notes
from appealgen.errors import RefusedError
from appealgen.rendering import FORMATS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from appealgen.compose import Prepared
    from appealgen.library import Library
    from appealgen.model import Signatory, Signer
    from appealgen.selection import Addressee, Note
    from appealgen.signers.signatories import Roll

# More of them are counted, not shown: who minds the first may look for the others.
_SHOWN = 20


@click.command("joint", short_help="Write one letter that many sign, with their names.")
@options.what_options
@click.option(
    "--signatories",
    "signatories_file",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help='Who signs: a table, .csv or .xlsx, or a list with one a line, such as "Ana Example – Lawyer".',
)
@click.option(
    "--order",
    type=click.Choice(("as-given", "name")),
    default="as-given",
    show_default=True,
    help="Of the signatories: as they come, or by name, as the letter's language orders names.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: docx, or the suffix of --output]")
@click.option("--output", metavar="PATH", help="A folder, a file, or - for standard output. [default: here]")
@click.option("--force", is_flag=True, help="Replace another file of the same name.")
@click.option("--name", help="Who sends the letter and gets the answer. [default: `group:` of signer.yaml]")
@click.option("--address", "address", metavar="LINE", multiple=True, help="A line of the sender's address. Repeatable.")
@click.option("--email", help="The sender's email address.")
@click.option("--country", metavar="COUNTRY", help="The sender's country: a code or a name.")
@click.option("--message", metavar="TEXT", help="The signatories' own paragraph, which says we.")
@click.option(
    "--message-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File with the signatories' own paragraphs; - for standard input.",
)
@click.option("--encoding", metavar="NAME", help="Of the signatories' file, where it is not UTF-8, such as cp1252.")
@click.option(
    "--map",
    "mapped",
    metavar="HEADING=FIELD",
    multiple=True,
    help='Which field a column fills, such as --map "Your full name=name". Repeatable.',
)
@options.window_option
@options.how_options
@options.json_option
@options.group_option
@options.quiet_option
def command(
    form: str | None,
    output: str | None,
    signatories_file: Path,
    order: str,
    *,
    force: bool,
    window: str | None,
    date: datetime.date | None,
    wrap: int | None,
    attach: bool,
    encoding: str | None,
    mapped: tuple[str, ...],
    as_json: bool,
    group: Path | None,
    quiet: bool,
    name: str | None,
    address: tuple[str, ...],
    email: str | None,
    country: str | None,
    message: str | None,
    message_file: Path | None,
    **asked: Any,
) -> None:
    """Write one letter in the plural for each target, with the names of all who sign it.

    \b
    Examples:
      appealgen joint --case rustamov --target secretary-general --signatories signatories.csv --allow-closed
      appealgen joint --case mustafayev --target prosecutor --signatories names.txt --order name \\
          --name "Example Group" --address "1 Example Street" --address Exampletown --country GB
    """
    from appealgen import selection
    from appealgen.fitting import window_notes
    from appealgen.notices import draft_notes, letter_notes
    from appealgen.senders import sender_of

    place = read_place(output, form)
    check_place(place, asked["targets"], as_json=as_json, wrap=wrap, attach=attach)
    asked["gloss"] = checked_gloss(place, asked["gloss"], edit=False)
    library = options.open_library(group)
    signer = _sender(
        library, name=name, address=address, email=email, country=country, message=message, message_file=message_file
    )
    request = look_up(library, signer, [], date=date, **asked)
    if len(request.targets) > 1 and not place.folder:
        raise click.UsageError(_("--output: several letters do not go into one: name a folder, ending in /"))
    shown_in = options.find_window(library, window, place.form)
    roll = _roll(library, signatories_file, encoding, mapped)
    signatories, notes = _ordered(roll, order, library.language(request.language).locale)
    notes += request.notes
    sender = sender_of(signer)
    if sender.name is None:
        sender = dataclasses.replace(sender, can_be_answered=False)
    kits: list[tuple[Addressee, Prepared]] = []
    for to in [selection.addressee(library, request.case, name, signer.country) for name in request.targets]:
        prepared = selection.prepared(
            library, request.case, to, request.language, request.tone, plural=True, gloss=request.gloss
        )
        _refuse_forbidden(prepared, roll)
        kits.append((to, prepared))
    people = sum(not one.organisation for one in signatories)
    counts = {"people": people, "organisations": len(signatories) - people}
    letters: list[Written] = []
    for to, prepared in kits:
        letter = prepared.letter(sender, request.day, window=shown_in, signatories=signatories)
        notes += window_notes(letter, to.name)
        files = rendered(request, Single(to, letter, []), place, wrap=wrap, attach=attach)
        letters += [one._replace(description=one.description | counts) for one in files]
    copy = "" if request.gloss else selection.copy_language(library, request.case)
    notes += letter_notes(library, ((to, request.language) for to, _prepared in kits), gloss=copy)
    notes += draft_notes(to for to, _prepared in kits) if place.form == "eml" else []
    said = selection.listed(notes)
    if as_json:
        said = [*(doubt.plain for doubt in roll.doubts), *said]
    elif not quiet:
        _say_doubts(roll)
    write_letters(letters, said, force=force, as_json=as_json, quiet=quiet)


def _sender(
    library: Library,
    *,
    name: str | None,
    address: tuple[str, ...],
    email: str | None,
    country: str | None,
    message: str | None,
    message_file: Path | None,
) -> Signer:
    """Return who sends the letter: whom the options name, else the group of signer.yaml, else nobody."""
    from appealgen.model import Signer
    from appealgen.schema import paragraphs

    if message is not None and message_file is not None:
        raise click.UsageError(_("--message and --message-file both give a text: leave one of them out"))
    text = read_message(message_file) if message_file is not None else message
    own = paragraphs(text.replace("\r\n", "\n")) if text is not None else ()
    if name is not None:
        return checked_signer(Signer(name=name, address=address, email=email, country=country, message=own), country)
    known = library.signer()
    if known is not None and known.group:
        group, *lines = known.group
        sender = Signer(group, address or tuple(lines), None, email, country or known.country, message=own)
        return checked_signer(sender, country)
    if address or email:
        raise click.UsageError(_("--name: say who sends the letter from this address"))
    return checked_signer(Signer(name=None, country=country, message=own), country)


def _roll(library: Library, path: Path, encoding: str | None, mapped: Sequence[str]) -> Roll:
    from appealgen.library import shown
    from appealgen.signers.signatories import read_roll

    check_file(path, "--signatories")
    check_encoding(encoding)
    roll = read_roll(path, shown(path), library.column_names, encoding=encoding, mapped=mapped_fields(mapped))
    if len(roll.signatories) == 1 and not roll.signatories[0].organisation:
        raise RefusedError(_("{file}: one person alone signs: `appealgen write` writes their letter", file=roll.source))
    return roll


def _ordered(roll: Roll, order: str, locale: str) -> tuple[list[Signatory], list[Note]]:
    """Return the signatories in the *order* asked for, and what to say about it and about the table."""
    from appealgen import collation
    from appealgen.selection import Note

    notes = []
    if roll.left_out:
        left_out = _n(
            "{count} left out: they did not say yes to signing",
            "{count} left out: they did not say yes to signing",
            roll.left_out,
        )
        notes.append(Note(left_out))
    if roll.columns is not None:
        notes += [Note(text) for text in column_notes(roll.columns)]
    if order == "as-given":
        return roll.signatories, notes
    if roll.by_family:
        notes.append(Note(_("ordered by family name, which has a column of its own")))
    else:
        notes.append(Note(_("ordered by name as it is given, first word first")))
    keys = [(one.family or one.name, one.name) for one in roll.signatories]
    return [roll.signatories[place] for place in collation.order(keys, locale)], notes


def _refuse_forbidden(prepared: Prepared, roll: Roll) -> None:
    """Refuse what a name or a role brings in that letters to this country must not name, with its line."""
    from appealgen.errors import place_of

    prepared.refuse_texts((place_of(roll.source, one.line), f"{one.name} {one.role}") for one in roll.signatories)


def _say_doubts(roll: Roll) -> None:
    for doubt in roll.doubts[:_SHOWN]:
        click.echo(f"{_('warning:')} {doubt}", err=True)
    if len(roll.doubts) > _SHOWN:
        count = len(roll.doubts)
        click.echo(_n("{count} warning (--json has all)", "{count} warnings (--json has all)", count), err=True)
