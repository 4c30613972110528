"""A list of signatories as people type it: one a line, the role after a dash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.characters import LONGEST_LINE, LONGEST_MESSAGE, fault_in_line, folded, is_blank
from appealgen.errors import InputError, Problem
from appealgen.model import Signatory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from appealgen.model import SignatoryNames

_SPACES = " \u00a0\u2007\u2009\u202f"
_HYPHENS = "\u2010\u2011-"
# A dash, or a hyphen beside a space, or the tab of a list that was a table; a hyphen within a name is none of these.
_DASH = re.compile(
    rf"[{_SPACES}]*(?:[\u2012-\u2015\u2212\t]|(?<=[{_SPACES}])[{_HYPHENS}]|[{_HYPHENS}](?=[{_SPACES}]))[{_SPACES}\t]*"
)
_MARK = re.compile(r"^(?:[-•·*▪◦]|\(?\d{1,5}[.)])[ \u00a0\t]+")
# What makes a word a heading for certain: a colon, or how many stand below it.
_AFTER_HEADING = re.compile(r"[ \u00a0]*(?:\([\d., \u00a0]+\)[ \u00a0]*:?|:)$")
_LARGEST = 20_000_000


def read(
    path: Path, source: str, words: SignatoryNames, encoding: str | None
) -> tuple[list[Signatory], list[Problem], list[Problem]]:
    """Read the list at *path*, called *source*, and return who is in it, what is wrong, and what is doubtful.

    A line such as ``Organisations:`` says of what kind those below it are; ``#`` begins a comment.

    Raises:
        InputError: if the file cannot be read, or is in another *encoding* than it is said to be.
    """
    signatories: list[Signatory] = []
    problems: list[Problem] = []
    doubts: list[Problem] = []
    organisations = False
    for number, text in _lines(path, source, encoding):
        line = text.strip(" \t\u00a0")
        if not line or line.startswith("#"):
            continue
        heading, marks = _AFTER_HEADING.subn("", line)
        if (said := folded(heading)) in words.organisations or said in words.people:
            organisations = said in words.organisations
            if not marks:
                message = _('"{line}" is read as a heading, not as a name', line=line)
                doubts.append(Problem(source, message, _("write a colon after it if it is one"), number))
            continue
        if fault := fault_in_line(line.replace("\t", " ")):
            problems.append(Problem(source, fault, _("take it out"), number))
            continue
        name, role = split(_MARK.sub("", line, count=1))
        limits = ((name, LONGEST_LINE), (role, LONGEST_MESSAGE))
        if limit := next((limit for text, limit in limits if len(text) > limit), 0):
            problems.append(Problem(source, _("is longer than {limit} characters", limit=limit), line=number))
            continue
        if is_blank(name):
            hint = _("write the name before the dash, or take the line out")
            problems.append(Problem(source, _("is empty"), hint, number, "name"))
            continue
        if not role and "," in name:
            hint = _("write a dash between the two: Ana Example – Lawyer")
            doubts.append(Problem(source, _("has a comma, perhaps before a role"), hint, number, "name"))
        signatories.append(Signatory(name, role, organisations, line=number))
    return signatories, problems, doubts


def _lines(path: Path, source: str, encoding: str | None) -> Iterator[tuple[int, str]]:
    from appealgen.signers.table import LIKELY, encoding_of

    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        raise InputError([Problem(source, _("cannot be read ({reason})", reason=error.strerror))]) from error
    if len(raw) > _LARGEST:
        message = _("is larger than {limit} bytes", limit=_LARGEST)
        raise InputError([Problem(source, message, _("is it the right file?"))])
    if raw.startswith(b"PK\3\4"):
        hint = _("name it .xlsx if it is a table; else save it as plain text")
        raise InputError([Problem(source, _("is a document, not plain text"), hint)])
    encoding = encoding or encoding_of(raw)
    try:
        text = raw.decode(encoding)
    except LookupError as error:
        hint = _("usual are {names}", names=catalogue.listed(LIKELY))
        message = _('"{name}" is not an encoding', name=encoding)
        raise InputError([Problem("--encoding", message, hint)]) from error
    except UnicodeDecodeError as error:
        hint = _("save it as UTF-8, or say with --encoding what it is, such as {example}", example=LIKELY[0])
        line = raw.count(b"\n", 0, error.start) + 1
        message = _("is not {encoding}", encoding=encoding.upper())
        raise InputError([Problem(source, message, hint, line)]) from error
    yield from enumerate(re.split(r"\r\n|\r|\n", text), 1)


def split(text: str) -> tuple[str, str]:
    """Split *text* at its first dash into name and role; either may be empty."""
    name, *rest = _DASH.split(text, maxsplit=1)
    return tidied(name), tidied(rest[0] if rest else "")


def tidied(text: str) -> str:
    """Return *text* with single spaces, and without a comma that nothing follows."""
    return re.sub(r"[ \t\u00a0]+", " ", text).strip(" ").rstrip(" ,;")
