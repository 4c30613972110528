"""The press: typst with its fonts, those that come along first, and what no font has."""

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

import typst

from appealgen.errors import InputError
from appealgen.rendering.pdf import missing

if TYPE_CHECKING:
    from collections.abc import Iterable

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
NO_DAY = datetime.date(1980, 1, 1)
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


class MissingError(Exception):
    """No font has *texts*."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(dict.fromkeys(texts))
        super().__init__()


def fault(text: str) -> str:
    """Return what forbids *text* in a PDF, or an empty text."""
    if _shown.issuperset(text):
        return ""
    try:
        typeset({"probe": text}, text)
    except InputError as error:
        (problem,) = error.problems
        return ": ".join(filter(None, (problem.message, problem.hint)))
    _shown.update(text)
    return ""


# Characters that are known to have a glyph, and those that only a font of the machine has.
_shown: set[str] = set()
_rare: set[str] = set()


def press_having(text: str) -> Press | None:
    """Return a compiler whose fonts have all of *text*, or None where there are none."""
    if fault(text):
        return None
    return press_with(machine=not _rare.isdisjoint(text))


def typeset(data: dict[str, Any], text: str, source: bytes | None = None) -> bytes:
    """Set *data*, in which *text* stands, with the fonts that come along, or else with those of the machine.

    *source* is what sets it, where that is no letter.

    Raises:
        InputError: if no font has a character of *text*.
    """
    if _rare.isdisjoint(text):
        with contextlib.suppress(MissingError):
            return compiled(press_with(machine=False), data, source)
    try:
        return compiled(press_with(machine=True), data, source)
    except MissingError as error:
        raise InputError([missing.problem(error.texts)]) from error


@dataclass(frozen=True, slots=True)
class Press:
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


def compiled(press: Press, data: dict[str, Any], source: bytes | None = None) -> bytes:
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
        raise MissingError(without) from None
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
def press_with(*, machine: bool) -> Press:
    """Return the compiler of this process, with the fonts of the *machine* or without."""
    source = resources.files("appealgen.rendering.pdf").joinpath("letter.typ").read_bytes()
    with tempfile.TemporaryDirectory(prefix="fonts-") as folder:
        own = _more(Path(folder))
        places, names = _of_the_machine() if machine else ([], [])
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder, *places] if own else places)
        compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
        press = Press(compiler, [_SERIF, *([_MORE] if own else []), *names], source, _PROBE, fonts)
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
