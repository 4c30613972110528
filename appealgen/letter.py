"""The letter as parts and blocks of text. It knows no format; a value in it never makes structure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from appealgen.catalogue import _p

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from appealgen.paper import Window

#: Stands around values that a template prints, so that a line break or a hyphen in one stays a character.
#: The private use area is refused in every input, so these never come from a person.
VALUE_MARK = "\ue000"
LINE_BREAK_MARK = "\ue001"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list with one paragraph of plain text for each item."""

    items: tuple[str, ...]


Block = Paragraph | Bullets


@dataclass(frozen=True, slots=True)
class Mail:
    """What the draft of an email says in its headers; an empty *to* is left for the user to fill."""

    to: str | None = None
    cc: tuple[str, ...] = ()
    sender_name: str | None = None
    sender_email: str | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that the letter's language puts before its parts, each with its own colon; empty for none."""

    copy_to: str
    enclosure: str
    name: str
    address: str
    signature: str
    subject: str = ""
    sender: str = ""


#: The parts of a letter whose place depends on the language.
PARTS = ("sender", "address", "date", "close", "signature")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a language has the parts of a letter.

    *top* stands above the subject and *foot* below the body, each in this order; together they are `PARTS`. What is
    in *far_side* stands at the side where lines end: the right, but the left in Arabic.
    """

    top: tuple[str, ...]
    foot: tuple[str, ...]
    far_side: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph of a letter beside the same in another language."""

    original: str
    translation: str
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Gloss:
    """A letter beside its translation, for whoever signs it; *language* and *direction* are the translation's.

    *names* head the two sides: what the letter's language and the translation's call themselves.
    """

    language: str
    direction: str
    heading: str
    pairs: tuple[Pair, ...]
    names: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Signatories:
    """Who has signed a joint letter, each with the role on one line; *with_roles* tells whether any has one."""

    heading: str
    entries: tuple[str, ...]
    with_roles: bool = True


@dataclass(frozen=True, slots=True)
class Joint:
    """What only a letter with many signatories has.

    *lists* are the people, then the organisations. Where *annex* is not empty, it heads them on a page of their own,
    which *annex_sentence* speaks of in the letter. From page two on, *running_title* stands above the text, with
    *page* around the number of the page and that of all pages: what is before, between and after them.
    """

    lists: tuple[Signatories, ...]
    running_title: str
    page: tuple[str, str, str]
    annex: str = ""
    annex_sentence: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A composed letter, ready to be laid out.

    *sender* is empty where nobody is named; *signatory* is then None and the letter ends in lines to sign on.
    *language* is the tag for the text, such as ``en-GB``; *page* is ``A4`` or ``Letter``; *day* is what *date* says in
    words, for formats that keep it apart. With a *window*, the inside address stands where an envelope shows it. A
    *joint* letter ends in its signatories in place of a signature.
    """

    language: str
    direction: str
    page: str
    layout: Layout
    labels: Labels
    sender: tuple[str, ...]
    inside_address: tuple[str, ...]
    date: str
    subject: str
    salutation: str
    body: tuple[Block, ...]
    close: str
    signatory: str | None
    copies: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    mail: Mail = Mail()
    gloss: Gloss | None = None
    day: datetime.date | None = None
    window: Window | None = None
    joint: Joint | None = None

    @property
    def subject_line(self) -> str:
        """The subject as it is printed, after its label where the language has one."""
        return f"{self.labels.subject} {self.subject}".lstrip()

    @property
    def sender_at_top(self) -> tuple[str, ...]:
        """The sender's name and address as they stand above the letter, after a label where the language has one."""
        if not self.sender or "sender" not in self.layout.top:
            return ()
        return (f"{self.labels.sender} {self.sender[0]}".lstrip(), *self.sender[1:])

    @property
    def sender_at_foot(self) -> tuple[str, ...]:
        """The sender's address as it stands below the signature, which has the name; of a joint letter the name too."""
        if "sender" not in self.layout.foot:
            return ()
        if self.joint is not None and self.sender:
            return (f"{self.labels.sender} {self.sender[0]}".lstrip(), *self.sender[1:])
        return self.sender[1:]

    def in_window(self, window: Window) -> Letter:
        """Return the letter with its address where *window* shows it, and with sender and date beside it.

        A language that has one of these at the foot would lose the room that the window takes at the head.
        """
        before = [part for part in ("sender", "date") if part not in self.layout.top]
        top = (*self.layout.top, *before)
        foot = tuple(part for part in self.layout.foot if part not in before)
        return replace(self, window=window, layout=Layout(top, foot, self.layout.far_side))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every part of the letter that a reader can see, with the name of the part."""
        yield from (("sender", line) for line in self.sender)
        yield from (("inside address", line) for line in self.inside_address)
        yield from (("date", self.date), ("subject", self.subject), ("salutation", self.salutation))
        for block in self.body:
            yield from (("body", text) for text in (block.items if isinstance(block, Bullets) else (block.text,)))
        yield "close", self.close
        yield from (("signature", name) for name in (self.signatory, self.mail.sender_name) if name)
        yield from (("copies", line) for line in self.copies)
        yield from (("enclosures", line) for line in self.enclosures)
        addresses = (self.mail.to, *self.mail.cc, self.mail.sender_email)
        yield from (("email addresses", address) for address in addresses if address)
        if self.joint is not None:
            yield from _signed(self.joint)
        if self.gloss is not None:
            yield from (("translation", pair.translation) for pair in self.gloss.pairs)


def part_name(part: str) -> str:
    """Return what users are told for a part of `Letter.texts`; what is none of them is said as it is."""
    names = {
        "sender": _p("a part of a letter", "sender"),
        "inside address": _p("a part of a letter", "inside address"),
        "date": _p("a part of a letter", "date"),
        "subject": _p("a part of a letter", "subject"),
        "salutation": _p("a part of a letter", "salutation"),
        "body": _p("a part of a letter", "body"),
        "close": _p("a part of a letter", "close"),
        "signature": _p("a part of a letter", "signature"),
        "copies": _p("a part of a letter", "copies"),
        "enclosures": _p("a part of a letter", "enclosures"),
        "email addresses": _p("a part of a letter", "email addresses"),
        "translation": _p("a part of a letter", "translation"),
        "annex": _p("a part of a letter", "annex"),
        "signatories": _p("a part of a letter", "signatories"),
        "page number": _p("a part of a letter", "page number"),
        "file name": _p("a part of a letter", "file name"),
    }
    return names.get(part, part)


def _signed(joint: Joint) -> Iterator[tuple[str, str]]:
    """Yield the parts of a letter that only a joint one has."""
    yield from (("annex", text) for text in (joint.annex_sentence, joint.annex) if text)
    for signed in joint.lists:
        yield from (("signatories", text) for text in (signed.heading, *signed.entries) if text)
    yield from (("page number", text) for text in joint.page if text.strip())


def read_blocks(text: str) -> tuple[Block, ...]:
    """Read text with empty lines between paragraphs and ``- `` before the items of a list.

    A line break within a paragraph or an item is a space. Marks around values are taken out.
    """
    blocks: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        lines = [line.strip(" \t") for line in part.split("\n")]
        prose: list[str] = []
        items: list[list[str]] = []
        for line in filter(None, lines):
            if line.startswith("- "):
                items.append([line[2:].strip(" \t")])
            elif items:
                items[-1].append(line)
            else:
                prose.append(line)
        if words := _plain(prose):
            blocks.append(Paragraph(words))
        if found := tuple(filter(None, map(_plain, items))):
            if blocks and isinstance(blocks[-1], Bullets) and not prose:
                blocks[-1] = Bullets(blocks[-1].items + found)
            else:
                blocks.append(Bullets(found))
    return tuple(blocks)


def _plain(lines: Iterable[str]) -> str:
    joined = " ".join(lines).replace(VALUE_MARK, "").replace(LINE_BREAK_MARK, " ")
    if "  " in joined or "\t" in joined:
        joined = re.sub(r"[ \t]+", " ", joined)
    return joined.strip(" ")


def show_blocks(blocks: Iterable[Block]) -> str:
    """Return the text that `read_blocks` reads back, with one empty line between blocks."""
    return "\n\n".join(
        "\n".join(f"- {item}" for item in block.items) if isinstance(block, Bullets) else block.text for block in blocks
    )
