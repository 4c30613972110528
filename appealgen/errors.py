"""What can go wrong, in words ready for a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Iterable


# Control characters, which a terminal obeys; direction overrides and what cannot be seen; halves of characters.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LONGEST = 2_000
#: Whether places in files are told in words, "line 3", to who listens: "file:3" is what editors go to.
spoken = False


def printable(text: str) -> str:
    """Return *text* with what a terminal would obey, or not show, written out, and without the middle of a long one."""
    if len(text) > _LONGEST:
        # What is wrong often stands after it.
        half = _LONGEST // 2
        text = f"{text[:half]}...{text[-half:]}"
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def place_of(file: str, line: object) -> str:
    """Return a place in *file*, a *line* or several, as it is told to a person."""
    return _("{file}, line {line}", file=file, line=line) if spoken else f"{file}:{line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input.

    *source* is a file or an option, *line* counts from 1, *key* is the dotted path within the file, *message*
    says what is wrong and *hint* what to do. Parts that do not apply are empty.
    """

    source: str
    message: str
    hint: str = ""
    line: int | None = None
    key: str = ""

    def __str__(self) -> str:
        """Join the parts as ``file:line: key: what: what to do``."""
        return self._told(self.source if self.line is None else place_of(self.source, self.line))

    @property
    def plain(self) -> str:
        """The same as other programs read it, whoever listens."""
        return self._told(self.source if self.line is None else f"{self.source}:{self.line}")

    def _told(self, where: str) -> str:
        place = [part.replace("\n", "\\n") for part in (where, self.key)]
        said = printable(self.message)
        if self.hint:
            # What stands around a colon is not the same in every language.
            said = _("{message}: {hint}", message=said, hint=printable(self.hint))
        return ": ".join(filter(None, (*map(printable, place), said)))


class AppealgenError(Exception):
    """Base of every error that a user can cause; its text is the message to show."""

    exit_status = 1


class InputError(AppealgenError):
    """Something is wrong with files or data; holds every *problem* found, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Travel between processes with the problems, not with their text."""
        return type(self), (self.problems,)


class UsageError(AppealgenError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_status = 2


class RefusedError(AppealgenError):
    """The request is understood and not carried out: a closed case, an existing file, a name not to be named."""


class NoEmbassyError(RefusedError):
    """The address book has no embassy in a signer's country: this one letter cannot be, others of the signer can."""


class OutputError(AppealgenError):
    """A file or folder cannot be written."""


# What is longer is no slip of the hand, and takes long to compare.
_LONGEST_NAME = 100


def closest(word: str, choices: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the choice that *word* is most likely meant for, or an empty text; a *cutoff* of 1 wants the same."""
    import difflib  # only when something went wrong

    if len(word) > _LONGEST_NAME:
        return ""
    return next(iter(difflib.get_close_matches(word, list(choices), n=1, cutoff=cutoff)), "")


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return ``did you mean X?`` for the choice closest to *word*, or an empty text."""
    close = closest(word, choices)
    return _("did you mean {choice}?", choice=close) if close else ""
