"""Documentation that is run: every command of the README, every option of every command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from appealgen.cli import COMMANDS, cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = [line.strip() for line in re.findall(r"^    (appealgen .*)$", README, re.MULTILINE)]


def test_readme_has_commands():
    """So that the tests below are about something."""
    assert len(TYPED) > 12
    assert TYPED[0] == "appealgen write --case mustafayev --target prosecutor"


@pytest.mark.parametrize("line", TYPED)
def test_readme_command(line, run):
    """As typed, with a fixed date; what needs the group's folder finds one."""
    words = shlex.split(line)[1:]
    if "my-group" in line and words[0] != "init":
        assert run("init", "my-group").status == 0
    if "norway-sample" in line:
        assert run("import", "my-group/urgent-action.txt", "--group", "my-group").status == 0
    if "letters/" in words and words[0] not in ("write", "batch"):
        run("init", "my-group")
        what = ("--case", "mustafayev", "--target", "prosecutor", "--signers", "my-group/signers.csv")
        assert run("batch", *what, "--output", "letters/", "--date", "2026-11-20").status == 0
    result = run(*words, *(["--date", "2026-11-20"] if words[0] in ("write", "batch", "joint", "preview") else []))
    assert result.status == 0, result.err
    assert result.out or words[0] in ("check", "due", "mark", "purge", "stale")


def test_readme_python(tmp_path, monkeypatch):
    """The example of the Python API."""
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, bytes] = {}
    exec(code, names)  # noqa: S102  it is our own README
    assert names["content"].startswith(b"PK")
    statements = [line for line in code.splitlines() if line and not line.startswith(("import", "from"))]
    assert len(statements) <= 8


def test_readme_signer_file(run, tmp_path):
    """The example of signer.yaml."""
    (text,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "signer.yaml").write_text(text, encoding="utf-8")
    result = run("write", "--case", "mustafayev", "--target", "prosecutor", "--format", "txt", "--output", "-")
    assert result.text.startswith("Ana Example\n1 Example Street\n")


def test_readme_notes_are_what_is_said(run):
    """The notes that the README shows are printed, but for what it cuts."""
    err = run("write", "--case", "mustafayev", "--target", "prosecutor").err
    for note in re.findall(r"^    (note: .*)$", README, re.MULTILINE):
        assert note.removesuffix("...)") in err


def help_of(name: str) -> str:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    context = click.Context(
        command,
        info_name=f"appealgen {name}",
        help_option_names=["-h", "--help"],
        max_content_width=100,
        terminal_width=100,
    )
    return command.get_help(context)


def test_commands_page(golden):
    """docs/commands.md is every command's help, as it is."""
    parts = ["# Commands", "", "What `appealgen COMMAND --help` prints.", ""]
    for name in COMMANDS:
        parts += [f"## {name}", "", "```", help_of(name), "```", ""]
    golden(ROOT / "docs" / "commands.md", "\n".join(parts))


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_an_example_that_says_what_it_does(name, run):
    """And the line that the overview shows is the command's own."""
    text = help_of(name)
    assert re.search(r"Examples?:\n\s+appealgen " + name, text)
    command = cli.get_command(click.Context(cli), name)
    assert run(name, "-h").text == run(name, "--help").text
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert all(option.help for option in options)


def test_data_page_names_every_variable():
    """What a template may name is what docs/data.md lists."""
    from appealgen.templates import VARIABLES

    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    for name in VARIABLES:
        assert re.search(rf"`{name}[.`]", page), name
