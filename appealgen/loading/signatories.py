"""What joint letters need of a language, and lists of signatories of ``columns.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appealgen.catalogue import _
from appealgen.characters import folded
from appealgen.model import JointWords, SignatoryNames
from appealgen.schema import Choice, Line, ListOf, Record, YesNo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appealgen.schema import Reader

#: The categories of plurals that CLDR has.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
#: The fields that lists of signatories have besides those of signers.
SIGNATORY_FIELDS = ("role", "organisation", "kind")
# What may stand between groups of digits.
_MARKS = {"space": "\N{NO-BREAK SPACE}", "comma": ",", "point": "."}
_COUNTED = Record({}, dict.fromkeys(CATEGORIES, Line()))
JOINT = Record(
    {
        "heading": Line(),
        "people": _COUNTED,
        "organisations": _COUNTED,
        "both": Line(),
        "organisations_heading": Line(),
        "entry": Line(),
        "annex": Line(),
        "annex_sentence": Line(),
        "page": Line(),
    },
    {
        "small_numbers": ListOf(Line()),
        "cut": Line(),
        "group_four_digits": YesNo(),
        "group_mark": Choice(tuple(_MARKS)),
    },
)
SIGNATORY_NAMES = Record(
    {}, {**dict.fromkeys(SIGNATORY_FIELDS, ListOf(Line())), "people": ListOf(Line()), "organisations": ListOf(Line())}
)
# Key -> the placeholders that its text must have, once and in this order.
_PLACEHOLDERS = {
    "heading": (("{count}",),),
    "both": (("{people}", "{organisations}"),),
    "entry": (("{name}", "{role}"),),
    "page": (("{page}", "{pages}"),),
    "annex_sentence": (("{count}",), ("{n}",)),
    "cut": (("{title}",),),
}


def joint_words(fields: Mapping[str, Any], reader: Reader) -> JointWords:
    """Return what a language says around signatories, noting texts that do not say where values stand."""
    for key, choices in _PLACEHOLDERS.items():
        if key in fields and not any(_has(fields[key], wanted) for wanted in choices):
            reader.problem_at(f"joint.{key}", _("does not say where the values stand"), _wanted(choices))
    words = dict(fields)
    if "group_mark" in words:
        words["group_mark"] = _MARKS[words["group_mark"]]
    return JointWords(**words)


def _wanted(choices: tuple[tuple[str, ...], ...]) -> str:
    """Say which placeholders to write: one of two, two in their order, or one."""
    first, *others = choices[0]
    if len(choices) > 1:
        return _("write {one} or {other}, once", one=first, other=choices[1][0])
    if others:
        return _("write {first} before {second}, once", first=first, second=others[0])
    return _("write {placeholder}, once", placeholder=first)


def _has(text: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether *text* has the placeholders *wanted*, each once and in their order, and no others."""
    places = [text.find(name) for name in wanted]
    rest = text
    for name in wanted:
        rest = rest.replace(name, "", 1)
    return -1 not in places and places == sorted(places) and "{" not in rest and "}" not in rest


def signatory_names(fields: Mapping[str, Any]) -> SignatoryNames:
    """Return what lists of signatories call their columns and parts; a field is always known by its own name."""
    columns = {folded(heading): field for field in SIGNATORY_FIELDS for heading in (field, *fields.get(field, ()))}
    people, organisations = (
        frozenset(map(folded, (part, *fields.get(part, ())))) for part in ("people", "organisations")
    )
    return SignatoryNames(columns, people, organisations)
