"""Names of persons as they stand in a text: runs of words that can be one, and the forms that one takes."""

from __future__ import annotations

import re

from appealgen.importing.names import PARTICLE, WORD, without_honorific

RUN = re.compile(rf"{WORD}(?:[ ](?:{PARTICLE} ){{0,2}}{WORD}){{1,5}}")
LITTLE = frozenset(
    [
        "the",
        "on",
        "in",
        "at",
        "of",
        "a",
        "an",
        "for",
        "by",
        "since",
        "after",
        "when",
        "while",
        "if",
        "as",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "it",
        "this",
        "that",
        "these",
        "those",
        "according",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einer",
        "am",
        "im",
        "in",
        "vor",
        "nach",
        "seit",
        "als",
        "auch",
        "auf",
        "laut",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "en",
        "au",
        "aux",
        "ce",
        "cette",
        "ces",
        "selon",
        "depuis",
        "après",
        "el",
        "los",
        "las",
        "lo",
        "un",
        "una",
        "en",
        "al",
        "según",
        "desde",
        "tras",
        "por",
        "su",
        "sus",
        "no",
        "ni",
        "и",
        "в",
        "на",
        "с",
        "по",
        "от",
        "у",
        "к",
        "он",
        "она",
        "его",
        "её",
        "как",
        "после",
        "the",
        "mr",
        "mrs",
        "ms",
        "dr",
        "mm",
        "mme",
        "herr",
        "herrn",
        "frau",
        "sr",
        "sra",
    ]
)


def trimmed(words: list[str]) -> list[str]:
    """Return *words* without what only begins a sentence, an honorific, or the mark of a possessive."""
    while words and (words[0].casefold().rstrip(".") in LITTLE or without_honorific(f"{words[0]} Xyz")[1]):
        words = words[1:]
    return [re.sub(r"['’]s?$|[.,]$", "", word) for word in words]


def form(word: str) -> str:
    """Return a pattern of a name as it stands in a text; a Russian one also in its cases."""
    if re.search(r"[а-яё]", word):
        return re.escape(re.sub(r"[аяйьеиоы]$", "", word)) + r"\w{0,3}"
    return re.escape(word)


def forms(name: str) -> str:
    """Return a pattern of a whole name, with a nickname in quotation marks within it or without."""
    return r"(?:\s+[“\"'«‘][^”\"'»’]{1,24}[”\"'»’])?\s+".join(map(form, name.split()))
