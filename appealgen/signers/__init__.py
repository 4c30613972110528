"""Who signs: from options, a file or a table to checked signers."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from appealgen.addresses import country_code
from appealgen.catalogue import _
from appealgen.characters import LONGEST_LINE, LONGEST_MESSAGE, fault_in_line, fault_in_text, is_blank
from appealgen.errors import InputError, Problem

if TYPE_CHECKING:
    from appealgen.model import Signer

#: An email address.
# The local part may hold what RFC 5322 calls atext, ASCII only: a draft with anything else would need SMTPUTF8.
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def checked(signer: Signer, source: str = "") -> Signer:
    """Return *signer* with the country as a code and spaces tidied, or raise everything that is wrong with it.

    Raises:
        InputError: for characters that are not printed, line breaks in a line, a country or an email that is none.
    """
    source = source or _("signer")
    problems: list[Problem] = []

    def line(key: str, text: str) -> str:
        if len(text) > LONGEST_LINE:
            message = _("is longer than {limit} characters", limit=LONGEST_LINE)
            problems.append(Problem(source, message, _("shorten it"), key=key))
        elif fault := fault_in_line(text):
            problems.append(Problem(source, fault, _("take it out"), key=key))
        return " ".join(text.split(" ")).strip()

    name = None if signer.name is None else line("name", signer.name)
    if name is not None and is_blank(name):
        problems.append(Problem(source, _("is empty"), _("give the name of who signs"), key="name"))
    address = tuple(filter(None, (line("address", text) for text in signer.address)))
    group = tuple(filter(None, (line("group", text) for text in signer.group)))
    faults = filter(None, map(fault_in_text, signer.message))
    problems += [Problem(source, fault, _("take the character out"), key="message") for fault in faults]
    if sum(map(len, signer.message)) > LONGEST_MESSAGE:
        message = _("is longer than {limit} characters", limit=LONGEST_MESSAGE)
        problems.append(Problem(source, message, _("shorten it"), key="message"))
    countries: dict[str, str | None] = {"country": signer.country, "group_country": signer.group_country}
    for key, country in countries.items():
        if country is not None:
            try:
                countries[key] = country_code(country)
            except ValueError as error:
                problem = Problem(source, str(error), key="country")
                problems += [problem] if problem not in problems else []
    if signer.email is not None and not (EMAIL.fullmatch(signer.email) and len(signer.email) <= LONGEST_LINE):
        message = _('"{email}" is not an email address', email=signer.email)
        problems.append(Problem(source, message, _("write it like name@example.org"), key="email"))
    if problems:
        raise InputError(problems)
    return dataclasses.replace(
        signer,
        name=name,
        address=address,
        group=group,
        country=countries["country"],
        group_country=countries["group_country"],
    )
