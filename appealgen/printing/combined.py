"""All letters of a table in one file, for one evening at one printer."""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from appealgen import catalogue
from appealgen.batch import Tally, incomplete, pieces
from appealgen.catalogue import N_, _
from appealgen.errors import RefusedError
from appealgen.journal import journal_of, marks_of, of_print
from appealgen.output import File, open_whole
from appealgen.rendering import render_many
from appealgen.rendering.leaf import Leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from appealgen.batch import Part, Survey
    from appealgen.scribe import Piece, Scribe

#: Letters that one PDF holds, half as many with a copy each: typst keeps the whole document in memory, 0.8 MiB a page.
MOST_IN_A_PDF = 2_000
# So many rows are read, then composed, then written: changing over for each takes a third longer, as the code of one
# step pushes that of the others out of the processor's cache.
_AT_ONCE = 50

_One = TypeVar("_One")


def write_print(
    path: Path,
    scribe: Scribe,
    part: Part,
    survey: Survey,
    *,
    sort: str,
    duplex: bool,
    force: bool,
    progress: Callable[[int], None],
    run: dict[str, Any],
) -> Tally:
    """Write the letters of all rows that are wanted and good to one file, with its journal, and return what was done.

    Args:
        path: the file, which is written whole or not at all.
        scribe: what is asked for; its order says the format.
        part: which rows.
        survey: what was found when all rows were checked.
        sort: ``as-given``, or ``target`` for all letters to one target after the other.
        duplex: whether each letter begins on an odd page.
        force: whether another file may be replaced.
        progress: hears how many letters are done; what it raises stops the print, and nothing is written.
        run: what the journal says of the whole.

    Raises:
        RefusedError: if no letter can be written, or more than one file can hold, or another file is in the way,
            or the letters that were printed to it are noted as sent.
        InputError: if no font has a character of a PDF.
        OutputError: if the file cannot be written.
    """
    check_size(scribe, survey)
    if not survey.letters:
        raise RefusedError(_("{path}: is not written: no letter can be", path=path))
    kits: list[str] = []

    def journal(file: BinaryIO) -> File:
        file.seek(0)
        notes = {kit.digest: kit.note for kit in survey.kits}.values()
        content = of_print(run, notes, kits, hashlib.file_digest(file, "sha256").hexdigest())  # type: ignore[arg-type]
        return _journal_file(path, content)

    with open_whole(path, force=force, option="--combine", beside=journal) as file:
        tally = Tally()
        leaves = _told(_in_turns(_leaves(scribe, part, survey, sort, tally, kits)), progress)
        tally.written = render_many(leaves, scribe.order.form, file, duplex=duplex)
        if missing := survey.letters - tally.written:
            raise incomplete(str(path), missing)
        progress(tally.written)  # last before the file takes its place
        return tally


def _journal_file(path: Path, content: bytes) -> File:
    """Return the journal that goes with the print at *path*.

    Raises:
        RefusedError: if marks stand there that are of other letters: they would count as sent.
    """
    journal = journal_of(path)
    marks = marks_of(journal)
    if marks.exists() and not (journal.is_file() and journal.read_bytes() == content):
        raise RefusedError(
            _(
                "{path}: what was printed here before is noted as sent or answered in {marks}: "
                "use another file, or `purge` this one",
                path=path,
                marks=marks,
            )
        )
    return File(journal, content)


def check_size(scribe: Scribe, survey: Survey) -> None:
    """Refuse a print that its format cannot hold.

    Raises:
        RefusedError: if there are too many letters for it.
    """
    most = MOST_IN_A_PDF // 2 if scribe.order.gloss else MOST_IN_A_PDF
    if scribe.order.form == "pdf" and survey.letters > most:
        message = (
            N_(
                "one PDF holds at most {most} letters with their copies, and these are {letters}: print in parts "
                "(--limit, or a table in parts), --combine to a .docx file, or one file per letter (--output)"
            )
            if scribe.order.gloss
            else N_(
                "one PDF holds at most {most} letters, and these are {letters}: print in parts "
                "(--limit, or a table in parts), --combine to a .docx file, or one file per letter (--output)"
            )
        )
        raise RefusedError(_(message, most=catalogue.number(most), letters=catalogue.number(survey.letters)))


def _told(leaves: Iterator[Leaf], progress: Callable[[int], None]) -> Iterator[Leaf]:
    done = 0
    for done, leaf in enumerate(leaves, 1):
        yield leaf
        if done % 100 == 0:
            progress(done)
    progress(done)


def _in_turns(ones: Iterator[_One]) -> Iterator[_One]:
    """Yield *ones*, some of which are made at once."""
    while made := list(itertools.islice(ones, _AT_ONCE)):
        yield from made


def _leaves(scribe: Scribe, part: Part, survey: Survey, sort: str, tally: Tally, kits: list[str]) -> Iterator[Leaf]:
    """Yield the letters in their order, count in *tally* those that were shortened, and note the *kits* of all.

    Sorted, the table is read once for each target rather than kept.
    """
    if sort != "target":
        for piece, mark in _in_turns(_pieces(scribe, part)):
            kits.append(piece.kit.digest)
            yield _leaf(scribe, piece, mark, tally)
        return
    found = (kit.to.name for kit in survey.kits)
    for target in dict.fromkeys((*scribe.order.targets, *found)):
        for piece, mark in _pieces(scribe, part):
            if piece.kit.to.name == target:
                kits.append(piece.kit.digest)
                yield _leaf(scribe, piece, mark, tally)


def _pieces(scribe: Scribe, part: Part) -> Iterator[tuple[Piece, str]]:
    """Yield each letter to be, with what marks it."""
    for together in pieces(scribe.reading, scribe, part):
        for piece in together:
            number = piece.row.number
            yield piece, f"{number}_{piece.n}" if len(together) > 1 else str(number)


def _leaf(scribe: Scribe, piece: Piece, mark: str, tally: Tally) -> Leaf:
    letter = scribe.letter(piece)
    tally.shortened += piece.shortened
    tally.over += piece.over
    who = f"{piece.row.number} · {piece.kit.to.name}"
    return Leaf(letter, f"{who} · {piece.sender.name}" if piece.sender.name else who, mark)
