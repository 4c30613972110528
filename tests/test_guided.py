"""The questions that `appealgen` alone asks, answered on a terminal."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time

import pytest

from appealgen.catalogue import FOLDER

pty = pytest.importorskip("pty", reason="no terminals here")

PATIENCE_SECONDS = 60


class Terminal:
    """The program at a terminal of its own; it is asked and answers."""

    def __init__(self, folder, **environment):
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "appealgen"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder,
            env={**os.environ, "COLUMNS": "100", "TERM": "dumb", **environment}, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.said = b""

    def hear(self, until=None):
        """Read on until *until* is said, or to the end, and return what was said since the last answer."""
        end = time.monotonic() + PATIENCE_SECONDS
        while until is None or until.encode() not in self.said:
            ready, _, _ = select.select([self._ours], [], [], max(end - time.monotonic(), 0))
            assert ready, f"waited for {until!r}, heard {self.said!r}"
            try:
                heard = os.read(self._ours, 65536)
            except OSError:  # Linux, when the other end is closed
                heard = b""
            if not heard:
                assert until is None, f"ended before {until!r}, with {self.said!r}"
                break
            self.said += heard
        said, self.said = self.said.decode().replace("\r\n", "\n"), b""
        return said

    def answer(self, question, text):
        said = self.hear(question)
        os.write(self._ours, f"{text}\n".encode())
        return said

    def end(self):
        said = self.hear()
        os.close(self._ours)
        return said, self.process.wait(PATIENCE_SECONDS)


def test_from_the_first_question_to_the_same_command(tmp_path, run):
    """A number or a word picks; the command at the end gives the same bytes."""
    terminal = Terminal(tmp_path)
    assert "Server Mustafayev" in terminal.answer("Which (", "mustafayev")
    assert "the one in your country" in terminal.answer("Which (", "3")
    terminal.answer("Your country", "Nowhereland")
    assert "Nowhereland" in terminal.answer("Your country", "GB")
    assert "Russian, which the office reads" in terminal.answer("Which (", "Russian")
    assert "no copy" in terminal.answer("Which (", "en")
    terminal.answer("Which (", "urgent")
    terminal.answer("Which (", "txt")
    terminal.answer("Your name", "Ana O’Example")
    terminal.answer("address", "1 Example Street")
    terminal.answer("address", "Exampletown EX1 1AA")
    terminal.answer("address", "")
    terminal.answer("Which (", "9")
    assert "not among them" in terminal.answer("Which (", "full")
    terminal.answer("of your own", "")
    letter = terminal.answer("Write this letter?", "y")
    assert "Ana O’Example" in letter
    assert "Мустафаев" in letter
    said, status = terminal.end()
    assert status == 0, said
    (line,) = re.findall(r"^appealgen (write .*)$", said, re.MULTILINE)
    (file,) = tmp_path.glob("*.txt")
    assert file.name in said
    written = file.read_bytes()
    file.unlink()
    assert run(*shlex.split(line), "-q").status == 0
    assert file.read_bytes() == written


def test_it_can_end_before_anything_is_written(tmp_path):
    """With no at the end the command is all that is left; with Ctrl-C nothing."""
    (tmp_path / "signer.yaml").write_text("name: Ana Example\ncountry: GB\n", encoding="utf-8")
    terminal = Terminal(tmp_path)
    for question in ("Which (", "Which (", "Which (", "Which (", "Which (", "Signed by Ana Example", "of your own"):
        terminal.answer(question, "")
    terminal.answer("Write this letter?", "n")
    said, status = terminal.end()
    assert status == 0
    assert "appealgen write --case mustafayev --target prosecutor --language en\n" in said
    terminal = Terminal(tmp_path)
    terminal.answer("Which (", "")
    terminal.hear("Which (")
    for _ in range(10):
        # Python hears a signal that comes just before it begins to read a line only after the line: a user tries again.
        terminal.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            terminal.process.wait(2)
            break
    said, status = terminal.end()
    assert status == 130
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["signer.yaml"]


def test_a_country_without_an_embassy(tmp_path):
    """Is said before anything else is asked; another office, or an embassy elsewhere, will do."""
    terminal = Terminal(tmp_path)
    terminal.answer("Which (", "")
    terminal.answer("Which (", "embassy")
    terminal.answer("Your country", "NZ")
    said = terminal.answer("Which (", "ru-embassy-au")
    assert "no embassy of Russia in New Zealand" in said
    assert "prosecutor" in said
    assert "az-embassy" not in said
    for question in ("Which (", "Which (", "Which (", "Your name", "of your own"):
        said = terminal.answer(question, "")
        assert "Your country" not in said
    assert "Canberra" in terminal.answer("Write this letter?", "")
    said, status = terminal.end()
    assert status == 0, said
    assert "--target ru-embassy-au --language en --country NZ\n" in said
    assert (tmp_path / "mustafayev-ru-embassy-au-en.docx").is_file()


CASE = """title: Alex Example
pronouns: they
country: FR
status: active
facts_as_of: 2026-10
checked_on: 2026-11-20
family_consent: unknown
targets: {embassy: {embassy_of: IS}}
facts: {arrest: {date: 2026-09-01, paragraph: arrest, brief: yes, sources: [report]}}
asks: {release: {targets: [embassy]}}
sources: {report: {title: A report made up for this test, url: "https://example.org/report"}}
"""
WORDS = """name: {nominative: Alex Example}
subject: Alex Example
who: Alex Example reads aloud.
facts: {arrest: On 1 September 2026 Alex was arrested.}
concern: It is wrong.
hardship: It is hard.
asks: {release: release Alex Example}
"""


@pytest.mark.parametrize(
    ("case", "words", "country", "said", "ends"),
    [
        (CASE, WORDS, "NZ", "the address book has no embassy of Iceland: add one to targets.yaml", 1),
        (CASE, WORDS, "", "which embassy depends on the signer's country: give --country", 1),
        (CASE.replace("{release: {targets: [embassy]}}", "{}"), WORDS.replace("{release: release Alex Example}", "{}"),
         None, "example has nobody to write to: give it an ask, with the targets that it goes to", 2),
    ],
    ids=["no embassy there", "no country", "no asks"],
)  # fmt: skip
def test_nobody_to_write_to(tmp_path, case, words, country, said, ends):
    """Nobody else can be offered, so that is said once, and it ends."""
    folder = tmp_path / "cases" / "example"
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    (folder / "en.yaml").write_text(words, encoding="utf-8")
    terminal = Terminal(tmp_path, COLUMNS="1000")
    terminal.answer("Which (", "example")
    if country is not None:
        terminal.answer("Which (", "")
        terminal.answer("Your country", country)
    heard, status = terminal.end()
    assert heard.count(said) == 1, heard
    assert "Traceback" not in heard
    assert status == ends
    assert not list(tmp_path.glob("*.docx"))


def test_a_case_in_no_language_with_templates(tmp_path):
    """Nothing can be chosen, so that is said."""
    folder = tmp_path / "cases" / "example"
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE.replace("embassy_of: IS", "target: ru-prosecutor-general"), encoding="utf-8")
    (folder / "nl.yaml").write_text(WORDS, encoding="utf-8")
    terminal = Terminal(tmp_path, COLUMNS="1000")
    terminal.answer("Which (", "example")
    terminal.answer("Which (", "")
    heard, status = terminal.end()
    assert "example has no words in a language with templates" in heard
    assert "Traceback" not in heard
    assert status == 2


def test_a_file_in_the_way(tmp_path):
    """Is found before who signs is asked for; another name is offered, which must be free as well."""
    names = [f"mustafayev-prosecutor-ru{more}" for more in (".eml", "-2-copy-en.txt")]
    for name in (*names, "mine.eml"):
        (tmp_path / name).write_text("Mine.", encoding="utf-8")
    terminal = Terminal(tmp_path)
    for answer in ("", "prosecutor", "ru", "en", ""):
        terminal.answer("Which (", answer)
    terminal.answer("Which (", "eml")
    said = terminal.answer("Another name", "mine")
    assert f"{names[0]} is there already" in said
    assert "mine.eml is there already" in terminal.answer("Another name", "")
    for question in ("Your name", "Your country", "of your own", "Write this letter?"):
        terminal.answer(question, "")
    said, status = terminal.end()
    assert status == 0, said
    assert "--format eml --output mustafayev-prosecutor-ru-3.eml\n" in said
    assert (tmp_path / "mustafayev-prosecutor-ru-3-copy-en.txt").is_file()
    assert all((tmp_path / name).read_text(encoding="utf-8") == "Mine." for name in (*names, "mine.eml"))


@pytest.mark.parametrize(
    ("spoken", "written", "usual"), [("en", "ru", "en"), ("de", "ru", "de"), ("de", "en", "de"), ("de", "de", None)]
)
def test_the_copy_is_in_the_language_of_who_asks(tmp_path, spoken, written, usual):
    """Where the case is written in it; a letter in that language has no copy."""
    if spoken != "en" and not (FOLDER / spoken).is_dir():
        pytest.skip("no catalogues are built")
    terminal = Terminal(tmp_path, LANGUAGE=spoken)
    terminal.answer("mustafayev): ", "")
    terminal.answer("prosecutor): ", "")
    terminal.answer("en): ", written)
    if usual:
        terminal.answer(f"{usual}): ", "")
    terminal.hear("formal): ")
    terminal.process.kill()
    terminal.end()


def test_where_nobody_sits_it_shows_its_help():
    """A script gets the help, as before, and status 2."""
    done = subprocess.run(
        [sys.executable, "-m", "appealgen"], check=False, capture_output=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 2
    assert b"Commands:" in done.stdout


def test_the_language_of_who_signs_is_proposed(tmp_path):
    """As `write` takes it."""
    (tmp_path / "signer.yaml").write_text("name: Ana Example\ncountry: FR\nlanguage: fr\n", encoding="utf-8")
    terminal = Terminal(tmp_path)
    terminal.answer("mustafayev): ", "")
    terminal.answer("prosecutor): ", "")
    terminal.hear("Enter for fr): ")
    terminal.process.kill()
    terminal.end()
