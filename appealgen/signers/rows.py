"""A table's rows -> signers, each with its line, and everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.addresses import POSTAL_DIGITS, country_code, language_code, postal_lines
from appealgen.catalogue import _, _n
from appealgen.characters import (
    LONGEST_LINE,
    LONGEST_MESSAGE,
    PILE,
    REFUSED,
    fault_in_line,
    fault_in_text,
    folded,
    is_blank,
    meant,
)
from appealgen.errors import Problem
from appealgen.model import PRIVACIES, Signer
from appealgen.signers import EMAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.model import ColumnNames
    from appealgen.signers.columns import Columns
    from appealgen.signers.table import Table

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_ONE_LINE = (
    "name",
    "first-name",
    "middle-name",
    "last-name",
    "house-number",
    "postal-code",
    "city",
    "region",
    "country",
    "email",
    "language",
    "privacy",
    "consent",
    "target",
    "tone",
    "role",
    "organisation",
    "kind",
)
_PRINTED = ("name", "first-name", "middle-name", "last-name", "street", "house-number", "street-2", "postal-code",
            "city", "region", "email", "message")  # fmt: skip
_YES_MARKS = frozenset("✓✔☑+")
_NO_PRIVACY = frozenset({"full"})


@dataclass(slots=True)
class Row:
    """One row: *number* counts the rows, *line* is where it begins in the file.

    *cells* are as they stand, *found* without the spaces around them. A row that *can_sign* has consent and no
    *problems*; `Reading.signer` then says who it is.
    """

    number: int
    line: int
    cells: list[str]
    found: list[str] = field(default_factory=list)
    name: str = ""
    country: str | None = None
    language: str | None = None
    privacy: frozenset[str] = _NO_PRIVACY
    targets: tuple[str, ...] = ()
    tone: str | None = None
    consent: bool = True
    can_sign: bool = False
    problems: tuple[Problem, ...] = ()
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a row that does not say otherwise; the stricter of two privacies holds."""

    country: str | None = None
    language: str | None = None
    privacy: frozenset[str] = _NO_PRIVACY
    group: tuple[str, ...] = ()
    group_country: str | None = None


class Reading:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Columns, names: ColumnNames, defaults: Defaults) -> None:
        self.table = table
        self.columns = columns
        self._names = names
        self._defaults = defaults
        self._places = {field: columns.place(field) for field in names.fields}
        self._printed = [columns.places[field] for field in _PRINTED if field in columns.places]
        self._countries: dict[str, str | None] = {}
        self._languages: dict[str, str | None] = {}

    def rows(self) -> Iterator[Row]:
        """Yield every row below the header, in the order of the file, as it stands: `read` finds out what it says."""
        rows = self.table.rows()
        next(rows)
        for number, (line, cells) in enumerate(rows, 1):
            yield Row(number, line, cells)

    def read(self, row: Row) -> Row:
        """Find out what *row* says, or what is wrong with it, and return it."""
        if not row.is_read:
            row.is_read = True
            if len(row.cells) == self.columns.width or self._fits(row):
                self._read(row)
        return row

    def targets(self, row: Row) -> tuple[str, ...]:
        """Return the targets that *row* names itself."""
        place = self._places["target"]
        if place < 0 or place >= len(row.cells):
            return ()
        return tuple(row.cells[place].replace(",", " ").replace(";", " ").split())

    def _fits(self, row: Row) -> bool:
        """Note a row that has not the cells of the header; empty ones beyond it do no harm."""
        have, width = len(row.cells), self.columns.width
        if have > width and not any(map(str.strip, row.cells[width:])):
            return True
        message = _n(
            "has {count} cell where the header has {width}", "has {count} cells where the header has {width}", have,
            width=width,
        )  # fmt: skip
        hint = _("is a delimiter missing?") if have < width else _("is a delimiter too many, or a quote missing?")
        row.problems = (Problem(self.table.source, message, hint, row.line),)
        return False

    def _read(self, row: Row) -> None:
        cells, places, defaults = row.cells, self._places, self._defaults
        problems: list[Problem] = []
        joined = "\t".join(cells)
        if REFUSED.search(joined) or "\n" in joined or (not joined.isascii() and PILE.search(joined)):
            self._note_characters(row, problems)
        # An empty cell at the end is what a field without a column (-1) finds.
        found = [*map(str.strip, cells[: self.columns.width]), ""]
        if "'" in joined:
            found = [meant(cell) for cell in found]
        if len(joined) > LONGEST_LINE:
            self._note_lengths(row, found, problems)
        if self.columns.others:
            self._take_others(row, found, problems)
        if places["consent"] >= 0 and not self._consents(row, found[places["consent"]], problems):
            row.consent = False
            return
        name = found[places["name"]] or " ".join(
            filter(None, (found[places["first-name"]], found[places["middle-name"]], found[places["last-name"]]))
        )
        if not name or (not name.isascii() and is_blank(name)):
            hint = _("give the name of who signs, or take the row out")
            problems.append(self._problem(row, "name", _("is empty"), hint))
        row.found = found
        row.name = " ".join(name.split()) if "  " in name else name
        row.country = self._known(row, "country", found[places["country"]], self._countries, problems)
        row.country = row.country or defaults.country
        row.language = self._known(row, "language", found[places["language"]], self._languages, problems)
        row.language = row.language or defaults.language
        degree = found[places["privacy"]]
        row.privacy = self._privacy(row, degree, problems) if degree else defaults.privacy
        if places["target"] >= 0:
            row.targets = self.targets(row)
        row.tone = found[places["tone"]].casefold() or None
        row.problems = tuple(problems)
        row.can_sign = not problems

    def signer(self, row: Row) -> Signer:
        """Return who signs a *row* that can sign."""
        found, places = row.found, self._places
        email, message = found[places["email"]], found[places["message"]]
        return Signer(
            name=row.name,
            address=self._address(found, row.country),
            town=found[places["city"]] or None,
            email=email if email and EMAIL.fullmatch(email) else None,
            country=row.country,
            language=row.language,
            message=tuple(" ".join(part.split()) for part in message.split("\n\n") if part.strip()) if message else (),
            privacy=row.privacy,
            group=self._defaults.group,
            group_country=self._defaults.group_country,
        )

    def brought(self, row: Row) -> str:
        """Return everything of *row* that may stand in a letter, in one text."""
        found = row.found
        return "\n".join([found[place] for place in self._printed])

    def _consents(self, row: Row, text: str, problems: list[Problem]) -> bool:
        answer = folded(text)
        if text in _YES_MARKS or answer in self._names.yes:
            return bool(text)
        if answer and answer not in self._names.no:
            message = _('"{answer}" is neither yes nor no', answer=text)
            problems.append(self._problem(row, "consent", message, _("write yes or no")))
            return True
        return False

    def _privacy(self, row: Row, degree: str, problems: list[Problem]) -> frozenset[str]:
        """Return what the row and the option want hidden, together."""
        known = self._names.privacy.get(folded(degree))
        if known is None:
            hint = _("use one of {names}", names=catalogue.listed(PRIVACIES))
            problems.append(self._problem(row, "privacy", _('"{word}" is not known', word=degree), hint))
            return _NO_PRIVACY
        return (self._defaults.privacy | {known}) - _NO_PRIVACY or _NO_PRIVACY

    def _address(self, found: list[str], country: str | None) -> tuple[str, ...]:
        places = self._places
        street = found[places["street"]]
        before: tuple[str, ...] = ()
        if "\n" in street:
            *lines, street = (part.strip() for part in street.splitlines() if part.strip())
            before = tuple(lines)
        if street and found[places["house-number"]]:
            street = f"{street} {found[places['house-number']]}"
        code, city, region = found[places["postal-code"]], found[places["city"]], found[places["region"]]
        return before + postal_lines(street, found[places["street-2"]], code, city, region, country)

    def _take_others(self, row: Row, found: list[str], problems: list[Problem]) -> None:
        """Fill a field from its further columns where the first is empty; two that differ are a problem."""
        for name, others in self.columns.others.items():
            first = self.columns.places[name]
            for other in others:
                if found[other] and found[first] and found[other] != found[first]:
                    shown = self.columns.headings
                    message = _(
                        '"{heading}" and "{other}" (column {number}) differ',
                        heading=shown[first], other=shown[other], number=other + 1,
                    )  # fmt: skip
                    hint = _("say which holds it with --map HEADING={field}", field=name)
                    problems.append(self._problem(row, name, message, hint))
                found[first] = found[first] or found[other]

    def _known(
        self, row: Row, field: str, text: str, cache: dict[str, str | None], problems: list[Problem]
    ) -> str | None:
        """Return the code of the country or language that *text* names, or None for an empty text."""
        if not text:
            return None
        if text not in cache:
            try:
                cache[text] = country_code(text) if field == "country" else language_code(text)
            except ValueError as error:
                problems.append(self._problem(row, field, str(error), ""))
                return None
        return cache[text]

    def _note_characters(self, row: Row, problems: list[Problem]) -> None:
        for name, place in self.columns.places.items():
            text = row.cells[place].strip()
            fault = fault_in_line(text) if name in _ONE_LINE else fault_in_text(text.replace("\r\n", "\n"))
            if fault:
                problems.append(self._problem(row, name, fault, _("take it out")))
            row.cells[place] = text.replace("\r\n", "\n")

    def _note_lengths(self, row: Row, found: list[str], problems: list[Problem]) -> None:
        for name, place in self.columns.places.items():
            longest = LONGEST_MESSAGE if name == "message" else LONGEST_LINE
            if len(found[place]) > longest:
                message = _("is longer than {limit} characters", limit=longest)
                problems.append(self._problem(row, name, message, _("shorten it")))

    def _problem(self, row: Row, field: str, message: str, hint: str) -> Problem:
        return Problem(self.table.source, message, hint, row.line, field)

    def doubts(self, row: Row) -> list[Problem]:
        """Return what may be wrong with a row that can be written all the same."""
        doubts = []
        places, found = self._places, row.found
        if (email := found[places["email"]]) and not EMAIL.fullmatch(email):
            message = _('"{email}" cannot be an email address', email=email)
            doubts.append(self._problem(row, "email", message, _("the letter leaves it out")))
        if code := found[places["postal-code"]]:
            digits = POSTAL_DIGITS.get(row.country or "")
            if digits and code.isdigit() and len(code) == digits - 1:
                message = _('"{code}" has a digit too few', code=code)
                hint = _("did a spreadsheet take its zero away: 0{code}?", code=code)
                doubts.append(self._problem(row, "postal-code", message, hint))
            elif _SCIENTIFIC.fullmatch(code):
                message = _('"{code}" is a number in scientific notation', code=code)
                hint = _("a spreadsheet made a number of it: look it up")
                doubts.append(self._problem(row, "postal-code", message, hint))
        return doubts
