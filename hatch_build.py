"""Compiles the catalogues of the program's words, as part of every build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Makes ``appealgen/locale/<language>/LC_MESSAGES/appealgen.mo`` of each ``locale/<language>.po``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile them, before the files of the build are chosen."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(Path(self.root, "locale").glob("*.po")):
            target = Path(self.root, "appealgen", "locale", source.stem, "LC_MESSAGES", "appealgen.mo")
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as read, target.open("wb") as written:
                write_mo(written, read_po(read, locale=source.stem))
