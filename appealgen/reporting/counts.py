"""Letters counted by case, target, language, channel and month."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from appealgen.journal import KitNote
    from appealgen.reporting.runs import Run, Sent

#: What letters can be counted by.
DIMENSIONS = ("case", "target", "language", "channel", "month")
#: In place of the channel of letters that nobody has noted as sent.
NOT_SENT = "not sent"


def count(runs: Iterable[Run], by: Sequence[str] = DIMENSIONS) -> dict[tuple[str, ...], int]:
    """Return the letters of *runs* by what *by* names (some of `DIMENSIONS`), sorted.

    The month is the one in which a letter was sent, or written where it was not sent.
    """
    counted: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        for kit, number in run.letters.items():
            sent = run.sent(kit)
            values = {
                "case": run.case,
                "target": kit.alias,
                "language": kit.language,
                "channel": sent.channel if sent else NOT_SENT,
                "month": f"{(sent.day if sent else run.day):%Y-%m}",
            }
            counted[tuple(values[name] for name in by)] += number
    return dict(sorted(counted.items()))


@dataclass(frozen=True, slots=True)
class Due:
    """The *number* of letters of a run to one target that were *sent* and not answered: look again *after* that day."""

    run: Run
    kit: KitNote
    number: int
    sent: Sent
    after: datetime.date


def due(runs: Iterable[Run], weeks: int) -> Iterator[Due]:
    """Yield what was sent and has no answer, with the day on which *weeks* have passed; the earliest first."""
    found = []
    for run in runs:
        together: dict[tuple[str, Sent], tuple[KitNote, int]] = {}
        for kit, number in run.letters.items():
            sent = run.sent(kit)
            if sent is not None and run.reply(kit, sent.day) is None:
                first, before = together.get((kit.alias, sent), (kit, 0))
                together[kit.alias, sent] = first, before + number
        for (_, sent), (kit, number) in together.items():
            found.append(Due(run, kit, number, sent, sent.day + datetime.timedelta(weeks=weeks)))
    yield from sorted(found, key=lambda one: (one.after, str(one.run.place), one.kit.alias))
