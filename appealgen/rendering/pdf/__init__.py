"""PDF for printing and keeping: PDF/A-2a and PDF/UA-1, set by typst in this process, the same bytes each time.

The fonts come with the libraries, so a letter looks the same on every machine; fonts of the machine are looked at only
where those lack a character. typst runs threads of its own: a process that is forked after a letter was set must not
set another.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import tempfile
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appealgen.catalogue import _
from appealgen.errors import InputError, UsageError
from appealgen.rendering.pdf import missing
from appealgen.rendering.pdf.layout import laid_out

try:
    import typst
except ModuleNotFoundError as error:
    raise UsageError(_("pdf: typst is not installed: pip install 'appealgen[pdf]'")) from error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from appealgen.letter import Letter
    from appealgen.rendering.leaf import Leaf

# Comes with typst: Latin, Greek, Cyrillic and Hebrew.
_SERIF = "Libertinus Serif"
# Comes with pymupdf-fonts: Arabic, and some scripts more for the names of signers.
_MORE = "FiraGO"
_MORE_FILES = ("figo", "figbo")
# Of the machine's fonts, the best first; then whatever else belongs to Noto, which has all scripts.
_OF_THE_MACHINE = ("Amiri", "Noto Naskh Arabic", "Times New Roman", "DejaVu Serif", "FreeSerif", "Noto Serif CJK SC",
                   "Source Han Serif SC", "SimSun", "Songti SC", "MS Mincho", "Hiragino Mincho ProN", "Batang",
                   "DejaVu Sans", "Arial Unicode MS")  # fmt: skip
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
# PDF/A wants a date. A letter that does not know its own gets the one that archives without clocks use.
_NO_DAY = datetime.date(1980, 1, 1)
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


class _MissingError(Exception):
    """No font has *texts*."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(dict.fromkeys(texts))
        super().__init__()


def render(letter: Letter) -> bytes:
    """Return *letter* as the bytes of a PDF.

    Raises:
        InputError: if no font has a character of it; it says where in the letter that stands.
    """
    global _last  # noqa: PLW0603  who counts the pages of a letter writes it next
    if _last is None or _last[0] is not letter:
        try:
            _last = letter, _set(data_of(letter), "".join(_texts(letter)))
        except InputError as error:
            if not isinstance(error.__cause__, _MissingError):
                raise
            raise InputError(missing.placed(letter.texts(), error.__cause__.texts) or error.problems) from None
    return _last[1]


_last: tuple[Letter, bytes] | None = None
# No text of a letter stands so in the file: what is not compressed is escaped.
_PAGE = re.compile(rb"^<<\s*/Type\s*/Page\b", re.MULTILINE)


def count_pages(letter: Letter) -> int | None:
    """Return how many pages *letter* takes, which has no translation with it; None if no font has all of it."""
    return len(_PAGE.findall(render(letter))) if press_for(letter) else None


def press_for(letter: Letter) -> _Press | None:
    """Return a compiler whose fonts have all of *letter*, or None where there are none."""
    text = "".join(_texts(letter))
    if fault(text):
        return None
    return _press(machine=not _rare.isdisjoint(text))


def data_of(letter: Letter) -> dict[str, Any]:
    """Return what *letter* is set from."""
    return laid_out(letter, letter.day or _NO_DAY)


def write_many(leaves: Iterable[Leaf], file: BinaryIO, *, duplex: bool = False) -> int:
    """Write *leaves*, of which there is at least one, to *file* as one PDF, and return how many they were.

    The first gives the title, the date and the language of the document. typst holds all of it in memory.

    Raises:
        InputError: if no font has a character of them.
    """
    letters = []
    characters: set[str] = set()
    for leaf in leaves:
        letter = leaf.letter
        letters.append({**laid_out(letter, letter.day or _NO_DAY), "label": leaf.label, "duplex": duplex})
        characters.update(*_texts(letter))
    file.write(_set({"letters": letters}, "".join(characters)))
    return len(letters)


def fault(text: str) -> str:
    """Return what forbids *text* in a PDF, or an empty text."""
    if _shown.issuperset(text):
        return ""
    try:
        _set({"probe": text}, text)
    except InputError as error:
        (problem,) = error.problems
        return ": ".join(filter(None, (problem.message, problem.hint)))
    _shown.update(text)
    return ""


# Characters that are known to have a glyph, and those that only a font of the machine has.
_shown: set[str] = set()
_rare: set[str] = set()


def _texts(letter: Letter) -> Iterable[str]:
    yield from (text for _role, text in letter.texts())
    labels = letter.labels
    yield from (labels.copy_to, labels.enclosure, labels.name, labels.address, labels.signature, labels.subject)
    if letter.gloss is not None:
        yield letter.gloss.heading
        yield from (pair.original for pair in letter.gloss.pairs)


def _set(data: dict[str, Any], text: str, source: bytes | None = None) -> bytes:
    """Set *data*, in which *text* stands, with the fonts that come along, or else with those of the machine.

    *source* is what sets it, where that is no letter.
    """
    if _rare.isdisjoint(text):
        with contextlib.suppress(_MissingError):
            return _compiled(_press(machine=False), data, source)
    try:
        return _compiled(_press(machine=True), data, source)
    except _MissingError as error:
        raise InputError([missing.problem(error.texts)]) from error


@dataclass(frozen=True, slots=True)
class _Press:
    """A compiler with its fonts; it keeps what it has worked out, so there is one for all letters of a process."""

    compiler: typst.Compiler
    fonts: list[str]
    source: bytes = field(repr=False)
    probe: bytes = field(repr=False)
    faces: typst.Fonts = field(repr=False)

    def files(self, data: dict[str, Any], source: bytes | None = None) -> Any:
        """Return what a compiler sets *data* from. It takes several files, which its types do not say."""
        source = source or (self.probe if "probe" in data else self.source)
        return {"main.typ": source, "letter.json": json.dumps({**data, "fonts": self.fonts}).encode()}


def _compiled(press: _Press, data: dict[str, Any], source: bytes | None = None) -> bytes:
    """Return the document that *press* makes of *data*, as a letter or as *source* has it.

    Raises:
        _MissingError: if a character has no glyph.
    """
    try:
        content = press.compiler.compile(input=press.files(data, source), format="pdf", pdf_standards=_STANDARDS)
    except typst.TypstError as error:
        without = [_unescaped(text) for text in _MISSING.findall(error.diagnostic)]
        if not without:
            raise
        _rare.update(*without)
        raise _MissingError(without) from None
    assert isinstance(content, bytes)
    return content


def _unescaped(text: str) -> str:
    r"""Return what Rust shows as ``\u{301}``."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text).replace("\\", "") or "\\"


_PROBE = b"""#set document(title: "-", date: datetime(year: 1980, month: 1, day: 1))
#let data = json("letter.json")
#set text(font: data.fonts, fallback: false, lang: "en")
#for line in data.probe.split("\\n") { par(text(line)) }
"""


@cache
def _press(*, machine: bool) -> _Press:
    """Return the compiler of this process, with the fonts of the *machine* or without."""
    source = resources.files("appealgen.rendering.pdf").joinpath("letter.typ").read_bytes()
    with tempfile.TemporaryDirectory(prefix="fonts-") as folder:
        own = _more(Path(folder))
        places, names = _of_the_machine() if machine else ([], [])
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder, *places] if own else places)
        compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
        press = _Press(compiler, [_SERIF, *([_MORE] if own else []), *names], source, _PROBE, fonts)
        if own:
            # What is used once stays in memory when the folder is gone.
            used = f'#set text(font: "{_MORE}", fallback: false); a #strong[a]'
            compiler.compile(input=used.encode(), format="pdf")
    return press


def _more(folder: Path) -> bool:
    """Put the fonts of pymupdf-fonts, which holds them packed, into *folder*, and tell whether it is installed."""
    try:
        import pymupdf_fonts
    except ImportError:
        return False
    for name in _MORE_FILES:
        (folder / f"{name}.ttf").write_bytes(pymupdf_fonts.myfont(name))
    return True


def _of_the_machine() -> tuple[list[str], list[str]]:
    """Return folders and names of the machine's fonts that may stand in, the best first."""
    found: dict[str, set[str]] = {}
    for font in typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts():
        if font.path:
            found.setdefault(font.family, set()).add(str(Path(font.path).parent))
    names = [name for name in _OF_THE_MACHINE if name in found]
    for kind in ("Noto Serif", "Noto Naskh", "Noto Sans"):
        names += sorted(name for name in found if name.startswith(kind) and name not in names)
    return sorted(set().union(*(found[name] for name in names))), names
