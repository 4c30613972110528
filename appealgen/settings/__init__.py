"""Defaults for options: from the environment, the group's file and the user's own, each value with where it stands.

The order is: command line, variable of the command, variable of all commands, the group's file, the user's file, what
is built in. This room reads the files and knows nothing of any command: what options there are it is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from appealgen import catalogue
from appealgen.catalogue import N_, _
from appealgen.errors import InputError, Problem, closest, nearest, place_of
from appealgen.settings.values import Option, from_home, keep_inside, lines_of_keys, read_text, read_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

#: How the names of variables begin.
PREFIX = "APPEALGEN_"
#: Decisions that a person takes each time; as a default they would be taken by nobody.
EACH_TIME = frozenset({"force", "allow-closed", "yes", "update"})
#: What a folder that somebody has sent must not decide, and why.
_NOT_FOR_A_GROUP = {
    "group": N_("a group's folder does not name another: put it into your own file"),
    "problems": N_("it replaces a file: put it into your own file"),
    "json": N_("a folder does not silence the notes: put it into your own file"),
    "quiet": N_("a folder does not silence the notes: put it into your own file"),
}
#: Who signs, and all that is theirs alone: it goes together with a name, and yields to another.
_NAMES = frozenset({"name", "signer"})
PERSONAL = _NAMES | {"address", "email", "message", "message-file"}
_MESSAGES = frozenset({"message", "message-file"})
#: An option that says something else than that of the same name elsewhere: only its own command's default is meant.
_APART = frozenset({("names", "language")})
# Whose word comes first.
COMMAND_LINE, OWN_VARIABLE, VARIABLE, GROUP, USER = range(5)

MAX_BYTES = 100_000
# Of one line: a key of many parts takes long to read.
_MOST_DOTS = 1_000
_MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Setting:
    """A *value* for an option *name*, its *source* (a file or a variable), the *line* there, and its *rank*."""

    name: str
    value: Any
    source: str
    line: int | None
    rank: int

    @property
    def place(self) -> str:
        """The source with the line, where there is one."""
        return self.source if self.line is None else place_of(self.source, self.line)


@dataclass
class Commands:
    """The names of all commands, and how to find the options of one; each is looked up once, and only when needed."""

    names: tuple[str, ...]
    find: Callable[[str], Mapping[str, Option]]
    _known: dict[str, Mapping[str, Option]] = field(default_factory=dict)

    def options(self, command: str) -> Mapping[str, Option]:
        """Return the options of *command*, by name."""
        if command not in self._known:
            self._known[command] = self.find(command)
        return self._known[command]

    def having(self, key: str, first: str) -> Iterator[tuple[str, Option]]:
        """Give each command that has the option *key*, *first* first."""
        for command in (first, *(name for name in self.names if name != first)):
            if key in self.options(command) and (command, key) not in _APART:
                yield command, self.options(command)[key]

    def all_keys(self) -> set[str]:
        """Return the names of all options."""
        return {key for command in self.names for key in self.options(command)}


class Reading:
    """Settings for one *command* as they are found, and all that is wrong with them."""

    def __init__(self, commands: Commands, command: str) -> None:
        self.commands = commands
        self.command = command
        self.problems: list[Problem] = []
        self._found: dict[tuple[str, int], Setting] = {}

    def read_environment(self, environ: Mapping[str, str]) -> None:
        """Read ``APPEALGEN_LANGUAGE`` for all commands that have the option, ``APPEALGEN_WRITE_LANGUAGE`` for one.

        An empty variable counts as none. A variable that is no setting, and not nearly one, is somebody else's.
        """
        for variable in sorted(name for name in environ if name.startswith(PREFIX) and environ[name]):
            words = variable.removeprefix(PREFIX).lower().replace("_", "-")
            command = next((name for name in self.commands.names if words.startswith(f"{name}-")), None)
            key = words.removeprefix(f"{command}-")
            if command is not None and (key in EACH_TIME or key in self.commands.options(command)):
                self._read(command, key, environ[variable], variable, None, OWN_VARIABLE, read_text)
            elif words in EACH_TIME or any(self.commands.having(words, self.command)):
                self._read(None, words, environ[variable], variable, None, VARIABLE, read_text)
            elif close := closest(variable.removeprefix(PREFIX), self._variables(), 0.8):
                hint = _("did you mean {choice}?", choice=f"{PREFIX}{close}")
                self.problems.append(Problem(variable, _("is not a known setting"), hint))

    def _variables(self) -> list[str]:
        names = self.commands.all_keys()
        names |= {f"{command}-{key}" for command in self.commands.names for key in self.commands.options(command)}
        return sorted(name.upper().replace("-", "_") for name in names)

    def read_file(self, path: Path, source: str, rank: int) -> None:
        """Read the file at *path*, shown as *source*, if it is there: the group's or the user's, by *rank*."""
        table, lines = self._table(path, source)
        folder = path.parent
        for key, value in table.items():
            if key in self.commands.names:
                if not isinstance(value, dict):
                    hint = _("write [{command}] on a line of its own, and its options below", command=key)
                    self.problems.append(Problem(source, _("is a command"), hint, lines.get((key,)), key))
                    continue
                for name, content in value.items():
                    self._read_key(key, name, content, source, lines.get((key, name)), rank, folder)
            elif isinstance(value, dict):
                names = self.commands.names
                hint = nearest(key, names) or _("commands are {names}", names=catalogue.listed(names))
                self.problems.append(Problem(source, _("is not a command"), hint, lines.get((key,)), key))
            else:
                self._read_key(None, key, value, source, lines.get((key,)), rank, folder)

    def _table(self, path: Path, source: str) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
        try:
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return {}, {}
        except OSError as error:
            self.problems.append(Problem(source, _("cannot be read ({reason})", reason=error.strerror)))
            return {}, {}
        if len(raw) > MAX_BYTES:
            large = _("is larger than {size} bytes", size=MAX_BYTES)
            self.problems.append(Problem(source, large, _("is it the right file?")))
            return {}, {}
        import re
        import tomllib

        try:
            text = raw.decode("utf-8-sig")
            if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
                raise RecursionError  # noqa: TRY301  the parser's own word for it comes late
            return tomllib.loads(text), lines_of_keys(text)
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self.problems.append(Problem(source, _("is not UTF-8"), _("save it as UTF-8"), line))
        except tomllib.TOMLDecodeError as error:
            message, _at, place = str(error).partition(" (at ")
            found = re.search(r"line (\d+)", place)
            hint = _('a text stands in quotes, such as tone = "formal"')
            number = int(found[1]) if found else text.rstrip().count("\n") + 1
            self.problems.append(Problem(source, _("is not TOML ({reason})", reason=message), hint, number))
        except ValueError:  # Python reads no number of that many digits
            self.problems.append(Problem(source, _("has a number that is too long")))
        except RecursionError:
            self.problems.append(Problem(source, _("is nested too deeply"), _("a file of settings is flat")))
        return {}, {}

    def _read_key(
        self, command: str | None, key: str, value: Any, source: str, line: int | None, rank: int, folder: Path
    ) -> None:
        """Read one key of a file, at its top or in the table of *command*."""

        def read(option: Option, found: Any) -> Any:
            result = read_typed(option, found)
            if not option.is_path:
                return result
            return keep_inside(folder, result) if rank == GROUP else from_home(result)

        if rank == GROUP and key in _NOT_FOR_A_GROUP:
            where = f"{command}.{key}" if command else key
            hint = _(_NOT_FOR_A_GROUP[key])
            self.problems.append(Problem(source, _("is not for a group's file"), hint, line, where))
        else:
            self._read(command, key, value, source, line, rank, read)

    def _read(
        self, command: str | None, key: str, value: Any, source: str, line: int | None, rank: int,
        read: Callable[[Option, Any], Any],
    ) -> None:  # fmt: skip
        """Read one value for *command*, or for every command that has the option *key*; note what is wrong."""
        where = "" if rank in (OWN_VARIABLE, VARIABLE) else f"{command}.{key}" if command else key

        def note(message: str, hint: str = "") -> None:
            self.problems.append(Problem(source, message, hint, line, where))

        if key in EACH_TIME:
            note(_("is never a default"), _("say --{option} yourself, each time that you mean it", option=key))
            return
        having = self._having(command, key)
        if not having:
            keys = self.commands.options(command) if command else self.commands.all_keys()
            shows = _("`appealgen {command} --help` shows what there is", command=command or "write")
            unknown = (
                _("is not an option of {command}", command=command) if command else _("is not an option of any command")
            )
            note(unknown, nearest(key, keys) or shows)
            return
        faults = []
        for name, option in having:
            try:
                result = read(option, value)
                fault = option.check(result)
            except ValueError as error:
                fault = str(error)
            if fault:
                faults.append(fault)
                # What one command does not know another may: a format, say. It is wrong when none does.
                if command is None and len(having) == 1:
                    having += [other for other in self.commands.having(key, self.command) if other[0] != name]
            elif name == self.command:
                # Within a file, what stands below the command comes before what is for all.
                self._found.setdefault((key, 2 * rank + (not command)), Setting(key, result, source, line, rank))
        if len(faults) == len(having):
            note(faults[0])

    def _having(self, command: str | None, key: str) -> list[tuple[str, Option]]:
        """Return *command* with its option *key*, if it has it; else all that have, or this one alone if it has."""
        if command:
            options = self.commands.options(command)
            return [(command, options[key])] if key in options else []
        found = []
        for name, option in self.commands.having(key, self.command):
            found.append((name, option))
            if name == self.command:  # no other needs to be loaded
                break
        return found

    def first(self) -> dict[str, Setting]:
        """Return what comes first in the order, by name of option, of all that could be read so far."""
        chosen: dict[str, Setting] = {}
        for (key, _rank), setting in sorted(self._found.items(), key=lambda item: item[0]):
            chosen.setdefault(key, setting)
        return chosen

    def settings(self, given: Iterable[str] = ()) -> dict[str, Setting]:
        """Return what counts, by name of option; nothing for what is *given* by command line.

        Raises:
            InputError: with everything that is wrong, in the environment and in the files.
        """
        if self.problems:
            told = self.problems[:_MOST_PROBLEMS]
            if len(told) < len(self.problems):
                hint = _("mend these first; is it the right file?")
                told.append(Problem(told[0].source, _("has more problems"), hint))
            raise InputError(told)
        chosen = self.first()
        given = frozenset(given)
        chosen = {key: setting for key, setting in chosen.items() if key not in given}
        return _without_others(chosen, given)


def _without_others(chosen: dict[str, Setting], given: frozenset[str]) -> dict[str, Setting]:
    """Leave out what is another signer's: a name that comes first takes no address from further down."""

    def rank_of(names: frozenset[str]) -> int:
        ranks = [chosen[key].rank for key in names if key in chosen]
        return COMMAND_LINE if given & names else min(ranks, default=USER)

    named, messaged = rank_of(_NAMES), rank_of(_MESSAGES)
    return {
        key: setting
        for key, setting in chosen.items()
        if not (key in PERSONAL and setting.rank > named) and not (key in _MESSAGES and setting.rank > messaged)
    }
