"""Pronouns of the persons whom an appeal is for, as its text shows them."""

from __future__ import annotations

import re
from collections import Counter

from appealgen.importing.mentions import LITTLE, RUN, form, forms
from appealgen.importing.names import without_honorific
from appealgen.importing.people import Person, pronouns_in
from appealgen.importing.text import UPPER

#: Words near a name that show whose it is, by language.
_SHOWS = {
    "en": (r"he|his|him|himself", r"she|her|hers|herself"),
    "de": (r"er|ihm|ihn", r"sie (?:ist|war|hat|wird|wurde|hatte|soll|kann)"),
    "fr": (
        r"il(?! (?:y|faut|s.agit|est (?:important|essentiel|possible|impératif|urgent)))|lui-même|arrêté|détenu|"
        r"étudiant",
        r"elle|arrêtée|détenue|étudiante",
    ),
    "es": (
        r"él|(?:fue|ha sido|está|estuvo) \w+[ai]do|el (?:periodista|activista|abogado|defensor|estudiante|"
        r"líder|maestro)",
        r"ella|(?:fue|ha sido|está|estuvo) \w+[ai]da|la (?:periodista|activista|abogada|defensora|estudiante|"
        r"líder|maestra)",
    ),
    "ru": (r"он|ему|его|него|был", r"она|ей|её|ее|неё|нее|была"),
}


def shown_pronouns(name: str, prose: list[str], language: str, *, alone: bool = False) -> str | None:
    """Return the pronouns that the text itself uses of *name*, or None if it shows none clearly."""
    his, her = _SHOWS.get(language, _SHOWS["en"])
    pattern = re.compile(rf"\b(?:(?P<he>{his})|(?P<she>{her}))(?!\w)", re.IGNORECASE)
    count: Counter[str] = Counter()
    last = form(name.rsplit(maxsplit=1)[-1])
    whole = forms(name)
    for text in prose:
        for mention in re.finditer(rf"{whole}|\b{last}", text):
            # Who bears the same last name is somebody else.
            if _other_bearer(text[: mention.start()], name, mention[0]):
                continue
            around = text[mention.end() : mention.end() + 220]
            # Another name would take the word for itself.
            other = RUN.search(around)
            around = around[: other.start()] if other and other.start() > 2 else around
            if found := pattern.search(around):
                count["he" if found["he"] else "she"] += 1
            before = re.search(
                r"(?:\b(?:MM?\.|Mr\.?|Herrn?|Sr\.|г-н\w?|Father|Brother|Pater|Padre|[Ee]l|Der|[Ll]e)|(\b(?:Mme|Ms\.?|Mrs\.?|Frau|"
                r"Sra\.|г-ж\w|[Ll]a|Sister|Schwester|Hermana|S[œo]e?ur)))(?: \w+)?\s$",
                text[: mention.start()][-40:],
            )
            if before:
                count["she" if before[1] else "he"] += 4
            stated = re.match(r"\s*\(([^)]{2,40})\)", text[mention.end() :])
            if (
                stated
                and re.search(r"/|pronom|pronoun|местоим", stated[1], re.IGNORECASE)
                and (word := pronouns_in(stated[1]))
            ):
                return word
        # "MM. X et Y": the honorific of all.
        if re.search(rf"\bMM\. [^.;:]{{0,60}}\b(?:et|,) {re.escape(name)}", text):
            count["he"] += 4
    if not count and alone:
        # Nobody else is meant: then the pronouns of the whole text are those of the one.
        for found in (found for text in prose for found in pattern.finditer(text)):
            count["he" if found["he"] else "she"] += 1
        if max(count.values(), default=0) < 3:
            return None
    (word, times), *rest = [*count.most_common(2), ("", 0)][:2]
    if not times:
        return None
    other_times = rest[0][1] if rest else 0
    return word if times >= 3 * other_times else None


def _other_bearer(before: str, name: str, said: str) -> bool:
    """Tell whether the last name *said* is that of somebody else, by the name before it."""
    if " " in said:
        return False
    first = re.search(rf"([{UPPER}][\w’'-]+)\s$", before)
    if not first or first[1] in name.split() or first[1].casefold().rstrip(".") in LITTLE:
        return False
    return not without_honorific(f"{first[1]} Xyz")[1] and not before[: first.start()].rstrip().endswith((".", "!"))


_KIN = (
    ("she", r"sisters|schwestern|s[œo]e?urs|hermanas|сёстры|сестры|women|frauen|femmes|mujeres|activistas detenidas"),
    ("he", r"brothers|br[üu]der|fr[èe]res|братья|братьев|the two men|beiden m[äa]nner|deux hommes|dos hombres"),
)


def with_common_pronouns(persons: list[Person], prose: list[str]) -> list[Person]:
    """Give pronouns to several persons by what the text calls them all, or by what is left for one of two."""
    if len(persons) < 2:
        return persons
    early = " ".join(prose[:4])
    names = [forms(one.name) for one in persons]
    for word, kin in _KIN:
        said = re.search(rf"\b(?:{kin})\b,?\s+(?:{names[0]}|{form(persons[0].name.split()[0])}\b|"
                         rf"{form(persons[0].name.split()[-1])}\b)|(?:les deux hommes|the two (?:wo)?men)",
                         early, re.IGNORECASE)  # fmt: skip
        if said and not (said[0].casefold() in ("the two women",) and word == "he"):
            if said[0].casefold() in ("les deux hommes", "the two men") and word == "she":
                continue
            return [Person(one.name, one.pronouns or word, one.other_names) for one in persons]
    open_ones = [one for one in persons if one.pronouns is None]
    known = [one.pronouns for one in persons if one.pronouns]
    if len(persons) == 2 and len(open_ones) == 1 and known[0] in ("he", "she"):
        other = "he" if known[0] == "she" else "she"
        subject = {"he": r"(?:He|Er|Il|Él|Он)", "she": r"(?:She|Elle|Ella|Она)"}[other]
        if re.search(rf"(?:^|[.!?;] )[“\"]?(?:{subject}|(?<=; ){subject.lower()}) ", early):
            return [Person(one.name, one.pronouns or other, one.other_names) for one in persons]
    return persons
