"""Shapes that several kinds of file share, and reading a file whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appealgen.catalogue import N_
from appealgen.errors import InputError
from appealgen.schema import Either, Line, MapOf, Reader, Shape, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COUNTRY_CODE = r"[A-Z]{2}"
NO_COUNTRY_CODE = N_('"{text}" is not a country code of two capitals, such as RU')
COUNTRY = Line(COUNTRY_CODE, NO_COUNTRY_CODE)
_LANGUAGE_CODE = (r"[a-z]{2,3}", N_('"{text}" is not a language code, such as en'))
LANGUAGE_CODE = Line(*_LANGUAGE_CODE)
EMAIL = Line(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", N_('"{text}" is not an email address')
)
PHONE = Line(r"\+[1-9][0-9]*( [0-9]+)*", N_('"{text}" is not an international number, such as "+7 495 987 58 41"'))
URL = Line(r"https?://[^\s<>\"]+", N_('"{text}" is not a web address'))
FORMS = MapOf(Line(), r"[a-z]+(_[a-z]+)*", N_('"{text}" is not the name of a form, such as genitive'))
#: A text is the nominative; the other way to write it names each form.
FORMS_OR_TEXT = Either(Line(), FORMS)
NAME = MapOf(FORMS_OR_TEXT, *_LANGUAGE_CODE)


def load(path: Path, source: str, shape: Shape) -> tuple[dict[str, Any], Reader]:
    """Read the file at *path*, shown as *source*, whole; its own problems are raised before references are looked at.

    Raises:
        InputError: with every problem of the file.
    """
    fields, reader = read_yaml(path, source, shape)
    if reader.problems:
        raise InputError(reader.problems)
    return fields, reader


def named(value: Mapping[str, str | dict[str, str]]) -> dict[str, dict[str, str]]:
    """Read a plain text as the nominative."""
    return {name: {"nominative": forms} if isinstance(forms, str) else forms for name, forms in value.items()}
