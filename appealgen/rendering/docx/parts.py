"""The parts of a letter in Word: paragraphs, each with its style and place, and what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from appealgen.archive import deflated, directory_entry
from appealgen.letter import Bullets
from appealgen.rendering.direction import has_right_to_left
from appealgen.rendering.docx.text import escape, runs
from appealgen.rendering.measures import (
    BETWEEN_LINES_PT,
    GAP_MM,
    LINE_PT,
    MARGIN_MM,
    MM_PER_PT,
    framed,
    indents_mm,
    opening,
    text_width_mm,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.letter import Block, Layout, Letter
    from appealgen.paper import Window
    from appealgen.rendering.docx.signatories import Running

# About what 11 pt Times sets in a line, to count the lines of sender and address that will break.
_CHARACTERS_PER_MM = 0.57
_TWIPS_PER_MM = 1440 / 25.4
_TWIPS_PER_PT = 20
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{_NAMESPACE}"><w:body>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD_WITH_RELATIONS = HEAD.replace("><w:body>", f' xmlns:r="{_RELATIONS}"><w:body>')
#: What makes a paragraph an item of the list of the document, which the style List Bullet is for elsewhere.
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
# Stands where a joint letter has its signatories.
SIGNATURE = "<signature/>"


@dataclass(frozen=True, slots=True)
class Shared:
    """The members that letters of one case and language share, as they stand in the package, and its section."""

    before: bytes
    directory: bytes
    count: int
    section: str


@lru_cache(maxsize=64)
def shared_members(
    language: str, direction: str, page: str, subject: str, layout: Layout, gloss: bool, running: Running | None = None
) -> Shared:
    """Return what letters of one case and language share, made once."""
    from appealgen.rendering.docx.skeleton import skeleton  # loads python-docx

    built = skeleton(language, direction, page, layout, gloss=gloss, running=running)
    contents = [*built.parts, ("docProps/core.xml", core(language, subject).encode())]
    before, directory = b"", b""
    for name, content in contents:
        member = deflated(name, content, level=9)
        directory += directory_entry(name, member.crc, len(member.data), member.size, member.method, len(before))
        before += member.local()
    return Shared(before, directory, len(contents), built.section)


def core(language: str, subject: str) -> str:
    """Return the part that tells the title and language of a document."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(subject)}</dc:title><dc:language>{language}</dc:language>"
        "</cp:coreProperties>"
    )


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes paragraphs of a letter whose lines begin at the left or at the right.

    *suffix* stands at the end of each style's id, for a document whose letters differ in their styles.
    """

    right_to_left: bool
    layout: Layout
    page: str
    suffix: str = ""

    def paragraph(
        self,
        style: str,
        text: str,
        *,
        before: float | None = None,
        after: float | None = None,
        inset: tuple[float, float] | None = None,
    ) -> str:
        """Return a paragraph of *style*; *before*, *after* and *inset* are millimetres in place of the style's."""
        if inset is not None:
            return self._inset(style, text, _spacing(before, after), inset)
        if self.right_to_left and not has_right_to_left(text):
            more = self._left_to_right(style, _spacing(before, after))
            return f'<w:p><w:pPr><w:pStyle w:val="{style}{self.suffix}"/>{more}</w:pPr>{runs(text)}</w:p>'
        return f"{_begun(style + self.suffix, before, after)}{runs(text)}</w:p>"

    def _inset(self, style: str, text: str, spacing: str, inset: tuple[float, float]) -> str:
        """Return a paragraph so far from the left and the right margin, with its lines at the side of the letter's."""
        begin, end = inset
        bidi, aligned = "", ""
        if self.right_to_left and has_right_to_left(text):
            begin, end = end, begin
        elif self.right_to_left:
            bidi, aligned = '<w:bidi w:val="0"/>', '<w:jc w:val="right"/>'
        indents = f'<w:ind w:left="{twips(begin)}" w:right="{twips(end)}"/>'
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}{self.suffix}"/>{bidi}{spacing}{indents}{aligned}</w:pPr>'
            f"{runs(text)}</w:p>"
        )

    def _left_to_right(self, style: str, spacing: str) -> str:
        """Return what sets a line of Latin letters in a letter from right to left.

        It keeps its place on the page, and numbers in it theirs: "119991 Moscow", not "Moscow 119991".
        """
        begin, end = indents_mm(style, self.layout, self.page)
        indents = f'<w:ind w:left="{twips(end)}" w:right="{twips(begin)}"/>' if begin or end else ""
        aligned = "" if style == "BodyText" else '<w:jc w:val="right"/>'
        return f'<w:bidi w:val="0"/>{spacing}{indents}{aligned}'


@lru_cache(maxsize=256)
def _begun(style: str, before: float | None, after: float | None) -> str:
    """Return how a paragraph begins that goes the way of its style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_spacing(before, after)}</w:pPr>'


def _spacing(before: float | None, after: float | None) -> str:
    values = (("before", before), ("after", after))
    places = " ".join(f'w:{name}="{twips(value)}"' for name, value in values if value is not None)
    return f"<w:spacing {places}/>" if places else ""


def twips(millimetres: float) -> int:
    """Return *millimetres* in the unit of Word, a twentieth of a point."""
    return round(millimetres * _TWIPS_PER_MM)


class Part(NamedTuple):
    """A part above the subject with its lines, the millimetres before and after it, and how far in it stands."""

    style: str
    lines: tuple[str, ...]
    gap: float
    after: float
    inset: tuple[float, float] | None


def placed_parts(letter: Letter) -> Iterator[Part]:
    """Yield the parts above the subject; of the sender, no more goes into the others' places than how high it is."""
    at = float(MARGIN_MM["top"])
    for part in opening(letter):
        gap = max(part.gap, part.top - at)
        at += gap + (height_mm if part.style == "Sender" else _height_kept)(part.lines, part.width)
        yield Part(part.style, part.lines, gap, max(part.after, part.bottom - at), part.inset)


def part_lines(
    style: str, lines: tuple[str, ...], gap: float, after: float, inset: tuple[float, float] | None, write: Writer
) -> str:
    """Return the paragraphs of a `Part`."""
    # Without a line, a paragraph holds the place of what else keeps the rest below a window.
    lines = lines or ("",)
    last = len(lines) - 1
    return "".join(
        write.paragraph(style, line, before=None if row else gap, after=after if row == last else None, inset=inset)
        for row, line in enumerate(lines)
    )


@lru_cache(maxsize=256)
def in_window(lines: tuple[str, ...], window: Window, write: Writer) -> str:
    """Return the address as a frame that stands where *window* shows it, whatever else is on the page."""
    placed = framed(lines, window)
    box = placed.box
    frame = (
        f'<w:framePr w:w="{twips(box.width)}" w:h="{twips(box.height)}" w:hRule="atLeast" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{twips(box.left)}" w:y="{twips(box.top)}"/>'
    )
    size = round(placed.size * 2)
    properties = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    spacing = f'<w:spacing w:line="{round(placed.leading * _TWIPS_PER_PT)}" w:lineRule="exact"/>'
    right_to_left = any(map(has_right_to_left, lines))
    written = []
    for line in lines:
        turned = right_to_left and not has_right_to_left(line)
        bidi = '<w:bidi w:val="0"/>' if turned or (write.right_to_left and not right_to_left) else ""
        aligned = '<w:jc w:val="right"/>' if turned else ""
        written.append(
            f'<w:p><w:pPr><w:pStyle w:val="InsideAddress{write.suffix}"/>{frame}{bidi}{spacing}'
            f'<w:ind w:left="0" w:right="0"/>{aligned}</w:pPr>{runs(line, more=properties)}</w:p>'
        )
    # LibreOffice mirrors a frame whose anchor, the paragraph after it, runs from right to left.
    anchor = f'<w:p><w:pPr><w:pStyle w:val="InsideAddress{write.suffix}"/><w:bidi w:val="0"/>'
    anchor += '<w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    return "".join(written) + (anchor if write.right_to_left else "")


def middle_content(subject: str, salutation: str, body: tuple[Block, ...], write: Writer) -> bytes:
    """Return what stands from the subject to the end of the body."""
    parts = [("SubjectLine", subject), ("Salutation", salutation)]
    for block in body:
        if isinstance(block, Bullets):
            parts += [("ListBullet", item) for item in block.items]
        else:
            parts.append(("BodyText", block.text))
    return "".join(write.paragraph(style, text) for style, text in parts).encode()


def foot(letter: Letter, write: Writer) -> Iterator[str]:
    """Yield the close, the signature or lines to fill in, copies and enclosures."""
    labels = letter.labels
    for part in letter.layout.foot:
        if part == "close":
            yield write.paragraph("Closing", letter.close)
        elif part == "date":
            yield write.paragraph("Date", letter.date, before=GAP_MM)
        elif part == "sender":
            for row, line in enumerate(letter.sender_at_foot):
                yield write.paragraph("Sender", line, before=None if row else GAP_MM)
        elif letter.joint is not None:
            yield SIGNATURE
        elif letter.signatory is None:
            yield _to_fill_in(write, labels.signature, labels.name)
            yield _to_fill_in(write, labels.address)
        else:
            yield write.paragraph("Signature", letter.signatory)
    for label, lines in ((labels.copy_to, letter.copies), (labels.enclosure, letter.enclosures)):
        yield from (write.paragraph("Copies", f"{label} {line}") for line in lines)


def _to_fill_in(write: Writer, *labels: str) -> str:
    tab = "<w:r><w:tab/></w:r>"
    content = tab.join(runs(f"{label} ") + tab for label in labels)
    tabs = _two_columns(write.page) if len(labels) > 1 else ""
    return f'<w:p><w:pPr><w:pStyle w:val="SignatureLine{write.suffix}"/>{tabs}</w:pPr>{content}</w:p>'


def _two_columns(page: str) -> str:
    """Return the tab stops that end one line to fill in at the middle of the text and begin the next after a gap."""
    middle = text_width_mm(page) / 2 * _TWIPS_PER_MM
    half = BETWEEN_LINES_PT * _TWIPS_PER_PT / 2
    end, begin = round(middle - half), round(middle + half)
    ends = f'<w:tab w:val="left" w:leader="underscore" w:pos="{end}"/>'
    return f'<w:tabs>{ends}<w:tab w:val="left" w:pos="{begin}"/></w:tabs>'


def height_mm(lines: tuple[str, ...], width_mm: float) -> float:
    """Return about how high *lines* are that break after *width_mm*."""
    across = int(width_mm * _CHARACTERS_PER_MM)
    rows = sum([1 + (len(line) - 1) // across for line in lines])
    return rows * LINE_PT * MM_PER_PT


_height_kept = lru_cache(maxsize=256)(height_mm)
