"""Ways to reach an office, as a document prints them: labels, numbers, addresses of mail and web, salutations."""

from __future__ import annotations

import re
from functools import cache

from appealgen.importing import vocabulary_contacts

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
URL = re.compile(r"https?://[^\s<>\"]+|www\.[^\s<>\"]+", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.])@\w{3,}|(?:twitter|x|facebook|instagram|t)\.(?:com|me)/[\w./-]+", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\(?\+ ?|\(?00 ?)?\(?\d[\d ().\-–]{4,}\d")
_BETWEEN = re.compile(r"\s*(?:/|;|,| or | and | oder | und | ou | et | o | y | или | и )\s*(?=[+(\d])")


_MAIL_BEHIND = re.compile(r"[.;,]\s+(?=[\w.+-]+@[\w-]+\.\w)|\s+(?=<[\w.+-]+@[\w-]+\.[\w.]+>)")


@cache
def _labels(kind: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{vocabulary_contacts.CONTACTS[kind].pattern})\s*(?:\((?!\s?[+\d])[^)]*\)\s*)?(?::|(?<=\.)|\s(?=[+\d(@]))\s*(?P<rest>.*)$",
        re.IGNORECASE,
    )


@cache
def _borders() -> re.Pattern[str]:
    labels = "|".join(
        f"(?:{vocabulary_contacts.CONTACTS[kind].pattern})"
        for kind in ("both", "other", "fax", "phone", "email", "web_form", "salutation")
    )
    # Without a colon a label counts where a number follows it; "X:" counts where a mark stands before it.
    numbers = "|".join(f"(?:{vocabulary_contacts.CONTACTS[kind].pattern})" for kind in ("both", "fax", "phone"))
    return re.compile(
        rf"(?:\s+[|I/•·;]\s+|[.,;]\s+|\s+)(?<![-/]\s)(?=(?:{labels})\s*(?:\([^)]*\))?\s*:)"
        rf"|(?:\s+[|I•·;–]\s+|[.,;]\s+)(?=(?:{numbers})\s*(?:(?<=\.)\s?)?(?=[+(\d]))"
        r"|(?:\s+[|·;]\s+|,\s+)(?=(?:twitter|facebook|instagram|telegram|x)\s?:)",
        re.IGNORECASE,
    )


def label_of(text: str) -> tuple[str, str] | None:
    """Return which contact *text* begins with the label of, and what follows; None if it begins with none."""
    bare = text[1:-1] if text[:1] + text[-1:] in ("()", "[]") else text
    for kind in vocabulary_contacts.CONTACTS:
        if match := _labels(kind).match(bare):
            return kind, match["rest"].strip()
    return None


def by_labels(text: str) -> list[str]:
    """Split a line that holds several contacts before each of their labels."""
    if ":" not in text and not any(map(str.isdigit, text)):
        return [text]
    parts: list[str] = []
    for part in _borders().split(text):
        # "korrekte Anrede:" is one label of two words.
        if parts and label_of(f"{parts[-1]} {part}") and len(parts[-1].split()) == 1:
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    # An address of mail without a label, behind something else.
    cut = [
        piece for part in parts
        for piece in ([part] if (label_of(part) or ("",))[0] in ("email", "cc") else _MAIL_BEHIND.split(part))
    ]  # fmt: skip
    return [bare for part in cut if (bare := part.strip(" ,;|"))]


def numbers_of(text: str, known: list[str]) -> list[str]:
    """Return the telephone numbers in *text*; one that leaves out what it shares with the one before is made whole."""
    found: list[str] = []
    for part in _BETWEEN.split(text):
        if not (number := _NUMBER.search(part) or re.search(r"^\d{2,6}\b", part)):
            continue
        clean = number_of(number[0])
        before = next(reversed([*known, *found]), "") if found else ""
        alike = _digits(before)[-len(_digits(clean)) :][:3] == _digits(clean)[:3]
        short = alike or not clean.startswith(("+", "0")) or len(_digits(clean)) < 6
        if (
            before
            and short
            and len(_digits(clean)) + 2 <= len(_digits(before))
            and (before[0] == "+" or len(clean) < 6)
        ):
            found.append(before[: -len(clean)] + clean)
        elif len(_digits(clean)) >= 6:
            found.append(clean)
    return found


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def number_of(text: str) -> str:
    """Return a telephone number as digits in groups, with its plus sign where it has one."""
    plain = re.sub(r"\(0\)", "", text.strip())
    bare = plain.lstrip("( ")
    plus = "+" if bare.startswith("+") or (bare.startswith("00") and len(_digits(bare)) > 8) else ""
    groups = re.findall(r"\d+", plain)
    if plus and not bare.startswith("+") and groups:
        groups[0] = groups[0][2:]
    return plus + " ".join(group for group in groups if group)


_MALE = re.compile(
    r"\b(?:mr|sir|his)\b|\bherr\b|\bmonsieur\b|\bse[ñn]or\b|\bsr\b|\bestimado\b(?!/a)|\bгосподин\b|\bуважаемый\b|"
    r"\blord\b",
    re.IGNORECASE,
)
_FEMALE = re.compile(
    r"\b(?:ms|mrs|madam|her)\b|\bfrau\b|\bmadame\b|\bse[ñn]ora\b|\bsra\b|\bestimada\b|\bгоспожа\b|\bуважаемая\b|"
    r"\blady\b",
    re.IGNORECASE,
)


def gender_of(salutation: str, known: str = "unknown") -> str:
    """Return whose *salutation* is, where it shows: ``man`` or ``woman``; *known* where it does not, or names both."""
    male, female = _MALE.search(salutation), _FEMALE.search(salutation)
    if bool(male) == bool(female):
        return known
    return "man" if male else "woman"


def parts_of(salutation: str) -> list[str]:
    """Return the salutations of a line that holds those of several offices, each with its own mark."""
    slashed = [part.strip() for part in re.split(r"\s*/\s*", salutation) if part.strip()]
    if len(slashed) > 1:
        return slashed
    begin = r"(?:dear|monsieur|madame|excellenc[ye]|sehr geehrter?|señora?|estimad[oa]|уважаем\w+)\b"
    return [part.strip() for part in re.split(rf"(?<=,)\s+(?={begin})", salutation, flags=re.IGNORECASE)]
