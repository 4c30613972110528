"""The parts of a Word package that all letters of one language and paper share, built with python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from appealgen.rendering.docx.signatories import running_paragraph
from appealgen.rendering.measures import (
    BULLET_INDENT_PT,
    GLOSS_LINE_PT,
    GLOSS_SIZE_PT,
    KEEP_WITH_NEXT,
    LINE_PT,
    MARGIN_MM,
    PAGES_MM,
    RUNNING_SIZE_PT,
    RUNNING_TOP_MM,
    SIGNATORY_HANG_PT,
    SIZE_PT,
    SPACING_PT,
    indents_mm,
    text_width_mm,
)

if TYPE_CHECKING:
    from docx.document import Document

    from appealgen.letter import Layout
    from appealgen.rendering.docx.signatories import Running

# On every office's machine, with Latin, Cyrillic and Arabic; where it is not, there is a metric twin of it.
_FONT = "Times New Roman"
_BULLET_INDENT_TWIPS = round(BULLET_INDENT_PT * 20)

# Id of the style -> its name in Word.
_STYLES = {
    "Sender": "Sender",
    "InsideAddress": "Inside Address",
    "Date": "Date",
    "SubjectLine": "Subject Line",
    "Salutation": "Salutation",
    "BodyText": "Body Text",
    "ListBullet": "List Bullet",
    "Closing": "Closing",
    "Signature": "Signature",
    "SignatureLine": "Signature Line",
    "Copies": "Copies",
}
_JOINT_STYLES = {
    "SignatoryHeading": "Signatory Heading",
    "Signatory": "Signatory",
    "AnnexSentence": "Annex Sentence",
    "AnnexHeading": "Annex Heading",
    "RunningTitle": "Running Title",
}
# Style -> how deep its headings are, as in a PDF. Real headings, whatever they look like: programs list them, and
# screen readers go from one to the next.
_HEADINGS = {"SubjectLine": 0, "GlossHeading": 0, "AnnexHeading": 1, "SignatoryHeading": 1}
_GLOSS_STYLES = {"GlossHeading": "Gloss Heading", "Gloss": "Gloss"}
_KEPT_STYLES = ("Normal", "DefaultParagraphFont", "NoList", "TableNormal")
_UNUSED_RELATIONS = ("thumbnail", "customXml", "extended-properties", "theme", "webSettings", "stylesWithEffects",
                     "fontTable", "printerSettings")  # fmt: skip
_WRITTEN_PER_LETTER = ("docProps/core.xml", "word/document.xml")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """*parts* are names and contents of the shared parts; *section* is the XML that ends the document's body."""

    parts: tuple[tuple[str, bytes], ...]
    section: str


@cache
def skeleton(
    language: str, direction: str, page: str, layout: Layout, *, gloss: bool = False, running: Running | None = None
) -> Skeleton:
    """Build the shared parts for text in *language* (a tag), written in *direction*, on *page*, as *layout* has it.

    With *gloss*, letters carry a translation beside them; joint letters have what is *running* above their pages.
    """
    document = docx.Document()
    right_to_left = direction == "rtl"
    _drop_unused_parts(document)
    _set_defaults(document, language, right_to_left=right_to_left)
    _add_styles(document, page, layout, gloss=gloss)
    _add_bullets(document)
    _set_settings(document, language)
    _set_page(document, page, right_to_left=right_to_left)
    if running is not None:
        _add_joint_styles(document, page)
        _add_running(document, running)
    section = document.sections[0]._sectPr.xml  # noqa: SLF001  python-docx has no public way to its XML
    output = io.BytesIO()
    document.save(output)
    with zipfile.ZipFile(output) as package:
        names = [name for name in package.namelist() if name not in _WRITTEN_PER_LETTER]
        parts = tuple((name, package.read(name)) for name in names)
    return Skeleton(parts, _bare(section))


def _bare(xml: str) -> str:
    """Take white space, revision ids and namespaces out: what stands around the section declares its prefix."""
    return re.sub(r'\s+(xmlns:\w+|w:rsid\w*)="[^"]*"', "", re.sub(r">\s+<", "><", xml)).strip()


def _element(tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _drop_unused_parts(document: Document) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED_RELATIONS:
                del relations[key]


def _set_defaults(document: Document, language: str, *, right_to_left: bool) -> None:
    """Set font, size, language and direction for all text, and drop the styles that letters do not use."""
    root: Any = document.styles.element
    for style in list(root.style_lst):
        if style.styleId not in _KEPT_STYLES:
            root.remove(style)
    for part in [*root.findall(qn("w:latentStyles")), *root.findall(f"{qn('w:style')}/{qn('w:rsid')}")]:
        part.getparent().remove(part)
    run = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(run):
        run.remove(child)
    run.append(_element("w:rFonts", ascii=_FONT, hAnsi=_FONT, eastAsia=_FONT, cs=_FONT))
    run.append(_element("w:sz", val=str(SIZE_PT * 2)))
    run.append(_element("w:szCs", val=str(SIZE_PT * 2)))
    run.append(_element("w:lang", val=language, eastAsia=language, bidi=language))
    normal: Any = document.styles["Normal"]
    if normal.element.rPr is not None:
        normal.element.remove(normal.element.rPr)
    layout = normal.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(LINE_PT)
    layout.widow_control = True
    if right_to_left:
        normal.element.pPr.insert_element_before(
            _element("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"
        )


def _add_styles(document: Document, page: str, layout: Layout, *, gloss: bool) -> None:
    for style_id, name in (_STYLES | (_GLOSS_STYLES if gloss else {})).items():
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), style_id)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        paragraphs = style.paragraph_format
        paragraphs.space_before, paragraphs.space_after = map(Pt, SPACING_PT[style_id])
        if style_id in KEEP_WITH_NEXT:
            paragraphs.keep_with_next = True
        begin, end = indents_mm(style_id, layout, page)
        if begin:
            paragraphs.left_indent = Mm(begin)
        if end:
            paragraphs.right_indent = Mm(end)
        if style_id == "Date" and "date" in layout.far_side:
            paragraphs.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if style_id in ("SubjectLine", "GlossHeading"):
            style.font.bold = style.font.cs_bold = True
        if style_id == "GlossHeading":
            paragraphs.page_break_before = True
        elif style_id == "Gloss":
            style.font.size = Pt(GLOSS_SIZE_PT)
            style.element.rPr.append(_element("w:szCs", val=str(GLOSS_SIZE_PT * 2)))
            paragraphs.line_spacing = Pt(GLOSS_LINE_PT)
        elif style_id == "SignatureLine":
            paragraphs.tab_stops.add_tab_stop(Mm(text_width_mm(page)), leader=WD_TAB_LEADER.LINES)
        _set_heading(style, style_id)


def _add_joint_styles(document: Document, page: str) -> None:
    for style_id, name in _JOINT_STYLES.items():
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), style_id)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        paragraphs = style.paragraph_format
        paragraphs.space_before, paragraphs.space_after = map(Pt, SPACING_PT.get(style_id, (0, 0)))
        if style_id in KEEP_WITH_NEXT:
            paragraphs.keep_with_next = paragraphs.keep_together = True
            style.font.bold = style.font.cs_bold = True
        if style_id == "AnnexHeading":
            paragraphs.page_break_before = True
        elif style_id == "Signatory":
            paragraphs.keep_together = True
            paragraphs.left_indent, paragraphs.first_line_indent = Pt(SIGNATORY_HANG_PT), Pt(-SIGNATORY_HANG_PT)
        elif style_id == "RunningTitle":
            style.font.size = Pt(RUNNING_SIZE_PT)
            style.element.rPr.append(_element("w:szCs", val=str(RUNNING_SIZE_PT * 2)))
            paragraphs.tab_stops.add_tab_stop(Mm(text_width_mm(page)), WD_TAB_ALIGNMENT.RIGHT)
        _set_heading(style, style_id)


def _set_heading(style: Any, style_id: str) -> None:
    if style_id in _HEADINGS:
        # The last of the properties that stand here.
        style.element.get_or_add_pPr().append(_element("w:outlineLvl", val=str(_HEADINGS[style_id])))


def _add_running(document: Document, running: Running) -> None:
    """Put title and number above the pages, and nothing above the first."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Mm(RUNNING_TOP_MM)
    empty = '<w:p><w:pPr><w:pStyle w:val="RunningTitle"/></w:pPr></w:p>'
    for header, paragraph in ((section.header, running_paragraph(running)), (section.first_page_header, empty)):
        header.is_linked_to_previous = False
        # Of the template's own root nothing stays, which names what it was made with.
        part: Any = header.part
        part._element = parse_xml(f"<w:hdr {nsdecls('w')}>{paragraph}</w:hdr>")  # noqa: SLF001


def _add_bullets(document: Document) -> None:
    """Make one list of real bullets, the one that the style List Bullet carries, and drop all others."""
    numbering: Any = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    abstract = _element("w:abstractNum", abstractNumId="0")
    abstract.append(_element("w:multiLevelType", val="singleLevel"))
    level = _element("w:lvl", ilvl="0")
    level.append(_element("w:start", val="1"))
    level.append(_element("w:numFmt", val="bullet"))
    level.append(_element("w:pStyle", val="ListBullet"))
    level.append(_element("w:lvlText", val="\N{EN DASH}"))
    level.append(_element("w:lvlJc", val="left"))
    properties = _element("w:pPr")
    properties.append(_element("w:ind", left=str(_BULLET_INDENT_TWIPS), hanging=str(_BULLET_INDENT_TWIPS)))
    level.append(properties)
    abstract.append(level)
    numbering.append(abstract)
    number = _element("w:num", numId="1")
    number.append(_element("w:abstractNumId", val="0"))
    numbering.append(number)
    style: Any = document.styles["List Bullet"]
    list_properties = style.element.get_or_add_pPr().get_or_add_numPr()
    list_properties.append(_element("w:numId", val="1"))


def _set_settings(document: Document, language: str) -> None:
    """Keep nothing of the template's settings: they count revisions and name the maker's habits."""
    settings: Any = document.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.append(_element("w:defaultTabStop", val="709"))
    compatibility = _element("w:compat")
    compatibility.append(
        _element(
            "w:compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        )
    )
    settings.append(compatibility)
    settings.append(_element("w:themeFontLang", val=language, eastAsia=language, bidi=language))


def _set_page(document: Document, page: str, *, right_to_left: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(size) for size in PAGES_MM[page])
    section.top_margin, section.bottom_margin = Mm(MARGIN_MM["top"]), Mm(MARGIN_MM["bottom"])
    section.left_margin, section.right_margin = Mm(MARGIN_MM["left"]), Mm(MARGIN_MM["right"])
    section.header_distance = section.footer_distance = Mm(8)
    if right_to_left:
        section._sectPr.insert_element_before(  # noqa: SLF001
            _element("w:bidi"), "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"
        )
