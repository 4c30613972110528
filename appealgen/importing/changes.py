"""What an appeal changes in a group's folder: a new case, or what differs from the case that is there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appealgen.errors import InputError, UsageError
from appealgen.importing import casefiles
from appealgen.importing.wording import words_of
from appealgen.loading import load_case, load_targets
from appealgen.output import File

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection
    from pathlib import Path

    from appealgen.importing.action import Action
    from appealgen.importing.wording import Wording
    from appealgen.model import Case, Words


_ALIKE = 0.9


@dataclass
class Plan:
    """What is to be written for one case, and how it differs from what is there."""

    case_id: str
    entries: list[casefiles.Entry]
    words: Wording
    files: list[File] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def plan(
    action: Action,
    folder: Path,
    taken: Collection[str],
    today: datetime.date,
    document: str,
    *,
    case_id: str | None = None,
) -> Plan:
    """Return what *action* makes of the group's *folder*.

    Args:
        action: what the document says.
        folder: the group's folder.
        taken: ids of the address book, those that ship included.
        today: the day on which the document is looked at.
        document: its name, for a comment.
        case_id: the id of the case; None for one made of country and name.

    Raises:
        InputError: if a file of the case that is there cannot be read.
        UsageError: if *case_id* is no id, or an outcome has no case to close.
    """
    name = case_id or _known(action, folder) or casefiles.case_id(action)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UsageError(f'--id: "{name}" is not an id: use small letters, digits and hyphens')
    words = words_of(action)
    found = Plan(name, casefiles.entries(action, taken), words)
    home = folder / "cases" / name
    there = home / "case.yaml"
    if action.kind == "outcome":
        if not there.is_file():
            raise UsageError(f"{document}: is an outcome, and the group has no case {name} to close: name it with --id")
        _close(found, action, there, today)
        return found
    if there.is_file():
        _update(found, action, folder, today, document)
    else:
        bound = any(not entry.missing for entry in found.entries)
        found.files = [
            File(there, casefiles.case_yaml(action, words, found.entries, today, document).encode()),
            File(home / f"{action.language}.yaml", casefiles.words_yaml(action, words, bound=bound).encode()),
        ]
        _add_targets(found, action, folder)
    if action.signatories:
        found.files.append(File(home / "signatories.csv", casefiles.signatories_csv(action).encode()))
        found.notes += _alike([signatory for signatory, _ in action.signatories])
        found.notes.append(f"{len(action.signatories)} people signed this text; they have signed no other")
    _tell(found, action)
    return found


def _known(action: Action, folder: Path) -> str | None:
    """Return the case of the group that the action is about: the same name."""
    wanted = {_folded(name) for person in action.persons for name in (person.name, *person.other_names)}
    for path in sorted((folder / "cases").glob("*/case.yaml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        said = re.findall(r'^(?:title:|  - )\s*"?(.*?)"?\s*$', text, re.MULTILINE)
        if wanted & {_folded(name) for name in said}:
            return path.parent.name
    return None


def _folded(text: str) -> str:
    from appealgen.characters import folded

    return folded(text)


def _add_targets(found: Plan, action: Action, folder: Path) -> None:
    """Add the addressees to the group's address book: what is there stays as it is, comments and order too."""
    added = casefiles.targets_yaml(action, found.entries, found.words)
    if not added:
        return
    path = folder / "targets.yaml"
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    found.files.append(File(path, (f"{before}\n{added}" if before.strip() else added).encode()))


def merged(files: list[File], more: list[File]) -> list[File]:
    """Return *files* and *more*; of two for the same place the later adds what it brings to the earlier."""
    result = {file.path: file for file in files}
    for file in more:
        if file.path in result and file.path.name == "targets.yaml":
            before = file.path.read_bytes() if file.path.is_file() else b""
            result[file.path] = File(
                file.path, result[file.path].content + b"\n" + file.content[len(before) :].lstrip(b"\n")
            )
        else:
            result[file.path] = file
    return list(result.values())


def _close(found: Plan, action: Action, path: Path, today: datetime.date) -> None:
    text = path.read_text(encoding="utf-8-sig")
    if re.search(r"^status: closed", text, re.MULTILINE):
        found.notes.append(f"{found.case_id} is closed already")
        return
    day = action.issued or today
    outcome = casefiles.folded_text(action.outcome or "No further action is requested.", "  ")
    closed, changed = re.subn(
        r"^status: active[^\n]*",
        f"status: closed\nclosed_on: {day.isoformat()}\noutcome: {outcome}",
        text,
        flags=re.MULTILINE,
    )
    if not changed:
        raise UsageError(f"{path}: has no line `status: active` to close")
    found.files = [File(path, closed.encode())]
    found.differences = [f"status: active, and now closed on {day.isoformat()}: {action.outcome}"]


def _update(found: Plan, action: Action, folder: Path, today: datetime.date, document: str) -> None:
    """Compare with the case that is there; texts that somebody has put in their own words are kept."""
    home = folder / "cases" / found.case_id
    spoken = {path.stem: (path, str(path)) for path in sorted(home.glob("*.yaml")) if path.name != "case.yaml"}
    case = load_case(found.case_id, home / "case.yaml", str(home / "case.yaml"), spoken)
    found.entries = _entered(found, case, folder)
    words, said = found.words, case.words.get(action.language)
    if action.deadline and str(case.write_until) != action.deadline.isoformat():
        found.differences.append(f"write_until: {case.write_until or 'none'}, and now {action.deadline.isoformat()}")
    own = _compare(found, words, said) if said is not None else set[str]()
    known = {alias.target for alias in case.aliases.values()}
    new = [entry.id for entry in found.entries if entry.id not in known and not entry.missing]
    found.differences += [f"targets: new: {name}" for name in new]
    if not found.differences:
        found.notes.append(f"{found.case_id} says all this already")
        return
    bound = any(not entry.missing for entry in found.entries)
    found.files = [
        File(home / "case.yaml", casefiles.case_yaml(action, words, found.entries, today, document).encode()),
        File(home / f"{action.language}.yaml", casefiles.words_yaml(action, words, own=own, bound=bound).encode()),
    ]
    book = _book(folder)
    if fresh := [entry for entry in found.entries if entry.id not in book]:
        whole, found.entries = found.entries, fresh
        _add_targets(found, action, folder)
        found.entries = whole


def _compare(found: Plan, words: Wording, said: Words) -> set[str]:
    """Note how *words* differ from what is *said*; put back what somebody has written, and return its keys."""
    own: set[str] = set()
    quoted = set(said.quoted.keys) if said.quoted else set[str]()
    for part in ("facts", "asks"):
        new, old = getattr(words, part), dict(getattr(said, part))
        for key, text in list(new.items()):
            place = f"{part}.{key}"
            if key not in old:
                found.differences.append(f"{place}: new: {text}")
            elif old[key] != text and place in quoted:
                found.differences.append(f"{place}: {old[key]} -> {text}")
            elif old[key] != text:
                own.add(place)
                found.notes.append(f"{place} is in your own words and kept; the document says: {text}")
                new[key] = old[key]
        for key in old.keys() - new.keys():
            found.differences.append(f"{part}.{key}: is no longer in the document: {old[key]}")
    for part in ("who", "concern"):
        if part not in quoted and getattr(said, part) is not None:
            own.add(part)
            setattr(words, part, getattr(said, part))
    return own


def _book(folder: Path) -> dict[str, object]:
    path = folder / "targets.yaml"
    try:
        return dict(load_targets(path, str(path))) if path.is_file() else {}
    except InputError:
        return {}


def _entered(found: Plan, case: Case, folder: Path) -> list[casefiles.Entry]:
    """Return the addressees with the ids that they have in the group's book already, where they are the same."""
    book = _book(folder)
    for entry in found.entries:
        for name, alias in case.aliases.items():
            known = book.get(alias.target or "")
            if known is not None and getattr(known, "role", None) == entry.office.role and _same(known, entry):
                entry.id, entry.alias = alias.target or entry.id, name
    return found.entries


def _same(known: object, entry: casefiles.Entry) -> bool:
    address = {_folded(line) for line in getattr(known, "address", ())}
    email = getattr(known, "email", None)
    return bool(address & {_folded(line) for line in entry.office.address}) or (email in entry.office.emails)


def _alike(names: list[str]) -> list[str]:
    """Return notes on names that are the same but for a letter: nobody is merged."""
    import difflib

    return [
        f"{name} and {other} among the signatories may be one person: both are kept"
        for number, name in enumerate(names)
        for other in names[number + 1 : number + 4]
        if difflib.SequenceMatcher(None, name, other).ratio() > _ALIKE
    ]


def _tell(found: Plan, action: Action) -> None:
    if not action.targets and not action.additional:
        found.notes.append(f"{found.case_id}: the document names no addressee: add one to targets.yaml and to the case")
    if action.diplomatic_copies:
        found.notes.append(f"{found.case_id}: the document asks for copies to its country's embassy in yours")
    found.notes.append(f"{found.case_id}: the words are the source's own: put them in yours before many people sign")
