"""Whom an appeal is for: names, pronouns, and the words that say who they are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from appealgen.importing import vocabulary
from appealgen.importing.listed import OTHERS, person_line, without_age
from appealgen.importing.names import PARTICLE, WORD, is_name, role_of, without_honorific
from appealgen.importing.places import country_of
from appealgen.importing.text import UPPER, Line, joined, sentences

_AND = re.compile(rf"(?:,\s+|,?\s+(?:and|und|et|y|e|и)\s+)(?=[{UPPER}])")
_RUN = re.compile(rf"{WORD}(?:[ ](?:{PARTICLE} ){{0,2}}{WORD}){{1,5}}")
_MARKED = re.compile(
    rf"({WORD}(?:[ ](?:{PARTICLE} ){{0,2}}{WORD}){{1,4}})\s*\((m|f|w|h|male|female|homme|femme|hombre|mujer|м|ж|[♂♀])\)"
)
_MALE = ("m", "h", "male", "homme", "hombre", "м", "♂")
_NO_NAME = re.compile(
    r"\b(?:Rights?|Rules|Covenant|Court|Action|International|Convention|Nations|Additional|Information|"
    r"Urgent|Dear|Yours|Prison|Article|Constitution|University|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Committee|"
    r"Code|PEN|Radio|Watch|Netzwerk|Red|Réseau|Monsieur|Madame)\b"
)
_LITTLE = frozenset(
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
        women = {match[1] for text in kept for match in re.finditer(rf"({_RUN.pattern})\s*\(m\)", text)}
        found = [Person(one.name, "she" if one.name in women else one.pronouns, one.other_names) for one in found]
    bare = None if found else _pronouns(joined(kept))
    if sex and len(found) == 1 and not found[0].pronouns:
        found = [Person(found[0].name, sex, found[0].other_names)]
    return found, bare or (sex if not found else None)


def _pronouns(text: str) -> str | None:
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
    pronouns = _pronouns(inside)
    others = tuple(
        part.strip() for part in re.split(r"[;,]", inside) if re.search(r"[^\x00-\u024f]", part) and not _pronouns(part)
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
        and name.split()[-1].casefold() not in _LITTLE
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
        while more := re.match(rf"(?:,\s+|,?\s+(?:and|und|et|y|и)\s+)({_RUN.pattern})", rest):
            other = " ".join(_trimmed(more[1].split()))
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
            if more := re.match(rf"{_LINK}({_RUN.pattern})", text[match.end() :]):
                other = " ".join(_trimmed(more[1].split()))
                if is_name(other) and counts[other] > 1 and not _NO_NAME.search(other):
                    return [best, other]
            begun = text[max(0, match.start() - 140) : match.start()]
            if more := re.search(rf"({_RUN.pattern}){_LINK}$", begun):
                other = " ".join(_trimmed(more[1].split()))
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
    return [words for match in _RUN.finditer(text) if len(words := _trimmed(match[0].split())) > 1]


def _trimmed(words: list[str]) -> list[str]:
    """Return *words* without what only begins a sentence, an honorific, or the mark of a possessive."""
    while words and (words[0].casefold().rstrip(".") in _LITTLE or without_honorific(f"{words[0]} Xyz")[1]):
        words = words[1:]
    return [re.sub(r"['’]s?$|[.,]$", "", word) for word in words]


def shown_pronouns(name: str, prose: list[str], language: str, *, alone: bool = False) -> str | None:
    """Return the pronouns that the text itself uses of *name*, or None if it shows none clearly."""
    his, her = _SHOWS.get(language, _SHOWS["en"])
    pattern = re.compile(rf"\b(?:(?P<he>{his})|(?P<she>{her}))(?!\w)", re.IGNORECASE)
    count: Counter[str] = Counter()
    last = _form(name.rsplit(maxsplit=1)[-1])
    whole = _forms(name)
    for text in prose:
        for mention in re.finditer(rf"{whole}|\b{last}", text):
            # Who bears the same last name is somebody else.
            if _other_bearer(text[: mention.start()], name, mention[0]):
                continue
            around = text[mention.end() : mention.end() + 220]
            # Another name would take the word for itself.
            other = _RUN.search(around)
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
                and (word := _pronouns(stated[1]))
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


def _form(word: str) -> str:
    """Return a pattern of a name as it stands in a text; a Russian one also in its cases."""
    if re.search(r"[а-яё]", word):
        return re.escape(re.sub(r"[аяйьеиоы]$", "", word)) + r"\w{0,3}"
    return re.escape(word)


def _forms(name: str) -> str:
    """Return a pattern of a whole name, with a nickname in quotation marks within it or without."""
    return r"(?:\s+[“\"'«‘][^”\"'»’]{1,24}[”\"'»’])?\s+".join(map(_form, name.split()))


def _other_bearer(before: str, name: str, said: str) -> bool:
    """Tell whether the last name *said* is that of somebody else, by the name before it."""
    if " " in said:
        return False
    first = re.search(rf"([{UPPER}][\w’'-]+)\s$", before)
    if not first or first[1] in name.split() or first[1].casefold().rstrip(".") in _LITTLE:
        return False
    return not without_honorific(f"{first[1]} Xyz")[1] and not before[: first.start()].rstrip().endswith((".", "!"))


_KIN = (
    ("she", r"sisters|schwestern|s[œo]e?urs|hermanas|сёстры|сестры|women|frauen|femmes|mujeres|activistas detenidas"),
    ("he", r"brothers|br[üu]der|fr[èe]res|братья|братьев|the two men|beiden m[äa]nner|deux hommes|dos hombres"),
)


def of_all(persons: list[Person], prose: list[str]) -> list[Person]:
    """Give pronouns to several persons by what the text calls them all, or by what is left for one of two."""
    if len(persons) < 2:
        return persons
    early = " ".join(prose[:4])
    names = [_forms(one.name) for one in persons]
    for word, kin in _KIN:
        said = re.search(rf"\b(?:{kin})\b,?\s+(?:{names[0]}|{_form(persons[0].name.split()[0])}\b|"
                         rf"{_form(persons[0].name.split()[-1])}\b)|(?:les deux hommes|the two (?:wo)?men)",
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
    names = "|".join(_forms(person.name) for person in persons)
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
