"""Pages of the site that stand outside docs/: taken as they are, with their links turned to where they are then."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

# File of the project -> page of the site.
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "examples/README.md": "examples.md",
}
# Files that pages link to: taken along as text, which a browser shows.
_SHOWN = ("LICENSE", "examples/Makefile", "examples/own-paragraphs.sh", "examples/weekly-check.sh")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages, and the files they link to."""
    root = Path(config.config_file_path).parent
    for source, page in PAGES.items():
        text = (root / source).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=_linked(text, source)))
    for source in _SHOWN:
        files.append(File.generated(config, f"{source}.txt", abs_src_path=str(root / source)))
    return files


def on_page_markdown(markdown: str, **_more: object) -> str:
    """Turn links from docs/ to the files around it."""
    return _linked(markdown, "docs/page.md")


def _linked(text: str, source: str) -> str:
    """Return *text*, of the file *source*, with its links as they are on the site."""
    folder = Path(source).parent

    def link(match: re.Match[str]) -> str:
        path, _, anchor = match[1].partition("#")
        if not path or re.match(r"[a-z]+:", path):
            return match[0]
        parts: list[str] = []
        for part in (folder / path).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        meant = "/".join(parts)
        page = PAGES.get(meant, f"{meant}.txt" if meant in _SHOWN else meant.removeprefix("docs/"))
        return f"]({page}{'#' + anchor if anchor else ''})"

    return re.sub(r"\]\(([^)\s]+)\)", link, text)
