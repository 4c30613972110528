"""The values that everything else passes on: frozen, without behaviour beyond reading themselves."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appealgen import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appealgen.letter import Layout

TONES = ("formal", "urgent", "humanitarian", "brief")
GENDERS = ("man", "woman", "unknown")
PRIVACIES = ("full", "town", "initials", "group")
#: The privacy of a signer of whom everything may show.
FULL = frozenset({"full"})
CHANNELS = ("post", "email", "fax", "web-form")
ROLES = (
    "head-of-state", "head-of-government", "minister", "prosecutor-general", "prosecutor", "military-prosecutor",
    "judge", "court-president", "ambassador", "secretary-general", "collective-body", "prison-director",
    "prison-service-director", "ombudsperson", "police-chief", "governor", "member-of-parliament", "un-rapporteur",
    "commissioner",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day, or day and month, may not be known (0)."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises:
            ValueError: if *text* is none of these, or no such day exists.
        """
        parts = text.split("-")
        widths = [len(part) for part in parts]
        if widths not in ([4], [4, 2], [4, 2, 2]) or not all(p.isascii() and p.isdigit() for p in parts):
            raise ValueError(text)
        numbers = [int(part) for part in parts]
        datetime.date(*[*numbers, 1, 1][:3])
        return cls(*numbers)

    def __str__(self) -> str:
        """Return the form that `parse` reads."""
        known = [f"{self.year:04}"] + [f"{number:02}" for number in (self.month, self.day) if number]
        return "-".join(known)

    @property
    def last_day(self) -> datetime.date:
        """The latest day that the date can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def in_words(self) -> str:
        """The date in the words of the program's language: ``July 2025``."""
        return catalogue.day(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from."""

    title: str
    url: str | None = None
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact; facts of the same *paragraph* are told together.

    One that a letter can go without is *optional*: 1 goes first where a letter is too long, then 2.
    """

    id: str
    paragraph: str
    sources: tuple[str, ...]
    date: PartialDate | None = None
    brief: bool = False
    optional: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that may be asked, and the aliases or address-book ids it is asked of.

    One that *conveys* asks an embassy to pass the request on: the letter need not ask for that again.
    """

    id: str
    targets: tuple[str, ...]
    conveys: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """The case's own word for an addressee: an entry of the address book, or the embassy in the signer's country."""

    id: str
    target: str | None = None
    embassy_of: str | None = None
    without_country: str | None = None
    former: str | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """The language that a text was translated from, and the digest of what it said then."""

    language: str
    digest: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Which texts of a language, by their *keys*, are still the words of a *source* (an id of the case)."""

    source: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What a case says in one language; *facts* and *asks* are keyed by the ids of the case.

    *name_source* says where the spellings and forms of the name are used.
    """

    language: str
    source: str
    name: Mapping[str, str]
    subject: str
    facts: Mapping[str, str]
    asks: Mapping[str, str]
    who: str | None = None
    concern: str | None = None
    hardship: str | None = None
    quoted: Quoted | None = None
    name_source: str | None = None
    translated_from: Translation | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A person and the matter."""

    id: str
    source: str
    title: str
    pronouns: str
    country: str
    status: str
    checked_on: PartialDate
    family_consent: str
    aliases: Mapping[str, Alias]
    facts: Mapping[str, Fact]
    asks: Mapping[str, Ask]
    sources: Mapping[str, Source]
    words: Mapping[str, Words]
    facts_as_of: PartialDate | None = None
    born: PartialDate | None = None
    closed_on: PartialDate | None = None
    outcome: str | None = None
    write_until: PartialDate | None = None
    spellings: tuple[str, ...] = ()
    do_not_name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an office: name by language and form."""

    name: Mapping[str, Mapping[str, str]]
    gender: str
    source: str
    since: PartialDate | None = None
    verified_on: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An entry of the address book: an office first, a person second. *address* is kept as its source prints it."""

    id: str
    source_file: str
    role: str
    country: str
    located_in: str
    languages: tuple[str, ...]
    office: Mapping[str, Mapping[str, str]]
    source: str
    address: tuple[str, ...] = ()
    verified_on: PartialDate | None = None
    holder: Holder | None = None
    address_local: tuple[str, ...] = ()
    email: str | None = None
    email_cc: tuple[str, ...] = ()
    phone: str | None = None
    fax: str | None = None
    web_form: str | None = None
    preferred: str | None = None
    cc: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ByTone:
    """A text that may differ by tone."""

    default: str
    by_tone: Mapping[str, str] = field(default_factory=dict)

    def for_tone(self, tone: str) -> str:
        """Return the text for *tone*."""
        return self.by_tone.get(tone, self.default)


@dataclass(frozen=True, slots=True)
class FormOfAddress:
    """How one office is addressed when held by a man, a woman, or by nobody known.

    In its texts ``{office}`` and ``{holder}`` stand for words of the address book, with ``.form`` for a form of them;
    ``{one|many}`` for words that depend on the number of signers; in *close*, ``{salutation}`` for the salutation.
    """

    address: tuple[str, ...]
    salutation: ByTone
    close: ByTone | None = None


@dataclass(frozen=True, slots=True)
class RoleForms:
    """How one office is addressed, by the gender of its holder, and where the rule comes from."""

    source: str
    reviewed: str
    by_gender: Mapping[str, FormOfAddress]


@dataclass(frozen=True, slots=True)
class Region:
    """What senders in one country do otherwise than the rest of the language.

    *salutation_end* replaces the last mark of the salutation; *capital* begins the body with one; *replace* is done
    to the words of language and case, not to the signer's.
    """

    locale: str | None = None
    date_format: str | None = None
    salutation_end: str | None = None
    capital: bool = False
    replace: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """What must not stand in a text, as a regular expression, and what to do instead."""

    wrong: str
    instead: str


@dataclass(frozen=True, slots=True)
class JointWords:
    """What a language says around the signatories of a joint letter.

    *people* and *organisations* say how many, by CLDR category of plurals, as *heading* wants them; *both* joins
    the two. *small_numbers* are words for 1, 2, 3 and so on, for as far as custom writes them out. *entry* puts a name
    and a role together; *annex* and *annex_sentence* are for a list on a page of its own; *page* numbers pages.
    *cut* is how a title ends that goes on. The digits of a number are grouped from five on, or already with four,
    by *group_mark* or the mark that CLDR has.
    """

    heading: str
    people: Mapping[str, str]
    organisations: Mapping[str, str]
    both: str
    organisations_heading: str
    entry: str
    annex: str
    annex_sentence: str
    page: str
    small_numbers: tuple[str, ...] = ()
    cut: str = "{title}…"
    group_four_digits: bool = False
    group_mark: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """What a language says around the prose of its templates.

    *offices* are the titles of offices by id of the address book and form, where the address book itself has none.
    *date_line* is how date and town stand, with the town and without; *first_of_month* stands for the day 1;
    *shows_gender* are regular expressions for words of a template that tell whether its writer is a man or a woman.
    """

    id: str
    source: str
    name: str
    locale: str
    direction: str
    reviewed: str
    date_format: str
    layout: Layout
    labels: Mapping[str, str]
    closings: Mapping[str, str]
    forms_of_address: Mapping[str, RoleForms]
    date_line: tuple[str, str] = ("{date}", "{date}")
    first_of_month: str | None = None
    regions: Mapping[str, Region] = field(default_factory=dict)
    offices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shows_gender: tuple[str, ...] = ()
    typography: tuple[Mistake, ...] = ()
    joint: JointWords | None = None


@dataclass(frozen=True, slots=True)
class ForbiddenName:
    """A name that letters to a country's offices must not carry, in every spelling."""

    id: str
    country: str
    since: PartialDate | None
    source: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something to know of a country, and where it comes from."""

    text: str
    source: str
    checked_on: PartialDate


@dataclass(frozen=True, slots=True)
class Country:
    """What its law wants of a letter that must be answered, and what is known of mail to it."""

    code: str
    reply_rule: Rule | None = None
    post: Rule | None = None


@dataclass(frozen=True, slots=True)
class SignatoryNames:
    """What lists of the signatories of a joint letter have besides; all texts are folded.

    *columns* are the fields of their columns by heading; *people* and *organisations* are the words for either.
    """

    columns: Mapping[str, str]
    people: frozenset[str]
    organisations: frozenset[str]


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """What the columns of a table of signers are called, and the words in them; all keys are folded."""

    by_heading: Mapping[str, str]
    fields: tuple[str, ...]
    ignored: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    privacy: Mapping[str, str]
    joint: SignatoryNames | None = None

    def field(self, heading: str) -> str | None:
        """Return the field that a column called *heading* (folded) fills, or None."""
        return self.by_heading.get(heading)


@dataclass(frozen=True, slots=True)
class Signatory:
    """One of those who sign a joint letter, from *line* of a file; *family* is the family name where it is known."""

    name: str
    role: str = ""
    organisation: bool = False
    family: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs; without a name the letter has a line to sign on.

    *address* is as it is written on an envelope, without the country; *town* is what of it may show where the
    street must not, by default its last line; *group* is the group's address, which is in *group_country*.
    """

    name: str | None
    address: tuple[str, ...] = ()
    town: str | None = None
    email: str | None = None
    country: str | None = None
    language: str | None = None
    message: tuple[str, ...] = ()
    privacy: frozenset[str] = frozenset({"full"})
    group: tuple[str, ...] = ()
    group_country: str | None = None
