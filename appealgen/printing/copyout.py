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
    pattern = _whole(_known(letter, names))
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


def _known(letter: Letter, names: Iterable[str]) -> set[str]:
    """Return *names* without prepositions before them, and as *letter* says them with a name more in their midst.

    That is a patronymic, or a second first name: ``Server Rustemovich Mustafayev``.
    """
    known = {" ".join(name.split()) for name in names}
    known -= {name for name in known for other in known if _is_with_preposition(name, other)}
    text = "\n".join(text for role, text in letter.texts() if role in ("salutation", "body", "close"))
    longer = set()
    for name in known:
        first, *_others = name.split()
        last = name.removeprefix(first).strip()
        if last:
            pattern = rf"(?<!\w){re.escape(first)}\s+([^\W\d_][\w’'-]+)\s+{re.escape(last)}(?!\w)"
            # A small letter begins no name: Ana and Example are two people.
            longer |= {" ".join(found[0].split()) for found in re.finditer(pattern, text) if not found[1][0].islower()}
    return known | longer


def _is_with_preposition(name: str, other: str) -> bool:
    """Tell whether *name* is *other* after a small word: ``de Server Mustafaïev``."""
    before = name.removesuffix(other)
    return before != name and bool(re.fullmatch(r"[^\W\d_]+(?:\s+|[’'])", before)) and before[0].islower()


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
