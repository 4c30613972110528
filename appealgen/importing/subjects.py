"""Whom an appeal is about that does not say so: the names that stand most in its text."""

from __future__ import annotations

import re
from collections import Counter

from appealgen.importing.mentions import LITTLE, RUN, trimmed
from appealgen.importing.names import is_name
from appealgen.importing.people import Person
from appealgen.importing.places import country_of

_NO_NAME = re.compile(
    r"\b(?:Rights?|Rules|Covenant|Court|Action|International|Convention|Nations|Additional|Information|"
    r"Urgent|Dear|Yours|Prison|Article|Constitution|University|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Committee|"
    r"Code|PEN|Radio|Watch|Netzwerk|Red|Réseau|Monsieur|Madame)\b"
)


def most_named(prose: list[str], everything: list[str], officials: set[str], title: str) -> list[Person]:
    """Return who the text is about: the name that stands most in it, and in its beginning; and who is named with it."""
    counts: Counter[str] = Counter()
    runs = [run for text in everything for run in _runs(text)]
    for words in runs:
        for size in (2, 3, 4):
            counts.update({" ".join(words[at : at + size]) for at in range(len(words) - size + 1)})
    early = " ".join(prose[:3])
    able = [
        name
        for name in counts
        if name in early
        and name not in officials
        and is_name(name)
        and not _NO_NAME.search(name)
        and name.split()[-1].casefold() not in LITTLE
        and not country_of(name.split()[0])
        and not any(name in other for other in officials)
        and not _of_place(name, early)
        and len(re.findall(rf"\b(?:in|near|at|en|à|в|bei)\s+{re.escape(name)}", early)) * 2 <= early.count(name)
        and not re.match(r"[LlDd]['’]", name)
    ]
    if not able:
        return []
    last = Counter(word for text in everything for word in re.findall(r"[\w’'-]+", text))
    best = max(able, key=lambda name: (counts[name] * 2 + last[name.split()[-1]], len(name), -early.index(name)))
    if counts[best] < 2 and last[best.split()[-1]] < 2 and best.casefold() not in title.casefold():
        return []
    while longer := [name for name in able if name.startswith(f"{best} ") and counts[name] * 5 >= counts[best] * 2]:
        best = max(longer, key=lambda name: counts[name])
    names = [best]
    for match in re.finditer(rf"{re.escape(best)}(?:\s*\([^)]{{0,60}}\))?", early):
        rest = early[match.end() :]
        while more := re.match(rf"(?:,\s+|,?\s+(?:and|und|et|y|и)\s+)({RUN.pattern})", rest):
            other = " ".join(trimmed(more[1].split()))
            if not is_name(other) or counts[other] < 2 or other in officials:
                break
            names.append(other)
            rest = rest[more.end() :]
    if len(names) == 1:
        names = _together(best, able, everything, counts)
    return [Person(name) for name in dict.fromkeys(names)]


_LINK = (
    r"(?:\s*\([^)]{0,60}\))?(?:,\s+\d\d,)?,?\s+(?:and|und|et|y|e|и)\s+(?:(?:de|of|à|a|to|mit)\s+)?(?:(?:MM?|Mme|Ms|Mr|Mrs|Me|Dr|Sra?|"
    r"Herrn?|Frau|Sister|Father|Pastor|Schwester)\.?\s+)?(?:(?:the|die|der|la|le|el|l['’])\s*(?:[a-zà-ÿ]+\s+){1,2})?"
)


def _together(best: str, able: list[str], prose: list[str], counts: Counter[str]) -> list[str]:
    """Return *best* with the one who is named straight before or behind it by their full names: "X and the nurse Y"."""
    for text in prose:
        for match in re.finditer(re.escape(best), text):
            if more := re.match(rf"{_LINK}({RUN.pattern})", text[match.end() :]):
                other = " ".join(trimmed(more[1].split()))
                if is_name(other) and counts[other] > 1 and not _NO_NAME.search(other):
                    return [best, other]
            begun = text[max(0, match.start() - 140) : match.start()]
            if more := re.search(rf"({RUN.pattern}){_LINK}$", begun):
                other = " ".join(trimmed(more[1].split()))
                if is_name(other) and counts[other] > 1 and not _NO_NAME.search(other) and other in able:
                    return [other, best]
    return [best]


def _of_place(name: str, text: str) -> bool:
    """Tell whether *name* is that of a place, by the word behind it."""
    return re.search(
        rf"{re.escape(name)}\s+(?:lake|river|island|prison|province|district|village|town|camp|mountain|valley|airport|"
        r"street|dam|mine|forest|region|square|hotel)\b",
        text,
    ) is not None  # fmt: skip


def _runs(text: str) -> list[list[str]]:
    return [words for match in RUN.finditer(text) if len(words := trimmed(match[0].split())) > 1]
