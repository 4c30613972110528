"""What stands in a folder or an archive of letters that somebody else has sent: links, packages, journals, names."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import sys
import zipfile
from pathlib import Path

import pytest
from test_hostile import BAD, letter_of

from appealgen import Signer, render
from appealgen.characters import fault_in_line, fault_in_text
from appealgen.cli.tables import show_table
from appealgen.errors import InputError
from appealgen.importing.documents import read_document
from appealgen.loading.targets import load_targets
from appealgen.similarity.texts import read_letters

LETTER = ("--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20")
BATCH = ("batch", *LETTER, "--signers", "signers.csv", "--format", "txt", "-q")
SIGNERS = "name,city,country\nAna Example,Exampletown,GB\nBen Sample,Sampleham,GB\n"
PRECIOUS = b"words of the reader's own, without an end of line"


@pytest.fixture
def out(run, tmp_path):
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    assert run(*BATCH, "--output", "out/").status == 0
    return tmp_path / "out"


# --- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("precious", [PRECIOUS, b"", b"\0" * 9, None], ids=["words", "empty", "zeros", "nothing"])
@pytest.mark.parametrize(
    ("link", "command"),
    [
        ("new/journal.jsonl", (*BATCH, "--output", "new/")),
        ("new/all.zip.part", (*BATCH, "--output", "new/all.zip")),
        ("new/all.zip.journal.jsonl", (*BATCH, "--output", "new/all.zip")),
        ("out/marks.jsonl", ("mark", "out", "--sent", "2026-11-20")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_is_written_through_a_link(link, command, precious, run, out, tmp_path):  # noqa: ARG001
    """A folder that was sent could empty any file of the reader's, and put letters into it."""
    path = tmp_path / "precious"
    if precious is not None:
        path.write_bytes(precious)
    (tmp_path / link).parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to(path)
    result = run(*command)
    assert result.status == 1
    assert f"{link}: is a link, through which nothing is written: take it away" in result.err
    assert (path.read_bytes() if path.exists() else None) == precious


@pytest.mark.parametrize("name", ["000001-mustafayev-prosecutor-en.txt", ".appealgen-1.part", "all.zip"])
def test_a_link_at_a_letters_place_is_left_or_replaced(name, run, tmp_path):
    """Never followed."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    path = tmp_path / "precious"
    path.write_bytes(PRECIOUS)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).symlink_to(path)
    run(*BATCH, "--output", "new/all.zip" if name == "all.zip" else "new/")
    run(*BATCH, "--output", "new/all.zip" if name == "all.zip" else "new/", "--update")
    assert path.read_bytes() == PRECIOUS
    run("purge", "new", "--yes", "--force")
    assert path.read_bytes() == PRECIOUS


# --- packages --------------------------------------------------------------------------------------------------------


def lying(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, says: int | None = 10) -> Path:
    """Write an archive whose first member says that it unpacks to *says* bytes."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    raw = bytearray(path.read_bytes())
    if says is not None:
        struct.pack_into("<I", raw, 22, says)
        struct.pack_into("<I", raw, raw.index(b"PK\1\2") + 24, says)
    path.write_bytes(raw)
    return path


def memory_of(action) -> int:
    """Return how many bytes Python had at most while *action* ran, which may fail over its input."""
    import tracemalloc

    tracemalloc.start()
    try:
        action()
    except InputError:
        pass
    else:
        pytest.fail("it was read")
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


ZEROS = bytes(100_000_000)
PACKED = {
    "lies": ({"method": zipfile.ZIP_DEFLATED, "says": 10}, "is broken, or unpacks to more than it says"),
    "bzip2": ({"method": zipfile.ZIP_BZIP2, "says": 10}, "in a way that no Office program uses"),
    "lzma": ({"method": zipfile.ZIP_LZMA, "says": 10}, "in a way that no Office program uses"),
}


@pytest.mark.parametrize(("how", "said"), PACKED.values(), ids=PACKED)
def test_a_package_that_lies_is_not_unpacked(how, said, tmp_path):
    """Its directory may say little of what is much: 900 kB of it took 1.8 GB of memory."""
    path = lying(tmp_path / "action.docx", {"word/document.xml": b"<w:document/>" + ZEROS}, **how)
    with pytest.raises(InputError, match=said):
        read_document(path, "action.docx")
    assert memory_of(lambda: read_document(path, "action.docx")) < 45_000_000


ARCHIVES = {
    "lies": {"members": {"a.txt": ZEROS}},
    "bzip2": {"members": {"a.txt": ZEROS}, "method": zipfile.ZIP_BZIP2},
    "lzma": {"members": {"a.txt": ZEROS}, "method": zipfile.ZIP_LZMA},
    "many": {"members": {f"{n}.txt": b"a b c d. " * 2_000_000 for n in range(3)}, "says": None},
}


@pytest.mark.parametrize("how", ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_of_letters_is_bounded(how, tmp_path):
    """`similarity` unpacks no more than letters can be."""
    path = lying(tmp_path / "letters.zip", **how)
    assert memory_of(lambda: list(read_letters([path]))) < 45_000_000


@pytest.mark.parametrize(
    ("place", "value"), [(6, b"\x46\0"), (46, b"\xff")], ids=["a version to come", "a name that is no UTF-8"]
)
def test_an_archive_that_is_not_understood_is_named(place, value, run, tmp_path):
    """Its directory asks for ZIP 7.0, or says that a name is UTF-8, which it is not."""
    path = lying(tmp_path / "letters.zip", {"ä.txt": b"A letter.", "b.txt": b"A letter."}, says=None)
    raw = bytearray(path.read_bytes())
    start = raw.index(b"PK\1\2") + place
    raw[start : start + len(value)] = value
    path.write_bytes(raw)
    result = run("similarity", "letters.zip")
    assert (result.status, result.err) == (1, "letters.zip: is not a ZIP archive: is the batch finished?\n")


@pytest.mark.parametrize("header", ["Content-Disposition: ; start*", "Content-Type: text/plain; charset=nonsense"])
def test_an_email_with_a_header_of_nonsense_is_named(header, run, tmp_path):
    """Beside others, which are read; in an archive as well."""
    draft = f"Subject: A letter\n{header}\n\nAn example of a letter \u00e4.\n".encode()
    (tmp_path / "a.eml").write_bytes(draft)
    lying(tmp_path / "letters.zip", {"a.eml": draft, "b.txt": b"Another letter."}, says=None)
    result = run("similarity", "a.eml", "letters.zip")
    said = "has a text that cannot be read: save it as UTF-8"
    assert result.status == 1
    assert result.err.splitlines() == [f"a.eml: {said}", f"letters.zip/a.eml: {said}"]


def test_a_letter_in_word_is_bounded(tmp_path):
    """As for `similarity`, which reads it by itself."""
    for says, size in ((10, 100_000_000), (None, 19_000_000)):
        path = lying(tmp_path / "a.docx", {"word/document.xml": bytes(size)}, says=says)
        assert memory_of(lambda: list(read_letters([path]))) < 45_000_000  # noqa: B023


def test_names_in_an_archive_lead_nowhere(run, tmp_path):
    """They are names to show, harmlessly; nothing is written to where they point."""
    text = "One two three four five six seven eight nine."
    names = ["../../evil.txt", "/evil-of-strangers.txt", "C:\\evil.txt", "\x1b[2J\u202e.txt"]
    lying(tmp_path / "letters.zip", dict.fromkeys(names, text.encode()), says=None)
    before = sorted(tmp_path.rglob("*"))
    result = run("similarity", "letters.zip")
    assert result.status == 0
    assert "letters.zip/../../evil.txt" in result.text
    assert not re.search("[\x1b\u202e]", result.text + result.err)
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path("/evil-of-strangers.txt").exists()
    for command in (("report", "letters.zip"), ("purge", "letters.zip", "--yes", "--force")):
        assert run(*command).status in (1, 2)
    assert sorted(tmp_path.rglob("*")) == before


# --- journals --------------------------------------------------------------------------------------------------------


def test_a_spreadsheet_calculates_nothing_of_a_report(run, out):
    """The id of a case in a journal is what somebody wrote there."""
    journal = out / "journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    for formula in ("=1+1", "+1", "-1", "@SUM(1)"):
        lines[0]["run"]["case"] = lines[1]["alias"] = formula
        journal.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        rows = list(csv.reader(io.StringIO(run("report", "out", "--csv").text)))
        assert rows[1][:2] == [f"'{formula}", f"'{formula}"]


@pytest.mark.parametrize("value", ["\x1b[2J", "a\u202eb", "\ud800", "a\nb", "x" * 201])
@pytest.mark.parametrize("key", ["case", "format", "kit", "target", "alias", "language", "tone"])
def test_a_journal_of_somebody_commands_no_terminal(key, value, run, out):
    """In none of the commands that read one."""
    journal = out / "journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if key in (said := line.get("run", line)):
            said[key] = value
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for args in (("report", "out"), ("due", "out", "--all"), ("stale", "out"), ("mark", "out", "--sent", "2026-11-20"),
                 ("labels", "--journal", "out", "--sheet", "L7160"), ("report", "out", "--json")):  # fmt: skip
        result = run(*args)
        assert result.status == 1, args
        assert "is no journal of appealgen" in result.err
        assert not re.search("[\x1b\u202e]", result.text + result.err)


def test_a_table_commands_no_terminal(capsys):
    """Whatever stands in it, such as the name of a folder."""
    show_table([{"where": "a\x1b[2J\u202e", "letters": "1"}])
    assert capsys.readouterr().out.splitlines()[1] == "a\\u001b[2J\\u202e  1"


def test_a_number_beyond_all_letters_takes_no_memory(run, out):
    """The journal keeps a place for each number up to the last."""
    with (out / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(json.dumps({"n": 100_000_000, "row": "", "kit": "", "file": "", "sha256": ""}) + "\n")
    import tracemalloc

    tracemalloc.start()
    assert run("purge", "out", "--dry-run").status == 0
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "target", [["prosecutor"], {"a": 1}, 5, True], ids=["a list", "keys", "a number", "yes"]
)  # fmt: skip
def test_a_mark_that_was_edited_is_understood_or_named(target, run, out):
    """What is noted of nobody known is not silently left out."""
    mark = {"target": target, "sent": "2026-11-20", "channel": "post"}
    (out / "marks.jsonl").write_text(json.dumps(mark) + "\n", encoding="utf-8")
    result = run("report", "out")
    assert result.status == 1
    assert "marks.jsonl:1: is no note of a letter sent or answered" in result.err


# --- settings --------------------------------------------------------------------------------------------------------


def test_settings_of_a_folder_are_short(run, tmp_path):
    """And so is what is said of them."""
    path = tmp_path / "appealgen.toml"
    path.write_text("#" * 100_001, encoding="utf-8")
    assert "is larger than 100000 bytes" in run("write", *LETTER).err
    path.write_text("".join(f"k{n} = 1\n" for n in range(5000)), encoding="utf-8")
    result = run("write", *LETTER)
    assert result.status == 1
    assert len(result.err.splitlines()) == 101
    assert result.err.splitlines()[-1] == "appealgen.toml: has more problems: mend these first; is it the right file?"


# --- characters ------------------------------------------------------------------------------------------------------


def test_what_xml_cannot_hold_is_refused():
    """Every character of which XML 1.0 says so (section 2.2), all of them."""
    allowed = re.compile("[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
    for code in range(sys.maxunicode + 1):
        if not allowed.match(character := chr(code)):
            assert fault_in_line(character), f"U+{code:04X}"
            assert fault_in_text(character), f"U+{code:04X}"


@pytest.mark.parametrize("character", "\r\n\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", ids=lambda one: f"U+{ord(one):04X}")
def test_no_header_but_the_senders_takes_a_break_either(character, run, tmp_path):
    """To and Cc are of the address book, the subject is of the case, the attachment's name of both."""
    book = (BAD / "template-sandbox/targets.yaml").read_text(encoding="utf-8")
    address = "email: minister@sample.example"
    assert address in book
    for line in (f"email: {json.dumps(f'a{character}Bcc: b@sample.example')}",
                 f"{address}\n  cc: [{json.dumps(f'Office{character}Bcc: b@sample.example')}]"):  # fmt: skip
        (tmp_path / "book.yaml").write_text(book.replace(address, line), encoding="utf-8")
        try:
            faults = load_targets(tmp_path / "book.yaml", "targets.yaml").faults
        except InputError:
            continue
        assert faults, line
    group = tmp_path / "group"
    import shutil

    shutil.copytree(BAD / "template-sandbox", group, ignore=shutil.ignore_patterns("command", "expected", "templates"))
    words = group / "cases/example/en.yaml"
    text = words.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^subject:.*$", lambda _: f"subject: {json.dumps(f'Free her{character}Bcc: b@c.org')}", text)
    assert changed != text
    words.write_text(changed, encoding="utf-8")
    result = run("write", "--case", "example", "--target", "minister", "--date", "2026-11-20", "--format", "eml",
                 "--output", "-", cwd=group)  # fmt: skip
    assert result.status == 1
    assert "en.yaml" in result.err
    assert result.out == b""


@pytest.mark.parametrize(
    "text", ["A" + "\u0301" * 5, "عمر بن علي", "👩\u200d👩\u200d👧", "=1+1", "{{ 7*7 }}", "</w:t>"]
)
def test_those_who_sign_together_are_text(text, run, tmp_path):
    """In a list and in a table, in every format that needs no fonts."""
    (tmp_path / "names.txt").write_text(f"{text} – {text}\nBen Sample\n", encoding="utf-8")
    with (tmp_path / "names.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name", "role"], [text, text], ["Ben Sample", ""]])
    for source in ("names.txt", "names.csv"):
        for form in ("txt", "html", "eml"):
            result = run("joint", *LETTER, "--signatories", source, "--format", form, "--output", "-", "-q")
            assert result.status == 0, result.err
            import email
            import email.policy
            import html

            shown = result.text
            if form == "eml":
                shown = email.message_from_bytes(result.out, policy=email.policy.default).get_content()
            shown = html.unescape(re.sub(r"</?bdi[^>]*>", "", shown)) if form == "html" else shown
            assert shown.count(text) == 2, (source, form)


def test_a_letter_goes_in_every_format_after_all():
    """What these tests refuse is not what letters are made of."""
    for form in ("txt", "eml", "html", "docx"):
        assert render(letter_of(Signer(name="Ana Example", country="GB")), form)
