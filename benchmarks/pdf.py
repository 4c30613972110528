"""Letters a second as PDF, against LibreOffice converting the same letters as DOCX in one process.

python benchmarks/pdf.py [--letters 300]
"""

import argparse
import datetime
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from appealgen import Library, Signer, addressee, prepared, render, sender_of

DAY = datetime.date(2026, 11, 20)


def letters(count, language="en"):
    library = Library()
    case = library.case("mustafayev")
    ready = prepared(library, case, addressee(library, case, "prosecutor", None), language, "formal")
    for n in range(count):
        lines = (f"{n} Example Street", f"Exampletown {n}")
        yield ready.letter(sender_of(Signer(name=f"Ana Example {n}", address=lines, country="GB")), DAY)


def ours(language, count):
    wanted = list(letters(count + 1, language))
    render(wanted.pop(), "pdf")
    begun = time.perf_counter()
    for letter in wanted:
        render(letter, "pdf")
    return count / (time.perf_counter() - begun)


def theirs(count, folder):
    """LibreOffice is asked for 100 at once, since it has left some out where there were more."""
    files = [folder / f"{n}.docx" for n in range(min(count, 100))]
    for file, letter in zip(files, letters(len(files)), strict=True):
        file.write_bytes(render(letter, "docx"))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, files[0]], check=True, capture_output=True)
    begun = time.perf_counter()
    subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True)
    took = time.perf_counter() - begun
    assert len(list(folder.glob("*.pdf"))) == len(files)
    return len(files) / took


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int, default=300)
    count = parser.parse_args().letters
    for language in ("en", "ru", "ar"):
        print(f"{language}: {statistics.median(ours(language, count) for _ in range(3)):.0f} letters a second")
    if shutil.which("soffice"):
        pairs = []
        for _ in range(3):
            with tempfile.TemporaryDirectory() as place:
                pairs.append((ours("en", count), theirs(count, Path(place))))
        print(f"LibreOffice: {statistics.median(b for _, b in pairs):.0f} letters a second, its start included")
        print(f"ratio: {statistics.median(a / b for a, b in pairs):.1f}")
