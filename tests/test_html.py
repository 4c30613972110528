"""HTML to paste into a mail program, read by the standard library's own parser."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser

import pytest
from reading import words

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.selection import written_languages

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
CASE = LIBRARY.case("mustafayev")
LANGUAGES = written_languages(LIBRARY, CASE)
NOBODY = Signer(name=None)
ANA = Signer(name="Ana Example", address=("1 Example Street", "Exampletown"), email="ana@example.org", country="GB")
VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """The elements of a page with their attributes, its text, and what was left open."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.text += "\n" * (tag == "td")

    def handle_data(self, data):
        if "body" in self.open:
            self.text += data

    def attributes(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def a_letter(language="en", tone="formal", signer=ANA, gloss=None):
    to = addressee(LIBRARY, CASE, "prosecutor", None)
    return prepared(LIBRARY, CASE, to, language, tone, gloss=gloss).letter(sender_of(signer), DAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", ["formal", "urgent"])
def test_the_words_are_those_of_the_text(language, tone):
    """In their order; each part is what it is."""
    for signer in (ANA, NOBODY):
        letter = a_letter(language, tone, signer)
        content = render(letter, "html")
        assert content == render(letter, "html")
        page = Page(content)
        assert page.open == []
        assert words(page.text) == words(render(letter, "txt").decode())
        assert page.attributes("html") == [{"lang": letter.language, "dir": letter.direction}]
        assert len(page.attributes("address")) == 1 + bool(signer.name)
        asks = sum(len(getattr(block, "items", ())) for block in letter.body)
        assert len(page.attributes("li")) == asks > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_and_nothing_is_fetched(language):
    """No script, style sheet, image, link, form or handler: what a mail program would take out or warn of."""
    content = render(a_letter(language, gloss="en" if language != "en" else "ru"), "html")
    page = Page(content)
    allowed = {"html", "head", "meta", "title", "body", "main", "span", "th", "address", "p", "br", "strong", "ul",
               "li", "bdi", "hr", "table", "tr", "td"}  # fmt: skip
    assert {tag for tag, _ in page.elements} <= allowed
    assert {name for _, attributes in page.elements for name in attributes} <= {
        "lang", "dir", "charset", "style", "name", "content", "role", "aria-level", "aria-hidden", "scope",
    }  # fmt: skip
    assert b"://" not in content
    assert b"url(" not in content


@pytest.mark.parametrize(
    "name", ["Smith & <Sons>", "</p><script>alert(1)</script>", "&amp; &#60;", '" onload="x', "<!-- -->"]
)
def test_markup_in_names_stays_text(name):
    """In every place where it stands."""
    page = Page(render(a_letter(signer=Signer(name=name, address=(name, "Exampletown"), country="GB")), "html"))
    assert page.text.count(name) == 3
    assert not page.attributes("script")


def test_lines_that_run_the_other_way_say_so():
    """Latin lines in an Arabic letter, so that numbers in them keep their place."""
    page = Page(render(a_letter("ar"), "html"))
    assert {"dir": "ltr"} in page.attributes("bdi")
    assert page.attributes("p").count({"dir": "ltr"}) == 1  # the signature


@pytest.mark.parametrize(("language", "other"), [("ru", "en"), ("ar", "en"), ("en", "ar")])
def test_gloss_stands_beside_the_letter(language, other):
    """After a rule, each side in its language and direction."""
    letter = a_letter(language, gloss=other)
    assert letter.gloss is not None
    page = Page(render(letter, "html"))
    cells = page.attributes("td")
    assert len(cells) == 2 * len(letter.gloss.pairs)
    assert {cell["lang"] for cell in cells[::2]} == {letter.language}
    assert {cell["lang"] for cell in cells[1::2]} == {letter.gloss.language}
    assert {cell["dir"] for cell in cells} == ({"ltr", "rtl"} if "ar" in (language, other) else {"ltr"})
    said = " ".join(pair.translation for pair in letter.gloss.pairs)
    assert set(words(re.sub("[–]", " ", said))) <= set(words(re.sub("[–]", " ", page.text)))


def test_write_and_its_options(run, tmp_path):
    """A file, or standard output, which a terminal can show; lines are the mail program's."""
    ask = ("write", "--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20")
    assert run(*ask, "--output", "letter.html").text == "letter.html\n"
    assert (tmp_path / "letter.html").read_bytes() == run(*ask, "--format", "html", "--output", "-").out
    result = run(*ask, "--format", "html", "--wrap", "60")
    assert result.status == 2
    assert "html breaks its own lines" in result.err
