"""Options that several commands share, and what they complete to."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from appealgen import catalogue
from appealgen.catalogue import N_, _
from appealgen.errors import printable
from appealgen.model import PRIVACIES
from appealgen.rendering import PAGED, WRAPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from appealgen.library import Library
    from appealgen.paper import Window

    Command = TypeVar("Command", bound=Callable[..., Any])
    Thing = TypeVar("Thing")

GROUP = "APPEALGEN_GROUP"
#: What each tone is, in English, marked for translation.
TONES = {
    "formal": N_("respectful and measured; the usual tone"),
    "urgent": N_("time matters"),
    "humanitarian": N_("speaks of family and health"),
    "brief": N_("the main facts and every ask, in a few lines"),
}
# What is said where there is nothing of a kind by a name.
_NONE = {
    "window": N_('{option}: there is no window "{name}": {hint}'),
    "envelope": N_('{option}: there is no envelope "{name}": {hint}'),
    "sheet of labels": N_('{option}: there is no sheet of labels "{name}": {hint}'),
}


class Date(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A day, YYYY-MM-DD, or ``today``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Read the day."""
        if isinstance(value, datetime.date):
            return value
        if value == "today":
            return datetime.date.today()
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(_('"{date}" is not a date: write YYYY-MM-DD, such as 2026-11-20', date=value), param, ctx)


def group_option(command: Command) -> Command:
    """Add ``--group``."""
    return click.option(
        "--group",
        "group",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The group's folder; its cases, targets, templates and signer come before what ships. "
        "[default: the current folder; also APPEALGEN_GROUP]",
    )(command)


def quiet_option(command: Command) -> Command:
    """Add ``--quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help="No notes on standard error.")(command)


def json_option(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")(command)


def open_library(group: Path | None) -> Library:
    """Open the library of *group*, by default the current folder.

    Raises:
        click.UsageError: if the folder named does not exist.
    """
    from appealgen.library import Library

    if group is not None and not group.is_dir():
        raise click.UsageError(
            _('--group: there is no folder "{folder}": `appealgen init {folder}` makes one', folder=group)
        )
    return Library(group or Path())


def is_said(name: str) -> bool:
    """Tell whether the parameter *name* was said on the command line; a default from settings holds where it fits."""
    context = click.get_current_context(silent=True)
    return context is None or context.get_parameter_source(name) != ParameterSource.DEFAULT_MAP


def check_format(form: str, wrap: int | None, *, attach: bool) -> None:
    """Refuse details that the format *form* does not have.

    Raises:
        click.UsageError: if lines cannot be wrapped, or a file cannot be attached.
    """
    if wrap is not None and form not in WRAPPED and is_said("wrap"):
        raise click.UsageError(_("--wrap: {format} breaks its own lines: use it with txt or eml", format=form))
    if attach and form != "eml" and is_said("attach"):
        raise click.UsageError(_("--attach: only an email draft carries a file: use it with --format eml"))


def window_option(command: Command) -> Command:
    """Add ``--window``."""
    return click.option(
        "--window",
        metavar="NAME",
        shell_complete=completes(lambda library, _case: library.papers.windows),
        help="Put the address where the window of an envelope shows it: a name of `appealgen list papers`.",
    )(command)


def find_window(library: Library, name: str | None, form: str) -> Window | None:
    """Return the window called *name*, or None where none is asked for.

    Raises:
        click.UsageError: if there is no such window, or the format *form* has no sheet to show in one.
    """
    if name is None or (form not in PAGED and not is_said("window")):
        return None
    if form not in PAGED:
        raise click.UsageError(_("--window: {format} is not laid out on a sheet: use it with docx or pdf", format=form))
    return known(library.papers.windows, name, "--window", "window")


def known(things: Mapping[str, Thing], name: str, option: str, what: str) -> Thing:
    """Return what is called *name*, whatever its capitals; *what* these things are is window, envelope and so on.

    Raises:
        click.UsageError: if there is no such thing; it names those that there are.
    """
    from appealgen.errors import nearest

    for key, thing in things.items():
        if key.casefold() == name.casefold():
            return thing
    hints = (nearest(name, things), _("there are {names}", names=catalogue.listed(things)))
    raise click.UsageError(_(_NONE[what], option=option, name=name, hint=" ".join(filter(None, hints))))


def say_notes(notes: Iterable[str], *, quiet: bool) -> None:
    """Print notes on standard error, unless *quiet*."""
    if not quiet:
        for note in notes:
            click.echo(f"{click.style(_('note:'), fg='yellow')} {printable(note)}", err=True)


def completes(find: Callable[[Library, str], Iterable[str]]) -> Callable[..., list[str]]:
    """Return a completion that offers what *find* gives for the library and what is typed so far."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        try:
            library = open_library(ctx.params.get("group"))
            return [word for word in find(library, ctx.params.get("case") or "") if word.startswith(incomplete)]
        except Exception:  # noqa: BLE001  whatever is wrong, a shell is no place to say it
            return []

    return complete


def _targets(library: Library, case: str) -> Iterable[str]:
    from appealgen.selection import current_aliases

    aliases = current_aliases(library.case(case)) if case else ()
    return (*aliases, "all", *library.targets)


complete_case = completes(lambda library, _case: library.case_ids)
complete_target = completes(_targets)
complete_language = completes(lambda library, _case: library.language_ids)
complete_tone = completes(lambda library, _case: library.tones("en"))

_WHAT = (
    click.option(
        "--case",
        "case",
        metavar="ID",
        required=True,
        shell_complete=complete_case,
        help="The case: an id of `appealgen list cases`, or the person's name.",
    ),
    click.option(
        "--target",
        "targets",
        metavar="ID",
        required=True,
        multiple=True,
        shell_complete=complete_target,
        help="Whom to write to: an alias of the case, an id of the address book, or `all`. Repeatable.",
    ),
    click.option(
        "--tone",
        metavar="TONE",
        default="formal",
        show_default=True,
        shell_complete=complete_tone,
        help="formal, urgent, humanitarian or brief.",
    ),
    click.option(
        "--language",
        metavar="CODE",
        shell_complete=complete_language,
        help="Language of the letter. [default: the signer's where there is one, else en]",
    ),
)
_HOW = (
    click.option(
        "--gloss",
        metavar="CODE",
        shell_complete=complete_language,
        help="Add a copy for the signer: the letter beside its translation into this language.",
    ),
    click.option("--date", metavar="YYYY-MM-DD", type=Date(), help="Date of the letter. [default: today]"),
    click.option(
        "--wrap", metavar="N", type=click.IntRange(min=20), help="Break lines of txt and eml after N characters."
    ),
    click.option("--attach", is_flag=True, help="Attach the letter as DOCX to the email draft."),
    click.option("--allow-closed", is_flag=True, help="Write even though the case is closed or past its date."),
)


def _all_of(choice: tuple[Any, ...]) -> Callable[[Command], Command]:
    def add(command: Command) -> Command:
        for option in reversed(choice):
            command = option(command)
        return command

    return add


def without(*names: str) -> Callable[[Command], Command]:
    """Return what takes the options called *names* away again from those that stand below it."""

    def take(command: Command) -> Command:
        # Click keeps them here until it makes a command of the function, the last first.
        kept: Any = command
        kept.__click_params__ = [one for one in kept.__click_params__ if one.name not in names]
        return command

    return take


#: Which case, to whom, in which tone and language.
what_options = _all_of(_WHAT)
#: Date and details of the format.
how_options = _all_of(_HOW)
_PRIVACY = click.option(
    "--privacy",
    type=click.Choice(PRIVACIES),
    help="How much of the signer shows: all; name and town; initials and town; name, care of the group.",
)
#: How much of a signer shows.
privacy_option = _PRIVACY
_SIGNING = (
    click.option(
        "--signer",
        "signer_file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="YAML file of who signs. [default: signer.yaml in the group's folder, if there]",
    ),
    click.option("--name", help="Name of who signs."),
    click.option(
        "--address", "address", metavar="LINE", multiple=True, help="A line of the signer's address. Repeatable."
    ),
    click.option("--email", help="The signer's email address."),
    click.option("--country", metavar="COUNTRY", help="The signer's country: a code or a name."),
    click.option("--signer-language", metavar="CODE", help="The signer's language."),
    _PRIVACY,
    click.option("--message", metavar="TEXT", help="The signer's own paragraph."),
    click.option(
        "--message-file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="File with the signer's own paragraphs; - for standard input.",
    ),
)
#: Who signs, and what in their own words.
signing_options = _all_of(_SIGNING)
#: What may go of a letter that is too long.
fit_option = click.option(
    "--fit", type=click.Choice(["page"]), help="Leave facts out that can go, until the letter fits one page."
)
