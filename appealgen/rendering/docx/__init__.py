"""Word: a package made once for a language and paper; a letter is then one part written into it.

The address stands where a DIN 5008 form B envelope shows it. Nothing in the file says who made it, when, or with
what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from appealgen.archive import archive, deflated, directory_entry, joined, segment
from appealgen.letter import Bullets
from appealgen.rendering.docx.measures import (
    ADDRESS_WIDTH_MM,
    LINE_PT,
    MARGIN_MM,
    SENDER_WIDTH_MM,
    text_width_mm,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appealgen.letter import Block, Letter

# DIN 5008 form B: the window shows 45 to 90 mm from the top and 20 to 105 mm from the left.
_ADDRESS_TOP_MM = 52
_ADDRESS_BOTTOM_MM = 92
# About what 11 pt Times sets in a line, to count the lines of sender and address that will break.
_CHARACTERS_PER_MM = 0.57
_MM_PER_PT = 25.4 / 72
_TWIPS_PER_MM = 1440 / 25.4
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def render(letter: Letter) -> bytes:
    """Return *letter* as the bytes of a DOCX package."""
    shared = _shared(letter.language, letter.direction, letter.page, letter.subject)
    right_to_left = letter.direction == "rtl"
    opening = (_HEAD + "".join(_opening(letter, right_to_left))).encode()
    subject = f"{letter.labels.subject}: {letter.subject}"
    middle, middle_segment = _middle(subject, letter.salutation, letter.body, letter.close, right_to_left)
    ending = ("".join(_ending(letter, right_to_left)) + f"{shared.section}</w:body></w:document>").encode()
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
def _shared(language: str, direction: str, page: str, subject: str) -> _Shared:
    from appealgen.rendering.docx.skeleton import skeleton  # loads python-docx

    built = skeleton(language, direction, page)
    contents = [*built.parts, ("docProps/core.xml", _core(language, subject).encode())]
    before, directory = b"", b""
    for name, content in contents:
        member = deflated(name, content, level=9)
        directory += directory_entry(name, member.crc, len(member.data), member.size, member.method, len(before))
        before += member.local()
    return _Shared(before, directory, len(contents), built.section)


def _core(language: str, subject: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(subject)}</dc:title><dc:language>{language}</dc:language>"
        "</cp:coreProperties>"
    )


_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{_NAMESPACE}"><w:body>'


@lru_cache(maxsize=1024)
def _run(text: str, right_to_left: bool) -> str:
    properties = "<w:rPr><w:rtl/></w:rPr>" if right_to_left else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(style: str, text: str, right_to_left: bool, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{_run(text, right_to_left)}</w:p>'


def _opening(letter: Letter, right_to_left: bool) -> Iterator[str]:
    """Yield sender, inside address and date, each where it belongs on the page."""
    top = float(MARGIN_MM["top"])
    for line in letter.sender:
        yield _paragraph("Sender", line, right_to_left)
        top += _height_mm(line, SENDER_WIDTH_MM)
    before = _space_before(max(0, _ADDRESS_TOP_MM - top))
    top = max(top, _ADDRESS_TOP_MM)
    for line in letter.inside_address:
        yield _paragraph("InsideAddress", line, right_to_left, before)
        top += _height_mm(line, ADDRESS_WIDTH_MM)
        before = ""
    yield _paragraph("Date", letter.date, right_to_left, _space_before(max(4, _ADDRESS_BOTTOM_MM - top)))


@lru_cache(maxsize=256)
def _middle(
    subject: str, salutation: str, body: tuple[Block, ...], close: str, right_to_left: bool
) -> tuple[bytes, bytes]:
    """Return what most letters of a batch share, from subject to close, as it is and compressed."""
    parts = [("SubjectLine", subject), ("Salutation", salutation)]
    for block in body:
        if isinstance(block, Bullets):
            parts += [("ListBullet", item) for item in block.items]
        else:
            parts.append(("BodyText", block.text))
    parts.append(("Closing", close))
    content = "".join(_paragraph(style, text, right_to_left) for style, text in parts).encode()
    return content, segment(content, level=9)


def _ending(letter: Letter, right_to_left: bool) -> Iterator[str]:
    """Yield the signature, or lines to fill in, and copies and enclosures."""
    labels = letter.labels
    if letter.signatory is None:
        yield _to_fill_in(letter.page, right_to_left, labels.signature, labels.name)
        yield _to_fill_in(letter.page, right_to_left, labels.address)
    else:
        yield _paragraph("Signature", letter.signatory, right_to_left)
    for label, lines in ((labels.copy_to, letter.copies), (labels.enclosure, letter.enclosures)):
        yield from (_paragraph("Copies", f"{label}: {line}", right_to_left) for line in lines)


def _to_fill_in(page: str, right_to_left: bool, *labels: str) -> str:
    tab = "<w:r><w:tab/></w:r>"
    runs = tab.join(_run(f"{label}: ", right_to_left) + tab for label in labels)
    tabs = _two_columns(page) if len(labels) > 1 else ""
    return f'<w:p><w:pPr><w:pStyle w:val="SignatureLine"/>{tabs}</w:pPr>{runs}</w:p>'


def _two_columns(page: str) -> str:
    """Return the tab stops that end one line to fill in at the middle of the text and begin the next after a gap."""
    middle = text_width_mm(page) / 2 * _TWIPS_PER_MM
    end, begin = round(middle - 60), round(middle + 60)
    ends = f'<w:tab w:val="left" w:leader="underscore" w:pos="{end}"/>'
    return f'<w:tabs>{ends}<w:tab w:val="left" w:pos="{begin}"/></w:tabs>'


def _space_before(millimetres: float) -> str:
    """Return the spacing that pushes a paragraph of fixed line height down."""
    return f'<w:spacing w:before="{round(millimetres * _TWIPS_PER_MM)}"/>'


def _height_mm(line: str, width_mm: float) -> float:
    rows = 1 + (len(line) - 1) // int(width_mm * _CHARACTERS_PER_MM)
    return rows * LINE_PT * _MM_PER_PT
