"""``appealgen import``."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appealgen import catalogue
from appealgen.catalogue import _, _n, _p
from appealgen.cli import hearing, options
from appealgen.cli.given import check_file

if TYPE_CHECKING:
    from appealgen.importing.action import Action
    from appealgen.importing.casefiles import Entry
    from appealgen.importing.wording import Wording


@click.command("import", short_help="Read an Urgent Action into a case and its targets.")
@click.argument("document", type=click.Path(path_type=Path))
@click.option(
    "--id", "ids", metavar="ID", multiple=True, help="Id of the case. Repeatable, for each case of the document."
)
@click.option("--update", is_flag=True, help="Change a case that is there by what the document says.")
@click.option("--dry-run", is_flag=True, help="Show what would be found, and write nothing.")
@options.json_option
@options.group_option
@options.quiet_option
def command(
    document: Path, ids: tuple[str, ...], *, update: bool, dry_run: bool, as_json: bool, group: Path | None, quiet: bool
) -> None:
    """Read an Urgent Action (PDF, Word, text, web page or email) into the group's folder, and show what was found.

    Writes cases/ID/case.yaml and the words in the document's language, and adds its addressees to targets.yaml. What
    is not in the text stays out. The words are the source's own and are marked so, until you put them in your own.

    \b
    Examples:
      appealgen import urgent-action.pdf --group my-group
      appealgen import further-information.pdf --group my-group --update
    """
    from appealgen.authoring import with_schemas
    from appealgen.importing import changes
    from appealgen.importing.action import read_actions
    from appealgen.importing.documents import read_document
    from appealgen.library import shown
    from appealgen.output import write

    check_file(document, "DOCUMENT")
    folder = group or Path()
    library = options.open_library(group)
    actions = read_actions(read_document(document, shown(document)))
    if ids and len(ids) != len(actions):
        message = _n(
            "--id: the document has {count} case: name {count}",
            "--id: the document has {count} cases: name {count}",
            len(actions),
        )
        raise click.UsageError(message)
    told: list[dict[str, Any]] = []
    plans: list[changes.Plan] = []
    notes: list[str] = []
    taken = {*library.targets, *library.targets.faults}
    today = datetime.date.today()
    waiting = False
    for number, action in enumerate(actions):
        plan = changes.plan(action, folder, taken, today, document.name, case_id=ids[number] if ids else None)
        taken |= {entry.id for entry in plan.entries}
        told.append({"case": plan.case_id, **_found(action, plan.entries, plan.words)})
        notes += plan.notes
        if plan.differences and not (update or dry_run):
            waiting = True
        plans.append(plan)
        if not as_json:
            _print(action, plan.case_id, plan.entries, plan.words, plan.differences)
    if waiting and not (_asked() and hearing.confirm(_("Change the case so?"), err=True)):
        options.say_notes(notes, quiet=quiet)
        message = _("the case is there already and says something else: nothing is changed; --update changes it")
        raise click.ClickException(message)
    files = changes.files_of(plans, folder)
    if not dry_run:
        write(with_schemas(files, folder), force=True)
    options.say_notes(dict.fromkeys(notes), quiet=quiet or as_json)
    if as_json:
        paths = [] if dry_run else [shown(file.path) for file in files]
        click.echo(
            json.dumps({"files": paths, "found": told, "notes": notes}, ensure_ascii=False, indent=2, default=str)
        )
    elif not dry_run:
        for file in files:
            click.echo(shown(file.path))


def _asked() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _found(action: Action, entries: list[Entry], words: Wording) -> dict[str, Any]:
    """Return what was found as plain values."""
    offices = [
        {
            "id": None if entry.missing else entry.id, "role": entry.office.role, "office": entry.office.office,
            "name": entry.office.name, "honorific": entry.office.honorific, "gender": entry.office.gender,
            "address": entry.office.address, "country": entry.office.country, "emails": entry.office.emails,
            "cc_emails": entry.office.copies, "fax": entry.office.fax, "phone": entry.office.phone,
            "web_form": entry.office.web_form, "social": entry.office.social, "salutation": entry.office.salutation,
            "additional": entry.copy, "line": entry.office.number,
        }
        for entry in entries
    ]  # fmt: skip
    return {
        "kind": action.kind,
        "language": action.language,
        "title": action.title,
        "persons": [
            {"name": p.name, "pronouns": p.pronouns, "other_names": list(p.other_names)} for p in action.persons
        ],
        "who": action.who,
        "targets": [office for office in offices if not office["additional"]],
        "additional_targets": [office for office in offices if office["additional"]],
        "diplomatic_copies": action.diplomatic_copies,
        "letter": [paragraph.text for paragraph in action.letter],
        "facts": list(words.facts.values()),
        "asks": action.asks,
        "background": [paragraph.text for paragraph in action.background],
        "languages": action.languages,
        "deadline": action.deadline,
        "ua_number": action.number,
        "index": action.index,
        "issued": action.issued,
        "links": action.links,
        "country": action.country,
        "signatories": len(action.signatories),
        "outcome": action.outcome,
        "lines": action.lines,
    }


def _print(action: Action, case_id: str, entries: list[Entry], words: Wording, differences: list[str]) -> None:
    """Print a table: what was found, and in which line of the source; then what was not."""
    click.echo(
        _("{case} (outcome, in {language})", case=case_id, language=action.language)
        if action.kind == "outcome"
        else _("{case} (appeal, in {language})", case=case_id, language=action.language)
    )
    rows: list[tuple[str, str, int | None]] = [
        ("title", action.title or "", action.lines.get("title")),
        ("persons", "; ".join(f"{p.name}{f' ({p.pronouns})' if p.pronouns else ''}" for p in action.persons),
         action.lines.get("persons")),
        ("who", action.who or "", None),
        ("country", action.country or "", None),
        ("number", action.number or "", None),
        ("index", action.index or "", None),
        ("issued", str(action.issued or ""), action.lines.get("issued")),
        ("deadline", str(action.deadline or ""), action.lines.get("deadline")),
        ("languages", catalogue.listed(action.languages), action.lines.get("languages")),
    ]  # fmt: skip
    for entry in entries:
        office = entry.office
        said = " · ".join(filter(None, (office.office, office.name, ", ".join(office.address), office.country,
                                        ", ".join(office.emails), ", ".join(office.fax))))  # fmt: skip
        rows.append(("addressee" if not entry.copy else "copy", f"{entry.id}: {said}", office.number))
    rows.append(("letter", _paragraphs(len(action.letter)), action.lines.get("letter")))
    rows += [("ask", ask, action.lines.get("asks") if not number else None) for number, ask in enumerate(action.asks)]
    rows.append(("background", _paragraphs(len(action.background)), action.lines.get("background")))
    rows.append(("signatories", str(len(action.signatories) or ""), action.lines.get("signatories")))
    rows.append(("outcome", action.outcome or "", None))
    known = _names()
    width = max(12, *(len(known[name]) for name, text, _line in rows if text))
    for name, text, line in rows:
        if text:
            at = "  " + _("(line {line})", line=line) if line else ""
            click.echo(f"  {known[name]:{width}} {_short(text)}{at}")
    empty = [name for name, text, _line in rows if not text and name not in ("outcome", "signatories")]
    empty += [] if entries else ["addressee"]
    empty += [] if action.asks else ["ask"]
    empty += [part for part in ("who", "concern") if getattr(words, part) is None and part not in empty]
    empty.append("hardship")
    if empty and action.kind == "appeal":
        click.echo("  " + _("not found: {parts}", parts=catalogue.listed(known[name] for name in empty)))
    for entry in entries:
        if entry.missing:
            missing = "; ".join(map(_, entry.missing))
            click.echo("  " + _("not entered: {target}: not in the text: {missing}", target=entry.id, missing=missing))
    for difference in differences:
        click.echo("  " + _("differs: {difference}", difference=difference))


def _names() -> dict[str, str]:
    """Return what the parts of a document are called."""
    return {
        "title": _p("part of an appeal", "title"),
        "persons": _p("part of an appeal", "persons"),
        "who": _p("part of an appeal", "who"),
        "country": _p("part of an appeal", "country"),
        "number": _p("part of an appeal", "number"),
        "index": _p("part of an appeal", "index"),
        "issued": _p("part of an appeal", "issued"),
        "deadline": _p("part of an appeal", "deadline"),
        "languages": _p("part of an appeal", "languages"),
        "addressee": _p("part of an appeal", "addressee"),
        "copy": _p("part of an appeal", "copy"),
        "letter": _p("part of an appeal", "letter"),
        "ask": _p("part of an appeal", "ask"),
        "background": _p("part of an appeal", "background"),
        "signatories": _p("part of an appeal", "signatories"),
        "outcome": _p("part of an appeal", "outcome"),
        "concern": _p("part of an appeal", "concern"),
        "hardship": _p("part of an appeal", "hardship"),
    }


def _paragraphs(number: int) -> str:
    return _n("{count} paragraph", "{count} paragraphs", number) if number else ""


def _short(text: str) -> str:
    return text if len(text) <= 150 else f"{text[:147]}..."
