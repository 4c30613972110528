"""What to say of characters that no font has: which they are, where they stand, and what to install."""

from __future__ import annotations

import re
import unicodedata
from importlib.util import find_spec
from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.catalogue import _, _n
from appealgen.errors import Problem
from appealgen.letter import part_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN = 3
_LONGEST = 60
_ADDRESS = "https://fonts.google.com"
_JAPANESE = ("Noto Serif JP", "fonts-noto-cjk")
# The beginning of a character's name -> a font that has it, and the package of Debian that has the font.
_FONTS = {
    "ARABIC": ("Amiri", "fonts-hosny-amiri"),
    "CJK": ("Noto Serif SC", "fonts-noto-cjk"),
    "HANGUL": ("Noto Serif KR", "fonts-noto-cjk"),
    "HIRAGANA": _JAPANESE,
    "KATAKANA": _JAPANESE,
}
_FONTS |= {
    script.upper(): (f"Noto Sans {script}", "fonts-noto-core")
    for script in ("Armenian", "Bengali", "Cherokee", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi",
                   "Kannada", "Khmer", "Lao", "Malayalam", "Mongolian", "Myanmar", "Oriya", "Sinhala", "Syriac",
                   "Tamil", "Telugu", "Thaana", "Thai", "Tifinagh")
}  # fmt: skip


def problem(texts: Sequence[str], where: str = "") -> Problem:
    """Return what to say of *texts*, which no font has, and which stand in *where*."""
    names = [unicodedata.name(text[0], "UNASSIGNED") for text in texts]
    shown = [f'"{text}" (U+{ord(text[0]):04X} {name.lower()})' for text, name in zip(texts, names, strict=True)]
    characters = catalogue.listed(shown[:_SHOWN])
    if len(shown) > _SHOWN:
        message = _n(
            "no font here has {characters} and {count} more", "no font here has {characters} and {count} more",
            len(shown) - _SHOWN, characters=characters,
        )  # fmt: skip
    else:
        message = _("no font here has {characters}", characters=characters)
    return Problem("pdf", message, _to_do(names), key=where)


def placed(parts: Iterable[tuple[str, str]], texts: Sequence[str]) -> list[Problem]:
    """Return a problem for each of the *parts* of a letter, each with its name, in which one of *texts* stands.

    Where these are many it is the language that lacks its font, and there is none.
    """
    found: dict[str, Problem] = {}
    # Who signs stands there as the sender too: the signature says it best.
    for name, part in sorted(parts, key=lambda part: part[0] not in ("signature", "signatories")):
        here = [text for text in texts if text in part]
        if here and part not in found:
            shown = part if len(part) <= _LONGEST else f"{part[:_LONGEST]}..."
            found[part] = problem(here, f'{part_name(name)}, "{shown}"')
    return list(found.values()) if len(found) <= _SHOWN else []


def _to_do(names: Iterable[str]) -> str:
    scripts = [re.split(r"[ -]", name)[0] for name in names]
    if set(scripts) == {"ARABIC"} and find_spec("pymupdf_fonts") is None:
        return _("pip install 'appealgen[pdf]' brings the font {font}", font="FiraGO")
    known = [_FONTS.get(script) for script in scripts]
    fonts = dict.fromkeys(font[0] if font else _("a font of the family Noto that has it") for font in known)
    packages = dict.fromkeys(font[1] if font else "fonts-noto-core" for font in known)
    return _(
        "install {fonts}: on Linux with the package manager (Debian and Ubuntu: {packages}); on macOS and Windows "
        "from {address}, open the file and choose Install",
        fonts=catalogue.listed(fonts), packages=catalogue.listed(packages), address=_ADDRESS,
    )  # fmt: skip
