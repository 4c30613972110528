"""Which characters may stand in a letter, and in a text of one line."""

from __future__ import annotations

import re
import unicodedata

from appealgen.catalogue import _

#: What no text may hold.
# Control characters, surrogates, line separators, direction overrides, invisible joiners other than those that
# Arabic and Indic scripts write with (U+200C, U+200D), the byte order mark and the private use area, which the
# templates use for marks of their own.
REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)
_REFUSED_IN_LINE = re.compile(f"{REFUSED.pattern[:-1]}\t\n]")
# No language has this many accents on one letter; such piles run into the lines above and below.
MOST_ACCENTS = 10
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
PILE = re.compile(f"[{_ACCENTS}]{{{MOST_ACCENTS + 1}}}")
#: Characters that a line of who signs may have, such as a name, and their own paragraphs together.
LONGEST_LINE = 1_000
LONGEST_MESSAGE = 20_000


def fault_in_line(text: str) -> str:
    """Return what forbids *text* as a text of one line, or an empty text."""
    return _fault(text, _REFUSED_IN_LINE)


def fault_in_text(text: str) -> str:
    """Return what forbids *text* as paragraphs (line feeds and tabs are allowed), or an empty text."""
    return _fault(text, REFUSED)


def _fault(text: str, refused: re.Pattern[str]) -> str:
    found = refused.search(text)
    if found is None:
        return "" if PILE.search(text) is None else _("has more than {limit} accents on one letter", limit=MOST_ACCENTS)
    if found[0] in "\n\r":
        return _("has a line break in a text of one line")
    code = f"U+{ord(found[0]):04X}"
    name = unicodedata.name(found[0], "").lower() or _("control character")
    return _("has the character {code} ({name}), which is not printed", code=code, name=name)


_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))


def is_blank(text: str) -> bool:
    """Tell whether nothing of *text* can be seen: letters that are made to be empty count as spaces."""
    return all(unicodedata.category(one) in _UNSEEN or one in "\u115f\u1160\u2800\u3164\uffa0" for one in text)


# What makes a spreadsheet calculate where it begins a cell.
_FORMULA = re.compile("'*[=+@\t\r-]")


def harmless(text: str) -> str:
    """Return *text* as a cell of a table: with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if _FORMULA.match(text) else text


def meant(cell: str) -> str:
    """Return the text that `harmless` made *cell* of."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


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
