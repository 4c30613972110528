"""The signatories of a joint letter in Word: columns are sections, whose last paragraph carries what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from appealgen.rendering.docx.text import runs
from appealgen.rendering.measures import COLUMN_GAP_MM, columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from appealgen.letter import Joint

_GAP = round(COLUMN_GAP_MM * 1440 / 25.4)
_END = "LetterEnd"
# Word balances columns only where something follows them: a line that nobody sees.
_NOTHING = (
    '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr>'
    "</w:p>"
)


class Running(NamedTuple):
    """What stands above the pages but the first; *to_bookmark* counts pages to the letter's end, not to the file's."""

    title: str
    page: tuple[str, str, str]
    to_bookmark: bool


class Sections:
    """The paragraphs of a document, in sections of one column and of several."""

    def __init__(self, section: str) -> None:
        self._section = section
        self._parts: list[tuple[int, list[str]]] = [(1, [])]

    def add(self, paragraphs: Iterable[str], count: int = 1) -> None:
        """Add *paragraphs* in *count* columns."""
        if self._parts[-1][0] != count:
            self._parts.append((count, []))
        self._parts[-1][1].extend(paragraphs)

    def keep_last(self) -> None:
        """Keep the paragraph that was added last on the page of the next."""
        paragraphs = self._parts[-1][1]
        paragraphs[-1] = _with(paragraphs[-1], "<w:keepNext/>")

    def closed(self, copy: str) -> str:
        """Return all sections, and after them *copy*, which has no title above its pages, in a section of its own."""
        if self._parts[-1][0] > 1:
            self.add([_NOTHING])
        if copy:
            self._parts[-1][1][-1] = _marked(self._parts[-1][1][-1])
        content = []
        last = len(self._parts) - 1
        for number, (count, paragraphs) in enumerate(self._parts):
            section = self._continuous(count) if number else self._section
            if number < last or copy:
                *others, end = paragraphs
                content += [*others, _ended(end, section)]
            else:
                content += [*paragraphs, section]
        if copy:
            content += [copy, self._apart()]
        return "".join(content)

    def _continuous(self, count: int) -> str:
        """Return a section that goes on where the one before ends, with the same above its pages."""
        bare = re.sub(r"<w:headerReference [^>]*/>|<w:titlePg[^>]*/>", "", self._section)
        bare = bare.replace("<w:pgSz", '<w:type w:val="continuous"/><w:pgSz', 1)
        return re.sub(r"<w:cols[^>]*/>", f'<w:cols w:num="{count}" w:space="{_GAP}"/>', bare)

    def _apart(self) -> str:
        """Return a section on pages of its own that have above them what the first page has, which is nothing."""
        first = re.search(r'w:type="first" (r:id="\w+")|(r:id="\w+") w:type="first"', self._section)
        assert first is not None
        return re.sub(
            r'(<w:headerReference )[^>]*(w:type="default")[^>]*/>', rf"\1\2 {first[1] or first[2]}/>", self._section
        )


def _ended(paragraph: str, section: str) -> str:
    """Return *paragraph* as the last of its *section*."""
    head, end, rest = paragraph.partition("</w:pPr>")
    return f"{head}{section}{end}{rest}"


def on_new_page(paragraph: str) -> str:
    """Return *paragraph* so that it begins a page."""
    return _with(paragraph, "<w:pageBreakBefore/>")


def is_of_sender(paragraph: str) -> bool:
    """Tell whether *paragraph* is a line of the sender's address."""
    return paragraph.startswith('<w:p><w:pPr><w:pStyle w:val="Sender"/>')


def _with(paragraph: str, setting: str) -> str:
    """Return *paragraph* with *setting*, which the schema has next to the style."""
    head, end, rest = paragraph.partition("/>")
    return f"{head}{end}{setting}{rest}"


def _marked(paragraph: str) -> str:
    mark = f'<w:bookmarkStart w:id="0" w:name="{_END}"/><w:bookmarkEnd w:id="0"/>'
    return f"{paragraph.removesuffix('</w:p>')}{mark}</w:p>"


def lists(joint: Joint, paragraph: Callable[[str, str], str], sections: Sections) -> None:
    """Add who has signed to *sections*, each list below its heading."""
    for signed in joint.lists:
        sections.add([paragraph("SignatoryHeading", signed.heading)])
        sections.add((paragraph("Signatory", one) for one in signed.entries), columns(signed))


def running_paragraph(running: Running) -> str:
    """Return the paragraph above the pages of a joint letter: its title, and the number of the page at the far side."""
    before, between, after = (runs(text) if text else "" for text in running.page)
    total = f"PAGEREF {_END}" if running.to_bookmark else "NUMPAGES"
    numbered = f"{before}{_field('PAGE')}{between}{_field(total)}{after}"
    tab = "<w:r><w:tab/></w:r>"
    return f'<w:p><w:pPr><w:pStyle w:val="RunningTitle"/></w:pPr>{runs(running.title)}{tab}{numbered}</w:p>'


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
