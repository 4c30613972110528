"""``appealgen config``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from appealgen import catalogue
from appealgen.catalogue import N_, _
from appealgen.cli import options
from appealgen.cli.tables import show_table

if TYPE_CHECKING:
    from pathlib import Path

    from appealgen import settings

_BUILT_IN = N_("built in")


@click.command("config")
@click.option("--all", "show_all", is_flag=True, help="Every option of every command, also those as they are built in.")
@click.option("--path", "show_path", is_flag=True, help="Only the files that are looked for.")
@options.json_option
@options.group_option
def command(*, show_all: bool, show_path: bool, as_json: bool, group: Path | None) -> None:
    """Show which options have a default that is not built in, its value, and where it comes from.

    What counts, the first first: the command line; a variable of one command (APPEALGEN_WRITE_LANGUAGE); a variable
    of all (APPEALGEN_LANGUAGE); appealgen.toml in the group's folder; your own config.toml; what is built in.
    docs/settings.md says what may stand there.

    \b
    Examples:
      appealgen config
      appealgen config --path --group my-group
    """
    from appealgen.cli import defaults

    if group is not None:
        options.open_library(group)
    every = defaults.commands()
    given = {"group": group} if group is not None else {}
    _reading, folder = defaults.read(every, "config", given)
    files = [folder / defaults.FILE, defaults.user_file()]
    if show_path:
        _print_paths(files, as_json=as_json)
        return
    rows = []
    for name in every.names:
        found = defaults.read(every, name, given)[0].settings()
        rows += [_row(name, setting) for setting in found.values()]
        if show_all:
            rows += [_built_in(name, key) for key in every.options(name) if key not in found]
    if as_json:
        click.echo(json.dumps({"files": _told(files), "settings": rows}, ensure_ascii=False, indent=2, default=str))
        return
    _print(rows)


def _row(command_name: str, setting: settings.Setting) -> dict[str, Any]:
    return {"command": command_name, "option": setting.name, "value": setting.value, "source": setting.source,
            "line": setting.line}  # fmt: skip


def _built_in(command_name: str, key: str) -> dict[str, Any]:
    from appealgen.cli import cli, defaults

    context = click.Context(cli)
    found = cli.get_command(context, command_name)
    assert found is not None
    param = next(param for param in found.params if defaults.option_name(param) == key)
    value = param.to_info_dict()["default"]
    return {"command": command_name, "option": key, "value": value, "source": _BUILT_IN, "line": None}


def _told(files: list[Path]) -> list[dict[str, Any]]:
    return [{"path": str(path), "exists": path.is_file()} for path in files]


def _print_paths(files: list[Path], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"files": _told(files)}, ensure_ascii=False, indent=2))
        return
    for path in files:
        click.echo(str(path))


def _print(rows: list[dict[str, Any]]) -> None:
    """Print a row for each value, with the commands that it is for."""
    from appealgen.cli.defaults import shown
    from appealgen.errors import place_of

    lines: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        place = row["source"] if row["line"] is None else place_of(row["source"], row["line"])
        value = "" if row["value"] in (None, "", []) else shown(row["value"])
        lines.setdefault((row["option"], value, place), []).append(row["command"])
    table = [(option, value, _(place) if place == _BUILT_IN else place) for option, value, place in sorted(lines)]
    if not lines:
        click.echo(_("nothing is set: every option is as built in"), err=True)
    told = ((*line, catalogue.listed(lines[key])) for line, key in zip(table, sorted(lines), strict=True))
    show_table([dict(zip(("option", "value", "source", "commands"), line, strict=True)) for line in told])
