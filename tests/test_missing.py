"""A signer in whose country no embassy is known: that letter is missing, all others are written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

ASK = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--target", "embassy", "--target", "prison-service",
       "--signers", "signers.csv", "--date", "2026-11-20", "--format", "txt")  # fmt: skip
SIGNERS = """name,country
Ana Example,GB
Bo Exemplo,BR
Cleo Specimen,DE
Dora Exemplo,BR
"""
MISSING = "--target embassy: the address book has no embassy of Russia in Brazil: add it to targets.yaml"
EMBASSY = """ru-embassy-br:
  role: ambassador
  country: RU
  located_in: BR
  languages: [ru, en]
  office:
    en: Ambassador of the Russian Federation to Brazil
  address:
    - Embassy of the Russian Federation
    - 1 Example Avenue
    - Brasilia
  verified_on: 2026-11-20
  source: made up for this test
"""


@pytest.fixture(autouse=True)
def table(tmp_path):
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")


def found(place: Path) -> dict[str, bytes]:
    if place.is_dir():
        return {path.name: path.read_bytes() for path in place.glob("*.txt")}
    with zipfile.ZipFile(place) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def named(*which: tuple[int, str]) -> set[str]:
    return {f"{row:06}-mustafayev-{target}-en.txt" for row, target in which}


EVERY = named(*((row, target) for row in range(1, 5) for target in ("prosecutor", "embassy", "prison-service")))
ABSENT = named((2, "embassy"), (4, "embassy"))


@pytest.mark.parametrize("output", ["out", "out.zip"])
def test_the_others_are_written_and_the_missing_one_when_its_embassy_is_known(run, tmp_path, output):
    """Said once with its lines, counted, in --problems for each; numbers and bytes stay what they will be."""
    done = run(*ASK, "--output", output, "--problems", "all.txt")
    assert done.status == 1
    assert f"signers.csv:3, 5: {MISSING}" in done.err
    assert "2 letters are missing for want of an embassy" in done.err
    assert "10 written, 0 there already" in done.err
    lines = (tmp_path / "all.txt").read_text(encoding="utf-8").splitlines()
    assert [line.partition(" --target")[0] for line in lines] == ["signers.csv:3:", "signers.csv:5:"]
    before = found(tmp_path / output)
    assert set(before) == EVERY - ABSENT
    again = run(*ASK, "--output", output, "--json")
    assert again.status == 1
    said = json.loads(again.text)
    assert (said["written"], said["there"], said["missing"], said["bad_rows"], said["problems"]) == (0, 10, 2, 0, 0)
    assert found(tmp_path / output) == before
    (tmp_path / "targets.yaml").write_text(EMBASSY, encoding="utf-8")
    later = run(*ASK, "--output", output)
    assert later.status == 0, later.err
    after = found(tmp_path / output)
    assert set(after) == EVERY
    assert {name: after[name] for name in before} == before
    # What comes later stands where it would have stood, and is whole.
    assert run(*ASK, "--output", f"once-{output}", "-q").status == 0
    assert found(tmp_path / f"once-{output}") == after
    if output.endswith(".zip"):
        assert (tmp_path / f"once-{output}").read_bytes() == (tmp_path / output).read_bytes()
    assert json.loads(run(*ASK, "--output", output, "--json").text)["there"] == 12


def test_an_archive_that_was_broken_off_is_gone_on_with_in_order(run, tmp_path):
    """An embassy that is added in between comes before what is there already."""
    assert run(*ASK, "--output", "out.zip", "-q").status == 1
    (tmp_path / "out.zip").rename(tmp_path / "out.zip.part")
    journal = tmp_path / "out.zip.journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'{"finished":true}\n', b""))
    (tmp_path / "targets.yaml").write_text(EMBASSY, encoding="utf-8")
    assert run(*ASK, "--output", "out.zip", "-q").status == 0
    assert run(*ASK, "--output", "once.zip", "-q").status == 0
    assert (tmp_path / "once.zip").read_bytes() == (tmp_path / "out.zip").read_bytes()


def test_nothing_but_missing_letters(run, tmp_path):
    """Then nothing is written at all, and no folder stays."""
    ask = ("batch", "--case", "mustafayev", "--target", "embassy", "--signers", "signers.csv", "--only", "3")
    done = run(*ask, "--output", "out/")
    assert (done.status, done.err.splitlines()[-1]) == (1, "nothing is written: no letter can be")
    assert not (tmp_path / "out").exists()
    assert run(*ask, "--combine", "evening.docx").status == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["signers.csv"]


def test_a_print_labels_and_envelopes_have_the_others(run, tmp_path):
    """Exit status 1, as not all could be."""
    done = run(*ASK[:-2], "--combine", "evening.docx")
    assert (done.status, "10 written" in done.err) == (1, True)
    pytest.importorskip("typst", reason="typst is not installed")
    what = ("--case", "mustafayev", "--target", "embassy", "--target", "prosecutor", "--signers", "signers.csv")
    for how in (("labels", "--sheet", "L7160"), ("envelopes", "--size", "dl")):
        printed = run(*how, *what, "--output", f"{how[0]}.pdf", "--json")
        assert printed.status == 1
        assert json.loads(printed.text)["targets"] == {"prosecutor": 4, "embassy": 2}
    assert (tmp_path / "labels.pdf").is_file()


def test_an_embassy_with_a_fault_is_pointed_to(run, tmp_path):
    """Who has added it would wonder why it is not found."""
    (tmp_path / "targets.yaml").write_text(EMBASSY.replace("office:", "ofice:"), encoding="utf-8")
    done = run(*ASK, "--output", "out/", "-q")
    assert done.status == 1
    assert "an entry with a fault does not count: see ru-embassy-br in `appealgen check`" in done.err


def test_a_row_with_a_fault_still_stops_all(run, tmp_path):
    """What can be mended in the table is mended first."""
    (tmp_path / "signers.csv").write_text(SIGNERS + ",GB\n", encoding="utf-8")
    done = run(*ASK, "--output", "out/")
    assert (done.status, "nothing is written: mend the table" in done.err) == (1, True)
    assert not (tmp_path / "out").exists()


def test_a_run_that_fails_early_keeps_what_it_has_noted(run, tmp_path):
    """Letters without a journal could neither be gone on with nor purged."""
    ask = [*ASK[:5], *ASK[9:], "--output", "out", "--jobs", "1", "-q"]
    in_the_way = tmp_path / "out" / "000003-mustafayev-prosecutor-en.txt"
    in_the_way.mkdir(parents=True)
    assert run(*ask, "--force").status == 1
    assert len(list((tmp_path / "out").glob("00000[12]-*.txt"))) == 2
    assert (tmp_path / "out" / "journal.jsonl").read_text(encoding="utf-8").count('"file"') == 2
    in_the_way.rmdir()
    assert run(*ask).status == 0
    assert run("purge", "out", "--yes").status == 0
    assert not (tmp_path / "out").exists()


def test_a_print_never_lacks_a_letter_silently(run, tmp_path, monkeypatch):
    """What could be written when it was checked, and cannot any more, stops the print; nothing is written."""
    from appealgen.printing import combined

    real = combined.pieces

    def changed(*args, **kwargs):
        (tmp_path / "signers.csv").write_text("name,country\nAna Example,GB\n", encoding="utf-8")
        yield from list(real(*args, **kwargs))[:1]

    monkeypatch.setattr(combined, "pieces", changed)
    for form in ("docx", "pdf"):
        result = run(*ASK[:5], *ASK[9:13], "--combine", f"all.{form}", "-q")
        assert result.status == 1
        assert "3 letters are not written, though all was well when it was checked" in result.err
        (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["signers.csv"]


@pytest.mark.parametrize("command", ["write", "preview", "joint"])
def test_all_are_those_that_there_are(run, tmp_path, command):
    """Where `all` includes an embassy that is not in the book, the others are written, and it is said."""
    what = ["--case", "mustafayev", "--target", "all", "--country", "ES", "--date", "2026-11-20"]
    what += ["--signatories", "signers.csv"] if command == "joint" else []
    result = run(command, *what, *(["--output", "all/"] if command != "preview" else []))
    assert result.status == 0
    assert "the address book has no embassy of Russia in Spain" in result.err
    if command != "preview":
        assert {path.name.split("-")[1] for path in (tmp_path / "all").iterdir()} == {"prosecutor", "prison"}
    assert run(command, *what, "--target", "embassy").status == 0
    alone = [word if word != "all" else "embassy" for word in what]
    assert run(command, *alone).status == 1


def test_the_title_of_an_own_entry_is_asked_for_in_its_own_file(run, tmp_path):
    """Nobody edits what ships."""
    (tmp_path / "targets.yaml").write_text(EMBASSY, encoding="utf-8")
    result = run("write", "--case", "mustafayev", "--target", "embassy", "--country", "BR", "--language", "de")
    assert result.status == 1
    assert "targets.yaml: ru-embassy-br.office.de." in result.err
    assert "offices.yaml" not in result.err


def test_an_office_without_a_title_is_a_fault(run, tmp_path):
    (tmp_path / "targets.yaml").write_text(EMBASSY.replace("  office:\n    en: Amb", "  office: {}\n  note: Amb"))
    for command in (("check",), ("show", "target", "ru-embassy-br")):
        result = run(*command)
        assert result.status == 1
        assert "targets.yaml:6: ru-embassy-br.office: is empty" in result.text + result.err
    assert "ru-embassy-br" in run("list", "targets").err
