"""Lists: what not to name, what to know of countries, what columns are called; and the file of a signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.characters import folded
from appealgen.errors import InputError
from appealgen.loading.shapes import COUNTRY_CODE, EMAIL, LANGUAGE_CODE, NO_COUNTRY_CODE, load
from appealgen.loading.signatories import SIGNATORY_NAMES, signatory_names
from appealgen.model import PRIVACIES, ColumnNames, Country, ForbiddenName, Rule, Signer
from appealgen.schema import Choice, Day, Line, ListOf, MapOf, Paragraph, Paragraphs, Record

if TYPE_CHECKING:
    from pathlib import Path

_FORBIDDEN = Record({"source": Line(), "spellings": ListOf(Line(), empty=False)}, {"since": Day()})
FORBIDDEN = MapOf(MapOf(_FORBIDDEN), COUNTRY_CODE, NO_COUNTRY_CODE)
_RULE = Record({"text": Paragraph(), "source": Line(), "checked_on": Day(exact=True)})
COUNTRIES = MapOf(
    Record({}, {"reply_rule": _RULE, "post": _RULE}),
    COUNTRY_CODE,
    NO_COUNTRY_CODE,
)
COLUMN_FIELDS = (
    "name",
    "first-name",
    "middle-name",
    "last-name",
    "street",
    "house-number",
    "street-2",
    "postal-code",
    "city",
    "region",
    "country",
    "email",
    "language",
    "message",
    "privacy",
    "consent",
    "target",
    "tone",
)
COLUMNS = Record(
    {
        "fields": Record({field: ListOf(Line()) for field in COLUMN_FIELDS}),
        "ignored": ListOf(Line()),
        "yes": ListOf(Line()),
        "no": ListOf(Line()),
        "privacy": Record({degree: ListOf(Line()) for degree in PRIVACIES}),
    },
    {"joint": SIGNATORY_NAMES},
)
SIGNER = Record(
    {},
    {
        "name": Line(),
        "address": ListOf(Line()),
        "town": Line(),
        "email": EMAIL,
        "country": Line(),
        "language": LANGUAGE_CODE,
        "message": Paragraphs(),
        "privacy": Choice(PRIVACIES),
        "group": ListOf(Line(), empty=False),
    },
    # A group alone sends joint letters, and is where answers go to who signs in its care.
    either=("name", "group"),
)


def load_forbidden(path: Path, source: str) -> dict[str, tuple[ForbiddenName, ...]]:
    """Load ``do-not-name.yaml``: country of the office -> names.

    Raises:
        InputError: with every problem of the file.
    """
    fields, _reader = load(path, source, FORBIDDEN)
    return {
        country: tuple(
            ForbiddenName(name, country, entry.get("since"), entry["source"], entry["spellings"])
            for name, entry in names.items()
        )
        for country, names in fields.items()
    }


def load_countries(path: Path, source: str) -> dict[str, Country]:
    """Load ``countries.yaml``: what to know of a country before writing to its offices.

    Raises:
        InputError: with every problem of the file.
    """
    fields, _reader = load(path, source, COUNTRIES)
    return {
        code: Country(code, **{name: Rule(**rule) for name, rule in known.items()}) for code, known in fields.items()
    }


def load_column_names(path: Path, source: str) -> ColumnNames:
    """Load ``columns.yaml``: what the columns of a table of signers are called.

    Raises:
        InputError: with every problem of the file, such as a heading that stands under two fields.
    """
    fields, reader = load(path, source, COLUMNS)
    by_heading: dict[str, str] = {}
    for field, headings in fields["fields"].items():
        for heading in (field, *headings):
            fold = folded(heading)
            if by_heading.setdefault(fold, field) != field:
                other = by_heading[fold]
                message = _('"{heading}" stands under {field} as well', heading=heading, field=other)
                reader.problem_at(f"fields.{field}", message, _("keep one of the two"))
    if reader.problems:
        raise InputError(reader.problems)
    privacy = {folded(word): degree for degree, words in fields["privacy"].items() for word in (degree, *words)}
    ignored, yes, no = (frozenset(map(folded, fields[part])) for part in ("ignored", "yes", "no"))
    joint = signatory_names(fields.get("joint", {}))
    return ColumnNames(by_heading, COLUMN_FIELDS, ignored, yes, no, privacy, joint)


def load_signer(path: Path, source: str) -> Signer:
    """Load a signer's file.

    Raises:
        InputError: with every problem of the file.
    """
    fields, reader = load(path, source, SIGNER)
    if "name" not in fields and (alone := [key for key in ("address", "town", "email") if key in fields]):
        reader.problem_at(alone[0], _("is there without a name"), _("give the name of who signs"))
        raise InputError(reader.problems)
    fields.setdefault("name", None)
    fields["privacy"] = frozenset({fields.get("privacy", "full")})
    return Signer(**fields, group_country=fields.get("country"))
