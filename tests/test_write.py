"""`appealgen write` as people and scripts use it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_formats import convert

from appealgen import Library

LETTER = ("write", "--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20")
NAME = "mustafayev-prosecutor-en"


def test_in_an_empty_folder(run, tmp_path):
    """One file, its path alone on standard output, on standard error what a careful user should know."""
    result = run(*LETTER)
    assert (result.status, result.text) == (0, f"{NAME}.docx\n")
    assert [path.name for path in tmp_path.iterdir()] == [f"{NAME}.docx"]
    for note in ("also reads Russian", "as of July 2025", "address last verified"):
        assert note in result.err


def test_again_is_no_error_and_a_changed_file_is_kept(run, tmp_path):
    """The same bytes count as written; anything else is replaced only with --force."""
    assert run(*LETTER).status == 0
    assert run(*LETTER).status == 0
    assert run(*LETTER, "--tone", "brief").status == 1
    assert run(*LETTER, "--tone", "brief", "--force").status == 0
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("output", "more", "path"),
    [
        ("letters/", [], f"letters/{NAME}.docx"),
        ("here", [], f"here/{NAME}.docx"),
        ("a/b/mine.txt", [], "a/b/mine.txt"),
        ("mine.EML", [], "mine.EML"),
        ("mine.txt", ["--format", "txt"], "mine.txt"),
        ("mine", [], "mine"),
        ("My letters/Письма/", ["--format", "txt"], f"My letters/Письма/{NAME}.txt"),
    ],
)
def test_where_it_goes(run, tmp_path, output, more, path):
    """A folder where --output ends in / or is one, else a file whose suffix says the format."""
    (tmp_path / "here").mkdir()
    result = run(*LETTER, "--output", output, *more)
    assert (result.status, result.text) == (0, f"{path}\n")
    content = (tmp_path / path).read_bytes()
    start = {"txt": b"Prosecutor", "eml": b"X-Unsent: 1\r\n"}.get(path.lower().rpartition(".")[2], b"PK\x03\x04")
    assert content.startswith(start)


def test_json_says_what_was_written(run, tmp_path):
    """One object with files and warnings, and nothing on standard error."""
    result = run(*LETTER, "--target", "embassy", "--format", "txt", "--output", "o/", "--json")
    said = json.loads(result.text)
    assert result.err == ""
    assert [file["path"] for file in said["files"]] == [f"o/{NAME}.txt", "o/mustafayev-embassy-en.txt"]
    for file in said["files"]:
        assert file["sha256"] == hashlib.sha256((tmp_path / file["path"]).read_bytes()).hexdigest()
        assert (file["case"], file["tone"], file["language"], file["format"]) == ("mustafayev", "formal", "en", "txt")
    assert any("July 2025" in warning for warning in said["warnings"])


def test_all_means_the_current_aliases(run):
    """Not the former ones; an alias named as well is written once."""
    result = run(*LETTER, "--target", "all", "--format", "txt", "-q")
    assert result.text.split() == [f"mustafayev-{name}-en.txt" for name in ("prosecutor", "prison-service", "embassy")]
    assert result.err == ""


def test_an_id_of_the_address_book(run):
    """Any embassy will do for an ask that goes to the embassy."""
    result = run("write", "--case", "mustafayev", "--target", "ru-embassy-de", "--format", "txt", "--output", "-")
    assert result.status == 0
    assert "convey" in result.text
    assert "Berlin" in result.text


def test_quiet(run):
    """--quiet silences notes, not errors."""
    assert run(*LETTER, "--quiet").err == ""
    assert run(*LETTER, "--quiet", "--language", "xx").err


@pytest.mark.parametrize("name", ["Server Mustafayev", "server mustafaev", "Сервер МУСТАФАЕВ", "Мустафаєв Сервер"])
def test_a_case_is_found_by_name(run, name):
    """By any spelling that the case lists; of several cases the one that is open."""
    result = run("write", "--case", name, "--target", "prosecutor", "--format", "txt")
    assert result.text == f"{NAME}.txt\n"


def test_language_follows_the_signer(run):
    """The signer's language where the case has it; else English, and a note where the office does not read it."""
    assert run(*LETTER, "--signer-language", "uk", "-q").text == "mustafayev-prosecutor-uk.docx\n"
    result = run(*LETTER, "--signer-language", "uk")
    assert "not known to read Ukrainian; it reads Russian and English" in result.err
    assert run(*LETTER, "--signer-language", "ja", "-q").text == f"{NAME}.docx\n"
    assert run(*LETTER, "--signer-language", "uk", "--language", "ru", "-q").text == "mustafayev-prosecutor-ru.docx\n"


def test_a_language_is_found_by_its_name(run):
    """As a country is."""
    what = ("write", "--case", "mustafayev", "--target", "prosecutor", "--format", "txt", "--output", "-", "-q")
    named = run(*what, "--language", "Russian", "--gloss", "German")
    assert named.status == 0, named.err
    assert named.out == run(*what, "--language", "ru", "--gloss", "de").out


def test_the_groups_files_come_first(run, tmp_path, monkeypatch):
    """Its cases, targets, templates and signer before what ships, by --group, by environment, or where one is."""
    group = tmp_path / "group"
    (group / "templates" / "en").mkdir(parents=True)
    (group / "templates" / "en" / "brief.txt.j2").write_text("{{ who }}\n\nOurs.\n", encoding="utf-8")
    (group / "signer.yaml").write_text("name: Ana Example\nlanguage: en\n", encoding="utf-8")
    brief = (*LETTER, "--tone", "brief", "--format", "txt", "--output", "-")
    for result in (run(*brief, "--group", "group"), run(*brief, cwd=group)):
        assert "\n\nOurs.\n\nYours sincerely,\n\nAna Example\n" in result.text
        assert "signed by Ana Example, from signer.yaml" in result.err
    assert "Ours." not in run(*brief).text
    monkeypatch.setenv("APPEALGEN_GROUP", str(group))
    assert "Ours." in run(*brief).text


def test_a_name_on_the_command_line_is_somebody_else(run, tmp_path):
    """Of signer.yaml only the group's own address is theirs: nobody signs at another's address."""
    (tmp_path / "signer.yaml").write_text(
        "name: Ana Example\naddress: [1 Example Street, Exampletown]\n"
        "email: ana@example.org\ngroup: [Our Group, PO Box 1]\n",
        encoding="utf-8",
    )
    result = run(*LETTER, "--name", "Ben Sample", "--format", "txt", "--output", "-")
    assert "Ben Sample" in result.text
    assert "Example Street" not in result.text
    assert "PO Box" not in result.text
    assert (
        "c/o Our Group" in run(*LETTER, "--name", "Ben", "--privacy", "group", "--format", "txt", "--output", "-").text
    )


@pytest.mark.parametrize("form", ["txt", "eml"])
def test_what_privacy_hides_is_hidden_everywhere(run, form):
    """Address, email and From; the stricter of file and option holds."""
    Path("ana.yaml").write_text(
        "name: Ana Maria Example\naddress: [1 Hidden Street, Exampletown]\nemail: hidden@example.org\n"
        "country: GB\nprivacy: town\ngroup: [Our Group, PO Box 1]\n",
        encoding="utf-8",
    )
    ask = (*LETTER, "--signer", "ana.yaml", "--format", form, "--output", "-")
    for more, shown, hidden in (
        ([], ["Ana Maria Example", "Exampletown"], ["Hidden", "hidden"]),
        (["--privacy", "full"], ["Exampletown"], ["Hidden", "hidden"]),
        (["--privacy", "initials"], ["A. M. E.", "Exampletown"], ["Hidden", "hidden", "Maria"]),
        (["--privacy", "group"], ["Ana Maria Example", "c/o Our Group"], ["Hidden", "hidden", "Exampletown"]),
    ):
        result = run(*ask, *more)
        text = result.text.replace("=\r\n", "")
        assert all(part in text for part in shown), more
        assert not any(part in text for part in hidden), more
        assert "59-FZ" in result.err


def test_no_reply_is_wished_for_where_none_can_come(run):
    """With name and town alone nobody can answer, so the letter only thanks."""
    signer = ("--name", "Ana Example", "--address", "1 Example Street", "--address", "Exampletown")
    ask = (*LETTER, *signer, "--format", "txt", "--output", "-")
    assert "glad to hear" in run(*ask).text
    assert "glad to hear" not in run(*ask, "--privacy", "town").text


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    script = tmp_path / "editor.py"
    script.write_text(f"import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n{code}\n", encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")


def test_edit_saved_unchanged(run, tmp_path, monkeypatch):
    """The letter as it is."""
    editor(tmp_path, monkeypatch, "file.write_bytes(file.read_bytes())")
    plain = run(*LETTER, "--format", "txt", "--output", "-")
    assert run(*LETTER, "--format", "txt", "--output", "-", "--edit").out == plain.out


def test_edit_in_own_words(run, tmp_path, monkeypatch):
    """The saved text is laid out; asks that are no longer there as they were are pointed out."""
    editor(
        tmp_path, monkeypatch, "file.write_text('I teach.\\n\\nI ask you to:\\n\\n- free him;\\n- write.\\n', 'utf-8')"
    )
    result = run(*LETTER, "--format", "txt", "--output", "-", "--edit")
    assert "Dear Prosecutor General,\n\nI teach.\n\nI ask you to:\n\n- free him;\n- write.\n\nYours" in result.text
    assert result.err.count("no longer asks, word for word") == 3


def test_edit_emptied(run, tmp_path, monkeypatch):
    """Nothing is written, exit status 1."""
    editor(tmp_path, monkeypatch, "file.write_text('\\n  \\n')")
    result = run(*LETTER, "--edit", "--output", "letters/")
    assert result.status == 1
    assert "nothing is written" in result.err
    assert not (tmp_path / "letters").exists()


def test_edit_cannot_bring_in_what_is_not_to_be_named(run, tmp_path, monkeypatch):
    """The rule holds for own words as well."""
    editor(tmp_path, monkeypatch, "file.write_text('As Amnesty International says.')")
    assert "Amnesty International" in run(*LETTER, "--edit").err


def test_closed_case_with_leave(run):
    """--allow-closed writes it, and says the outcome all the same."""
    ask = ("write", "--case", "chiygoz", "--target", "president", "--date", "2017-06-20", "--format", "txt")
    assert run(*ask).status == 1
    result = run(*ask, "--allow-closed")
    assert result.status == 0
    assert "closed (25 October 2017)" in result.err


def test_message_file(run, tmp_path):
    """Paragraphs stay paragraphs; Windows line ends and a byte order mark do no harm."""
    (tmp_path / "own.txt").write_bytes("\ufeffI teach\r\nchemistry.\r\n\r\nAnd physics.\r\n".encode())
    text = run(*LETTER, "--message-file", "own.txt", "--format", "txt", "--output", "-").text
    assert "\n\nI teach chemistry.\n\nAnd physics.\n\n" in text


def test_wrap(run):
    """No line is longer than asked for, and the words are the same."""
    plain = run(*LETTER, "--format", "txt", "--output", "-").text
    wrapped = run(*LETTER, "--format", "txt", "--output", "-", "--wrap", "60").text
    assert max(map(len, wrapped.splitlines())) <= 60
    assert wrapped.split() == plain.split()


def test_completion(tmp_path):
    """Shells complete case, target, tone and language ids."""

    def complete(words: str) -> list[str]:
        environment = {**os.environ, "_APPEALGEN_COMPLETE": "bash_complete", "COMP_WORDS": words,
                       "COMP_CWORD": str(len(words.split()) - (not words.endswith(" ")))}  # fmt: skip
        command = [sys.executable, "-c", "from appealgen.cli import main; main()"]
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        return [line.removeprefix("plain,") for line in done.stdout.splitlines()]

    assert complete("appealgen write --case must") == ["mustafayev", "mustafayev-2020"]
    found = complete("appealgen write --case mustafayev --target pris")
    assert found == ["prison-service"]
    assert complete("appealgen write --tone hum") == ["humanitarian"]
    assert complete("appealgen write --language ") == list(Library(None).language_ids)
    assert "write" in complete("appealgen wr")


def test_interrupted(tmp_path):
    """Ctrl-C while the editor is open: exit status 130, nothing written, no traceback."""
    script = tmp_path / "editor.py"
    script.write_text("import time\nprint('ready', flush=True)\ntime.sleep(60)\n", encoding="utf-8")
    environment = {**os.environ, "VISUAL": f"{sys.executable} {script}"}
    command = [sys.executable, "-m", "appealgen", *LETTER, "--edit", "--output", "letters/"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"appealgen/cli" not in err  # the editor's own traceback is not ours
    assert not (tmp_path / "letters").exists()


def test_reader_gone(tmp_path):
    """`| head` closes standard output: no traceback."""
    command = f"{sys.executable} -m appealgen show case mustafayev | head -c 1"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_no_colour_without_a_terminal(run):
    """Colour only on a terminal."""
    assert "\x1b[" not in run(*LETTER).err


def test_colour_on_a_terminal(tmp_path):
    """And never with NO_COLOR."""
    command = f"{sys.executable} -m appealgen {' '.join(LETTER)} --format txt"
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        done = subprocess.run(
            ["script", "-qec", command, "/dev/null"],
            cwd=tmp_path, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert ("\x1b[" in done.stdout) is coloured


def test_binary_is_not_printed_on_a_terminal(tmp_path):
    """A DOCX would only garble it."""
    command = f"{sys.executable} -m appealgen {' '.join(LETTER)} --output -"
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "a terminal cannot show docx" in done.stdout


def test_init_check_write(run, tmp_path):
    """A new group's folder passes check, and write works there at once."""
    assert run("init", "group").text == "group\n"
    group = tmp_path / "group"
    assert run("check", cwd=group).status == 0
    assert run("write", "--case", "example", "--target", "minister", cwd=group).status == 0
    assert run("init", "group").status == 0
    (group / "targets.yaml").write_text("mine: {}\n", encoding="utf-8")
    assert run("init", "group").status == 1
    assert (group / "targets.yaml").read_text(encoding="utf-8") == "mine: {}\n"


def test_lists_are_for_people_and_scripts(run, monkeypatch):
    """Tables, or JSON of the same."""
    monkeypatch.setenv("COLUMNS", "200")
    for what in ("cases", "targets", "languages", "tones"):
        rows = json.loads(run("list", what, "--json").text)
        table = run("list", what).text.splitlines()
        assert len(table) == len(rows) + 1
        assert [line.split()[0] for line in table[1:]] == [row["id"] for row in rows]


def test_show(run):
    """Everything that is known, with sources."""
    text = run("show", "case", "mustafayev").text
    assert "2020-09-16" in text
    assert "https://" in text
    assert json.loads(run("show", "case", "mustafayev", "--json").text)["facts_as_of"]["year"] == 2025
    assert "Kensington" in run("show", "target", "ru-embassy-gb").text
    assert run("show", "target", "ru-embasy-gb").status == 2


def test_a_group_without_a_signer(run, tmp_path):
    """A file with the group alone: a line to sign on, letters in its care, and who sends a joint letter."""
    (tmp_path / "signer.yaml").write_text("group: [Example Group, PO Box 1]\ncountry: DE\n", encoding="utf-8")
    (tmp_path / "names.txt").write_text("Ana Example\nBen Sample\n", encoding="utf-8")
    plain = run(*LETTER, "--target", "embassy", "--format", "txt", "--output", "o/")
    assert plain.status == 0, plain.err
    assert "signed by" not in plain.err
    assert "Example Group" not in (tmp_path / f"o/{NAME}.txt").read_text(encoding="utf-8")
    assert "Berlin" in (tmp_path / "o/mustafayev-embassy-en.txt").read_text(encoding="utf-8")
    named = run(*LETTER, "--name", "Ana Example", "--privacy", "group", "--format", "txt", "--output", "-")
    assert named.text.startswith("Ana Example\nc/o Example Group\nPO Box 1\nGERMANY\n")
    ask = ("joint", *LETTER[1:], "--signatories", "names.txt", "--format", "txt", "--output", "-")
    assert run(*ask).text.startswith("Example Group\nPO Box 1\nGERMANY\n")
    assert run(*LETTER, "--address", "1 Street").status == 2
    for text, says in (
        ("country: DE\n", "signer.yaml:1: name: is missing"),
        ("group: [Group]\naddress: [1 Street]\n", "signer.yaml:2: address: is there without a name"),
    ):
        (tmp_path / "signer.yaml").write_text(text, encoding="utf-8")
        result = run(*LETTER)
        assert result.status == 1
        assert says in result.err


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_name_that_is_longer_than_a_line(run, tmp_path, form, language):
    """It is broken, as the address is, and all of it is on the page."""
    if form == "pdf":
        pytest.importorskip("typst", reason="typst is not installed")
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    name, street = "Abcdefghij" * 20, "Klmnopqrst" * 20
    asked = ("--name", name, "--address", street, "--address", "Exampletown", "--country", "GB", "--language", language)
    assert run(*LETTER, *asked, "--output", f"long.{form}", "-q").status == 0
    if form == "docx":
        convert(tmp_path, "pdf", [tmp_path / "long.docx"])
    command = ["pdftotext", "-bbox", tmp_path / "long.pdf", "-"]
    boxes = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    right = float(re.search(r'page width="([\d.]+)', boxes)[1])
    words = re.findall(r'<word xMin="([-\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', boxes)
    assert all(0 < float(edge) < right for *edges, _ in words for edge in edges)
    said = re.sub(r"[^a-zA-Z]", "", "".join(word for _, _, word in words))
    assert said.count(name) == 2
    assert said.count(street) == 1


@pytest.mark.parametrize(("line", "last"), [("", "UNITED KINGDOM"), (", United Kingdom", "United Kingdom")])
def test_the_group_is_in_its_own_country(run, tmp_path, line, last):
    """In care of the group the signer's country does not show, on paper or in a table."""
    (tmp_path / "signer.yaml").write_text(
        f"name: Ana Example\ncountry: GB\ngroup: [Example Group, Exampletown{line}]\n", encoding="utf-8"
    )
    asked = ("--case", "mustafayev", "--target", "prosecutor", "--privacy", "group", "--format", "txt", "-q")
    single = run("write", *asked, "--country", "TR", "--output", "-").text
    (tmp_path / "signers.csv").write_text("name,country\nBen Sample,TR\n", encoding="utf-8")
    assert run("batch", *asked, "--signers", "signers.csv", "--output", "out/").status == 0
    (file,) = (tmp_path / "out").glob("*.txt")
    for text in (single, file.read_text(encoding="utf-8")):
        head = text.split("\n\n")[0].splitlines()
        assert head[1:] == ["c/o Example Group", "Exampletown", last]
        assert "TÜRKİYE" not in text
