"""Persons whom an appeal names as those it is for: after a label, by a mark, or under a country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from appealgen.importing import vocabulary
from appealgen.importing.listed import OTHERS, person_line, without_age
from appealgen.importing.mentions import RUN
from appealgen.importing.names import PARTICLE, WORD, is_name, without_honorific
from appealgen.importing.places import country_of
from appealgen.importing.text import UPPER, Line, joined

_AND = re.compile(rf"(?:,\s+|,?\s+(?:and|und|et|y|e|и)\s+)(?=[{UPPER}])")
_MARKED = re.compile(
    rf"({WORD}(?:[ ](?:{PARTICLE} ){{0,2}}{WORD}){{1,4}})\s*\((m|f|w|h|male|female|homme|femme|hombre|mujer|м|ж|[♂♀])\)"
)
_MALE = ("m", "h", "male", "homme", "hombre", "м", "♂")
#: Sex or gender, as a line of its own has it.
_SEX = (
    (
        "he",
        re.compile(
            r"^(?:(?:gender|sex|sexo|sexe|geschlecht|genre|género|пол)\b[^:]{0,12}:\s*)?(?:m|male|man|homme|hombre|"
            r"masculino|mann|männlich|м|мужской|мужчина)\.?$",
            re.IGNORECASE,
        ),
    ),
    (
        "she",
        re.compile(
            r"^(?:(?:gender|sex|sexo|sexe|geschlecht|genre|género|пол)\b[^:]{0,12}:\s*)?(?:f|w|female|woman|femme|"
            r"mujer|femenino|frau|weiblich|ж|женский|женщина)\.?$",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the appeal is for; *other_names* are spellings in another script."""

    name: str
    pronouns: str | None = None
    other_names: tuple[str, ...] = ()


def labelled(lines: list[Line]) -> tuple[list[Person], str | None]:
    """Read the part that names the persons; return them, and the pronouns that stand there without a name."""
    said = [line.text for line in lines if line.text]
    ends = next((at for at, text in enumerate(said) if at and re.match(r"^[\w ()/-]{3,30}\s?:", text)), len(said))
    sex = next((word for text in said for word, pattern in _SEX if pattern.match(text)), None)
    kept = [text for text in said[:ends] if not any(pattern.match(text) for _, pattern in _SEX)]
    found: list[Person] = []
    rows = [person_line(text) for text in kept]
    if rows and all(row and row[2] for row in rows):
        return [Person(row[0], row[1]) for row in rows if row], None
    for piece in re.split(rf";|(?<=\)),?\s+(?:(?:and|und|et|y|и)\s+)?(?=[{UPPER}])", OTHERS.sub("", joined(kept))):
        found += _persons_of(piece)
    if any(re.search(r"\(h\)", text) for text in kept):
        # Where a man is (h), (m) is a woman: "hombre", "mujer".
        women = {match[1] for text in kept for match in re.finditer(rf"({RUN.pattern})\s*\(m\)", text)}
        found = [Person(one.name, "she" if one.name in women else one.pronouns, one.other_names) for one in found]
    bare = None if found else pronouns_in(joined(kept))
    if sex and len(found) == 1 and not found[0].pronouns:
        found = [Person(found[0].name, sex, found[0].other_names)]
    return found, bare or (sex if not found else None)


def pronouns_in(text: str) -> str | None:
    """Return the pronouns that *text* states, or None."""
    return next((word for word, pattern in vocabulary.PRONOUNS if pattern.search(text)), None)


def _persons_of(piece: str) -> list[Person]:
    inside = " ".join(re.findall(r"\(([^)]*)\)", piece + (")" if piece.count("(") > piece.count(")") else "")))
    name = re.sub(r"\([^)]*\)?", "", piece).strip(" ,.;:–-")
    slashed = re.search(r"[,–-]?\s*\b((?:\w{1,8}/)+\w{1,8})$", name)
    if slashed:
        inside += " " + slashed[1]
        name = name[: slashed.start()].strip(" ,–-")
    if not name or len(name) > 120 or not name[:1].isupper():
        return []
    pronouns = pronouns_in(inside)
    others = tuple(
        part.strip()
        for part in re.split(r"[;,]", inside)
        if re.search(r"[^\x00-\u024f]", part) and not pronouns_in(part)
    )
    names = [without_honorific(one.strip())[0] for one in _AND.split(name)]
    return [Person(one, pronouns, others if len(names) == 1 else ()) for one in names if one and len(one) < 60]


def marked(lines: list[Line]) -> list[Person]:
    """Return the persons whom the old style marks: "Name (m)"."""
    found: dict[str, Person] = {}
    spanish = any("(h)" in line.text for line in lines)
    for match in (match for line in lines if "(" in line.text for match in _MARKED.finditer(line.text)):
        name, _, _ = without_honorific(match[1])
        found.setdefault(name, Person(name, "he" if match[2] in _MALE and not (spanish and match[2] == "m") else "she"))
    return list(found.values())


def under_country(lines: list[Line]) -> tuple[list[Person], str | None]:
    """Read the line of the old style that names a country and a person: "TUNISIA   Name, student, aged 23"."""
    head = [line for line in lines[:40] if line.text]
    for at, line in enumerate(head):
        if at and country_of(line.text) and len(line.text) < 40 and (row := _rows(head[at + 1 :])):
            return row
        match = re.match(r"^(?P<country>[^:,]{3,40}?)(?:\s{3,}|\s?[:–—-]\s)\s*(?P<rest>\S.*)$", line.text)
        if not match or not country_of(match["country"]) or match["rest"] == match["rest"].upper():
            continue
        bare, _, gender = without_honorific(re.sub(r"\s*\([^)]*\)", "", match["rest"]))
        name, _, rest = bare.partition(",")
        if is_name(name.strip()):
            proper = " ".join(word.title() if len(word) > 3 and word.isupper() else word for word in name.split())
            more = _rows(head[at + 1 :]) if rest or "(" in match["rest"] else None
            first = Person(proper, {"man": "he", "woman": "she"}.get(gender))
            return [first, *(more[0] if more else [])], without_age(rest) or rest.strip() or None
    return [], None


def _rows(lines: list[Line]) -> tuple[list[Person], str | None] | None:
    """Read lines that each name a person, and the first description; None if the first names none."""
    found: list[Person] = []
    described = None
    for line in lines[:12]:
        row = person_line(line.text) if len(line.text) < 100 else None
        if row is None or not (row[2] or "(" in line.text):
            break
        found.append(Person(row[0], row[1]))
        described = described or row[2]
    return (found, described) if found else None
