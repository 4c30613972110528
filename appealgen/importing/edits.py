"""Changes to a YAML file that somebody may have written in: one value at a time, the rest as it stands."""

from __future__ import annotations

import re

from appealgen.catalogue import _
from appealgen.errors import RefusedError


def with_value(text: str, path: tuple[str, ...], value: str, source: str) -> str:
    """Return *text* with the value at *path* put to *value*, or added at the end of the mapping where it belongs.

    Args:
        text: a file whose mappings are written in block style, a key on a line.
        path: the keys that lead to the value, from the outermost.
        value: as it stands in the file; its further lines are indented already, and one that begins with a line break
            is a mapping.
        source: the name of the file, for messages.

    Raises:
        RefusedError: if a mapping on the way is written in braces.
    """
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    begin, end, indent = 0, len(lines), 0
    for depth, key in enumerate(path):
        begun = re.compile(rf" {{{indent}}}{re.escape(key)}:(?:\s|$)")
        at = next((number for number in range(begin, end) if begun.match(lines[number])), None)
        if at is None:
            missing = path[depth:]
            if len(missing) > 1:
                missing_key = ".".join(path[: depth + 1])
                raise RefusedError(_("{file}: has no {key} to change: add it by hand", file=source, key=missing_key))
            begin = end = _end_of_content(lines, begin, end)
            break
        begin, end = at, _end(lines, at, end, indent)
        if depth == len(path) - 1:
            break
        if not re.fullmatch(r"\s*[\w-]+:\s*(?:\{\s*\})?\s*(?:#.*)?", lines[at]):
            raise RefusedError(
                _(
                    "{file}:{line}: {key}: is written in braces: write a key on a line, to have it changed",
                    file=source,
                    line=at + 1,
                    key=key,
                )
            )
        lines[at] = re.sub(r":\s*\{\s*\}", ":", lines[at])
        begin = at + 1
        inner = next((line for line in lines[begin:end] if _is_content(line)), "")
        indent = len(inner) - len(inner.lstrip()) if inner else indent + 2
    separator = "" if value.startswith("\n") else " "
    lines[begin:end] = f"{' ' * indent}{path[-1]}:{separator}{value}".split("\n")
    return end_of_line.join([*lines, ""])


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _end(lines: list[str], at: int, end: int, indent: int) -> int:
    """Return where the value of the key on line *at* ends; empty lines and comments below it are not part of it."""
    for number in range(at + 1, end):
        if _is_content(lines[number]) and len(lines[number]) - len(lines[number].lstrip()) <= indent:
            return _end_of_content(lines, at + 1, number)
    return _end_of_content(lines, at + 1, end)


def _end_of_content(lines: list[str], begin: int, end: int) -> int:
    while end > begin and not _is_content(lines[end - 1]):
        end -= 1
    return end
