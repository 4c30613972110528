"""Looking before printing: where pages end, pictures of them, and the system's own viewer."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_fit import DAY, MUCH_TOO_LONG, appealgen, letters_in, no_typst, signed

from appealgen.cli.viewing import OLD_SECONDS
from appealgen.rendering import on_screen, render
from appealgen.rendering.extents import Break, Extent

LOOK = ("--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20")
ANA = ("--name", "Ana Example", "--address", "1 Street", "--address", "Exampletown", "--country", "GB")
RULE = "---- page 2 ----"


def flat(text: str) -> str:
    return re.sub(r"[\s–-]+", "", text)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_rule_is_where_poppler_finds_the_second_page(run, tmp_path, language):
    """Between two blocks exactly there; within one, off by about a line of the screen at most."""
    pytest.importorskip("typst", reason="typst is not installed")
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    exact = within = 0
    for count in range(14, 74, 4):
        own = ("--message", " ".join(f"Sentence {n} is mine." for n in range(count)), "--language", language)
        shown = run("preview", *LOOK, *ANA, *own, "-q").text
        if RULE not in shown:
            continue
        run("write", *LOOK, *ANA, *own, "-q", "--force", "--output", "letter.pdf")
        first, second = (
            flat(subprocess.run(["pdftotext", "-raw", "-f", page, "-l", page, tmp_path / "letter.pdf", "-"],
                                check=True, capture_output=True, encoding="utf-8").stdout)
            for page in "12"
        )  # fmt: skip
        assert shown.count(RULE) == 1
        before, after = map(flat, shown.split(RULE))
        assert before + after == first + second
        begins = any(second.startswith(flat(block)[:60]) for block in shown.replace(RULE, "").split("\n\n"))
        assert abs(len(before) - len(first)) < (1 if begins else 100), count
        exact += begins
        within += not begins
    assert exact
    assert within


def test_it_is_the_letter_as_text(run, monkeypatch):
    """But for the rule, what `write` gives; as wide as the terminal, and no wider than 80."""
    text = run("write", *LOOK, "--format", "txt", "--output", "-", "--wrap", "80", "-q").text
    assert run("preview", *LOOK, "-q").text == text
    glossed = ("--language", "ru", "--gloss", "en", "-q")
    text = run("write", *LOOK, *glossed, "--format", "txt", "--output", "-", "--wrap", "80").text
    assert run("preview", *LOOK, *glossed).text == text
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, run("preview", *LOOK, "-q").text.splitlines())) == 60


def test_rules_within_parts_and_between_them():
    """A part that goes on overleaf has the rule between two of its lines, each page its own."""
    letter = letters_in().letter(signed(""), DAY)
    breaks = (Break(2, 4, 0.5), Break(3, 4, 0.9), Break(4, 5))
    lines = on_screen(letter, Extent(4, 90, -90, exact=True, breaks=breaks), 60).splitlines()
    at = [lines.index(f"---- page {page} ----") for page in (2, 3, 4)]
    assert all(lines[at[number] + step] for number in (0, 1) for step in (-1, 1))
    assert lines[at[2] - 1] == lines[at[2] + 1] == ""
    without = [line for line in lines if not line.startswith("---- page")]
    plain = render(letter, "txt", wrap=60).decode()
    assert re.sub(r"\n{3,}", "\n\n", "\n".join(without) + "\n") == plain


def test_it_says_how_much_room_there_is(run):
    """And writes nothing."""
    result = run("preview", *LOOK)
    assert result.status == 0
    assert re.search(r"note: prosecutor: one page, with room for (about )?\d+ more lines?\n", result.err)
    result = run("preview", *LOOK, "--message", MUCH_TOO_LONG.strip(), "--format", "docx")
    assert re.search(r"runs over one page by about \d+ lines; these could go", result.err)
    assert "note: prosecutor: the letter takes 2 pages\n" in result.err
    assert not list(Path().iterdir())


def test_word_may_have_it_otherwise(run):
    """A letter that is one page in one face and two in the other."""
    pytest.importorskip("typst", reason="typst is not installed")
    said = []
    for count in range(10, 40, 2):
        own = ("--message", ("слово " * count * 2).strip(), "--language", "ru")
        said += re.findall(r"note: prosecutor: as docx, .* it (.*)", run("preview", *LOOK, *ANA, *own).err)
    assert "would fit one page" in said


def test_several_letters_and_json(run):
    """One after the other; as JSON with what was counted."""
    shown = run("preview", "--case", "mustafayev", "--target", "all", "--country", "GB", "-q").text
    assert re.findall("^==== (.*) ====$", shown, re.MULTILINE) == ["prison-service", "embassy"]
    told = json.loads(run("preview", *LOOK, "--message", MUCH_TOO_LONG.strip(), "--fit", "page", "--json").text)
    (letter,) = told["letters"]
    assert letter["pages"] == 2
    assert letter["lines_over"] > 0
    assert letter["left_out"] == []
    assert RULE in letter["text"]
    assert any("what could go is not enough" in warning for warning in told["warnings"])


def size(png: Path) -> tuple[int, int]:
    content = png.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def test_pictures_of_each_page(run, tmp_path):
    """A4 at 110 dots an inch; the same bytes each time; another picture in the way stays."""
    pytest.importorskip("typst", reason="typst is not installed")
    look = ("preview", *LOOK, "--message", MUCH_TOO_LONG.strip(), "-q", "--png")
    names = ["mustafayev-prosecutor-en-1.png", "mustafayev-prosecutor-en-2.png"]
    assert run(*look).text.splitlines() == names
    for name in names:
        assert size(tmp_path / name) == (909, 1286)
    before = (tmp_path / names[0]).read_bytes()
    assert run(*look).status == 0
    assert (tmp_path / names[0]).read_bytes() == before
    (tmp_path / names[0]).write_bytes(b"mine")
    refused = run(*look)
    assert refused.status == 1
    assert "--force replaces it, --png FOLDER writes elsewhere" in refused.err
    assert (tmp_path / names[0]).read_bytes() == b"mine"
    assert run(*look, "--force").status == 0
    assert (tmp_path / names[0]).read_bytes() == before
    assert run(*look, "out/").text.splitlines() == [f"out/{name}" for name in names]
    assert run("preview", *LOOK, "-q", "--png", "one.png").text == "one.png\n"
    assert run(*look, "two.png").text.splitlines() == ["two-1.png", "two-2.png"]


@pytest.mark.parametrize(
    "options",
    [
        ("--png", "--open"),
        ("--png", "a.png", "--target", "embassy"),
        ("--png", "file.txt"),
        ("--attach",),
        ("--wrap", "60"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense(run, tmp_path, options):
    """Refused, and nothing is written."""
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    result = run("preview", *LOOK, *options)
    assert result.status == 2
    assert options[0] in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname != "Linux", reason="the viewer's name is Linux's")
@pytest.mark.parametrize("installed", [True, False])
def test_the_systems_viewer_gets_a_private_file(tmp_path, installed):
    """The PDF, or without typst the DOCX; the path is printed."""
    if installed:
        pytest.importorskip("typst", reason="typst is not installed")
    env = no_typst(tmp_path)
    if installed:
        env["PYTHONPATH"] = str(Path(__file__).parent.parent)
    folder = tmp_path / "bin"
    folder.mkdir()
    viewer = folder / "xdg-open"
    viewer.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{tmp_path}/part" && mv "{tmp_path}/part" "{tmp_path}/seen"\n')
    viewer.chmod(0o755)
    (tmp_path / "temporary").mkdir()
    env |= {"PATH": f"{folder}{os.pathsep}{env['PATH']}", "TMPDIR": str(tmp_path / "temporary")}
    result = appealgen("preview", *LOOK, "--open", cwd=tmp_path, env=env)
    assert result.returncode == 0, result.stderr
    path = Path(result.stdout.strip())
    for _ in range(100):
        if (tmp_path / "seen").exists():
            break
        subprocess.run(["sleep", "0.1"], check=True)
    assert (tmp_path / "seen").read_text() == str(path)
    assert path.name == f"mustafayev-prosecutor-en.{'pdf' if installed else 'docx'}"
    assert path.read_bytes().startswith(b"%PDF" if installed else b"PK")
    assert f"note: {path.parent}: the letter stays here until you delete it" in result.stderr
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.is_relative_to(tmp_path / "temporary")


def test_letters_that_were_looked_at_are_taken_away(run, tmp_path, monkeypatch):
    """A day later, at the next run: only folders of this program and this user, and nothing that a link leads to."""
    temporary = tmp_path / "temporary"
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    yesterday = time.time() - OLD_SECONDS - 60
    for name in ("appealgen-preview-old", "appealgen-preview-new", "appealgen-else", "mine"):
        (temporary / name).mkdir(parents=True)
        (temporary / name / "letter.pdf").write_bytes(b"%PDF")
        if not name.endswith("new"):
            os.utime(temporary / name, (yesterday, yesterday))
    if hasattr(os, "symlink"):
        (temporary / "appealgen-preview-link").symlink_to(temporary / "mine")
        os.utime(temporary / "appealgen-preview-link", (yesterday, yesterday), follow_symlinks=False)
    assert run("preview", *LOOK, "-q").status == 0
    assert sorted(path.parent.name for path in temporary.glob("*/letter.pdf") if not path.parent.is_symlink()) == [
        "appealgen-else", "appealgen-preview-new", "mine"
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["pics.jpg", "a/b.PDF"])
def test_pictures_of_another_kind(run, tmp_path, path):
    """Are refused, and make no folder of that name; with a slash at its end, or where there is one, it is a folder."""
    pytest.importorskip("typst", reason="typst is not installed")
    result = run("preview", *LOOK, "-q", "--png", path)
    assert result.status == 2
    assert f"{path} ends in {Path(path).suffix}, and the pictures are PNG" in result.err
    assert not list(tmp_path.iterdir())
    assert run("preview", *LOOK, "-q", "--png", f"{path}/").status == 0
    assert run("preview", *LOOK, "-q", "--png", path).status == 0
    assert list((tmp_path / path).glob("*.png"))


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname != "Linux", reason="the viewer's name is Linux's")
def test_without_a_viewer_it_says_where_the_letter_is(tmp_path):
    """No traceback."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PATH": str(tmp_path)}
    command = [sys.executable, "-m", "appealgen", "preview", *LOOK, "--open"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert re.search(r"--open: no program here opens files: the letter is in \S+\.(pdf|docx)", done.stderr)
    assert "Traceback" not in done.stderr
