"""Packages that Office programs write (.docx, .xlsx), looked at before anything of them is unpacked or parsed."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from appealgen.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_MEMBERS = 5_000
#: What is larger than this by a hundred times than it is packed holds nothing but repetition.
_SMALL = 10_000_000
_MOST_PACKED = 100
_CHUNK = 1 << 16
# Of other ways, a few bytes can be unpacked only to all that they hold.
_PACKED_BY_OFFICE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Nothing stands before the first element but a declaration and comments.
_LONGEST_PROLOG = 1 << 18


class _DoctypeError(Exception):
    """A part declares a document type, in which entities could be defined."""


class _ElementError(Exception):
    """The first element begins."""


def _stop(error: type[Exception]) -> Callable[..., None]:
    def stop(*_args: object) -> None:
        raise error

    return stop


def fault(package: Path | IO[bytes], largest: int) -> str:
    """Return why *package* is not opened, or an empty text; unpacked, it may have *largest* bytes.

    What its directory says of sizes is not relied on: each part is unpacked piece by piece, and must have that size.
    """
    try:
        with zipfile.ZipFile(package) as opened:
            members = opened.infolist()
            if len(members) > MOST_MEMBERS:
                return _("has more than {limit} parts", limit=MOST_MEMBERS)
            whole = sum(member.file_size for member in members)
            packed = sum(member.compress_size for member in members)
            if whole > largest or whole > max(_SMALL, packed * _MOST_PACKED):
                return _("unpacks to far more than it can hold")
            for member in members:
                if said := _fault_of_packing(opened, member):
                    return said
                if PurePosixPath(member.filename).suffix.lower() in (".xml", ".rels", ".vml") and (
                    said := _fault_of_part(opened, member)
                ):
                    return said
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        # Whatever opens it says so in its own words.
        return ""
    return ""


def _fault_of_packing(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """Unpack *member* without keeping it: whoever reads it whole has all that it really unpacks to in memory."""
    if member.compress_type not in _PACKED_BY_OFFICE:
        return _("is packed in a way that no Office program uses")
    try:
        with opened.open(member) as part:
            while part.read(_CHUNK):
                pass
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return _("is broken, or unpacks to more than it says")
    return ""


def _fault_of_part(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """Read *member* up to its first element."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _stop(_DoctypeError)
    parser.StartElementHandler = _stop(_ElementError)
    read = 0
    try:
        with opened.open(member) as part:
            while read < _LONGEST_PROLOG and (chunk := part.read(_CHUNK)):
                read += len(chunk)
                parser.Parse(chunk)
    except _DoctypeError:
        return _("defines entities, which no Office program does")
    except _ElementError:
        return ""
    except expat.ExpatError as error:
        return _("holds XML that cannot be read ({error})", error=error)
    return "" if not read else _("holds XML without an element")
