"""usage: docxtpl_letters.py TEMPLATE SIGNERS FOLDER: one file a signer, as docxtpl's documentation does it."""

import csv
import pathlib
import sys

from docxtpl import DocxTemplate

template, signers, folder = sys.argv[1:]
with pathlib.Path(signers).open(encoding="utf-8", newline="") as file:
    for number, row in enumerate(csv.DictReader(file), 1):
        document = DocxTemplate(template)
        document.render(row, autoescape=True)
        document.save(f"{folder}/{number:06}.docx")
