"""A document as people receive it -> its text, line by line: PDF, Word, plain text, web page or email."""

from __future__ import annotations

import email
import email.policy
import io
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from appealgen import catalogue, packages
from appealgen.catalogue import _
from appealgen.errors import InputError, Problem, UsageError
from appealgen.importing.webpages import text_of_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

#: An Urgent Action has two to four pages; what is far longer is something else, and is not worth the wait.
MAX_BYTES = 20_000_000
MAX_PAGES = 40
MAX_LINES = 5_000
MAX_CHARACTERS = 300_000
_MAX_PAGE_BYTES = 5_000_000
_MAX_UNPACKED = 50_000_000
#: Marks of lists, also as fonts of symbols have them.
_BULLETS = re.compile("[•‣▪●○◦·*\ue000-\uf8ff-]")


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document: *lines* are counted from 1 as an editor would show them."""

    name: str
    lines: tuple[str, ...]


def read_document(path: Path, name: str) -> Document:
    """Read the file at *path*, shown as *name*.

    Raises:
        InputError: if it cannot be read, is encrypted, holds no text, or is too long.
        UsageError: if its kind is not known, or a library for it is not installed.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(name, _("cannot be read ({reason})", reason=error.strerror)) from error
    if len(content) > MAX_BYTES:
        raise _refused(name, _("is larger than {limit} bytes", limit=MAX_BYTES), _("is it the right file?"))
    text = _text(content, path.suffix.lower(), name)
    if len(text) > MAX_CHARACTERS:
        message = _("has more than {limit} characters", limit=MAX_CHARACTERS)
        raise _refused(name, message, _("an Urgent Action has a few pages: is it the right file?"))
    lines = tuple(_plain(line) for line in re.split(r"\r\n|[\n\r\f\x0b\u2028\u2029]", text))
    if len(lines) > MAX_LINES:
        message = _("has more than {limit} lines", limit=MAX_LINES)
        raise _refused(name, message, _("an Urgent Action has a few pages: is it the right file?"))
    if not any(line.strip() for line in lines):
        hint = _("if it is a scan, read it by eye or run text recognition over it first")
        raise _refused(name, _("holds no text"), hint)
    return Document(name, lines)


def _refused(name: str, message: str, hint: str = "") -> InputError:
    return InputError([Problem(name, message, hint)])


def _text(content: bytes, suffix: str, name: str) -> str:
    reader = _READERS.get(suffix)
    if reader is None:
        suffixes = catalogue.listed(_READERS)
        message = _("{file}: files of this kind are not read: give one of {suffixes}", file=name, suffixes=suffixes)
        raise UsageError(message)
    if suffix != ".pdf" and content.startswith(b"%PDF"):
        raise _refused(name, _("is a PDF by its content"), _("give it the suffix .pdf"))
    try:
        return reader(content, name)
    except (InputError, UsageError):
        raise
    except Exception as error:  # parsers of what anybody may have written raise whatever they come across
        raise _refused(name, _("is broken"), _("open it and save it again, or give its text")) from error


def _plain(line: str) -> str:
    """Return *line* without what cannot be seen, with plain spaces, ligatures taken apart."""
    line = unicodedata.normalize("NFC", line.replace("\t", "    "))
    line = re.sub("^( *)[\ue000-\uf8ff] *", r"\1• ", line)
    line = re.sub(
        r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]", "", line
    )
    line = re.sub(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", line)
    return re.sub("[\ufb00-\ufb06]", lambda match: unicodedata.normalize("NFKC", match[0]), line).rstrip()


def _read_text(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    hint = _("save it as UTF-8: which of the older encodings it has cannot be told safely")
    raise _refused(name, _("is not UTF-8"), hint)


def read_pdf(content: bytes, name: str) -> str:
    """Return the text of the PDF *content*, shown as *name*, with empty lines between its boxes.

    Raises:
        InputError: if it is broken, encrypted, or too long.
        UsageError: if the library that reads it is not installed.
    """
    if not content.lstrip()[:5].startswith(b"%PDF"):
        raise _refused(name, _("is not a PDF"), _("open it and save it again, or give the text"))
    try:
        from pdfminer.layout import LTTextContainer
        from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
        from pdfminer.pdfpage import PDFPage
        from pdfminer.pdfparser import PDFParser

        from appealgen.importing.pdfpages import TooMuchError, bounded, layouts
    except ModuleNotFoundError as error:
        raise UsageError(_("reading PDF needs pdfminer.six: pip install 'appealgen[import]'")) from error
    try:
        with bounded():
            document = PDFDocument(PDFParser(io.BytesIO(content)))
            pages = list(itertools.islice(PDFPage.create_pages(document), MAX_PAGES + 1))
            if len(pages) > MAX_PAGES:
                message = _("has more than {limit} pages", limit=MAX_PAGES)
                raise _refused(name, message, _("an Urgent Action has a few: give the pages of one"))  # noqa: TRY301
            parts = [
                _page_text([box for box in page if isinstance(box, LTTextContainer)]) for page in layouts(iter(pages))
            ]
    except TooMuchError as error:
        hint = _("is it the right file? if so, give its text")
        raise _refused(name, _("holds more than a few pages can"), hint) from error
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        hint = _("open it with its password and save it without one")
        raise _refused(name, _("is encrypted"), hint) from error
    except (InputError, UsageError):
        raise
    except Exception as error:
        hint = _("open it and save it again, or give the text")
        raise _refused(name, _("is a broken PDF"), hint) from error
    return "\n".join(parts)


def _page_text(boxes: list[Any]) -> str:
    """Return the text of a page, box by box, with the marks of lists before the lines that they stand beside."""
    lines = [line for box in boxes for line in box if hasattr(line, "get_text")]
    marks = [line for line in lines if _BULLETS.fullmatch(line.get_text().strip())]
    marked: set[int] = set()
    for mark in marks:
        beside = [
            line
            for line in lines
            if mark.x1 <= line.x0 < mark.x1 + 72
            and abs(line.y0 + line.y1 - mark.y0 - mark.y1) < mark.y1 - mark.y0
            and line not in marks
        ]
        if beside:
            marked.add(id(min(beside, key=lambda line: line.x0)))
    texts = []
    for box in boxes:
        kept = [line for line in box if hasattr(line, "get_text") and line not in marks]
        text = "".join(("• " if id(line) in marked else "") + line.get_text() for line in kept)
        if text.strip():
            texts.append(text if text.endswith("\n") else text + "\n")
    return "\n".join(texts)


def _read_docx(content: bytes, name: str) -> str:
    import docx
    from docx.table import Table

    try:
        if what := packages.fault(io.BytesIO(content), _MAX_UNPACKED):
            hint = _("is it the right file? if so, open it and save it as .docx")
            raise _refused(name, what, hint)  # noqa: TRY301
        document = docx.Document(io.BytesIO(content))
        lines: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in dict.fromkeys(row.cells):
                        lines += [cell.text, ""]
            else:
                bullet = "- " if "list" in str(block.style and block.style.name).lower() and block.text.strip() else ""
                # In Word each paragraph is one; only an empty one, or space, shows that another begins.
                lines += [bullet + block.text] if bullet or _is_line(block.text) else ["", block.text, ""]
    except InputError:
        raise
    except Exception as error:
        raise _refused(name, _("is not a Word document"), _("open it and save it as .docx")) from error
    return "\n".join(lines)


def _is_line(text: str) -> bool:
    """Tell whether a paragraph of Word is a line of a block, such as an address, and not prose."""
    return len(text) < 80


def _read_html(content: bytes, name: str) -> str:
    if len(content) > _MAX_PAGE_BYTES:
        message = _("is larger than {limit} bytes", limit=_MAX_PAGE_BYTES)
        raise _refused(name, message, _("save the page without its pictures"))
    declared = re.search(rb"charset=[\"']?([A-Za-z0-9_-]+)", content[:4096])
    try:
        text = content.decode(declared[1].decode("ascii") if declared else "utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        text = _read_text(content, name)
    return text_of_page(text)


def _read_eml(content: bytes, name: str) -> str:
    message = email.message_from_bytes(content, policy=email.policy.default)
    best = ""
    for text in _bodies(message, name):
        if len(text) > len(best):
            best = text
    if not best.strip() and not message.keys():
        raise _refused(name, _("is not an email"), _("save it from the mail program as .eml"))
    subject = re.sub(r"^(?:\s*(?:\[[^\]]*\]|(?:re|fwd?|wg|aw|tr|rv)\s?:))+\s*", "", str(message.get("Subject", "")),
                     flags=re.IGNORECASE)  # fmt: skip
    sent = getattr(message["Date"], "datetime", None) if message["Date"] else None
    date = f"\nDate: {sent:%Y-%m-%d}\n" if sent else ""
    return f"{subject}\n{date}\n{best}"


def _bodies(message: EmailMessage, name: str) -> Iterator[str]:
    plain = message.get_body(("plain",))
    page = message.get_body(("html",))
    if plain is not None:
        yield str(plain.get_content())
    elif page is not None:
        yield text_of_page(str(page.get_content()))
    for part in message.iter_attachments():
        suffix = "." + (part.get_filename() or "").rpartition(".")[2].lower()
        payload = part.get_payload(decode=True)
        if suffix in (".pdf", ".docx") and isinstance(payload, bytes) and len(payload) <= MAX_BYTES:
            yield _READERS[suffix](payload, f"{name}: {part.get_filename()}")


_READERS: dict[str, Callable[[bytes, str], str]] = {
    ".pdf": read_pdf,
    ".docx": _read_docx,
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".eml": _read_eml,
}
