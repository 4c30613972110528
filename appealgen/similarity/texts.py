"""The text of letters as they were written: a folder, files, or the archive of a batch, read one at a time."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from appealgen import catalogue
from appealgen.catalogue import _
from appealgen.errors import AppealgenError, InputError, Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Kinds of files that letters are in.
SUFFIXES = (".txt", ".eml", ".docx", ".pdf", ".html", ".htm")
#: What is larger is no letter.
MAX_BYTES = 20_000_000
# What is larger than this by a hundred times than it is packed holds nothing but repetition.
_SMALL = 10_000_000
_MOST_PACKED = 100
# A signer's copy beside an email draft is sent to nobody.
_COPY = re.compile(r".*-copy-[a-z]{2,3}\.txt")


def read_letters(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Give the name and the text of each letter in *paths*, folders with all below them, sorted by name.

    Files of other kinds in a folder or archive, such as a journal, are passed over.

    Raises:
        InputError: after the last letter, with every file that cannot be read.
        UsageError: if a file named is of another kind, or reading its kind needs a library that is not there.
    """
    problems: list[Problem] = []
    for path, given in _found(paths):
        try:
            if path.suffix.lower() == ".zip":
                yield from _from_archive(path, problems)
            elif path.suffix.lower() in SUFFIXES:
                yield str(path), text_of(_content(path), path.suffix.lower(), str(path))
            elif given:
                message = _(
                    "{path}: files of this kind are not read: give {suffixes} or .zip",
                    path=path,
                    suffixes=catalogue.listed(SUFFIXES),
                )
                raise UsageError(message)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)


def _found(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Give each file once, and whether it was named itself."""
    seen = set()
    for path in paths:
        inside = path.is_dir()
        for file in sorted(path.rglob("*")) if inside else [path]:
            wanted = not inside or (
                file.suffix.lower() in SUFFIXES and file.is_file() and not _COPY.fullmatch(file.name)
            )
            if wanted and (real := file.resolve()) not in seen:
                seen.add(real)
                yield file, not inside


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError([_unread(path, error)]) from error
    if len(content) > MAX_BYTES:
        raise InputError([_too_large(str(path))])
    return content


def _unread(path: Path, error: OSError) -> Problem:
    return Problem(str(path), _("cannot be read ({reason})", reason=error.strerror))


def _too_large(name: str) -> Problem:
    return Problem(name, _("is larger than {bytes} bytes", bytes=MAX_BYTES), _("it is no letter"))


def _is_a_bomb(members: Sequence[zipfile.ZipInfo]) -> bool:
    """Tell whether *members* are packed as only repetition can be, or in a way that no letters are."""
    whole, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    in_our_ways = all(one.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in members)
    return not in_our_ways or whole > max(_SMALL, packed * _MOST_PACKED)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return what *member* holds; one that holds more than its directory says is found out before it is unpacked."""
    with archive.open(member) as file:
        return file.read(member.file_size + 1)


def _from_archive(path: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise InputError([_unread(path, error)]) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise InputError([Problem(str(path), _("is not a ZIP archive"), _("is the batch finished?"))]) from error
    with archive:
        members = archive.infolist()
        if _is_a_bomb(members):
            raise InputError([Problem(str(path), _("unpacks to far more than letters can hold"))])
        for member in sorted(members, key=lambda member: member.filename):
            suffix = Path(member.filename).suffix.lower()
            if suffix not in SUFFIXES or _COPY.fullmatch(member.filename):
                continue
            name = f"{path}/{member.filename}"
            try:
                if member.file_size > MAX_BYTES:
                    raise InputError([_too_large(name)])  # noqa: TRY301
                yield name, text_of(_unpacked(archive, member), suffix, name)
            except InputError as error:
                problems += error.problems
            except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError):
                problems.append(Problem(name, _("cannot be read from the archive"), _("write the batch again")))


def text_of(content: bytes, suffix: str, name: str) -> str:
    """Return the text of a letter of the kind *suffix*, shown as *name*, with empty lines between paragraphs.

    Raises:
        InputError: if it is not what its suffix says.
        UsageError: if reading PDF needs a library that is not there.
    """
    if suffix == ".docx":
        return _text_of_docx(content, name)
    if suffix == ".pdf":
        from appealgen.importing.documents import read_pdf

        return read_pdf(content, name)
    if suffix == ".eml":
        return _text_of_mail(content, name)
    text = _decoded(content, name)
    if suffix == ".txt":
        return text
    from appealgen.importing.webpages import text_of_page

    return text_of_page(text)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Problem(name, _("is not UTF-8"), _("save it as UTF-8"))]) from error


# What is read of a paragraph in Word: its texts, and what stands for a space between them.
_PIECE = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>|<w:(?:tab|br|cr)\b[^<>]*>")


def _text_of_docx(content: bytes, name: str) -> str:
    """Return the paragraphs of the body; a library for Word would take twenty times as long."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            member = package.getinfo("word/document.xml")
            if member.file_size > MAX_BYTES or _is_a_bomb([member]):
                raise ValueError("too large")  # noqa: TRY301
            xml = _unpacked(package, member).decode("utf-8")
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError) as error:
        raise InputError([Problem(name, _("is not a Word document"), _("open it and save it as .docx"))]) from error
    paragraphs = []
    for chunk in xml.split("</w:p>")[:-1]:
        if begin := re.search(r"<w:p[ >]", chunk):
            found = _PIECE.finditer(chunk, begin.start())
            paragraphs.append("".join(" " if one[1] is None else html.unescape(one[1]) for one in found))
    return "\n\n".join(paragraphs)


def _text_of_mail(content: bytes, name: str) -> str:
    import email
    import email.policy

    message = email.message_from_bytes(content, policy=email.policy.default)
    try:
        body = message.get_body(("plain", "html"))
        text = "" if body is None else str(body.get_content())
    except (LookupError, ValueError, AppealgenError) as error:
        problem = Problem(name, _("has a text that cannot be read"), _("save it as UTF-8"))
        raise InputError([problem]) from error
    if body is None:
        problem = Problem(name, _("is not an email with a text"), _("save it from the mail program as .eml"))
        raise InputError([problem])
    if body.get_content_type() == "text/html":
        from appealgen.importing.webpages import text_of_page

        return text_of_page(text)
    return text
