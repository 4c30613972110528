"""The help of commands in the user's language."""

from __future__ import annotations

import copy
import inspect
from typing import TYPE_CHECKING

from appealgen.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

#: Click's mark before lines that stay as they are.
KEPT = "\b"


def translated(command: click.Command) -> click.Command:
    """Return *command* with its help in the user's language."""
    other = copy.copy(command)
    other.help = "\n\n".join(map(_paragraph, inspect.cleandoc(command.help or "").split("\n\n")))
    other.short_help = command.short_help and _(command.short_help)
    other.params = [copy.copy(param) for param in command.params]
    for param in other.params:
        if said := getattr(param, "help", None):
            param.help = _(said)
    return other


def _paragraph(text: str) -> str:
    if not text.startswith(KEPT):
        return _(text) if text else text
    # What is indented is typed, not read.
    return "\n".join(line if line.startswith((KEPT, " ")) or not line else _(line) for line in text.split("\n"))


def messages(text: str) -> Iterator[str]:
    """Yield the messages that the docstring of a command consists of, as `translated` looks them up."""
    for paragraph in text.split("\n\n"):
        if not paragraph.startswith(KEPT):
            yield paragraph
        else:
            yield from (line for line in paragraph.split("\n") if line and not line.startswith((KEPT, " ")))
