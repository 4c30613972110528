"""Who may import whom, read from the sources' own imports."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "appealgen"

# Room -> the rooms that it may import. `catalogue`, `errors` and `characters` are open to all.
ALLOWED = {
    "__init__": {"compose", "errors", "letter", "library", "model", "output", "rendering", "selection", "senders"},
    "__main__": {"cli"},
    "cli": {"__init__", "addresses", "authoring", "batch", "checking", "collation", "compose", "destination", "fitting",
            "importing", "journal", "letter", "library", "loading", "model", "names", "notices", "output", "paper",
            "printing", "purging", "rendering", "reporting", "schema", "schemas", "scribe", "selection", "senders",
            "settings", "signers", "similarity"},
    "settings": set(),
    "similarity": {"importing"},
    "batch": {"archive", "destination", "journal", "model", "scribe", "signers"},
    "reporting": {"journal", "library", "model", "output", "selection"},
    "purging": {"destination", "journal", "output"},
    "scribe": {"compose", "fitting", "journal", "letter", "library", "model", "output", "paper", "rendering",
               "selection", "senders", "signers", "templates"},
    "fitting": {"compose", "letter", "paper", "rendering", "selection", "senders"},
    "destination": {"archive", "journal", "output"},
    "journal": {"output"},
    "authoring": {"addresses", "library", "model", "output", "schema", "schemas", "templates"},
    "checking": {"addresses", "compose", "datelines", "joint", "letter", "library", "model", "selection", "senders",
                 "templates"},
    "selection": {"addresses", "compose", "library", "model", "templates"},
    "notices": {"addresses", "library", "model", "selection"},
    "library": {"loading", "model", "paper", "schema"},
    "loading": {"letter", "model", "paper", "schema"},
    "schemas": {"loading", "schema"},
    "schema": {"model"},
    "signers": {"addresses", "model", "packages", "senders"},
    "packages": set(),
    "names": set(),
    "importing": {"addresses", "authoring", "loading", "model", "output", "packages"},
    "compose": {"addresses", "datelines", "forbidden", "forms", "joint", "letter", "model", "paper", "senders",
                "templates"},
    "senders": {"addresses", "model"},
    "joint": {"letter", "model", "templates"},
    "collation": set(),
    "datelines": {"addresses", "model"},
    "forbidden": {"model"},
    "archive": set(),
    "templates": {"letter", "sandbox"},
    "sandbox": set(),
    "forms": {"model"},
    "addresses": set(),
    "letter": {"paper"},
    "paper": set(),
    "model": {"letter"},
    "output": set(),
    "printing": {"batch", "compose", "journal", "letter", "output", "paper", "rendering", "scribe", "signers"},
    "rendering": {"archive", "letter", "paper"},
    "catalogue": set(),
    "errors": set(),
    "characters": set(),
}  # fmt: skip

# Third party -> the only rooms that may import it.
THIRD_PARTIES = {
    "click": {"cli"},
    "platformdirs": {"cli"},
    "jinja2": {"sandbox", "templates"},
    "yaml": {"schema"},
    "openpyxl": {"signers"},
    "petrovich": {"names"},
    "pdfminer": {"importing"},
    "shevchenko": {"names"},
    "docx": {"importing", "rendering"},
    "lxml": {"rendering"},
    "typst": {"rendering"},
    "pymupdf_fonts": {"rendering"},
    "babel": {"addresses", "catalogue", "datelines", "importing", "joint"},
    "icu": {"collation"},
}


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            if node.module in ("appealgen", "appealgen.rendering", "appealgen.cli"):
                found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


SOURCES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports(path: Path):
    """A room imports only the rooms to its right, and a third party only in its own room."""
    here = room(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "appealgen":
            there = rest.split(".")[0]
            is_room = bool(there) and ((PACKAGE / f"{there}.py").exists() or (PACKAGE / there).is_dir())
            if is_room:
                allowed = ALLOWED[here] | {here, "catalogue", "errors", "characters"}
                assert there in allowed, f"{here} imports {name}"
        if top in THIRD_PARTIES:
            assert here in THIRD_PARTIES[top], f"{here} imports {name}"


# Names for the words of the program, which begin so by custom.
CUSTOMARY = {"_", "_n", "_p"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_private_name_is_imported(path: Path):
    """What another module needs has a public name."""
    private = [
        f"{node.module}.{name.name}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "appealgen"
        for name in node.names
        if re.match("_(?!_)", name.name) and name.name not in CUSTOMARY
    ]
    assert private == []


# What paper and scripts ask of every format; they know no format.
SHARED = {"measures", "direction", "extents", "leaf", "placing", "sheets"}


def test_formats_do_not_know_each_other():
    """One module a format; only the registry knows them all."""
    shared = {f"appealgen.rendering.{name}" for name in SHARED}
    for path in (PACKAGE / "rendering").rglob("*.py"):
        if path == PACKAGE / "rendering" / "__init__.py":
            continue
        own = "appealgen.rendering." + path.relative_to(PACKAGE / "rendering").parts[0].removesuffix(".py")
        others = {name for name in imported(path) if name.startswith("appealgen.rendering")} - shared
        assert all(name == own or name.startswith(own + ".") for name in others), path


def test_every_room_is_in_the_table():
    """A new room says first whom it may import."""
    assert {room(path) for path in SOURCES} == set(ALLOWED)
