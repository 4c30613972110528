"""A letter in one print of many, with what it is found by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from appealgen.letter import Letter


class Leaf(NamedTuple):
    """A *letter* of a print.

    *label* is its entry in the outline, such as ``12 · prosecutor · Ana Example``; it stands on no page. *mark* is its
    number, with another after a line where a signer writes several, and is unique in the print.
    """

    letter: Letter
    label: str
    mark: str
