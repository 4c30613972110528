"""What Click's commands take from settings: found before a command is called, and given to it as its defaults."""

from __future__ import annotations

import datetime
import functools
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appealgen import catalogue
from appealgen.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appealgen import settings
    from appealgen.settings import Setting
    from appealgen.settings.values import Option

#: The file in a group's folder.
FILE = "appealgen.toml"
#: What a command is asked about where paths are meant, by what its help calls the value.
_PATHS = frozenset({"FILE", "PATH", "DIR", "FOLDER"})
#: Options that ask and are not worth a default.
_ASKING = frozenset({("config", "all"), ("config", "path"), ("config", "json")})
_META = "appealgen.settings"
_LONGEST_CODE = 3


def user_file() -> Path:
    """Return where the user's own file is looked for: ``~/.config/appealgen/config.toml`` on Linux."""
    import platformdirs  # only when a command is called

    return Path(platformdirs.user_config_dir("appealgen", appauthor=False)) / "config.toml"


def option_name(param: click.Parameter) -> str:
    """Return the long name of an option, without hyphens at its beginning."""
    return next((name[2:] for name in param.opts if name.startswith("--")), "")


def options_of(command: click.Command, name: str) -> dict[str, Option]:
    """Return the options of *command*, called *name*, that can have a default from settings."""
    from appealgen import settings
    from appealgen.settings.values import Option

    found = {}
    for param in command.params:
        key = option_name(param)
        if not isinstance(param, click.Option) or not key or param.nargs != 1 or param.count:
            continue
        if (param.is_flag and not param.is_bool_flag) or (name, key) in _ASKING or key in settings.EACH_TIME:
            continue
        kind: type = str
        if param.is_bool_flag:
            kind = bool
        elif isinstance(param.type, click.types.IntParamType):
            kind = int
        elif isinstance(param.type, click.types.FloatParamType):
            kind = float
        elif param.type.name == "date":
            kind = datetime.date
        is_path = kind is str and (isinstance(param.type, click.Path | click.File) or param.metavar in _PATHS)
        found[key] = Option(key, kind, param.multiple, is_path, functools.partial(_fault, param))
    return found


def _fault(param: click.Option, value: Any) -> str:
    """Return what is wrong with *value*: what Click says, or what only its meaning tells."""
    try:
        param.type_cast_value(click.Context(click.Command(None)), value)
    except click.BadParameter as error:
        return error.message.rstrip(".")
    values = value if isinstance(value, list) else [value]
    return next((fault for fault in (_meaning(option_name(param), one) for one in values) if fault), "")


def _meaning(key: str, value: Any) -> str:
    from appealgen.characters import fault_in_text

    if isinstance(value, str) and (fault := fault_in_text(value)):
        return fault
    if key == "tone":
        from appealgen.errors import nearest
        from appealgen.model import TONES

        hint = nearest(value, TONES) or catalogue.listed(TONES)
        return "" if value in TONES else _('"{tone}" is not a tone: {hint}', tone=value, hint=hint)
    if key in ("country", "signer-language"):
        from appealgen.addresses import country_code, language_code

        try:
            (country_code if key == "country" else language_code)(value)
        except ValueError as error:
            return str(error)
    return ""


def commands() -> settings.Commands:
    """Return all commands, each loaded when its options are asked for."""
    from appealgen import settings
    from appealgen.cli import COMMANDS, cli

    def find(name: str) -> dict[str, Option]:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        return options_of(command, name)

    return settings.Commands(tuple(COMMANDS), find)


def read(every: settings.Commands, name: str, given: Mapping[str, Any]) -> tuple[settings.Reading, Path]:
    """Read the settings for the command *name*; return them, and the group's folder.

    *given* are the options of the command line, by name.
    """
    from appealgen import settings

    reading = settings.Reading(every, name)
    reading.read_environment(os.environ)
    path = user_file()
    reading.read_file(path, str(path), settings.USER)
    group = Path()
    if "group" in every.options(name):
        named = reading.first().get("group")
        group = Path(given.get("group") or (named.value if named else ""))
        reading.read_file(group / FILE, str(group / FILE), settings.GROUP)
    return reading, group


def give(ctx: click.Context, name: str, command: click.Command, args: list[str]) -> None:
    """Look up settings for *command*, about to be called with *args*, and make them its defaults.

    Raises:
        InputError: with all that is wrong with them.
    """
    if name == "config":  # it shows them, whatever is wrong with them
        return
    parsed = _parsed(ctx, name, command, args)
    if parsed is None:
        return
    given = {option_name(param): parsed[param.name] for param in command.params if param.name in parsed}
    if not _has_settings(given):
        return
    every = commands()
    try:
        found = read(every, name, given)[0].settings(given)
    except Exception:
        if ctx.resilient_parsing:  # a shell that completes is no place to say it
            return
        raise
    parameters = {option_name(param): param.name for param in command.params}
    ctx.default_map = {name: {parameters[key]: setting.value for key, setting in found.items()}}
    ctx.meta[_META] = found
    quiet = any(given[key] if key in given else key in found and found[key].value for key in ("quiet", "json"))
    from appealgen import settings

    signing = [setting for key, setting in found.items() if key in settings.PERSONAL and setting.rank == settings.GROUP]
    if signing and not (quiet or ctx.resilient_parsing):
        names = catalogue.listed(setting.name for setting in signing)
        said = _("{options}: from {source}", options=names, source=signing[0].source)
        click.echo(f"{click.style(_('note:'), fg='yellow')} {said}", err=True)


def _has_settings(given: Mapping[str, Any]) -> bool:
    """Tell whether there is anything to read: where there is nothing, nothing is loaded for it."""
    if any(name.startswith("APPEALGEN_") for name in os.environ) or (Path(given.get("group") or "") / FILE).exists():
        return True
    return user_file().exists()


def _parsed(ctx: click.Context, name: str, command: click.Command, args: list[str]) -> dict[str, Any] | None:
    """Return what the command line gives; None if it only asks for help, or is wrong, which Click then says."""
    with click.Context(command, info_name=name, parent=ctx, resilient_parsing=True) as inner:
        try:
            options, _rest, _order = command.make_parser(inner).parse_args(list(args))
        except click.UsageError:
            return None
        asks = command.get_help_option(inner)
    return None if asks and options.get(asks.name) else options


def used(ctx: click.Context, error: str) -> list[str]:
    """Return, in words, which settings that *error* speaks of are from where."""
    found: dict[str, Setting] = ctx.meta.get(_META, {})
    return [
        _("{setting} is from {place}", setting=f"{setting.name} = {shown(setting.value)}", place=setting.place)
        for setting in found.values()
        if _names_option(error, setting.name) or _names_value(error, setting.value)
    ]


def _names_option(error: str, name: str) -> bool:
    """Tell whether *error*, in whatever language, speaks of an option: ``--name``, or ``name`` between colons."""
    known = re.escape(name)
    return re.search(rf"--{known}(?![\w-])|(?:^|: ){known}: ", error, re.MULTILINE) is not None


def _names_value(error: str, value: Any) -> bool:
    """Tell whether *error*, in whatever language, says *value*: not yes or no, which it says of other things too."""
    if isinstance(value, bool):
        return False
    text = str(value)
    word = re.escape(text)
    if len(text) > _LONGEST_CODE or not text.isalpha():
        return re.search(rf"\b{word}\b", error) is not None
    # A code such as "es" or "in" is a word of some language too: then it stands apart from the words around it.
    apart = rf"(?:^|[\"'(/=.«„“]|: |« ){word}\b|\b{word}(?:$|[\"'):;,./»”“]| »)"
    return re.search(apart, error, re.MULTILINE) is not None


def shown(value: Any) -> str:
    """Return *value* as TOML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, int | datetime.date):
        return str(value)
    import json

    return json.dumps(str(value), ensure_ascii=False)
