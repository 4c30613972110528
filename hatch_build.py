"""Compiles the catalogues of the program's words, as part of every build."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Makes ``appealgen/locale/<language>/LC_MESSAGES/appealgen.mo`` of each ``locale/<language>.po``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile them, before the files of the build are chosen."""
        runpy.run_path(str(Path(self.root, "locale", "words.py")))["compile_all"]()
