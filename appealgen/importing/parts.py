"""Parts of an appeal: the stretches of its lines that stand under one heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen.importing.text import Line, heading

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Parts that end with the paragraph in which they stand.
SHORT = frozenset({"languages", "deadline", "persons", "links"})


@dataclass
class Part:
    """A stretch of the document under one heading."""

    kind: str
    lines: list[Line]


def cut(lines: list[Line]) -> list[Part]:
    """Cut the document at its headings."""
    parts = [Part("start", [])]
    before = "start"
    for line in lines:
        found = heading(line.text)
        if found:
            kind, rest = found
            if parts[-1].kind not in SHORT:
                before = parts[-1].kind
            parts.append(Part(kind, [Line(rest, line.number)] if rest else []))
            if kind == "deadline" and re.search(
                r"(?:\bto|\ban|[àa]|\ba|по адресу|кому)\s*:?\s*$", line.text, re.IGNORECASE
            ):
                parts.append(Part("targets", []))
        elif not line.text and parts[-1].kind in SHORT and any(old.text for old in parts[-1].lines):
            parts.append(Part(before, [line]))
        else:
            parts[-1].lines.append(line)
    return parts


def lines_of(parts: Iterable[Part], *kinds: str) -> list[Line]:
    """Return the lines of those of *parts* that are of one of *kinds*."""
    return [line for part in parts if part.kind in kinds for line in part.lines]
