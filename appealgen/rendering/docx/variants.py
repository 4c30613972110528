"""The styles of a document whose letters differ in language, direction, paper or layout: a set for each."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from appealgen.rendering.docx.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appealgen.letter import Layout

_STYLES = "word/styles.xml"


@dataclass(slots=True)
class Variant:
    """What letters of one kind share; *suffix* ends the ids of their styles, *gloss* says whether any carries one."""

    language: str
    direction: str
    page: str
    layout: Layout
    suffix: str = ""
    gloss: bool = False

    def section(self, kind: str, *, restarts: bool = True) -> str:
        """Return the section that ends a letter, which begins as *kind* says: ``nextPage`` or ``oddPage``."""
        # Asked for as `parts` does, so that it is made once.
        section = skeleton(self.language, self.direction, self.page, self.layout, gloss=self.gloss).section
        section = section.replace("<w:pgSz ", f'<w:type w:val="{kind}"/><w:pgSz ', 1)
        return section.replace("<w:cols", '<w:pgNumType w:start="1"/><w:cols', 1) if restarts else section

    def parts(self) -> dict[str, bytes]:
        """Return the parts of a document that has only letters of this kind."""
        parts = dict(skeleton(self.language, self.direction, self.page, self.layout, gloss=self.gloss).parts)
        return {**parts, _STYLES: _deeper(parts[_STYLES])}


def _deeper(styles: bytes) -> bytes:
    """Return *styles* with headings a level deeper: among others, a letter begins with one that names its signer."""
    return re.sub(rb'(<w:outlineLvl w:val=")(\d)', lambda found: found[1] + str(int(found[2]) + 1).encode(), styles)


def merged(variants: Sequence[Variant]) -> dict[str, bytes]:
    """Return styles and numbering for all *variants*: the first gives the defaults, the others sets of their own."""
    names = ("word/styles.xml", "word/numbering.xml")
    parts = variants[0].parts()
    if len(variants) == 1:
        return {name: parts[name] for name in names}
    styles, numbering = (parse_xml(parts[name]) for name in names)
    for number, variant in enumerate(variants[1:], 2):
        others = variant.parts()
        _add_styles(styles, parse_xml(others[names[0]]), variant, number)
        _add_list(numbering, parse_xml(others[names[1]]), variant, number)
    return {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in zip(names, (styles, numbering), strict=True)
    }


def _add_styles(styles: Any, others: Any, variant: Variant, number: int) -> None:
    base = f"Letter{variant.suffix}"
    styles.append(_base(variant, base, f"Letter {variant.language} {number}"))
    for style in others.findall(qn("w:style")):
        if style.get(qn("w:customStyle")) is None:
            continue
        own = copy.deepcopy(style)
        own.set(qn("w:styleId"), style.get(qn("w:styleId")) + variant.suffix)
        # Not "Body Text 2" alone: by that name Word knows a style of its own.
        name = own.find(qn("w:name"))
        name.set(qn("w:val"), f"{name.get(qn('w:val'))} {variant.language} {number}")
        own.find(qn("w:basedOn")).set(qn("w:val"), base)
        for list_number in own.iter(qn("w:numId")):
            list_number.set(qn("w:val"), str(number))
        styles.append(own)


def _base(variant: Variant, style_id: str, name: str) -> Any:
    """Return the style that the others of *variant* go by: its direction and its language."""
    style = _element("style", type="paragraph", customStyle="1", styleId=style_id)
    style.append(_element("name", val=name))
    style.append(_element("basedOn", val="Normal"))
    paragraph, run = _element("pPr"), _element("rPr")
    paragraph.append(_element("bidi", val=str(int(variant.direction == "rtl"))))
    run.append(_element("lang", val=variant.language, eastAsia=variant.language, bidi=variant.language))
    style.append(paragraph)
    style.append(run)
    return style


def _add_list(numbering: Any, others: Any, variant: Variant, number: int) -> None:
    abstract = copy.deepcopy(others.find(qn("w:abstractNum")))
    abstract.set(qn("w:abstractNumId"), str(number - 1))
    for style in abstract.iter(qn("w:pStyle")):
        style.set(qn("w:val"), style.get(qn("w:val")) + variant.suffix)
    numbering.insert(number - 1, abstract)  # all lists stand before the numbers that name them
    own = _element("num", numId=str(number))
    own.append(_element("abstractNumId", val=str(number - 1)))
    numbering.append(own)


def _element(tag: str, **values: str) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element
