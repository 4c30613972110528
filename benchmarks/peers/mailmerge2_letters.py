"""usage: mailmerge2_letters.py TEMPLATE SIGNERS FOLDER: one file a signer, with docx-mailmerge2."""

import csv
import pathlib
import sys

from mailmerge import MailMerge

template, signers, folder = sys.argv[1:]
with pathlib.Path(signers).open(encoding="utf-8", newline="") as file:
    for number, row in enumerate(csv.DictReader(file), 1):
        with MailMerge(template) as document:
            document.merge(**row)
            document.write(f"{folder}/{number:06}.docx")
