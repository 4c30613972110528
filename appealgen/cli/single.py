"""One letter for each target, composed from a command line: the path that `write` and `preview` share."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from appealgen.catalogue import _
from appealgen.cli import options
from appealgen.cli.given import check_file, checked_signer, known_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from appealgen.compose import Prepared
    from appealgen.fitting import Fitted
    from appealgen.letter import Block, Letter
    from appealgen.library import Library
    from appealgen.model import Case, Signer
    from appealgen.paper import Window
    from appealgen.selection import Addressee, Note
    from appealgen.senders import Sender


@dataclass(frozen=True, slots=True)
class Request:
    """What a command line asks for, looked up; *notes* are about the whole of it."""

    library: Library
    case: Case
    targets: tuple[str, ...]
    tone: str
    language: str
    gloss: str | None
    day: datetime.date
    signer: Signer
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class Single:
    """One letter, whom it goes to, what to mind of it alone; *fitted* where the room was looked at that it takes."""

    to: Addressee
    letter: Letter
    notes: list[Note]
    fitted: Fitted | None = None


def read_request(
    *,
    case: str,
    targets: tuple[str, ...],
    tone: str,
    language: str | None,
    gloss: str | None,
    date: datetime.date | None,
    allow_closed: bool,
    group: Path | None,
    unsigned: bool = False,
    **signing: Any,
) -> Request:
    """Look up what a command line asks for; *unsigned* leaves the group's signer aside.

    Raises:
        AppealgenError: if it is not there, or the case is closed.
        click.UsageError: if options are against each other.
    """
    library = options.open_library(group)
    signer, notes = read_signer(library, unsigned=unsigned, **signing)
    return look_up(
        library, signer, notes, case=case, targets=targets, tone=tone, language=language, gloss=gloss, date=date,
        allow_closed=allow_closed,
    )  # fmt: skip


def look_up(
    library: Library,
    signer: Signer,
    notes: list[Note],
    *,
    case: str,
    targets: tuple[str, ...],
    tone: str,
    language: str | None,
    gloss: str | None,
    date: datetime.date | None,
    allow_closed: bool,
) -> Request:
    """Look up what *signer* is to write; *notes* are what there is to say so far.

    Raises:
        AppealgenError: if it is not there, or the case is closed.
        click.UsageError: if options are against each other.
    """
    from appealgen import selection

    found = library.case(library.case_id(case))
    day = date or datetime.date.today()
    if not allow_closed:
        selection.refuse_closed(found, day)
    chosen = selection.language_for(library, found, language, signer)
    selection.tone_for(library, chosen, tone)
    gloss = selection.gloss_for(library, found, gloss)
    if gloss == chosen and not options.is_said("gloss"):
        gloss = None
    if gloss is not None and gloss == chosen:
        raise click.UsageError(
            _("--gloss: the letter itself is in {language}: name the signer's language", language=chosen)
        )
    notes += selection.case_notes(found, day)
    notes += selection.quoted_notes(found, chosen)
    names = selection.named_targets(found, targets)
    if "all" in targets:
        names = _reachable(library, found, names, signer, notes)
    return Request(library, found, names, tone, chosen, gloss, day, signer, notes)


def _reachable(
    library: Library, case: Case, names: tuple[str, ...], signer: Signer, notes: list[Note]
) -> tuple[str, ...]:
    """Return the *names* without an embassy that is not in the address book, if others are left; add it to *notes*."""
    from appealgen import selection
    from appealgen.errors import NoEmbassyError

    missing = {}
    for name in names:
        try:
            selection.addressee(library, case, name, signer.country)
        except NoEmbassyError as error:
            missing[name] = selection.Note(str(error))
    if len(missing) == len(names):
        return names
    notes += missing.values()
    return tuple(name for name in names if name not in missing)


def compose_each(
    request: Request,
    form: str,
    *,
    edit: bool = False,
    fit: bool = False,
    paged: bool = False,
    window: Window | None = None,
) -> Iterator[Single]:
    """Compose the letter for each target.

    Args:
        request: what is asked for.
        form: the format whose pages count.
        edit: open each in the editor first.
        fit: leave facts out until it fits one page.
        paged: say where it does not.
        window: the address stands where it shows it.
    """
    from appealgen import fitting, rendering, selection
    from appealgen.model import FULL
    from appealgen.senders import sender_of

    library, signer, day = request.library, request.signer, request.day
    for to in [selection.addressee(library, request.case, name, signer.country) for name in request.targets]:
        prepared = selection.prepared(library, request.case, to, request.language, request.tone, gloss=request.gloss)
        sender = sender_of(signer)
        body, more = _edited(prepared, sender) if edit else (None, [])
        found: fitting.Fitted | None = None
        if fit:
            found = fitting.fit(prepared, sender, day, form, window=window)
            letter = found.letter
            more += fitting.fitted_notes(found, prepared, to.name)
        else:
            letter = prepared.letter(sender, day, body=body, window=window)
            if paged:
                found = fitting.Fitted(letter, rendering.extent(letter, form))
                more += fitting.long_notes(found, prepared, to.name, can_drop=not edit)
        notes = selection.privacy_notes(library, to) if signer.privacy != FULL else []
        notes += fitting.window_notes(letter, to.name)
        yield Single(to, letter, notes + more, found)


def notes_of(request: Request, letters: Sequence[Single], *, gloss: bool = True) -> list[Note]:
    """Return what to mind of *letters*: of the whole, of each, and of where they go.

    *gloss* tells whether the command at hand can give a translation.
    """
    from appealgen import selection
    from appealgen.notices import letter_notes

    pairs = [(one.to, request.language) for one in letters]
    copy = selection.copy_language(request.library, request.case) if gloss and request.gloss is None else ""
    return [
        *request.notes,
        *(note for one in letters for note in one.notes),
        *letter_notes(request.library, pairs, gloss=copy),
    ]


def read_signer(
    library: Library,
    *,
    unsigned: bool,
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
    from appealgen.model import FULL, Signer
    from appealgen.schema import paragraphs
    from appealgen.selection import Note

    if signer_file and name:
        raise click.UsageError(_("--signer and --name both say who signs: leave one of them out"))
    if message is not None and message_file is not None:
        raise click.UsageError(_("--message and --message-file both give a text: leave one of them out"))
    if signer_file:
        check_file(signer_file, "--signer")
    notes: list[Note] = []
    known = load_signer(signer_file, shown(signer_file)) if signer_file else None if unsigned else library.signer()
    if name is not None:
        # Somebody else than the group's signer: of that file only the group's own address is theirs as well.
        base = Signer(
            name=name,
            group=known.group if known else (),
            group_country=known.group_country if known else None,
            privacy=known.privacy if known else FULL,
        )
    elif known is not None:
        base = known
        if known.name is None and (address or email):
            raise click.UsageError(_("--name: say who signs at this address"))
        if not signer_file and known.name is not None:
            notes.append(Note(_("signed by {name}, from signer.yaml", name=known.name)))
    else:
        base = Signer(name=None)
        if address or email:
            raise click.UsageError(_("--name: say who signs at this address"))
    text = read_message(message_file) if message_file is not None else message
    options_given: dict[str, Any] = {
        "address": address or base.address,
        "email": email or base.email,
        "country": country or base.country,
        "language": known_language(signer_language) if signer_language else base.language,
        "message": paragraphs(text.replace("\r\n", "\n")) if text is not None else base.message,
        "privacy": base.privacy | {privacy} if privacy else base.privacy,
    }
    if privacy not in (None, "full") and base.name is None:
        raise click.UsageError(
            _(
                "--privacy: nobody is named as signer, so there is nothing to hide: "
                "give --name, or sign by hand and fill in only what you want to show"
            )
        )
    signer = checked_signer(dataclasses.replace(base, **options_given), country)
    return dataclasses.replace(signer, privacy=signer.privacy - FULL or FULL), notes


def read_message(path: Path) -> str:
    """Return the text of a file of the signer's own paragraphs, or of standard input.

    Raises:
        click.UsageError: if there is no such file.
        InputError: if it cannot be read.
    """
    from appealgen.errors import InputError, Problem

    if str(path) == "-" and sys.stdin is None:
        raise click.BadParameter(_("standard input is closed"), param_hint="--message-file")
    if str(path) != "-":
        check_file(path, "--message-file")
    try:
        with click.open_file(str(path), encoding="utf-8-sig") as file:
            text: str = file.read()
            return text
    except UnicodeDecodeError as error:
        raise InputError([Problem(str(path), _("is not UTF-8"), _("save it as UTF-8"))]) from error
    except OSError as error:
        raise InputError([Problem(str(path), _("cannot be read ({reason})", reason=error.strerror))]) from error


def _edited(prepared: Prepared, sender: Sender) -> tuple[tuple[Block, ...], list[Note]]:
    """Let the user put the text in their own words, and say which asks it no longer carries as they were."""
    from appealgen.characters import fault_in_text, folded
    from appealgen.errors import RefusedError
    from appealgen.letter import read_blocks, show_blocks
    from appealgen.selection import Note

    original = prepared.body(sender)
    text = click.edit(show_blocks(original) + "\n", require_save=False, extension=".txt") or ""
    if fault := fault_in_text(text.replace("\r\n", "\n")):
        raise RefusedError(_("the edited text: {fault}: take it out", fault=fault))
    body = read_blocks(text)
    if not body:
        raise RefusedError(_("the edited text is empty: nothing is written"))
    said = folded(text)
    words = prepared.case.words[prepared.language.id]
    missing = [words.asks[ask] for ask in prepared.asks if folded(words.asks[ask]) not in said]
    return body, [Note(_("the letter no longer asks, word for word: {ask}", ask=ask)) for ask in missing]
