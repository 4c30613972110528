"""The sheet from which a letter is copied by hand: the address, and the letter with the person's name underlined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appealgen.letter import Bullets
from appealgen.rendering.sheets import Line, Run, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appealgen.letter import Letter


def copy_sheet(letter: Letter, names: Iterable[str]) -> Sheet:
    """Return the sheet of *letter*, in which *names* are underlined wherever one stands as whole words."""
    pattern = _whole(names)
    texts = [(letter.salutation, False)]
    for block in letter.body:
        if isinstance(block, Bullets):
            texts += [(item, True) for item in block.items]
        else:
            texts.append((block.text, False))
    texts.append((letter.close, False))
    return Sheet(
        language=letter.language,
        direction=letter.direction,
        page=letter.page,
        title=letter.subject,
        address=letter.inside_address,
        lines=tuple(Line(_runs(text, pattern), bullet) for text, bullet in texts),
        labels=(letter.labels.name, letter.labels.address),
    )


def _whole(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds *names* as whole words, the longest first, whatever spaces stand in them."""
    choice = sorted(set(names), key=lambda name: (-len(name), name))
    forms = [r"\s+".join(map(re.escape, name.split())) for name in choice]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)") if forms else None


def _runs(text: str, pattern: re.Pattern[str] | None) -> tuple[Run, ...]:
    if pattern is None:
        return (Run(text),)
    runs, at = [], 0
    for found in pattern.finditer(text):
        runs += [Run(text[at : found.start()]), Run(found[0], underlined=True)]
        at = found.end()
    return tuple(run for run in (*runs, Run(text[at:])) if run.text)
