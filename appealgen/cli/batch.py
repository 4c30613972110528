"""``appealgen batch``."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appealgen.cli import options
from appealgen.rendering import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appealgen.batch import Survey, Tally
    from appealgen.destination import Archive, Folder
    from appealgen.errors import Problem
    from appealgen.journal import Journal
    from appealgen.library import Library
    from appealgen.scribe import Scribe
    from appealgen.signers.rows import Reading

# A process more is worth its start from about here.
_WORTH_IT = 2000
_EVERY_SECONDS = 5.0


@click.command("batch", short_help="Write a letter for each signer of a table.")
@options.what_options
@click.option(
    "--signers",
    "signers_file",
    metavar="FILE",
    required=True,
    help="Table of signers: .csv or .xlsx; - for standard input.",
)
@click.option("--output", metavar="PATH", help="A folder, or one archive ending in .zip. [default: letters/]")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True, help="Of each letter."
)
@click.option("--encoding", metavar="NAME", help="Of the table, where it is not UTF-8, such as cp1252.")
@click.option(
    "--map",
    "mapped",
    metavar="HEADING=FIELD",
    multiple=True,
    help='Which field a column fills, such as --map "Your full name=name". Repeatable.',
)
@click.option("--country", metavar="COUNTRY", help="The country of signers who give none.")
@click.option("--signer-language", metavar="CODE", help="The language of signers who give none.")
@options.privacy_option
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Only the first N signers.")
@click.option("--only", metavar="LINE", type=click.IntRange(min=2), help="Only the signer on this line of the table.")
@click.option("--dry-run", is_flag=True, help="Write nothing: show the counts, and the first letter as text.")
@click.option("--keep-going", is_flag=True, help="Write the good rows though others have problems; exit status 1.")
@click.option(
    "--problems",
    "problems_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write all problems and warnings to this file.",
)
@click.option("--update", is_flag=True, help="Rewrite letters whose case, template or row has changed since.")
@click.option("--force", is_flag=True, help="Replace files that somebody has changed.")
@click.option(
    "--file-name",
    metavar="PATTERN",
    help='Name of each file, such as "{{ last_name }}-{{ number }}". [default: numbers and ids]',
)
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), help="Processes. [default: cores, where it is worth it]"
)
@options.how_options
@options.json_option
@options.group_option
@options.quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    signers_file: str,
    output: str | None,
    dry_run: bool,
    keep_going: bool,
    problems_file: Path | None,
    limit: int | None,
    only: int | None,
    update: bool,
    force: bool,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Write a letter for each signer of a table, and for each target; run it again to go on where it stopped.

    Everything is checked before anything is written. Files are called by number, never by signers' names.

    \b
    Examples:
      appealgen batch --case mustafayev --target prosecutor --signers signers.csv --dry-run
      appealgen batch --case mustafayev --target prosecutor --signers signers.csv --output letters/
    """
    from appealgen import batch

    part = batch.Part(limit, only)
    say = _Say(quiet=quiet, as_json=as_json)
    with contextlib.ExitStack() as closing:
        run = _Run(closing, signers_file, output or "letters/", asked, date_given=asked["date"] is not None)
        say.columns(run.reading)
        if not dry_run:
            run.open_journal(part, update=update)
        survey = _check(run, part, problems_file, say)
        if survey.problems.count and not (keep_going or dry_run):
            click.echo("nothing is written: mend the table, or use --keep-going to write the good rows", err=True)
            ctx.exit(1)
        if dry_run:
            say.dry_run(run, survey)
            ctx.exit(1 if survey.problems.count else 0)
        if survey.outdated and not update:
            click.echo(
                f"{survey.outdated} of the letters in {run.output} are outdated: their case, template or row has "
                "changed since. --update rewrites them.",
                err=True,
            )
            ctx.exit(1)
        leave = batch.Leave(update=update or bool(survey.outdated), force=force)
        count = jobs or (min(os.cpu_count() or 1, 8) if survey.letters > _WORTH_IT else 1)
        began = time.monotonic()
        tally = run.write(part, survey, leave, count, say)
        say.summary(run, survey, tally, time.monotonic() - began)
    if tally.stopped:
        click.echo("stopped: run the same command again to go on", err=True)
        ctx.exit(130)
    if survey.problems.count or tally.kept:
        ctx.exit(1)


class _Run:
    """One run: the table, what is asked of it, where it goes."""

    def __init__(
        self, closing: contextlib.ExitStack, signers: str, output: str, asked: dict[str, Any], *, date_given: bool
    ) -> None:
        from appealgen import selection
        from appealgen.scribe import Order, Scribe, check_pattern

        self.closing = closing
        self.output = output
        self.date_given = date_given
        self.is_archive = output.lower().endswith(".zip")
        _check_asked(asked, is_archive=self.is_archive)
        if asked["file_name"]:
            check_pattern(asked["file_name"])
        library = options.open_library(asked["group"])
        case = library.case(library.case_id(asked["case"]))
        day = asked["date"] or datetime.date.today()
        if not asked["allow_closed"]:
            selection.refuse_closed(case, day)
        targets = [
            name
            for target in asked["targets"]
            for name in (selection.current_aliases(case) if target == "all" else (target,))
        ]
        self.order = Order(
            group=asked["group"] or Path(),
            case=case.id,
            targets=tuple(dict.fromkeys(targets)),
            tone=asked["tone"],
            language=asked["language"],
            form=asked["form"],
            date=day,
            wrap=asked["wrap"],
            attach=asked["attach"],
            file_name=asked["file_name"],
        )
        self.reading = _reading(library, signers, asked, closing)
        self.scribe = Scribe(self.order, self.reading)
        _check_names(self.scribe)
        self.journal: Journal | None = None

    def open_journal(self, part: Any, *, update: bool) -> None:
        """Open the journal of the run, which is locked until the run ends."""
        from appealgen import batch
        from appealgen.destination import make_root
        from appealgen.journal import Journal

        path = Path(self.output)
        if self.is_archive:
            make_root(path.parent)
            journal = Journal(path.with_name(path.name + ".journal.jsonl"))
        else:
            make_root(path)
            journal = Journal(path / "journal.jsonl")
        journal.open()
        self.closing.callback(journal.close)
        order = self.order
        run: dict[str, Any] = {
            "format_of_journal": 1,
            "case": order.case,
            "targets": list(order.targets),
            "format": order.form,
            "file_name": order.file_name,
            "date": order.date.isoformat(),
            "part": [part.limit, part.only] if self.is_archive else None,
        }
        run = batch.fix_run(journal, run, date_given=self.date_given, update=update)
        self.journal, self.run = journal, run
        if run["date"] != order.date.isoformat():
            self.order = dataclasses.replace(order, date=datetime.date.fromisoformat(run["date"]))
            self.scribe.order = self.order

    def write(self, part: Any, survey: Survey, leave: Any, jobs: int, say: _Say) -> Tally:
        """Write the letters that are not there yet."""
        from appealgen import batch
        from appealgen.destination import Archive, Folder

        journal = self.journal
        assert journal is not None
        subfolders = bool(self.run.get("subfolders", survey.letters > batch.MANY))
        path = Path(self.output)
        destination: Folder | Archive
        if self.is_archive:
            destination = Archive(path)
            if path.exists() and not leave.force and not (journal.finished or leave.update):
                from appealgen.errors import RefusedError

                raise RefusedError(f"{path}: is there already: --force replaces it, --output writes elsewhere")
            if journal.finished and not leave.update and destination.is_whole(journal):
                return batch.Tally(there=survey.letters)
            if journal.finished or leave.update:
                destination.discard()
                journal.clear()
        else:
            destination = Folder(path)
            destination.clean()
        run = {**self.run, "subfolders": subfolders}
        if journal.run != run:
            journal.begin(run)
        if isinstance(destination, Archive):
            destination.resume(journal)
            self.closing.callback(destination.close)
        with _progress(survey.letters, say) as progress, _interrupts() as interrupted:
            tally = batch.write(
                self.reading, self.order, part, destination, journal, leave=leave, jobs=jobs,
                subfolders=subfolders, progress=progress, stop=interrupted,
            )  # fmt: skip
        if not tally.stopped:
            if isinstance(destination, Archive):
                destination.finish(journal)
            journal.finish()
        return tally


def _check_asked(asked: dict[str, Any], *, is_archive: bool) -> None:
    from appealgen.scribe import PERSONAL

    if asked["wrap"] is not None and asked["form"] == "docx":
        raise click.UsageError("--wrap: docx breaks its own lines: use it with txt or eml")
    if asked["attach"] and asked["form"] != "eml":
        raise click.UsageError("--attach: only an email draft carries a file: use it with --format eml")
    if is_archive and asked["file_name"] and any(name in asked["file_name"] for name in PERSONAL):
        raise click.UsageError("--file-name: names of signers stay out of archives and their journal: name a folder")


def _check_names(scribe: Scribe) -> None:
    """Refuse a target, tone or language that is wrong for all rows, as `write` does."""
    from appealgen import selection
    from appealgen.errors import RefusedError
    from appealgen.model import Signer

    order = scribe.order
    language = selection.language_for(scribe.library, scribe.case, order.language, Signer(name=None))
    selection.tone_for(scribe.library, language, order.tone)
    for target in order.targets:
        # Without an embassy in a country, that is for each row to say.
        with contextlib.suppress(RefusedError):
            selection.addressee(scribe.library, scribe.case, target, None)


def _reading(library: Library, signers: str, asked: dict[str, Any], closing: contextlib.ExitStack) -> Reading:
    from appealgen.addresses import country_code, language_code
    from appealgen.signers import columns
    from appealgen.signers.rows import Defaults, Reading
    from appealgen.signers.table import open_table

    path, source = (_from_standard_input(closing), "standard input") if signers == "-" else (Path(signers), signers)
    names = library.column_names
    table = open_table(path, source, asked["encoding"], lambda header: columns.name_columns(header, names))
    rows = table.rows()
    line, header = next(rows, (1, []))
    mapped = {}
    for text in asked["mapped"]:
        heading, sign, field = text.rpartition("=")
        if not sign:
            raise click.UsageError(f'--map: "{text}" is not HEADING=FIELD')
        mapped[heading] = field
    try:
        country = country_code(asked["country"]) if asked["country"] else None
        language = language_code(asked["signer_language"]) if asked["signer_language"] else None
    except ValueError as error:
        raise click.UsageError(f"--country or --signer-language: {error}") from error
    signer = library.signer()
    defaults = Defaults(
        country, language, frozenset({asked["privacy"] or "full"}), signer.group if signer is not None else ()
    )
    return Reading(table, columns.find(header, names, mapped, source, line), names, defaults)


def _from_standard_input(closing: contextlib.ExitStack) -> Path:
    """Keep standard input in a file of the user's own for as long as the run lasts: it is read twice."""
    folder = closing.enter_context(tempfile.TemporaryDirectory(prefix="signers-"))
    path = Path(folder) / "signers.csv"
    with path.open("xb") as file:
        path.chmod(0o600)
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def _check(run: _Run, part: Any, problems_file: Path | None, say: _Say) -> Survey:
    from appealgen import batch

    with contextlib.ExitStack() as closing:
        tell: Callable[[Problem], None] | None = None
        if problems_file is not None:
            try:
                file = closing.enter_context(problems_file.open("w", encoding="utf-8", newline="\n"))
            except OSError as error:
                raise click.UsageError(f"--problems: {problems_file} cannot be written ({error.strerror})") from error

            def tell(problem: Problem) -> None:
                file.write(f"{problem}\n")

        survey = batch.check(run.reading, run.scribe, part, journal=run.journal, tell=tell)
    say.found(survey, problems_file)
    return survey


@contextlib.contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C ask the run to stop after the letter at hand."""
    asked = False

    def ask(_signal: int, _frame: object) -> None:
        nonlocal asked
        asked = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _progress(total: int, say: _Say) -> Iterator[Callable[[int], None]]:
    """Show how far the run is: a line that moves on a terminal, else a line every few seconds."""
    began = told = time.monotonic()
    last = -1
    moves = sys.stderr.isatty() and not say.silent

    def show(done: int) -> None:
        nonlocal told, last
        now = time.monotonic()
        if say.silent or done == last or (now - told < (0.1 if moves else _EVERY_SECONDS) and done != total):
            return
        if not moves and done == total and now - began < _EVERY_SECONDS:
            return
        told, last = now, done
        rate = done / max(now - began, 1e-6)
        left = datetime.timedelta(seconds=round((total - done) / rate)) if rate else "?"
        text = f"{done:,} of {total:,} letters, {rate:,.0f} a second, {left} left"
        if moves:
            filled = 24 * done // max(total, 1)
            click.echo(f"\r[{'#' * filled}{'-' * (24 - filled)}] {text}\x1b[K", nl=False, err=True)
        else:
            click.echo(text, err=True)

    yield show
    if moves:
        click.echo(err=True)


class _Say:
    """What a run tells: notes and counts on standard error, results on standard output."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        self.silent = quiet or as_json
        self.as_json = as_json

    def columns(self, reading: Reading) -> None:
        """Say once which columns are used, and which are not."""
        columns = reading.columns
        places = [
            (field, at) for field, place in columns.places.items() for at in (place, *columns.others.get(field, ()))
        ]
        used = ", ".join(f"{columns.headings[place]} ({field})" for field, place in places)
        options.say_notes([f"columns used: {used}"], quiet=self.silent)
        if columns.ignored:
            options.say_notes([f"columns ignored: {', '.join(columns.ignored)}"], quiet=self.silent)
        if columns.unknown:
            shown = ", ".join(columns.unknown)
            options.say_notes([f"columns not known: {shown} (--map HEADING=FIELD uses one)"], quiet=self.silent)

    def found(self, survey: Survey, problems_file: Path | None) -> None:
        """Print problems and warnings: the first of each, and how many there are."""
        where = f" (all are in {problems_file})" if problems_file else " (--problems FILE has all)"
        for kind, said in (("problem", survey.problems), ("warning", survey.warnings)):
            if kind == "warning" and self.silent:
                continue
            for problem in said.first:
                click.echo(f"{'' if kind == 'problem' else 'warning: '}{problem}", err=True)
            if said.count:
                more = where if said.count > len(said.first) else ""
                click.echo(f"{said.count} {kind}{'' if said.count == 1 else 's'}{more}", err=True)
        if survey.left_out and not self.silent:
            click.echo(f"{survey.left_out} left out: they did not say yes to signing", err=True)

    def notes(self, run: _Run, survey: Survey) -> list[str]:
        """Return what a careful user should know before signing, each once."""
        from appealgen import selection

        scribe = run.scribe
        notes = selection.case_notes(scribe.case, run.order.date)
        for kit in survey.kits:
            notes += selection.letter_notes(scribe.library, kit.to, kit.prepared.language.id)
        return selection.listed(notes)

    def dry_run(self, run: _Run, survey: Survey) -> None:
        """Print the counts and the first letter as text."""
        from appealgen.rendering import render

        options.say_notes(self.notes(run, survey), quiet=self.silent)
        if self.as_json:
            click.echo(json.dumps(self._counts(run, survey), ensure_ascii=False, indent=2))
            return
        for line in _counted(survey, run.order.form):
            click.echo(line)
        if survey.first is not None:
            piece = survey.first
            letter = piece.kit.prepared.letter(piece.sender, run.order.date)
            click.echo(f"\nthe first, {piece.file}:\n")
            click.echo(render(letter, "txt").decode(), nl=False)

    def summary(self, run: _Run, survey: Survey, tally: Tally, seconds: float) -> None:
        """Print what has been done."""
        notes = self.notes(run, survey)
        options.say_notes(notes, quiet=self.silent)
        for file in tally.kept_files:
            click.echo(f"{file}: kept: somebody has changed it: --force replaces it", err=True)
        if self.as_json:
            said = self._counts(run, survey)
            said |= {"output": run.output, "written": tally.written, "there": tally.there, "kept": tally.kept,
                     "stopped": tally.stopped, "warnings": notes}  # fmt: skip
            click.echo(json.dumps(said, ensure_ascii=False, indent=2))
            return
        if not self.silent:
            for line in _counted(survey, run.order.form):
                click.echo(line, err=True)
            kept = f", {tally.kept} kept as changed by hand" if tally.kept else ""
            click.echo(
                f"{tally.written} written, {tally.there} there already{kept}, in {seconds:.1f} seconds", err=True
            )
        click.echo(run.output)

    def _counts(self, run: _Run, survey: Survey) -> dict[str, Any]:
        letters = [
            {"target": target, "language": language, "tone": tone, "format": run.order.form, "letters": count}
            for (target, language, tone), count in sorted(survey.counts.items())
        ]
        return {
            "case": run.order.case,
            "date": run.order.date.isoformat(),
            "rows": survey.rows,
            "left_out": survey.left_out,
            "bad_rows": survey.bad_rows,
            "problems": survey.problems.count,
            "doubts": survey.warnings.count,
            "letters": letters,
        }


def _counted(survey: Survey, form: str) -> Iterator[str]:
    """Yield a line for each target, language and tone, and one for all."""
    for (target, language, tone), count in sorted(survey.counts.items()):
        yield f"{count:>9,}  {target}, {language}, {tone}, {form}"
    yield f"{survey.letters:>9,}  letters from {survey.rows - survey.bad_rows - survey.left_out:,} signers"
