"""PDF: opened with poppler, which did not write it."""

from __future__ import annotations

import csv
import datetime
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import words
from test_formats import placed

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.errors import InputError, UsageError
from appealgen.selection import written_languages

pytest.importorskip("typst", reason="typst is not installed")

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
CASE = LIBRARY.case("mustafayev")
LANGUAGES = written_languages(LIBRARY, CASE)
NOBODY = Signer(name=None)
ANA = Signer(
    name="Ana Example-Sample",
    address=("17 Long Example Street", "Exampletown EX1 2MP"),
    email="ana@example.org",
    country="GB",
)


def poppler(program: str, *args: str | Path) -> str:
    if not shutil.which(program):
        pytest.skip("poppler is not installed")
    return subprocess.run([program, *args], check=True, capture_output=True, encoding="utf-8").stdout


def a_letter(language="en", tone="formal", signer=ANA, target="prosecutor", gloss=None):
    to = addressee(LIBRARY, CASE, target, None)
    return prepared(LIBRARY, CASE, to, language, tone, gloss=gloss).letter(sender_of(signer), DAY)


def info(pdf: Path) -> dict[str, str]:
    pairs = (line.partition(":") for line in poppler("pdfinfo", pdf).splitlines())
    return {name: value.strip() for name, _, value in pairs}


def bare(text: str) -> set[str]:
    """Return the words without vowel signs, each as its letters in no order.

    Of Arabic, poppler turns ligatures round, parts signs from their words and says some twice.
    """
    found = re.findall(r"(?:[^\W\d_]|[\u064b-\u0652])+|\d+", re.sub("[\u202a-\u202e]", " ", text))
    return {"".join(sorted(word)) for word in found if not re.search("[\u064b-\u0652]", word)}


def read(pdf: Path) -> list[str]:
    """Return the words of a PDF, put together where a line ends in their hyphen."""
    return words(poppler("pdftotext", "-raw", pdf, "-").replace("-\n", "-"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", ["formal", "urgent"])
def test_each_language_is_one_page_with_its_words(tmp_path, language, tone):
    """A4, tagged, titled, in order, with fonts that it brings along."""
    for number, signer in enumerate((ANA, NOBODY)):
        letter = a_letter(language, tone, signer)
        content = render(letter, "pdf")
        assert content == render(letter, "pdf")
        pdf = tmp_path / f"{number}.pdf"
        pdf.write_bytes(content)
        found = info(pdf)
        assert found["Pages"] == "1"
        assert found["Page size"].endswith("(A4)")
        assert found["Tagged"] == "yes"
        assert found["Title"] == letter.subject
        assert found["Creator"].startswith("Typst")
        assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in content
        assert b"<pdfuaid:part>1</pdfuaid:part>" in content
        assert f"/Lang({letter.language})".encode() in content
        assert set(re.findall(rb"<xmp:CreateDate>([^<]*)<", content)) == {b"2026-11-20T00:00:00Z"}
        fonts = [line.split() for line in poppler("pdffonts", pdf).splitlines()[2:]]
        assert fonts
        for font in fonts:
            assert font[-5:-2] == ["yes", "yes", "yes"], "embedded, a subset, with its characters"
        said = render(letter, "txt").decode()
        if letter.direction == "rtl":
            assert bare(said) <= bare(poppler("pdftotext", "-raw", pdf, "-"))
        else:
            # A narrow space is narrower than what poppler takes for one.
            assert read(pdf) == words(said.replace("\u202f", ""))


def test_the_bytes_do_not_depend_on_what_was_before():
    """Alone in a process of its own, or after others."""
    code = (
        "import sys, datetime; from appealgen import *; library = Library(); case = library.case('mustafayev')\n"
        "to = addressee(library, case, 'prosecutor', None)\n"
        "letters = prepared(library, case, to, language='ru', tone='formal')\n"
        "letter = letters.letter(sender_of(Signer(name=None)), datetime.date(2026, 11, 20))\n"
        "sys.stdout.buffer.write(render(letter, 'pdf'))"
    )
    render(a_letter("ar"), "pdf")
    alone = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
    assert alone == render(a_letter("ru", signer=NOBODY), "pdf")


@pytest.mark.parametrize(("language", "signer"), [("en", ANA), ("en", NOBODY), ("de", ANA), ("de", NOBODY)])
def test_where_the_window_is(tmp_path, language, signer):
    """The address stands within the window of a DIN 5008 form B envelope, and nothing else does."""
    poppler("pdftotext", "-v")
    letter = a_letter(language, signer=signer, target="prison-service")
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(render(letter, "pdf"))
    in_window = [word for x, top, _, bottom, word in placed(pdf) if 20 <= x <= 105 and bottom > 45 and top < 90]
    assert in_window == " ".join(letter.inside_address).split()


# Language -> what stands in the right half of the page, and what in the left: as in Word.
SIDES = {
    "en": ("sender", "address date"), "fr": ("address date", "sender"), "ru": ("sender address", "date"),
    "de": ("date", "sender address"), "ar": ("sender address date", ""), "tr": ("date", "sender address"),
}  # fmt: skip


@pytest.mark.parametrize("language", SIDES)
def test_where_the_parts_stand(tmp_path, language):
    """Each at the side, and in the order, where the language has it."""
    poppler("pdftotext", "-v")
    ben = Signer(name="Ben Signatory", address=("3 Senderstreet", "Placetown"), country="GB")
    letter = a_letter(language, "brief", ben)
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(render(letter, "pdf"))
    found = placed(pdf)
    places = {
        part: [(x, top, end) for x, top, end, _, word in found if mark in word][-1]
        for part, mark in (("sender", "Senderstreet"), ("address", "GSP-3"), ("date", "2026"))
    }
    right, left = SIDES[language]
    assert all(places[part][2] > 110 for part in right.split()), places
    assert all(places[part][0] < 90 for part in left.split()), places
    tops = [places[part][1] for part in (*letter.layout.top, *letter.layout.foot) if part in places]
    assert tops == sorted(tops)


def test_right_to_left(tmp_path):
    """Latin names and numbers within Arabic run from left to right; lists have their dashes at the right."""
    poppler("pdftotext", "-v")
    sam = Signer(name="Sam Signatory", address=("14 Senderstreet", "Placetown"), country="GB")
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(render(a_letter("ar", signer=sam, target="prison-service"), "pdf"))
    found = placed(pdf)
    at = {word: (x, end) for x, _, end, _, word in reversed(found)}
    assert at["14"][1] < at["Senderstreet"][0]
    assert at["119991"][1] < at["Moscow"][0]
    assert at["AL"][1] < at["RUS"][0] < next(x for x, _, _, _, word in found if "4/2020" in word)
    assert 188 < at["Placetown"][1] < 192
    dashes = [x for x, _, _, _, word in found if word == "–"]
    assert len(dashes) == 3
    assert min(dashes) > 180


def test_paper_follows_the_sender(tmp_path):
    """Letter paper for the United States."""
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(render(a_letter(signer=Signer(name=None, country="US")), "pdf"))
    assert info(pdf)["Page size"].endswith("(letter)")


@pytest.mark.parametrize(("language", "other"), [("ru", "en"), ("ar", "en"), ("en", "ar")])
def test_gloss_has_a_page_of_its_own(tmp_path, language, other):
    """The letter as it is without, then all of both."""
    pdf = tmp_path / "letter.pdf"
    letter = a_letter(language, gloss=other)
    pdf.write_bytes(render(letter, "pdf"))
    assert info(pdf)["Pages"] == "2"
    assert letter.gloss is not None
    pairs = (f"{pair.original} {pair.translation}" for pair in letter.gloss.pairs)
    expected = " ".join([letter.gloss.heading, *pairs])
    assert bare(expected) <= bare(poppler("pdftotext", "-f", "2", pdf, "-"))


def test_nothing_tells_who_made_it_and_where():
    """No program but the engine, no user, host or folder."""
    content = render(a_letter(), "pdf").lower()
    (told,) = re.findall(rb"<\?xpacket begin.*?<\?xpacket end", content, re.DOTALL)
    content = told + re.sub(rb"stream.*?endstream", b"", content, flags=re.DOTALL)
    for trace in (
        b"appealgen",
        b"python",
        b"/author",
        b"dc:creator",
        str(Path.home()).lower().encode() + b"/",
        b"fonts-",
    ):
        assert trace not in content
    assert not re.search(rb"\b" + re.escape(os.uname().nodename.lower().encode()) + rb"\b", content)


@pytest.mark.parametrize(
    "name", ["Smith & <Sons>", "#panic() $x$ *b* _i_ `c` @a <b>", '"\\u{41}\\" // /* ~ -- ...', "[#sys]"]
)
def test_markup_in_names_stays_text(tmp_path, name):
    """What typst would read as its own language is printed as it is."""
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(render(a_letter(signer=Signer(name=name, address=(name, "Exampletown"), country="GB")), "pdf"))
    assert poppler("pdftotext", "-raw", pdf, "-").count(name) == 3


LATIN = st.text(st.characters(codec="latin-1", exclude_categories=("C",)), min_size=1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=LATIN.map(str.strip).filter(bool))
def test_any_name_can_be_printed(name):
    """Whatever stands in it."""
    assert render(a_letter(tone="brief", signer=Signer(name=name, country="GB")), "pdf").startswith(b"%PDF-1.7")


@pytest.fixture
def no_other_fonts(monkeypatch):
    """A machine that has no fonts of its own."""
    from appealgen.rendering.pdf import press

    monkeypatch.setattr(press, "_of_the_machine", lambda: ([], []))
    for name in ("_shown", "_rare"):
        monkeypatch.setattr(press, name, set())
    press.press_with.cache_clear()
    yield press
    press.press_with.cache_clear()


@pytest.mark.usefixtures("no_other_fonts")
def test_a_missing_glyph_is_an_error_that_says_what_to_install():
    """Never a box."""
    with pytest.raises(
        InputError, match=r'no font here has "山" \(U\+5C71 cjk unified ideograph-5c71\), "田" .*: install'
    ):
        render(a_letter(signer=Signer(name="山田")), "pdf")
    render(a_letter(), "pdf")


def test_arabic_without_its_font(no_other_fonts, monkeypatch):
    """A lean installation on a machine without fonts says what Arabic needs."""
    monkeypatch.setattr(no_other_fonts, "_more", lambda _folder: False)
    monkeypatch.setattr(no_other_fonts.missing, "find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"^pdf: no font .*arabic letter .*: pip install 'appealgen\[pdf\]'.* FiraGO$"):
        render(a_letter("ar"), "pdf")


@pytest.mark.usefixtures("no_other_fonts")
def test_the_message_says_where_the_character_stands(run, tmp_path):
    """Who signs, by name; and what to install on each system, by the name of a font."""
    ask = ("write", "--case", "mustafayev", "--target", "prosecutor", "--format", "pdf", "--name", "Ana 山 გამარჯობა")
    result = run(*ask, "--address", "1 Street 山", "--address", "Town")
    assert result.status == 1
    lines = result.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith('pdf: signature, "Ana 山 გამარჯობა": no font here has "山" (U+5C71 ')
    assert lines[1].startswith('pdf: sender, "1 Street 山": no font here has "山" (U+5C71 ')
    for part in ("Noto Serif SC", "fonts-noto-cjk", "Linux", "macOS", "Windows"):
        assert part in lines[1]
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("no_other_fonts")
def test_batch_says_it_before_anything_is_written(run, tmp_path):
    """At the line of the row, as it does of all that is wrong."""
    (tmp_path / "signers.csv").write_text("name,country\nAna Example,GB\n山田,JP\n", encoding="utf-8")
    ask = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv", "--output", "out/",
           "--format", "pdf", "--date", "2026-11-20", "--jobs", "1")  # fmt: skip
    result = run(*ask)
    assert result.status == 1
    assert 'signers.csv:3: no font here has "山"' in result.err
    assert not list(tmp_path.rglob("*.pdf"))
    assert run(*ask, "--keep-going").status in (0, 1)
    assert [path.name for path in tmp_path.rglob("*.pdf")] == ["000001-mustafayev-prosecutor-en.pdf"]


def test_without_typst(run, monkeypatch):
    """One line says what to install."""
    import appealgen.rendering

    for name in [name for name in sys.modules if name.startswith("appealgen.rendering.pdf")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(appealgen.rendering, "pdf", raising=False)
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match="pdf: typst is not installed: pip install 'appealgen\\[pdf\\]'"):
        render(a_letter(), "pdf")
    result = run("write", "--case", "mustafayev", "--target", "prosecutor", "--format", "pdf")
    assert result.status == 2
    assert "Error: pdf: typst is not installed" in result.err


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_batch_gives_what_write_gives_in_any_number_of_processes(run, tmp_path, form):
    """Processes that are copies of one in which typst has run would wait without end."""
    rows = [[f"Ana Example {n}", f"{n} Example Street", "Exampletown", "GB"] for n in range(120)]
    with (tmp_path / "signers.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["name", "street", "city", "country"], *rows])
    ask = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv", "--format", form,
           "--date", "2026-11-20", "-q")  # fmt: skip
    assert run(*ask, "--output", "one/", "--jobs", "1", "--gloss", "ru").status == 0
    assert run(*ask, "--output", "two/", "--jobs", "2", "--gloss", "ru").status == 0
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).glob(f"*.{form}")} for name in ("one", "two")
    )
    assert len(one) == 120
    assert one == two
    written = run("write", "--case", "mustafayev", "--target", "prosecutor", "--date", "2026-11-20", "--gloss", "ru",
                  "--name", "Ana Example 7", "--address", "7 Example Street", "--address", "Exampletown",
                  "--country", "GB", "--format", form, "--output", "-")  # fmt: skip
    assert written.out == one[f"000008-mustafayev-prosecutor-en.{form}"]
