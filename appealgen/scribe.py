"""Writes the letters of rows: what is the same for many is prepared once, the rest is done for each."""

from __future__ import annotations

import hashlib
import re
from dataclasses import InitVar, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from appealgen import selection
from appealgen.catalogue import _
from appealgen.errors import AppealgenError, InputError, NoEmbassyError, Problem, UsageError
from appealgen.fitting import Fitted, trim, window_notes
from appealgen.journal import KitNote
from appealgen.library import Library
from appealgen.model import FULL, Signer
from appealgen.output import file_name, safe_name
from appealgen.rendering import THREADED, extent, fault, render
from appealgen.senders import Sender, sender_of
from appealgen.templates import compile_line

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from pathlib import Path

    from appealgen.compose import Prepared
    from appealgen.letter import Letter
    from appealgen.model import Case
    from appealgen.paper import Window
    from appealgen.signers.rows import Reading, Row

_SOMEBODY = Sender(name="Somebody", lines=("Street", "Postcode and town", "COUNTRY"))
# Rows that mix targets, countries and tones in more ways than this are looked up one by one.
_REMEMBERED = 10_000
PERSONAL = ("name", "first_name", "last_name", "town", "country")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a batch, the same for all rows; it can be handed to another process."""

    group: Path | None
    case: str
    targets: tuple[str, ...]
    tone: str
    language: str | None
    form: str
    date: datetime.date
    wrap: int | None = None
    attach: bool = False
    file_name: str | None = None
    gloss: str | None = None
    window: Window | None = None
    fit: bool = False

    @property
    def needs_fresh_processes(self) -> bool:
        """Whether other processes cannot be copies of this one."""
        return self.form in THREADED


@dataclass(frozen=True, slots=True, eq=False)
class Kit:
    """What letters to one addressee in one language and tone share, and a digest of all that goes into them.

    *country* is that of who signs; *notes* say what may be wrong with how they stand on their paper.
    """

    to: selection.Addressee
    prepared: Prepared
    digest: str
    country: str | None = None
    notes: tuple[selection.Note, ...] = ()

    @property
    def note(self) -> KitNote:
        """What a journal notes of it."""
        prepared, to = self.prepared, self.to
        return KitNote(self.digest, to.target.id, to.name, prepared.language.id, prepared.tone, **prepared.digests())


@dataclass(slots=True)
class Piece:
    """One letter to be: its number in the run, its row, what it is written with."""

    n: int
    row: Row
    signer: Signer
    kit: Kit
    sender: Sender
    file: str = ""
    personal: bool = False
    shortened: bool = False
    over: bool = False


@dataclass
class Scribe:
    """Holds what an order needs: case, kits, the pattern of file names."""

    order: Order
    reading: Reading
    #: The library of the order's group where it is open already, with what was read from it.
    opened: InitVar[Library | None] = None
    library: Library = field(init=False)
    case: Case = field(init=False)

    def __post_init__(self, opened: Library | None) -> None:
        self.library = opened or Library(self.order.group)
        self.case = self.library.case(self.order.case)
        self._kits: dict[tuple[str, str | None, str, str], Kit | AppealgenError] = {}
        self._languages: dict[str | None, str] = {}
        self._kits_of_rows: dict[tuple[Any, ...], tuple[Kit | NoEmbassyError, ...] | tuple[str, ...]] = {}
        pattern = self.order.file_name
        self._file_name = compile_line(pattern, "--file-name", (*PERSONAL, "number", *_IDS)) if pattern else None
        self.personal = bool(self._file_name and self._file_name.names.intersection(PERSONAL))
        self.subfolders = False

    def kits(self, row: Row) -> tuple[Kit | NoEmbassyError, ...]:
        """Return what the letters of *row* are written with, for each target in turn; a missing embassy has none.

        Raises:
            InputError: with everything that forbids them.
        """
        key = (row.targets, row.country, row.language, row.tone)
        found = self._kits_of_rows.get(key)
        if found is None:
            problems: list[str] = []
            kits: list[Kit | NoEmbassyError] = []
            for target in row.targets or self.order.targets:
                try:
                    kits.append(self.kit(target, row.country, row.language, row.tone or self.order.tone))
                except NoEmbassyError as error:
                    kits.append(error)
                except AppealgenError as error:
                    problems.append(str(error))
            found = tuple(problems) if problems else tuple(kits)
            if len(self._kits_of_rows) < _REMEMBERED:
                self._kits_of_rows[key] = found
        if isinstance(found[0], str):
            raise InputError([Problem("", str(text), line=row.line) for text in dict.fromkeys(found)])
        return found

    def look(self, row: Row) -> tuple[Kit | NoEmbassyError, ...]:
        """Find out whether the letters of *row* can be written, without writing them.

        Raises:
            InputError: with everything that forbids them.
        """
        kits = self.kits(row)
        text = self.reading.brought(row)
        if row.privacy != FULL or any(isinstance(kit, Kit) and kit.prepared.forbids(text) for kit in kits):
            self.pieces(row, 0)
        self.see_fonts(row)
        return kits

    def see_fonts(self, row: Row) -> None:
        """See that the format has every character that *row* brings.

        Raises:
            InputError: if it has not.
        """
        if what := fault((self.reading.brought(row),), self.order.form):
            raise InputError([Problem("", what, line=row.line)])

    def kit(self, target: str, country: str | None, spoken: str | None, tone: str) -> Kit:
        """Return what letters to *target* are written with, of signers in *country* who speak *spoken*.

        Raises:
            AppealgenError: whatever forbids them.
        """
        language = self._language(spoken)
        key = (target, country, language, tone)
        found = self._kits.get(key)
        if found is None:
            try:
                found = self._make(target, country, language, tone)
            except AppealgenError as error:
                found = error
            self._kits[key] = found
        if isinstance(found, AppealgenError):
            raise found
        return found

    def _language(self, spoken: str | None) -> str:
        if spoken not in self._languages:
            signer = Signer(name=None, language=spoken)
            self._languages[spoken] = selection.language_for(self.library, self.case, self.order.language, signer)
        return self._languages[spoken]

    def _make(self, target: str, country: str | None, language: str, tone: str) -> Kit:
        selection.tone_for(self.library, language, tone)
        to = selection.addressee(self.library, self.case, target, country)
        prepared = selection.prepared(self.library, self.case, to, language, tone, gloss=self.order.gloss)
        text, _source = self.library.template(language, tone)
        order = self.order
        if what := fault(_printed(prepared, order.date), order.form):
            raise InputError([Problem(order.form, what)])
        makes: tuple[Any, ...] = (
            prepared.ingredients(), text, order.form, order.wrap, order.attach, order.date.isoformat()
        )  # fmt: skip
        notes: list[selection.Note] = []
        if order.window is not None:
            makes = (*makes, order.window)
            letter = prepared.letter(Sender(country=country), order.date, window=order.window)
            notes = window_notes(letter, to.name)
        if order.fit:
            makes = (*makes, "fit")
        return Kit(to, prepared, hashlib.sha256(repr(makes).encode()).hexdigest()[:16], country, tuple(notes))

    def pieces(self, row: Row, n: int, *, checked: bool = False) -> list[Piece]:
        """Return the letters of *row*, which has a signer; that to its first target is number *n* of the run.

        A letter to an embassy that is missing keeps its number, so that it can be written later. What a row that is
        *checked* brings into a letter is not looked at again before it is composed.

        Raises:
            InputError: with everything that forbids them, at the row's line.
        """
        signer = self.reading.signer(row)
        problems: list[str] = []
        pieces: list[Piece] = []
        try:
            sender = sender_of(signer)
        except InputError as error:
            raise InputError([replace(problem, line=row.line) for problem in error.problems]) from None
        for number, kit in enumerate(self.kits(row)):
            if isinstance(kit, NoEmbassyError):
                continue
            try:
                if not checked:
                    kit.prepared.refuse(sender)
            except AppealgenError as error:
                problems.append(str(error))
            else:
                pieces.append(Piece(n + number, row, signer, kit, sender))
        if problems:
            raise InputError([Problem("", text, line=row.line) for text in dict.fromkeys(problems)])
        for piece in pieces:
            self._name(piece)
        return pieces

    def _name(self, piece: Piece) -> None:
        order, row = self.order, piece.row
        language = piece.kit.prepared.language.id
        if self._file_name is None:
            name = f"{row.number:06}-{file_name(order.case, piece.kit.to.name, language, order.form)}"
        else:
            signer = piece.signer
            first, _space, last = (signer.name or "").rpartition(" ")
            values = {
                "number": f"{row.number:06}", "name": signer.name or "", "first_name": first, "last_name": last,
                "town": piece.sender.town or "", "country": signer.country or "", "case": order.case,
                "target": piece.kit.to.name, "language": language, "tone": piece.kit.prepared.tone,
            }  # fmt: skip
            name = safe_name(self._file_name.render(values), order.form)
        if self.subfolders:
            name = f"{(row.number - 1) // 1000:04}/{name}"
        piece.file = name

    def typical(self, kit: Kit) -> tuple[Fitted, Prepared]:
        """Return what a letter of *kit* takes whose signer has three lines of address and no words of their own."""
        letter = kit.prepared.letter(_SOMEBODY, self.order.date, window=self.order.window)
        return Fitted(letter, extent(letter, self.order.form)), kit.prepared

    def letter(self, piece: Piece) -> Letter:
        """Compose the letter *piece*, on one page where that is asked for and can be."""
        order = self.order
        if not order.fit:
            return piece.kit.prepared.letter(piece.sender, order.date, window=order.window)
        letter, dropped, pages = trim(piece.kit.prepared, piece.sender, order.date, order.form, window=order.window)
        piece.shortened, piece.over = bool(dropped), pages > 1
        return letter

    def content(self, piece: Piece) -> bytes:
        """Write the letter *piece*: the same bytes as `appealgen write` gives for this signer."""
        order = self.order
        letter = self.letter(piece)
        attachment = None
        if order.attach:
            language = piece.kit.prepared.language.id
            attachment = file_name(order.case, piece.kit.to.name, language, "docx")
        return render(letter, order.form, wrap=order.wrap, attachment=attachment)


_IDS = ("case", "target", "language", "tone")


def _printed(prepared: Prepared, date: datetime.date) -> Iterator[str]:
    """Yield what stands in every letter, whoever signs it."""
    letter = prepared.letter(Sender(), date)
    yield from (text for _part, text in letter.texts())
    yield from (pair.original for pair in letter.gloss.pairs) if letter.gloss else ()


def row_digest(row: Row) -> str:
    """Return a digest of what stands in a row."""
    return hashlib.sha256("\x1f".join(row.cells).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def check_pattern(pattern: str) -> None:
    """Check ``--file-name``.

    Raises:
        UsageError: if it is no template, or gives every letter the same name.
    """
    try:
        found = compile_line(pattern, "--file-name", (*PERSONAL, "number", *_IDS))
    except InputError as error:
        raise UsageError(str(error)) from error
    if not found.names & {"number", *PERSONAL}:
        raise UsageError(_("--file-name: every letter would have the same name: use {{ number }}"))
    if re.search(r"[\\/]", re.sub(r"\{\{.*?\}\}", "", pattern)):
        raise UsageError(_("--file-name: a name has no folders: take the / out"))
