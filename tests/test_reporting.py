"""Batches counted, noted as sent, due for another letter, out of date."""

from __future__ import annotations

import csv
import io
import json

import pytest

from appealgen.library import shipped

SIGNERS = """name,city,country,language
Ana Example,Exampletown,GB,en
Ben Sample,Sampleville,DE,ru
Cem Örnek,Örnekköy,GB,en
"""
DAY = ("--date", "2026-09-30")


@pytest.fixture
def batch(run, tmp_path):
    """Write two batches, one of them an archive, in folders of a folder."""
    (tmp_path / "signers.csv").write_text(SIGNERS, encoding="utf-8")
    what = ("batch", "--case", "mustafayev", "--signers", "signers.csv", "--format", "txt", "-q", *DAY)
    assert run(*what, "--target", "prosecutor", "--target", "embassy", "--output", "all/one/").status == 0
    assert run(*what, "--target", "prosecutor", "--output", "all/two.zip").status == 0
    return run


def add_line(folder, line):
    with (folder / "all/one/marks.jsonl").open("ab") as file:
        file.write(line)


def counted(run, *args):
    return list(csv.reader(io.StringIO(run("report", *args, "--csv").text)))


def test_counts_by_everything(batch):
    """Each language and channel of each batch, found wherever they lie; a place that is named twice counts once."""
    rows = counted(batch, "all", "all/one", "all/two.zip")
    assert rows[0] == ["case", "target", "language", "channel", "month", "letters"]
    assert rows[1:] == [
        ["mustafayev", "embassy", "en", "not sent", "2026-09", "2"],
        ["mustafayev", "embassy", "ru", "not sent", "2026-09", "1"],
        ["mustafayev", "prosecutor", "en", "not sent", "2026-09", "4"],
        ["mustafayev", "prosecutor", "ru", "not sent", "2026-09", "2"],
    ]
    assert counted(batch, "all", "--by", "target")[1:] == [["embassy", "3"], ["prosecutor", "6"]]
    told = json.loads(batch("report", "all", "--by", "language", "--json").text)
    assert told == [{"language": "en", "letters": 6}, {"language": "ru", "letters": 3}]
    shown = batch("report", "all", "--by", "language")
    assert shown.text.splitlines()[1].endswith("#" * 24)
    assert shown.text.splitlines()[2].endswith(" " + "#" * 12)
    assert "9 letters, 0 of them noted as sent" in shown.err


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("width", [1, *range(40, 81)])
def test_a_report_on_a_narrow_terminal(width, long, run, tmp_path, monkeypatch):
    """The bars go before anything else does, and do not stand below: the number says the same."""
    case, alias = ("example-of-an-id-as-long-as-some-are", "office-of-a-sample-ville") if long else ("one", "minister")
    monkeypatch.setenv("TERM", "xterm")
    (tmp_path / "out").mkdir()
    kit = {"target": "no-minister", "tone": "formal", "address": "", "asks": "", "words": ""}
    lines = [
        {"run": {"format_of_journal": 1, "case": case, "targets": [alias], "format": "txt", "file_name": None,
                 "date": "2026-09-30", "part": None, "subfolders": False}},
        *({"kit": kit_id, "alias": alias, "language": kit_id, **kit} for kit_id in ("en", "ru")),
        *({"n": n, "row": "", "kit": "en" if n < 3 else "ru", "file": f"{n}.txt", "sha256": ""} for n in (1, 2, 3)),
        {"finished": True},
    ]  # fmt: skip
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (tmp_path / "out" / "journal.jsonl").write_text(text, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("report", "out")
    assert result.status == 0
    for line in result.text.splitlines():
        assert len(line) <= width or len(line.split()) == 1, line
    for word in (case, alias, "en", "ru", "not", "sent", "2026-09", "2", "1"):
        assert word in result.text.split()
    bars = [word for word in result.text.split() if set(word) == {"#"}]
    # The other columns of the short one take 52, with a gap of 2 and bars of 6 beside them.
    assert bool(bars) == (width >= 60 and not long), result.text


def test_no_name_is_in_a_report(batch, tmp_path):
    """Nor in what it is made from."""
    batch("mark", "all/one", "--sent", "2026-11-21")
    texts = [batch("report", "all", *form).text for form in ((), ("--csv",), ("--json",))]
    texts += [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.jsonl")]
    assert len(texts) == 6
    for text in texts:
        assert not any(name in text for name in ("Ana", "Ben", "Cem", "Exampletown"))


def test_what_was_sent(batch, tmp_path):
    """For a target or all of a batch; the last note counts, also for what one before said of part of it."""
    assert batch("mark", "all/one", "--sent", "2026-10-31", "--target", "embassy").status == 0
    assert batch("mark", "all/two.zip", "--sent", "2026-11-01", "--channel", "fax").status == 0
    assert counted(batch, "all", "--by", "channel", "--by", "month")[1:] == [
        ["fax", "2026-11", "3"],
        ["not sent", "2026-09", "3"],
        ["post", "2026-10", "3"],
    ]
    batch("mark", "all/one", "--sent", "2026-11-02", "--channel", "web-form")
    assert counted(batch, "all", "--by", "channel")[1:] == [["fax", "3"], ["web-form", "6"]]
    # The journals are as they were: the same batch still finds itself done.
    again = batch(
        "batch", "--case", "mustafayev", "--signers", "signers.csv", "--format", "txt", *DAY,
        "--target", "prosecutor", "--target", "embassy", "--output", "all/one/",
    )  # fmt: skip
    assert "0 written, 6 there already" in again.err
    add_line(tmp_path, b'{"target": null, "sent": "2026-')  # cut off
    assert counted(batch, "all", "--by", "channel")[1:] == [["fax", "3"], ["web-form", "6"]]


def test_what_is_due(batch, tmp_path):
    """What was sent, so many weeks ago, and was not answered since."""
    (tmp_path / "answer.pdf").write_bytes(b"a scan")
    batch("mark", "all/one", "--sent", "2026-10-01")
    due = ("due", "all", "--weeks", "6", "--json")
    assert json.loads(batch(*due, "--date", "2026-11-11").text) == []
    rows = json.loads(batch(*due, "--date", "2026-11-12").text)
    assert [(row["due"], row["target"], row["letters"], row["where"]) for row in rows] == [
        ("2026-11-12", "embassy", 3, "all/one"),
        ("2026-11-12", "prosecutor", 3, "all/one"),
    ]
    assert len(json.loads(batch(*due, "--date", "2026-10-02", "--all").text)) == 2
    batch("mark", "all/one", "--reply", "answer.pdf", "--target", "prosecutor", "--date", "2026-10-20")
    assert [row["target"] for row in json.loads(batch(*due, "--date", "2026-11-12").text)] == ["embassy"]
    # Written to again after the answer: it waits anew.
    batch("mark", "all/one", "--sent", "2026-11-01", "--target", "prosecutor")
    assert len(json.loads(batch(*due, "--date", "2026-12-24").text)) == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("report", "."), "holds no journal"),
        (("mark", "all"), "give one of the two"),
        (("mark", "all", "--sent", "2026-11-01"), "holds several batches"),
        (("mark", "all/one", "--sent", "2999-01-01"), "still to come"),
        (("mark", "all/one", "--sent", "2026-11-01", "--target", "minister"), "it has letters to embassy, prosecutor"),
        (("mark", "all/one", "--reply", "nothing.pdf"), "there is no file"),
        (("mark", "all/one", "--sent", "2026-11-01", "--date", "2026-11-01"), "--reply"),
        (("mark", "all/one", "--reply", "signers.csv", "--channel", "post"), "--sent"),
        (("report", "all", "--csv", "--json"), "leave one of them out"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_makes_no_sense(batch, tmp_path, args, said):
    """One message, and nothing is noted."""
    (tmp_path / "empty").mkdir()
    result = batch(*args, cwd=tmp_path / "empty" if args[1] == "." else None)
    assert result.status == 2
    assert said in result.err
    assert not list(tmp_path.rglob("marks.jsonl"))


def test_marks_that_somebody_has_written_in(batch, tmp_path):
    """Are named, with the line."""
    batch("mark", "all/one", "--sent", "2026-11-01")
    add_line(tmp_path, b"sent yesterday\n")
    result = batch("report", "all")
    assert result.status == 1
    assert "marks.jsonl:2: is no note" in result.err


def test_letters_that_would_say_something_else(batch, tmp_path):
    """An address, an ask and the words that changed since, each by its name, and only where they did."""
    assert batch("stale", "all").status == 0
    book = (shipped() / "targets.yaml").read_text(encoding="utf-8")
    begin = book.index("ru-prosecutor-general:")
    entry = book[begin : book.index("\n\n", begin)]
    (tmp_path / "targets.yaml").write_text(entry.replace("15a", "15b") + "\n", encoding="utf-8")
    own = tmp_path / "cases/mustafayev"
    own.mkdir(parents=True)
    words = (shipped() / "cases/mustafayev/ru.yaml").read_text(encoding="utf-8")
    assert "Крымской солидарности" in words
    (own / "ru.yaml").write_text(words.replace("Крымской солидарности", "такой группы"), encoding="utf-8")
    result = batch("stale", "all", "--json")
    assert result.status == 1
    rows = json.loads(result.text)["letters"]
    assert {(row["where"], row["target"], row["language"]): (row["letters"], row["why"]) for row in rows} == {
        ("all/one", "prosecutor", "en"): (2, "the address changed"),
        ("all/one", "prosecutor", "ru"): (1, "the address changed; the words changed"),
        ("all/one", "embassy", "ru"): (1, "the words changed"),
        ("all/two.zip", "prosecutor", "en"): (2, "the address changed"),
        ("all/two.zip", "prosecutor", "ru"): (1, "the address changed; the words changed"),
    }


def test_letters_of_a_case_that_is_closed_since(batch, tmp_path):
    """Is the first thing to know."""
    case = (shipped() / "cases/mustafayev/case.yaml").read_text(encoding="utf-8")
    closed = 'status: closed\nclosed_on: 2026-11-21\noutcome: "Made up for this test."\n'
    own = tmp_path / "cases/mustafayev"
    own.mkdir(parents=True)
    (own / "case.yaml").write_text(case.replace("status: active\n", closed), encoding="utf-8")
    for words in (shipped() / "cases/mustafayev").glob("??.yaml"):
        (own / words.name).write_bytes(words.read_bytes())
    rows = json.loads(batch("stale", "all/one", "--json").text)["letters"]
    assert {row["why"] for row in rows} == {"the case is closed (21 November 2026)"}


def test_facts_that_are_old(run):
    """Open cases and the addresses that they write to, by the last day that a date can mean; where to look."""

    def found(*args):
        return {row["id"]: row for row in json.loads(run("stale", "--json", *args).text)["facts"]}

    fresh = found("--date", "2026-11-21", "--days", "36500")
    assert fresh == {}
    old = found("--date", "2026-11-21", "--days", "365")
    assert old["ru-prosecutor-general"]["last looked up"] == "2023-04-21"
    assert old["ru-prosecutor-general"]["look at"].startswith("https://")
    assert "mustafayev" not in old, "its sources were looked at yesterday"
    assert "az-president" not in old, "no open case writes there"
    later = found("--date", "2028-01-01", "--days", "365")
    assert later["mustafayev"]["what"] == "case"
    # 21 April 2023 and 1,000 days are 15 January 2026.
    assert "ru-prosecutor-general" not in found("--date", "2026-01-15", "--days", "1000")
    assert "ru-prosecutor-general" in found("--date", "2026-01-16", "--days", "1000")


def test_facts_of_the_letters_alone(batch):
    """With folders only the cases and addresses of their letters: no embassy to which nobody wrote."""
    late = ("--date", "2028-01-01", "--json")
    every = {row["id"] for row in json.loads(batch("stale", *late).text)["facts"]}
    found = {row["id"] for row in json.loads(batch("stale", "all", *late).text)["facts"]}
    assert found == {"mustafayev", "ru-prosecutor-general", "ru-embassy-gb", "ru-embassy-de"}
    assert found < every
    one = {row["id"] for row in json.loads(batch("stale", "all/two.zip", *late).text)["facts"]}
    assert one == {"mustafayev", "ru-prosecutor-general"}


def test_no_letter_goes_out_before_its_date(batch):
    """The message names both days; the day itself will do."""
    for option in (("--sent", "2026-09-29"), ("--reply", "signers.csv", "--date", "2026-09-29")):
        result = batch("mark", "all/one", *option)
        assert result.status == 2
        assert "2026-09-29 is before 2026-09-30, the date of the letters" in result.err
    assert not [*batch("report", "all", "--by", "channel", "--csv").text.split("post")][1:]
    assert batch("mark", "all/one", "--sent", "2026-09-30").status == 0


def test_one_word_for_two_offices(run, tmp_path):
    """What was sent to one embassy says nothing of the letters to another."""
    (tmp_path / "signers.csv").write_text(
        "name,country\nAna Example,GB\nBen Sample,DE\nCleo Sample,DE\n", encoding="utf-8"
    )
    what = ("--case", "mustafayev", "--target", "embassy", "--signers", "signers.csv", "--format", "txt", "-q", *DAY)
    assert run("batch", *what, "--output", "out/").status == 0
    for target, number in (("ru-embassy-gb", 1), ("ru-embassy-de", 2)):
        (tmp_path / "out/marks.jsonl").unlink(missing_ok=True)
        assert run("mark", "out", "--sent", "2026-10-01", "--target", target).status == 0
        rows = json.loads(run("due", "out", "--date", "2027-01-01", "--json").text)
        assert [row["letters"] for row in rows] == [number]


def test_a_note_after_one_that_was_cut_off(batch, tmp_path):
    """The half is taken away; the new one is kept."""
    add_line(tmp_path, b'{"target": null, "sent": "2026-')
    assert batch("mark", "all/one", "--sent", "2026-11-02", "--channel", "fax").status == 0
    assert counted(batch, "all/one", "--by", "channel")[1:] == [["fax", "6"]]


def test_a_purged_batch_takes_its_notes_along(batch, tmp_path):
    """Else the next batch there would count as sent."""
    batch("mark", "all/one", "--sent", "2026-11-02")
    assert batch("purge", "all/one", "--yes").status == 0
    assert not (tmp_path / "all/one").exists()
    batch("mark", "all/two.zip", "--sent", "2026-11-02")
    assert batch("purge", "all/two.zip", "--yes").status == 0
    assert not (tmp_path / "all").exists()


def test_what_is_not_written_leaves_nothing_to_report(run, tmp_path):
    """No folder, no journal."""
    (tmp_path / "signers.csv").write_text("name,country\nAna Example,Narnia\n", encoding="utf-8")
    what = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv")
    for output in ("new/letters/", "new/letters.zip"):
        assert run(*what, "--output", output).status == 1
        assert not (tmp_path / "new").exists()
