"""Whatever bytes come in, they are read or refused; whatever letter comes out, every format carries its words.

How many cases depends on the profile: HYPOTHESIS_PROFILE=night is for a run by hand.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import email
import email.policy
import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import docx_paragraphs, words

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.characters import fault_in_text
from appealgen.errors import InputError, RefusedError
from appealgen.importing.documents import read_document
from appealgen.letter import Bullets, Paragraph
from appealgen.loading import (
    load_case,
    load_column_names,
    load_countries,
    load_forbidden,
    load_language,
    load_offices,
    load_signer,
    load_targets,
)
from appealgen.signers import checked, columns
from appealgen.signers.rows import Defaults, Reading
from appealgen.signers.table import open_table
from appealgen.templates import VARIABLES, compile_template

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
CASE = LIBRARY.case("mustafayev")
ROOT = Path(__file__).parent.parent
LOADERS = {
    "targets.yaml": (load_targets, ROOT / "targets.yaml"),
    "offices.yaml": (load_offices, ROOT / "templates/de/offices.yaml"),
    "do-not-name.yaml": (load_forbidden, ROOT / "do-not-name.yaml"),
    "countries.yaml": (load_countries, ROOT / "countries.yaml"),
    "columns.yaml": (load_column_names, ROOT / "columns.yaml"),
    "signer.yaml": (load_signer, None),
    "language.yaml": (lambda path, source: load_language("de", path, source), ROOT / "templates/de/language.yaml"),
    "case.yaml": (lambda path, source: load_case("x", path, source, {}), ROOT / "cases/mustafayev/case.yaml"),
    "en.yaml": (
        lambda path, source: load_case("x", ROOT / "cases/mustafayev/case.yaml", "case.yaml", {"en": (path, source)}),
        ROOT / "cases/mustafayev/en.yaml",
    ),
}
SIGNER = b"name: Ana Example\naddress: [1 Example Street, Exampletown]\nemail: ana@example.org\ncountry: GB\n"
TABLE = b'name,street,city,country,email,message\nAna Example,1 Street,Town,GB,ana@example.org,"Two\n\nparts"\n'
SPLICES = [
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"  ",
    b"\t",
    b": ",
    b"- ",
    b"[",
    b"]",
    b"{",
    b"}",
    b"&a ",
    b"*a",
    b"!!python/name:os.system ",
    b"<<: ",
    b"? ",
    b"|\n",
    b">-\n",
    b'"',
    b"'",
    b"#",
    b"%",
    b"---\n",
    b"9" * 5000,
    b"\\ud800",
    "\u202e\u2028\u0301\U0001f469\u200d".encode(),
    b"{{",
    b"}}",
    b"{%",
    b"{office}",
    b"((a+)+)+",
    b"yes",
    b"~",
    b"2026-02-31",
    b"x" * 3000,
    b"<a ",
    b"</",
    b"<!--",
    b"&#0;",
    b"PK\3\4",
    b"%PDF-",
    b"=?utf-8?q?x?=",
]


ALL = settings().max_examples
# All of a night; in CI, a few hundred in total, and fewer where one takes long.
FEW = settings(max_examples=ALL if ALL > 100 else 25)
FEWER = settings(max_examples=ALL // 10 if ALL > 100 else 8)


@st.composite
def spoilt(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file with parts taken out, doubled, moved or put in; sometimes no part of it at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    made = good
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(made)))
        to = min(len(made), at + draw(st.sampled_from([0, 0, 1, 2, 10, 100, 2000])))
        part = draw(st.one_of(st.sampled_from(SPLICES), st.just(made[at:to] * 2), st.binary(max_size=4), st.just(b"")))
        made = made[:at] + part + made[to:]
    return made


def file_of(tmp: pytest.TempPathFactory, name: str, content: bytes) -> Path:
    path = tmp.getbasetemp() / f"fuzz-{name}"
    path.write_bytes(content)
    return path


def is_told(error: InputError) -> None:
    """A message can be printed anywhere, and names its file."""
    said = str(error)
    said.encode()
    assert said
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_is_loaded_or_refused(name, tmp_path_factory):
    """Nothing else: no crash, no wait."""
    load, good = LOADERS[name]

    @FEW
    @given(spoilt(good.read_bytes()[:6000] if good else SIGNER))
    def look(content):
        path = file_of(tmp_path_factory, name, content)
        try:
            load(path, name)
        except InputError as error:
            is_told(error)

    look()


@FEW
@given(data=spoilt(TABLE), encoding=st.sampled_from([None, None, None, "cp1252", "utf-16", "utf-7", "no", "utf-8"]))
def test_a_table_is_read_or_refused(data, encoding, tmp_path_factory):
    """Each row is a signer or a problem of its line."""
    path = file_of(tmp_path_factory, "signers.csv", data)
    names = LIBRARY.column_names
    try:
        table = open_table(path, "signers.csv", encoding, lambda header: columns.name_columns(header, names))
        line, header = next(table.rows(), (1, []))
        reading = Reading(table, columns.find(header, names, {}, "signers.csv", line), names, Defaults())
        for row in map(reading.read, reading.rows()):
            assert row.can_sign or row.problems or not row.consent
            if row.can_sign:
                signer = reading.signer(row)
                assert checked(signer).name == signer.name
                reading.doubts(row)
    except InputError as error:
        is_told(error)


TEMPLATE = (ROOT / "templates/ru/formal.txt.j2").read_bytes()
PIECES = [
    b"{% for a in who %}",
    b"{% endfor %}",
    b"{{ who ~ who }}",
    b"{% macro m(n) %}",
    b"{% endmacro %}",
    b"{{ m(9) }}",
    b"{{ asks }}",
    b"{% if plural %}",
    b"{% endif %}",
    b"{% set who = who ~ who %}",
    b"|join(who)",
    b"|upper",
    b"[1:]",
    b"{{ who * 9 }}",
    b"{{ 9 ** 9 }}",
    b"{% raw %}",
    b"{% endraw %}",
    b"{{ loop }}",
    b"{% else %}",
    b".a",
    b"()",
]


@FEW
@given(data=st.data())
def test_a_template_is_carried_out_or_refused(data):
    """And it ends, with a text of bounded length."""
    text = data.draw(spoilt(TEMPLATE))
    for piece in data.draw(st.lists(st.sampled_from(PIECES), max_size=5)):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + piece + text[at:]
    values = {
        **dict.fromkeys(VARIABLES, "слова"),
        "paragraphs": ("one", "two"),
        "asks": ("one",),
        "message": ("a\n- b",),
        "plural": True,
        "reply": False,
        "name": {"nominative": "Ana"},
        "target": {"role": "minister", "country": "FR"},
    }
    try:
        blocks = compile_template(text.decode("utf-8", "replace"), "formal.txt.j2").body(values)
    except InputError as error:
        is_told(error)
    else:
        assert sum(len(str(block)) for block in blocks) < 200_000


ACTIONS = sorted(path for path in (ROOT / "tests/imports").glob("*/*") if path.suffix in (".txt", ".html", ".eml"))
KINDS = {suffix: next((p for p in ACTIONS if p.suffix == suffix), None) for suffix in (".txt", ".html", ".eml")}


@pytest.mark.parametrize("suffix", [".txt", ".html", ".eml", ".pdf", ".docx"])
def test_a_document_is_read_or_refused(suffix, tmp_path_factory):
    """Text, web page, mail, PDF, Word."""
    good = b"Free Ana Example\n\nPlease write to the minister."
    if suffix in (".pdf", ".docx"):
        good = render(LETTERS["en"], suffix[1:])
    elif KINDS[suffix] is not None:
        good = KINDS[suffix].read_bytes()[:6000]

    @(FEWER if suffix in (".pdf", ".docx") else FEW)
    @given(spoilt(good))
    def look(content):
        try:
            document = read_document(file_of(tmp_path_factory, f"action{suffix}", content), f"action{suffix}")
        except InputError as error:
            is_told(error)
        else:
            assert any(line.strip() for line in document.lines)

    look()


# --- letters ---------------------------------------------------------------------------------------------------------

printed = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(
    lambda text: text.split() and not fault_in_text(text) and not re.search(r"[\n\t_]", text)
)
hostile = st.sampled_from(
    [
        "=?utf-8?q?x?=",
        "a, <b@example.com>",
        '"',
        "\\",
        "#read()",
        "*b*",
        "$x$",
        "@l",
        "{{ x }}",
        "<b>",
        "&amp;",
        "]]>",
        "=1+1",
        "عمر 12, ب",
        "שלום 3",
        "A\u0301\u0302",
        "👩\u200d👩\u200d👧",
        "- x",
        "x" * 200,
        "%0D%0A",
        "\u00a0x",
        "//",
        "~",
        "--- x",
    ]
)
line = st.one_of(hostile, printed, st.tuples(printed, hostile).map(" ".join))
signers = st.builds(
    Signer,
    name=line,
    address=st.lists(line, max_size=4).map(tuple),
    email=st.sampled_from([None, "ana@example.org"]),
    country=st.sampled_from([None, "GB", "US", "RU"]),
    message=st.lists(line, max_size=3).map(tuple),
)


def letter_to(target: str, language: str):
    made = prepared(LIBRARY, CASE, addressee(LIBRARY, CASE, target, None), language, "brief")
    return made, made.letter(sender_of(Signer(name="Ana Example", country="GB")), DAY)


PREPARED = {language: letter_to("prosecutor", language)[0] for language in ("en", "ar", "ru")}
LETTERS = {language: letter_to("prosecutor", language)[1] for language in ("en", "ar", "ru")}


@st.composite
def letters(draw: st.DrawFn):
    """A letter of any words, as the rules of what a letter may hold let them through."""
    language = draw(st.sampled_from(sorted(PREPARED)))
    with contextlib.suppress(InputError, RefusedError):
        letter = PREPARED[language].letter(sender_of(checked(draw(signers))), DAY)
        body = st.one_of(line.map(Paragraph), st.lists(line, min_size=1, max_size=3).map(tuple).map(Bullets))
        return dataclasses.replace(
            letter,
            subject=draw(line),
            salutation=draw(line),
            body=tuple(draw(st.lists(body, min_size=1, max_size=4))),
            copies=tuple(draw(st.lists(line, max_size=2))),
            enclosures=tuple(draw(st.lists(line, max_size=1))),
        )
    return LETTERS[language]


def said_by(letter) -> list[str]:
    return words(re.sub(r"(?m)^[-–•] ", "", render(letter, "txt").decode()))


@FEW
@given(letters())
def test_word_and_text_carry_the_same_words(letter):
    """And the same letter gives the same bytes."""
    content = render(letter, "docx")
    assert words("\n".join(text for _, text in docx_paragraphs(content))) == words(render(letter, "txt").decode())
    assert render(letter, "docx") == content


@FEW
@given(letters())
def test_a_page_carries_the_same_words(letter):
    """Nothing that was typed is an element of it."""
    page = render(letter, "html").decode()
    body = page.partition("<body>")[2]
    tags = set(re.findall(r"</?([a-z0-9]+)", body))
    parts = {"main", "p", "span", "strong", "ul", "li", "address", "br", "bdi", "hr", "table", "tr", "th", "td"}
    assert tags <= parts | {"body", "html"}
    assert words(re.sub(r"(?m)^[-–•] ", "", html_only(body))) == said_by(letter)


def html_only(body: str) -> str:
    """Return the text of a page; what was typed has no angle brackets of its own left."""
    broken = re.sub(r"<(?:/p|br|/li|ul|/ul|/address)>", " ", body)
    return html.unescape(re.sub(r"<[^>]*>", "", broken))


@FEW
@given(letters())
def test_a_draft_carries_the_same_words(letter):
    """One sender, one subject, no header more, no line too long."""
    content = render(letter, "eml")
    draft = email.message_from_bytes(content, policy=email.policy.default)
    wanted = {"X-Unsent", "Subject", "Content-Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
    wanted |= {"From"} if letter.mail.sender_email else set()
    assert set(draft.keys()) == wanted
    assert len(content.split(b"\r\n\r\n")[0].split(b"\r\n")) < 400
    assert max(map(len, content.split(b"\r\n"))) < 998
    if letter.mail.sender_email:
        assert [one.addr_spec for one in draft["From"].addresses] == ["ana@example.org"]
    from appealgen.rendering import txt

    assert draft.get_content().split() == txt.render(letter, mail=True).split()


@FEWER
@given(letters())
def test_a_pdf_is_set_or_refused(letter):
    """What no font has is told; the rest is set, the same each time."""
    pytest.importorskip("typst", reason="typst is not installed")
    try:
        content = render(letter, "pdf")
    except InputError as error:
        is_told(error)
        said = str(error)
        assert "no font here has" in said
    else:
        assert content.startswith(b"%PDF-1.7")
        assert render(letter, "pdf") == content
