"""What strangers hand in: every attack of docs/security.md, against what holds it. Documents in tests/bad show more."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import email
import email.policy
import hashlib
import html
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from reading import docx_text, words
from test_formats import mail_parser

from appealgen import Library, Signer, addressee, prepared, render, sender_of
from appealgen.characters import fault_in_line, harmless, meant
from appealgen.errors import InputError, Problem
from appealgen.importing.action import Action
from appealgen.importing.casefiles import signatories_csv
from appealgen.importing.documents import read_document
from appealgen.letter import Paragraph
from appealgen.loading.targets import load_targets
from appealgen.output import safe_name
from appealgen.sandbox import BUDGET, LONGEST, Sandbox
from appealgen.schema import MAX_BYTES, MOST_PROBLEMS, Expression, Reader, open_yaml
from appealgen.signers import checked
from appealgen.templates import VARIABLES, compile_line, compile_template, replaced

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
CASE = LIBRARY.case("mustafayev")
BAD = Path(__file__).parent / "bad"
VALUES = {
    **dict.fromkeys(VARIABLES, "some words that a letter has"),
    "paragraphs": ("one", "two"),
    "asks": ("one", "two"),
    "message": (),
    "name": {"nominative": "Ana Example"},
    "target": {"role": "minister", "country": "FR"},
    "signer": {"town": None, "country": None},
}


def letters(language: str = "en", target: str = "prosecutor"):
    return prepared(LIBRARY, CASE, addressee(LIBRARY, CASE, target, None), language, "formal")


PREPARED = {language: letters(language) for language in ("en", "ar", "uk")}


def letter_of(signer: Signer, language: str = "en"):
    return PREPARED[language].letter(sender_of(checked(signer)), DAY)


def rendered(text: str) -> str:
    blocks = compile_template(text, "formal.txt.j2").body(VALUES)
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


# --- templates -------------------------------------------------------------------------------------------------------

ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ who|attr('__class__') }}",
    "{{ who|attr('upper') }}",
    "{{ '{0.__class__}'.format(who) }}",
    "{{ '{a.__class__}'.format_map({'a': who}) }}",
    "{{ '%s'|format(who) }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ joiner() }}",
    "{{ range(9) }}",
    "{{ dict(a=1) }}",
    "{% set x = namespace(a=1) %}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self }}",
    "{{ [who]|map(attribute='__class__')|first }}",
    "{{ [who]|map('attr', '__class__')|list|first }}",
    "{{ [who]|groupby('__class__')|first }}",
    "{{ ['a', 'b']|sort(attribute='__class__')|first }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m }}",
    "{% for a in asks %}{{ loop.__init__ }}{% endfor %}",
    "{% for a in asks %}{{ loop._iterator }}{% endfor %}",
    "{{ who.upper.__self__ }}",
    "{{ who.upper }}",
    "{{ name.pop('nominative') }}",
    "{{ name.clear() }}",
    "{{ name.update(a=1) }}",
    "{{ who.zfill(30)[:3] }}",
    "{{ who.encode()|length }}",
    "{{ '-'.join(asks) }}",
    "{{ asks|random }}",
    "{{ asks|tojson }}",
    "{{ who|safe }}",
    "{% include '/etc/passwd' %}",
    "{% import '../x' as x %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% include who %}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% debug %}",
    "{% do who %}",
    "{{ asks }}",
    "{{ name }}",
    "{{ plural is callable }}{{ who is filter }}",
    "{{ caller() }}",
    "{{ '\\ud800' }}",
    "{{ '\\u202e' }}",
    "a\0b",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_a_template_reaches_nothing(text):
    """Neither Python's own, nor a file, nor what it could change for the next letter."""
    before = json.dumps(VALUES)
    with pytest.raises(InputError, match=r"formal\.txt\.j2"):
        rendered(text)
    assert json.dumps(VALUES) == before


def test_a_template_has_no_functions():
    """Nor would it, were their names not refused before and their calls after."""
    assert Sandbox().globals == {}


def doubled(make: str) -> str:
    return "{% set a = 'xx' %}" + f"{{% set a = {make} %}}" * 24 + "no print"


ENDLESS = {
    "product": "{{ ('a' * 99999999)|length }}",
    "product of numbers": "{% set a = 9999 %}" + "{% set a = a * a %}" * 9 + "{{ a }}",
    "power": "{{ 9 ** 999 }}",
    "formatted": "{{ ('%9999999d' % 1)|length }}",
    "format": "{{ '{:9999999}'.format(1)|length }}",
    "padding": "{{ 'x'.ljust(99999999)|length }}",
    "centred": "{{ 'x'|center(9999999)|length }}",
    "indented": "{{ 'x'|indent(9999999, true)|length }}",
    "in slices": "{{ [1]|slice(999999)|list|length }}",
    "list": "{% for a in [1] * 999999 %}{% endfor %}",
    "joined": doubled("a ~ a"),
    "added": doubled("a + a"),
    "replaced": "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a|replace('x', a) %}" * 3 + "{{ a|length }}",
    "replaced nothing": "{% set a = who * 1 if 0 else who %}" + "{% set a = a|replace('', a) %}" * 5 + "{{ a|length }}",
    "join": "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a|join(a) %}" * 6 + "{{ a|length }}",
    "set": "{% set a %}xx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 24 + "{{ a|length }}",
    "filtered": "{% set a = 'xx' %}" + "{% set a %}{% filter upper %}{{ a }}{{ a }}{% endfilter %}{% endset %}" * 24,
    "mapped": "{% set a = 'xx' %}" + "{% set a = [a, a]|map('upper')|join %}" * 24 + "{{ a|length }}",
    "sliced": "{% set a %}" + "x" * 9000 + "{% endset %}" + "{% set b = a[1:] %}" * 200,
    "looked through": "{% for a in who for b in who %}{% for c in who %}{{ 'z' in who }}{% endfor %}{% endfor %}",
    "loops": "".join(f"{{% for a{n} in who %}}" for n in range(5)) + "{% endfor %}" * 5,
    "loops in loops without words": "{% for a in who for b in who %}{% endfor %}",
    "macro": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(22) }}",
    "macro with words": "{% macro m() %}" + "x" * 9000 + "{% endmacro %}" + "{% set a = m() %}" * 500,
    "call": "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    + "{% call m() %}" * 14
    + "x" * 99
    + "{% endcall %}" * 14,
    "macro calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "recursive loop": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "signs": "{{ " + "+".join(["1"] * 9000) + " }}",
    "loops nested": "".join(f"{{% for a{n} in asks %}}" for n in range(25)) + "{% endfor %}" * 25,
    "conditions nested": "{% if plural %}" * 150 + "{% endif %}" * 150,
    "number": "{{ " + "9" * 5000 + " }}",
    "file": "x" * (LONGEST + 1),
    "output": "{% for a in who %}" + "x" * 5000 + "{% endfor %}",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_template_ends(text):
    """Loops, macros, texts that double: one message, after the same steps everywhere."""
    with pytest.raises(InputError, match=r"^formal\.txt\.j2(:1)?: "):
        rendered(text)


def test_what_is_too_much_names_the_line():
    with pytest.raises(InputError) as caught:
        rendered("a\n\nb\n" + ENDLESS["macro"])
    assert caught.value.problems[0].line == 4


def test_a_useful_template_stays_useful():
    """Loops, conditions, macros, filters that choose and print words."""
    text = (
        "{% macro all(items) %}{% for item in items %}{{ item|capitalize }}{{ ', ' if not loop.last }}{% endfor %}"
        "{% endmacro %}{% set few = asks|length <= 2 %}{{ all(asks) }} {{ who.upper()[:4] }} {{ asks|join(' and ') }} "
        "{{ 1 + 2 * 3 }}{{ name.get('genitive', '') }}{{ signer.town }} {{ 'few' if few and 'one' in asks }} "
        "{{ loop_free|default('') if false }}{{ 'a' ~ 1 ~ 'b' }} {{ who|replace('some', 'few')|truncate(9) }}"
        "{% for ask in asks %} {{ loop.cycle('x', 'y') }}{{ loop.index }}{% endfor %}"
    ).replace("{{ loop_free|default('') if false }}", "")
    assert rendered(text) == "One, Two SOME one and two 7 few a1b few... x1 y2"


def test_an_old_line_end_is_one():
    """A lone carriage return begins a line."""
    assert rendered("{{ who }}\r") == VALUES["who"]


def test_long_messages_fit_into_the_budget():
    """The longest that a signer may write is far from what a template may cost."""
    message = tuple("Example words of mine. " * 40 for _ in range(20))
    letter = letter_of(Signer(name="Ana Example", message=message))
    assert sum(len(text) for _, text in letter.texts()) > 18_000
    assert BUDGET > 20 * 18_000


def test_the_name_of_a_file_is_bounded():
    """`--file-name` goes through the same sandbox."""
    for text in ("{{ name * 99999999 }}", "{{ name.__class__ }}", "{{ name|center(99999999) }}"):
        with pytest.raises(InputError, match="--file-name"):
            compile_line(text, "--file-name", ("name",)).render({"name": "Ana Example"})


def test_replacements_do_not_grow_without_end():
    """A region's words replace each other in turn: three entries could make gigabytes of a letter."""
    chain = {"a": "b" * 200, "b": "c" * 200, "c": "d" * 200}
    with pytest.raises(InputError, match="under `replace`"):
        replaced("a" * 50, chain)
    assert replaced("Strasse", {"ss": "ß"}) == "Straße"


# --- folders ---------------------------------------------------------------------------------------------------------


def group_of(tmp_path: Path) -> Path:
    group = tmp_path / "group"
    shutil.copytree(BAD / "template-sandbox", group, ignore=shutil.ignore_patterns("command", "expected", "templates"))
    return group


COMMAND = (
    "write",
    "--case",
    "example",
    "--target",
    "minister",
    "--date",
    "2026-11-20",
    "--output",
    "-",
    "--format",
    "txt",
)


@pytest.mark.parametrize(
    "place", ["templates/en/formal.txt.j2", "templates/en", "cases/example/en.yaml", "cases/example"]
)
def test_a_link_does_not_lead_out(run, tmp_path, place):
    """A folder that somebody sent could print any file of whoever opens it."""
    group = group_of(tmp_path)
    (group / "templates/en").mkdir(parents=True)
    (group / "templates/en/formal.txt.j2").write_text("{{ who }}\n")
    outside = tmp_path / "outside"
    (group / place).rename(outside)
    assert run(*COMMAND, cwd=group).status != 0 or place.startswith("templates")
    (group / place).symlink_to(outside)
    result = run(*COMMAND, cwd=group)
    assert result.status == 1
    assert "is a link that leads out of the folder" in result.err
    assert result.out == b""


def test_a_link_within_the_folder_is_followed(run, tmp_path):
    """Also where the folder itself is reached by a link."""
    group = group_of(tmp_path)
    (group / "templates/en").mkdir(parents=True)
    (group / "templates/en/brief.txt.j2").write_text("{{ who }} In brief.\n")
    (group / "templates/en/formal.txt.j2").symlink_to("brief.txt.j2")
    (tmp_path / "linked").symlink_to(group)
    result = run(*COMMAND, cwd=tmp_path / "linked")
    assert result.status == 0, result.err
    assert "In brief." in result.text


@pytest.mark.parametrize("text", ["../mustafayev", "/etc", "mustafayev/../rustamov", "mustafayev\0", "..", "a" * 5000])
@pytest.mark.parametrize("option", ["--case", "--target", "--language", "--tone"])
def test_an_id_is_no_path(run, text, option):
    """An id is looked for among those that there are, and never made into a path."""
    given = {"--case": "mustafayev", "--target": "prosecutor", "--language": "en", "--tone": "formal"} | {option: text}
    result = run("write", *(word for pair in given.items() for word in pair), "--date", "2026-11-20")
    assert result.status == 2
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", ['a"b', "a\nb", "a\u202eb", "a\\b", "a:b", "a;b", "a\x1bb"])
def test_the_folder_of_a_case_has_a_plain_name(run, tmp_path, name):
    """It becomes a part of every file's name, and of a header where it is attached."""
    group = group_of(tmp_path)
    (group / "cases/example").rename(group / "cases" / name)
    result = run(*(name if word == "example" else word for word in COMMAND), cwd=group)
    assert result.status == 1
    assert "is not a name for a folder of a case" in result.err
    assert name not in result.err or name.isprintable()


def test_a_case_in_another_script_can_be_attached(run, tmp_path):
    """The name of the file stands in the draft as RFC 2231 has it."""
    group = group_of(tmp_path)
    (group / "cases/example").rename(group / "cases/пример")
    words_of = ["пример" if word == "example" else "eml" if word == "txt" else word for word in COMMAND]
    result = run(*words_of, "--attach", cwd=group)
    assert result.status == 0, result.err
    draft = email.message_from_bytes(result.out, policy=email.policy.default)
    assert [part.get_filename() for part in draft.iter_attachments()] == ["пример-minister-en.docx"]


NAMES = [
    "../../x",
    "/etc/x",
    "C:\\x",
    "..\\x",
    "CON",
    "nul.txt",
    "x.",
    "x ",
    ".x",
    "-x",
    "a\0b",
    "a\nb",
    "a/b",
    "a:b",
    "\u202ex",
    "x" * 5000,
    "я" * 5000,
    "😀" * 100,
    "",
    ".",
    "..",
    "~",
    "$HOME",
    "%TEMP%",
    "a|b",
    'a*?<>"b',
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_makes_no_path(name, tmp_path):
    """Whatever a signer is called, the file lies in the folder, on any system."""
    made = safe_name(name, "docx")
    assert (tmp_path / made).resolve().parent == tmp_path.resolve()
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', made)
    assert len(made.encode()) < 200
    assert made[0] not in ".-"
    assert made.rpartition(".")[0][-1] not in ". "
    assert made.partition(".")[0].casefold() not in ("con", "nul")


# --- YAML ------------------------------------------------------------------------------------------------------------

BOMBS = {
    "brackets": ("a: " + "[" * 50_000, "is nested too deeply"),
    "braces": ("a: " + "{a: " * 50_000, "is nested too deeply"),
    "dashes": ("- " * 50_000 + "x", "is nested too deeply"),
    "questions": ("? " * 50_000, "is nested too deeply"),
    "indented": ("".join(" " * n + "a:\n" for n in range(300)), "is nested too deeply"),
    "items": ("a: [" + "x," * 250_000 + "]", "has more than 200000 parts"),
    "keys": ("".join(f"k{n}: x\n" for n in range(50_000)), "has more problems"),
    "unknown keys": ("a:\n" + "".join(f"  rol{n}: x\n" for n in range(50_000)), "has more problems"),
    "aliases": ("a: &a x\nb: [" + "*a, " * 20_000 + "]", "must be keys with values"),
    "bytes": ("#" * (MAX_BYTES + 1), "is larger than"),
    "long key": ("? " + "k" * 5000 + "\n: x", "has a key longer than"),
    "long line": ("a: {role: " + "x" * 60_000 + "}", "is longer than 50000 characters"),
    "object": ("a: !!python/object/apply:os.system [id]", "has the tag"),
    "name": ("!!python/name:os.system a: {}", "is missing"),
    "itself": ("&a a: *a", "must be keys with values"),
    "list in itself": ("a: &a [*a]", "must be keys with values"),
    "mapping in itself": ("a: &a {role: *a}", "is an alias"),
    "merged": ("x: &x {role: minister}\na: {<<: *x}", "is an alias|<< is not|is not a known key"),
    "twice": ("a: {}\na: {}", "stands twice"),
    "huge number": ("a: " + "9" * 5000, "must be keys with values"),
    "nul": ("a: \0", "U\\+0000"),
    "nul after accents": ("# é" * 50 + "\na: \0", "targets.yaml:2: has the character U\\+0000"),
    "nul escaped": ('a: {source: "a\\0b"}', "U\\+0000"),
    "half a character": ('a: {source: "\\ud800"}', "is not YAML"),
    "utf-16": ("a: x".encode("utf-16"), "is not UTF-8"),
    "latin-1": (b"a: \xe9", "is not UTF-8"),
    "overlong": (b"a: \xc0\xaf", "is not UTF-8"),
    "two documents": ("a: x\n---\nb: x", "is not YAML"),
    "nothing": ("", "is empty"),
}


def test_a_list_names_what_is_left_out_without_commanding_the_terminal(run, tmp_path):
    """A name that no program should obey is written out."""
    (tmp_path / "targets.yaml").write_text('"\\e[2J": {role: minister}\n', encoding="utf-8")
    listed = run("list", "targets")
    assert "\\u001b[2J: not listed" in listed.err
    assert "\x1b" not in listed.err


def whole_book(path):
    """Load an address book, and raise what is wrong with any of its entries."""
    book = load_targets(path, "targets.yaml")
    if book.faults:
        raise InputError([problem for problems in book.faults.values() for problem in problems])


@pytest.mark.parametrize(("content", "said"), BOMBS.values(), ids=BOMBS)
def test_a_yaml_file_is_read_or_refused(tmp_path, content, said):
    path = tmp_path / "targets.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=said) as caught:
        whole_book(path)
    assert len(caught.value.problems) <= MOST_PROBLEMS + 1
    assert len(str(caught.value)) < 100_000


def test_line_ends_and_byte_order_marks_are_no_attack(tmp_path):
    """Windows and old Macs write them."""
    text = "a:\n  - b\n"
    for raw in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text):
        (tmp_path / "x.yaml").write_bytes(raw.encode())
        node, _ = open_yaml(tmp_path / "x.yaml", "x.yaml")
        assert node.value[0][1].value[0].value == "b"


EXPRESSIONS = ["(a+)+$", "(a|a)*b", "(a*)*", "((a+))+", "(?:a+)+", r"(\w+\s?)*$", "([a-z]+)*", "(a{1,9}){9}",
               "(?P<x>a+)+", "((a)|b)+", "(?i:a+)+", "(?:a{1,2}){,}", "a" * 3000]  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_of_a_language_ends(tmp_path, expression):
    """`check` runs what language.yaml says is typed wrong; those that ship pass the same test when they are loaded."""
    (tmp_path / "x.yaml").write_text(json.dumps(expression))
    node, reader = open_yaml(tmp_path / "x.yaml", "x.yaml")
    Expression().read(node, "", reader)
    assert [problem.message for problem in reader.problems] == ["is a regular expression that may never end"]


def test_a_message_does_not_command_the_terminal():
    """Nor does it turn the line around, nor fill the screen."""
    problem = Problem("a\x1b[2J.yaml", '"\u202e\x9b31m\ud800" is not known', "\x07" + "x" * 10_000, 1, "k\rey")
    said = str(problem)
    assert said.isprintable()
    said.encode()
    assert len(said) < 3000


def test_addresses_do_not_grow_without_end(run, tmp_path):
    """A placeholder in a text that fills a placeholder: each 2,000 characters, together a hundred million."""
    group = group_of(tmp_path)
    source = (Path(__file__).parent.parent / "templates/en/language.yaml").read_text(encoding="utf-8")
    folder = group / "templates/en"
    folder.mkdir(parents=True)
    closings = re.sub(r"(?m)^(closings:\n  formal: ).*$", lambda m: m[1] + '"' + "{salutation}" * 160 + '"', source)
    assert closings != source
    many = re.sub(r"salutation: .*", 'salutation: "' + "{office}" * 200 + '"', closings)
    (folder / "language.yaml").write_text(many, encoding="utf-8")
    (folder / "formal.txt.j2").write_text("{{ who }}\n")
    result = run(*COMMAND, cwd=group)
    assert result.status == 1
    assert "makes a text of more than 5000 characters" in result.err


# --- what signers are called -----------------------------------------------------------------------------------------

BREAKS = "\r\n\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
UNSEEN = (
    "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ue000\ud800\ufffe"
)


@pytest.mark.parametrize("character", BREAKS + UNSEEN, ids=lambda one: f"U+{ord(one):04X}")
@pytest.mark.parametrize("field", ["name", "address", "group", "message", "email"])
def test_no_field_takes_what_cannot_be_seen(character, field):
    """A header, a direction or a document could be broken by it; only paragraphs have line feeds."""
    value = f"ana{character}@example.org"
    given = {"name": "Ana Example", field: value if field in ("name", "email") else (value,)}
    if (field, character) == ("message", "\n"):
        return
    with pytest.raises(InputError, match=field):
        checked(Signer(**given))


@pytest.mark.parametrize(
    "name", ["می\u200cخواهم", "क्\u200dष", "👩\u200d👩\u200d👧", "Nguyễn Thị Ánh", "שָׁלוֹם", "དབྱངས", "O’Neill"]
)
def test_joiners_and_accents_that_names_are_written_with_stay(name):
    """Persian and Indic names, emoji and marks of one to five on a letter."""
    assert checked(Signer(name=name)).name == name


ADDRESSES = ["undisclosed:a@b.org;", "a(b)@c.org", '"a b"@c.org', "a@b.org,c@d.org", "a@b.org c@d.org", "<a@b.org>",
             "a@bücher.example", "a@b", "a@b.org\r\nBcc: c@d.org", "a@[127.0.0.1]", "=?utf-8?q?a?=@b.org ",
             "a@b..org", "x" * 1100 + "@b.org"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_email_address_is_one_address(address, tmp_path):
    """Of a signer and of an office."""
    with pytest.raises(InputError, match="email"):
        checked(Signer(name="Ana Example", email=address))
    book = (BAD / "template-sandbox/targets.yaml").read_text(encoding="utf-8")
    text = book.replace("email: minister@sample.example", f"email: {json.dumps(address)}")
    assert text != book
    (tmp_path / "targets.yaml").write_text(text, encoding="utf-8")
    if len(address) < 300:
        with pytest.raises(InputError, match="email"):
            whole_book(tmp_path / "targets.yaml")


FROM = [
    "Ana, evil <evil@example.com>, y",
    "Ana Example, <evil@example.com>, " * 5,
    "x" * 300,
    "Ana Example " * 20,
    "=?utf-8?b?RXZpbA==?=",
    "a =?utf-8?q?=0D=0ABcc:_e@example.com?= b",
    '"quoted\\" name',
    '"',
    "\\",
    "Ana (comment) Example",
    "Ana; Group:",
    "undisclosed:a@example.com;",
    "<b>Ana</b>",
    "@",
    "%0D%0ABcc: x",
    "Ünïcode, <e@example.com>",
    "é" * 300,
    "👩‍👩‍👧‍👦 Ana",
    "بسم Ana",
]
HEADERS = {"x-unsent", "from", "to", "cc", "subject", "content-language", "mime-version", "content-type",
           "content-transfer-encoding"}  # fmt: skip


@pytest.mark.parametrize("name", FROM)
def test_a_name_stays_one_sender(name):
    """By Python's parser: one address, the name as typed, no other header, no line too long."""
    signer = checked(Signer(name=name, email="ana@example.org", country="GB"))
    content = render(letter_of(signer), "eml")
    draft = email.message_from_bytes(content, policy=email.policy.default)
    assert {key.lower() for key in draft} <= HEADERS
    assert [one.addr_spec for one in draft["From"].addresses] == ["ana@example.org"]
    raw = email.message_from_bytes(content)["From"].rpartition("<")[0].strip()
    shown = re.sub(r"\\(.)", r"\1", raw[1:-1]) if raw[0] == '"' else str(make_header(decode_header(raw)))
    assert shown == signer.name
    assert "=?" not in raw or raw[0] != '"'
    assert max(map(len, content.split(b"\r\n"))) <= 78


SUBJECTS = ["=?utf-8?q?Free_Evil?=", "x" * 1500]


@pytest.mark.parametrize(
    ("name", "subject"), [*((name, "plain") for name in FROM), *(("Ana Example", subject) for subject in SUBJECTS)]
)
def test_a_stranger_reads_the_same_sender_and_subject(name, subject, tmp_path):
    """By postal-mime, which we did not write."""
    letter = letter_of(Signer(name=name, email="ana@example.org", country="GB"))
    letter = dataclasses.replace(letter, subject=subject)
    command = mail_parser()
    (tmp_path / "draft.eml").write_bytes(render(letter, "eml"))
    read = subprocess.run([*command, tmp_path / "draft.eml"], check=True, capture_output=True, encoding="utf-8").stdout
    mail = json.loads(read)
    assert (mail["from"]["address"], mail["from"]["name"]) == ("ana@example.org", letter.signatory)
    assert mail["subject"] == subject


MARKUP = [
    "{{ 7*7 }}",
    "{% raw %}x",
    "{{ name.__class__ }}",
    '#read("/etc/passwd")',
    "#import x",
    "*bold* _under_ `raw`",
    "@label <label>",
    "$x$",
    "\\u{202e} \\n",
    "= Heading",
    "- item",
    "// comment",
    "<script>alert(1)</script>",
    "]]> <!-- --> <?x?>",
    "&amp; &lt; &#65;",
    "<w:br/>",
    "</w:t></w:r>",
    "${7*7} <%= 7*7 %>",
    "=HYPERLINK(1)",
]


@pytest.mark.parametrize("text", MARKUP)
def test_what_a_person_types_is_text(text):
    """In every format, as typed."""
    letter = letter_of(Signer(name=text, address=(text, "Exampletown"), country="GB", message=(text,)))
    said = text.replace("- item", "item") if text.startswith("- ") else text
    assert render(letter, "txt").decode().count(said) >= 4
    assert docx_text(render(letter, "docx")).count(said) >= 4
    page = render(letter, "html").decode()
    assert "<script" not in page
    assert html.unescape(page).count(said) >= 4
    pytest.importorskip("typst", reason="typst is not installed")
    pdf = render(letter, "pdf")
    if shutil.which("pdftotext"):
        found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
        assert found.decode().count(said.replace("  ", " ")) >= 3
        assert b"root:" not in found


def test_a_spreadsheet_calculates_nothing():
    """What we write begins no formula, and our own reader has the text back."""
    cells = ["=cmd|' /C calc'!A0", "+1", "-Ana", "@SUM(1)", "\tx", "\rx", "'=x", "''=x", "'Ana", "Ana", "O'Neill", ""]
    for cell in cells:
        assert not re.match(r"[=+@\t\r-]", harmless(cell))
        assert meant(harmless(cell)) == cell
    cells = [cell for cell in cells if "\r" not in cell]
    table = signatories_csv(Action(language="en", signatories=[(cell, "=1+1") for cell in cells]))
    rows = list(csv.reader(io.StringIO(table, newline="")))[1:]
    assert [[meant(cell) for cell in row] for row in rows] == [[cell, "=1+1"] for cell in cells]
    assert not any(re.match(r"[=+@\t\r-]", cell) for row in rows for cell in row)


def test_the_mark_before_a_formula_is_read_back(run, tmp_path):
    """The name in the letter is the name that was meant."""
    (tmp_path / "signers.csv").write_text("name,country\n'=Ana Example,GB\nO'Neill,GB\n")
    result = run("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv",
                 "--format", "txt", "--output", "letters", "--date", "2026-11-20")  # fmt: skip
    assert result.status == 0, result.err
    first, second = sorted((tmp_path / "letters").glob("*.txt"))
    assert "=Ana Example" in first.read_text()
    assert "'=Ana" not in first.read_text()
    assert "O'Neill" in second.read_text()


def test_rows_are_refused_one_by_one(run, tmp_path):
    """Each attack is a problem of its line, and the others are told too."""
    rows = ["Ana\u202eExample", "\u3164", "x" * 1001, "A" + "\u0301" * 11, "Bo Example"]
    (tmp_path / "signers.csv").write_text("name\n" + "\n".join(rows) + "\n", encoding="utf-8")
    result = run("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.csv", "--dry-run")
    assert result.status == 1
    for line, said in ((2, "U+202E"), (3, "is empty"), (4, "is longer than 1000"), (5, "more than 10 accents")):
        assert re.search(rf"signers\.csv:{line}: name: .*{re.escape(said)}", result.err), result.err
    assert ":6:" not in result.err


def test_a_town_is_no_place_for_the_date():
    """Nor does one from right to left take the day to its other side."""
    for town, said in (("{date}", "{date}, 20."), ("عمان", "عمان\u200e, 20.")):
        signer = Signer(name="Ana Example", address=("1 Street", town), town=town, country="JO")
        assert letters("de").letter(sender_of(signer), DAY).date.startswith(said)


def test_a_message_has_an_end():
    with pytest.raises(InputError, match="message: is longer than 20000 characters"):
        checked(Signer(name="Ana Example", message=("x" * 20_001,)))


# --- Office files and PDF --------------------------------------------------------------------------------------------

LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def repacked(path: Path, member: str, change) -> None:
    """Change one part of a package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[member] = change(parts[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def with_doctype(doctype: bytes, root: bytes, old: bytes):
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(root, doctype + root, 1).replace(old, b"&j;", 1)

    return change


ROW = b'<row r="3"><c r="A3" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>'
# Words that pack badly, so that what is too long is not also too much.
PROLOG = (
    b"<!--" + b"".join(hashlib.sha256(bytes([n % 256, n // 256])).hexdigest().encode() for n in range(9000)) + b"-->"
)
SHEETS = {
    "laughs": (with_doctype(LAUGHS, b"<worksheet", b"Ana Example"), "defines entities"),
    "outside": (with_doctype(OUTSIDE, b"<worksheet", b"Ana Example"), "defines entities"),
    "utf-16": (
        lambda c: with_doctype(OUTSIDE, b"<worksheet", b"Ana Example")(c).split(b"?>")[-1].decode().encode("utf-16"),
        "defines entities",
    ),
    "zeros": (lambda c: c.replace(b"</sheetData>", ROW % (b"A" * 30_000_000)), "unpacks to far more"),
    "wide": (lambda c: c.replace(b"</sheetData>", ROW.replace(b"A3", b"XFD3") % b"x"), "has more than 500 columns"),
    "no number": (
        lambda c: c.replace(b"</sheetData>", b'<row r="3"><c r="A3" t="n"><v>abc</v></c></row></sheetData>'),
        "cannot be read",
    ),
    "no string": (
        lambda c: c.replace(b"</sheetData>", b'<row r="3"><c r="A3" t="s"><v>999</v></c></row></sheetData>'),
        "cannot be read",
    ),
    "cut": (lambda c: c[:-40], "cannot be read"),
    "endless prolog": (lambda c: c.replace(b"<worksheet", PROLOG + b"<worksheet"), "XML without an element"),
}  # fmt: skip


@pytest.fixture
def sheet(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    for row in (["name", "city", "country"], ["Ana Example", "Exampletown", "GB"]):
        book.active.append(row)
    path = tmp_path / "signers.xlsx"
    book.save(path)
    # Texts in the sheet itself, so that an attack has one part to change.
    strings = [b"name", b"city", b"country", b"Ana Example", b"Exampletown", b"GB"]

    def inline(content: bytes) -> bytes:
        return re.sub(
            rb't="s"><v>(\d)</v>', lambda m: b't="inlineStr"><is><t>' + strings[int(m[1])] + b"</t></is>", content
        )

    repacked(path, "xl/worksheets/sheet1.xml", inline)
    return path


BATCH = ("batch", "--case", "mustafayev", "--target", "prosecutor", "--signers", "signers.xlsx", "--dry-run")


@pytest.mark.parametrize(("change", "said"), SHEETS.values(), ids=SHEETS)
def test_a_sheet_is_read_or_refused(run, sheet, change, said):
    repacked(sheet, "xl/worksheets/sheet1.xml", change)
    result = run(*BATCH)
    assert result.status == 1
    assert said in result.err
    assert "root:" not in result.text + result.err


def test_a_sheet_that_says_it_is_huge_is_as_large_as_it_is(run, sheet):
    """The size that a sheet says it has, and a row at the end of it, cost no time."""

    def change(content: bytes) -> bytes:
        huge = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content)
        assert huge != content
        return huge.replace(b"</sheetData>", ROW.replace(b"3", b"99999999999") % b"Bo Example")

    repacked(sheet, "xl/worksheets/sheet1.xml", change)
    result = run(*BATCH)
    assert result.status == 0, result.err
    assert "Ana Example" in result.text


def test_a_package_of_very_many_parts_is_refused(run, sheet):
    with zipfile.ZipFile(sheet, "a") as package:
        for number in range(6000):
            package.writestr(f"x/{number}", b"")
    result = run(*BATCH)
    assert "has more than 5000 parts" in result.err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c.replace(b"<w:document", LAUGHS + b"<w:document", 1), "defines entities"),
        (lambda c: c.replace(b"<w:document", OUTSIDE + b"<w:document", 1), "defines entities"),
        (lambda c: c + b" " * 60_000_000, "unpacks to far more"),
    ],
    ids=["laughs", "outside", "blanks"],
)
def test_a_word_document_is_read_or_refused(tmp_path, change, said):
    path = tmp_path / "action.docx"
    path.write_bytes(render(letter_of(Signer(name="Ana Example")), "docx"))
    repacked(path, "word/document.xml", change)
    with pytest.raises(InputError, match=said):
        read_document(path, "action.docx")


def pdf_of(path: Path, streams: list[tuple[str, bytes]], *, xobject: str = "") -> Path:
    """Write a PDF by hand: a page whose content is the first of *streams*, each with its entries."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
               f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources "
               f"<< /Font << /F1 4 0 R >> /XObject << {xobject} >> >> >>".encode(),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"]  # fmt: skip
    objects += [f"<< {entries} /Length {len(s)} >>\nstream\n".encode() + s + b"\nendstream" for entries, s in streams]
    content = b"%PDF-1.4\n"
    for number, body in enumerate(objects, 1):
        content += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    path.write_bytes(content + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n%%EOF\n".encode())
    return path


def flate(content: bytes) -> bytes:
    return zlib.compress(content, 9)


def forms() -> list[tuple[str, bytes]]:
    """Return a page that draws a form ten times, which draws another ten times, and so on."""
    made = [("", b"/X1 Do " * 10)]
    for n in range(1, 7):
        form = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X{n + 1} {6 + n} 0 R >> >>"
        made.append((form, f"/X{n + 1} Do ".encode() * 10))
    return [*made, ("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 m")]


SCATTERED = (
    b"BT /F1 1 Tf " + b"".join(b"1 0 0 1 %d %d Tm (a) Tj " % (n % 40 * 14, n // 40 * 14) for n in range(1500)) + b"ET"
)
PDFS = {
    "zeros": [("/Filter /FlateDecode", flate(b" " * 120_000_000))],
    "zeros twice": [("/Filter [/FlateDecode /FlateDecode]", flate(flate(b" " * 120_000_000)))],
    "zeros with an error": [("/Filter /FlateDecode", flate(b" " * 120_000_000)[:-9])],
    "run lengths": [("/Filter /RunLengthDecode", b"\x81 " * 900_000)],
    "long page": [("/Filter /FlateDecode", flate(b"0 0 m " * 1_000_000))],
    "forms in forms": forms(),
    "glyphs": [("/Filter /FlateDecode", flate(b"BT /F1 1 Tf " + b"(" + b"a" * 200_001 + b") Tj ET"))],
    "scattered": [("", SCATTERED)],
}


@pytest.mark.parametrize("streams", PDFS.values(), ids=PDFS)
def test_a_pdf_is_bounded(tmp_path, streams):
    """In what it unpacks to, draws and lays out."""
    pytest.importorskip("pdfminer", reason="pdfminer.six is not installed")
    path = pdf_of(tmp_path / "action.pdf", streams, xobject="/X1 6 0 R" if len(streams) > 1 else "")
    with pytest.raises(InputError, match="holds more than a few pages can"):
        read_document(path, "action.pdf")


def test_an_ordinary_pdf_of_the_same_make_is_read(tmp_path):
    pytest.importorskip("pdfminer", reason="pdfminer.six is not installed")
    page = flate(b"BT /F1 12 Tf 72 700 Td (Urgent action) Tj ET")
    path = pdf_of(tmp_path / "action.pdf", [("/Filter /FlateDecode", page)])
    assert "Urgent action" in "\n".join(read_document(path, "action.pdf").lines)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"a" * 300_001, "has more than 300000 characters"),
        ("a.txt", b"a\n" * 5_001, "has more than 5000 lines"),
        ("a.html", b"<p>" * 2_000_000, "is larger than 5000000 bytes"),
        ("a.html", b"<p>a</p>" * 100_000, "has more than"),
    ],
)
def test_a_text_of_great_length_is_refused(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_document(tmp_path / name, name)


@pytest.mark.parametrize("opened", [b"<!--", b"<!", b"<?", b"</", b"<a ", b"<a href='", b'<p style="display:none">'])
def test_what_a_page_never_closes_is_no_text(tmp_path, opened):
    """And is not looked through again and again."""
    (tmp_path / "a.html").write_bytes(b"<p>Free her</p>" + opened * 3000)
    assert words(" ".join(read_document(tmp_path / "a.html", "a.html").lines)) == ["Free", "her"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<![DOCTYPE html><p>Free her"),
        ("a.eml", b"Subject: x\nContent-Type: text/plain; charset=no-such\n\nFree her\n"),
        ("a.eml", b'Subject: x\nContent-Type: text/plain; charset="a\0b"\n\nFree her\n'),
        ("a.pdf", b"%PDF-1.7\n" + b"[" * 50_000),
        ("a.docx", b"PK\3\4" + b"\0" * 500),
    ],
    ids=["declaration", "charset", "charset with nul", "pdf", "docx"],
)
def test_a_broken_document_says_so(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=r"is broken|is a broken PDF|is not a Word document"):
        read_document(tmp_path / name, name)


def test_scripts_of_a_page_are_no_text(tmp_path):
    page = (
        b"<p>Free &lt;b&gt; her &#x202e;now</p><script>alert(1)</script><style>p{}</style><p onclick='x()'>Please</p>"
    )
    (tmp_path / "a.html").write_bytes(page)
    said = " ".join(read_document(tmp_path / "a.html", "a.html").lines)
    assert words(said) == ["Free", "<b>", "her", "now", "Please"]
    assert not any(map(fault_in_line, read_document(tmp_path / "a.html", "a.html").lines))


def test_reader_collects_no_more_than_is_read():
    """A file with problems without end stops at a hundred."""
    reader = Reader("x.yaml")
    for number in range(MOST_PROBLEMS - 1):
        reader.problem_at(str(number), "is wrong")
    with pytest.raises(InputError) as caught:
        reader.problem_at("x", "is wrong")
    assert len(caught.value.problems) == MOST_PROBLEMS + 1
