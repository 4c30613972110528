"""How fast a print of many letters is, as ratios in the same run, and how much memory it takes.

usage: python benchmarks/print.py [--pairs N] [--letters N] [--peers-of DIR] [--in DIR] [--large]

Whole processes, unless it says otherwise; medians of pairs that run one after the other. --large adds the memory of a
Word file of 100,000 letters.
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import io
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from batch import ASK, HERE, as_word_saves_it, letter_with_fields, merge_fields, put_template, python_of, seconds, table

import appealgen
from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.rendering import render_many
from appealgen.rendering.leaf import Leaf

DAY = datetime.date(2026, 11, 20)
FEW, SOME = 300, 10_000
EMAIL = "{{ email }}"


def ours(signers: str, file: str) -> list[str]:
    return [sys.executable, *ASK, "--signers", signers, "--combine", file, "--force"]


def row(what: str, goal: str, found: float, more: str = "") -> None:
    print(f"{what:58} {found:8.2f}   goal {goal:14} {more}", flush=True)


def floor(work: Path, asked: argparse.Namespace) -> None:
    """Our time as a multiple of filling the template and deflating the same text in one stream."""
    parts = work / "parts"
    put_template(parts)
    with zipfile.ZipFile(io.BytesIO(letter_with_fields("docx", EMAIL))) as package:
        (parts / "letter.xml").write_bytes(package.read("word/document.xml"))
    least = [sys.executable, str(HERE / "peers" / "print_floor.py"), "parts", "signers.csv", "floor.bin"]
    whole, written, rates = [], [], []
    check = [sys.executable, *ASK, "--dry-run", "--signers", "signers.csv"]
    for _ in range(asked.pairs):
        took, checked, least_took = (
            seconds(ours("signers.csv", "many.docx"), work),
            seconds(check, work),
            seconds(least, work),
        )
        whole.append(took / least_took)
        written.append((took - checked) / least_took)
        rates.append(asked.letters / took)
    rate = f"({statistics.median(rates):,.0f} letters a second)"
    row("DOCX, all of it, as a multiple of the floor", "at most 2", statistics.median(whole), rate)
    row("  the writing alone, without checking the table first", "-", statistics.median(written))


def mailmerge(work: Path, asked: argparse.Namespace) -> None:
    """How many times faster than docx-mailmerge2, which keeps the whole document in memory, over the same table."""
    python = python_of(asked.peers_of, "docx-mailmerge2", ["docx-mailmerge2"])
    table(work / "some.csv", SOME)
    lean = letter_with_fields("docx", EMAIL)
    usual = as_word_saves_it(letter_with_fields("txt", EMAIL).decode())
    alone = [sys.executable, str(HERE / "peers" / "our_print.py"), "some.csv", "many.docx"]
    for name, content in (("an ordinary package", usual), ("our own small package", lean)):
        (work / "merge.docx").write_bytes(merge_fields(content))
        theirs = [python, str(HERE / "peers" / "mailmerge2_print.py"), "merge.docx", "some.csv", "theirs.docx"]
        whole, both, written, took = [], [], [], []
        for _ in range(asked.pairs):
            took_ours, took_theirs = seconds(ours("some.csv", "many.docx"), work), seconds(theirs, work)
            whole.append(took_theirs / took_ours)
            (checking, writing), (merging,) = said(alone, work), said(theirs, work)
            both.append(merging / (checking + writing))
            written.append(merging / writing)
            took.append([1e6 * part / SOME for part in (checking, writing, merging)])
        each = "(checking {:.0f}, writing {:.0f}, theirs {:.0f} microseconds a letter)".format(
            *map(statistics.median, zip(*took, strict=True))
        )
        row(f"{SOME:,} letters, docx-mailmerge2 with {name}", "at least 4", statistics.median(whole))
        row("  without starting: the table checked, and written", "-", statistics.median(both))
        row("  the writing alone, against its merging and writing", "-", statistics.median(written), each)


def said(command: list[str], folder: Path) -> list[float]:
    """Return the numbers that a command prints."""
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return [float(number) for number in done.stdout.split()]


def pdf(asked: argparse.Namespace) -> None:
    """One document of many letters against one letter each, in this process; and both as a part of each other."""
    library = Library()
    case = library.case("mustafayev")
    ready = prepared(library, case, addressee(library, case, "prosecutor", None), "en", "formal")
    letters = [
        ready.letter(
            sender_of(Signer(name=f"Ana Example {n}", address=(f"{n} Example Street", "Exampletown"), country="GB")),
            DAY,
        )
        for n in range(FEW)
    ]
    render(letters[0], "pdf")
    found = []
    for _ in range(asked.pairs):
        begun = time.perf_counter()
        for letter in letters:
            render(letter, "pdf")
        each = time.perf_counter() - begun
        begun = time.perf_counter()
        render_many([Leaf(letter, str(n), str(n)) for n, letter in enumerate(letters)], "pdf", io.BytesIO())
        found.append((time.perf_counter() - begun, each))
    rates = f"({FEW / statistics.median(b for _, b in found):,.0f} and {FEW / statistics.median(a for a, _ in found):,.0f} a second)"
    row(
        "PDF, one each, rate over that of one document",
        "at least 0.2",
        statistics.median(a / b for a, b in found),
        rates,
    )


def peaks(work: Path, form: str, counts: list[int]) -> None:
    """Most memory and time of a print by the number of its letters."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    for count in counts:
        table(work / "some.csv", count)
        begun = time.perf_counter()
        command = [sys.executable, "-c", code, *ours("some.csv", f"some.{form}")]
        done = subprocess.run(command, cwd=work, check=True, capture_output=True, encoding="utf-8")
        took = time.perf_counter() - begun
        size = (work / f"some.{form}").stat().st_size / 1e6
        print(f"{form}, {count:,} letters: {int(done.stdout) / 1024:,.0f} MiB, {took:.1f} s, {size:.2f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--letters", type=int, default=50_000)
    parser.add_argument("--peers-of", type=Path, default=Path(tempfile.gettempdir()) / "appealgen-peers")
    parser.add_argument("--in", dest="place", type=Path, help="where files are written")
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    asked.peers_of.mkdir(exist_ok=True)
    # As pip compiles what it installs, the peers among it.
    compileall.compile_dir(str(Path(appealgen.__file__).parent), quiet=1)
    with tempfile.TemporaryDirectory(dir=asked.place) as folder:
        work = Path(folder)
        table(work / "signers.csv", asked.letters)
        floor(work, asked)
        mailmerge(work, asked)
        pdf(asked)
        peaks(work, "docx", [1_000, 10_000, *([100_000] if asked.large else [])])
        peaks(work, "pdf", [100, 1_000, 2_000])


if __name__ == "__main__":
    main()
