"""What an appeal says -> the files of a case: what is in the text goes in, quoted and marked so; nothing else does."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appealgen.addresses import country_name
from appealgen.catalogue import N_
from appealgen.characters import harmless
from appealgen.importing.wording import as_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable

    from appealgen.importing.action import Action
    from appealgen.importing.offices import Office
    from appealgen.importing.wording import Wording

SOURCE = "action"


@dataclass
class Entry:
    """An addressee with its id, its alias in the case, and what keeps it out of the address book, if anything does.

    That is in *missing*, part by part, in English and marked for translation.
    """

    office: Office
    id: str
    alias: str
    copy: bool = False
    missing: tuple[str, ...] = ()


def case_id(action: Action) -> str:
    """Return the id of the case: country and surname, or country and title."""
    subject = action.persons[0].name.split()[-1] if action.persons else " ".join((action.title or "case").split()[:4])
    country = country_name(action.country, "en") if action.country else ""
    return slug(f"{country} {subject}") or "case"


def slug(text: str) -> str:
    """Return *text* as an id: small Latin letters, digits and hyphens."""
    latin = "".join(_LATIN.get(letter, letter) for letter in text.lower())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


# For ids only: names are never written so.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ə": "a", "ı": "i", "ø": "o", "ł": "l",
}  # fmt: skip


def names(action: Action) -> str:
    """Return the names of all persons of *action*, in one line."""
    said = [person.name for person in action.persons]
    joint = {"en": " and ", "de": " und ", "fr": " et ", "es": " y ", "ru": " и "}.get(action.language, ", ")
    return joint.join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def entries(action: Action, taken: Collection[str]) -> list[Entry]:
    """Return the addressees with ids that are not among *taken*."""
    found: list[Entry] = []
    used = set(taken)
    aliases: set[str] = set()
    for office, copy in [*((one, False) for one in action.targets), *((one, True) for one in action.additional)]:
        country = office.country or action.country
        base = slug(f"{country or ''} {office.role or office.office or 'office'}")
        number, name = 1, base
        while name in used:
            number += 1
            name = f"{base}-{number}"
        used.add(name)
        alias = base.partition("-")[2] or base
        alias = alias if alias not in aliases else f"{alias}-{sum(other.startswith(alias) for other in aliases) + 1}"
        aliases.add(alias)
        ways = office.address or office.emails or office.fax or office.web_form
        needed = {N_("role"): office.role, N_("country"): country, N_("address, email, fax or web form"): ways}
        missing = tuple(what for what, there in needed.items() if not there)
        found.append(Entry(office, name, alias, copy, missing))
    return found


_PLAIN = re.compile(r"[^\W\d_](?:[^:#\"'\\{}\[\],&*!|>%@`]|:(?! |$)|(?<! )#|,)*")


def quoted_text(text: str) -> str:
    """Return *text* as a scalar of YAML, in quotes where it needs them."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text) and text.lower() not in ("yes", "no", "null", "true", "false"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folded_text(text: str, indent: str) -> str:
    """Return *text* as a folded block of YAML."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(indent) + len(lines[-1]) + len(word) < 108:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return ">-\n" + "\n".join(f"{indent}{line}" for line in lines)


def source_title(action: Action) -> str:
    """Return how the source is called in notes: kind, number, title."""
    number = f" {action.number}" if action.number else ""
    index = f" ({action.index})" if action.index else ""
    dated = f", {action.issued.isoformat()}" if action.issued else ""
    if not dated and action.deadline:
        dated = f", for letters until {action.deadline.isoformat()}"
    return f"Urgent Action{number}{index}: {action.title or names(action)}{dated}"


def case_yaml(action: Action, words: Wording, book: list[Entry], today: datetime.date, document: str) -> str:
    """Return ``case.yaml``."""
    pronouns = {person.pronouns for person in action.persons}
    said = next(iter(pronouns)) if len(pronouns) == 1 else "they" if len(action.persons) > 1 else None
    newest = as_of(action, words)
    entered = [entry for entry in book if not entry.missing]
    aliases = [entry.alias for entry in entered]
    lines = [
        f"# Imported from {document}. What that document does not say is not here. Look up what has happened since.",
        f"title: {quoted_text(names(action) or action.title or 'unknown')}",
        f"pronouns: {said or 'unknown'}",
        f"country: {action.country or 'XX'}",
        "status: active",
        f"facts_as_of: {newest}",
        f"checked_on: {today.isoformat()}",
    ]
    if action.deadline:
        lines.append(f"write_until: {action.deadline.isoformat()}")
    lines.append("family_consent: unknown")
    if others := [name for person in action.persons for name in (person.name, *person.other_names)]:
        lines += ["spellings:", *(f"  - {quoted_text(name)}" for name in dict.fromkeys(others))]
    lines.append("targets:" if entered else "targets: {}")
    lines += [f"  {entry.alias}: {{target: {entry.id}}}" for entry in entered]
    lines.append("facts:" if words.facts else "facts: {}")
    lines += [f"  {key}: {_fact(words, key, brief=number < 2)}" for number, key in enumerate(words.facts)]
    lines.append("asks:" if words.asks and aliases else "asks: {}")
    if aliases:
        lines += [f"  {key}: {{targets: [{', '.join(aliases)}]}}" for key in words.asks]
    lines += ["sources:", f"  {SOURCE}:", f"    title: {quoted_text(source_title(action))}"]
    if action.issued:
        lines.append(f"    date: {action.issued.isoformat()}")
    for number, link in enumerate(action.links, 1):
        lines += [
            f"  earlier-{number}:",
            "    title: Earlier action, as this one names it",
            f"    url: {quoted_text(link)}",
        ]
    return "\n".join(lines) + "\n"


def changed_values(words: Wording, keys: list[str], aliases: list[str]) -> list[tuple[tuple[str, str], str]]:
    """Return what ``case.yaml`` says of the facts and asks with these *keys*: where it stands, and the value."""
    found = []
    for key in keys:
        part, _, name = key.partition(".")
        value = _fact(words, name, brief=False) if part == "facts" else f"{{targets: [{', '.join(aliases)}]}}"
        found.append(((part, name), value))
    return found


def _fact(words: Wording, name: str, *, brief: bool) -> str:
    told = f"date: {words.fact_dates[name]}, paragraph: {name}{', brief: yes' if brief else ''}"
    return f"{{{told}, sources: [{SOURCE}]}}"


def quoted_value(source: str, keys: Iterable[str]) -> str:
    """Return which texts are still quoted, as the value of ``quoted``."""
    return f"\n  source: {source}\n  keys: [{', '.join(keys)}]"


def words_yaml(action: Action, words: Wording, *, bound: bool = True) -> str:
    """Return the language file, all of its texts marked as quoted; *bound* tells whether the case has its asks."""
    name = names(action) or action.title or "unknown"
    keys = [key for key in ("who", "concern") if getattr(words, key)]
    keys += [f"facts.{key}" for key in words.facts]
    keys += [f"asks.{key}" for key in words.asks] if bound else []
    lines = [
        "# The texts under `quoted` are the source's own words. Put each in your own, then take it out of the list.",
        "name:",
        f"  nominative: {quoted_text(name)}",
        f"name_source: {quoted_text(f'as the source prints it ({source_title(action)})')}",
    ]
    if keys:
        lines.append(f"quoted:{quoted_value(SOURCE, keys)}")
    lines.append(f"subject: {quoted_text(name)}")
    said = {key: getattr(words, key) for key in ("who", "concern")}
    lines += [f"{key}: {folded_text(text, '  ')}" for key, text in said.items() if text]
    for part, texts in (("facts", words.facts), ("asks", words.asks if bound else {})):
        lines.append(f"{part}:" if texts else f"{part}: {{}}")
        lines += [f"  {key}: {folded_text(text, '    ')}" for key, text in texts.items()]
    return "\n".join(lines) + "\n"


def targets_yaml(action: Action, book: list[Entry], words: Wording) -> str:
    """Return the entries for the address book that *book* adds; those that lack something stand in it as comments."""
    seen = as_of(action, words)
    blocks = []
    for entry in book:
        lines = [f"{entry.id}:", *_entry(action, entry.office, seen), *_channels(entry.office)]
        lines += [f"  verified_on: {seen}", f"  source: {quoted_text(source_title(action))}"]
        if notes := _notes(entry.office):
            lines.append(f"  note: {folded_text(' '.join(notes), '    ')}")
        if entry.missing:
            whole = "\n".join((f"Not entered: {' and '.join(entry.missing)} is not in the text.", *lines))
            lines = [f"# {line}" for line in whole.split("\n")]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _entry(action: Action, office: Office, seen: str) -> list[str]:
    """Return who an office is and where: role, country, title, holder, address."""
    lines = [f"  role: {office.role}"] if office.role else []
    of_country = action.country if office.role == "ambassador" and action.country else office.country or action.country
    if of_country:
        lines.append(f"  country: {of_country}")
    if office.role == "ambassador" and office.country and office.country != of_country:
        lines.append(f"  located_in: {office.country}")
    lines.append(f"  languages: [{', '.join(action.languages or [action.language])}]")
    address = list(office.address)
    title = office.office or (address.pop(0) if address else office.name or "")
    lines.append(f"  office: {{{action.language}: {quoted_text(title)}}}")
    if office.name:
        shown = f"{office.honorific} {office.name}" if office.honorific else office.name
        lines += ["  holder:", f"    name: {{{action.language}: {quoted_text(shown)}}}", f"    gender: {office.gender}"]
        lines += ["    since: unknown", f"    verified_on: {seen}", f"    source: {quoted_text(source_title(action))}"]
    if address:
        lines += ["  address:", *(f"    - {quoted_text(line)}" for line in address)]
    return lines


def _channels(office: Office) -> list[str]:
    """Return how else an office is reached: the first of each kind."""
    lines = []
    if office.emails:
        lines.append(f"  email: {quoted_text(office.emails[0])}")
        if copies := [*office.emails[1:], *office.copies]:
            lines.append(f"  email_cc: [{', '.join(map(quoted_text, copies))}]")
    for kind in ("phone", "fax"):
        numbers = getattr(office, kind)
        if numbers and re.fullmatch(r"\+[1-9][0-9]*( [0-9]+)*", numbers[0]):
            lines.append(f'  {kind}: "{numbers[0]}"')
    if office.web_form:
        url = office.web_form if office.web_form.startswith("http") else f"https://{office.web_form}"
        lines.append(f"  web_form: {quoted_text(url)}")
    return lines


def _notes(office: Office) -> list[str]:
    """Return what the text says of an office and the address book has no place for."""
    notes = [f'The source writes "{office.salutation}".'] if office.salutation else []
    local = [number for number in (*office.fax[:1], *office.phone[:1]) if not number.startswith("+")]
    if others := [*local, *office.fax[1:], *office.phone[1:]]:
        notes.append(f"Other numbers: {', '.join(dict.fromkeys(others))}.")
    if office.social:
        notes.append(f"Social media: {', '.join(office.social)}.")
    if office.masked:
        notes.append("The source hides an email address.")
    return notes


def signatories_csv(action: Action) -> str:
    """Return the signatories of an open letter as a table: name and role, in the letter's order."""
    import csv
    import io

    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(("name", "role"))
    # A spreadsheet would calculate a cell that begins like a formula; a table of signers is read without the mark.
    writer.writerows([harmless(cell) for cell in row] for row in action.signatories)
    return output.getvalue()
