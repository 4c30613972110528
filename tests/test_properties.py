"""A value never changes the structure, and all formats carry the same words."""

from __future__ import annotations

import contextlib
import datetime
import email
import email.policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import docx_paragraphs, words

from appealgen import Library, Prepared, Signer, addressee, prepared, render, sender_of
from appealgen.characters import fault_in_line, fault_in_text, folded
from appealgen.errors import InputError, RefusedError
from appealgen.letter import Bullets, Paragraph, read_blocks, show_blocks
from appealgen.model import PartialDate
from appealgen.senders import initials
from appealgen.signers import checked

DAY = datetime.date(2026, 11, 20)
LIBRARY = Library(None)
MODEST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])

line = st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and not fault_in_line(text))
hostile = st.sampled_from(
    [
        "- x",
        "* x",
        "{{ name }}",
        "{% raw %}",
        "# x",
        "&amp;",
        "<w:p>",
        "]]>",
        "A\u00a0B",
        "=1+1",
        "'; --",
        "\\n",
        "|",
        "%0D%0A",
    ]
)
text_of_line = st.one_of(line, hostile, st.tuples(hostile, line).map(" ".join))
signers = st.builds(
    Signer,
    name=text_of_line,
    address=st.lists(text_of_line, max_size=4).map(tuple),
    country=st.sampled_from([None, "GB", "US", "DE", "RU"]),
    message=st.lists(text_of_line, max_size=3).map(tuple),
)


def letters(language: str, tone: str = "formal") -> Prepared:
    case = LIBRARY.case("mustafayev")
    return prepared(LIBRARY, case, addressee(LIBRARY, case, "prosecutor", None), language, tone)


PREPARED = {language: letters(language) for language in ("en", "ru", "uk")}
PLAIN = {language: PREPARED[language].letter(sender_of(Signer(name="Ana Example")), DAY) for language in PREPARED}


@MODEST
@given(signer=signers, language=st.sampled_from(sorted(PREPARED)))
def test_a_signer_never_changes_the_structure(signer, language):
    """Whatever a name, an address, a message holds: the same blocks in the same order, one more for each paragraph."""
    signer = checked(signer)
    letter = PREPARED[language].letter(sender_of(signer), DAY)
    kinds = [type(block) for block in letter.body]
    extra = len(signer.message)
    before = [type(block) for block in PLAIN[language].body]
    assert len(kinds) == len(before) + extra
    assert kinds.count(Bullets) == before.count(Bullets)
    for paragraph in signer.message:
        assert any(block.text.split() == paragraph.split(" ") or block.text.split() == paragraph.split()
                   for block in letter.body if isinstance(block, Paragraph))  # fmt: skip
    assert letter.signatory == signer.name


@MODEST
@given(signer=signers, language=st.sampled_from(sorted(PREPARED)))
def test_all_formats_carry_the_same_words(signer, language):
    """Word, text and mail say the same, and mail has no header but those that it should have."""
    letter = PREPARED[language].letter(sender_of(checked(signer)), DAY)
    text = render(letter, "txt").decode()
    in_docx = "\n".join(paragraph for _, paragraph in docx_paragraphs(render(letter, "docx")))
    assert words(in_docx) == words(text)
    draft = email.message_from_bytes(render(letter, "eml"), policy=email.policy.default)
    assert set(draft.keys()) == {"X-Unsent", "Subject", "Content-Language", "MIME-Version", "Content-Type",
                                 "Content-Transfer-Encoding"}  # fmt: skip
    assert draft["Subject"] == letter.subject
    body = words(draft.get_content())
    label = letter.subject_line
    assert sorted(body + words(label)) == sorted(_without_second_name(text, letter))


def _without_second_name(text: str, letter) -> list[str]:
    """A letter names its signer above, after a label in some languages, and below; a mail only below."""
    found = words(text)
    for word in words(f"{letter.labels.sender} {letter.signatory}"):
        found.remove(word)
    return found


@MODEST
@given(signer=signers)
def test_the_same_input_gives_the_same_bytes(signer):
    """In every format."""
    first, second = (PREPARED["en"].letter(sender_of(checked(signer)), DAY) for _ in range(2))
    for form in ("docx", "txt", "eml"):
        assert render(first, form) == render(second, form)


@MODEST
@given(
    prefix=line,
    suffix=line,
    character=st.sampled_from("\n\r\0\x07\x0b\x0c\x1b\x85\u2028\u2029\u202e\u2066\u200b\ufeff\ue000"),
)
def test_what_is_not_printed_is_refused(prefix, suffix, character):
    """A line break or a control character in a field of one line is an error that names the field."""
    for field in ("name", "address"):
        value = f"{prefix}{character}{suffix}"
        signer = Signer(name=value) if field == "name" else Signer(name="Ana", address=(value,))
        with pytest.raises(InputError, match=f"signer: {field}: "):
            checked(signer)


@given(st.dates(datetime.date(1000, 1, 1)), st.integers(0, 2))
def test_partial_dates_read_what_they_write(date, parts):
    """Year, year and month, or the whole date."""
    text = date.isoformat().rsplit("-", 2 - parts)[0]
    found = PartialDate.parse(text)
    assert str(found) == text
    assert found.last_day >= date or parts == 2


@given(st.text(max_size=12))
def test_nothing_else_is_a_date(text):
    """A date is written one way."""
    with contextlib.suppress(ValueError):
        assert str(PartialDate.parse(text)) == text


@given(
    st.lists(st.one_of(line.map(Paragraph), st.lists(line, min_size=1, max_size=3).map(tuple).map(Bullets)), max_size=5)
)
def test_blocks_are_read_back(blocks):
    """What an editor is shown and saved unchanged is the same letter."""
    clean = read_blocks(show_blocks(blocks))
    assert read_blocks(show_blocks(clean)) == clean


@given(st.text(max_size=40))
def test_folding_is_stable(text):
    """Folding twice changes nothing more, and case never matters."""
    assert folded(folded(text)) == folded(text)
    assert fault_in_text(text) or folded(text.upper()) == folded(text.upper().lower()) or not text.isascii()


NAMES = [name for names in LIBRARY.forbidden.values() for name in names]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.id)
def test_every_spelling_of_a_forbidden_name_is_found(name):
    """In a signer's paragraph, in any case, with any mark around it; whoever wrote it is told."""
    letters_to = PREPARED["ru"]
    for spelling in name.spellings:
        for text in (f"Я пишу вместе с {spelling}.", f"«{spelling.upper()}»", f"x\u00a0{spelling}, y"):
            sender = sender_of(Signer(name="Ana Example", message=(text,)))
            with pytest.raises(RefusedError, match="own paragraph"):
                letters_to.letter(sender, DAY)


@pytest.mark.parametrize(
    "text", ["Прошу об амнистии.", "Объявлена амнистия.", "An amnesty was declared.", "A memorial."]
)
def test_a_common_noun_is_no_name(text):
    """Amnesty is also a word."""
    PREPARED["ru"].letter(sender_of(Signer(name="Ana Example", message=(text,))), DAY)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Example", "A. E."),
        ("Jean-Luc Picard", "J.-L. P."),
        ("élodie", "É."),
        ("Анна Примерова", "А. П."),
        ("- x", "X."),
    ],
)
def test_initials(name, expected):
    """Also of double names and names in other scripts."""
    assert initials(name) == expected


def test_no_script_is_refused():
    """Names in any script are names."""
    for name in ("Ильяс Ǧafarov", "علي محمد", "नमस्ते शर्मा", "田中太郎", "O’Neill", "Nguyễn Thị", "J\u0301"):
        assert checked(Signer(name=name)).name == name
