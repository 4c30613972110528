"""A letter as a link: read back with the standard library, which did not write it."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealgen import Library, Signer, addressee, prepared, sender_of
from appealgen.letter import Bullets, Mail, Paragraph
from appealgen.rendering import LONGEST_LINK, mail_link

# Short, as a link must be: the made-up case that `init` lays out.
LIBRARY = Library(Path(__file__).parent.parent / "appealgen" / "starter")
DAY = datetime.date(2026, 11, 20)
LINK = ("write", "--group", str(LIBRARY.group), "--case", "example", "--target", "minister", "--format", "mailto")
LONG = ("write", "--case", "mustafayev", "--target", "embassy", "--country", "GB", "--format", "mailto")


def a_letter(case="example", target="minister"):
    case = LIBRARY.case(case)
    to = addressee(LIBRARY, case, target, "GB")
    return prepared(LIBRARY, case, to, "en", "brief").letter(sender_of(Signer(name=None)), DAY)


def read(link: str) -> tuple[str, dict[str, str]]:
    """Return the address of a link and its fields, each of which stands there once and is not empty."""
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    assert not parts.fragment
    pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)
    fields = dict(pairs)
    assert len(fields) == len(pairs)
    assert all(fields.values())
    return unquote(parts.path), fields


def test_it_goes_to_standard_output_in_the_tone_brief(run):
    """One line that a program can take: address, subject, and the letter from its salutation on."""
    result = run(*LINK)
    assert result.status == 0, result.err
    assert result.text.count("\n") == 1
    link = result.text.rstrip("\n")
    assert link.isascii()
    assert not re.search(r"[\s\"<>+]", link)
    assert len(link) <= LONGEST_LINK
    to, fields = read(link)
    assert to == "minister@justice.example"
    assert set(fields) == {"subject", "body"}
    letter = a_letter()
    assert fields["subject"] == letter.subject
    lines = fields["body"].split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    assert lines[0] == letter.salutation
    assert lines[-1] == letter.close
    for block in letter.body:
        for text in block.items if isinstance(block, Bullets) else (block.text,):
            assert text in fields["body"]


def test_into_a_file_is_the_same_line(run, tmp_path):
    """Whatever the file is called."""
    out = run(*LINK, "-q").out
    assert run(*LINK, "-q", "--output", "link.txt").text == "link.txt\n"
    assert (tmp_path / "link.txt").read_bytes() == out
    assert run(*LINK, "--output", "letter.docx").status == 2
    told = json.loads(run(*LINK, "--json").text)
    assert told["files"][0]["link"] == out.decode().rstrip("\n")


def test_one_that_is_too_long(run):
    """The link has the rest, and the text to paste stands below it; a note says how long it would be."""
    result = run(*LONG)
    assert result.status == 0
    letter = a_letter("mustafayev", "embassy")
    link, text = result.text.split("\n\n", 1)
    to, fields = read(link)
    whole = read(mail_link(letter))
    assert (to, fields) == (whole[0], {name: said for name, said in whole[1].items() if name != "body"})
    assert text == whole[1]["body"].replace("\r\n", "\n") + "\n"
    assert f"{len(mail_link(letter)):,} characters" in result.err
    assert f"{LONGEST_LINK:,}" in result.err
    assert "--format eml" in result.err
    told = json.loads(run(*LONG, "--json").text)["files"][0]
    assert (told["link"], told["text"]) == (link, text.removesuffix("\n"))
    assert run(*LONG, "-q", "--output", "link.txt").text == "link.txt\n"
    assert Path("link.txt").read_text(encoding="utf-8") == result.text


def test_a_tone_that_is_asked_for_is_taken(run):
    """It is brief only where nobody said how it is to be."""
    brief, formal = run(*LINK, "-q").text, run(*LINK, "-q", "--tone", "formal").text
    assert run(*LINK, "-q", "--tone", "brief").text == brief
    assert len(formal) > len(brief)


def test_an_office_without_an_address(run, tmp_path):
    """A link without an address, and the note that a draft has."""
    book = (LIBRARY.group / "targets.yaml").read_text(encoding="utf-8")
    shutil.copytree(LIBRARY.group, tmp_path / "own")
    (tmp_path / "own" / "targets.yaml").write_text(re.sub("  email: .*\n", "", book), encoding="utf-8")
    result = run("write", "--group", "own", *LINK[3:])
    assert result.status == 0, result.err
    assert result.text.startswith("mailto:?subject=")
    assert "no email address is known" in result.err


@pytest.mark.parametrize(
    "options",
    [("--gloss", "ru"), ("--fit", "page"), ("--wrap", "60"), ("--attach",)],
    ids=lambda options: options[0],
)
def test_what_a_link_has_no_place_for(run, options):
    """Refused before anything is composed."""
    result = run(*LINK, *options)
    assert result.status == 2
    assert options[0] in result.err


def test_not_in_a_batch(run, tmp_path):
    """A link is for one letter at a time."""
    (tmp_path / "signers.csv").write_text("name\nAna Example\n", encoding="utf-8")
    what = ("--case", "mustafayev", "--target", "embassy", "--signers", "signers.csv", "--format", "mailto")
    assert run("batch", *what).status == 2


HARD = st.text(st.sampled_from("aé&?#%+=;,: \n\"'<>@/\\я\u0639\U0001f600"), min_size=1, max_size=30)


@given(name=HARD, subject=HARD, text=HARD)
def test_every_character_comes_back(name, subject, text):
    """Whatever stands in a letter ends no field and begins no other."""
    letter = dataclasses.replace(
        a_letter(), subject=subject, body=(Paragraph(text),), sender=(name, "1 Street"), signatory=name,
        copies=(), mail=Mail("a+b&c@example.org", ("x?y@example.org", "z,z@example.org")),
    )  # fmt: skip
    to, fields = read(mail_link(letter))
    assert to == "a+b&c@example.org"
    # A comma within an address is written as the comma between two is not.
    assert fields["cc"] == "x?y@example.org,z,z@example.org"
    assert mail_link(letter).count("%2C") == 1
    assert fields["subject"] == subject
    said = "\n\n".join([letter.salutation, text, letter.close, f"{name}\n1 Street"])
    assert fields["body"] == said.replace("\n", "\r\n")
