"""Shapes that YAML must have: they read nodes into plain values and collect every problem with its line.

All scalars are read as text, so that ``no``, ``012`` and ``2025-07`` mean what was typed. Anchors, aliases, tags,
duplicate keys and unknown keys are problems: a file of the address book has no need of them and hides mistakes
behind them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import yaml

from appealgen import catalogue
from appealgen.catalogue import N_, _
from appealgen.characters import fault_in_line, fault_in_text
from appealgen.errors import InputError, Problem, closest, nearest
from appealgen.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAX_BYTES = 2_000_000
#: Levels of a file, and what may stand in it: keys, values, items.
DEEPEST = 50
MOST_PARTS = 200_000
#: Problems of one file that are told at once, and characters of a line, a key and a text of several lines.
MOST_PROBLEMS = 100
LONGEST_LINE = 2_000
LONGEST_KEY = 200
LONGEST_TEXT = 50_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)
#: What is said of a node by the kind that it must have and the kind that it has, and of one that is empty.
_OTHER_KIND: dict[tuple[type[yaml.Node], type[yaml.Node]], str] = {
    (yaml.ScalarNode, yaml.SequenceNode): N_("must be a text, not a list"),
    (yaml.ScalarNode, yaml.MappingNode): N_("must be a text, not keys with values"),
    (yaml.SequenceNode, yaml.ScalarNode): N_("must be a list, not a text"),
    (yaml.SequenceNode, yaml.MappingNode): N_("must be a list, not keys with values"),
    (yaml.MappingNode, yaml.ScalarNode): N_("must be keys with values, not a text"),
    (yaml.MappingNode, yaml.SequenceNode): N_("must be keys with values, not a list"),
}
_GIVE: dict[type[yaml.Node], str] = {
    yaml.SequenceNode: N_("give a list"),
    yaml.MappingNode: N_("give keys with values"),
}
# How every text of a shape's *refusal* begins in English.
_IS_NOT = '"{text}" is not '


class Shape(Protocol):
    """Reads one node; returns None after it has noted a problem."""

    def read(self, node: yaml.Node, key: str, reader: Reader) -> Any:
        """Return the value of *node*, which stands at *key*."""


@dataclass
class Reader:
    """One file being read: its name and what is wrong with it so far."""

    source: str
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)

    def problem(self, node: yaml.Node, key: str, message: str, hint: str = "") -> None:
        """Note that the value at *key* is wrong."""
        self._note(Problem(self.source, message, hint, node.start_mark.line + 1, key))

    def problem_at(self, key: str, message: str, hint: str = "") -> None:
        """Note a problem of a value that was read before, at the line of *key* or of the nearest key around it."""
        place = key
        while place and place not in self.lines:
            place = place.rpartition(".")[0]
        self._note(Problem(self.source, message, hint, self.lines.get(place), key))

    def _note(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) == MOST_PROBLEMS:
            more = Problem(self.source, _("has more problems"), _("mend these first; is it the right file?"))
            raise InputError([*self.problems, more])

    def scalar(self, node: yaml.Node, key: str) -> str | None:
        """Return the text of a scalar, or note that it is something else or empty."""
        if not self.expect(node, key, yaml.ScalarNode):
            return None
        text: str = node.value
        if len(text) > LONGEST_TEXT:
            self.problem(node, key, _("is longer than {limit} characters", limit=LONGEST_TEXT), _("shorten it"))
            return None
        if not text.strip():
            hint = _("give a value") if key in self.needed else _("give a value, or leave the key out")
            self.problem(node, key, _("is empty"), hint)
            return None
        return text

    def expect(self, node: yaml.Node, key: str, kind: type[yaml.Node]) -> bool:
        """Tell whether *node* is of *kind*, without tag or alias, and note where it is in the file."""
        self.lines[key] = node.start_mark.line + 1
        if id(node) in self._seen:
            self.problem(node, key, _("is an alias (*)"), _("write the value out"))
            return False
        self._seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self.problem(node, key, _("has the tag {tag}", tag=node.tag), _("take the tag out"))
            return False
        if kind is not yaml.ScalarNode and isinstance(node, yaml.ScalarNode) and not node.value.strip():
            self.problem(node, key, _("is empty"), _(_GIVE[kind]))
            return False
        if not isinstance(node, kind):
            self.problem(node, key, _(_OTHER_KIND[kind, type(node)]))
            return False
        return True


@dataclass(frozen=True)
class Line:
    """A text of one line, optionally matching *pattern*; *refusal* is the message of a ``{text}`` that does not."""

    pattern: str = ""
    refusal: str = ""

    @property
    def wants(self) -> str:
        """What *pattern* describes, in English."""
        return self.refusal.removeprefix(_IS_NOT)

    def read(self, node: yaml.Node, key: str, reader: Reader) -> str | None:
        """Return the text."""
        text = reader.scalar(node, key)
        if text is None:
            return None
        if len(text) > LONGEST_LINE:
            reader.problem(node, key, _("is longer than {limit} characters", limit=LONGEST_LINE), _("shorten it"))
        elif text != text.strip(" \t"):
            reader.problem(node, key, _("begins or ends with a space"), _("take the space out"))
        elif fault := fault_in_line(text):
            reader.problem(node, key, fault, _("write it on one line, as it is to be printed"))
        elif self.pattern and not re.fullmatch(self.pattern, text):
            reader.problem(node, key, _(self.refusal, text=text))
        else:
            return text
        return None


@dataclass(frozen=True)
class Expression:
    """A regular expression, which may begin or end with a space."""

    def read(self, node: yaml.Node, key: str, reader: Reader) -> str | None:
        """Return the expression."""
        text = reader.scalar(node, key)
        if text is None:
            return None
        try:
            re.compile(text)
        except re.error as error:
            reader.problem(
                node, key, _("is not a regular expression ({error})", error=error), _("mend it, or take it out")
            )
            return None
        except (RecursionError, OverflowError):
            reader.problem(node, key, _("is not a regular expression (it is too large)"), _("take it out"))
            return None
        if len(text) > LONGEST_LINE or _may_hang(text):
            hint = _("let no +, * or {} stand after a bracket in which there is another, or a |")
            reader.problem(node, key, _("is a regular expression that may never end"), hint)
            return None
        return text


def _may_hang(expression: str) -> bool:
    """Tell whether a correct *expression* repeats without bound what repeats itself or has a choice.

    Such an expression can try a text in more ways than there is time for.
    """
    bare = re.sub(r"\\.", "x", expression, flags=re.DOTALL)
    bare = re.sub(r"\[\]?[^\]]*\]", "x", bare)
    inner: list[bool] = [False]
    for part in re.findall(r"\(\?<?[=!:]|\)(?:[*+]|\{\d*,?\d*\})?|[(*+|]|\{\d*,?\d*\}|.", bare, re.DOTALL):
        if part[0] == "(":
            inner.append(False)
        elif part[0] == ")":
            choice = inner.pop() if len(inner) > 1 else False
            repeats = len(part) > 1 and re.fullmatch(r"\)\{(?:\d?,)?[0-3]\}", part) is None
            if choice and repeats:
                return True
            inner[-1] |= choice or repeats
        elif part[0] in "*+|?{":
            inner[-1] = True
    return False


@dataclass(frozen=True)
class Paragraph:
    """A text of one paragraph, which may stand on several lines of the file."""

    def read(self, node: yaml.Node, key: str, reader: Reader) -> str | None:
        """Return the text with its lines joined."""
        text = reader.scalar(node, key)
        if text is None:
            return None
        if fault := fault_in_text(text):
            reader.problem(node, key, fault, _("take the character out"))
            return None
        if "\n\n" in text.strip():
            reader.problem(node, key, _("has an empty line within one paragraph"), _("make it one paragraph"))
            return None
        return re.sub(r"[ \t\n]+", " ", text).strip(" ")


@dataclass(frozen=True)
class Paragraphs:
    """A text of one or more paragraphs, with empty lines between them."""

    def read(self, node: yaml.Node, key: str, reader: Reader) -> tuple[str, ...] | None:
        """Return the paragraphs."""
        text = reader.scalar(node, key)
        if text is None:
            return None
        if fault := fault_in_text(text):
            reader.problem(node, key, fault, _("take the character out"))
            return None
        return paragraphs(text)


def paragraphs(text: str) -> tuple[str, ...]:
    """Split *text* at empty lines and join the lines of each paragraph."""
    return tuple(" ".join(part.split("\n")).strip() for part in re.split(r"\n[ \t]*\n", text) if part.strip())


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: yaml.Node, key: str, reader: Reader) -> str | None:
        """Return the word."""
        text = reader.scalar(node, key)
        if text is None or text in self.words:
            return text
        hint = nearest(text, self.words) or _("use one of {words}", words=catalogue.listed(self.words))
        reader.problem(node, key, _('"{text}" is not known here', text=text), hint)
        return None


@dataclass(frozen=True)
class YesNo:
    """``yes`` or ``no``."""

    def read(self, node: yaml.Node, key: str, reader: Reader) -> bool | None:
        """Return whether it is yes."""
        word = Choice(("yes", "no")).read(node, key, reader)
        return None if word is None else word == "yes"


@dataclass(frozen=True)
class Day:
    """A date, of which day or month may be unknown unless *exact*; all of it, as ``unknown``, only where it may be."""

    exact: bool = False
    unknown: bool = False

    def read(self, node: yaml.Node, key: str, reader: Reader) -> PartialDate | None:
        """Return the date."""
        text = reader.scalar(node, key)
        if text is None:
            return None
        if self.unknown and text == "unknown":
            return None
        try:
            date = PartialDate.parse(text)
        except ValueError:
            date = None
        if date is None or (self.exact and not date.day):
            exact, partial = (
                _("write YYYY-MM-DD, such as 2025-07-31"),
                _("write YYYY, YYYY-MM or YYYY-MM-DD, such as 2025-07-31"),
            )
            reader.problem(node, key, _('"{text}" is not a date', text=text), exact if self.exact else partial)
            return None
        return date


@dataclass(frozen=True)
class ListOf:
    """A list of one shape."""

    item: Shape
    empty: bool = True

    def read(self, node: yaml.Node, key: str, reader: Reader) -> tuple[Any, ...] | None:
        """Return the items."""
        if not reader.expect(node, key, yaml.SequenceNode):
            return None
        if not node.value and not self.empty:
            reader.problem(node, key, _("is an empty list"), _("give at least one item"))
            return None
        items = [self.item.read(child, f"{key}.{number}", reader) for number, child in enumerate(node.value, 1)]
        return tuple(item for item in items if item is not None)


@dataclass(frozen=True)
class MapOf:
    """Keys of the author's choice, each with a value of one shape."""

    item: Shape
    pattern: str = r"[a-z0-9]+(-[a-z0-9]+)*"
    refusal: str = N_('"{text}" is not an id (small letters, digits and hyphens)')
    keys: tuple[str, ...] = ()

    @property
    def wants(self) -> str:
        """What *pattern* describes, in English."""
        return self.refusal.removeprefix(_IS_NOT)

    def read(self, node: yaml.Node, key: str, reader: Reader) -> dict[str, Any] | None:
        """Return the values by key, in the order of the file."""
        values: dict[str, Any] = {}
        for name, name_node, child in _pairs(node, key, reader):
            place = f"{key}.{name}" if key else name
            if self.keys and name not in self.keys:
                hint = nearest(name, self.keys) or _("use one of {words}", words=catalogue.listed(self.keys))
                reader.problem(name_node, place, _("is not a known key"), hint)
            elif not re.fullmatch(self.pattern, name):
                reader.problem(name_node, place, _(self.refusal, text=name))
            elif (value := self.item.read(child, place, reader)) is not None:
                values[name] = value
        return values


@dataclass(frozen=True)
class Either:
    """A text, or else a mapping: the short and the long way to say the same."""

    text: Shape
    mapping: Shape

    def read(self, node: yaml.Node, key: str, reader: Reader) -> Any:
        """Return what the shape that fits reads."""
        shape = self.mapping if isinstance(node, yaml.MappingNode) else self.text
        return shape.read(node, key, reader)


@dataclass(frozen=True)
class Record:
    """A fixed set of keys; those in *optional* may be missing and are then not in the result.

    Of the keys in *either* there must be one at least; where there is none, the first is said to be missing.
    """

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)
    either: tuple[str, ...] = ()

    def read(self, node: yaml.Node, key: str, reader: Reader) -> dict[str, Any] | None:
        """Return the values by key; missing and unknown keys are noted."""
        shapes = {**self.required, **self.optional}
        values: dict[str, Any] = {}
        present = set()
        meant = set()
        before = len(reader.problems)
        for name, name_node, child in _pairs(node, key, reader):
            place = f"{key}.{name}" if key else name
            present.add(name)
            if name in self.required:
                reader.needed.add(place)
            if name not in shapes:
                close = closest(name, shapes)
                meant.add(close)
                known = _("known are {keys}", keys=catalogue.listed(shapes))
                hint = _("did you mean {choice}?", choice=close) if close else known
                reader.problem(name_node, place, _("is not a known key"), hint)
            elif (value := shapes[name].read(child, place, reader)) is not None:
                values[name] = value
        if isinstance(node, yaml.MappingNode):
            missing = self.either[:1] if present.isdisjoint(self.either) and meant.isdisjoint(self.either) else ()
            for name in (*self.required, *missing):
                if name not in present and name not in meant:
                    reader.problem(node, f"{key}.{name}" if key else name, _("is missing"), _("add it"))
        return values if len(reader.problems) == before else None


def _pairs(node: yaml.Node, key: str, reader: Reader) -> Iterable[tuple[str, yaml.Node, yaml.Node]]:
    if not reader.expect(node, key, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for name_node, child in node.value:
        if not isinstance(name_node, yaml.ScalarNode):
            reader.problem(name_node, key, _("has a key that is not a text"), _("write a plain key"))
            continue
        name = name_node.value
        if len(name) > LONGEST_KEY:
            message = _("has a key longer than {limit} characters", limit=LONGEST_KEY)
            reader.problem(name_node, key, message, _("shorten it"))
            continue
        place = f"{key}.{name}" if key else name
        if name in seen:
            hint = _("it already stands in line {line}: keep one of the two", line=seen[name])
            reader.problem(name_node, place, _("stands twice"), hint)
            continue
        seen[name] = name_node.start_mark.line + 1
        yield name, name_node, child


def open_yaml(path: Path, source: str) -> tuple[yaml.Node, Reader]:
    """Parse the file at *path*, shown as *source*, into its root node and a reader for it.

    Raises:
        InputError: if the file cannot be read, is not UTF-8 or not YAML, or holds nothing.
    """
    node = _parsed(read_bytes(path, source), source)
    if node is None:
        raise InputError([Problem(source, _("is empty"), _("`appealgen init` makes an example"))])
    return node, Reader(source)


def read_bytes(path: Path, source: str) -> bytes:
    """Return what the file at *path*, shown as *source*, holds.

    Raises:
        InputError: if it cannot be read, or is too large to be meant.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError([Problem(source, _("cannot be read ({reason})", reason=error.strerror))]) from error
    if len(raw) > MAX_BYTES:
        message = _("is larger than {limit} bytes", limit=MAX_BYTES)
        raise InputError([Problem(source, message, _("is it the right file?"))])
    return raw


def keys_of(raw: bytes, source: str) -> dict[str, int]:
    """Return the keys at the top of a file of keys with values, each with its line; none where it is empty.

    Raises:
        InputError: if *raw*, shown as *source*, is not UTF-8, not YAML, or something else than keys with values.
    """
    node = _parsed(raw, source)
    if node is None:
        return {}
    reader = Reader(source)
    keys = {name: name_node.start_mark.line + 1 for name, name_node, _child in _pairs(node, "", reader)}
    if reader.problems:
        raise InputError(reader.problems)
    return keys


def _parsed(raw: bytes, source: str) -> yaml.Node | None:
    """Return the root node of a file; None where it holds nothing but comments."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(source, _("is not UTF-8"), _("save it as UTF-8"), line)]) from error
    try:
        # The parser's own next step goes down as deep as the file says, and falls over where that is deep.
        if fault := _oversized(yaml.parse(text, Loader=_LOADER)):
            raise InputError([Problem(source, fault, _("a file of this kind is flat and short"))])
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.reader.ReaderError as error:
        # Where it stands is told in bytes by one parser and in characters by the other; which it is, by both.
        character = error.character if isinstance(error.character, str) else chr(max(error.character, 0))
        line = text.count("\n", 0, max(text.find(character), 0)) + 1
        code = f"U+{ord(character):04X}"
        message = _("has the character {code}, which is not printed", code=code)
        raise InputError([Problem(source, message, _("take it out"), line)]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = _("is not YAML ({error})", error=error.problem)
        hint = _("check the indentation and quotes there; a text with a colon and a space wants quotes")
        raise InputError([Problem(source, what, hint, mark.line + 1 if mark else None)]) from error
    return node


def _oversized(events: Iterable[yaml.Event]) -> str:
    """Return what is too much in a file that has these *events*, or an empty text."""
    depth = 0
    for number, event in enumerate(events):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return _("is nested too deeply")
        if number > MOST_PARTS:
            return _("has more than {limit} parts", limit=MOST_PARTS)
    return ""


def read_yaml(path: Path, source: str, shape: Shape) -> tuple[Any, Reader]:
    """Read the file at *path* into the value of *shape* (None where that failed), with the reader and its problems.

    Raises:
        InputError: if the file is no YAML at all.
    """
    node, reader = open_yaml(path, source)
    return shape.read(node, "", reader), reader
