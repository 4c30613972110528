"""ZIP archives, byte by byte: no clock, no host, and parts that are compressed once and used often.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5. Names are UTF-8 (bit 11), times are the earliest there is.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STORED, DEFLATED = 0, 8
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_DIRECTORY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END_64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR_64 = struct.Struct("<4sIQI")
_SHORT = 4096
_NEEDS, _NEEDS_64 = 20, 45
_UTF8 = 0x800
_DATE, _TIME = 0x21, 0  # 1 January 1980, 00:00
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
# Permissions 0600 of a plain file, for systems that read them: letters are their owner's.
_ATTRIBUTES = 0o100600 << 16
_MADE_BY_UNIX = 3 << 8


class Member(NamedTuple):
    """A file in an archive: *data* as it is stored, *crc* and *size* of its content."""

    name: str
    data: bytes
    crc: int
    size: int
    method: int

    def local(self) -> bytes:
        """Return the header that stands before the data, and the data."""
        return local_header(self.name, self.crc, len(self.data), self.size, self.method) + self.data


def deflated(name: str, content: bytes, level: int = 6) -> Member:
    """Return *content* compressed."""
    return joined(name, [content], [segment(content, level, last=True)])


def segment(content: bytes, level: int = 6, *, last: bool = False) -> bytes:
    """Return *content* compressed as a part of a stream: parts joined, the last of them *last*, are one stream.

    A part looks back at none before it, so that one that is the same in many streams is compressed once.
    """
    # A short part needs no more window than its length; clearing a large one would take longer than the work.
    window, memory = (-12, 5) if len(content) <= _SHORT else (-15, 8)
    packer = zlib.compressobj(level, zlib.DEFLATED, window, memory)
    return packer.compress(content) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)


def joined(name: str, contents: Sequence[bytes], segments: Sequence[bytes]) -> Member:
    """Return a member of *contents* one after the other, whose *segments* are compressed already."""
    crc = size = 0
    for content in contents:
        crc = zlib.crc32(content, crc)
        size += len(content)
    return Member(name, b"".join(segments), crc, size, DEFLATED)


def stored(name: str, content: bytes) -> Member:
    """Return *content* as it is, for what is compressed already."""
    return Member(name, content, zlib.crc32(content), len(content), STORED)


def local_header(name: str, crc: int, packed: int, size: int, method: int) -> bytes:
    """Return the header of a member whose data take *packed* bytes."""
    raw = name.encode()
    head = _LOCAL.pack(b"PK\3\4", _NEEDS, _UTF8, method, _TIME, _DATE, crc, packed, size, len(raw), 0)
    return head + raw


def directory_entry(name: str, crc: int, packed: int, size: int, method: int, offset: int) -> bytes:
    """Return the entry of a member, which begins at *offset*, for the directory at the archive's end."""
    raw = name.encode()
    extra = b"" if offset < _FULL_32 else struct.pack("<HHQ", 1, 8, offset)
    needs = _NEEDS_64 if extra else _NEEDS
    head = _DIRECTORY.pack(
        b"PK\1\2", _MADE_BY_UNIX | needs, needs, _UTF8, method, _TIME, _DATE, crc, packed, size, len(raw),
        len(extra), 0, 0, 0, _ATTRIBUTES, min(offset, _FULL_32),
    )  # fmt: skip
    return head + raw + extra


def end(count: int, begin: int, length: int) -> bytes:
    """Return what closes an archive whose directory of *count* entries begins at *begin* and takes *length* bytes."""
    large = b""
    if count >= _FULL_16 or begin >= _FULL_32 or length >= _FULL_32:
        large = _END_64.pack(b"PK\6\6", 44, _NEEDS_64, _NEEDS_64, 0, 0, count, count, length, begin)
        large += _LOCATOR_64.pack(b"PK\6\7", 0, begin + length, 1)
    counted = min(count, _FULL_16)
    return large + _END.pack(b"PK\5\6", 0, 0, counted, counted, min(length, _FULL_32), min(begin, _FULL_32), 0)


def archive(members: Iterable[Member], before: bytes = b"", directory: bytes = b"", count: int = 0) -> bytes:
    """Return an archive of *members*, after those that *before*, *directory* and *count* hold already."""
    parts, entries, offset = [before], [directory], len(before)
    for member in members:
        local = member.local()
        parts.append(local)
        entries.append(directory_entry(member.name, member.crc, len(member.data), member.size, member.method, offset))
        offset += len(local)
        count += 1
    listed = b"".join(entries)
    return b"".join([*parts, listed, end(count, offset, len(listed))])
