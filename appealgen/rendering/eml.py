"""The draft of an email: RFC 5322, CRLF, nothing in it about when, where or by what it was made.

The headers of words come from the standard library, once for all letters that share them. What differs from
letter to letter is put together here: the library takes ten times as long over a message.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from email.header import Header
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from appealgen.letter import Letter

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CRLF = "\r\n"
_WIDTH = 76
_ENCODED = "=?"


def render(letter: Letter, text: str, attached: tuple[str, bytes] | None = None) -> bytes:
    """Return the draft of *letter* with *text* as its body.

    ``X-Unsent`` opens it for writing in Outlook. The mail program adds From (unless the signer gave an address),
    Date and Message-ID when it is sent.

    Args:
        letter: for the headers.
        text: the body, lines ending in line feeds.
        attached: name and bytes of a DOCX to attach.
    """
    mail = letter.mail
    headers = ["X-Unsent: 1"]
    if mail.sender_email:
        headers.append(_from(mail.sender_name or "", mail.sender_email))
    headers.append(_shared(mail.to, mail.cc, letter.subject, letter.language))
    body = _body(text)
    if attached is None:
        return _CRLF.join([*headers, body]).encode("ascii")
    name, content = attached
    file = _CRLF.join(
        [
            f"Content-Type: {_DOCX};{_CRLF} name{_parameter(name)}",
            "Content-Transfer-Encoding: base64",
            f"Content-Disposition: attachment; filename{_parameter(name)}",
            "",
            base64.encodebytes(content).decode("ascii").replace("\n", _CRLF),
        ]
    )
    # A hash of the parts cannot occur in them but by accident, and is the same each time.
    boundary = hashlib.sha256((body + file).encode("ascii")).hexdigest()[:40]
    headers.append(f'Content-Type: multipart/mixed;{_CRLF} boundary="{boundary}"')
    parts = [_CRLF.join(headers), "", f"--{boundary}", body, f"--{boundary}", file, f"--{boundary}--", ""]
    return _CRLF.join(parts).encode("ascii")


def _parameter(value: str) -> str:
    """Return *value* as that of a parameter, after its name: in quotes, or by RFC 2231 where those do not do."""
    if value.isascii() and not set(value) & set('"\\'):
        return f'="{value}"'
    return f"*=utf-8''{quote(value, safe='')}"


def _body(text: str) -> str:
    """Return the headers of a text part, an empty line, and the text: as it is where most of it is ASCII."""
    raw = text.replace("\n", _CRLF).encode()
    if len(raw) * 10 < len(text) * 12:
        encoding, encoded = "quoted-printable", binascii.b2a_qp(raw, istext=True)
    else:
        encoding, encoded = "base64", base64.encodebytes(raw).replace(b"\n", b"\r\n")
    return _CRLF.join(
        [
            'Content-Type: text/plain; charset="utf-8"',
            f"Content-Transfer-Encoding: {encoding}",
            "",
            encoded.decode("ascii"),
        ]
    )


def _from(name: str, address: str) -> str:
    if name.isascii() and _ENCODED not in name and len(name) < _WIDTH - len("From: ") - 2:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        shown = f'"{quoted}"'
    else:
        # Outside of quotes a comma, a bracket would begin another address: all of it is encoded.
        shown = _words(name, "From", encoded=True)
    line = f"From: {shown} <{address}>"
    return line if len(line) <= _WIDTH and _CRLF not in line else f"From: {shown}{_CRLF} <{address}>"


@lru_cache(maxsize=256)
def _shared(to: str | None, cc: tuple[str, ...], subject: str, language: str) -> str:
    """Return the headers that do not depend on who signs."""
    headers = [
        f"To: {to}" if to else "",
        f"Cc: {f',{_CRLF} '.join(cc)}" if cc else "",
        f"Subject: {_words(subject, 'Subject')}",
        f"Content-Language: {language}",
        "MIME-Version: 1.0",
    ]
    return _CRLF.join(filter(None, headers))


def _words(text: str, name: str, *, encoded: bool = False) -> str:
    """Return *text* for the header *name*, folded, in encoded words (RFC 2047) where it is not plain ASCII.

    What looks like an encoded word is no plain ASCII: a mail program would read it. Nor is a word that fits no line.
    The first line stays on the line of the name: some programs show an empty subject otherwise.
    """
    plain = text.isascii() and not encoded and _ENCODED not in text and max(map(len, text.split()), default=0) < _WIDTH
    return Header(text, "us-ascii" if plain else "utf-8", header_name=name, maxlinelen=_WIDTH).encode(linesep=_CRLF)
