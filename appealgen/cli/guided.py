"""``appealgen`` alone, on a terminal: a few questions, a letter, and the command that does the same."""

from __future__ import annotations

import itertools
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
    from appealgen.selection import Addressee

    Run = Callable[[Sequence[str]], int]

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
    chosen, country = _what(library)
    form = _chosen(_("As what?"), {form: _(what) for form, what in _FORMATS.items()}, "docx")
    place = _place(chosen, form)
    words = ["write", *chosen, *_who(library, country)]
    if message := _asked("\n" + _("A paragraph of your own, in the letter's language (Enter for none)")):
        words += ["--message", message]
    click.echo()
    if status := run(["preview", *words[1:]]):
        return status
    click.echo()
    if not hearing.confirm(_("Write this letter?"), default=True):
        click.echo(_("Nothing is written. The command, to go on from:"))
        click.echo(_command([*words, *place]))
        return 0
    words += place
    click.echo("\n" + _("The same in one command:"))
    click.echo(f"{_command(words)}\n")
    # The notes were said with the letter, save those on a draft.
    return run(words if form == "eml" else [*words, "--quiet"])


def _what(library: Library) -> tuple[list[str], str | None]:
    """Ask which case, to whom, in which language and tone; return the options, and the country if it was asked for."""
    from appealgen import selection
    from appealgen.addresses import language_name
    from appealgen.model import Signer

    case = _case(library)
    to, country = _to_whom(library, case)
    name, reads = to.name, to.target.languages
    written = {code: language_name(code) for code in selection.written_languages(library, case)}
    shown = {
        code: _("{language}, which the office reads", language=said) if code in reads else said
        for code, said in written.items()
    }
    usual = selection.language_for(library, case, None, library.signer() or Signer(name=None))
    language = _chosen(_("In which language?"), shown, usual, also=written)
    words = ["--case", case.id, "--target", name, "--language", language]
    own = selection.copy_language(library, case)
    if language != own:
        click.echo("\n" + _("Read before you sign: a copy can show the letter beside its translation."))
        copies = {"none": _("no copy"), **{code: name for code, name in written.items() if code != language}}
        usual = own if own in copies else "none"
        if (gloss := _chosen(_("A copy for you, in which language?"), copies, usual)) != "none":
            words += ["--gloss", gloss]
    tones = {tone: _(what) for tone, what in options.TONES.items() if tone in library.tones(language)}
    tone = _chosen(_("In which tone?"), tones, "formal")
    return words + (["--tone", tone] if tone != "formal" else []), country


def _to_whom(library: Library, case: Case) -> tuple[Addressee, str | None]:
    """Ask whom to write to, and for an embassy, at once, in which country: there may be none. Return both."""
    from appealgen import selection
    from appealgen.errors import RefusedError, UsageError

    offices: dict[str, str] = {}
    for alias in selection.current_aliases(case):
        if case.aliases[alias].embassy_of is not None:
            offices[alias] = _p("embassy", "the one in your country")
        else:
            offices[alias] = selection.title_of(library, selection.addressee(library, case, alias, None).target)
    if not offices:
        raise UsageError(
            _("{case} has nobody to write to: give it an ask, with the targets that it goes to", case=case.id)
        )
    signer = library.signer()
    country = (signer.country or "") if signer else ""
    usual, asked = next(iter(offices)), None
    while True:
        name = _chosen(_("Whom do you write to?"), offices, usual)
        abroad = case.aliases[name].embassy_of if name in case.aliases else None
        if abroad is not None:
            country = asked = _asked(_("Your country"), _country, country)
        try:
            return selection.addressee(library, case, name, country or None), asked
        except RefusedError as error:
            # Any embassy will do for what is asked of one.
            for target in library.targets.values():
                if target.role == "ambassador" and target.country == abroad:
                    offices[target.id] = selection.title_of(library, target)
            others = [other for other in offices if other != name]
            if not others:
                raise
            click.echo("\n" + str(error))
        usual = others[0]


def _place(words: Sequence[str], form: str) -> list[str]:
    """Return the options of format and place for the letter that *words* ask for; ask for a name if one is taken."""
    from appealgen.output import file_name, gloss_name

    said = dict(zip(words[::2], words[1::2], strict=True))
    name = file_name(said["--case"], said["--target"], said["--language"], form)

    def is_free(path: Path) -> bool:
        files = [path]
        if form == "eml" and (gloss := said.get("--gloss")):
            files.append(path.with_name(gloss_name(path.name, gloss)))
        return not any(map(os.path.lexists, files))

    options_said = ["--format", form] if form != "docx" else []
    if is_free(Path(name)):
        return options_said
    stem = name.removesuffix(f".{form}")
    free = next(other for other in (f"{stem}-{n}.{form}" for n in itertools.count(2)) if is_free(Path(other)))
    click.echo("\n" + _("{file} is there already, and is not replaced.", file=name))

    def read(answer: str) -> str:
        path = Path(answer.strip())
        if answer.strip().endswith(("/", "\\")) or path.is_dir():
            path /= name
        if path.suffix.lower() != f".{form}":
            path = path.with_name(f"{path.name}.{form}")
        if not is_free(path):
            raise click.BadParameter(_("{file} is there already, and is not replaced.", file=path))
        return str(path)

    question = _("Another name for this letter")
    return [*options_said, "--output", click.prompt(question, default=free, value_proc=read)]


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


def _who(library: Library, country: str | None) -> list[str]:
    """Ask who signs, unless the group's file says it; their *country* is asked for unless it was before."""
    signer = library.signer()
    if signer is not None and signer.name is not None:
        question = _("Signed by {name}, as signer.yaml says?", name=signer.name)
        if hearing.confirm(f"\n{question}", default=True):
            return ["--country", country] if country and country != signer.country else []
    words = []
    if name := _asked("\n" + _("Your name (Enter for a line to sign on by hand)")):
        words += ["--name", name]
        click.echo(_("Your address, line by line, without the country; Enter ends it."))
        while line := _asked("  " + _p("line of a postal address", "address")):
            words += ["--address", line]
    if country is None:
        country = _asked(_("Your country"), _country)
    if country:
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


def _asked(question: str, read: Callable[[str], str] = str.strip, usual: str = "") -> str:
    answer: str = click.prompt(question, default=usual, show_default=bool(usual), value_proc=read)
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
