"""Forms of address: role, holder, language and tone -> address lines, salutation, complimentary close."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from appealgen.catalogue import _
from appealgen.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appealgen.model import Language, Target


_BY_NUMBER = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_VALUE = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
# Two placeholders in each other's place make much of little.
_LONGEST = 5_000
#: Marks that end a salutation, and the spaces before them.
_END = " \u00a0\u202f,:;!.،؛"


@dataclass(frozen=True, slots=True)
class Address:
    """How a letter in one language and tone addresses one office: *lines* head the postal address."""

    lines: tuple[str, ...]
    salutation: str
    close: str


def address(target: Target, language: Language, tone: str, *, plural: bool = False) -> Address:
    """Choose the forms for *target*: by the gender of its holder, or as an office where the holder is not known.

    Args:
        target: the entry of the address book.
        language: whose forms.
        tone: one of `appealgen.model.TONES`.
        plural: whether several people sign.

    Raises:
        InputError: if the language has no form for the role, or the entry lacks a form of the title or name.
    """
    role = language.forms_of_address.get(target.role)
    if role is None:
        place = f"forms_of_address.{target.role}"
        hint = _("add how this office is addressed")
        raise InputError([Problem(language.source, _("is missing"), hint, key=place)])
    holder = target.holder
    named = holder is not None and language.id in holder.name
    gender = holder.gender if holder is not None and named else "unknown"
    form = role.by_gender[gender]
    problems: list[Problem] = []
    values = {"office": target.office.get(language.id) or language.offices.get(target.id, {})}
    if holder is not None and named:
        values["holder"] = holder.name[language.id]

    def filled(pattern: str) -> str:
        by_number = _BY_NUMBER.sub(lambda match: match[2 if plural else 1], pattern)
        text = _VALUE.sub(lambda match: _form(match, values, target, language, problems), by_number)
        if len(text) <= _LONGEST:
            return text
        message = _("makes a text of more than {limit} characters to address {id}", limit=_LONGEST, id=target.id)
        problems.append(Problem(language.source, message, _("shorten it"), key=f"forms_of_address.{target.role}"))
        return ""

    lines = [filled(line) for line in form.address]
    if named and gender == "unknown":
        lines.insert(0, values["holder"]["nominative"])
    close = form.close.for_tone(tone) if form.close else language.closings[tone]
    salutation = filled(form.salutation.for_tone(tone))
    result = Address(tuple(lines), salutation, filled(close.replace("{salutation}", salutation.rstrip(_END))))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return result


def _form(
    match: re.Match[str],
    values: Mapping[str, Mapping[str, str]],
    target: Target,
    language: Language,
    problems: list[Problem],
) -> str:
    what, form = match[1], match[2] or "nominative"
    text = values.get(what, {}).get(form)
    if text is None:
        place = f"{target.id}.{'holder.name' if what == 'holder' else what}.{language.id}.{form}"
        hint = _("add it: letters in {language} need this form", language=language.name)
        source = target.source_file
        # Nobody edits what ships to give an entry of their own its title.
        own = _is_shipped(language.source) and not _is_shipped(target.source_file)
        if what == "office" and language.id not in target.office and not own:
            source = str(Path(language.source).with_name("offices.yaml"))
            place = f"{target.id}.{form}"
        problems.append(Problem(source, _("is missing"), hint, key=place))
        return ""
    return text


def _is_shipped(source: str) -> bool:
    return Path(source).is_relative_to(Path(__file__).parent.parent)


def with_end(salutation: str, end: str) -> str:
    """Return *salutation* with *end* in place of its last mark; ``none`` takes the mark away."""
    return salutation.rstrip(_END) + ("" if end == "none" else end)
