"""usage: python_docx_letters.py TEMPLATE SIGNERS FOLDER: each letter built paragraph by paragraph."""

import csv
import pathlib
import sys

import docx

template, signers, folder = sys.argv[1:]
pattern = [(paragraph.style.name, paragraph.text) for paragraph in docx.Document(template).paragraphs]
with pathlib.Path(signers).open(encoding="utf-8", newline="") as file:
    for number, row in enumerate(csv.DictReader(file), 1):
        document = docx.Document()
        for style, text in pattern:
            for field, value in row.items():
                text = text.replace("{{ " + field + " }}", value)  # noqa: PLW2901
            document.add_paragraph(text, style="List Bullet" if style == "List Bullet" else None)
        document.save(f"{folder}/{number:06}.docx")
