"""Who was in the table before: the same person twice, or nearly the same name, at 16 bytes a person."""

from __future__ import annotations

import re
from array import array

from appealgen.characters import folded

_VOWELS = str.maketrans("", "", "aeiouywhаеиоуыэюяйьъіїєґəɑ")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_FREE = 0
_SHORT = 3
_BITS = (1 << 64) - 1


def skeleton(name: str) -> str:
    """Return what near spellings of a name have in common: its consonants, in whatever order its words stand.

    *name* is folded. ``Samad Rahimli`` and ``Samed Rahimli`` have the same skeleton, as have ``Mustafayev`` and
    ``Mustafaev``; so have some names that are not the same at all, which is why nobody is ever merged.
    """
    bones = name.translate(_VOWELS)
    if _DOUBLED.search(bones):
        bones = _DOUBLED.sub(r"\1", bones)
    words = bones.split()
    if len(words) <= name.count(" "):  # a word of vowels alone stands for itself
        words += [word for word in name.split() if not word.translate(_VOWELS)]
    words.sort()
    return " ".join(words)


class Seen:
    """Remembers the line on which each name and place came first."""

    def __init__(self) -> None:
        self._make(1 << 12)
        self._count = 0

    def _make(self, size: int) -> None:
        self._mask = size - 1
        self._near = array("Q", bytes(8 * size))
        self._exact = array("I", bytes(4 * size))
        self._lines = array("I", bytes(4 * size))

    def look(self, name: str, place: str, line: int) -> tuple[int, bool] | None:
        """Return the line of a person of the same or nearly the same *name* at *place*, and whether it is the same.

        Names of three letters or fewer are the same or not near at all.
        """
        fold = folded(name)
        # Of so few letters most names are near others.
        bones = fold if len(fold.replace(" ", "")) <= _SHORT else skeleton(fold)
        near = hash((bones, place)) & _BITS or 1
        exact = hash(fold) & 0xFFFFFFFF
        slot = near & self._mask
        while (there := self._near[slot]) != _FREE:
            if there == near:
                return self._lines[slot], self._exact[slot] == exact
            slot = (slot + 1) & self._mask
        self._near[slot], self._exact[slot], self._lines[slot] = near, exact, line
        self._count += 1
        if self._count * 5 > self._mask * 3:
            self._grow()
        return None

    def _grow(self) -> None:
        near, exact, lines = self._near, self._exact, self._lines
        self._make((self._mask + 1) * 2)
        for old, key in enumerate(near):
            if key != _FREE:
                slot = key & self._mask
                while self._near[slot] != _FREE:
                    slot = (slot + 1) & self._mask
                self._near[slot], self._exact[slot], self._lines[slot] = key, exact[old], lines[old]
