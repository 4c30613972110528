"""usage: mailmerge2_print.py TEMPLATE SIGNERS FILE: all letters in one file, with docx-mailmerge2."""

import csv
import pathlib
import sys

from mailmerge import MailMerge

template, signers, file = sys.argv[1:]
with pathlib.Path(signers).open(encoding="utf-8", newline="") as table:
    rows = list(csv.DictReader(table))
with MailMerge(template) as document:
    document.merge_templates(rows, separator="nextPage_section")
    document.write(file)
