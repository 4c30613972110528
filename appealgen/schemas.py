"""Shapes -> JSON Schema (draft 2020-12), so that an editor completes and checks what `check` would say later.

What is written here is never stricter than the shapes: a parser that types its scalars makes a number of ``2025`` and
a boolean of ``yes``, where we read text. It can be less strict, since what refers to something else, the calendar and
characters that are not printed are beyond it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from appealgen.loading.cases import CASE, WORDS
from appealgen.loading.languages import LANGUAGE
from appealgen.loading.lists import COLUMNS, COUNTRIES, FORBIDDEN, SIGNER
from appealgen.loading.paper import PAPER
from appealgen.loading.targets import OFFICES, TARGET
from appealgen.schema import Choice, Day, Either, Expression, Line, ListOf, MapOf, Paragraph, Paragraphs, Record, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from appealgen.schema import Shape

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: where it lies in a group's folder, and its shape."""

    place: str
    shape: Shape


KINDS: Mapping[str, Kind] = {
    "case": Kind("cases/ID/case.yaml", CASE),
    "words": Kind("cases/ID/LANGUAGE.yaml", WORDS),
    "target": Kind("targets.yaml", MapOf(TARGET)),
    "language": Kind("templates/LANGUAGE/language.yaml", LANGUAGE),
    "offices": Kind("templates/LANGUAGE/offices.yaml", OFFICES),
    "signer": Kind("signer.yaml", SIGNER),
    "do-not-name": Kind("do-not-name.yaml", FORBIDDEN),
    "countries": Kind("countries.yaml", COUNTRIES),
    "columns": Kind("columns.yaml", COLUMNS),
    "paper": Kind("paper.yaml", PAPER),
}

# One line, which neither begins nor ends with a space. (Not \s: a no-break space before a mark is meant.)
_ONE_LINE = r"^[^ \t\r\n]([^\r\n]*[^ \t\r\n])?$"
_EMPTY_LINE_INSIDE = r"\S\s*\n\n\s*\S"
_MONTH = "(0[1-9]|1[0-2])"
_DAY_OF_MONTH = "(0[1-9]|[12][0-9]|3[01])"
_EXACT = f"[0-9]{{4}}-{_MONTH}-{_DAY_OF_MONTH}"
_PARTIAL = f"[0-9]{{4}}(-{_MONTH}(-{_DAY_OF_MONTH})?)?"
_TRUE = ("yes", "true", "on", "y")
_FALSE = ("no", "false", "off", "n")
# What a text of digits can look like where a parser makes a number of it: one such, in every length that is likely.
_NUMBERS = tuple(
    f"{sign}{'1' * length}{rest}" for sign in ("", "+", "-") for length in range(1, 21) for rest in ("", ".1")
)


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of files of *kind*, one of `KINDS`."""
    place, shape = KINDS[kind].place, KINDS[kind].shape
    walk = _Walk(shape)
    head: dict[str, Any] = {"$schema": DRAFT, "title": place, **walk.whole(shape, kind)}
    return head | ({"$defs": walk.shared} if walk.shared else {})


def text(kind: str) -> str:
    """Return the JSON Schema of files of *kind* as the text of a file."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


class _Walk:
    """One way through a shape; parts that it reaches more than once are written once, in *shared*."""

    def __init__(self, shape: Shape) -> None:
        self.shared: dict[str, Any] = {}
        self._reached: Counter[int] = Counter()
        self._names: dict[int, str] = {}
        self._named: Counter[str] = Counter()
        self._reach(shape)

    def _reach(self, shape: Shape) -> None:
        self._reached[id(shape)] += 1
        if self._reached[id(shape)] == 1:
            for part in _parts(shape):
                self._reach(part)

    def part(self, shape: Shape, name: str) -> dict[str, Any]:
        """Return the schema of a *shape* that stands at the key *name*."""
        if self._reached[id(shape)] == 1 or not isinstance(shape, Record | MapOf | Either):
            return self.whole(shape, name)
        if id(shape) not in self._names:
            self._named[name] += 1
            self._names[id(shape)] = name if self._named[name] == 1 else f"{name}-{self._named[name]}"
            self.shared[self._names[id(shape)]] = self.whole(shape, name)
        return {"$ref": f"#/$defs/{self._names[id(shape)]}"}

    @singledispatchmethod
    def whole(self, shape: Shape, name: str) -> dict[str, Any]:
        """Return the schema of *shape*, written out."""
        raise NotImplementedError(f"{name}: no schema is known for {type(shape).__name__}")

    @whole.register
    def _line(self, shape: Line, _name: str) -> dict[str, Any]:
        pattern = f"^(?:{_portable(shape.pattern)})$" if shape.pattern else _ONE_LINE
        return {"type": ["string", *_typed(shape.pattern)], "pattern": pattern, **_described(shape.wants)}

    @whole.register
    def _expression(self, _shape: Expression, _name: str) -> dict[str, Any]:
        return {**_free_text(), **_described("a regular expression, as Python has them")}

    @whole.register
    def _paragraph(self, _shape: Paragraph, _name: str) -> dict[str, Any]:
        return {
            **_free_text(),
            "not": {"type": "string", "pattern": _EMPTY_LINE_INSIDE},
            **_described("a text of one paragraph"),
        }

    @whole.register
    def _paragraphs(self, _shape: Paragraphs, _name: str) -> dict[str, Any]:
        return {**_free_text(), **_described("one or more paragraphs, with empty lines between them")}

    @whole.register
    def _choice(self, shape: Choice, _name: str) -> dict[str, Any]:
        typed = [value for value, words in ((True, _TRUE), (False, _FALSE)) if set(words).intersection(shape.words)]
        return {"enum": [*shape.words, *typed]}

    @whole.register
    def _yes_no(self, _shape: YesNo, name: str) -> dict[str, Any]:
        return self._choice(Choice(("yes", "no")), name)

    @whole.register
    def _day(self, shape: Day, _name: str) -> dict[str, Any]:
        wanted = "YYYY-MM-DD" if shape.exact else "YYYY-MM-DD, YYYY-MM or YYYY"
        date = _EXACT if shape.exact else _PARTIAL
        if shape.unknown:
            date, wanted = f"unknown|{date}", f"{wanted}; or unknown"
        pattern = {"pattern": f"^(?:{date})$", **_described(wanted)}
        if shape.exact:
            return {"type": "string", **pattern}
        # A year alone is a number to most parsers. Whole years of four digits only, since 012 is a number to them too.
        return {"type": ["string", "integer"], "minimum": 1000, "maximum": 9999, **pattern}

    @whole.register
    def _list(self, shape: ListOf, name: str) -> dict[str, Any]:
        return {"type": "array", "items": self.part(shape.item, name), **({} if shape.empty else {"minItems": 1})}

    @whole.register
    def _map(self, shape: MapOf, name: str) -> dict[str, Any]:
        if shape.keys:
            keys = [key for key in shape.keys if re.fullmatch(shape.pattern, key)]
            item = self.part(shape.item, name)
            return {"type": "object", "properties": dict.fromkeys(keys, item), "additionalProperties": False}
        pattern = f"^(?:{_portable(shape.pattern)})$"
        return {
            "type": "object",
            "patternProperties": {pattern: self.part(shape.item, name)},
            "additionalProperties": False,
            **_described(f"each key is {shape.wants}"),
        }

    @whole.register
    def _either(self, shape: Either, name: str) -> dict[str, Any]:
        return {"anyOf": [self.part(shape.text, name), self.part(shape.mapping, name)]}

    @whole.register
    def _record(self, shape: Record, _name: str) -> dict[str, Any]:
        shapes = {**shape.required, **shape.optional}
        return {
            "type": "object",
            "properties": {key: self.part(part, key) for key, part in shapes.items()},
            **({"required": list(shape.required)} if shape.required else {}),
            **({"anyOf": [{"required": [key]} for key in shape.either]} if shape.either else {}),
            "additionalProperties": False,
        }


def _parts(shape: Shape) -> Iterable[Shape]:
    """Return what *shape* is made of, as often as it is written out."""
    if isinstance(shape, ListOf):
        return (shape.item,)
    if isinstance(shape, MapOf):
        return (shape.item,) * max(1, len(shape.keys))
    if isinstance(shape, Either):
        return (shape.text, shape.mapping)
    if isinstance(shape, Record):
        return (*shape.required.values(), *shape.optional.values())
    return ()


def _free_text() -> dict[str, Any]:
    return {"type": ["string", *_typed("")], "pattern": r"\S"}


def _typed(pattern: str) -> list[str]:
    """Return the types that a parser can make of a text that *pattern* allows: ``NO`` is false to some, ``12`` 12."""
    booleans = [form for word in (*_TRUE, *_FALSE) for form in (word, word.capitalize(), word.upper())]
    texts = {"number": _NUMBERS, "boolean": booleans}
    return [name for name, forms in texts.items() if any(not pattern or re.fullmatch(pattern, form) for form in forms)]


def _portable(pattern: str) -> str:
    """Return *pattern* as JavaScript has it too: it refuses a backslash before what has no meaning of its own."""
    return re.sub(
        r"\\(.)", lambda match: match[0] if re.match(r"[\w^$\\.*+?()\[\]{}|/-]", match[1]) else match[1], pattern
    )


def _described(wants: str) -> dict[str, str]:
    return {"description": wants} if wants else {}
