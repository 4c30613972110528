"""The values of settings: from the text of a variable or the types of TOML to what an option takes."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from appealgen.catalogue import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True)
class Option:
    """What is to know of an option: its *name* without hyphens, the *kind* of value (bool, int, float, date or str).

    *many* values may be given; *is_path* where it names a file or folder. *check* returns what is wrong with a value,
    or an empty text.
    """

    name: str
    kind: type
    many: bool
    is_path: bool
    check: Callable[[Any], str]


def read_text(option: Option, text: str) -> Any:
    """Read the value of a variable; several values stand on lines of their own."""
    if option.many:
        return [_one_text(option, line) for line in text.splitlines() if line.strip()]
    return _one_text(option, text)


def _one_text(option: Option, text: str) -> Any:
    if option.kind is bool:
        if text.lower() not in _TRUE + _FALSE:
            raise ValueError(_('"{value}" is neither yes nor no: write 1 or 0', value=text))
        return text.lower() in _TRUE
    if option.kind in (int, float):
        try:
            return option.kind(text)
        except ValueError:
            if option.kind is int:
                fault = _('"{value}" is not a whole number', value=text)
            else:
                fault = _('"{value}" is not a number', value=text)
            raise ValueError(fault) from None
    return text


_WANTED = {
    bool: N_("must be true or false"),
    int: N_("must be a whole number, without quotes"),
    float: N_("must be a number, without quotes"),
    str: N_("must be a text in quotes"),
    datetime.date: N_("must be a date, such as 2026-11-20"),
}
# Of the options that may be given several times, those of today.
_SEVERAL: dict[type, str] = {str: N_("must be a text in quotes, or several in [ ]")}


def read_typed(option: Option, value: Any) -> Any:
    """Return the value of a key of TOML, or say which type it must have."""
    values = value if option.many and isinstance(value, list) else [value]
    for one in values:
        kind = bool if isinstance(one, bool) else type(one)
        fits = kind is option.kind or (option.kind, kind) in ((datetime.date, str), (float, int))
        if not fits:
            wanted = (_SEVERAL if option.many and option.kind in _SEVERAL else _WANTED)[option.kind]
            raise ValueError(_(wanted))
    return list(values) if option.many else value


def keep_inside(folder: Path, value: Any) -> Any:
    """Return a path of the group's file from the group's folder, or refuse one that leads out of it."""
    if isinstance(value, list):
        return [keep_inside(folder, one) for one in value]
    text: str = value
    if text == "-":
        return text
    if "\0" in text:
        raise ValueError(_("has a character that no path can have"))
    root = folder.resolve()
    if text.startswith("~") or "\\" in text or not (root / text).resolve().is_relative_to(root):
        raise ValueError(
            _('"{path}" leads out of the group\'s folder: name a place in it, such as letters/', path=text)
        )
    path = os.path.normpath(folder / text)
    return path + "/" if text.endswith("/") else path


def from_home(value: Any) -> Any:
    """Return a path of the user's file, with ~ for the home folder as on the command line."""
    if isinstance(value, list):
        return [from_home(one) for one in value]
    text: str = value
    return os.path.expanduser(text) if text.startswith("~") else text  # noqa: PTH111  keeps a / at the end


def lines_of_keys(text: str) -> dict[tuple[str, ...], int]:
    """Return the line of each key, by its table and name, as far as they stand at the beginning of a line."""
    import re

    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line):
            table = _names(header[1])
            lines.setdefault(table, number)
        elif key := re.match(r"""\s*([A-Za-z0-9_."'-]+(?:\s*\.\s*[A-Za-z0-9_"'-]+)*)\s*=""", line):
            names = (*table, *_names(key[1]))
            lines.setdefault(names, number)
            lines.setdefault(names[:1], number)
    return lines


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))
