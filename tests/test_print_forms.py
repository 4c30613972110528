"""What is written once for many letters of a Word file stands in each as in a file of its own, in the same place."""

from __future__ import annotations

import datetime
import io
import itertools
import re
import zipfile

import pytest

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.rendering import render_many
from appealgen.rendering.leaf import Leaf

DAY = datetime.date(2026, 11, 20)
LONG = "Department for Examples of Long Lines, Second Floor, Third Door on the Left, " * 2
# Of several heights, two of each: in lines, in lines that break, in a date whose town breaks; with words of their own.
SIGNERS = (
    Signer(name="Ana Example"),
    Signer(name="Ben & <Sample>"),
    Signer(name="Cleo Specimen", address=("1 Example Street", "Exampletown"), country="GB"),
    Signer(name="Dora Beispiel", address=("2 Sample Road", "Sampleton"), country="GB"),
    Signer(name="Eva Ejemplo", address=("3 Example Street", "Exampletown" * 8), country="GB"),
    Signer(name="Eli Example", address=("3 Example Street", "Exampletown, " + "Exampleshire" * 6), country="GB"),
    Signer(name="Fay Example", address=(LONG, "Exampletown"), country="GB"),
    Signer(name="Gil Sample", address=("A", "B", "C", "5 Sample Road", "Sampleton"), country="GB"),
    Signer(name="Hal Sample", address=(LONG, "6 Example Street", "Exampletown"), country="GB", message=("I teach.",)),
    Signer(name="Ida Example", address=("7 Musterweg", "10115 Berlin"), country="DE", email="ida@example.org"),
    Signer(name="Jo Example", address=("8 Example Street", "Exampletown"), country="US"),
    Signer(name="Kim Example", address=("9 Example Street", "Exampletown"), country="RU"),
    Signer(name=None, country="GB"),
)


def letters():
    """Return letters by the numbers of their windows, targets, languages and signers."""
    library = Library()
    case = library.case("mustafayev")
    windows = [None, *library.papers.windows.values()][:4]
    made = {}
    for (t, target), (n, language) in itertools.product(
        enumerate(("prosecutor", "prison-service")), enumerate(("en", "de", "fr", "ar", "ru"))
    ):
        ready = prepared(library, case, addressee(library, case, target, None), language, "formal")
        for (s, signer), (w, window) in itertools.product(enumerate(SIGNERS), enumerate(windows)):
            made[w, t, n, s] = ready.letter(sender_of(signer), DAY, window=window)
    return made


def body(package: bytes) -> str:
    """Return the text of a document without what only one of many has: sections, marks and numbers of styles."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        xml = archive.read("word/document.xml").decode().partition("<w:body>")[2]
    xml = re.sub(r'<w:sectPr.*?</w:sectPr>|<w:outlineLvl w:val="0"/>|<w:bookmark(?:Start|End)[^>]*/>', "", xml)
    return re.sub(r'(<w:pStyle w:val="[A-Za-z]+)\d+"', r'\1"', xml).removesuffix("</w:body></w:document>")


@pytest.mark.parametrize("inmost", ["signer", "language", "target", "window"])
def test_each_letter_stands_as_in_its_own_file(inmost):
    """Whatever it is in which a letter differs from the one before."""
    made = letters()
    turn = ["signer", "language", "target", "window"].index(inmost)
    order = [made[key] for key in sorted(made, key=lambda key: (*key[: 3 - turn], *key[4 - turn :], key[3 - turn]))]
    file = io.BytesIO()
    render_many([Leaf(letter, str(n), str(n)) for n, letter in enumerate(order)], "docx", file)
    written, at = body(file.getvalue()), 0
    for number, letter in enumerate(order):
        single = body(render(letter, "docx"))
        assert written[at : at + len(single)] == single, number
        at += len(single)
    assert at == len(written)
