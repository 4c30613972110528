"""usage: mailmerge2_print.py TEMPLATE SIGNERS FILE: all letters in one file, with docx-mailmerge2.

Prints the seconds of merging and writing, with the template opened and the rows at hand.
"""

import csv
import pathlib
import sys
import time

from mailmerge import MailMerge

template, signers, file = sys.argv[1:]
with pathlib.Path(signers).open(encoding="utf-8", newline="") as table:
    rows = list(csv.DictReader(table))
with MailMerge(template) as document:
    begun = time.perf_counter()
    document.merge_templates(rows, separator="nextPage_section")
    document.write(file)
    print(time.perf_counter() - begun)
