"""Cases and targets to be: commented skeletons, and the schemas with which an editor helps to fill them in."""

from __future__ import annotations

import os
import re
import stat
import textwrap
from pathlib import Path

from appealgen import catalogue
from appealgen.addresses import language_name
from appealgen.catalogue import _, _n
from appealgen.errors import InputError, RefusedError, UsageError
from appealgen.library import Library, shipped, shown
from appealgen.model import ROLES
from appealgen.output import File, write
from appealgen.schema import MapOf, keys_of, read_bytes
from appealgen.schemas import text
from appealgen.templates import compile_template

#: Where a group's folder keeps the schemas that its files point at.
SCHEMAS = ".appealgen"
# An id is a part of every name of a letter's file.
_LONGEST_ID = 60
_COMMENTS_AT = 36


def new_case(library: Library, case_id: str, language: str) -> list[Path]:
    """Write the skeleton of a case with its words in *language*; return the paths of what was written.

    Raises:
        UsageError: if the id is none, or there are no templates in *language*.
        RefusedError: if there is such a case.
        OutputError: if a file cannot be written.
    """
    _check_id(case_id)
    if language not in library.language_ids:
        ids = catalogue.listed(library.language_ids)
        raise UsageError(_('--language: there is no language "{id}": there are {ids}', id=language, ids=ids))
    group = library.group or Path()
    folder = group / "cases" / case_id
    if there := sorted(folder.glob("*.yaml")):
        message = _("{file}: is there already: choose another id, or go on in that file", file=shown(there[0]))
        raise RefusedError(message)
    if case_id in library.case_ids:
        message = _("{id}: a case of this id ships, and yours would stand in its place: choose another id", id=case_id)
        raise RefusedError(message)
    words = _skeleton("words").replace("<language>", language_name(language, "en"))
    words = words.replace("  <forms>\n", "".join(f"  {form}:\n" for form in _name_forms(library, language)))
    made = {folder / "case.yaml": ("case", _skeleton("case")), folder / f"{language}.yaml": ("words", words)}
    files = [File(path, (_pointer("../../", kind) + skeleton).encode()) for path, (kind, skeleton) in made.items()]
    return _save([*files, *_schemas(group, "case", "words")])


def new_target(library: Library, target_id: str) -> list[Path]:
    """Add the skeleton of an entry to the group's address book; return the paths of what was written.

    Raises:
        UsageError: if the id is none.
        RefusedError: if there is such an entry, or the file is written so that nothing can be added at its end.
        InputError: if the file is no YAML.
        OutputError: if a file cannot be written.
    """
    _check_id(target_id)
    if target_id == "all":
        raise UsageError(_('"all" means every target: choose another id'))
    group = library.group or Path()
    # Where the file is a link, what it leads to is added to.
    path = (group / "targets.yaml").resolve()
    source = shown(group / "targets.yaml")
    present = read_bytes(path, source) if os.path.lexists(path) else b""
    keys = keys_of(present, source)
    if target_id in keys:
        message = _(
            "{file}:{line}: {id}: is there already: choose another id, or change that entry",
            file=source,
            line=keys[target_id],
            id=target_id,
        )
        raise RefusedError(message)
    if target_id in keys_of(read_bytes(shipped() / "targets.yaml", "targets.yaml"), "targets.yaml"):
        message = _(
            "{id}: an entry of this id ships, and yours would stand in its place: choose another id", id=target_id
        )
        raise RefusedError(message)
    entry = _skeleton("target").replace(f"{'<id>:':{_COMMENTS_AT}}", f"{target_id + ': ':{_COMMENTS_AT}}")
    roles = textwrap.wrap(", ".join(ROLES), 100, break_on_hyphens=False)
    entry = entry.replace("    <roles>\n", "".join(f"    # {line}\n" for line in roles))
    return _save([with_entries(group, entry, [target_id]), *_schemas(group, "target")])


def with_entries(group: Path, text: str, ids: list[str]) -> File:
    """Return the group's address book with *text*, the entries *ids*, at its end: what is there stays byte for byte.

    Raises:
        RefusedError: if the file is written so that nothing can be added at its end.
        InputError: if the file is no YAML.
    """
    # Where the file is a link, what it leads to is added to.
    path, source = (group / "targets.yaml").resolve(), shown(group / "targets.yaml")
    present = read_bytes(path, source) if os.path.lexists(path) else b""
    keys = keys_of(present, source)
    content = _appended(present, text)
    try:
        added = list(keys_of(content, source))
    except InputError:
        added = []
    if added != [*keys, *ids]:
        message = _(
            "{file}: nothing can be added at its end: "
            "begin each entry in the first column, as `id:`, and end with the last",
            file=source,
        )
        raise RefusedError(message)
    return File(path, content)


def missing_pointer(group: Path) -> str:
    """Return the line by which an editor would find the schema of the group's address book, if the book lacks it."""
    line = _pointer("", "target")
    present = read_bytes(group / "targets.yaml", shown(group / "targets.yaml"))
    return "" if b"yaml-language-server:" in present else line.strip()


def with_schemas(files: list[File], group: Path) -> list[File]:
    """Return *files* so that editors know them: each case names its schema, which is added where it is not there."""
    pointed: list[File] = []
    kinds: list[str] = []
    for file in files:
        kind = "case" if file.path.name == "case.yaml" else "words" if file.path.suffix == ".yaml" else ""
        if file.path.parent.parent.name == "cases" and kind and not file.content.startswith(b"# yaml-language-server"):
            pointed.append(File(file.path, _pointer("../../", kind).encode() + file.content))
            kinds.append(kind)
        else:
            pointed.append(file)
    wanted = _schemas(group, *dict.fromkeys(kinds))
    return [*pointed, *(file for file in wanted if not file.path.is_file() or file.path.read_bytes() != file.content)]


def _check_id(text: str) -> None:
    """See that *text* is an id, as the shapes have it.

    Raises:
        UsageError: if it is none.
    """
    if not re.fullmatch(MapOf.pattern, text):
        raise UsageError(_(MapOf.refusal, text=text))
    if len(text) > _LONGEST_ID:
        message = _n(
            '"{text}" has {count} character: an id has {limit} at most',
            '"{text}" has {count} characters: an id has {limit} at most',
            len(text),
            text=text,
            limit=_LONGEST_ID,
        )
        raise UsageError(message)


def _skeleton(kind: str) -> str:
    return (Path(__file__).parent / "skeletons" / f"{kind}.yaml").read_text(encoding="utf-8")


def _pointer(up: str, kind: str) -> str:
    """Return the line by which an editor finds the schema; the path is seen from the file that holds the line."""
    return f"# yaml-language-server: $schema={up}{_schema_path(kind)}\n"


def _schema_path(kind: str) -> str:
    return f"{SCHEMAS}/{kind}.schema.json"


def _schemas(group: Path, *kinds: str) -> list[File]:
    return [File(group / _schema_path(kind), text(kind).encode()) for kind in kinds]


def _name_forms(library: Library, language: str) -> list[str]:
    """Return the forms of the name that a letter in *language* can ask for; the nominative is always wanted."""
    templates = [compile_template(*library.template(language, tone)) for tone in library.tones(language)]
    return list(dict.fromkeys(["nominative", *(form for template in templates for form in template.name_forms)]))


def _appended(present: bytes, entry: str) -> bytes:
    """Return *present*, byte for byte, with *entry* after it; a new file begins with the line for editors."""
    if not present.strip():
        return (
            _pointer("", "target")
            + "# The group's address book: these entries come before those that ship.\n\n"
            + entry
        ).encode()
    end = "\r\n" if b"\r\n" in present else "\n"
    between = end if present.endswith(b"\n") else end * 2
    return present + (between + entry.replace("\n", end)).encode()


def _save(files: list[File]) -> list[Path]:
    """Write *files*, all or none; return the paths of those that were not there as they are now.

    A file that was there keeps its permissions: a group may share it.
    """
    there = {file.path: file.path.stat().st_mode for file in files if file.path.is_file()}
    changed = [file for file in files if file.path not in there or file.path.read_bytes() != file.content]
    write(changed, force=True)
    for file in changed:
        if file.path in there:
            file.path.chmod(stat.S_IMODE(there[file.path]))
    return [file.path for file in changed]
