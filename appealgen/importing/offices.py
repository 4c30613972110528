"""An addressee as a document has it: title, holder and address, and the ways to reach it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from appealgen.importing import vocabulary
from appealgen.importing.contacts import EMAIL, HANDLE, URL, gender_of, numbers_of
from appealgen.importing.places import country_of

POST = re.compile(r"M\.?P\.?|MdB|MdEP|Ph\.?D\.?|Q\.?C\.?|S\.?C\.?|S\.?A\.?N\.?|Esq\.?", re.IGNORECASE)


@dataclass
class Office:
    """An addressee as a document has it; *number* is that of the line where it begins."""

    role: str | None = None
    title: list[str] = field(default_factory=list)
    name: str | None = None
    honorific: str | None = None
    gender: str = "unknown"
    address: list[str] = field(default_factory=list)
    country: str | None = None
    emails: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    fax: list[str] = field(default_factory=list)
    phone: list[str] = field(default_factory=list)
    web_form: str | None = None
    social: list[str] = field(default_factory=list)
    salutation: str | None = None
    number: int = 0
    masked: bool = False

    @property
    def office(self) -> str | None:
        """The title of the office, in one line."""
        return ", ".join(self.title) or None

    @property
    def has_body(self) -> bool:
        """Whether more than the head of the block has been read."""
        return bool(
            self.country or self.emails or self.fax or self.phone or self.web_form or self.social or self.salutation
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing says who it is."""
        return not (self.title or self.name or (self.role == "ambassador" and self.address))


def add_address(office: Office, text: str) -> None:
    """Add a line to the address; a country that ends it is taken as such."""
    if "," in text:
        *_, last = re.split(r",\s+", text)
        if country := country_of(last):
            office.country = office.country or country
            text = text[: text.rindex(last)]
    if POST.fullmatch(text) and not office.address:
        return
    if (text := text.strip(" ,;")) and len(office.address) < 12:
        office.address.append(text)


def take_labelled(office: Office, kind: str, text: str) -> None:
    """Take what stands behind a label."""
    if not text or kind == "other":
        return
    if kind == "email":
        mails = EMAIL.findall(text)
        first, *more = re.split(r"\bcc:?|\bcopy(?: to)?:?|;\s*cc", text, maxsplit=1, flags=re.IGNORECASE)
        said = EMAIL.findall(first) if more else mails
        office.emails += [mail for mail in said if mail not in office.emails]
        office.copies += [mail for mail in mails if mail not in said]
        office.masked |= bool(vocabulary.PLACEHOLDER.search(text)) and not mails
    elif kind == "cc":
        office.copies += EMAIL.findall(text)
    elif kind in ("fax", "phone", "both"):
        if kind != "phone":
            office.fax += [number for number in numbers_of(text, office.fax) if number not in office.fax]
        if kind != "fax":
            office.phone += [number for number in numbers_of(text, office.phone) if number not in office.phone]
    elif kind == "web_form":
        if url := URL.search(text):
            office.web_form = office.web_form or url[0].rstrip(".,)")
    elif kind == "social":
        office.social += HANDLE.findall(text) or [url.rstrip(".,)") for url in URL.findall(text)]
    elif kind == "salutation":
        office.salutation = office.salutation or text
        office.gender = gender_of(text, office.gender)


def take_contact(text: str, office: Office, label: str) -> bool:  # noqa: PLR0911  a return for each case
    """Take a line that is a contact without a label of its own; tell whether it was one."""
    if label in ("fax", "phone", "both") and re.fullmatch(r"\d{1,5}", text):
        # The end of a number that was broken.
        for numbers in ([office.fax] if label != "phone" else []) + ([office.phone] if label != "fax" else []):
            if numbers and len(re.sub(r"\D", "", numbers[-1])) < 11:
                numbers[-1] += text
        return True
    mails = EMAIL.findall(text)
    if mails and len(text) < len(" ".join(mails)) + 30:
        (office.copies if label == "cc" else office.emails).extend(mail for mail in mails if mail not in office.emails)
        return True
    if len(text) < 80 and (handles := HANDLE.findall(text)):
        office.social += handles
        return True
    if (url := URL.search(text)) and re.search(r"form", text, re.IGNORECASE) and len(text.split()) < 9:
        office.web_form = office.web_form or url[0].rstrip(".,)")
        return True
    if URL.fullmatch(text.rstrip(".")):
        office.web_form = office.web_form or text.rstrip(".")
        return True
    if label in ("fax", "phone", "both") and re.fullmatch(r"\+?[\d ()./-]{6,}", text):
        take_labelled(office, label, text)
        return True
    closes = label == "salutation?" and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+){0,2}[,!]", text)
    if office.salutation and (closes or (label == "salutation+" and re.fullmatch(r"[^\W\d].{2,50}", text))):
        office.salutation = f"{office.salutation} {text}"
        office.gender = gender_of(office.salutation, office.gender)
        return True
    if label in ("salutation", "web_form", "social"):
        take_labelled(office, label, text)
        return True
    if vocabulary.PLACEHOLDER.fullmatch(text) and "protected" in text:
        office.masked = True
        return True
    return False
