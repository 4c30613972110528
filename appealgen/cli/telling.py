"""What a run of a batch tells while it goes, and at its end."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from appealgen import catalogue
from appealgen.catalogue import _, _n, _p
from appealgen.cli import hearing, options
from appealgen.errors import place_of, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from appealgen.batch import Said, Survey, Tally
    from appealgen.cli.batch import Run
    from appealgen.scribe import Scribe
    from appealgen.selection import Note
    from appealgen.signers.columns import Columns
    from appealgen.signers.rows import Reading

_EVERY_SECONDS = 5.0
# Kinds of letters of which it is said one by one what does not fit a page.
_LONG = 2


@contextlib.contextmanager
def progress(total: int, say: Say) -> Iterator[Callable[[int], None]]:
    """Show how far the run is: a line that moves on a terminal, else (or where none shall) a line every few seconds."""
    began = told = time.monotonic()
    last = -1
    moves = sys.stderr.isatty() and not (say.silent or hearing.is_plain())

    def show(done: int) -> None:
        nonlocal told, last
        now = time.monotonic()
        if say.silent or done == last or (now - told < (0.1 if moves else _EVERY_SECONDS) and done != total):
            return
        if not moves and done == total and now - began < _EVERY_SECONDS:
            return
        told, last = now, done
        rate = done / max(now - began, 1e-6)
        text = _n(
            "{done} of {count} letter, {rate} a second, {time} left",
            "{done} of {count} letters, {rate} a second, {time} left",
            total,
            done=catalogue.number(done),
            rate=catalogue.number(rate),
            time=_clock(round((total - done) / rate)) if rate else "?",
        )
        if moves:
            filled = 24 * done // max(total, 1)
            click.echo(f"\r[{'#' * filled}{'-' * (24 - filled)}] {text}\x1b[K", nl=False, err=True)
        else:
            click.echo(text, err=True)

    yield show
    if moves:
        click.echo(err=True)


def _clock(seconds: int) -> str:
    """Return *seconds* as hours, minutes and seconds: ``0:01:40``."""
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def column_notes(columns: Columns) -> list[str]:
    """Return which columns of a table are used, and which are not."""
    places = [(field, at) for field, place in columns.places.items() for at in (place, *columns.others.get(field, ()))]
    used = catalogue.listed(f"{columns.headings[place]} ({field})" for field, place in places)
    notes = [_("columns used: {columns}", columns=used)]
    if columns.ignored:
        notes.append(_("columns ignored: {columns}", columns=catalogue.listed(columns.ignored)))
    if columns.of_joint:
        printed = catalogue.listed(columns.of_joint)
        notes.append(_("columns ignored, as only `joint` prints them: {columns}", columns=printed))
    if columns.unknown:
        unknown = catalogue.listed(columns.unknown)
        notes.append(_("columns not known: {columns} (--map HEADING=FIELD uses one)", columns=unknown))
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
        for problem in survey.problems.first:
            click.echo(str(problem), err=True)
        _tell_count(survey.problems, _n("{count} problem", "{count} problems", survey.problems.count), problems_file)
        _tell_missing(survey, problems_file)
        if self.silent:
            return
        for problem in survey.warnings.first:
            click.echo(f"{_('warning:')} {problem}", err=True)
        _tell_count(survey.warnings, _n("{count} warning", "{count} warnings", survey.warnings.count), problems_file)
        if survey.left_out:
            out = _n(
                "{count} left out: they did not say yes to signing",
                "{count} left out: they did not say yes to signing",
                survey.left_out,
            )
            click.echo(out, err=True)

    def notes(self, run: Run, survey: Survey) -> list[str]:
        """Return what a careful user should know before signing, each once."""
        from appealgen import selection
        from appealgen.notices import draft_notes, letter_notes
        from appealgen.rendering import PAGED

        scribe = run.scribe
        notes = selection.case_notes(scribe.case, run.order.date)
        letters = [(kit.to, kit.prepared.language.id) for kit in survey.kits]
        copy = selection.copy_language(scribe.library, scribe.case)
        notes += letter_notes(scribe.library, letters, gloss="" if run.order.gloss or run.order.form == "eml" else copy)
        if run.order.form == "eml":
            notes += draft_notes(kit.to for kit in survey.kits)
        if run.order.form in PAGED:
            notes += _paper_notes(run.reading, survey)
        if run.order.form in PAGED and not run.order.fit:
            notes += _long_notes(scribe, survey)
        for kit in survey.kits:
            notes += selection.quoted_notes(scribe.case, kit.prepared.language.id)
            if survey.private:
                notes += selection.privacy_notes(scribe.library, kit.to)
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
            click.echo("\n" + _p("letter", "the first, {file}:", file=piece.file) + "\n")
            click.echo(render(letter, "txt").decode(), nl=False)

    def summary(self, run: Run, survey: Survey, tally: Tally, seconds: float) -> None:
        """Print what has been done."""
        notes = self.notes(run, survey)
        options.say_notes(notes, quiet=self.silent)
        for file in tally.kept_files:
            click.echo(_("{file}: kept: somebody has changed it: --force replaces it", file=file), err=True)
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
            click.echo(_done(tally, seconds), err=True)
            if run.order.fit:
                fitted = _n(
                    "{shortened} shortened, {count} still runs over one page",
                    "{shortened} shortened, {count} still run over one page",
                    tally.over,
                    shortened=catalogue.number(tally.shortened),
                )
                click.echo(fitted, err=True)
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
            "missing": survey.missing.total(),
            "letters": letters,
        }


def _paper_notes(reading: Reading, survey: Survey) -> list[Note]:
    """Return which letters are on another paper than most, as that goes by the country of who signs."""
    from appealgen.addresses import page
    from appealgen.selection import Note

    counts: Counter[str] = Counter()
    for kit, number in survey.kits.items():
        counts[page(kit.country)] += number
    if len(counts) < 2:
        return []
    (usual, _most), (paper, count) = counts.most_common(2)
    countries = sorted({kit.country for kit in survey.kits if kit.country and page(kit.country) == paper})
    place = reading.columns.place("country")
    origin = _('column "{heading}"', heading=reading.columns.headings[place]) if place >= 0 else "--country"
    text = _n(
        "{count} letter is on {paper} paper and the others on {usual}, as its signer is in {countries} ({origin}): "
        "put both papers in before you print",
        "{count} letters are on {paper} paper and the others on {usual}, as their signers are in {countries} "
        "({origin}): put both papers in before you print",
        count,
        paper=paper,
        usual=usual,
        countries=catalogue.listed(countries),
        origin=origin,
    )
    return [Note(text)]


def _long_notes(scribe: Scribe, survey: Survey) -> list[Note]:
    """Return which letters run over one page, and, where they are few kinds, by how much and what could go."""
    from appealgen.fitting import long_notes
    from appealgen.selection import Note

    found: dict[str, list[str]] = {}
    notes: list[Note] = []
    for kit in survey.kits:
        if more := long_notes(*scribe.typical(kit), kit.to.name):
            notes += more
            found.setdefault(kit.to.name, []).append(kit.prepared.language.id)
    if len(dict.fromkeys(notes)) <= _LONG:
        return notes
    letters = catalogue.listed(f"{name} ({' '.join(dict.fromkeys(codes))})" for name, codes in found.items())
    text = _(
        "letters that run over one page: {letters}; --fit page drops what can go, `appealgen preview` shows each",
        letters=letters,
    )
    return [Note(text)]


def _counted(survey: Survey, form: str) -> Iterator[str]:
    """Yield a line for each target, language and tone, and one for all."""
    for (target, language, tone), count in sorted(survey.counts.items()):
        yield f"{catalogue.number(count):>9}  {target}, {language}, {tone}, {form}"
    # Below the numbers of letters, of which this is the sum.
    total = _n("letters from {count} signer", "letters from {count} signers", survey.signers)
    yield f"{catalogue.number(survey.letters):>9}  {total}"


def _tell_count(said: Said, counted: str, problems_file: Path | None) -> None:
    """Print how many problems or warnings there are, *counted*, and where more of them stand than were shown."""
    if not said.count:
        return
    if said.count > len(said.first):
        if problems_file:
            counted = _("{counted} (all are in {file})", counted=counted, file=problems_file)
        else:
            counted = _("{counted} (--problems FILE has all)", counted=counted)
    click.echo(counted, err=True)


def _tell_missing(survey: Survey, problems_file: Path | None) -> None:
    """Print which embassies are missing, each once with the lines of those who want to write there."""
    if not survey.missing:
        return
    for message, count in survey.missing.items():
        at = survey.missing_at[message]
        lines = catalogue.listed([*map(str, at), *(["\N{HORIZONTAL ELLIPSIS}"] if count > len(at) else [])])
        click.echo(printable(f"{place_of(survey.source, lines)}: {message}"), err=True)
    counted = _n(
        "{count} letter is missing for want of an embassy; run the same command again when targets.yaml has it",
        "{count} letters are missing for want of an embassy; run the same command again when targets.yaml has it",
        survey.missing.total(),
    )
    if problems_file:
        counted = _("{counted} (all are in {file})", counted=counted, file=problems_file)
    click.echo(counted, err=True)


def _done(tally: Tally, seconds: float) -> str:
    """Return how many letters were written in these *seconds*, and how many not."""
    values = {
        "written": catalogue.number(tally.written),
        "there": catalogue.number(tally.there),
        "seconds": catalogue.number(seconds, 1),
    }
    if not tally.kept:
        return _("{written} written, {there} there already, in {seconds} seconds", **values)
    return _(
        "{written} written, {there} there already, {kept} kept as changed by hand, in {seconds} seconds",
        kept=catalogue.number(tally.kept),
        **values,
    )
