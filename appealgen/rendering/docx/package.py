"""A Word package that is written to a file part by part, so that a long part never stands in memory."""

from __future__ import annotations

import contextlib
import zlib
from typing import TYPE_CHECKING, BinaryIO

from appealgen.archive import DEFLATED, deflated, directory_entry, end, local_header
from appealgen.catalogue import _
from appealgen.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What a part may hold without the fields of ZIP64, which not every reader of Word files knows.
_LARGEST = 0xFFFF_FFFF


class Package:
    """Writes parts to *file*, which can be sought in, and the directory when it is closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._begin = file.tell()
        self._listed: list[bytes] = []

    def add(self, name: str, content: bytes) -> None:
        """Write a part that is at hand."""
        member = deflated(name, content, level=9)
        offset = self._file.tell() - self._begin
        self._listed.append(directory_entry(name, member.crc, len(member.data), member.size, member.method, offset))
        self._file.write(member.local())

    @contextlib.contextmanager
    def stream(self, name: str, level: int) -> Iterator[Callable[[bytes], None]]:
        """Write a part piece by piece through what is yielded.

        Raises:
            RefusedError: if it grows larger than 4 GiB.
        """
        file = self._file
        offset = file.tell()
        file.write(local_header(name, 0, 0, 0, DEFLATED))
        first = file.tell()
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        crc = size = 0

        def write(content: bytes) -> None:
            nonlocal crc, size
            crc = zlib.crc32(content, crc)
            size += len(content)
            if size > _LARGEST:
                message = _("one Word file holds at most 4 GiB of text: print in parts, or one file per letter")
                raise RefusedError(message)
            if packed := packer.compress(content):
                file.write(packed)

        yield write
        file.write(packer.flush())
        packed = file.tell() - first
        file.seek(offset)
        file.write(local_header(name, crc, packed, size, DEFLATED))
        file.seek(0, 2)
        self._listed.append(directory_entry(name, crc, packed, size, DEFLATED, offset - self._begin))

    def close(self) -> None:
        """Write the directory."""
        listed = b"".join(self._listed)
        begin = self._file.tell() - self._begin
        self._file.write(listed + end(len(self._listed), begin, len(listed)))
