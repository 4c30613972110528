"""What a careful user should know of the letters to some addressees: one note for a matter, whatever the letters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.addresses import language_name
from appealgen.catalogue import _, _p
from appealgen.selection import Matter, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from appealgen.library import Library
    from appealgen.model import PartialDate, Target
    from appealgen.selection import Addressee

    #: Letters to be: whom each goes to, and the code of its language.
    Letters = Iterable[tuple[Addressee, str]]

# Remarks on more addresses than this are many lines that nobody reads: they are pointed to.
_REMARKS = 2


def letter_notes(library: Library, letters: Letters, *, text: bool = True, gloss: str = "") -> list[Note]:
    """Return what a careful user should know of *letters*.

    Args:
        library: where addresses, countries and languages are.
        letters: the letters; one that comes again adds nothing.
        text: whether their text is made, not only their addresses.
        gloss: code of a language in which a translation could be had, and is not.
    """
    letters = list({(to.name, to.target.id, language): (to, language) for to, language in letters}.values())
    notes = [Note(note, to.name) for to, _language in letters for note in to.notes]
    notes += _holders(letters)
    if text:
        notes += [*_wording(library, letters, gloss), *_reading(letters)]
    return [*notes, *_posts(library, letters), *_addresses(letters), *_remarks(letters)]


def draft_notes(addressees: Iterable[Addressee]) -> list[Note]:
    """Return what to know of email drafts to offices whose email address is not known."""
    every = {(to.name, to.target.id): to.target for to in addressees}
    several = {name for name, number in Counter(name for name, _id in every).items() if number > 1}
    # Of many embassies, some have an address: these are called by their ids.
    without = {id_ if name in several else name: target for (name, id_), target in every.items() if not target.email}
    ways: dict[str, list[str]] = {}
    for name, target in without.items():
        if target.web_form:
            ways.setdefault(_("web form {address}", address=target.web_form), []).append(name)
        if target.fax:
            ways.setdefault(_("fax {number}", number=target.fax), []).append(name)
    ways[_p("a way to send a letter", "post")] = list(without)
    known = catalogue.listed(
        way if len(of) == len(without) else f"{way} ({catalogue.listed(of)})" for way, of in ways.items()
    )
    text = _("no email address is known, so the draft has no To; other ways: {ways}", ways=known)
    return [Note(text, name) for name in without]


def _holders(letters: Letters) -> Iterator[Note]:
    seen = set()
    for to, language in letters:
        target = to.target
        if target.holder is not None and language in target.holder.name and target.id not in seen:
            seen.add(target.id)
            name = target.holder.name[language]["nominative"]
            yield Note(_holder(name, target.holder.verified_on), to.name, Matter.HOLDER)


def _wording(library: Library, letters: Letters, gloss: str) -> Iterator[Note]:
    languages = dict.fromkeys(language for _to, language in letters)
    unsure = [language for language in languages if library.language(language).reviewed == "no"]
    if not unsure:
        return
    written = _series(map(language_name, unsure))
    text = (
        _("no native speaker has confirmed the words in {language} yet: read before you sign, "
          "with --gloss {code} if you do not read it", language=written, code=gloss)
        if gloss and unsure != [gloss]
        else _("no native speaker has confirmed the words in {language} yet: read before you sign", language=written)
    )  # fmt: skip
    yield Note(text, "", Matter.WORDING)


def _reading(letters: Letters) -> Iterator[Note]:
    """Yield which offices may not read their letters, or would rather read another language."""
    written: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for to, language in letters:
        written.setdefault((to.name, to.target.languages), []).append(language)
    for (name, read), languages in written.items():
        unread = [language for language in dict.fromkeys(languages) if language not in read]
        if unread:
            text = _(
                "the office is not known to read {language}; it reads {languages}",
                language=_series(map(language_name, unread)),
                languages=_series(map(language_name, read)),
            )
            yield Note(text, name, Matter.READING)
        elif read[0] not in languages:
            others = [language_name(code) for code in read if code not in languages]
            preferred = language_name(read[0])
            text = (
                _("the office also reads {language}, and prefers it", language=preferred)
                if len(others) == 1
                else _("the office also reads {languages}, and prefers {language}",
                       languages=_series(others), language=preferred)
            )  # fmt: skip
            yield Note(text, name, Matter.READING)


def _posts(library: Library, letters: Letters) -> Iterator[Note]:
    for to, _language in letters:
        country = library.countries.get(to.target.country)
        if country and country.post and to.target.located_in == to.target.country:
            post = country.post
            text = _("{rule} (as of {date}, {source})", rule=post.text, date=post.checked_on.in_words,
                     source=post.source)  # fmt: skip
            yield Note(text, "", Matter.POST)


def _addresses(letters: Letters) -> Iterator[Note]:
    found = {to.target.id: to for to, _language in letters}
    if len(found) == 1:
        yield from (Note(_address(to.target), to.name, Matter.ADDRESS) for to in found.values())
        return
    unknown = _p("date", "not known")
    listed = catalogue.listed(
        f"{name} ({to.target.verified_on.in_words if to.target.verified_on else unknown})" for name, to in found.items()
    )
    if found:
        text = _("addresses last verified: {addresses}; `appealgen show target ID` has the sources", addresses=listed)
        yield Note(text, "", Matter.ADDRESS)


def _remarks(letters: Letters) -> Iterator[Note]:
    found = {to.target.id: (to.name, to.target.note) for to, _language in letters if to.target.note}
    if len(found) <= _REMARKS:
        yield from (Note(note, name, Matter.ADDRESS) for name, note in found.values())
        return
    text = _(
        "there are remarks on the addresses of {targets}: read them (`appealgen show target ID`) before you post "
        "or fax anything",
        targets=catalogue.listed(found),
    )
    yield Note(text, "", Matter.ADDRESS)


def _address(target: Target) -> str:
    date = target.verified_on
    if date is None:
        return _("address of a date that is not known ({source})", source=target.source)
    if date.day:
        return _("address last verified on {date} ({source})", date=date.in_words, source=target.source)
    return _("address last verified: {date} ({source})", date=date.in_words, source=target.source)


def _holder(name: str, seen: PartialDate | None) -> str:
    if seen is None:
        return _("{name} held the office at a time that is not known: look whether that is so", name=name)
    if seen.day:
        return _("{name} held the office on {date}: look whether that is so", name=name, date=seen.in_words)
    return _("{name} held the office ({date}): look whether that is so", name=name, date=seen.in_words)


def _series(choice: Iterable[str]) -> str:
    *names, last = choice
    return _("{names} and {last}", names=catalogue.listed(names), last=last) if names else last
