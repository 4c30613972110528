"""PDF for printing and keeping: PDF/A-2a and PDF/UA-1, set by typst in this process, the same bytes each time.

The fonts come with the libraries, so a letter looks the same on every machine; fonts of the machine are looked at only
where those lack a character. typst runs threads of its own: a process that is forked after a letter was set must not
set another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from appealgen.catalogue import _
from appealgen.errors import InputError, UsageError

try:
    import typst  # noqa: F401  said here, before anything that needs it is loaded
except ModuleNotFoundError as error:
    raise UsageError(_("pdf: typst is not installed: pip install 'appealgen[pdf]'")) from error

from appealgen.rendering.pdf import missing
from appealgen.rendering.pdf.layout import laid_out
from appealgen.rendering.pdf.press import NO_DAY, MissingError, fault, press_having, typeset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from appealgen.letter import Letter
    from appealgen.rendering.leaf import Leaf
    from appealgen.rendering.pdf.press import Press

__all__ = ["count_pages", "data_of", "fault", "press_for", "render", "write_many"]


def render(letter: Letter) -> bytes:
    """Return *letter* as the bytes of a PDF.

    Raises:
        InputError: if no font has a character of it; it says where in the letter that stands.
    """
    global _last  # noqa: PLW0603  who counts the pages of a letter writes it next
    if _last is None or _last[0] is not letter:
        try:
            _last = letter, typeset(data_of(letter), "".join(_texts(letter)))
        except InputError as error:
            if not isinstance(error.__cause__, MissingError):
                raise
            raise InputError(missing.placed(letter.texts(), error.__cause__.texts) or error.problems) from None
    return _last[1]


_last: tuple[Letter, bytes] | None = None
# No text of a letter stands so in the file: what is not compressed is escaped.
_PAGE = re.compile(rb"^<<\s*/Type\s*/Page\b", re.MULTILINE)


def count_pages(letter: Letter) -> int | None:
    """Return how many pages *letter* takes, which has no translation with it; None if no font has all of it."""
    return len(_PAGE.findall(render(letter))) if press_for(letter) else None


def press_for(letter: Letter) -> Press | None:
    """Return a compiler whose fonts have all of *letter*, or None where there are none."""
    return press_having("".join(_texts(letter)))


def data_of(letter: Letter) -> dict[str, Any]:
    """Return what *letter* is set from."""
    return laid_out(letter, letter.day or NO_DAY)


def write_many(leaves: Iterable[Leaf], file: BinaryIO, *, duplex: bool = False) -> int:
    """Write *leaves*, of which there is at least one, to *file* as one PDF, and return how many they were.

    The first gives the title, the date and the language of the document. typst holds all of it in memory.

    Raises:
        InputError: if no font has a character of them.
    """
    letters = []
    characters: set[str] = set()
    for leaf in leaves:
        letter = leaf.letter
        letters.append({**laid_out(letter, letter.day or NO_DAY), "label": leaf.label, "duplex": duplex})
        characters.update(*_texts(letter))
    file.write(typeset({"letters": letters}, "".join(characters)))
    return len(letters)


def _texts(letter: Letter) -> Iterable[str]:
    yield from (text for _role, text in letter.texts())
    labels = letter.labels
    yield from (labels.copy_to, labels.enclosure, labels.name, labels.address, labels.signature, labels.subject)
    if letter.gloss is not None:
        yield letter.gloss.heading
        yield from (pair.original for pair in letter.gloss.pairs)
