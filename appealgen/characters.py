"""Which characters may stand in a letter, and in a text of one line."""

from __future__ import annotations

import re
import unicodedata

#: What no text may hold.
# Control characters, surrogates, line separators, direction overrides, invisible joiners other than those that
# Arabic and Indic scripts write with (U+200C, U+200D), the byte order mark and the private use area, which the
# templates use for marks of their own.
REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)
_REFUSED_IN_LINE = re.compile(f"{REFUSED.pattern[:-1]}\t\n]")


def fault_in_line(text: str) -> str:
    """Return what forbids *text* as a text of one line, or an empty text."""
    return _fault(text, _REFUSED_IN_LINE)


def fault_in_text(text: str) -> str:
    """Return what forbids *text* as paragraphs (line feeds and tabs are allowed), or an empty text."""
    return _fault(text, REFUSED)


def _fault(text: str, refused: re.Pattern[str]) -> str:
    found = refused.search(text)
    if found is None:
        return ""
    if found[0] in "\n\r":
        return "has a line break in a text of one line"
    name = unicodedata.name(found[0], "control character")
    return f"has the character U+{ord(found[0]):04X} ({name.lower()}), which is not printed"


class _Folding(dict[int, str | None]):
    """What each character folds to, found out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        if unicodedata.category(character) in ("Mn", "Cf"):
            folds_to = None
        else:
            folds_to = character if character.isalnum() else " "
        self[code] = folds_to
        return folds_to


_FOLDING = _Folding({ord("ı"): "i"})


def folded(text: str) -> str:
    """Return the words of *text* without case, accents, punctuation and invisible characters, one space apart.

    Two spellings that fold alike are the same name: ``amnesty.org`` and ``Amnesty Org``, ``RÜSTƏMLI`` and
    ``Rüstəmlı``.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_FOLDING).split())
    apart = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(unicodedata.normalize("NFKD", apart).translate(_FOLDING).split())
