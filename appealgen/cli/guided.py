"""``appealgen`` alone, on a terminal: a few questions, a letter, and the command that does the same."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appealgen.catalogue import N_, _, _p
from appealgen.cli import hearing, options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from appealgen.library import Library
    from appealgen.model import Case

    Run = Callable[[Sequence[str]], int]

_TONES = {
    "formal": N_("respectful and measured; the usual tone"),
    "urgent": N_("time matters"),
    "humanitarian": N_("speaks of family and health"),
    "brief": N_("the main facts and every ask, in a few lines"),
}
_FORMATS = {
    "docx": N_("Word, to print and sign"),
    "pdf": N_("PDF, to print as it is"),
    "txt": N_("plain text, to paste into a web form"),
    "eml": N_("a draft for your mail program"),
}


def converse(run: Run) -> int:
    """Ask for everything that a letter needs, show it, write it, and say the command; return the exit status.

    *run* takes the words of a command line after ``appealgen``, runs it, and returns its exit status.
    """
    group = os.environ.get(options.GROUP)
    library = options.open_library(Path(group) if group else None)
    click.echo(_("A letter in a few questions. Enter takes what is proposed; Ctrl-C stops, and nothing is written."))
    words = ["write", *_what(library), *_who(library)]
    if message := _asked("\n" + _("A paragraph of your own, in the letter's language (Enter for none)")):
        words += ["--message", message]
    click.echo()
    if status := run(["preview", *words[1:]]):
        return status
    click.echo()
    if not hearing.confirm(_("Write this letter?"), default=True):
        click.echo(_("Nothing is written. The command, to go on from:"))
        click.echo(_command(words))
        return 0
    form = _chosen(_("As what?"), {form: _(what) for form, what in _FORMATS.items()}, "docx")
    words += ["--format", form] if form != "docx" else []
    click.echo("\n" + _("The same in one command:"))
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
            offices[alias], read[alias] = _p("embassy", "the one in your country"), ()
        else:
            target = selection.addressee(library, case, alias, None).target
            offices[alias], read[alias] = _title(target.office), target.languages
    name = _chosen(_("Whom do you write to?"), offices, next(iter(offices)))
    written = {code: language_name(code) for code in selection.written_languages(library, case)}
    shown = {
        code: _("{language}, which the office reads", language=said) if code in read[name] else said
        for code, said in written.items()
    }
    usual = "en" if "en" in written else next(iter(written))
    language = _chosen(_("In which language?"), shown, usual, also=written)
    words = ["--case", case.id, "--target", name, "--language", language]
    if language != "en":
        click.echo("\n" + _("Read before you sign: a copy can show the letter beside its translation."))
        copies = {"none": _("no copy"), **{code: name for code, name in written.items() if code != language}}
        usual = "en" if "en" in copies else "none"
        if (gloss := _chosen(_("A copy for you, in which language?"), copies, usual)) != "none":
            words += ["--gloss", gloss]
    tones = {tone: _(what) for tone, what in _TONES.items() if tone in library.tones(language)}
    tone = _chosen(_("In which tone?"), tones, "formal")
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
            as_of = case.facts_as_of
            known = _("facts as of {date}", date=as_of.in_words) if as_of else _("facts of a date not known")
            cases[case_id] = f"{case.title} ({known})"
    if not cases:
        raise UsageError(
            _("there is no open case: `appealgen new case ID` begins one, `appealgen import FILE` reads one")
        )
    return library.case(_chosen(_("Whom do you write for?"), cases, next(iter(cases))))


def _title(office: Mapping[str, Mapping[str, str]]) -> str:
    return office.get("en", next(iter(office.values())))["nominative"]


def _who(library: Library) -> list[str]:
    """Ask who signs, unless the group's file says it."""
    signer = library.signer()
    if signer is not None:
        question = _("Signed by {name}, as signer.yaml says?", name=signer.name)
        if hearing.confirm(f"\n{question}", default=True):
            return []
    words = []
    if name := _asked("\n" + _("Your name (Enter for a line to sign on by hand)")):
        words += ["--name", name]
        click.echo(_("Your address, line by line, without the country; Enter ends it."))
        while line := _asked("  " + _p("line of a postal address", "address")):
            words += ["--address", line]
    if country := _asked(_("Your country"), _country):
        words += ["--country", country]
    if name:
        shown = {
            "full": _p("how much of a signer may show", "all"),
            "town": _("name and town"),
            "initials": _("initials and town"),
        }
        if (privacy := _chosen(_("How much of you may show?"), shown, "full")) != "full":
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


def _chosen(question: str, choice: Mapping[str, str], usual: str, also: Mapping[str, str] | None = None) -> str:
    """Show *choice*, id and what it means, numbered, and return the id that the user picks by number or name.

    What is in *also* by id names it as well; by default the meaning up to its first comma does.
    """
    ids = list(choice)
    names = also or {name: meaning.partition(",")[0] for name, meaning in choice.items()}
    click.echo(f"\n{question}")
    width = max(map(len, ids))
    for number, name in enumerate(ids, 1):
        click.echo(f"  {number:>2}  {name:{width}}  {choice[name]}")

    def picked(answer: str) -> str:
        text = answer.strip()
        if text.isdecimal() and 1 <= int(text) <= len(ids):
            return ids[int(text) - 1]
        found = [name for name in ids if text.casefold() in (name.casefold(), names[name].casefold())]
        if not found:
            raise click.BadParameter(
                _('"{answer}" is not among them: give a number or a word of the first column', answer=text)
            )
        return found[0]

    # In words: brackets alone are not heard.
    asked = f"{_p('of the numbered choices above', 'Which')} ({_('Enter for {choice}', choice=usual)})"
    answer: str = click.prompt(asked, default=usual, show_default=False, value_proc=picked)
    return answer


def _command(words: Sequence[str]) -> str:
    whole = ["appealgen", *words]
    return subprocess.list2cmdline(whole) if os.name == "nt" else shlex.join(whole)
