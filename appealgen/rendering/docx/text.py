"""Text as runs: letters that are written from right to left stand in runs of their own, as Word wants them."""

from __future__ import annotations

from functools import lru_cache

from appealgen.rendering.direction import has_right_to_left, pieces


def escape(text: str) -> str:
    """Return *text* with what means something to XML as what stands for it."""
    # xml.sax.saxutils has the same, and loads the protocols of the web with it.
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


@lru_cache(maxsize=1024)
def runs(text: str, language: str = "", more: str = "") -> str:
    """Return *text* as runs, in *language* (a tag) where it is not the document's; *more* is XML of their form."""
    tag = f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="{language}"/>' if language else ""
    if not has_right_to_left(text):
        return _run(text, f"{more}{tag}")
    numbered = enumerate(pieces(text))
    return "".join(
        _run(piece, f"{more}{tag}" if number % 2 else f"{more}<w:rtl/>{tag}") for number, piece in numbered if piece
    )


def _run(text: str, properties: str) -> str:
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
