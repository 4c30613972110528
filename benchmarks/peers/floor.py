"""usage: floor.py PARTS COUNT FOLDER: what no program can leave out.

Renders the compiled template, deflates one document part, and writes the same bytes to the same folder.
"""

import os
import pathlib
import sys
import zlib

import jinja2

parts, count, folder = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
template = jinja2.Environment().from_string((parts / "template.txt").read_text(encoding="utf-8"))  # noqa: S701
values = {name: (parts / name).read_text(encoding="utf-8") for name in ("who", "concern")}
document = (parts / "document.xml").read_bytes()
letter = (parts / "letter.docx").read_bytes()
for number in range(1, count + 1):
    template.render(number=number, **values)
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packer.compress(document)
    packer.flush()
    handle = os.open(f"{folder}/{number:06}-mustafayev-prosecutor-en.docx", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(handle, letter)
    os.close(handle)
