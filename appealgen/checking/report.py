"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass, field

from appealgen.errors import AppealgenError, InputError, Problem


@dataclass
class Report:
    """What a check found: *problems*; *slips* of typing, which spoil no letter; how much of each kind it looked at."""

    problems: list[Problem] = field(default_factory=list)
    slips: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, error: AppealgenError, source: str) -> None:
        """Note the problems of *error*, which came up at *source*; a problem is noted once."""
        found = error.problems if isinstance(error, InputError) else [Problem(source, str(error))]
        self.problems += [problem for problem in found if problem not in self.problems]

    def count(self, kind: str, number: int = 1) -> None:
        """Add *number* to what was looked at of *kind*."""
        self.counts[kind] = self.counts.get(kind, 0) + number
