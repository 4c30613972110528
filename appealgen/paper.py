"""Envelopes, windows and sheets of labels as values: sizes and places in millimetres, from the left and upper edge."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a sheet or an envelope."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """How far its right edge is from the left edge of the sheet."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """How far its lower edge is from the upper edge of the sheet."""
        return self.top + self.height

    def is_in(self, other: Box, slack: float = 0.05) -> bool:
        """Tell whether no edge stands further out than that of *other*, by more than *slack*."""
        return (
            self.left >= other.left - slack
            and self.top >= other.top - slack
            and self.right <= other.right + slack
            and self.bottom <= other.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Where an envelope shows a folded sheet.

    It *shows* this of the sheet, which is *paper* (``A4`` or ``Letter``); the *address* stands within, and may begin
    *above* it by so much where it is long.
    """

    id: str
    paper: str
    shows: Box
    address: Box
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope of *width* and *height*: where the *address* stands on it, and who sends it (*sender*)."""

    id: str
    width: float
    height: float
    address: Box
    sender: Box


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels, all of one size, in rows; *across* and *down* go from one label's edge to the next one's."""

    id: str
    paper: str
    columns: int
    rows: int
    first: Box
    across: float
    down: float

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    def places(self) -> Iterator[Box]:
        """Yield where each label is, row by row."""
        first = self.first
        for number in range(self.count):
            row, column = divmod(number, self.columns)
            yield Box(first.left + column * self.across, first.top + row * self.down, first.width, first.height)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures of an entry come from, and what is said of it in a few words."""

    what: str
    source: str
    verified_on: str


@dataclass(frozen=True, slots=True)
class Papers:
    """What is known of envelopes, windows and sheets of labels, by id; *origins* by kind and id."""

    envelopes: Mapping[str, Envelope] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    labels: Mapping[str, LabelSheet] = field(default_factory=dict)
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)

    def over(self, other: Papers) -> Papers:
        """Return both together; of the same id, this one's entry holds."""
        return Papers(
            {**other.envelopes, **self.envelopes},
            {**other.windows, **self.windows},
            {**other.labels, **self.labels},
            {**other.origins, **self.origins},
        )
