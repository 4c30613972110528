"""Blocks of addressees, and the offices that are read from them one after the other."""

from __future__ import annotations

import re

from appealgen.importing import honorifics, titles, vocabulary
from appealgen.importing.blocks import BEFORE_NAME, OPEN_END, Item, is_person, items_of, kind_of, titled
from appealgen.importing.contacts import EMAIL, gender_of, label_of
from appealgen.importing.names import is_name, is_titled_name, role_of, without_honorific
from appealgen.importing.offices import POST, Office, add_address, take_contact, take_labelled
from appealgen.importing.places import country_by_capital, country_of
from appealgen.importing.text import Line, heading

#: Words before an addressee that are no part of the title: "An den Leiter ...".
_TO = re.compile(
    r"^(?:an (?:den|die|das|der)|to the|to:|à l.attention d[eu]|al? (?:señor|señora)(?= \w+ de))\s+", re.IGNORECASE
)
#: How a salutation ends that goes on in the next line.
_OPEN_SALUTATION = re.compile(
    r"(?:\b(?:sra?|mrs?|ms|herrn?|frau|dear|geehrte[r]?|estimad[oa]|se[ñn]ora?|monsieur|madame|monsieur le|"
    r"madame la|your|"
    r"le|la|the|of|de|du|des|und|and|et|y|и|general|attorney|prime|excelent[íi]simo|уважаем\w+|господин|госпожа|генеральный|"
    r"глубокоуважаем\w+)\.?|/)$",
    re.IGNORECASE,
)


def offices(lines: list[Line], *, explicit: bool = False) -> list[Office]:
    """Read the addressees that stand in *lines*, one after the other.

    *explicit* where the document says that addressees stand here: an institution may then begin one.
    """
    items = items_of(lines)
    for at, item in enumerate(items):
        item.kind = kind_of(item.text)
        before = items[at - 1] if at else None
        # What stands straight above a person, and is none itself, is the title.
        if item.kind == "person" and before and before.kind == "other" and before.begins and before.evidence:
            before.kind = "title"
    reader = _Reader(explicit=explicit)
    for at, item in enumerate(items):
        reader.read(item, items[at + 1].kind if at + 1 < len(items) else "")
    for office in reader.found:
        _complete(office)
    return [office for office in reader.found if not office.is_empty]


def _complete(office: Office) -> None:
    """Read what only the whole block shows: the head of which institution, where an embassy stands."""
    if len(office.title) > 1 and office.name and titles.INSTITUTION.search(office.title[0]):
        # "Supreme Court" above "President Ms X": where the office stands.
        body, *rest = office.title
        if all(titles.TITLE.search(one) or titles.GENERIC.fullmatch(one) for one in rest):
            office.title, office.address, office.role = rest, [body, *office.address], role_of(", ".join(rest))
    if office.role is None and office.name and office.address and titles.EMBASSY.search(office.address[0]):
        office.role = "ambassador"
    if len(office.title) == 1 and titles.GENERIC.fullmatch(office.title[0]) and office.address:
        first = office.address[0]
        if role_of(first) not in (None, "head-of-state", "ambassador") or re.search("court|gericht|суд", first, re.I):
            role = role_of(f"{office.title[0]} of the {first}") or role_of(f"{office.title[0]} {first}")
            if titles.INSTITUTION.search(first) and role not in (None, "head-of-state", "collective-body"):
                office.role = role
    if office.role in ("ambassador", "un-rapporteur") and office.country is None:
        places = filter(None, map(country_by_capital, reversed(office.address)))
        office.country = next(places, None)


#: A line that goes on with the title above it: "de l'Intérieur", "Республики Казахстан".
_GOES_ON = re.compile(
    r"^(?:(?:de|du|des|of|and|et|y|für|und|der|и|по) |de l['’]|d['’])[^\d,]{3,60}$|^(?:Республики|Российской Федерации|"
    r"Кыргызской Республики|Украины)\b[^\d,]{0,40}$"
)


class _Reader:
    """Takes items one after the other into offices."""

    def __init__(self, *, explicit: bool) -> None:
        self.found: list[Office] = []
        self._explicit = explicit
        self._current: Office | None = None
        self._label = ""
        self._last = ""
        self._pending = ""
        self._open = 0

    def read(self, item: Item, following: str) -> None:
        """Take one item; *following* is the kind of the next."""
        text = item.text
        if not text:
            self._current, self._label, self._pending, self._open = None, "", "", 0
            return
        text = _TO.sub("", text) if item.begins and item.kind in ("title", "other", "person") else text
        # What stands in brackets over several lines is a hint, and no part of the address.
        if self._open and not item.begins:
            self._open = 0 if ")" in text else self._open - 1
            return
        unclosed = text.count("(") > text.count(")")
        if self._current is not None and (text.startswith("(") or label_of(text)) and unclosed:
            self._open = 3
        if text.startswith("(") and self._current is not None and not label_of(text) and not EMAIL.search(text):
            return
        if item.begins:
            self._label = ""
        if self._channel(text):
            return
        self._label = ""
        if text.endswith(":") or heading(text):
            self._current = None
            return
        if self._salutation(item, following):
            return
        if self._begins(item, following):
            self._current = Office(number=item.number)
            self.found.append(self._current)
            self._last = ""
        if self._current is not None:
            self._place(text, item.kind, following, self._current)

    def _channel(self, text: str) -> bool:
        """Take a contact, with its label or below it; tell whether it was one."""
        office = self._current
        if labelled := label_of(text):
            kind, rest = labelled
            if office is not None:
                take_labelled(office, kind, rest)
            self._label = kind if not rest or kind in ("fax", "phone", "email") else ""
            if kind == "salutation" and _OPEN_SALUTATION.search(rest):
                self._label = "salutation+"
            elif kind == "salutation" and rest and rest[-1] not in ",.!:;)]":
                self._label = "salutation?"
            return True
        return office is not None and take_contact(text, office, self._label)

    def _salutation(self, item: Item, following: str) -> bool:
        text = item.text
        if not vocabulary.SALUTATION.fullmatch(text) or item.kind == "person":
            return False
        if following == "person" or item.kind == "honorific":
            if following in ("person", "name"):
                self._pending = text
                return True
            if self._current is None or self._current.name:
                return self._current is None
        if (
            item.kind == "title"
            and not text.endswith((",", ":", "!"))
            and (self._current is None or following == "person")
        ):
            return False
        if self._current is not None and self._current.salutation is None and item.kind != "institution":
            self._current.salutation = text
            self._current.gender = gender_of(text, self._current.gender)
        return True

    def _begins(self, item: Item, following: str) -> bool:  # noqa: PLR0911  a return for each case
        """Tell whether *item* begins another addressee."""
        office, kind = self._current, item.kind
        if office is None:
            if kind in ("title", "person"):
                return True
            if kind == "name":
                return item.begins and (self._explicit or following in ("title", "institution"))
            embassy = titles.EMBASSY.search(item.text) is not None and kind == "institution"
            body = kind == "institution" and item.evidence and role_of(item.text) == "collective-body"
            if kind in ("institution", "other"):
                good = kind == "institution" or (
                    item.evidence and item.text[:1].isupper() and len(item.text.split()) < 10
                )
                return (
                    item.begins
                    and (self._explicit or embassy or body)
                    and good
                    and not re.search(r"\d|[.!]$", item.text)
                )
            return False
        full = office.has_body or (item.begins and bool(office.address))
        if kind in ("title", "person") and full:
            return not (office.address and not item.begins and not office.has_body)
        if item.begins and office.has_body and kind in ("name", "institution", "other"):
            body = kind == "institution" and role_of(item.text) == "collective-body"
            if kind == "name" or ((self._explicit or body) and item.evidence and not re.search(r"\d", item.text)):
                return True
            self._current = None
        return False

    def _place(self, text: str, kind: str, following: str, office: Office) -> None:  # noqa: PLR0911  as above
        """Put a line of a block where it belongs: title, name, address or country."""
        if country := country_of(text):
            office.country = office.country or country
            return
        if vocabulary.PLACEHOLDER.fullmatch(text):
            office.masked = True
            return
        if not office.address and self._continues(text, kind, following, office):
            office.title[-1] = f"{office.title[-1]} {text}"
            office.role = role_of(office.title[-1]) or office.role
            return
        if office.address and not office.name and re.match(r"(?:for|of|and|de|du|des|für|und|по) \D+$", text):
            office.address[-1] = f"{office.address[-1]} {text}"
            return
        inside = re.fullmatch(r"(?P<body>[^()]{8,}?)\s*\((?P<who>[^()]{6,})\)", text)
        if inside and kind == "institution" and not office.name and (holder := titled(inside["who"])):
            office.title.append(holder[0])
            office.role = office.role or role_of(holder[0])
            self._named(office, *holder[1:])
            add_address(office, inside["body"])
            return
        below = kind == "person" and not office.name and all(map(titles.INSTITUTION.search, office.address))
        if kind == "institution" or (office.address and not below) or not self._head(text, kind, office):
            if kind == "institution" and not office.role and not office.title and not office.name:
                office.role = "ambassador" if titles.EMBASSY.search(text) else None
                if office.role is None:
                    office.title, office.role, self._last = [text], role_of(text), "title"
                    return
            if kind == "other" and not (office.title or office.name or office.address):
                office.title, self._last = [text], "title"
                return
            add_address(office, text)

    def _continues(self, text: str, kind: str, following: str, office: Office) -> bool:
        """Tell whether *text* is the second line of a title."""
        if not office.title or self._last != "title" or re.search(r"\d", text):
            return False
        if OPEN_END.search(office.title[-1]) or titles.TAIL.fullmatch(text) or _GOES_ON.match(text):
            return True
        return kind == "other" and following == "person" and not office.name and len(text.split()) <= 3

    def _head(self, text: str, kind: str, office: Office) -> bool:
        """Read a line that says who: title, or name, or both; tell whether it was such a line."""
        organisation = bool(office.title) and titles.ORGANISATION.search(office.title[0]) is not None
        if organisation and not office.name and not without_honorific(text)[1]:
            return False
        if kind == "title" and office.title and office.name and self._last == "name":
            # The title once more, in another language.
            return role_of(text) == office.role
        parts = [part.strip() for part in re.split(r",\s+|\s+[–—-]\s+|\s*\((?=[A-Z])|\)\s*$", text) if part.strip()]
        rest = [part for part in parts if not self._part(part, office, len(parts) > 1)]
        if len(rest) == len(parts):
            return False
        if rest and (country := country_of(rest[-1])):
            office.country = office.country or country
            rest = rest[:-1]
        for part in rest:
            add_address(office, part)
        return True

    def _part(self, part: str, office: Office, several: bool) -> bool:  # noqa: PLR0911  as above
        """Read a part of such a line; tell whether it was a title or a name."""
        if POST.fullmatch(part) and office.name:
            return True
        bare, honorific, gender = without_honorific(part)
        if honorific and not office.name and is_titled_name(bare):
            self._named(office, bare, honorific, gender)
            return True
        if titles.INSTITUTION.search(part) and (office.title or office.name or titles.EMBASSY.search(part)):
            return False
        inner = titled(part) if role_of(part) or titles.TITLE.search(part) else None
        if inner and not office.name:
            office.title.append(inner[0])
            office.role = office.role or role_of(inner[0])
            self._named(office, *inner[1:])
            return True
        before = BEFORE_NAME.match(bare)
        if before and not office.name and is_person(bare[before.end() :]):
            if not office.title or role_of(before[0]) != office.role:
                office.title.append(re.sub(r"^(?:the|le|el) ", "", before[0].strip(), flags=re.IGNORECASE))
            office.role = office.role or role_of(before[0])
            self._named(office, bare[before.end() :], honorific, gender)
            return True
        if (role_of(part) or titles.TITLE.search(bare)) and not (office.title and self._last != "title"):
            civil = honorific and re.fullmatch(honorifics.CIVIL, honorific, re.IGNORECASE)
            office.title.append(bare if civil else part)
            if civil and office.gender == "unknown":
                office.gender = gender
            office.role = office.role or role_of(part)
            self._last = "title"
            return True
        if not office.name and not office.address and is_name(bare) and (office.title or several or not office.title):
            self._named(office, bare, honorific, gender)
            return True
        return False

    def _named(self, office: Office, name: str, honorific: str | None, gender: str) -> None:
        if post := honorifics.POSTNOMINAL.search(name):
            name, honorific = name[: post.start()], honorific or post["title"]
        office.name = name
        before, self._pending = self._pending, ""
        office.honorific = " ".join(filter(None, (before, honorific))) or None
        if office.gender == "unknown":
            office.gender = gender if gender != "unknown" else gender_of(before)
        self._last = "name"
