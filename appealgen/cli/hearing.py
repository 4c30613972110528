"""How the program speaks to who listens to it line by line, or reads it in Braille.

No program can find out that somebody uses a screen reader, so it is asked for: ``ACCESSIBLE=1`` in the environment, as
other programs have it. A terminal that calls itself ``dumb`` gets no drawings and no colours either.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from appealgen.catalogue import _, _p

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO = frozenset({"", "0", "false", "no", "off"})
# A terminal of so few characters, such as a line of Braille, has no room for a second column beside long names.
_NARROW = 60


def is_wanted() -> bool:
    """Tell whether words are wanted in place of what only the place on a screen says."""
    return os.environ.get("ACCESSIBLE", "").strip().casefold() not in _NO


def is_plain() -> bool:
    """Tell whether nothing shall be drawn, moved or coloured."""
    return is_wanted() or os.environ.get("TERM") == "dumb"


def confirm(question: str, *, default: bool = False, err: bool = False) -> bool:
    """Ask *question*, and say in words what Enter answers: a capital letter in "[Y/n]" is not heard.

    Yes and no are taken in the user's language, and in English.
    """
    from appealgen.characters import folded

    yes, no = _p("answer", "yes"), _p("answer", "no")
    answers = {"y": True, "yes": True, "n": False, "no": False, "": default}
    answers |= {yes: True, _p("answer", "y"): True, no: False, _p("answer", "n"): False}
    # As they are typed: "si" for "sí".
    known = {folded(word): meaning for word, meaning in answers.items()}

    def read(answer: str) -> bool:
        try:
            return known[folded(answer) or answer.strip()]
        except KeyError:
            raise click.BadParameter(_("answer {yes} or {no}", yes=yes, no=no)) from None

    asked = _(
        "{question} ({yes} or {no}, Enter for {usual})", question=question, yes=yes, no=no, usual=yes if default else no
    )
    found: bool = click.prompt(asked, default="", show_default=False, value_proc=read, err=err)
    return found


class Formatter(click.HelpFormatter):
    """Help in which what an option does stands below it, where a second column is not wanted or has no room."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and what they are."""
        rows = list(rows)
        longest = max((len(name) for name, _text in rows), default=0)
        if is_wanted() or (self.width < _NARROW and min(longest, col_max) > self.width // 3):
            col_max = col_spacing
        super().write_dl(rows, col_max, col_spacing)


class Context(click.Context):
    """A context whose help is written so."""

    formatter_class = Formatter
