"""Names that a letter must not carry, found whole and in any spelling, in one look at a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from appealgen.characters import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appealgen.model import ForbiddenName


class Forbidden:
    """The *names* that are not to be named, by spelling."""

    def __init__(self, names: Mapping[str, ForbiddenName]) -> None:
        self._names = {folded(spelling): (spelling, name) for spelling, name in names.items()}
        self._pattern = re.compile(f" ({_one_of(self._names)})(?= )") if self._names else None

    def is_in(self, text: str) -> bool:
        """Tell whether *text* holds any of the names."""
        return self._pattern is not None and self._pattern.search(f" {folded(text)} ") is not None

    def found_in(self, text: str) -> Iterator[tuple[str, ForbiddenName]]:
        """Yield each spelling that stands in *text* as words of its own, and the name it is of."""
        if self._pattern is not None:
            for found in self._pattern.findall(f" {folded(text)} "):
                yield self._names[found]


def _one_of(texts: Mapping[str, Any]) -> str:
    """Return a pattern for any of *texts* that shares their beginnings, so that a text is looked at once."""
    tree: dict[str, Any] = {}
    for text in texts:
        branch = tree
        for character in text:
            branch = branch.setdefault(character, {})
        branch[""] = {}
    return _branches(tree)


def _branches(tree: dict[str, Any]) -> str:
    # The longer name first: "amnesty international" before "amnesty".
    choices = [re.escape(character) + _branches(rest) for character, rest in tree.items() if character]
    if "" in tree:
        choices.append("")
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
