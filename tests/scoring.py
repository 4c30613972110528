"""How much of a document is found: ``python tests/scoring.py FOLDER`` prints precision and recall by field."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appealgen.errors import InputError
from appealgen.importing.action import Action, read_actions
from appealgen.importing.documents import read_document

if TYPE_CHECKING:
    from appealgen.importing.offices import Office


def plain(value: Any) -> str:
    """Return *value* without case, spaces and marks: what differs in these is the same."""
    return re.sub(r"[\W_]+", "", str(value)).casefold()


def digits(value: str) -> str:
    """Return the digits of a number; 00 before the country's code says the same as its plus sign."""
    return re.sub(r"^00", "", re.sub(r"\D", "", value))


def number(value: str) -> str:
    """Return the number of an action without leading zeros and century."""
    first, _, year = value.partition("/")
    return f"{int(digits(first))}/{year[-2:]}"


Pairs = dict[str, tuple[list[str], list[str]]]


def one(value: Any) -> list[str]:
    return [plain(value)] if value not in (None, "", []) else []


def shared(office: Office, wanted: dict[str, Any]) -> int:
    """Return how much says that the office found is the one that was wanted: name, title, lines of the address."""
    marks = {plain(wanted.get(key)) for key in ("name", "office")} | set(map(plain, wanted.get("address") or []))
    return len(marks & {plain(office.name), plain(office.office), *map(plain, office.address)})


def office_values(office: Office | None) -> dict[str, list[str]]:
    """Return the fields of an office as values that can be compared."""
    if office is None:
        return {field: [] for field in OFFICE_FIELDS}
    return {
        "role": one(office.role), "office": one(office.office), "name": one(office.name),
        "honorific": one(office.honorific), "gender": one(None if office.gender == "unknown" else office.gender),
        "address": [plain(line) for line in office.address], "country": one(office.country),
        "emails": [mail.lower() for mail in office.emails], "cc_emails": [mail.lower() for mail in office.copies],
        "fax": [digits(n) for n in office.fax], "phone": [digits(n) for n in office.phone],
        "web_form": one(office.web_form), "social": [plain(s) for s in office.social],
        "salutation": one(office.salutation),
    }  # fmt: skip


OFFICE_FIELDS = ("role", "office", "name", "honorific", "gender", "address", "country", "emails", "cc_emails", "fax",
                 "phone", "web_form", "social", "salutation")  # fmt: skip


def truth_values(wanted: dict[str, Any], field: str) -> list[str]:
    value = wanted.get(field)
    if field in ("fax", "phone"):
        return [digits(n) for n in value or []]
    if field in ("emails", "cc_emails"):
        return [mail.lower() for mail in value or []]
    if field in ("address", "social"):
        return [plain(line) for line in value or []]
    return one(None if value == "unknown" else value)


def office_pairs(found: list[Office], truth: list[dict[str, Any]], pairs: Pairs, prefix: str) -> None:
    """Pair offices by what they share, and compare each of their fields."""
    rest = list(found)
    for wanted in truth:
        best = max(rest, key=lambda office: shared(office, wanted), default=None)
        if best is not None and not shared(best, wanted):
            best = rest[0] if len(rest) == len(truth) else None
        if best is not None:
            rest.remove(best)
        add(pairs, prefix, ["x"] if best is not None else [], ["x"])
        for field, values in office_values(best).items():
            add(pairs, f"{prefix}.{field}", values, truth_values(wanted, field))
    for _ in rest:
        add(pairs, prefix, ["x"], [])


def add(pairs: Pairs, field: str, found: list[str], truth: list[str]) -> None:
    before = pairs.setdefault(field, ([], []))
    # A number keeps documents apart: the same address in two of them is two finds.
    mark = f"{sum(len(side) for side in before)}:"
    before[0].extend(mark + value for value in found)
    before[1].extend(mark + value for value in truth)


def compare(found: Action | None, truth: dict[str, Any], pairs: Pairs) -> None:
    """Compare one appeal with its truth, field by field."""
    add(pairs, "kind", one(found.kind if found else "none"), one(truth["kind"]))
    if truth["kind"] == "none" or found is None:
        return
    add(pairs, "title", one(found.title), one(truth.get("title")))
    add(pairs, "language", one(found.language), one(truth.get("language")))
    add(
        pairs, "persons", [plain(p.name) for p in found.persons], [plain(p["name"]) for p in truth.get("persons") or []]
    )
    add(
        pairs,
        "pronouns",
        [plain(f"{p.name}{p.pronouns}") for p in found.persons if p.pronouns],
        [plain(f"{p['name']}{p['pronouns']}") for p in truth.get("persons") or [] if p.get("pronouns")],
    )
    who = truth.get("who")
    right = bool(who and found.who and (plain(who) in plain(found.who) or plain(found.who) in plain(who)))
    add(pairs, "who", ["x"] if right else one(found.who), ["x"] if who else [])
    office_pairs(found.targets, truth.get("targets") or [], pairs, "targets")
    office_pairs(found.additional, truth.get("additional_targets") or [], pairs, "additional")
    add(pairs, "diplomatic_copies", one(found.diplomatic_copies), one(truth.get("diplomatic_copies")))
    add(
        pairs,
        "letter_paragraphs",
        one(len(found.letter) if found.letter else None),
        one(truth.get("letter_paragraphs") or None),
    )
    add(pairs, "asks", [plain(ask) for ask in found.asks], [plain(ask) for ask in truth.get("asks") or []])
    background = truth.get("background")
    begins = bool(
        background and found.background and plain(found.background[0].text).startswith(plain(background)[:40])
    )
    add(
        pairs,
        "background",
        ["x"] if begins else one(found.background[0].text if found.background else None),
        ["x"] if background else [],
    )
    add(pairs, "languages", found.languages, truth.get("languages") or [])
    add(pairs, "deadline", one(found.deadline), one(truth.get("deadline")))
    add(
        pairs,
        "ua_number",
        [number(found.number)] if found.number else [],
        [number(truth["ua_number"])] if truth.get("ua_number") else [],
    )
    add(pairs, "index", one(found.index), one(truth.get("index")))
    add(pairs, "issued", one(found.issued), one(truth.get("issued")))
    add(pairs, "links", [plain(link) for link in found.links], [plain(link) for link in truth.get("links") or []])
    add(pairs, "country", one(found.country), one(truth.get("country")))


def read(folder: Path) -> list[Action]:
    document = next(path for path in sorted(folder.iterdir()) if path.stem == "document")
    try:
        return read_actions(read_document(document, document.name))
    except InputError:
        return []


def measure(folders: list[Path], *, tell: bool = False) -> dict[str, tuple[int, int, int]]:
    """Return for each field how many values were found rightly, found, and there to be found."""
    pairs: Pairs = {}
    for folder in folders:
        truths = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        truths = truths if isinstance(truths, list) else [truths]
        found = read(folder)
        before = {field: (len(a), len(b)) for field, (a, b) in pairs.items()}
        for number, truth in enumerate(truths):
            compare(found[number] if number < len(found) else None, truth, pairs)
        if len(found) > len(truths):
            add(pairs, "kind", ["another appeal"] * (len(found) - len(truths)), [])
        if tell:
            for field, (a, b) in pairs.items():
                i, j = before.get(field, (0, 0))
                if Counter(a[i:]) != Counter(b[j:]):
                    print(f"{folder.name}: {field}:\n     found {a[i:]}\n     truth {b[j:]}")
    return {field: (sum((Counter(a) & Counter(b)).values()), len(a), len(b)) for field, (a, b) in pairs.items()}


def table(counts: dict[str, tuple[int, int, int]]) -> str:
    lines = [f"{'field':24}{'right':>7}{'found':>7}{'there':>7}{'precision':>11}{'recall':>8}"]
    for field, (right, found, there) in counts.items():
        precision, recall = (f"{right / n:.2f}" if n else "-" for n in (found, there))
        lines.append(f"{field:24}{right:7}{found:7}{there:7}{precision:>11}{recall:>8}")
    right, found, there = (sum(values) for values in zip(*counts.values(), strict=True))
    lines.append(f"{'all':24}{right:7}{found:7}{there:7}{right / found:11.3f}{right / there:8.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    where = sorted(path.parent for path in Path(sys.argv[1]).glob("*/truth.json"))
    print(table(measure(where, tell="-v" in sys.argv)))
