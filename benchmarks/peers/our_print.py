"""usage: our_print.py SIGNERS FILE: all letters in one file, as `appealgen batch --combine` writes it.

Prints the seconds of reading and checking the table, and those of writing the letters, with case and template at hand.
"""

import datetime
import pathlib
import sys
import time

from appealgen.batch import Part, check
from appealgen.library import Library
from appealgen.printing.combined import write_print
from appealgen.scribe import Order, Scribe
from appealgen.signers import columns
from appealgen.signers.rows import Defaults, Reading
from appealgen.signers.table import open_table

signers, file = map(pathlib.Path, sys.argv[1:])
library = Library()
names = library.column_names
table = open_table(signers, str(signers), None, lambda header: columns.name_columns(header, names))
line, header = next(table.rows())
reading = Reading(table, columns.find(header, names, {}, str(signers), line), names, Defaults())
order = Order(None, "mustafayev", ("prosecutor",), "formal", None, "docx", datetime.date(2026, 11, 20))
scribe = Scribe(order, reading, library)


def print_to(path: pathlib.Path, part: Part) -> tuple[float, float]:
    """Write *part* to *path* and return the seconds of checking and of writing."""
    begun = time.perf_counter()
    survey = check(reading, scribe, part)
    checked = time.perf_counter()
    write_print(path, scribe, part, survey, sort="as-given", duplex=False, force=True, progress=lambda _: None)
    return checked - begun, time.perf_counter() - checked


print_to(file, Part(limit=1))
print(*print_to(file, Part()))
