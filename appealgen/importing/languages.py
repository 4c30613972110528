"""Languages in which an appeal says to write."""

from __future__ import annotations

import re

from appealgen.addresses import language_code
from appealgen.importing.text import Line, paragraphs, sentences

_DIRECTS = re.compile(
    r"\bplease\b|\bwrite\b|\bsend\b|\bcan (?:also )?write|schreib|écri[vr]|envoy|parvenir|escrib|env[íi]en|"
    r"pueden? |пишите|писать|own language|propre langue|propio idioma|eigenen sprache|letters? in|appeals? in",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:in|auf|en|на)\s+(?:(?:gutem|good|correct)\s+)?((?:Bahasa )?\w+(?:(?:,\s*|,?\s+(?:or|and|und|oder|ou|et|"
    r"y|o|или|и)\s+)(?:in |auf |en |на )?\w+)*)",
    re.IGNORECASE,
)


def languages(lines: list[Line], labelled: list[Line]) -> tuple[list[str], int] | None:
    """Return the languages to write in, in their order, and the line that says so."""
    said = next((line for line in labelled if line.text), None)
    if said and (found := _languages(said.text)):
        return found, said.number
    for paragraph in paragraphs(lines):
        for sentence in sentences(paragraph.text):
            if len(sentence) > 600 or not _DIRECTS.search(sentence):
                continue
            for match in _LIST.finditer(sentence):
                if found := _languages(match[1]):
                    return found, paragraph.number
    return None


def _languages(text: str) -> list[str]:
    found: list[str] = []
    first = re.split(r"\.\s|;\s*(?:you|sie|vous|puede|вы)\b", text, maxsplit=1, flags=re.IGNORECASE)[0]
    for word in re.split(r"[,/;&.]|\b(?:and|or|und|oder|et|ou|y|o|e|и|или)\b", first, flags=re.IGNORECASE):
        name = re.sub(r"^(?:in|auf|en|на|the|le|el|l.)\s+", "", word.strip(" ()"), flags=re.IGNORECASE)
        code = (
            _language(_ADVERBS.get(name.casefold(), re.sub(r"(?<=[сц]к)ом(?: языке)?$", "ий", name)))
            if 3 < len(name) < 25
            else None
        )
        if code and code not in found:
            found.append(code)
    return found


def _language(name: str) -> str | None:
    try:
        return language_code(name)
    except ValueError:
        return None


# "in Russian", as Russian says it.
_ADVERBS = {
    "русском": "русский",
    "русском языке": "русский",
    "английском": "английский",
    "английском языке": "английский",
    "украинском": "украинский",
    "белорусском": "белорусский",
    "французском": "французский",
    "немецком": "немецкий",
    "испанском": "испанский",
    "турецком": "турецкий",
    "арабском": "арабский",
    "казахском": "казахский",
    "bahasa indonesia": "indonesian",
    "bahasa melayu": "malay",
    "bahasa malaysia": "malay",
    "dari": "persian",
    "farsi": "persian",
    "castellano": "español",
    "mandarin": "chinese",
}
