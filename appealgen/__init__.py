"""appealgen: correct, courteous, personal appeal letters for prisoners of conscience."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appealgen.compose import Prepared
    from appealgen.errors import AppealgenError
    from appealgen.letter import Letter
    from appealgen.library import Library
    from appealgen.model import Case, Signatory, Signer, Target
    from appealgen.output import File, write
    from appealgen.rendering import render
    from appealgen.selection import addressee, prepared
    from appealgen.senders import Sender, sender_of

__version__ = "0.1.0"

__all__ = ["AppealgenError", "Case", "File", "Letter", "Library", "Prepared", "Sender", "Signatory", "Signer",
           "Target", "__version__", "addressee", "prepared", "render", "sender_of", "write"]  # fmt: skip

# Loaded when asked for, so that `appealgen --help` loads none of them.
_ROOMS = {
    "AppealgenError": "errors",
    "Case": "model",
    "File": "output",
    "Letter": "letter",
    "Library": "library",
    "Prepared": "compose",
    "Sender": "senders",
    "Signatory": "model",
    "Signer": "model",
    "Target": "model",
    "addressee": "selection",
    "prepared": "selection",
    "render": "rendering",
    "sender_of": "senders",
    "write": "output",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"appealgen.{_ROOMS[name]}"), name)
