"""How long `appealgen --help` and a text letter take, as ratios to `python -c "import click"` in the same run.

usage: python benchmarks/start.py [PAIRS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

MEASURED = {
    "appealgen --help": ["-m", "appealgen", "--help"],
    "appealgen write, txt": ["-m", "appealgen", "write", "--case", "mustafayev", "--target", "prosecutor", "--format",
                             "txt", "--output", "-"],
    "appealgen write, docx": ["-m", "appealgen", "write", "--case", "mustafayev", "--target", "prosecutor", "--format",
                              "docx", "--output", "-"],
}  # fmt: skip
BASE = ["-c", "import click"]


def seconds(arguments: list[str], folder: str) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True, env=os.environ)
    return time.perf_counter() - begin


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        for arguments in (BASE, *MEASURED.values()):
            seconds(arguments, folder)  # so that all are compiled and in the cache
        print(f"median of {pairs} pairs, whole processes")
        for name, arguments in MEASURED.items():
            both = [(seconds(arguments, folder), seconds(BASE, folder)) for _ in range(pairs)]
            ratio = statistics.median(ours / base for ours, base in both)
            ours = statistics.median(first for first, _ in both)
            print(f"{name:24} {ours * 1000:6.0f} ms  {ratio:5.2f} times importing click")


if __name__ == "__main__":
    main()
