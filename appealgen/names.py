"""Proposals for the forms of a person's name, for a person to confirm. Nothing that writes a letter uses them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appealgen.catalogue import _
from appealgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_PARTS = ("first", "middle", "last")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The forms of a name by their names, as *library* has them for the name of a man or a woman (*gender*)."""

    gender: str
    library: str
    forms: dict[str, str]


def propose(name: str, language: str, gender: str | None = None) -> list[Proposal]:
    """Return proposals for the forms of *name* in *language*: for *gender*, or for both where it is None.

    Args:
        name: first name, or first name and patronymic, and surname, in the script of the language.
        language: ``ru`` (by petrovich) or ``uk`` (by shevchenko).
        gender: ``man``, ``woman`` or None.

    Raises:
        UsageError: if there is no library for the language, or it is not installed, or the name is not in its script.
    """
    if language not in _PROPOSERS:
        raise UsageError(
            _("--language: forms are proposed in ru and uk: in {language}, write them out", language=language)
        )
    words = name.split()
    if not 1 <= len(words) <= len(_PARTS):
        raise UsageError(
            _('"{name}" is not a name of one to three words: give first name, patronymic, surname', name=name)
        )
    if not all("\u0400" <= letter <= "\u04ff" for letter in name if letter.isalpha()):
        raise UsageError(
            _(
                '"{name}" is not written in Cyrillic: give the name as {language} writes it',
                name=name,
                language=language,
            )
        )
    parts = dict(zip({1: ("last",), 2: ("first", "last")}.get(len(words), _PARTS), words, strict=True))
    library, proposer = _PROPOSERS[language]
    try:
        forms = [Proposal(one, library, proposer(parts, one)) for one in ([gender] if gender else ("man", "woman"))]
    except ModuleNotFoundError as error:
        raise UsageError(
            _("names: {library} is not installed: pip install 'appealgen[names]'", library=library)
        ) from error
    return forms[:1] if len(forms) == 2 and forms[0].forms == forms[1].forms else forms


def _russian(parts: dict[str, str], gender: str) -> dict[str, str]:
    from petrovich.enums import Case, Gender
    from petrovich.main import DEFAULT_RULES_PATH, Petrovich

    # Its own constructor reads the rules in the encoding of the locale; they are UTF-8.
    inflect = Petrovich.__new__(Petrovich)
    inflect.data = json.loads(Path(DEFAULT_RULES_PATH).read_text(encoding="utf-8"))
    inflectors: dict[str, Callable[[str, int, str], str]] = {
        "first": inflect.firstname, "middle": inflect.middlename, "last": inflect.lastname,
    }  # fmt: skip
    declined_as = Gender.MALE if gender == "man" else Gender.FEMALE
    forms = {"nominative": " ".join(parts.values())}
    for form in ("genitive", "dative", "accusative", "instrumental", "prepositional"):
        case = getattr(Case, form.upper())
        forms[form] = " ".join(inflectors[part](word, case, declined_as) for part, word in parts.items())
    return forms


def _ukrainian(parts: dict[str, str], gender: str) -> dict[str, str]:
    import shevchenko
    from shevchenko import GrammaticalGender

    keys = {"first": "givenName", "middle": "patronymicName", "last": "familyName"}
    given: Any = {keys[part]: word for part, word in parts.items()}
    given["gender"] = GrammaticalGender.MASCULINE if gender == "man" else GrammaticalGender.FEMININE
    inflectors = {
        "nominative": shevchenko.in_nominative, "genitive": shevchenko.in_genitive, "dative": shevchenko.in_dative,
        "accusative": shevchenko.in_accusative, "instrumental": shevchenko.in_ablative,
        "locative": shevchenko.in_locative, "vocative": shevchenko.in_vocative,
    }  # fmt: skip
    forms = {}
    for form, inflect in inflectors.items():
        found: Any = inflect(given)
        forms[form] = " ".join(found[keys[part]] for part in parts)
    return forms


_PROPOSERS = {"ru": ("petrovich", _russian), "uk": ("shevchenko", _ukrainian)}
