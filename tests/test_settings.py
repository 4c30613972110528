"""Defaults from files and the environment: what counts, where it comes from, what is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from appealgen import settings
from appealgen.cli import COMMANDS, cli
from appealgen.cli.defaults import commands, option_name

ROOT = Path(__file__).parent.parent
WRITE = ("write", "--case", "mustafayev", "--target", "prosecutor", "--format", "txt", "--output", "-", "--quiet")


@pytest.fixture
def user_file() -> Path:
    """Return the user's own file, in the folder that `run` made."""
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "appealgen" / "config.toml"
    path.parent.mkdir()
    return path


def language(run, *more: str) -> str:
    """Return the language of the letter that is written."""
    result = run(*WRITE[:5], "--format", "txt", "--force", "--json", *more)
    assert result.status == 0, result.err
    return json.loads(result.text)["files"][0]["language"]


def test_order(run, tmp_path, user_file, monkeypatch):
    """Command line, variable of the command, variable of all, the group's file, the user's, what is built in."""

    assert language(run) == "en"
    user_file.write_text('language = "de"\n')
    assert language(run) == "de"
    (tmp_path / "appealgen.toml").write_text('language = "fr"\n')
    assert language(run) == "fr"
    monkeypatch.setenv("APPEALGEN_LANGUAGE", "es")
    assert language(run) == "es"
    monkeypatch.setenv("APPEALGEN_WRITE_LANGUAGE", "it")
    assert language(run) == "it"
    assert language(run, "--language", "en") == "en"


def test_table_of_a_command_comes_before_what_is_for_all(run, tmp_path, user_file):
    """And a file of the group before the user's, table or not."""
    user_file.write_text('[write]\nlanguage = "de"\n')
    (tmp_path / "appealgen.toml").write_text('language = "fr"\n')
    assert language(run) == "fr"
    (tmp_path / "appealgen.toml").write_text('language = "fr"\n[write]\nlanguage = "it"\n[batch]\nlanguage = "es"\n')
    assert language(run) == "it"


def test_required_options_and_lists(run, tmp_path):
    """A case and several targets may come from a file; output goes into the group's folder."""
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "appealgen.toml").write_text(
        'case = "mustafayev"\ntarget = ["prosecutor", "embassy"]\n[write]\noutput = "letters/"\nformat = "txt"\n'
    )
    result = run("write", "--group", "group")
    assert result.status == 0, result.err
    names = ["mustafayev-embassy-en.txt", "mustafayev-prosecutor-en.txt"]
    assert sorted(path.name for path in (tmp_path / "group" / "letters").iterdir()) == names
    assert result.text.splitlines() == ["group/letters/mustafayev-prosecutor-en.txt",
                                        "group/letters/mustafayev-embassy-en.txt"]  # fmt: skip


def test_lines_of_a_variable(run, monkeypatch):
    """Several values stand on lines of their own, so that an address may have spaces."""
    monkeypatch.setenv("APPEALGEN_NAME", "Ana Example")
    monkeypatch.setenv("APPEALGEN_ADDRESS", "1 Example Street\nExampletown EX1 1AA\n")
    monkeypatch.setenv("APPEALGEN_COUNTRY", "")
    assert run(*WRITE).text.startswith("Ana Example\n1 Example Street\nExampletown EX1 1AA\n")


def test_the_groups_folder_from_variable_and_own_file(run, tmp_path, user_file, monkeypatch):
    """`group` is for the user to say; the file of that folder is then read."""
    for name, tone in (("a", "brief"), ("b", "urgent"), ("c", "humanitarian")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "appealgen.toml").write_text(f'tone = "{tone}"\n')

    def tone() -> str:
        rows = json.loads(run("config", "--json").text)["settings"]
        return next(row["value"] for row in rows if (row["command"], row["option"]) == ("write", "tone"))

    user_file.write_text(f'group = "{tmp_path / "a"}"\n')
    assert tone() == "brief"
    monkeypatch.setenv("APPEALGEN_GROUP", "b")
    assert tone() == "urgent"
    assert json.loads(run(*WRITE[:5], "--json").text)["files"][0]["tone"] == "urgent"
    monkeypatch.setenv("APPEALGEN_WRITE_GROUP", "c")
    assert json.loads(run(*WRITE[:5], "--json", "--force").text)["files"][0]["tone"] == "humanitarian"


def test_another_name_takes_no_address_along(run, user_file, tmp_path):
    """Somebody else's name does not stand above an address, or beside words, that are not theirs."""
    user_file.write_text('name = "Ana Example"\naddress = ["1 Example Street"]\nmessage = "I teach chemistry."\n')
    assert run(*WRITE).text.startswith("Ana Example\n1 Example Street\n")
    other = run(*WRITE, "--name", "Ben Example").text
    assert "Ben Example" in other
    assert not any(words in other for words in ("Ana", "1 Example Street", "chemistry"))
    (tmp_path / "ben.yaml").write_text("name: Ben Example\n")
    assert "Ana" not in run(*WRITE, "--signer", "ben.yaml").text
    assert "chemistry" not in run(*WRITE, "--message", "I sing.").text
    assert run(*WRITE, "--address", "2 Example Road").text.startswith("Ana Example\n2 Example Road\n")


def test_a_groups_words_are_pointed_out(run, tmp_path):
    """Who signs, and with which words, is said when a folder says it."""
    (tmp_path / "appealgen.toml").write_text('name = "Ana Example"\nmessage = "Hello."\n')
    assert "note: message, name: from appealgen.toml" in run(*WRITE[:-1]).err


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("wrap = 30", ("--format", "txt")),
        ("attach = true", ("--format", "eml")),
        ('gloss = "en"', ("--format", "txt", "--language", "de")),
    ],
)
def test_defaults_hold_where_they_fit(text, fits, run, tmp_path):
    """A default that one format or language has no use for is no error there; said on the command line it is."""
    (tmp_path / "appealgen.toml").write_text(text + "\n")
    what = ("write", "--case", "mustafayev", "--target", "prosecutor", "--output")
    plain = run(*what, "a/", "--format", "docx")
    assert plain.status == 0, plain.err
    with_default = run(*what, "b/", *fits)
    assert with_default.status == 0
    (tmp_path / "appealgen.toml").unlink()
    assert run(*what, "c/", *fits).status == 0
    contents = [next((tmp_path / name).iterdir()).read_bytes() for name in ("b", "c")]
    assert contents[0] != contents[1]
    assert "docx" in plain.text


@pytest.mark.parametrize("path", ["/etc/passwd", "../signer.yaml", "~/signer.yaml", "link/signer.yaml", "a/../../x"])
def test_a_groups_paths_stay_inside(path, run, tmp_path):
    """A folder that somebody sent names no file outside of it, also not by a link; one's own file may."""
    group = tmp_path / "group"
    group.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (group / "link").symlink_to(tmp_path / "elsewhere")
    (group / "appealgen.toml").write_text(f'message-file = "{path}"\n')
    result = run(*WRITE, "--group", "group")
    assert result.status == 1
    assert result.err.startswith(f'group/appealgen.toml:1: message-file: "{path}" leads out of the group\'s folder')


def test_own_paths_may_be_anywhere(run, tmp_path, user_file, monkeypatch):
    """The user's own file names what it likes, with ~ for home."""
    monkeypatch.setenv("HOME", str(tmp_path / "at-home"))
    (tmp_path / "at-home").mkdir()
    (tmp_path / "at-home" / "words.txt").write_text("I teach chemistry.\n")
    user_file.write_text('message-file = "~/words.txt"\n')
    assert "I teach chemistry." in run(*WRITE).text


@pytest.mark.parametrize("name", sorted(settings.EACH_TIME))
def test_each_time(name, run, user_file, monkeypatch):
    """What a person decides each time is no default, wherever it stands."""
    user_file.write_text(f"[batch]\n{name} = true\n")
    result = run(*WRITE)
    assert result.status == 1
    assert f"{user_file}:2: batch.{name}: is never a default: say --{name} yourself" in result.err
    user_file.unlink()
    monkeypatch.setenv("APPEALGEN_" + name.upper().replace("-", "_"), "1")
    result = run(*WRITE)
    assert result.status == 1
    assert "is never a default" in result.err


def test_variables(run, monkeypatch):
    """A slip of the pen is an error; what is somebody else's is not looked at."""
    monkeypatch.setenv("APPEALGEN_HOME", "/srv")
    assert run(*WRITE).status == 0
    monkeypatch.setenv("APPEALGEN_LANGAUGE", "de")
    monkeypatch.setenv("APPEALGEN_ATTACH", "perhaps")
    result = run(*WRITE)
    assert result.status == 1
    assert result.err.splitlines() == [
        'APPEALGEN_ATTACH: "perhaps" is neither yes nor no: write 1 or 0',
        "APPEALGEN_LANGAUGE: is not a known setting: did you mean APPEALGEN_LANGUAGE?",
    ]


def test_a_value_goes_to_the_commands_that_know_it(run, user_file):
    """`names` asks for the language of a name: the language of letters says nothing about it."""
    user_file.write_text('language = "de"\n[names]\ngender = "man"\n')
    rows = json.loads(run("config", "--json").text)["settings"]
    found = {row["command"] for row in rows if row["option"] == "language"}
    assert {"write", "batch"} <= found
    assert "names" not in found
    assert any((row["command"], row["option"]) == ("names", "gender") for row in rows)


def test_config(run, tmp_path, user_file, monkeypatch):
    """Each value with where it comes from; --all shows the rest; --path only the files."""
    assert run("config").out == b""
    user_file.write_text('# mine\ntone = "urgent"\n')
    (tmp_path / "appealgen.toml").write_text('[batch]\n\ncase = "mustafayev"\n')
    monkeypatch.setenv("APPEALGEN_WRITE_WRAP", "72")
    monkeypatch.setenv("COLUMNS", "1000")
    lines = [line.split() for line in run("config").text.splitlines()]
    assert lines[0] == ["option", "value", "source", "commands"]
    assert ["case", '"mustafayev"', "appealgen.toml:3", "batch"] in lines
    assert ["wrap", "72", "APPEALGEN_WRITE_WRAP", "write"] in lines
    assert any(line[:3] == ["tone", '"urgent"', f"{user_file}:2"] for line in lines)
    monkeypatch.setenv("COLUMNS", "60")
    folded = run("config").text
    assert "".join(f"source: {user_file}:2".split()) in "".join(folded.split())
    assert all(len(line) <= 60 or len(line.split()) == 1 for line in folded.splitlines())
    assert run("config", "--path").text.splitlines() == ["appealgen.toml", str(user_file)]
    every = json.loads(run("config", "--all", "--json").text)["settings"]
    assert {row["command"] for row in every} >= {"write", "batch", "check"}
    assert {"command": "batch", "option": "format", "value": "docx", "source": "built in", "line": None} in every


def test_what_the_documentation_shows(run, tmp_path):
    """The example of docs/settings.md, and the file that `init` lays into a folder once its lines are taken in use."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "appealgen.toml").write_text(example)
    rows = json.loads(run("config", "--json").text)["settings"]
    assert {"command": "batch", "option": "target", "value": ["prosecutor", "embassy"], "source": "appealgen.toml",
            "line": 11} in rows  # fmt: skip
    assert run("init", "group").status == 0
    given = tmp_path / "group" / "appealgen.toml"
    assert json.loads(run("config", "--group", "group", "--json").text)["settings"] == []
    lines = given.read_text(encoding="utf-8").splitlines()
    given.write_text("\n".join(line.removeprefix("# ") if "=" in line or "[" in line else line for line in lines))
    result = run("batch", "--group", "group")
    assert result.status == 0, result.err
    assert len(list((tmp_path / "group" / "letters").glob("*.docx"))) == 2


def test_a_flag_is_switched_off_by_what_comes_first(run, tmp_path, user_file, monkeypatch):
    """A variable says no to a file, and the group's file to the user's."""
    what = ("write", "--case", "mustafayev", "--target", "embassy", "--format", "eml", "--output", "-", "--quiet")
    user_file.write_text("attach = true\n")
    assert "multipart/mixed" in run(*what).text
    monkeypatch.setenv("APPEALGEN_WRITE_ATTACH", "0")
    assert "multipart/mixed" not in run(*what).text
    monkeypatch.delenv("APPEALGEN_WRITE_ATTACH")
    (tmp_path / "appealgen.toml").write_text("attach = false\n")
    assert "multipart/mixed" not in run(*what).text


def test_help_needs_no_settings(run, tmp_path):
    """Who looks for help gets it, whatever is wrong with a file."""
    (tmp_path / "appealgen.toml").write_text("nonsense")
    assert run("write", "--help").status == 0
    assert run("--help").status == 0
    assert run("write").status == 1


def test_paths_are_shown_whatever_is_wrong(run, tmp_path, user_file):
    """Who looks for the file with the mistake finds it."""
    user_file.write_text("nonsense")
    (tmp_path / "appealgen.toml").write_text("more nonsense")
    assert run("config", "--path").text.splitlines() == ["appealgen.toml", str(user_file)]
    result = run("config")
    assert result.status == 1
    assert [line.partition(": ")[0] for line in result.err.splitlines()] == [f"{user_file}:1", "appealgen.toml:1"]


def test_completion_knows_them(run, monkeypatch, tmp_path):
    """Aliases of the case that a file names are offered; a broken file is no matter there."""
    monkeypatch.setenv("_APPEALGEN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "appealgen write --target emb")
    monkeypatch.setenv("COMP_CWORD", "3")
    (tmp_path / "appealgen.toml").write_text('case = "mustafayev"\n')
    assert run().text == "plain,embassy\n"
    (tmp_path / "appealgen.toml").write_text("nonsense")
    assert run().err == ""
    # `list` is a command and a built-in: once its module is loaded, the name means the module.
    monkeypatch.setenv("COMP_WORDS", "appealgen sim")
    monkeypatch.setenv("COMP_CWORD", "1")
    import_module("appealgen.cli.list")
    assert run().text == "plain,similarity\n"


def test_help_loads_nothing_for_them():
    """`--help` stays as fast as it was."""
    code = (
        "import sys; from appealgen.cli import _status; _status(['write', '--help']); "
        "print(*sorted({'platformdirs', 'tomllib', 'appealgen.settings'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == ""


def test_every_option_can_be_told_apart():
    """No variable means two things, and every option that takes a path is known to take one."""
    every = commands()
    variables = [f"{name}-{key}" for name in COMMANDS for key in every.options(name)]
    assert not set(variables) & every.all_keys()
    assert len(set(variables)) == len(variables)
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        for param in command.params:
            words = set(option_name(param).split("-")) | set((param.metavar or "").lower().split("-"))
            if option_name(param) in every.options(name) and words & {"file", "path", "folder", "dir", "output"}:
                known = every.options(name)[option_name(param)]
                assert known.is_path or option_name(param) == "file-name", f"{name} --{option_name(param)}"


@pytest.mark.parametrize(
    ("name", "value", "error", "said"),
    [
        ("language", "es", "das gibt es nicht: --tone", False),
        ("language", "es", 'there is nothing in "es"', True),
        ("language", "es", "nothing in es: there is more", True),
        ("name", "Ana", "--output: name a folder", False),
        ("name", "Ana", "signer.yaml: name: is empty", True),
        ("message", "Hello.", "--message-file: is empty", False),
        ("tone", "urgnt", "no hay tono urgnt en la plantilla", True),
    ],
)
def test_an_error_in_any_language_names_a_setting(name, value, error, said):
    """Not by words of the sentence that read like an option or a code."""
    from types import SimpleNamespace

    from appealgen.cli import defaults
    from appealgen.settings import USER, Setting

    context = SimpleNamespace(meta={defaults._META: {name: Setting(name, value, "config.toml", 1, USER)}})
    assert bool(defaults.used(context, error)) is said
