"""A sheet to copy by hand as Word: large type, the address in a box, names underlined, lines to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appealgen.archive import archive, joined, segment
from appealgen.letter import Layout
from appealgen.rendering.direction import has_right_to_left
from appealgen.rendering.docx.parts import HEAD, ITEM, shared_members
from appealgen.rendering.docx.text import escape, runs
from appealgen.rendering.measures import BULLET_INDENT_PT
from appealgen.rendering.sheets import GAP_PT, INSET_PT, LINE_PT, SIZE_PT

if TYPE_CHECKING:
    from appealgen.rendering.sheets import Sheet

_TWIPS = 20
# It has none of a letter's parts above its text; a package is made for a layout.
_LAYOUT = Layout((), ())
_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="8" w:space="{INSET_PT}" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right")
)
_SIZE = f'<w:sz w:val="{SIZE_PT * 2}"/><w:szCs w:val="{SIZE_PT * 2}"/>'


def render(sheet: Sheet) -> bytes:
    """Return *sheet* as the bytes of a DOCX package."""
    shared = shared_members(sheet.language, sheet.direction, sheet.page, sheet.title, _LAYOUT, False)
    content = (HEAD + "".join(_paragraphs(sheet)) + f"{shared.section}</w:body></w:document>").encode()
    document = joined("word/document.xml", (content,), (segment(content, last=True),))
    return archive([document], shared.before, shared.directory, shared.count)


def _paragraphs(sheet: Sheet) -> list[str]:
    rtl = sheet.direction == "rtl"
    found = []
    last = len(sheet.address) - 1
    for number, place in enumerate(sheet.address):
        # Word draws one box around neighbours that have the same.
        found.append(_paragraph([(place, False)], rtl=rtl, box=True, after=GAP_PT * 3 if number == last else 0))
    for line in sheet.lines:
        said = [(run.text, run.underlined) for run in line.runs]
        found.append(_paragraph(said, rtl=rtl, bullet=line.bullet, after=GAP_PT))
    for label in sheet.labels:
        said = [(f"{label} ", False), ("\t", False)]
        found.append(_paragraph(said, rtl=rtl, before=GAP_PT, fill=True, width=sheet.page))
    return found


def _paragraph(
    said: list[tuple[str, bool]],
    *,
    rtl: bool,
    box: bool = False,
    bullet: bool = False,
    fill: bool = False,
    width: str = "A4",
    before: float = 0,
    after: float = 0,
) -> str:
    """Return a paragraph of pieces of text, each underlined or not."""
    from appealgen.rendering.measures import MM_PER_PT, text_width_mm

    against = rtl and not has_right_to_left("".join(text for text, _ in said))
    parts = [ITEM if bullet else "", f"<w:pBdr>{_BOX}</w:pBdr>" if box else ""]
    if fill:
        end = round(text_width_mm(width) / MM_PER_PT * _TWIPS)
        parts.append(f'<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="{end}"/></w:tabs>')
    parts.append('<w:bidi w:val="0"/>' if against else "")
    parts.append(
        f'<w:spacing w:before="{round(before * _TWIPS)}" w:after="{round(after * _TWIPS)}" '
        f'w:line="{LINE_PT * _TWIPS}" w:lineRule="exact"/>'
    )
    indent = round(BULLET_INDENT_PT * 1.5 * _TWIPS)
    parts.append(f'<w:ind w:left="{indent}" w:hanging="{indent}"/>' if bullet else "")
    parts.append('<w:jc w:val="right"/>' if against else "")
    # The mark of an item is as large as the end of its paragraph.
    parts.append(f"<w:rPr>{_SIZE}</w:rPr>" if bullet else "")
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{''.join(_run(*piece) for piece in said)}</w:p>"


def _run(text: str, underlined: bool) -> str:
    line = '<w:u w:val="single"/>' if underlined else ""
    size = f"{_SIZE}{line}"
    if text.endswith("\t"):
        said = f'<w:t xml:space="preserve">{escape(text[:-1])}</w:t>' if text != "\t" else ""
        return f"<w:r><w:rPr>{size}</w:rPr>{said}<w:tab/></w:r>"
    return runs(text, more=size)
