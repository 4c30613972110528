"""usage: print_floor.py PARTS SIGNERS FILE: what no program can leave out of a print.

Reads the table, renders the compiled template for each row, and deflates the same text in one stream.
"""

import csv
import pathlib
import sys
import zlib

import jinja2

parts, signers, file = map(pathlib.Path, sys.argv[1:])
template = jinja2.Environment().from_string((parts / "template.txt").read_text(encoding="utf-8"))  # noqa: S701
values = {name: (parts / name).read_text(encoding="utf-8") for name in ("who", "concern")}
letter = (parts / "letter.xml").read_text(encoding="utf-8")
packer = zlib.compressobj(3, zlib.DEFLATED, -15)  # the level of the combined file
with signers.open(encoding="utf-8", newline="") as table, file.open("wb") as output:
    for number, row in enumerate(csv.DictReader(table), 1):
        template.render(number=number, **values)
        text = letter
        for field, value in row.items():
            text = text.replace("{{ " + field + " }}", value)
        output.write(packer.compress(text.encode()))
    output.write(packer.flush())
