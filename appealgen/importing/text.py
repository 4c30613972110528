"""Lines of a document -> lines that carry its text: no page furniture, columns one after the other; and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from appealgen.importing import vocabulary, vocabulary_headings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PAGE = re.compile(
    r"^[-–—\s]*(?:(?:page|seite|p\.|página|pagina|стр\.?|страница)\s*)?\d{1,3}(?:\s*(?:/|of|von|sur|de|"
    r"из)\s*\d{1,3})?[-–—\s]*$",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"index|urgent action|eilaktion|action urgente|acci[óo]n urgente|page|amnesty|www\.|https?:|©|\bUA\b|"
    r"newsletter|defenders?\b|network|association|confidential|distribut",
    re.IGNORECASE,
)
#: A foot that ends with the number of the page, and what a fax machine prints above each page.
_FOOT = re.compile(
    r"(?:^.{0,90}?(?:\s{2,}|\s[|·–—-]\s*)|^)(?:page|seite|p[áa]gina|pag\.|стр\.|страница)\s*\d{1,3}(?:\s*(?:/|"
    r"of|von|sur|de|из)\s*\d{1,3})?$",
    re.IGNORECASE,
)
_FAX_HEAD = re.compile(
    r"^(?=.{0,80}\d{1,2}:\d{2})(?=.*\d{1,2}[./-]\w{2,3}[./-]\d{2})(?:.*\bfax\b.*|.*\bp(?:age|\.)?\s?\d+(?:/\d+)?$)",
    re.IGNORECASE,
)
#: Capital letters of the alphabets that are read, for patterns.
UPPER = "".join(
    letter
    for letter in map(chr, [*range(0x41, 0x530), *range(0x1E00, 0x1F00)])
    if letter.isupper() and letter.isalpha()
)
_MONTH = re.compile(r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrh)")
_GAP = re.compile(r"(?<=\S)( {3,})(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: its *text*, stripped, and its *number*, counted from 1."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, joined; *bullet* tells whether a mark of a list stood before them."""

    text: str
    number: int
    bullet: bool = False


def body_lines(lines: Sequence[str]) -> list[Line]:
    """Return *lines* without page numbers and running titles, and with columns one below the other."""
    times: dict[str, int] = {}
    for text in lines:
        key = re.sub(r"\d+", "#", text.strip())
        times[key] = times.get(key, 0) + 1
    kept: list[tuple[int, str]] = []
    seen: set[str] = set()
    for number, text in enumerate(lines, 1):
        bare = text.strip()
        key = re.sub(r"\d+", "#", bare)
        if bare and len(bare) < 140 and (_PAGE.match(bare) or _FOOT.match(bare) or _FAX_HEAD.match(bare)):
            continue
        if len(bare) < 120 and times[key] > 1 and _FURNITURE.search(bare) and not bare.endswith(":"):
            if key in seen:
                continue
            seen.add(key)
        kept.append((number, text))
    return [Line(text.strip(), number) for number, text in _one_column(kept)]


def _one_column(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Put what stands in two columns one below the other, block by block."""
    result: list[tuple[int, str]] = []
    block: list[tuple[int, str]] = []
    for number, text in [*lines, (0, "")]:
        if text.strip():
            block.append((number, text))
            continue
        result += _uncolumned(block)
        block = []
        if number:
            result.append((number, ""))
    return result


def _uncolumned(block: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return *block* with its columns below one another, where most of its lines stand in columns."""
    begins = Counter(match.end(1) for _, text in block for match in _GAP.finditer(text))
    columns: list[int] = []
    for place, _ in begins.most_common():
        near = sum(times for other, times in begins.items() if abs(other - place) <= 3)
        if near * 3 >= len(block) and near >= 2 and all(abs(place - column) > 6 for column in columns):
            columns.append(place)
    if not columns:
        return block
    columns.sort()
    sides: list[list[tuple[int, str]]] = [[] for _ in range(len(columns) + 1)]
    for number, text in block:
        cuts = [0]
        for column in columns:
            near_gaps = [match.end(1) for match in _GAP.finditer(text) if abs(match.end(1) - column) <= 6]
            if near_gaps:
                cuts.append(min(near_gaps, key=lambda place: abs(place - column)))
            elif not text[:column].strip():
                cuts.append(min(column, len(text)))
            else:
                cuts.append(-1)
        ends = [next((cut for cut in cuts[at + 1 :] if cut >= 0), len(text)) for at in range(len(cuts))]
        for side, (begin, end) in enumerate(zip(cuts, ends, strict=True)):
            if begin >= 0 and (piece := text[begin:end].strip()):
                sides[side].append((number, piece))
    result: list[tuple[int, str]] = []
    for pieces in sides:
        result += [*pieces, (block[-1][0], "")]
    return result[:-1]


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """Join lines into paragraphs: an empty line, or a mark of a list, begins another."""
    found: list[Paragraph] = []
    current: list[str] = []
    start, bullet = 0, False

    def close() -> None:
        nonlocal current
        if current:
            found.append(Paragraph(joined(current), start, bullet))
        current = []

    for line in lines:
        mark = vocabulary.MARK.match(line.text)
        unwrapped = bool(current) and len(current[-1]) > 150
        # Where marks of a list were lost, an item ends with a semicolon, and the next one begins as it did.
        item = bool(current) and current[-1].endswith((";", ":")) and vocabulary.CALLING.match(line.text)
        # A line in capitals after a list is no part of its last item.
        shouted = line.text == line.text.upper() and any(map(str.isalpha, line.text))
        ended = bool(current) and bullet and shouted and heading(line.text) is not None
        ended = ended or bool(bool(current) and bullet and re.match(r"[A-ZА-Я]{2,}[A-ZА-Я ]{8,}", line.text)
                          and heading(line.text) is not None)  # fmt: skip
        if not line.text or mark or unwrapped or item or ended:
            close()
        if not line.text:
            continue
        if not current:
            start, bullet = line.number, bool(mark or item)
        current.append(line.text[mark.end() :] if mark else line.text)
    close()
    return found


def joined(lines: Iterable[str]) -> str:
    """Join the lines of a paragraph; a word that was broken at the end of a line is put together."""
    text = ""
    for line in lines:
        if text.endswith("-") and line[:1].islower() and text[-2:-1].isalpha():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return re.sub(r"\s+", " ", text).strip()


def sentences(text: str) -> list[str]:
    """Split *text* into sentences; an abbreviation or an initial ends none."""
    parts = re.split(r"(?<=[.!?…])[\"”»’)]*\s+(?=[\"“«‘(]*[" + UPPER + "])", text)
    whole: list[str] = []
    for part in parts:
        if (
            whole
            and re.search(
                r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Nr|Art|Arts|Gen|Lt|Col|Sgt|Prof|Hon|M|Mme|Sr|Sra|Sta|vs|ca|approx|"
                r"ст|г|гг|им|ул|д|Abs|bzw|ggf|inkl|z\.B|p\.ej|[A-ZА-Я]))\.$",
                whole[-1],
            )
        ) or (whole and re.search(r"\b\d{1,2}\.$", whole[-1]) and _MONTH.match(part)):
            whole[-1] += f" {part}"
        else:
            whole.append(part)
    return whole


@cache
def _heading(kind: str) -> re.Pattern[str]:
    return re.compile(
        rf"^\W{{0,4}}(?:{vocabulary_headings.HEADINGS[kind].pattern})\s*(?P<mark>\s?[:：]|\s[–—-]\s|[.!?](?:\s|$)|$)\s*(?P<rest>.*)$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=20000)
def heading(text: str) -> tuple[str, str] | None:
    """Return which part *text* is the heading of, and what follows on the same line; None if it is no heading."""
    if not text or len(text) > 400:
        return None
    for kind in (
        "deadline",
        "languages",
        "persons",
        "links",
        "background",
        "additional",
        "letter",
        "take_action",
        "targets",
    ):
        match = _heading(kind).match(text)
        if match is None:
            continue
        head = text[: match.start("mark")].strip()
        if kind == "languages" and head[:1].islower():
            continue
        shouted = head == head.upper() and any(map(str.isalpha, head))
        if match["mark"].strip() in (".", "!", "?"):
            # A sentence may begin so; a heading is in capitals, or nothing follows it.
            if kind in ("background", "take_action") and (
                (shouted and " " in head) or (not match["rest"] and len(text) < 40)
            ):
                return kind, match["rest"].strip()
            if kind == "additional" and re.fullmatch(r"c\.?c", head, re.IGNORECASE) and match["rest"]:
                return kind, match["rest"].strip()
            if kind not in ("take_action", "deadline"):
                continue
        alone = not match["mark"] and head[:1].isupper() and kind != "persons" and len(text) < 60
        if match["mark"] or shouted or alone or kind in ("deadline", "take_action"):
            if kind in ("deadline", "take_action") and not (match["mark"] or shouted or len(text) < 160):
                continue
            return kind, match["rest"].strip()
    return None


def language_of(lines: Iterable[Line]) -> str:
    """Return the language whose common words are most in *lines*; English where that does not tell."""
    words = re.findall(r"[^\W\d_]+", " ".join(line.text for line in lines).lower())
    counts = {language: sum(word in common for word in words) for language, common in vocabulary.COMMON.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else "en"
