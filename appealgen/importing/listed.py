"""Persons whom an appeal lists: one to a line, after their country, or after a label."""

from __future__ import annotations

import re

from appealgen.importing.names import is_name, without_honorific

#: What follows the names and names nobody: "and their four children", "and nine others".
OTHERS = re.compile(
    r",?\s+(?:and|und|et|y|и)\s+(?:their|his|her|sus?|leurs?|ses|son|sa|ihre?|seine?|их|(?:at least |mindestens |"
    r"au moins |al menos )?(?:\w+ )?(?:others?|weitere|autres?|otr[ao]s|други\w+))\b.*$",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"^(?:,?\s*(?:aged? |de )?\d{1,3}(?:\s*(?:years? old|years?|jahre(?: alt)?|ans|años|лет|года?))?\s*(?=,|$))+,?\s*",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*\((?P<mark>m|f|w|h|male|female|homme|femme|hombre|mujer|м|ж|♂|♀)\)")
_HIS = frozenset(("m", "h", "male", "homme", "hombre", "м", "♂"))


def person_line(text: str) -> tuple[str, str | None, str | None] | None:
    """Return name, pronouns and description of the person of a line of a list; None if it is no such line."""
    mark = _MARK.search(text)
    bare, honorific, gender = without_honorific(re.sub(r"\s*\([^)]*\)", "", text).strip(" ;."))
    name, _, rest = bare.partition(",")
    name = " ".join(word.title() if len(word) > 3 and word.isupper() else word for word in name.split())
    if not is_name(name) or not (rest or mark or honorific):
        return None
    described = without_age(rest) or rest.strip() or None
    if described and re.match(r"(?:\w+\. )?[^\W\d_a-zß-ÿа-я]\w+ [^\W\d_a-zß-ÿа-я]\w+", described):
        return None
    pronouns = {"man": "he", "woman": "she"}.get(gender)
    if mark:
        pronouns = "he" if mark["mark"].casefold() in _HIS else "she"
    return name, pronouns, described


def without_age(text: str) -> str:
    """Return a description without the age before it: ", 44, a teacher" is "a teacher"."""
    return _AGE.sub("", text.strip(" ,")).strip(" ,")
