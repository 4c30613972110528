"""``appealgen`` alone, on a terminal: a few questions, a letter, and the command that does the same."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appealgen.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from appealgen.library import Library
    from appealgen.model import Case

    Run = Callable[[Sequence[str]], int]

_TONES = {
    "formal": "respectful and measured; the usual tone",
    "urgent": "time matters",
    "humanitarian": "speaks of family and health",
    "brief": "the main facts and every ask, in a few lines",
}
_FORMATS = {
    "docx": "Word, to print and sign",
    "pdf": "PDF, to print as it is",
    "txt": "plain text, to paste into a web form",
    "eml": "a draft for your mail program",
}


def converse(run: Run) -> int:
    """Ask for everything that a letter needs, show it, write it, and say the command; return the exit status.

    *run* takes the words of a command line after ``appealgen``, runs it, and returns its exit status.
    """
    group = os.environ.get(options.GROUP)
    library = options.open_library(Path(group) if group else None)
    click.echo(
        "A letter in a few questions. Enter takes what stands in brackets; Ctrl-C stops, and nothing is written."
    )
    words = ["write", *_what(library), *_who(library)]
    if message := _asked("\nA paragraph of your own, in the letter's language (Enter for none)"):
        words += ["--message", message]
    click.echo()
    if status := run(["preview", *words[1:]]):
        return status
    click.echo()
    if not click.confirm("Write this letter?", default=True):
        click.echo("Nothing is written. The command, to go on from:")
        click.echo(_command(words))
        return 0
    form = _chosen("As what?", _FORMATS, "docx")
    words += ["--format", form] if form != "docx" else []
    click.echo("\nThe same in one command:")
    click.echo(f"{_command(words)}\n")
    return run([*words, "--quiet"])  # the notes were said with the letter


def _what(library: Library) -> list[str]:
    """Ask which case, to whom, in which language and tone."""
    from appealgen import selection
    from appealgen.addresses import language_name

    case = _case(library)
    offices: dict[str, str] = {}
    read: dict[str, tuple[str, ...]] = {}
    for alias in selection.current_aliases(case):
        if case.aliases[alias].embassy_of is not None:
            offices[alias], read[alias] = "the one in your country", ()
        else:
            target = selection.addressee(library, case, alias, None).target
            offices[alias], read[alias] = _title(target.office), target.languages
    name = _chosen("Whom do you write to?", offices, next(iter(offices)))
    written = {code: language_name(code) for code in selection.written_languages(library, case)}
    shown = {code: f"{said}, which the office reads" if code in read[name] else said for code, said in written.items()}
    language = _chosen("In which language?", shown, "en" if "en" in written else next(iter(written)))
    words = ["--case", case.id, "--target", name, "--language", language]
    if language != "en":
        click.echo(
            f"\nRead before you sign: a copy can show the letter beside its translation from {written[language]}."
        )
        copies = {"none": "no copy", **{code: name for code, name in written.items() if code != language}}
        if (
            gloss := _chosen("A copy for you, in which language?", copies, "en" if "en" in copies else "none")
        ) != "none":
            words += ["--gloss", gloss]
    tones = {tone: what for tone, what in _TONES.items() if tone in library.tones(language)}
    tone = _chosen("In which tone?", tones, "formal")
    return words + (["--tone", tone] if tone != "formal" else [])


def _case(library: Library) -> Case:
    from appealgen.errors import InputError, UsageError

    cases = {}
    for case_id in library.case_ids:
        try:
            case = library.case(case_id)
        except InputError:
            continue
        if case.status == "active":
            known = f"facts as of {case.facts_as_of.in_words}" if case.facts_as_of else "facts of a date not known"
            cases[case_id] = f"{case.title} ({known})"
    if not cases:
        raise UsageError("there is no open case: `appealgen new case ID` begins one, `appealgen import FILE` reads one")
    return library.case(_chosen("Whom do you write for?", cases, next(iter(cases))))


def _title(office: Mapping[str, Mapping[str, str]]) -> str:
    return office.get("en", next(iter(office.values())))["nominative"]


def _who(library: Library) -> list[str]:
    """Ask who signs, unless the group's file says it."""
    signer = library.signer()
    if signer is not None and click.confirm(f"\nSigned by {signer.name}, as signer.yaml says?", default=True):
        return []
    words = []
    if name := _asked("\nYour name (Enter for a line to sign on by hand)"):
        words += ["--name", name]
        click.echo("Your address, line by line, without the country; Enter ends it.")
        while line := _asked("  address"):
            words += ["--address", line]
    if country := _asked("Your country", _country):
        words += ["--country", country]
    if name:
        shown = {"full": "all", "town": "name and town", "initials": "initials and town"}
        if (privacy := _chosen("How much of you may show?", shown, "full")) != "full":
            words += ["--privacy", privacy]
    return words


def _country(text: str) -> str:
    from appealgen.addresses import country_code

    try:
        return country_code(text) if text else ""
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _asked(question: str, read: Callable[[str], str] = str.strip) -> str:
    answer: str = click.prompt(question, default="", show_default=False, value_proc=read)
    return answer


def _chosen(question: str, choice: Mapping[str, str], usual: str) -> str:
    """Show *choice*, id and what it means, numbered, and return the id that the user picks by number or name."""
    ids = list(choice)
    click.echo(f"\n{question}")
    width = max(map(len, ids))
    for number, name in enumerate(ids, 1):
        click.echo(f"  {number:>2}  {name:{width}}  {choice[name]}")

    def picked(answer: str) -> str:
        text = answer.strip()
        if text.isdecimal() and 1 <= int(text) <= len(ids):
            return ids[int(text) - 1]
        found = [
            name for name in ids if text.casefold() in (name.casefold(), choice[name].partition(",")[0].casefold())
        ]
        if not found:
            raise click.BadParameter(f'"{text}" is not among them: give a number or a word of the first column')
        return found[0]

    answer: str = click.prompt("Which", default=usual, value_proc=picked)
    return answer


def _command(words: Sequence[str]) -> str:
    whole = ["appealgen", *words]
    return subprocess.list2cmdline(whole) if os.name == "nt" else shlex.join(whole)
