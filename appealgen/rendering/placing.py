"""Blocks of text at their places on sheets that are no letters: envelopes, and sheets of labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appealgen.paper import Box


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text in one *language* (a tag); *about* says in messages whose they are."""

    lines: tuple[str, ...]
    language: str
    about: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A block within *box*: in the first of *sizes* (points of type and of a line) that it fits with.

    It begins at the top of the box, or stands in its *middle*.
    """

    block: Block
    box: Box
    sizes: tuple[tuple[float, float], ...]
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sheets of one size in millimetres, each with what stands on it; *outlines* are drawn on every one.

    *title* and *language* (a tag) are the document's; *place* says in messages where a text does not fit.
    """

    title: str
    language: str
    width: float
    height: float
    place: str
    pages: tuple[tuple[Placed, ...], ...]
    outlines: tuple[Box, ...] = ()
