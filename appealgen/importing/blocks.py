"""Lines of a document -> the pieces of blocks of addressees, and what each of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from appealgen.importing import titles, vocabulary
from appealgen.importing.contacts import EMAIL, HANDLE, URL, by_labels, label_of
from appealgen.importing.names import is_name, is_titled_name, role_of, without_honorific
from appealgen.importing.places import country_of
from appealgen.importing.text import Line, heading, joined, sentences

OPEN_END = re.compile(
    r"(?:\b(?:of|the|for|and|to|de|del|du|des|la|las|los|le|les|y|et|der|die|des|und|für|von|и|по)|[,&-])$",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\d{3,}|\b(?:street|avenue|road|rue|calle|stra(?:ss|ß)e|square|boulevard|avenida|plaza|улица|проспект|"
    r"площадь)\b|straße\b|strasse\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:address|adresse|anschrift|direcci[óo]n|адрес) ?[123]\b|^\(?(?:name|nom|nombre),? ", re.IGNORECASE
)
#: Titles of one word that stand straight before a name.
BEFORE_NAME = re.compile(
    r"^(?:(?:the |le |el )?(?:(?:public|chief|state|general|military) prosecutor|speaker|crown prince|"
    r"emir|sultan|supreme leader|roi|reine|rey|reina|könig(?:in)?|president|prime minister|ambassador|"
    r"governor|judge|justice|chief justice|minister|"
    r"senator|chancellor|king|queen|prosecutor(?: general)?|attorney general|warden|commissioner|director|"
    r"general prosecutor|botschafter(?:in)?|präsident(?:in)?|minister(?:in)?|président(?:e)?|ambassadeur|"
    r"generalstaatsanwalt|generalstaatsanwältin|staatsanwalt|gouverneur(?:in)?|innenminister(?:in)?|justizminister(?:in)?|"
    r"außenminister(?:in)?|ministerpräsident(?:in)?|gobernador(?:a)?|fiscal|fiscal general|juez|jueza|ministro|"
    r"ministra|"
    r"procureur(?: général)?|gouverneur|ministre|juge|премьер-министр(?:у)?|генеральный прокурор|"
    r"генеральному прокурору|"
    r"прокурор(?:у)?|губернатор(?:у)?|судья|судье|"
    r"ambassadrice|presidente|presidenta|embajador(?:a)?|президент(?:у)?|посол|послу|министр(?:у)?))\s+",
    re.IGNORECASE,
)
_DIRECTIVE = re.compile(
    r"(?:please|also|you (?:can|may)|bitte|sie können|veuillez|merci de|prière|vous pouvez|por favor|rogamos|"
    r"pueden|пожалуйста|просим|вы)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Item:
    """A piece of a line: *begins* where an empty line stood before it, *evidence* where an address is near it."""

    text: str
    number: int
    begins: bool
    evidence: bool = False
    kind: str = ""


def items_of(lines: list[Line]) -> list[Item]:
    """Return what stands in *lines*, line by line or piece by piece; prose is one item without text."""
    items: list[Item] = []
    group: list[Line] = []
    for line in [*lines, Line("", 0)]:
        mark = vocabulary.MARK.match(line.text)
        if group and (not line.text or mark):
            items += _of_group(group)
            group = []
        if line.text:
            group.append(Line(line.text[mark.end() :].strip(" ;") if mark else line.text.strip(" ;"), line.number))
    return items


def _joined_countries(group: list[Line]) -> list[Line]:
    """Put a country together whose name runs over two lines: "Tehran, Islamic" and "Republic of Iran"."""
    done: list[Line] = []
    for line in group:
        before = done[-1].text if done else ""
        tail = before.rpartition(",")[2].strip()
        if tail and tail != before and not country_of(tail) and len(line.text) < 60:
            head = re.split(r"[.;(]\s|\s(?:fax|tel)", line.text, maxsplit=1, flags=re.IGNORECASE)[0]
            if country_of(f"{tail} {head}") and not country_of(head.partition(",")[2]):
                done[-1] = Line(before[: before.rindex(tail)].rstrip(" ,"), done[-1].number)
                done.append(Line(f"{tail} {line.text}", line.number))
                continue
        done.append(line)
    return [line for line in done if line.text]


def _unwrapped(group: list[Line]) -> list[Line]:
    """Join the lines of each addressee that has commas between its parts and runs over several lines."""
    done: list[Line] = []
    at = 0
    while at < len(group):
        best = at
        texts = [group[at].text]
        for end in range(at + 1, min(at + 5, len(group))):
            if label_of(group[end].text) or EMAIL.match(group[end].text) or heading(group[end].text):
                break
            texts.append(group[end].text)
            if _runs_over(texts):
                best = end
            if country_of(by_labels(texts[-1])[0].rpartition(",")[2]):
                break
        done.append(Line(joined(line.text for line in group[at : best + 1]), group[at].number))
        at = best + 1
    return done


def _of_group(group: list[Line]) -> list[Item]:
    texts = [line.text for line in group if line.text]
    whole = joined(texts)
    if not texts:
        return []
    if sum(text.count(" // ") for text in texts):
        return [item for part in whole.split(" // ") for item in _of_group([Line(part.strip(), group[0].number)])]
    if _runs_over(texts) and not any(country_of(text.rpartition(",")[2]) for text in texts[:-1]):
        group = [Line(whole, group[0].number)]
    elif not _is_prose(whole) or any(label_of(text) or EMAIL.search(text) for text in texts):
        group = _unwrapped(_joined_countries(group))
        texts = [line.text for line in group]
    elif _is_prose(whole) and not any(label_of(text) or EMAIL.search(text) for text in texts):
        return [Item("", group[0].number, begins=True)]
    evidence = any(label_of(text) or EMAIL.search(text) or country_of(text) for text in texts[1:]) or any(
        re.search(r"\d", text) or country_of(text.rpartition(",")[2]) for text in texts[1:] if not _is_prose(text)
    )
    items: list[Item] = []
    for line in group:
        if _FORM.search(line.text) and not label_of(line.text):
            continue
        for number, piece in enumerate(_pieces(line.text)):
            prose = _is_prose(piece)
            near = evidence or (number == 0 and len(_pieces(line.text)) > 2)
            items.append(Item("" if prose else piece, line.number, not items and not number, near))
    return items


def _runs_over(texts: list[str]) -> bool:
    """Tell whether lines are one addressee with commas between its parts."""
    if not 1 < len(texts) <= 5 or max(map(len, texts)) < 55 or label_of(texts[0]) or heading(texts[0]):
        return False
    if any(label_of(text) for text in texts[1:]) or not all("," in text or len(text) > 55 for text in texts[:-1]):
        return False
    first = by_labels(joined(texts))[0]
    return _is_block(first)


def _is_block(text: str) -> bool:
    """Tell whether *text* is a whole addressee, with commas between its parts."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 3 or (len(parts) == 3 and not re.search(r"\d", text)):
        return False
    head = kind_of(parts[0]) in ("title", "person", "institution", "name") or kind_of(parts[1]) in ("title", "person")
    return head and len(max(parts, key=len).split()) <= 9 and len(sentences(text)) <= 2


def _pieces(text: str) -> list[str]:
    """Split a line that holds several things: contacts with their labels, or a whole address with commas."""
    whole: list[str] = []
    marked = [part.strip() for part in re.split(r"\s+[·|•]\s+", text)]
    if len(marked) > 2 and max(map(len, marked)) < 60 and kind_of(marked[0]) in ("title", "person", "institution"):
        return [piece for part in marked for piece in by_labels(part)]
    for part in by_labels(text):
        known = any(map(str.isdigit, part)) or country_of(part.rpartition(",")[2])
        heads = not label_of(part) and known and (_is_block(part) or (part.count(",") >= 3 and not whole))
        if heads and not _is_prose(part):
            # The number of a house stays with its street.
            pieces = re.split(r",\s+(?!\d{1,4}\w?(?:,|$))", part)
            whole += [piece.strip() for piece in pieces if piece.strip()]
        else:
            whole.append(part)
    return whole


def _is_prose(text: str) -> bool:
    """Tell whether *text* is a sentence or more, and no line of an address."""
    words = text.split()
    if len(words) < 4 or label_of(text):
        return False
    if (
        vocabulary.DIPLOMATIC.search(text)
        or _DIRECTIVE.match(text)
        or (text.endswith(("!", "?")) and not vocabulary.SALUTATION.fullmatch(text))
    ):
        return True
    low = sum(word[:1].islower() for word in words)
    ends = text.endswith((".", ":", ";", "”", "»")) or len(sentences(text)) > 1
    if _is_block_like(text):
        return False
    return (len(words) > 22 and low * 2 > len(words)) or (len(words) >= 7 and ends and low * 2 > len(words))


def _is_block_like(text: str) -> bool:
    first = by_labels(text)[0]
    return any(map(str.isdigit, first)) and _is_block(first)


@cache
def kind_of(text: str) -> str:  # noqa: PLR0911  a return for each kind
    """Tell what a line of a block is: ``person``, ``title``, ``institution``, ``name``, ``country`` or ``other``."""
    if not text or label_of(text) or EMAIL.search(text) or URL.search(text) or HANDLE.search(text):
        return ""
    if country_of(text):
        return "country"
    head = text.partition(",")[0].strip()
    rest, honorific, _ = without_honorific(head)
    if honorific and not rest:
        return "honorific"
    before = BEFORE_NAME.match(rest)
    if (honorific and is_titled_name(rest)) or (before and is_person(rest[before.end() :])):
        return "person"
    if titles.INSTITUTION.search(head) and not BEFORE_NAME.match(head):
        return "institution"
    if (role_of(rest) or titles.TITLE.search(rest)) and not _STREET.search(head):
        return "title"
    if is_name(head):
        return "name"
    return "other"


def is_person(text: str) -> bool:
    """Tell whether what stands behind a title is a name, and not the rest of the title."""
    return is_name(text) and not any(titles.TAIL.fullmatch(word) for word in text.split())


def titled(part: str) -> tuple[str, str, str, str] | None:
    """Return title, name, honorific and gender where a title and a person stand in one part: "Minister Mr X"."""
    words = part.split()
    for at in range(1, len(words) - 1):
        name, said, whose = without_honorific(" ".join(words[at:]))
        title = " ".join(words[:at])
        if said and is_titled_name(name) and (role_of(title) or titles.TITLE.search(title)):
            return title.rstrip(" :,"), name, said, whose
    # "Уполномоченному по правам человека Эвелине Образцовой": a name in capitals behind words that are not.
    for at in range(max(1, len(words) - 3), len(words) - 1):
        before, name = words[at - 1], " ".join(words[at:])
        if (
            before[:1].islower()
            and len(before) > 4
            and not OPEN_END.search(before)
            and is_person(name)
            and all(word[:1].isupper() for word in words[at:])
            and len(name) > 8
        ):
            return " ".join(words[:at]), name, "", "unknown"
    return None
