"""Word: a package made once for a language and paper; a letter is then one part written into it.

Where a letter has the address below the sender, it stands where a DIN 5008 form B envelope shows it; for another
window it is a frame with its place on the page. Nothing in the file says who made it, when, or with what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from appealgen.archive import archive, deflated, directory_entry, joined, segment
from appealgen.letter import Bullets
from appealgen.rendering.direction import has_right_to_left
from appealgen.rendering.docx.text import escape, runs
from appealgen.rendering.extents import room_below_body_pt
from appealgen.rendering.measures import (
    BETWEEN_LINES_PT,
    GAP_MM,
    LINE_PT,
    MARGIN_MM,
    MM_PER_PT,
    columns,
    framed,
    indents_mm,
    opening,
    text_width_mm,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appealgen.letter import Block, Gloss, Joint, Layout, Letter
    from appealgen.paper import Window
    from appealgen.rendering.docx.signatories import Running

# About what 11 pt Times sets in a line, to count the lines of sender and address that will break.
_CHARACTERS_PER_MM = 0.57
# Room below a body that close and heading may fill with no name below them: where less is left, the heading does not
# stand there; where more is, names stand below it.
_CROWDED_PT = (20, 90)
_TWIPS_PER_MM = 1440 / 25.4
_TWIPS_PER_PT = 20
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def render(letter: Letter) -> bytes:
    """Return *letter* as the bytes of a DOCX package."""
    write = _Writer(letter.direction == "rtl", letter.layout, letter.page)
    gloss = letter.gloss
    if letter.joint is not None:
        return _joint(letter, letter.joint, write)
    shared = _shared(letter.language, letter.direction, letter.page, letter.subject, letter.layout, gloss is not None)
    opening = (_HEAD + "".join(_opening(letter, write))).encode()
    middle, middle_segment = _middle(letter.subject_line, letter.salutation, letter.body, write)
    copy = _beside(gloss, letter.language, write) if gloss else ""
    ending = ("".join(_ending(letter, write)) + f"{copy}{shared.section}</w:body></w:document>").encode()
    segments = (segment(opening), middle_segment, segment(ending, last=True))
    document = joined("word/document.xml", (opening, middle, ending), segments)
    return archive([document], shared.before, shared.directory, shared.count)


@dataclass(frozen=True, slots=True)
class _Shared:
    """The members that letters of one case and language share, as they stand in the package, and its section."""

    before: bytes
    directory: bytes
    count: int
    section: str


@lru_cache(maxsize=64)
def _shared(
    language: str, direction: str, page: str, subject: str, layout: Layout, gloss: bool, running: Running | None = None
) -> _Shared:
    from appealgen.rendering.docx.skeleton import skeleton  # loads python-docx

    built = skeleton(language, direction, page, layout, gloss=gloss, running=running)
    contents = [*built.parts, ("docProps/core.xml", _core(language, subject).encode())]
    before, directory = b"", b""
    for name, content in contents:
        member = deflated(name, content, level=9)
        directory += directory_entry(name, member.crc, len(member.data), member.size, member.method, len(before))
        before += member.local()
    return _Shared(before, directory, len(contents), built.section)


def _joint(letter: Letter, joint: Joint, write: _Writer) -> bytes:
    """Return a letter with its signatories, in columns, and a title and number above its pages but the first."""
    from appealgen.rendering.docx.signatories import Running, Sections, is_of_sender, lists, on_new_page

    gloss = letter.gloss
    running = Running(joint.running_title, joint.page, to_bookmark=gloss is not None)
    shared = _shared(
        letter.language, letter.direction, letter.page, letter.subject, letter.layout, bool(gloss), running
    )
    sections = Sections(shared.section)
    sections.add(_opening(letter, write))
    middle, _ = _middle(letter.subject_line, letter.salutation, letter.body, write)
    sections.add([middle.decode()])
    # The close goes with the heading below it; from there, a break takes both along.
    apart = (
        not joint.annex
        and columns(joint.lists[0]) > 1
        and _CROWDED_PT[0] <= room_below_body_pt(letter) <= _CROWDED_PT[1]
    )
    parts = list(_ending(letter, write))
    for number, part in enumerate(parts):
        if part is _SIGNATURE:
            if joint.annex:
                sections.add([write.paragraph("AnnexSentence", joint.annex_sentence)])
            else:
                lists(joint, write.paragraph, sections)
        else:
            sections.add([on_new_page(part) if apart and not number else part])
        if is_of_sender(part) and is_of_sender("".join(parts[number + 1 : number + 2])):
            sections.keep_last()
    if joint.annex:
        sections.add([write.paragraph("AnnexHeading", joint.annex)])
        lists(joint, write.paragraph, sections)
    copy = _beside(gloss, letter.language, write) if gloss else ""
    content = (_HEAD_WITH_RELATIONS + sections.closed(copy) + "</w:body></w:document>").encode()
    document = joined("word/document.xml", [content], [segment(content, last=True)])
    return archive([document], shared.before, shared.directory, shared.count)


def _core(language: str, subject: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(subject)}</dc:title><dc:language>{language}</dc:language>"
        "</cp:coreProperties>"
    )


_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{_NAMESPACE}"><w:body>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD_WITH_RELATIONS = _HEAD.replace("><w:body>", f' xmlns:r="{_RELATIONS}"><w:body>')
#: What makes a paragraph an item of the list of the document, which the style List Bullet is for elsewhere.
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_GLOSS_INDENTS = '<w:ind w:left="160" w:hanging="160"/>'
# Stands where a joint letter has its signatories.
_SIGNATURE = "<signature/>"


@dataclass(frozen=True, slots=True)
class _Writer:
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
        indents = f'<w:ind w:left="{_twips(begin)}" w:right="{_twips(end)}"/>'
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}{self.suffix}"/>{bidi}{spacing}{indents}{aligned}</w:pPr>'
            f"{runs(text)}</w:p>"
        )

    def _left_to_right(self, style: str, spacing: str) -> str:
        """Return what sets a line of Latin letters in a letter from right to left.

        It keeps its place on the page, and numbers in it theirs: "119991 Moscow", not "Moscow 119991".
        """
        begin, end = indents_mm(style, self.layout, self.page)
        indents = f'<w:ind w:left="{_twips(end)}" w:right="{_twips(begin)}"/>' if begin or end else ""
        aligned = "" if style == "BodyText" else '<w:jc w:val="right"/>'
        return f'<w:bidi w:val="0"/>{spacing}{indents}{aligned}'


@lru_cache(maxsize=256)
def _begun(style: str, before: float | None, after: float | None) -> str:
    """Return how a paragraph begins that goes the way of its style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_spacing(before, after)}</w:pPr>'


def _spacing(before: float | None, after: float | None) -> str:
    values = (("before", before), ("after", after))
    places = " ".join(f'w:{name}="{_twips(value)}"' for name, value in values if value is not None)
    return f"<w:spacing {places}/>" if places else ""


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)


def _opening(letter: Letter, write: _Writer) -> Iterator[str]:
    """Yield sender, inside address and date, each where it belongs on the page."""
    if letter.window is not None:
        yield _in_window(letter.inside_address, letter.window, write)
    for part in _placed(letter):
        # What is the same for many letters is written once.
        yield (_lines if part.style == "Sender" else _lines_kept)(*part, write)


class _Part(NamedTuple):
    """A part above the subject with its lines, the millimetres before and after it, and how far in it stands."""

    style: str
    lines: tuple[str, ...]
    gap: float
    after: float
    inset: tuple[float, float] | None


def _placed(letter: Letter) -> Iterator[_Part]:
    """Yield the parts above the subject; of the sender, no more goes into the others' places than how high it is."""
    at = float(MARGIN_MM["top"])
    for part in opening(letter):
        gap = max(part.gap, part.top - at)
        at += gap + (_height_mm if part.style == "Sender" else _height_kept)(part.lines, part.width)
        yield _Part(part.style, part.lines, gap, max(part.after, part.bottom - at), part.inset)


def _lines(
    style: str, lines: tuple[str, ...], gap: float, after: float, inset: tuple[float, float] | None, write: _Writer
) -> str:
    # Without a line, a paragraph holds the place of what else keeps the rest below a window.
    lines = lines or ("",)
    last = len(lines) - 1
    return "".join(
        write.paragraph(style, line, before=None if row else gap, after=after if row == last else None, inset=inset)
        for row, line in enumerate(lines)
    )


_lines_kept = lru_cache(maxsize=256)(_lines)


@lru_cache(maxsize=256)
def _in_window(lines: tuple[str, ...], window: Window, write: _Writer) -> str:
    """Return the address as a frame that stands where *window* shows it, whatever else is on the page."""
    placed = framed(lines, window)
    box = placed.box
    frame = (
        f'<w:framePr w:w="{_twips(box.width)}" w:h="{_twips(box.height)}" w:hRule="atLeast" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{_twips(box.left)}" w:y="{_twips(box.top)}"/>'
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


@lru_cache(maxsize=256)
def _middle(subject: str, salutation: str, body: tuple[Block, ...], write: _Writer) -> tuple[bytes, bytes]:
    """Return what most letters of a batch share, from subject to body, as it is and compressed."""
    content = _middle_content(subject, salutation, body, write)
    return content, segment(content, level=9)


def _middle_content(subject: str, salutation: str, body: tuple[Block, ...], write: _Writer) -> bytes:
    parts = [("SubjectLine", subject), ("Salutation", salutation)]
    for block in body:
        if isinstance(block, Bullets):
            parts += [("ListBullet", item) for item in block.items]
        else:
            parts.append(("BodyText", block.text))
    return "".join(write.paragraph(style, text) for style, text in parts).encode()


def _ending(letter: Letter, write: _Writer) -> Iterator[str]:
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
            yield _SIGNATURE
        elif letter.signatory is None:
            yield _to_fill_in(write, labels.signature, labels.name)
            yield _to_fill_in(write, labels.address)
        else:
            yield write.paragraph("Signature", letter.signatory)
    for label, lines in ((labels.copy_to, letter.copies), (labels.enclosure, letter.enclosures)):
        yield from (write.paragraph("Copies", f"{label} {line}") for line in lines)


def _to_fill_in(write: _Writer, *labels: str) -> str:
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


def _height_mm(lines: tuple[str, ...], width_mm: float) -> float:
    across = int(width_mm * _CHARACTERS_PER_MM)
    rows = sum([1 + (len(line) - 1) // across for line in lines])
    return rows * LINE_PT * MM_PER_PT


_height_kept = lru_cache(maxsize=256)(_height_mm)


@lru_cache(maxsize=64)
def _beside(gloss: Gloss, language: str, write: _Writer) -> str:
    """Return, on a page of its own, a table of the letter's paragraphs, in *language*, beside their translation."""
    return "".join(_beside_parts(gloss, language, write))


def _beside_parts(gloss: Gloss, language: str, write: _Writer) -> Iterator[str]:
    yield _cell_paragraph("GlossHeading" + write.suffix, gloss.heading, gloss.language)
    width = _twips(text_width_mm(write.page)) // 2
    visual = "<w:bidiVisual/>" if write.right_to_left else ""
    yield (
        f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="{width * 2}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/><w:gridCol w:w="{width}"/></w:tblGrid>'
    )
    style, languages = "Gloss" + write.suffix, (language, gloss.language)
    # Marked as the heads of the columns, for who hears the table cell by cell; a page that goes on repeats them.
    heads = (_cell_paragraph(style, name, tag, bold=True) for name, tag in zip(gloss.names, languages, strict=True))
    yield _row(heads, width, "<w:tblHeader/>") if any(gloss.names) else ""
    for pair in gloss.pairs:
        sides = zip((pair.original, pair.translation), languages, strict=True)
        cells = (
            "".join(_cell_paragraph(style, line, tag, bullet=pair.bullet) for line in text.split("\n"))
            for text, tag in sides
        )
        yield _row(cells, width)
    yield f'</w:tbl><w:p><w:pPr><w:pStyle w:val="Gloss{write.suffix}"/></w:pPr></w:p>'


def _row(cells: Iterable[str], width: int, more: str = "") -> str:
    held = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{held}</w:tr>"


def _cell_paragraph(style: str, text: str, language: str, *, bullet: bool = False, bold: bool = False) -> str:
    """Return a paragraph that says its own direction and language, since two stand beside each other."""
    bidi = f'<w:bidi w:val="{int(has_right_to_left(text))}"/>'
    item, indents = (ITEM, _GLOSS_INDENTS) if bullet else ("", "")
    said = runs(text, language, more="<w:b/><w:bCs/>" if bold else "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{item}{bidi}{indents}</w:pPr>{said}</w:p>'
