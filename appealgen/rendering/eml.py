"""The draft of an email: RFC 5322, CRLF, nothing in it about when, where or by what it was made."""

from __future__ import annotations

import hashlib
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appealgen.letter import Letter

_DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


class _Draft(EmailPolicy):
    """RFC 5322 with CRLF, and a subject that begins on the line of its name.

    The standard policy moves a subject that just does not fit to a line of its own, which some programs show as
    an empty subject.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the header as bytes."""
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        folded = Header(str(value), header_name=name, maxlinelen=76).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


_POLICY = _Draft(linesep="\r\n")


def render(letter: Letter, text: str, attached: tuple[str, bytes] | None = None) -> bytes:
    """Return the draft of *letter* with *text* as its body.

    ``X-Unsent`` opens it for writing in Outlook. The mail program adds From (unless the signer gave an address),
    Date and Message-ID when it is sent.

    Args:
        letter: for the headers.
        text: the body, lines ending in line feeds.
        attached: name and bytes of a DOCX to attach.
    """
    draft = EmailMessage(policy=_POLICY)
    mail = letter.mail
    draft["X-Unsent"] = "1"
    if mail.sender_email:
        user, _, domain = mail.sender_email.rpartition("@")
        draft["From"] = Address(mail.sender_name or "", user, domain)
    if mail.to:
        draft["To"] = mail.to
    if mail.cc:
        draft["Cc"] = ", ".join(mail.cc)
    draft["Subject"] = letter.subject
    draft.set_content(text, charset="utf-8", cte="quoted-printable" if _mostly_ascii(text) else "base64")
    draft["Content-Language"] = letter.language
    if attached:
        name, content = attached
        draft.add_attachment(content, *_DOCX, filename=name)
        # The library's boundaries are random. A hash of the parts cannot occur in them by accident.
        draft.set_boundary(hashlib.sha256(text.encode() + content).hexdigest()[:40])
    return draft.as_bytes()


def _mostly_ascii(text: str) -> bool:
    return len(text.encode()) * 10 < len(text) * 12
