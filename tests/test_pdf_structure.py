"""What a screen reader and an archive find in a PDF, read with pikepdf, which knows nothing of what wrote it."""

from __future__ import annotations

import datetime
import io

import pytest

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.letter import Bullets, Paragraph

pytest.importorskip("typst", reason="typst is not installed")
pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not installed")

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
CASE = LIBRARY.case("mustafayev")
ANA = Signer(name="Ana Example", address=("17 Long Example Street", "Exampletown EX1 2MP"), country="GB")


def a_letter(language, *, signer=ANA, gloss=None):
    to = addressee(LIBRARY, CASE, "prosecutor", None)
    return prepared(LIBRARY, CASE, to, language, "formal", gloss=gloss).letter(sender_of(signer), DAY)


def opened(letter):
    return pikepdf.open(io.BytesIO(render(letter, "pdf")))


def elements(node):
    """Yield the tags of the structure below *node*, in the order in which they are read."""
    children = node.get("/K")
    if children is None:
        return
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S)
            yield from elements(child)


def fonts(pdf):
    return [font for page in pdf.pages for _, font in page.Resources.Font.items()]


@pytest.mark.parametrize("language", ["en", "ru", "ar", "de"])
def test_structure(language):
    """A heading, a paragraph for each, a real list with its items; the language of the text; marked as tagged."""
    letter = a_letter(language)
    with opened(letter) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == letter.language
        assert root.ViewerPreferences.DisplayDocTitle
        tags = list(elements(root.StructTreeRoot))
        assert tags.count("/H1") == 1
        bullets = [len(block.items) for block in letter.body if isinstance(block, Bullets)]
        assert tags.count("/L") == len(bullets)
        assert tags.count("/LI") == tags.count("/LBody") == sum(bullets)
        paragraphs = sum(isinstance(block, Paragraph) for block in letter.body)
        around = (
            len(letter.inside_address) + len(letter.sender) + 3
        )  # date, salutation, close; the name is a sender's line
        assert tags.count("/P") >= paragraphs + around
        assert not {"/Figure", "/Formula"} & set(tags)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == letter.subject
            assert "dc:creator" not in metadata
        assert str(pdf.docinfo.Title) == letter.subject
        assert "/Author" not in pdf.docinfo


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_fonts_and_nothing_that_runs(language):
    """Each font is in the file with what turns it into text again; no script, no link, no file, no form."""
    with opened(a_letter(language)) as pdf:
        for font in fonts(pdf):
            assert "/ToUnicode" in font
            assert str(font.BaseFont)[7] == "+", "a subset"
            (descendant,) = font.DescendantFonts
            descriptor = descendant.FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
        assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(pdf.Root.keys())
        assert all("/Annots" not in page and "/AA" not in page for page in pdf.pages)


def test_the_copy_for_the_signer_is_a_table_in_its_own_language():
    """Rows and cells are tagged, and what is in another language says so."""
    letter = a_letter("ru", gloss="en")
    with opened(letter) as pdf:
        tags = list(elements(pdf.Root.StructTreeRoot))
        assert tags.count("/Table") == 1
        assert tags.count("/LI") == 3 * sum(pair.bullet for pair in letter.gloss.pairs)
        assert tags.count("/TR") == len(letter.gloss.pairs) + 1
        assert (tags.count("/TH"), tags.count("/TD")) == (2, 2 * len(letter.gloss.pairs))
        languages = {str(node.Lang) for node in pdf.objects if isinstance(node, pikepdf.Dictionary) and "/Lang" in node}
        assert {letter.language, letter.gloss.language} <= languages
