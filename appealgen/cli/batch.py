"""``appealgen batch``."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appealgen.catalogue import _, _n
from appealgen.cli import combining, options
from appealgen.cli.rows import check_names, check_rows, open_rows
from appealgen.cli.telling import Say, progress
from appealgen.rendering import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appealgen.batch import Survey, Tally
    from appealgen.destination import Archive, Folder
    from appealgen.journal import Journal

# A process more is worth its start from about here.
_WORTH_IT = 2000


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
@options.window_option
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), help="Processes. [default: cores, where it is worth it]"
)
@options.fit_option
@combining.combine_options
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
    combined, how = combining.take_combined(ctx, asked)
    say = Say(quiet=quiet, as_json=as_json)
    with contextlib.ExitStack() as closing:
        run = Run(
            closing, signers_file, str(combined or output or "letters/"), asked, date_given=asked["date"] is not None
        )
        say.columns(run.reading)
        if not (dry_run or combined):
            run.open_journal(part, update=update)
        survey = check_rows(run, part, problems_file, say)
        if survey.problems.count and not (keep_going or dry_run):
            click.echo(_("nothing is written: mend the table, or use --keep-going to write the good rows"), err=True)
            ctx.exit(1)
        if combined:
            combining.check_combined(run, survey)
        if dry_run:
            say.dry_run(run, survey)
            ctx.exit(0 if survey.is_complete else 1)
        if survey.missing and not survey.letters:
            click.echo(_("nothing is written: no letter can be"), err=True)
            ctx.exit(1)
        if combined:
            combining.write_combined(run, combined, how, part, survey, say, force=force)
            ctx.exit(0 if survey.is_complete else 1)
        if survey.outdated and not update:
            outdated = _n(
                "{count} of the letters in {folder} is outdated: its case, template or row has "
                "changed since. --update rewrites it.",
                "{count} of the letters in {folder} are outdated: their case, template or row has "
                "changed since. --update rewrites them.",
                survey.outdated,
                folder=run.output,
            )
            click.echo(outdated, err=True)
            ctx.exit(1)
        leave = batch.Leave(update=update or bool(survey.outdated), force=force)
        count = jobs or (min(os.cpu_count() or 1, 8) if survey.letters > _WORTH_IT else 1)
        began = time.monotonic()
        tally = run.write(part, survey, leave, count, say)
        say.summary(run, survey, tally, time.monotonic() - began)
    if tally.stopped:
        click.echo(_("stopped: run the same command again to go on"), err=True)
        ctx.exit(130)
    if not survey.is_complete or tally.kept:
        ctx.exit(1)


class Run:
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
        self.order = Order(
            group=asked["group"] or Path(),
            case=case.id,
            targets=selection.named_targets(case, asked["targets"]),
            tone=asked["tone"],
            language=asked["language"],
            form=asked["form"],
            date=day,
            wrap=asked["wrap"],
            attach=asked["attach"],
            file_name=asked["file_name"],
            gloss=selection.gloss_for(library, case, asked["gloss"]),
            window=options.find_window(library, asked["window"], asked["form"]),
            fit=asked["fit"] is not None,
        )
        self.reading = open_rows(library, signers, asked, closing)
        self.scribe = Scribe(self.order, self.reading, library)
        check_names(self.scribe)
        self.journal: Journal | None = None

    def described(self, part: Any) -> dict[str, Any]:
        """Return what a journal says of the whole run, of which one file has *part*."""
        from appealgen.journal import FORMAT

        order = self.order
        return {
            "format_of_journal": FORMAT,
            "case": order.case,
            "targets": list(order.targets),
            "format": order.form,
            "file_name": order.file_name,
            "date": order.date.isoformat(),
            "part": [part.limit, part.only] if part is not None else None,
        }

    def open_journal(self, part: Any, *, update: bool) -> None:
        """Open the journal of the run, which is locked until the run ends."""
        from appealgen import batch
        from appealgen.destination import make_root
        from appealgen.journal import Journal, journal_of

        path = Path(self.output)
        made = make_root(path.parent if self.is_archive else path)
        journal = Journal(journal_of(path))
        journal.open()
        self.closing.callback(journal.close)
        # While it is still locked: nobody else has begun to write there.
        self.closing.callback(_take_away_if_empty, journal, made)
        order = self.order
        run = self.described(part if self.is_archive else None)
        run = batch.fix_run(journal, run, date_given=self.date_given, update=update)
        self.journal, self.run = journal, run
        if run["date"] != order.date.isoformat():
            self.order = dataclasses.replace(order, date=datetime.date.fromisoformat(run["date"]))
            self.scribe.order = self.order

    def write(self, part: Any, survey: Survey, leave: Any, jobs: int, say: Say) -> Tally:
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

                raise RefusedError(
                    _("{file}: is there already: --force replaces it, --output writes elsewhere", file=path)
                )
            unwritten = survey.unwritten
            if journal.finished and not leave.update and unwritten is None and destination.is_whole(journal):
                self._note_kits(survey)
                return batch.Tally(there=survey.letters)
            if journal.finished or leave.update:
                destination.discard()
                journal.clear()
            elif unwritten is not None:
                # Letters stand in an archive in the order of their numbers, also one that can be written only now.
                journal.forget_after(unwritten - 1)
        else:
            destination = Folder(path)
            destination.clean()
        run = {**self.run, "subfolders": subfolders}
        if journal.run != run:
            journal.begin(run)
        self._note_kits(survey)
        if isinstance(destination, Archive):
            destination.resume(journal)
            self.closing.callback(destination.close)
        with progress(survey.letters, say) as tell, interrupts() as interrupted:
            tally = batch.write(
                self.reading, self.order, part, destination, journal, leave=leave, jobs=jobs,
                subfolders=subfolders, progress=tell, stop=interrupted,
            )  # fmt: skip
        if not tally.stopped:
            self._check_complete(survey.letters - tally.written - tally.there - tally.kept, destination)
            if isinstance(destination, Archive):
                destination.finish(journal)
            journal.finish()
        return tally

    def _note_kits(self, survey: Survey) -> None:
        assert self.journal is not None
        for kit in survey.kits:
            self.journal.note(kit.note)

    def _check_complete(self, missing: int, destination: Folder | Archive) -> None:
        """See that no letter is missing that could be written when all was checked.

        Raises:
            OutputError: if some are; the run is not finished then.
        """
        from appealgen import batch
        from appealgen.destination import Archive

        if missing <= 0:
            return
        if isinstance(destination, Archive) and self.journal is not None:
            # Letters stand in an archive in the order of their rows: it is begun anew.
            destination.close()
            destination.discard()
            self.journal.clear()
        raise batch.incomplete(self.output, missing)


def _take_away_if_empty(journal: Journal, folders: list[Path]) -> None:
    """Leave nothing of a run that has written nothing: not its *journal*, nor the *folders* that were made for it."""
    from appealgen.errors import OutputError

    # What is noted may not have been handed on yet; where that fails there are letters, and the journal stays.
    with contextlib.suppress(OSError, OutputError):
        journal.flush()
        if not journal.path.stat().st_size:
            journal.path.unlink()
            for folder in folders:
                folder.rmdir()


def _check_asked(asked: dict[str, Any], *, is_archive: bool) -> None:
    from appealgen.scribe import PERSONAL

    options.check_format(asked["form"], asked["wrap"], attach=asked["attach"])
    if asked["form"] == "eml" and not options.is_said("gloss"):
        asked["gloss"] = None
    if asked["gloss"] and asked["form"] == "eml":
        raise click.UsageError(
            _("--gloss: an email draft has no place for it: use docx or txt, or `write` for one signer")
        )
    if is_archive and asked["file_name"] and any(name in asked["file_name"] for name in PERSONAL):
        raise click.UsageError(_("--file-name: names of signers stay out of archives and their journal: name a folder"))


@contextlib.contextmanager
def interrupts() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C ask the run to stop after the letter at hand."""
    asked = False

    def ask(_signal: int, _frame: object) -> None:
        nonlocal asked
        asked = True

    numbers = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP")]
    heard = [number for number in numbers if number and signal.getsignal(number) != _IGNORED]
    before = {number: signal.signal(number, ask) for number in heard}
    try:
        yield lambda: asked
    finally:
        for number, was in before.items():
            signal.signal(number, was)


_IGNORED = signal.SIG_IGN
