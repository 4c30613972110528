"""Many letters in one Word document, each a section of its own on a new sheet; it is streamed to its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from appealgen.rendering.docx.forms import Forms
from appealgen.rendering.docx.gloss import beside
from appealgen.rendering.docx.package import Package
from appealgen.rendering.docx.parts import HEAD, core, foot
from appealgen.rendering.docx.variants import merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from appealgen.rendering.docx.variants import Variant
    from appealgen.rendering.leaf import Leaf

# One stream for all letters: each finds nearly all of its text in the one before. Level 6 takes twice as long and makes
# the file a fourteenth smaller.
_LEVEL = 3
_DOCUMENT = "word/document.xml"
_WRITTEN_LAST = ("word/styles.xml", "word/numbering.xml")
# Word cuts off the names of bookmarks after so many characters.
_LONGEST_MARK = 40
_END_OF_PROPERTIES = "</w:pPr>"


def write_many(leaves: Iterable[Leaf], file: BinaryIO, *, duplex: bool = False) -> int:
    """Write *leaves*, of which there is at least one, to *file* as a DOCX package, and return how many they were.

    Memory does not grow with their number. With *duplex*, each letter begins on an odd page, and so does a signer's
    copy that goes with it.

    Raises:
        RefusedError: if their text is larger than 4 GiB.
    """
    leaves = iter(leaves)
    first = next(leaves)
    forms = Forms()
    forms.of(first.letter)
    package = Package(file)
    for name, content in forms.variants[0].parts().items():
        if name not in _WRITTEN_LAST:
            package.add(name, content)
    package.add("docProps/core.xml", core(first.letter.language, first.letter.subject).encode())
    with package.stream(_DOCUMENT, _LEVEL) as write:
        document = _Document(write, forms, "oddPage" if duplex else "nextPage")
        document.add(first)
        for leaf in leaves:
            document.add(leaf)
        document.finish()
    for name, content in merged(forms.variants).items():
        package.add(name, content)
    package.close()
    return document.count


class _Document:
    """The body: each letter ends in its section, which stands in its last paragraph, and the last one's after it."""

    def __init__(self, write: Callable[[bytes], None], forms: Forms, kind: str) -> None:
        self.count = 0
        self._write = write
        self._forms = forms
        self._kind = kind
        self._sections: dict[tuple[str, bool], str] = {}
        # What comes before the section that is not yet known to be the last, and that section.
        self._ending, self._section = "", ""
        write(HEAD.encode())

    def add(self, leaf: Leaf) -> None:
        letter = leaf.letter
        form = self._forms.of(letter)
        variant, writer = form.variant, form.write
        self.count += 1
        above, sender, below = form.opening(letter)
        ending = "".join(foot(letter, writer))
        mark = self._mark(leaf)
        if sender:
            sender = _replaced(sender, 0, mark)
        elif (at := ending.find(f'<w:pStyle w:val="Signature{variant.suffix}"/>')) >= 0:
            ending = _replaced(ending, at, mark)
        else:
            above = _replaced(above, 0, mark)
        self._write(f"{self._ended()}{above}{sender}{below}".encode())
        self._write(form.middle)
        self._ending, self._section = ending, self._section_of(variant, restarts=True)
        if letter.gloss is not None:
            copy = beside(letter.gloss, letter.language, writer)
            if self._kind == "oddPage":
                # It is the signer's, so it does not go on the back of the letter.
                self._write(self._ended().encode())
                self._ending, self._section = copy, self._section_of(variant, restarts=False)
            else:
                self._ending += copy

    def finish(self) -> None:
        self._write(f"{self._ending}{self._section}</w:body></w:document>".encode())

    def _ended(self) -> str:
        """Return what was kept back, with its section in its last paragraph."""
        before, end, after = self._ending.rpartition(_END_OF_PROPERTIES)
        return f"{before}{self._section}{end}{after}"

    def _section_of(self, variant: Variant, *, restarts: bool) -> str:
        key = (variant.suffix, restarts)
        if key not in self._sections:
            self._sections[key] = variant.section(self._kind, restarts=restarts)
        return self._sections[key]

    def _mark(self, leaf: Leaf) -> str:
        """Return what gives the line that names the signer a bookmark and a place in the navigation pane."""
        begin = f'<w:bookmarkStart w:id="{self.count}" w:name="{_bookmark(leaf)}"/>'
        return f'<w:outlineLvl w:val="0"/>{_END_OF_PROPERTIES}{begin}<w:bookmarkEnd w:id="{self.count}"/>'


def _replaced(xml: str, begin: int, mark: str) -> str:
    """Put *mark* in place of the first end of properties after *begin*."""
    at = xml.index(_END_OF_PROPERTIES, begin)
    return f"{xml[:at]}{mark}{xml[at + len(_END_OF_PROPERTIES) :]}"


def _bookmark(leaf: Leaf) -> str:
    """Return the name of a bookmark: letters, digits and lines below only, and unique by the number at its start."""
    label = leaf.label.partition(" ")[2]
    words = re.findall(r"[^\W_]+", label)
    return "_".join(["Letter", leaf.mark, *words])[:_LONGEST_MARK]
