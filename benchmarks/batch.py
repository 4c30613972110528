"""How fast a batch is, as ratios to others over the same letter text in the same run.

usage: python benchmarks/batch.py [--pairs N] [--letters N] [--peers-of DIR] [--in DIR] [--large]

Whole processes; medians of pairs that run one after the other. Each peer runs in a virtual environment of its own
below DIR, which is made and filled on the first run (docx-mailmerge2 and mailmerge share an import name). --large adds
the runs over 1,000,000 rows.
"""

from __future__ import annotations

import argparse
import compileall
import csv
import datetime
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

import appealgen
from appealgen import Library, Signer, addressee, prepared, render, sender_of

HERE = Path(__file__).parent
FIELDS = ("name", "street", "city", "email")
ASK = ["-m", "appealgen", "batch", "--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20", "-q"]
DAY = datetime.date(2026, 11, 20)


def table(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        for n in range(count):
            writer.writerow(
                [f"Signer Number {n}", f"{n} Example Street", f"1{n % 10000:04} Exampletown", f"s{n}@example.org"]
            )
    return path


def seconds(command: list[str], folder: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    )
    return time.perf_counter() - begin


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def python_of(peers: Path, name: str, packages: list[str]) -> str:
    """Return the Python of a peer's own environment, made if need be."""
    home = peers / name
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    return str(python)


def letter_with_fields(form: str, email: str | None = None) -> bytes:
    """Return our letter with {{ field }} where a signer's own words stand, and *email* below them."""
    library = Library(None)
    case = library.case("mustafayev")
    letters = prepared(library, case, addressee(library, case, "prosecutor", None), "en", "formal")
    signer = Signer(name="{{ name }}", address=("{{ street }}", "{{ city }}"), email=email)
    return render(letters.letter(sender_of(signer), DAY), form)


def as_word_saves_it(text: str) -> bytes:
    """Return a DOCX of the same paragraphs in an ordinary package: themes, styles and all, as users of the peers have."""
    import docx

    document = docx.Document()
    for paragraph in text.split("\n"):
        if paragraph:
            style = "List Bullet" if paragraph.startswith("- ") else None
            document.add_paragraph(paragraph.removeprefix("- "), style=style)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def merge_fields(content: bytes) -> bytes:
    """Return a DOCX with Word's merge fields where {{ field }} stands."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                text = part.decode()
                for field in FIELDS:
                    run = '<w:r><w:t xml:space="preserve">{{ %s }}</w:t></w:r>' % field
                    text = text.replace("<w:r><w:t>{{ %s }}</w:t></w:r>" % field, run)
                    merge = f'<w:fldSimple w:instr=" MERGEFIELD {field} "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
                    text = text.replace(run, merge)
                part = text.encode()
            package.writestr(name, part)
    return target.getvalue()


class Runs:
    """Runs commands in pairs and prints a table of ratios."""

    def __init__(self, work: Path, pairs: int) -> None:
        self.work, self.pairs = work, pairs

    def ratio(self, what: str, goal: str, ours: tuple[list[str], int], theirs: tuple[list[str], int]) -> None:
        """Print how many times faster ours is, letter for letter."""
        found, rates = [], []
        for _ in range(self.pairs):
            fresh(self.work / "out")
            a = seconds(ours[0], self.work) / ours[1]
            fresh(self.work / "out")
            b = seconds(theirs[0], self.work) / theirs[1]
            found.append(b / a)
            rates.append(1 / a)
        print(
            f"{what:52} {statistics.median(found):8.1f}   goal {goal:14} ({statistics.median(rates):,.0f} a second)",
            flush=True,
        )


def peak_mib(command: list[str], folder: Path) -> float:
    """Return the most memory that a command or a process of its own takes, in MiB."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return int(done.stdout) / 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--letters", type=int, default=20_000)
    parser.add_argument("--peers-of", type=Path, default=Path(tempfile.gettempdir()) / "appealgen-peers")
    parser.add_argument(
        "--in", dest="place", type=Path, help="where letters are written; a disk in memory shows the work alone"
    )
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    asked.peers_of.mkdir(exist_ok=True)
    # As pip compiles what it installs, the peers among it.
    compileall.compile_dir(str(Path(appealgen.__file__).parent), quiet=1)
    few = 300
    with tempfile.TemporaryDirectory(dir=asked.place) as folder:
        work = Path(folder)
        table(work / "signers.csv", asked.letters)
        table(work / "few.csv", few)
        lean, usual = letter_with_fields("docx"), as_word_saves_it(letter_with_fields("txt").decode())
        for name, content in (("lean", lean), ("usual", usual)):
            (work / f"{name}.docx").write_bytes(content)
            (work / f"{name}-merge.docx").write_bytes(merge_fields(content))
        runs = Runs(work, asked.pairs)
        docx = [sys.executable, *ASK, "--signers", "signers.csv", "--output", "out/", "--jobs", "1"]
        print(
            f"{asked.letters} letters of ours, {few} of the slower peers, medians of {asked.pairs} pairs; times faster, letter for letter",
            flush=True,
        )
        for what, goal, package, script, template in (
            ("DOCX, separate files, against docxtpl", "at least 100", "docxtpl", "docxtpl_letters.py", "usual"),
            ("  docxtpl with our own small package as template", "-", "docxtpl", "docxtpl_letters.py", "lean"),
            (
                "against python-docx building each letter",
                "at least 60",
                "python-docx",
                "python_docx_letters.py",
                "usual",
            ),
            (
                "against docx-mailmerge2, separate files",
                "at least 30",
                "docx-mailmerge2",
                "mailmerge2_letters.py",
                "usual-merge",
            ),
            (
                "  docx-mailmerge2 with our own small package",
                "-",
                "docx-mailmerge2",
                "mailmerge2_letters.py",
                "lean-merge",
            ),
        ):
            python = python_of(asked.peers_of, package, [package])
            theirs = [python, str(HERE / "peers" / script), f"{template}.docx", "few.csv", "out"]
            runs.ratio(what, goal, (docx, asked.letters), (theirs, few))
        floor(runs, docx, asked.letters)
        mail(runs, asked)
        processes(runs, asked.letters)
        rows(work)
        if asked.large:
            large(work)


def put_template(parts: Path) -> None:
    """Write the template and the values of a letter to *parts*, for a program that does nothing but fill it."""
    parts.mkdir()
    library = Library(None)
    words = library.case("mustafayev").words["en"]
    text, _ = library.template("en", "formal")
    (parts / "who").write_text(words.who, encoding="utf-8")
    (parts / "concern").write_text(words.concern, encoding="utf-8")
    facts = " ".join(words.facts.values())
    values = {"name": dict(words.name), "paragraphs": [facts[:1200], facts[1200:]], "asks": list(words.asks.values())[:3],
              "message": [], "reply": True, "plural": False, "target": {"role": "x"}}  # fmt: skip
    (parts / "template.txt").write_text(
        "".join(f"{{% set {key} = {value!r} %}}" for key, value in values.items()) + text, encoding="utf-8"
    )


def floor(runs: Runs, docx: list[str], count: int) -> None:
    """Our time as a multiple of what cannot be left out."""
    parts = runs.work / "parts"
    put_template(parts)
    letter = letter_with_fields("docx")
    (parts / "letter.docx").write_bytes(letter)
    with zipfile.ZipFile(io.BytesIO(letter)) as package:
        (parts / "document.xml").write_bytes(package.read("word/document.xml"))
    least = [sys.executable, str(HERE / "peers" / "floor.py"), "parts", str(count), "out"]
    found = []
    for _ in range(runs.pairs):
        fresh(runs.work / "out")
        a = seconds(docx, runs.work)
        fresh(runs.work / "out")
        found.append(a / seconds(least, runs.work))
    print(f"{'time as a multiple of the floor':52} {statistics.median(found):8.2f}   goal {'at most 3':14}", flush=True)


def mail(runs: Runs, asked: argparse.Namespace) -> None:
    """Drafts of emails against `mailmerge --dry-run`."""
    python = python_of(asked.peers_of, "mailmerge", ["mailmerge"])
    body = letter_with_fields("txt").decode()
    head = "TO: {{ email }}\nSUBJECT: Server Mustafayev\nFROM: office@example.org\n\n"
    (runs.work / "mail.txt").write_text(head + body, encoding="utf-8")
    (runs.work / "mail.conf").write_text("[smtp_server]\nhost = localhost\nport = 25\n", encoding="utf-8")
    ours = [sys.executable, *ASK, "--signers", "signers.csv", "--output", "out/", "--jobs", "1", "--format", "eml"]
    theirs = [str(Path(python).parent / "mailmerge"), "--dry-run", "--no-limit", "--template", "mail.txt", "--database", "signers.csv",
              "--config", "mail.conf"]  # fmt: skip
    runs.ratio("EML against mailmerge --dry-run", "at least 10", (ours, asked.letters), (theirs, asked.letters))


def processes(runs: Runs, count: int) -> None:
    """Two processes against one, where the disk holds up least and where it does most."""
    large = table(runs.work / "large.csv", count * 5)
    for what, output in (("into one archive", "out/letters.zip"), ("into a folder", "out/")):
        ask = [sys.executable, *ASK, "--signers", large.name, "--output", output, "--jobs"]
        both = (([*ask, "2"], count * 5), ([*ask, "1"], count * 5))
        runs.ratio(f"two processes against one, {what}", "at least 1.5", *both)


def rows(work: Path) -> None:
    """100,000 rows against 10,000, and checking alone against csv.reader."""
    small, big = table(work / "10k.csv", 10_000), table(work / "100k.csv", 100_000)
    ask = [sys.executable, *ASK, "--format", "txt", "--jobs", "1", "--output", "out/letters.zip", "--signers"]
    found = []
    for _ in range(3):
        fresh(work / "out")
        a = seconds([*ask, big.name], work)
        fresh(work / "out")
        found.append(a / seconds([*ask, small.name], work))
    print(f"{'100,000 rows against 10,000':52} {statistics.median(found):8.2f}   goal {'at most 10.5':14}", flush=True)
    read = [
        sys.executable,
        "-c",
        "import csv; print(sum(1 for row in csv.reader(open('100k.csv', encoding='utf-8', newline=''))))",
    ]
    check = [sys.executable, *ASK, "--dry-run", "--signers", big.name]
    nothing = [sys.executable, "-c", "pass"]
    start = [sys.executable, *ASK, "--dry-run", "--signers", table(work / "one.csv", 1).name]
    found = []
    for _ in range(3):
        ours = seconds(check, work) - seconds(start, work)
        found.append(ours / (seconds(read, work) - seconds(nothing, work)))
    print(
        f"{'checking alone as a multiple of csv.reader':52} {statistics.median(found):8.1f}   goal {'at most 15':14}",
        flush=True,
    )


def large(work: Path) -> None:
    """Memory at 1,000,000 rows against 10,000."""
    table(work / "1m.csv", 1_000_000)
    for what, output in (("archive", "out/letters.zip"), ("folder", "out/")):
        peaks = []
        for name in ("10k.csv", "1m.csv"):
            fresh(work / "out")
            ask = [sys.executable, *ASK, "--format", "txt", "--jobs", "1", "--output", output, "--signers", name]
            peaks.append(peak_mib(ask, work))
        more = peaks[1] - peaks[0]
        print(
            f"{f'memory at 1,000,000 rows over 10,000, {what}, MiB':52} {more:8.1f}   goal {'at most 64':14}",
            flush=True,
        )


if __name__ == "__main__":
    main()
