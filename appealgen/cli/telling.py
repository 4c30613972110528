"""What a run of a batch tells while it goes, and at its end."""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from appealgen.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from appealgen.batch import Survey, Tally
    from appealgen.cli.batch import Run
    from appealgen.signers.columns import Columns
    from appealgen.signers.rows import Reading

_EVERY_SECONDS = 5.0


@contextlib.contextmanager
def progress(total: int, say: Say) -> Iterator[Callable[[int], None]]:
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


def column_notes(columns: Columns) -> list[str]:
    """Return which columns of a table are used, and which are not."""
    places = [(field, at) for field, place in columns.places.items() for at in (place, *columns.others.get(field, ()))]
    notes = [f"columns used: {', '.join(f'{columns.headings[place]} ({field})' for field, place in places)}"]
    if columns.ignored:
        notes.append(f"columns ignored: {', '.join(columns.ignored)}")
    if columns.unknown:
        notes.append(f"columns not known: {', '.join(columns.unknown)} (--map HEADING=FIELD uses one)")
    return notes


class Say:
    """What a run tells: notes and counts on standard error, results on standard output."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        self.silent = quiet or as_json
        self.as_json = as_json

    def columns(self, reading: Reading) -> None:
        """Say once which columns are used, and which are not."""
        options.say_notes(column_notes(reading.columns), quiet=self.silent)

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

    def notes(self, run: Run, survey: Survey) -> list[str]:
        """Return what a careful user should know before signing, each once."""
        from appealgen import fitting, selection
        from appealgen.rendering import PAGED

        scribe = run.scribe
        notes = selection.case_notes(scribe.case, run.order.date)
        for kit in survey.kits:
            notes += selection.quoted_notes(scribe.case, kit.prepared.language.id)
            notes += selection.letter_notes(scribe.library, kit.to, kit.prepared.language.id)
            if survey.private:
                notes += selection.privacy_notes(scribe.library, kit.to)
            if run.order.form in PAGED and not run.order.fit:
                notes += fitting.long_notes(*scribe.typical(kit), kit.to.name)
            if run.order.form == "eml":
                notes += selection.draft_notes(kit.to)
            notes += kit.notes
        return selection.listed(notes)

    def dry_run(self, run: Run, survey: Survey) -> None:
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
            letter = run.scribe.letter(piece)
            click.echo(f"\nthe first, {piece.file}:\n")
            click.echo(render(letter, "txt").decode(), nl=False)

    def summary(self, run: Run, survey: Survey, tally: Tally, seconds: float) -> None:
        """Print what has been done."""
        notes = self.notes(run, survey)
        options.say_notes(notes, quiet=self.silent)
        for file in tally.kept_files:
            click.echo(f"{file}: kept: somebody has changed it: --force replaces it", err=True)
        if self.as_json:
            said = self._counts(run, survey)
            said |= {"output": run.output, "written": tally.written, "there": tally.there, "kept": tally.kept,
                     "stopped": tally.stopped, "warnings": notes}  # fmt: skip
            if run.order.fit:
                said |= {"shortened": tally.shortened, "over_one_page": tally.over}
            click.echo(json.dumps(said, ensure_ascii=False, indent=2))
            return
        if not self.silent:
            for line in _counted(survey, run.order.form):
                click.echo(line, err=True)
            kept = f", {tally.kept} kept as changed by hand" if tally.kept else ""
            click.echo(
                f"{tally.written} written, {tally.there} there already{kept}, in {seconds:.1f} seconds", err=True
            )
            if run.order.fit:
                click.echo(f"{tally.shortened} shortened, {tally.over} still run over one page", err=True)
        click.echo(run.output)

    def _counts(self, run: Run, survey: Survey) -> dict[str, Any]:
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
