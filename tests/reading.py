"""Read what was written with something else than what wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_paragraphs(content: bytes) -> list[tuple[str, str]]:
    """Return style and text of each paragraph of a DOCX, by the standard library alone."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = ET.fromstring(package.read("word/document.xml"))
    found = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        text = "".join({f"{W}t": node.text or "", f"{W}tab": "\t"}.get(node.tag, "") for node in paragraph.iter())
        found.append(("" if style is None else style.get(f"{W}val", ""), text))
    return found


def docx_text(content: bytes) -> str:
    """Return the paragraphs of a DOCX as `style: text` lines."""
    return "".join(f"{style}: {text}\n" for style, text in docx_paragraphs(content)).replace("\t", "<tab>")


def words(text: str) -> list[str]:
    """Return the words of a letter, whatever fills a line to sign on, marks an item of a list or a direction."""
    return [word for word in re.sub(r"[_\t\u200f]+", " ", text).split() if word not in ("-", "–", "•")]
