"""Envelopes, windows and sheets of labels: ``paper.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appealgen.catalogue import N_, _
from appealgen.errors import InputError
from appealgen.loading.shapes import load
from appealgen.paper import Box, Envelope, LabelSheet, Origin, Papers, Window
from appealgen.schema import Choice, Day, Line, MapOf, Paragraph, Record

if TYPE_CHECKING:
    from pathlib import Path

    from appealgen.schema import Reader

#: Of the sheets that letters and labels are printed on, in millimetres.
_SHEETS = {"A4": Box(0, 0, 210, 297), "Letter": Box(0, 0, 215.9, 279.4)}
_MM = Line(r"[0-9]{1,3}(\.[0-9]{1,6})?", N_('"{text}" is not a number of millimetres, such as 63.5'))
_COUNT = Line(r"[1-9][0-9]?", N_('"{text}" is not a number from 1 to 99'))
_BOX = Record({"left": _MM, "top": _MM, "width": _MM, "height": _MM})
_ORIGIN = {"source": Paragraph()}
_VERIFIED = {"verified_on": Day(exact=True)}
_ID = (r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", N_('"{text}" is not an id (letters, digits and hyphens)'))
_PAPER = Choice(tuple(_SHEETS))
_BEYOND_ENVELOPE = N_("goes beyond the edge of the envelope")
_BEYOND_SHEET = N_("goes beyond the edge of the sheet")
_BEYOND_WINDOW = N_("goes beyond the edge of what the window shows")

ENVELOPE = Record({"width": _MM, "height": _MM, "address": _BOX, "return": _BOX, **_ORIGIN}, _VERIFIED)
WINDOW = Record(
    {"paper": _PAPER, "envelope": Line(), "fold": Line(), "shows": _BOX, "address": _BOX, **_ORIGIN},
    {"above": _MM, **_VERIFIED},
)
LABELS = Record(
    {
        "paper": _PAPER,
        "columns": _COUNT,
        "rows": _COUNT,
        **dict.fromkeys(("width", "height", "left", "top", "across", "down"), _MM),
        **_ORIGIN,
    },
    _VERIFIED,
)
PAPER = Record({}, {"envelopes": MapOf(ENVELOPE, *_ID), "windows": MapOf(WINDOW, *_ID), "labels": MapOf(LABELS, *_ID)})


def load_paper(path: Path, source: str) -> Papers:
    """Load ``paper.yaml``.

    Raises:
        InputError: with every problem of the file, such as a label that stands beyond the edge of its sheet.
    """
    fields, reader = load(path, source, PAPER)
    papers = Papers(
        {name: _envelope(name, entry, reader) for name, entry in fields.get("envelopes", {}).items()},
        {name: _window(name, entry, reader) for name, entry in fields.get("windows", {}).items()},
        {name: _labels(name, entry, reader) for name, entry in fields.get("labels", {}).items()},
        {
            (kind, name): Origin(_told(kind, entry), entry["source"], str(entry.get("verified_on", "unverified")))
            for kind in fields
            for name, entry in fields[kind].items()
        },
    )
    if reader.problems:
        raise InputError(reader.problems)
    return papers


def _box(entry: dict[str, str]) -> Box:
    return Box(*(float(entry[side]) for side in ("left", "top", "width", "height")))


def _envelope(name: str, entry: dict[str, Any], reader: Reader) -> Envelope:
    envelope = Envelope(
        name, float(entry["width"]), float(entry["height"]), _box(entry["address"]), _box(entry["return"])
    )
    whole = Box(0, 0, envelope.width, envelope.height)
    for key, box in (("address", envelope.address), ("return", envelope.sender)):
        _within(reader, f"envelopes.{name}.{key}", box, whole, _BEYOND_ENVELOPE)
    if envelope.sender.bottom > envelope.address.top and envelope.sender.right > envelope.address.left:
        reader.problem_at(f"envelopes.{name}.return", _("stands over the address"), _("keep the two apart"))
    return envelope


def _window(name: str, entry: dict[str, Any], reader: Reader) -> Window:
    shows, address, above = _box(entry["shows"]), _box(entry["address"]), float(entry.get("above", 0))
    # What shows may be wider than the sheet: the window then shows its edge.
    _within(reader, f"windows.{name}.address", address, _SHEETS[entry["paper"]], _BEYOND_SHEET)
    extended = Box(address.left, address.top - above, address.width, address.height + above)
    _within(reader, f"windows.{name}.address", extended, shows, _BEYOND_WINDOW)
    return Window(name, entry["paper"], shows, address, above)


def _labels(name: str, entry: dict[str, Any], reader: Reader) -> LabelSheet:
    counts = int(entry["columns"]), int(entry["rows"])
    sheet = LabelSheet(name, entry["paper"], *counts, _box(entry), float(entry["across"]), float(entry["down"]))
    *_others, last = sheet.places()
    _within(reader, f"labels.{name}", last, _SHEETS[sheet.paper], _BEYOND_SHEET)
    for key, step, size in (("across", sheet.across, last.width), ("down", sheet.down, last.height)):
        if step < size:
            hint = _("it goes from edge to the same edge")
            reader.problem_at(f"labels.{name}.{key}", _("is less than a label"), hint)
    return sheet


def _within(reader: Reader, key: str, box: Box, whole: Box, beyond: str) -> None:
    # Figures that are rounded from inches may be a little too large.
    if not box.is_in(whole, slack=0.5):
        reader.problem_at(key, _(beyond), _("measure it from the left and upper edge"))


def _told(kind: str, entry: dict[str, Any]) -> str:
    if kind == "envelopes":
        return _("{width} x {height} mm", width=entry["width"], height=entry["height"])
    if kind == "windows":
        return _(
            "{paper}; {envelope}; fold {fold}", paper=entry["paper"], envelope=entry["envelope"], fold=entry["fold"]
        )
    count = int(entry["columns"]) * int(entry["rows"])
    return _(
        "{paper}; {count} of {width} x {height} mm",
        paper=entry["paper"],
        count=count,
        width=entry["width"],
        height=entry["height"],
    )
