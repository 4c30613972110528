"""Web pages -> their text, without what they only navigate with."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Words of a link that leads to an earlier appeal, or to a form in which to write.
_TELLING = re.compile(
    r"\b(?:earlier|previous|first|initial|original) (?:\w+ )?(?:action|alert|appeal|update|ua)s?\b|"
    r"(?:web|online|contact)[- ]?form|"
    r"fr[üu]here|vorherige|erste (?:ua|aktion|eilaktion)|kontaktformular|pr[ée]c[ée]dente|premi[èe]re (?:action|"
    r"alerte|au)|"
    r"formulaire|anterior|primera (?:acci[óo]n|alerta|au)|formulario|предыдущ|перв\w+ (?:акци|обращени)|веб-форм",
    re.IGNORECASE,
)


@dataclass
class _Table:
    """A table of a page: where it starts, and the tag and start of each cell, row by row."""

    start: int
    rows: list[list[tuple[str, int]]] = field(default_factory=list)


class _Page(HTMLParser):
    """Takes the text out of a web page: block elements begin lines, what a page only navigates with is left out."""

    _BLOCKS = frozenset(("p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table",
                         "blockquote", "main", "header", "dl", "form", "address", "figure", "pre"))  # fmt: skip
    _LINES = frozenset(("tr", "dt", "dd", "td", "th"))
    _VOID = frozenset(("br", "img", "hr", "input", "meta", "link", "col", "wbr", "source", "area", "base", "embed"))
    _HIDDEN = frozenset(
        ("script", "style", "nav", "footer", "head", "noscript", "figcaption", "template", "button", "svg", "select")
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._veiled: list[str] = []
        self._veils = Counter[str]()
        self._verbatim = 0
        self._links: list[tuple[str, int]] = []
        self._tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, an item, or what is left out."""
        given = {name: value or "" for name, value in attrs}
        if self._veiled or re.search(r"display:\s*none", given.get("style", "")):
            if tag not in self._VOID:
                self._veiled.append(tag)
                self._veils[tag] += 1
            return
        self._verbatim += tag == "pre"
        if tag in self._HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in self._BLOCKS:
            self.parts.append("\n\n")
        elif tag in self._LINES:
            self.parts.append("\n")
        if tag == "table":
            self._tables.append(_Table(len(self.parts)))
        elif self._tables and tag == "tr":
            self._tables[-1].rows.append([])
        elif self._tables and tag in ("td", "th") and self._tables[-1].rows:
            self._tables[-1].rows[-1].append((tag, len(self.parts)))
        elif tag == "a":
            self._links.append((given.get("href", ""), len(self.parts)))

    def handle_endtag(self, tag: str) -> None:
        """End them."""
        if self._veiled:
            # Counted, not looked for: a page may have a hundred thousand that are never closed.
            while self._veils[tag]:
                ended = self._veiled.pop()
                self._veils[ended] -= 1
                if ended == tag:
                    break
            return
        self._verbatim = max(0, self._verbatim - (tag == "pre"))
        if tag == "a" and self._links:
            self._target(*self._links.pop())
        if tag == "table" and self._tables:
            self._headed(self._tables.pop())
        if tag in self._HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in self._BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._hidden and not self._veiled:
            self.parts.append(data if self._verbatim else re.sub(r"\s+", " ", data))

    def _target(self, href: str, start: int) -> None:
        """Print where a link leads, if its words do not and it is a way to write, or an earlier appeal."""
        said = "".join(self.parts[start:])
        line = "".join(self.parts[-40:]).rpartition("\n")[2]
        mail = re.match(r"mailto:([^?\s]+@[^?\s]+)", href)
        if mail and "@" not in said:
            self.parts.append(f" {mail[1]}")
        elif href.startswith("http") and "http" not in said and _TELLING.search(f"{line} {said}"):
            self.parts.append(f" {href} ")

    def _headed(self, table: _Table) -> None:
        """Put what stands below each head of a table with it, where offices stand side by side."""
        rows = [row for row in table.rows if row]
        if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
            return
        if any(tag != "th" for tag, _ in rows[0]) or any(tag != "td" for row in rows[1:] for tag, _ in row):
            return
        starts = [start for row in rows for _, start in row]
        ends = dict(zip(starts, [*starts[1:], len(self.parts)], strict=True))
        columns = [
            "\n".join("".join(self.parts[row[at][1] : ends[row[at][1]]]).strip() for row in rows)
            for at in range(len(rows[0]))
        ]
        self.parts[table.start :] = ["\n\n" + "\n\n".join(columns) + "\n\n"]


def _closed(text: str) -> str:
    """Return *text* without what is opened at its end and never closed: the parser looks for each one's end anew."""
    for begin, end in (("<!--", "-->"), ("<![", ">"), ("<", ">")):
        last = text.rfind(end) + 1
        opened = text.find(begin, last)
        text = text if opened < 0 else text[:opened]
    return text


def text_of_page(text: str) -> str:
    """Return what *text*, the source of a web page, shows."""
    page = _Page()
    page.feed(_closed(text))
    page.close()
    lines = [line.strip() for line in "".join(page.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
