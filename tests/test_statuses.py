"""Exit statuses, over all commands: 2 where the command line asks for what is not there or does not go together, 1
where files or data are wrong, or something is refused or cannot be written.
"""

from __future__ import annotations

import pytest

from appealgen.cli import COMMANDS

LETTER = "--case mustafayev --target prosecutor"
#: Of each command, a line that is well.
WELL = {
    "write": f"write {LETTER}",
    "preview": f"preview {LETTER}",
    "copy-out": f"copy-out {LETTER}",
    "batch": f"batch {LETTER} --signers signers.csv --output new/",
    "joint": f"joint {LETTER} --signatories names.txt",
    "envelopes": f"envelopes {LETTER} --size dl",
    "labels": f"labels {LETTER} --sheet L7160",
    "list": "list cases",
    "report": "report letters",
    "mark": "mark letters --sent 2026-11-20",
    "due": "due letters",
    "stale": "stale letters",
    "show": "show case mustafayev",
    "import": "import action.txt --dry-run",
    "names": "names Сервер --language ru",
    "check": "check --group .",
    "init": "init made",
    "new": "new case mine",
    "purge": "purge letters --dry-run",
    "schema": "schema case",
    "config": "config",
    "similarity": "similarity letters",
}
#: What each command is asked for instead, or as well: an option with its value, or a word of the line that is well.
MISSING = {
    "--case nobody": "write preview copy-out batch joint envelopes labels",
    "--target nobody": "write preview copy-out batch joint envelopes labels mark",
    "--tone shrill": "write preview batch joint envelopes",
    "--language xx": "write preview copy-out batch joint envelopes labels show names new",
    "--gloss xx": "write preview batch joint",
    "--window nothing": "write preview batch joint",
    "--country Nowhere": "write preview copy-out batch joint envelopes labels",
    "--signer-language nonsense": "write preview batch",
    "--size nothing": "envelopes",
    "--sheet nothing": "labels",
    "--privacy nothing": "write preview batch",
    "--encoding nothing": "batch joint",
    "--map Nothing=name": "batch",
    "--only 99": "batch",
    "--signer nothing.yaml": "write preview envelopes",
    "--signer letters": "write preview envelopes",
    "--message-file nothing.txt": "write preview joint",
    "--message-file letters": "write preview joint",
    "--signers nothing.csv": "batch envelopes labels",
    "--signers letters": "batch envelopes labels",
    "--signatories nothing.csv": "joint",
    "--signatories letters": "joint",
    "--group nothing": "write preview copy-out batch joint envelopes labels list stale show import check new config",
    "letters -> nothing": "report mark due stale purge similarity",
    "letters -> empty": "report mark due stale purge similarity",
    "action.txt -> nothing.txt": "import",
    "action.txt -> letters": "import",
    "mustafayev -> nobody": "show",
    "case -> nothing": "show new schema",
    "cases -> nothing": "list",
    "--sent 2026-11-19": "mark",
    "--sent 2999-01-01": "mark",
    "--reply nothing.pdf": "mark",
    "--nothing": " ".join(COMMANDS),
}
TOGETHER = [
    f"write {LETTER} --signer signer.yaml --name Ana",
    f"write {LETTER} --message a --message-file b",
    f"write {LETTER} --format txt --output a.pdf",
    f"write {LETTER} --output - --json",
    f"write {LETTER} --fit page --edit",
    f"preview {LETTER} --png --open",
    f"preview {LETTER} --png pictures.jpg",
    f"copy-out {LETTER} --output - --json",
    f"joint {LETTER} --signatories names.txt --map a=name",
    f"batch {LETTER} --signers signers.csv --duplex",
    f"envelopes {LETTER} --size dl --signers signers.csv --name Ana",
    f"labels {LETTER} --sheet L7160 --journal letters",
    "labels --sheet L7160",
    "labels --sheet L7160 --journal nothing",
    "report letters --csv --json",
    "mark letters --sent tomorrow",
    "mark letters",
    "new target mine --language en",
    "purge letters",
    "init",
]
WRONG = [
    f"write {LETTER} --signer broken.yaml",
    f"write {LETTER} --message-file latin.txt",
    f"write {LETTER} --name A --email nothing",
    f"write {LETTER} --name A --privacy group",
    f"write {LETTER} --output names.txt/letter.docx",
    f"write {LETTER} --output taken.docx",
    "write --case chiygoz --target all",
    "write --case mustafayev --target embassy --country NZ",
    f"preview {LETTER} --message-file latin.txt",
    "copy-out --case chiygoz --target all",
    f"batch {LETTER} --signers empty.csv",
    f"batch {LETTER} --signers latin.txt",
    f"batch {LETTER} --signers signers.csv --problems nothing/problems.txt",
    f"joint {LETTER} --signatories latin.txt",
    f"joint {LETTER} --signatories empty.csv",
    f"envelopes {LETTER} --size dl --signers latin.txt",
    f"envelopes {LETTER} --size dl --output names.txt/envelopes.pdf",
    f"labels {LETTER} --sheet L7160 --signers empty.csv",
    "labels --sheet L7160 --journal names.txt",
    "report names.txt",
    "mark names.txt --sent 2026-11-20",
    "import latin.txt",
    "import names.txt",
    "check --group broken",
    "init names.txt",
    "new case mustafayev --group grown",
]


@pytest.fixture
def at(run, tmp_path):
    """Run a line of words in a folder that has what the lines name."""
    files = {
        "signers.csv": "name,country\nAna Example,GB\nBen Sample,GB\n",
        "names.txt": "Ana Example\nBen Sample\n",
        "signer.yaml": "name: Ana Example\n",
        "broken.yaml": "name: [Ana\n",
        "broken/targets.yaml": "nothing: nothing\n",
        "grown/cases/mustafayev/case.yaml": "status: active\n",
        "empty.csv": "",
        "taken.docx": "Mine.",
        "action.txt": "URGENT ACTION\n\nANA EXAMPLE DETAINED\n\nDear Minister,\n\n"
        "I urge you to release Ana Example.\n\nPlease write to:\nMinister of Justice\n1 Example Street\nNorway\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("Grüße\nname\n".encode("latin-1"))
    (tmp_path / "empty").mkdir()
    made = run("batch", *LETTER.split(), "--signers", "signers.csv", "--format", "txt", "--date", "2026-11-20", "-q")
    assert made.status == 0, made.err
    return lambda line: run(*line.split())


def changed(line: str, what: str) -> str:
    """Return *line* with *what* in the place of what it has of it, or after it."""
    before, arrow, after = what.partition(" -> ")
    if arrow:
        return " ".join(after if word == before else word for word in line.split())
    option, *value = what.split()
    words = line.split()
    if option in words and value:
        words[words.index(option) + 1] = value[0]
        return " ".join(words)
    if option == "--reply":
        return f"mark letters {what}"
    return f"{line} {what}"


def test_every_command_has_its_row():
    """A new one is entered above."""
    assert WELL.keys() == COMMANDS.keys()


@pytest.mark.parametrize("line", [*WELL.values(), "mark letters --sent today"])
def test_well(at, line):
    """Each line is well before something in it is changed."""
    result = at(line)
    assert result.status == 0, result.err


@pytest.mark.parametrize(
    "line", [changed(WELL[command], what) for what, commands in MISSING.items() for command in commands.split()]
)
def test_what_is_not_there(at, line):
    """Is a wrong command line, whatever kind of thing it is and whichever command is asked for it."""
    result = at(line)
    assert result.status == 2, result.err
    assert "Traceback" not in result.err
    assert "Error: " in result.err


@pytest.mark.parametrize("line", TOGETHER)
def test_what_does_not_go_together(at, line):
    """Is a wrong command line as well."""
    result = at(line)
    assert result.status == 2, result.err
    assert "Error: " in result.err


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_or_refused(at, line):
    """Is the matter of files and data, not of the command line."""
    result = at(line)
    assert result.status == 1, result.err
    assert "Traceback" not in result.err
    assert "Usage:" not in result.err
