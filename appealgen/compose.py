"""Case + target + language + tone -> prepared; prepared + signer + date -> Letter.

Pure: no clock, no disk, no printing. What does not depend on the signer is made once, in `prepare`; a batch then
asks the value for one letter after the other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from appealgen import addresses, forms
from appealgen.catalogue import _
from appealgen.datelines import date_line, written_date
from appealgen.errors import InputError, Problem, RefusedError
from appealgen.forbidden import Forbidden
from appealgen.joint import joined
from appealgen.letter import Bullets, Gloss, Labels, Letter, Mail, Pair, Paragraph, part_name
from appealgen.model import ForbiddenName, Region
from appealgen.senders import sender_lines
from appealgen.templates import replaced

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

    from appealgen.letter import Block, Joint, Layout
    from appealgen.model import Case, Fact, Language, Signatory, Target, Words
    from appealgen.paper import Window
    from appealgen.senders import Sender
    from appealgen.templates import Template


@dataclass(frozen=True, slots=True)
class _ForRegion:
    """The words of a letter as senders in one country have them."""

    tag: str
    template: Template
    values: Mapping[str, Any]
    address: forms.Address
    copies: tuple[str, ...]
    labels: Labels
    layout: Layout
    capital: bool


@dataclass(frozen=True, slots=True)
class _ForSender:
    """The parts of a letter that follow the sender's country and language, and the date."""

    page: str
    inside_address: tuple[str, ...]
    date: str


_NO_REGION = Region()


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything about a letter but its signer and its date."""

    case: Case
    target: Target
    language: Language
    tone: str
    asks: tuple[str, ...]
    plural: bool
    _template: Template
    _address: forms.Address
    _copies: tuple[str, ...]
    _values: Mapping[str, Any]
    _forbidden: Forbidden
    _gloss: Prepared | None = None
    drop: frozenset[str] = frozenset()
    _regions: dict[str | None, _ForRegion] = field(default_factory=dict)
    _bodies: dict[tuple[str, bool], tuple[Block, ...]] = field(default_factory=dict)
    _glosses: dict[tuple[str, bool], Gloss] = field(default_factory=dict)
    _senders: dict[Any, _ForSender] = field(default_factory=dict)
    _looked_at: set[Any] = field(default_factory=set)
    _shorter: dict[frozenset[str], Prepared] = field(default_factory=dict)

    @property
    def optional(self) -> tuple[str, ...]:
        """The ids of the facts that these letters tell and can go without, the first to go first."""
        told = [fact for fact in _told(self.case, self.tone, self.drop) if fact.optional is not None]
        return tuple(fact.id for fact in sorted(told, key=lambda fact: fact.optional or 0))

    def without(self, drop: frozenset[str]) -> Prepared:
        """Return the same letters, and their translation, without the facts *drop* (ids) as well."""
        if drop not in self._shorter:
            dropped = self.drop | drop
            words = self.case.words[self.language.id]
            values = {**self._values, "paragraphs": _paragraphs(self.case, words, self.tone, dropped)}
            fresh: dict[str, Any] = {"_regions": {}, "_bodies": {}, "_glosses": {}, "_looked_at": set(), "_shorter": {}}
            gloss = self._gloss.without(drop) if self._gloss else None
            self._shorter[drop] = replace(self, drop=dropped, _values=values, _gloss=gloss, **fresh)
        return self._shorter[drop]

    def body(self, sender: Sender) -> tuple[Block, ...]:
        """Compose the paragraphs between salutation and close.

        Raises:
            InputError: if the template cannot be rendered.
        """
        if sender.message or self._template.names_signer:
            return self._composed(sender)
        # Most signers have no paragraph of their own: what they sign is composed once.
        key = (self._for_region(sender.country).tag, sender.can_be_answered)
        if key not in self._bodies:
            self._bodies[key] = self._composed(sender)
        return self._bodies[key]

    def _composed(self, sender: Sender) -> tuple[Block, ...]:
        regional = self._for_region(sender.country)
        values = {**regional.values, "message": sender.message, "reply": sender.can_be_answered}
        values["signer"] = {"town": sender.town, "country": sender.country}
        blocks = regional.template.body(values)
        if regional.capital and blocks and isinstance(blocks[0], Paragraph):
            text = blocks[0].text
            blocks = (Paragraph(text[:1].upper() + text[1:]), *blocks[1:])
        return blocks

    def _for_region(self, country: str | None) -> _ForRegion:
        """Return the words as senders in *country* have them."""
        if country not in self.language.regions:
            country = None
        if country not in self._regions:
            self._regions[country] = self._regional(self.language.regions.get(country or "", _NO_REGION))
        return self._regions[country]

    def _regional(self, region: Region) -> _ForRegion:
        language, replace, address = self.language, region.replace, self._address
        salutation = replaced(address.salutation, replace)
        if region.salutation_end is not None:
            salutation = forms.with_end(salutation, region.salutation_end)
        lines = tuple(replaced(line, replace) for line in address.lines)
        labels = {name: replaced(label, replace) for name, label in language.labels.items()}
        return _ForRegion(
            tag=(region.locale or language.locale).replace("_", "-"),
            template=self._template.with_words(replace),
            values={name: _replaced(value, replace) for name, value in self._values.items()},
            address=forms.Address(lines, salutation, replaced(address.close, replace)),
            copies=tuple(replaced(copy, replace) for copy in self._copies),
            labels=Labels(**{name: label for name, label in labels.items() if name in Labels.__slots__}),
            layout=region.layout or language.layout,
            capital=region.capital,
        )

    def letter(
        self,
        sender: Sender,
        date: datetime.date,
        *,
        body: tuple[Block, ...] | None = None,
        window: Window | None = None,
        signatories: Sequence[Signatory] = (),
    ) -> Letter:
        """Compose the letter that *sender* signs on *date*; *body* stands in for the template's where given.

        The address stands where *window* shows it. A letter that is prepared with a translation carries it as its
        gloss, unless *body* is given. With *signatories* it is a joint letter, which *sender* sends; prepare it in the
        plural.

        Raises:
            RefusedError: if a part names what letters to this country's offices must not name.
            InputError: if the template cannot be rendered, or the language has no words for joint letters.
            ValueError: if it has signatories and is not prepared in the plural.
        """
        language, target = self.language, self.target
        for_sender = self._for_sender(sender.country, sender.language, date)
        regional = self._for_region(sender.country)
        letter = Letter(
            language=regional.tag,
            direction=language.direction,
            page=for_sender.page,
            layout=regional.layout,
            labels=regional.labels,
            sender=sender_lines(sender, target, language),
            inside_address=for_sender.inside_address,
            date=date_line(for_sender.date, sender.town, language),
            subject=regional.values["subject"],
            salutation=regional.address.salutation,
            body=self.body(sender) if body is None else body,
            close=regional.address.close,
            signatory=sender.name,
            copies=regional.copies,
            gloss=self._gloss_for(sender) if body is None else None,
            mail=Mail(target.email, target.email_cc, sender.name if sender.email else None, sender.email),
            day=date,
            joint=self._joint(signatories, sender.country) if signatories else None,
        )
        self._check(letter, sender, edited=body is not None or bool(signatories))
        return letter if window is None else letter.in_window(window)

    def _joint(self, signatories: Sequence[Signatory], country: str | None) -> Joint:
        if not self.plural:
            raise ValueError("a joint letter is prepared with plural=True")
        region = self.language.regions.get(country or "", _NO_REGION)
        return joined(signatories, self.language, region.replace, self._for_region(country).values["subject"])

    def _gloss_for(self, sender: Sender) -> Gloss | None:
        """Return the letter beside its translation, which is composed once for all who write nothing of their own."""
        other = self._gloss
        if other is None:
            return None
        if sender.message or self._template.names_signer or other._template.names_signer:  # noqa: SLF001
            return self._glossed(sender, other)
        regions = (self._for_region(sender.country).tag, other._for_region(sender.country).tag)  # noqa: SLF001
        key = (" ".join(regions), sender.can_be_answered)
        if key not in self._glosses:
            self._glosses[key] = self._glossed(sender, other)
        return self._glosses[key]

    def _glossed(self, sender: Sender, other: Prepared) -> Gloss:
        """Lay the letter beside its translation, paragraph by paragraph.

        Raises:
            InputError: if one of the two has a paragraph that the other lacks.
        """
        here, there = self._for_region(sender.country), other._for_region(sender.country)
        pairs = [
            Pair("\n".join(here.address.lines), "\n".join(there.address.lines)),
            Pair(here.values["subject"], there.values["subject"]),
            Pair(here.address.salutation, there.address.salutation),
        ]
        original, translation = self.body(sender), other.body(sender)
        if shape(original) != shape(translation):
            template = other._template.source
            message = _("has other paragraphs than the same tone in {language}", language=self.language.name)
            raise InputError([Problem(template, message, _("give both the same paragraphs in the same order"))])
        for left, right in zip(original, translation, strict=True):
            if isinstance(left, Bullets) and isinstance(right, Bullets):
                pairs += [Pair(*items, bullet=True) for items in zip(left.items, right.items, strict=True)]
            elif isinstance(left, Paragraph) and isinstance(right, Paragraph):
                pairs.append(Pair(left.text, right.text))
        pairs.append(Pair(here.address.close, there.address.close))
        heading = other.language.labels["gloss"]
        names = (self.language.name, other.language.name)
        return Gloss(there.tag, other.language.direction, heading, tuple(pairs), names)

    def refuse(self, sender: Sender) -> None:
        """Refuse what *sender* brings into a letter, without composing it; the rest as soon as it is composed once.

        Raises:
            RefusedError: if it names what letters to this country's offices must not name.
        """
        self._refuse_forbidden(self._brought(sender))

    def forbids(self, text: str) -> bool:
        """Tell whether *text* names what letters to this country's offices must not."""
        return self._forbidden.is_in(text)

    def refuse_texts(self, texts: Iterable[tuple[str, str]]) -> None:
        """Refuse what one of *texts*, each after where it stands, brings into a letter.

        Raises:
            RefusedError: if it names what letters to this country's offices must not name.
        """
        self._refuse_forbidden(texts)

    def _brought(self, sender: Sender) -> list[tuple[str, str]]:
        texts: list[tuple[str, str]] = []
        if sender.message:
            own = _("{name}'s own paragraph", name=sender.name) if sender.name else _("the signer's own paragraph")
            texts = [(own, text) for text in sender.message]
        if sender.name:
            texts.append(("sender", "\n".join((sender.name, *sender.lines, sender.email or "", sender.town or ""))))
        return texts

    def ingredients(self) -> tuple[Any, ...]:
        """Return all that goes into a letter but its signer, its date and the template, for a digest of it."""
        language = self.language
        gloss = self._gloss
        return (
            sorted(self._values.items(), key=str), self._address, self._copies, self.target.address,
            self.target.address_local, self.target.email, self.target.email_cc, sorted(language.labels.items()),
            language.locale, _steady(language.regions), language.date_format, language.date_line,
            language.first_of_month, language.layout.top, language.layout.foot, sorted(language.layout.far_side),
            (gloss.ingredients(), gloss._template.text) if gloss else None,  # noqa: SLF001
        )  # fmt: skip

    def digests(self) -> dict[str, str]:
        """Return what tells later what has changed since: digests of the address, the asks and the other words."""
        target, values = self.target, self._values
        parts = {
            "address": (target.address, target.address_local, target.email, target.email_cc, self._address),
            "asks": values["asks"],
            "words": (sorted((name, value) for name, value in values.items() if name != "asks"), self._template.text),
        }
        return {name: hashlib.sha256(repr(part).encode()).hexdigest()[:16] for name, part in parts.items()}

    def _for_sender(self, country: str | None, language: str | None, date: datetime.date) -> _ForSender:
        """Return what depends on where the sender is and on the date, but not on who it is."""
        key = (country, language, date)
        if key not in self._senders:
            target = self.target
            line = addresses.country_line(target.located_in, country, language, self.language.id)
            # Within the country its own script is enough; from abroad it stands above the letters that all can read.
            local = target.address_local
            latin = () if local and country == target.located_in else target.address
            lines = self._for_region(country).address.lines
            self._senders[key] = _ForSender(
                page=addresses.page(country),
                inside_address=(*lines, *local, *latin, *filter(None, [line])),
                date=written_date(date, self.language, country),
            )
        return self._senders[key]

    def _check(self, letter: Letter, sender: Sender, *, edited: bool) -> None:
        """Refuse a letter that names what it must not.

        What the case, the template and the address book say is the same for all and is looked at once; what a
        signer brings, each time.
        """
        self._refuse_forbidden(self._brought(sender))
        kind = (bool(sender.message), sender.can_be_answered, sender.country, sender.language)
        if edited or self._template.names_signer or kind not in self._looked_at:
            self._refuse_forbidden([*letter.texts(), ("file name", self.case.id)])
            self._looked_at.add(kind)

    def _refuse_forbidden(self, texts: Iterable[tuple[str, str]]) -> None:
        problems = [
            _forbidden_problem(part, spelling, name, self.target.country)
            for part, text in texts
            for spelling, name in self._forbidden.found_in(text)
        ]
        if problems:
            raise RefusedError("\n".join(map(str, dict.fromkeys(problems))))


def _steady(regions: Mapping[str, Region]) -> list[tuple[Any, ...]]:
    """Return *regions* in an order that is the same in every process, which that of a set is not."""
    return [
        (name, region)
        if region.layout is None
        else (name, replace(region, layout=None), region.layout.top, region.layout.foot, sorted(region.layout.far_side))
        for name, region in sorted(regions.items(), key=str)
    ]


def _forbidden_problem(part: str, spelling: str, name: ForbiddenName, country: str) -> Problem:
    known = {"name": spelling, "country": addresses.country_name(country)}
    return Problem(
        part_name(part),
        _('names "{name}", which letters to offices of {country} leave out (banned there: {date})',
          date=name.since.in_words, **known)
        if name.since
        else _('names "{name}", which letters to offices of {country} leave out', **known),
        _("the name can harm the person written for, and whoever signs: say it without"),
    )  # fmt: skip


def prepare(
    case: Case,
    target: Target,
    *,
    asks: Sequence[str],
    language: Language,
    tone: str,
    template: Template,
    forbidden: Sequence[ForbiddenName] = (),
    copies: Sequence[Target] = (),
    plural: bool = False,
    gloss: Prepared | None = None,
    drop: frozenset[str] = frozenset(),
) -> Prepared:
    """Prepare letters about *case* to *target*, which carry *asks* (ids) and take their prose from *template*.

    *plural* is for several signers; *gloss* is the same letter prepared in the language of whoever signs; *drop* are
    the ids of facts that are not told.

    Raises:
        InputError: if a form of a name or of address is missing.
    """
    words = case.words[language.id]
    problems = [
        Problem(
            words.source,
            _("is missing"),
            _("add it: {file}, line {line}, asks for it", file=template.source, line=line),
            key=f"name.{form}",
        )
        for form, line in template.name_forms.items()
        if form not in words.name
    ]
    if problems:
        raise InputError(problems)
    values = {
        "name": dict(words.name),
        "subject": words.subject,
        "who": words.who,
        "paragraphs": _paragraphs(case, words, tone, drop),
        "concern": words.concern,
        "hardship": words.hardship,
        "asks": tuple(words.asks[ask] for ask in asks),
        "plural": plural,
        "pass_on": target.role == "ambassador" and not any(case.asks[ask].conveys for ask in asks),
        "target": {"role": target.role, "country": target.country},
    }
    own = {name: _own(case, name) for name in case.do_not_name}
    listed = {spelling: name for name in forbidden for spelling in name.spellings}
    return Prepared(
        case=case,
        target=target,
        language=language,
        tone=tone,
        asks=tuple(asks),
        plural=plural,
        _template=template,
        _address=forms.address(target, language, tone, plural=plural),
        _copies=tuple(", ".join(forms.address(copy, language, tone).lines) for copy in copies),
        _values=values,
        _forbidden=_forbidden(tuple((own | listed).items())),
        _gloss=gloss,
        drop=drop,
    )


def _told(case: Case, tone: str, drop: frozenset[str]) -> list[Fact]:
    return [fact for fact in case.facts.values() if (tone != "brief" or fact.brief) and fact.id not in drop]


def _paragraphs(case: Case, words: Words, tone: str, drop: frozenset[str]) -> tuple[str, ...]:
    """Return the facts in paragraphs; one that has lost all of its facts is not there."""
    told: dict[str, list[str]] = {}
    for fact in _told(case, tone, drop):
        told.setdefault(fact.paragraph, []).append(words.facts[fact.id])
    return tuple(" ".join(sentences) for sentences in told.values())


@lru_cache(maxsize=32)
def _forbidden(names: tuple[tuple[str, ForbiddenName], ...]) -> Forbidden:
    """Return what finds *names*: it takes longer to make than a letter, and is the same for all of a case."""
    return Forbidden(dict(names))


def shape(blocks: Iterable[Block]) -> tuple[int, ...]:
    """Return what kind each of *blocks* is: 0 for a paragraph, the number of items for a list."""
    return tuple(len(block.items) if isinstance(block, Bullets) else 0 for block in blocks)


def _replaced(value: Any, replace: Mapping[str, str]) -> Any:
    """Replace words in a value for a template, and in the values within it."""
    if isinstance(value, str):
        return replaced(value, replace)
    if isinstance(value, tuple):
        return tuple(_replaced(item, replace) for item in value)
    if isinstance(value, dict):
        return {name: _replaced(item, replace) for name, item in value.items()}
    return value


def _own(case: Case, name: str) -> ForbiddenName:
    return ForbiddenName(f"do_not_name of the case {case.id}", case.country, None, case.source, (name,))
