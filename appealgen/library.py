"""Where cases, targets, templates and languages are found: the group's folder first, then what ships."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.characters import folded
from appealgen.errors import InputError, Problem, UsageError, closest
from appealgen.loading import (
    Book,
    load_case,
    load_column_names,
    load_countries,
    load_forbidden,
    load_language,
    load_offices,
    load_paper,
    load_signer,
    load_targets,
)
from appealgen.model import TONES
from appealgen.paper import Papers
from appealgen.schema import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appealgen.model import Case, ColumnNames, Country, ForbiddenName, Language, Signer


def shipped() -> Path:
    """Return the folder of what ships: inside an installed package, or the checkout it is imported from."""
    package = Path(__file__).parent
    data = package / "_data"
    return data if data.is_dir() else package.parent


def shown(path: Path) -> str:
    """Return *path* as a person would type it: from the current folder where it lies in it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _in_any_order(name: str) -> str:
    """Return *name* folded, the same whether the surname comes first or last."""
    return " ".join(sorted(folded(name).split()))


# What these folders hold is printed in letters, so it must be theirs.
_STRICT = ("cases/", "templates/")
_ID = re.compile(r"\w(?:[\w .,()+-]*[\w)+])?")


def _refuse_outside(path: Path, root: Path) -> None:
    """Refuse a link that leads out of *root*: in a folder that somebody sent, it could print any file of the reader's.

    Raises:
        InputError: if *path* is one, or stands in one.
    """
    if not path.resolve().is_relative_to(root.resolve()):
        message = _("is a link that leads out of the folder")
        raise InputError([Problem(shown(path), message, _("put the file itself there"))])


class Library:
    """What can be written: read on demand, each file once.

    *group* is a folder whose files come before what ships; files it lacks are no error.
    """

    def __init__(self, group: Path | None = None) -> None:
        self.group = group
        self._roots = tuple(root for root in (group, shipped()) if root is not None)
        self._cases: dict[str, Case] = {}
        self._languages: dict[str, Language] = {}

    def _found(self, name: str) -> list[Path]:
        """Return the files called *name*, those that come first first; the same file only once."""
        found: list[Path] = []
        for root in self._roots:
            path = root / name
            if path.is_file() and name.startswith(_STRICT):
                _refuse_outside(path, root)
            if path.is_file() and not any(path.samefile(other) for other in found):
                found.append(path)
        return found

    def _folders(self, name: str, marker: str) -> tuple[str, ...]:
        """Return the names of the folders in *name* that hold *marker*, sorted."""
        return tuple(sorted({path.parent.name for root in self._roots for path in (root / name).glob(f"*/{marker}")}))

    def folders(self, name: str) -> list[Path]:
        """Return every folder in *name*, the group's and those that ship."""
        return [path for root in self._roots for path in sorted((root / name).glob("*")) if path.is_dir()]

    @cached_property
    def case_ids(self) -> tuple[str, ...]:
        """The ids of all cases, sorted."""
        return self._folders("cases", "case.yaml")

    def case_id(self, text: str) -> str:
        """Return the id of the case meant by *text*: an id, or a name that a case lists among its spellings.

        Raises:
            UsageError: if there is none, or the name fits several that are open.
        """
        if text in self.case_ids:
            return text
        names: dict[str, list[str]] = {}
        for case_id in self.case_ids:
            try:
                case = self.case(case_id)
            except InputError:
                continue
            said = (words.name["nominative"] for words in case.words.values())
            for spelling in {_in_any_order(name) for name in (case.title, *case.spellings, *said)}:
                names.setdefault(spelling, []).append(case_id)
        meant = names.get(_in_any_order(text), [])
        if len(meant) > 1:
            meant = [case_id for case_id in meant if self.case(case_id).status == "active"] or meant
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise UsageError(_('--case: "{text}" can be {ids}: give the id', text=text, ids=_(" or ").join(meant)))
        close = closest(text.casefold(), [*self.case_ids, *names])
        there_are = _("there are {names}", names=catalogue.listed(self.case_ids))
        hint = _("did you mean {choice}?", choice=names.get(close, [close])[0]) if close else there_are
        raise UsageError(_('--case: there is no case "{text}": {hint}', text=text, hint=hint))

    def case(self, case_id: str) -> Case:
        """Load a case.

        A group's ``case.yaml`` replaces the shipped case as a whole; without one, the group's language files are
        added to what ships.

        Raises:
            InputError: with every problem of its files.
            UsageError: if there is no such case.
        """
        if case_id not in self._cases:
            if case_id in self.case_ids and not _ID.fullmatch(case_id):
                hint = _("call it by letters, digits and hyphens: it becomes a part of every file's name")
                raise InputError([Problem(f"cases/{case_id}", _("is not a name for a folder of a case"), hint)])
            if case_id not in self.case_ids:
                ids = catalogue.listed(self.case_ids)
                raise UsageError(_('there is no case "{id}": there are {ids}', id=case_id, ids=ids))
            path = self._found(f"cases/{case_id}/case.yaml")[0]
            words: dict[str, tuple[Path, str]] = {}
            for root in self._roots:
                folder = root / "cases" / case_id
                for file in sorted(folder.glob("*.yaml")):
                    _refuse_outside(file, root)
                    if file.name != "case.yaml":
                        words.setdefault(file.stem, (file, shown(file)))
                if folder / "case.yaml" == path:
                    break
            self._cases[case_id] = load_case(case_id, path, shown(path), words)
        return self._cases[case_id]

    @cached_property
    def targets(self) -> Book:
        """The address book: an entry of the group replaces the shipped one of the same id.

        Raises:
            InputError: if a file of it cannot be read at all; a wrong entry says so when it is asked for.
        """
        book = Book({}, {})
        for path in reversed(self._found("targets.yaml")):
            book = load_targets(path, shown(path)).over(book)
        return book

    @cached_property
    def language_ids(self) -> tuple[str, ...]:
        """The codes of all languages that have a ``language.yaml``, sorted."""
        return self._folders("templates", "language.yaml")

    def language(self, language_id: str) -> Language:
        """Load a language.

        Raises:
            InputError: with every problem of its file.
            UsageError: if there is no such language.
        """
        if language_id not in self._languages:
            if language_id not in self.language_ids:
                ids = catalogue.listed(self.language_ids)
                raise UsageError(_('there is no language "{id}": there are {ids}', id=language_id, ids=ids))
            path = self._found(f"templates/{language_id}/language.yaml")[0]
            offices: dict[str, dict[str, str]] = {}
            for titles in reversed(self._found(f"templates/{language_id}/offices.yaml")):
                offices |= load_offices(titles, shown(titles))
            self._languages[language_id] = load_language(language_id, path, shown(path), offices)
        return self._languages[language_id]

    def tones(self, language_id: str) -> tuple[str, ...]:
        """Return the tones for which *language_id* has a template."""
        return tuple(tone for tone in TONES if self._found(f"templates/{language_id}/{tone}.txt.j2"))

    def template(self, language_id: str, tone: str) -> tuple[str, str]:
        """Return the text of a template and the name of its file.

        Raises:
            UsageError: if there is none.
            InputError: if it is not UTF-8.
        """
        found = self._found(f"templates/{language_id}/{tone}.txt.j2")
        if not found:
            tones = catalogue.listed(self.tones(language_id))
            message = _(
                'there is no tone "{tone}" in {language}: there are {tones}',
                tone=tone,
                language=language_id,
                tones=tones,
            )
            raise UsageError(message)
        try:
            raw = read_bytes(found[0], shown(found[0]))
            return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), shown(found[0])
        except UnicodeDecodeError as error:
            raise InputError([Problem(shown(found[0]), _("is not UTF-8"), _("save it as UTF-8"))]) from error

    @cached_property
    def forbidden(self) -> Mapping[str, tuple[ForbiddenName, ...]]:
        """What not to name, by country of the office; a group's file adds to what ships."""
        names: dict[str, tuple[ForbiddenName, ...]] = {}
        for path in self._found("do-not-name.yaml"):
            for country, listed in load_forbidden(path, shown(path)).items():
                names[country] = names.get(country, ()) + listed
        return names

    @cached_property
    def countries(self) -> Mapping[str, Country]:
        """What to know of a country before writing to its offices, by code."""
        known: dict[str, Country] = {}
        for path in reversed(self._found("countries.yaml")):
            known |= load_countries(path, shown(path))
        return known

    @cached_property
    def column_names(self) -> ColumnNames:
        """What the columns of a table of signers are called; a group's file replaces the shipped one."""
        path = self._found("columns.yaml")[0]
        return load_column_names(path, shown(path))

    @cached_property
    def papers(self) -> Papers:
        """Envelopes, windows and sheets of labels; a group's file adds to what ships, and its entries come first."""
        known = Papers()
        for path in reversed(self._found("paper.yaml")):
            known = load_paper(path, shown(path)).over(known)
        return known

    def signer(self) -> Signer | None:
        """Load ``signer.yaml`` of the group's folder, if there is one.

        Raises:
            InputError: with every problem of the file.
        """
        path = self.group / "signer.yaml" if self.group else None
        return load_signer(path, shown(path)) if path and path.is_file() else None
