"""Words of a text that say who a person is: between commas, before the name, or after a verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appealgen.importing.mentions import forms
from appealgen.importing.names import role_of, without_honorific
from appealgen.importing.text import UPPER, sentences

if TYPE_CHECKING:
    from appealgen.importing.people import Person

_ARTICLE = r"(?:(?:an?|the|eine?[nr]?|der|die|une?|un|una|el|la|le|les|los|las|des)\s|l['’])"
_VERBAL = re.compile(
    r"^(?:who|which|whose|following|including|despite|because|according|when|where|malgré|suite|tras|luego|"
    r"has|have|had|was|were|is|are|will|and|but|qui|que|dont|est|ont|wurde|hat|ist|"
    r"und|quien|fue|ha|y|который|которая|которого|и|а|was|on|in|at|since|after|before|from|"
    r"arrested|detained|sentenced|charged|held|accused|convicted|arrêtée?s?|détenue?s?|festgenommen|verhaftet|"
    r"detenid[oa]s?|арестован\w*|\w+(?:вш|ющ|ащ|ящ|ущ|нн)(?:ий|ая|ий|ую|ему|его|ей|ым|им|ого|ому))\b",
    re.IGNORECASE,
)


def who_is(persons: list[Person], prose: list[str], described: str | None) -> str | None:
    """Return the words that say who the persons are: between commas after the name, before it, or after "is"."""
    if not persons:
        return None
    names = "|".join(forms(person.name) for person in persons)
    one = rf"(?:{names})(?:\s*\([^)]{{0,80}}\))?"
    listed = rf"{one}(?:(?:,\s+|,?\s+(?:and|und|et|y|и)\s+){one}){{0,6}}"
    for text in prose[:3]:
        for sentence in sentences(text):
            if found := _described(sentence, listed):
                return found
        if described:
            return described
    last = "|".join(re.escape(person.name.split()[-1]) for person in persons)
    for text in prose:
        if said := re.search(
            rf"(?:{names}|\b(?:{last}))(?:\s*\([^)]{{0,80}}\))?\s+(?:is|was|ist|war|est|était|es|era|—|"
            rf"–)\s+({_ARTICLE}[^,;.]{{5,120}})",
            text,
        ):
            return said[1].strip()
    return described


def _first_names(listed: str) -> list[str]:
    """Return the first names that the pattern *listed* begins its names with."""
    return re.findall(r"(?<=[(?:|])([^\W\d_]{3,})\(\?:", listed)


def _described(sentence: str, listed: str) -> str | None:  # noqa: PLR0911  a return for each case
    match = re.search(listed, sentence)
    if match is None:
        return None
    before, after = sentence[: match.start()], sentence[match.end() :]
    after = re.sub(
        r"^,\s+(?:aged? )?\d{1,3}(?: (?:years old|ans|años|jahre(?: alt)?|лет|года?))?(?=,)", "", after, flags=re.I
    )
    comma = re.match(r",\s+([^,;.]{4,160})(?:[,;.]|$)", after)
    # "der am ..." begins a clause, "der Sprecher" does not.
    clause = (
        comma
        and re.match(r"(?:der|die|das|den|dem)\s+[^\W\d_]", comma[1])
        and not re.match(rf"\w+\s+[{UPPER}]", comma[1])
    )
    if comma and not clause and not _VERBAL.match(comma[1]) and not comma[1][:1].isupper():
        return comma[1].strip()
    apposition = re.fullmatch(r"([^,;.]{8,120}),\s+(?:(?:M|MM|Mme|Mr|Ms)\.?\s+)?", before)
    if apposition and not re.match(
        r"(?:on|in|since|after|le|am|el|en|в|according|selon|laut|según|depuis|seit)\b", apposition[1], re.IGNORECASE
    ):
        return apposition[1].strip()
    # What stands straight before the name: "environmental defender X", "the poet and blogger X".
    words = re.split(
        r"[,;:]\s+|\b(?:about|of|for|by|on|upon|to|and|behalf|that|with|against|when|über|für|von|gegen|de|du|contra|sobre|о|об)\s",
        before,
    )[-1]
    words = re.sub(rf"^(?:{_ARTICLE})", "", words.strip() + " ", flags=re.IGNORECASE).strip()
    words = without_honorific(words + " Xyz")[0].removesuffix("Xyz").strip() if words else ""
    if re.search(r"\s(?:and|und|et|y|и|in|on|at)$", words) or any(one in words.split() for one in _first_names(listed)):
        return None
    if re.match(r"(?:his|her|our|their|my|son|sa|notre|seine?|ihre?|unsere?|su|nuestr[oa])\b", words, re.IGNORECASE):
        return None
    words = re.sub(r"\s+(?:Mr|Mrs|Ms|Dr|M|MM|Mme|Sr|Sra|Herrn?|Frau)\.?$", "", words)
    if re.search(r"\b(?:where|who|that|which|wo|dem|où|qui|que|donde|где)$", words):
        return None
    if (
        4 < len(words) < 80
        and len(words.split()) < 8
        and not _VERBAL.match(words)
        and not role_of(words)
        and not re.search(r"\d", words)
    ):
        return words
    return None
