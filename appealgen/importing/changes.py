"""What an appeal changes in a group's folder: a new case, or what differs from the case that is there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appealgen.authoring import with_entries
from appealgen.catalogue import _, _n
from appealgen.characters import folded
from appealgen.errors import InputError, UsageError
from appealgen.importing import casefiles
from appealgen.importing.edits import with_value
from appealgen.importing.wording import as_of, words_of
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
    """What is to be written for one case, and how it differs from what is there; *book* are the entries *added*."""

    case_id: str
    entries: list[casefiles.Entry]
    words: Wording
    files: list[File] = field(default_factory=list)
    added: list[casefiles.Entry] = field(default_factory=list)
    book: str = ""
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
        raise UsageError(_('--id: "{name}" is not an id: use small letters, digits and hyphens', name=name))
    words = words_of(action)
    found = Plan(name, casefiles.entries(action, taken), words)
    home = folder / "cases" / name
    there = home / "case.yaml"
    if action.kind == "outcome":
        if not there.is_file():
            message = _(
                "{file}: is an outcome, and the group has no case {name} to close: name it with --id",
                file=document, name=name,
            )  # fmt: skip
            raise UsageError(message)
        _close(found, action, there, today)
        return found
    if there.is_file():
        _update(found, action, folder, today)
    else:
        bound = any(not entry.missing for entry in found.entries)
        found.files = [
            File(there, casefiles.case_yaml(action, words, found.entries, today, document).encode()),
            File(home / f"{action.language}.yaml", casefiles.words_yaml(action, words, bound=bound).encode()),
        ]
        _add_targets(found, action, found.entries)
    if action.signatories:
        found.files.append(File(home / "signatories.csv", casefiles.signatories_csv(action).encode()))
        found.notes += _alike([signatory for signatory, _role in action.signatories])
        signed = _n(
            "{count} person signed this text; they have signed no other",
            "{count} people signed this text; they have signed no other",
            len(action.signatories),
        )
        found.notes.append(signed)
    _tell(found, action)
    return found


def _known(action: Action, folder: Path) -> str | None:
    """Return the case of the group that the action is about: the same name."""
    wanted = {folded(name) for person in action.persons for name in (person.name, *person.other_names)}
    for path in sorted((folder / "cases").glob("*/case.yaml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        said = re.findall(r'^(?:title:|  - )\s*"?(.*?)"?\s*$', text, re.MULTILINE)
        if wanted & {folded(name) for name in said}:
            return path.parent.name
    return None


def files_of(plans: list[Plan], folder: Path) -> list[File]:
    """Return what is to be written for *plans*: the files of each, and the address book with all that they add.

    Raises:
        RefusedError: if the address book is written so that nothing can be added at its end.
    """
    files = [file for found in plans for file in found.files]
    entered = [entry.id for found in plans for entry in found.added if not entry.missing]
    text = "\n".join(filter(None, (found.book for found in plans)))
    if text:
        files.append(with_entries(folder, text, entered))
    return files


def _add_targets(found: Plan, action: Action, entries: list[casefiles.Entry]) -> None:
    found.added = entries
    found.book = casefiles.targets_yaml(action, entries, found.words)


def _text(path: Path) -> str:
    """Return the text of a file with its own ends of lines."""
    return path.read_bytes().decode("utf-8-sig")


def _close(found: Plan, action: Action, path: Path, today: datetime.date) -> None:
    text, source = _text(path), str(path)
    if re.search(r"^status: closed", text, re.MULTILINE):
        found.notes.append(_("{case} is closed already", case=found.case_id))
        return
    day = (action.issued or today).isoformat()
    outcome = casefiles.folded_text(action.outcome or "No further action is requested.", "  ")
    for key, value in (("status", "closed"), ("closed_on", day), ("outcome", outcome)):
        text = with_value(text, (key,), value, source)
    found.files = [File(path, text.encode())]
    found.differences = [_("status: active, and now closed on {day}: {outcome}", day=day, outcome=action.outcome)]


def _update(found: Plan, action: Action, folder: Path, today: datetime.date) -> None:
    """Compare with the case that is there, and change what differs; all else in its files stays as it is."""
    home = folder / "cases" / found.case_id
    spoken = {path.stem: (path, str(path)) for path in sorted(home.glob("*.yaml")) if path.name != "case.yaml"}
    case = load_case(found.case_id, home / "case.yaml", str(home / "case.yaml"), spoken)
    found.entries = _entered(found, case, folder)
    said = case.words.get(action.language)
    if said is None:
        note = _("{case} has no words in {language}: nothing is compared", case=found.case_id, language=action.language)
        found.notes.append(note)
        return
    late = bool(action.deadline) and str(case.write_until) != str(action.deadline)
    if late:
        found.differences.append(_deadlines(case, action))
    changed = _compare(found, said)
    known = {alias.target for alias in case.aliases.values()}
    new = [entry for entry in found.entries if entry.id not in known and not entry.missing]
    found.differences += [_("{key}: new: {text}", key="targets", text=entry.id) for entry in new]
    if not found.differences:
        found.notes.append(_("{case} says all this already", case=found.case_id))
        return
    path, source = home / "case.yaml", str(home / "case.yaml")
    text = _text(path)
    if late:
        text = with_value(text, ("write_until",), str(action.deadline), source)
    aliases = [alias.id for alias in case.aliases.values() if alias.former is None] + [entry.alias for entry in new]
    added = [key for key in changed if key not in _keys(said)]
    for keys, value in casefiles.changed_values(found.words, added, aliases):
        text = with_value(text, keys, value, source)
    text = with_value(text, ("checked_on",), today.isoformat(), source)
    newest = as_of(action, found.words)
    if newest != "unknown" and (case.facts_as_of is None or newest > str(case.facts_as_of)):
        text = with_value(text, ("facts_as_of",), newest, source)
    if changed and casefiles.SOURCE in case.sources:
        title = casefiles.quoted_text(casefiles.source_title(action))
        text = with_value(text, ("sources", casefiles.SOURCE, "title"), title, source)
        if action.issued:
            text = with_value(text, ("sources", casefiles.SOURCE, "date"), action.issued.isoformat(), source)
    for entry in new:
        text = with_value(text, ("targets", entry.alias), f"{{target: {entry.id}}}", source)
    found.files = [File(path, text.encode())]
    if changed:
        path, source = home / f"{action.language}.yaml", said.source
        text = _text(path)
        for key in changed:
            part, _dot, name = key.partition(".")
            value = casefiles.folded_text(getattr(found.words, part)[name], "    ")
            text = with_value(text, (part, name), value, source)
        quoted = dict.fromkeys((*(said.quoted.keys if said.quoted else ()), *changed))
        origin = said.quoted.source if said.quoted else casefiles.SOURCE
        text = with_value(text, ("quoted",), casefiles.quoted_value(origin, quoted), source)
        found.files.append(File(path, text.encode()))
    book = _book(folder)
    _add_targets(found, action, [entry for entry in found.entries if entry.id not in book])


def _deadlines(case: Case, action: Action) -> str:
    """Say until when letters were to be written, and until when now."""
    if case.write_until is None:
        return _("write_until: none, and now {new}", new=action.deadline)
    return _("write_until: {old}, and now {new}", old=case.write_until, new=action.deadline)


def _keys(said: Words) -> set[str]:
    return {f"{part}.{name}" for part in ("facts", "asks") for name in getattr(said, part)}


def _compare(found: Plan, said: Words) -> list[str]:
    """Note how the document differs from what is *said*; return the keys of the texts to change or add."""
    changed: list[str] = []
    quoted = set(said.quoted.keys) if said.quoted else set[str]()
    for part in ("facts", "asks"):
        new, old = getattr(found.words, part), getattr(said, part)
        for name, text in new.items():
            key = f"{part}.{name}"
            if name not in old:
                found.differences.append(_("{key}: new: {text}", key=key, text=text))
                changed.append(key)
            elif old[name] != text and key in quoted:
                found.differences.append(f"{key}: {old[name]} -> {text}")
                changed.append(key)
            elif old[name] != text:
                note = _("{key} is in your own words and kept; the document says: {text}", key=key, text=text)
                found.notes.append(note)
        gone = [f"{part}.{name}" for name in old if name not in new and f"{part}.{name}" in quoted]
        found.notes += [
            _("{key} is no longer in the document: take it out if it no longer holds", key=key) for key in gone
        ]
    return changed


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
    address = {folded(line) for line in getattr(known, "address", ())}
    email = getattr(known, "email", None)
    return bool(address & {folded(line) for line in entry.office.address}) or (email in entry.office.emails)


def _alike(names: list[str]) -> list[str]:
    """Return notes on names that are the same but for a letter: nobody is merged."""
    import difflib

    return [
        _("{name} and {other} among the signatories may be one person: both are kept", name=name, other=other)
        for number, name in enumerate(names)
        for other in names[number + 1 : number + 4]
        if difflib.SequenceMatcher(None, name, other).ratio() > _ALIKE
    ]


def _tell(found: Plan, action: Action) -> None:
    if not action.targets and not action.additional:
        note = _("{case}: the document names no addressee: add one to targets.yaml and to the case", case=found.case_id)
        found.notes.append(note)
    if action.diplomatic_copies:
        note = _("{case}: the document asks for copies to its country's embassy in yours", case=found.case_id)
        found.notes.append(note)
    note = _("{case}: the words are the source's own: put them in yours before many people sign", case=found.case_id)
    found.notes.append(note)
