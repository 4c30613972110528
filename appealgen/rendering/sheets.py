"""A sheet with a letter in large type, for people to copy by hand: schools and groups do so."""

from __future__ import annotations

from dataclasses import dataclass

#: Points, of the text and of its lines. Two pages hold every letter that ships.
SIZE_PT = 17
LINE_PT = 23
#: Between paragraphs, and between the address in its box and its rule.
GAP_PT = 9
INSET_PT = 6


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph, underlined or not."""

    text: str
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its runs, and whether it is an item of a list."""

    runs: tuple[Run, ...]
    bullet: bool = False

    @property
    def text(self) -> str:
        """The words of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter to copy: the *address* for the envelope, the *lines* to copy, and *labels* of lines to fill in.

    *language* is a tag such as ``en-GB``; *page* is ``A4`` or ``Letter``; *title* is for the file.
    """

    language: str
    direction: str
    page: str
    title: str
    address: tuple[str, ...]
    lines: tuple[Line, ...]
    labels: tuple[str, ...]
