"""A letter as a mail to one recipient: put together once, with what differs from mail to mail put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from html import escape

from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.built_message import BuiltMessage, Mail
from newsletter.delivery.dkim import Header, Signer, relaxed_lines, signed
from newsletter.delivery.recipient import Recipient
from newsletter.message import mail_date, quoted_printable
from newsletter.package import RECIPIENT_TAG
from newsletter.profile import PROFILES, Kind

__all__ = ["MailTemplate", "filled"]

_TAGS = {tag: name for name, tag in PROFILES["smtp"].tags.items()}
_TAG = re.compile("|".join(map(re.escape, _TAGS)))
_PERSONAL = frozenset({"to", "message-id", "list-unsubscribe", "list-unsubscribe-post", "date"})
_PART = 'Content-Type: text/{}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
_MAIL_TO = re.compile("<(mailto:[^>]*)>")
_SOFT_BREAK = "=\r\n"
"""The end of a line, not of the text (RFC 2045, section 6.7): what stands on either side is encoded by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Lines of the body that are the same for all, after something personal unless they are the first."""

    name: str
    """Of what is personal."""

    kind: Kind
    sent: bytes
    signed: bytes


def filled(content: str, recipient: Recipient, unsubscribe: str, kind: Kind) -> str:
    """Return a part of the letter as one recipient reads it.

    Args:
        content: text or HTML with the tags of the profile „smtp“.
        recipient: who reads it.
        unsubscribe: the address for leaving.
        kind: what the content is; in HTML what is put in is escaped.
    """
    return _TAG.sub(lambda tag: _value(_TAGS[tag[0]], recipient, unsubscribe, kind), content)


def _value(name: str, recipient: Recipient, unsubscribe: str, kind: Kind) -> str:
    first_name = f" {recipient.first_name}" if recipient.first_name else ""
    value = {"first_name": first_name, "unsubscribe": unsubscribe}[name]
    return escape(value) if kind == "html" else value


class MailTemplate:
    """A letter, all but what differs from recipient to recipient."""

    def __init__(
        self, letter: BuiltLetter, date: datetime, signers: Sequence[Signer] = (), *, is_test: bool = False
    ) -> None:
        """Put together what all mails have in common.

        Args:
            letter: built for the profile „smtp“.
            date: when sending began.
            signers: sign each mail (DKIM).
            is_test: whether the subject says that it is a test.
        """
        message = BuiltMessage(letter, is_test=is_test)
        self._message = message
        self._leave_by_mail = _MAIL_TO.findall(message["List-Unsubscribe"].replace("\r\n ", ""))[-1]
        self._letter = letter
        self._date = Header("Date", mail_date(date).encode())
        self._common = message.without(_PERSONAL)
        self._signers = signers
        boundary = message.body.partition(b"\r\n")[0].decode().removeprefix("--")
        self._pieces = list(_pieces(letter, boundary))
        # What comes before everything that is personal is hashed once.
        self._begun = sha256(self._pieces[0].signed)

    def mail(self, recipient: Recipient, token: str, number: str) -> Mail:
        """Return the mail to a recipient.

        Args:
            recipient: whom it goes to.
            token: what stands for the recipient in the address for leaving; letters and digits.
            number: what stands for this mail in its Message-ID, likewise.
        """
        leaving = self._leaving(token)
        message_id = self._message.message_id(number)
        headers = [
            Header("To", f"<{recipient.address.mail}>".encode()),
            Header("Message-ID", message_id.encode()),
            self._date,
            *(Header(name, value.encode()) for name, value in leaving.headers),
            *self._common,
        ]
        body, digest = self._body(recipient, leaving.link)
        content = signed(headers, body, digest, self._signers)
        return Mail(recipient=recipient, message_id=message_id, content=content)

    def _body(self, recipient: Recipient, unsubscribe: str) -> tuple[bytes, bytes]:
        """Return the body, and its hash for signatures."""
        parts = [self._pieces[0].sent]
        hashed = self._begun.copy()
        for piece in self._pieces[1:]:
            value = _value(piece.name, recipient, unsubscribe, piece.kind)
            personal = _broken(quoted_printable(value)).encode()
            parts += [personal, piece.sent]
            hashed.update(relaxed_lines(personal))
            hashed.update(piece.signed)
        return b"".join(parts), hashed.digest()

    def _leaving(self, token: str) -> "_Leaving":
        mail = f"{self._leave_by_mail}%20{token}"
        web = self._letter.manifest["unsubscribe"]
        if web is None:
            return _Leaving(link=mail, headers=(("List-Unsubscribe", f"<{mail}>"),))
        personal = web.replace(RECIPIENT_TAG, token)
        both = ("List-Unsubscribe", f"<{personal}>,\r\n <{mail}>")
        # Whoever answers a click must know whose it is (RFC 8058, section 3.1).
        if RECIPIENT_TAG in web and web.startswith("https://"):
            return _Leaving(link=personal, headers=(both, ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")))
        return _Leaving(link=mail, headers=(both,))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaving:
    """How one recipient leaves."""

    link: str
    headers: tuple[tuple[str, str], ...]


def _pieces(letter: BuiltLetter, boundary: str) -> Iterator[_Piece]:
    """Yield the body in pieces, each of which begins a line."""
    parts: tuple[tuple[str, Kind, str], ...] = (("letter.txt", "text", "plain"), ("letter.html", "html", "html"))
    lines, before = "", ("", parts[0][1])
    for name, kind, type_ in parts:
        lines += f"--{boundary}\r\n{_PART.format(type_)}"
        content = letter.files[name].decode()
        end = 0
        for tag in _TAG.finditer(content):
            yield _piece(*before, lines + _broken(quoted_printable(content[end : tag.start()])))
            lines, before, end = "", (_TAGS[tag[0]], kind), tag.end()
        lines += quoted_printable(content[end:]) + "\r\n"
    yield _piece(*before, f"{lines}--{boundary}--\r\n")


def _piece(name: str, kind: Kind, lines: str) -> _Piece:
    return _Piece(name=name, kind=kind, sent=lines.encode(), signed=relaxed_lines(lines.encode()))


def _broken(encoded: str) -> str:
    """Return encoded text so that the next piece begins a line."""
    return encoded if not encoded or encoded.endswith("\r\n") else encoded + _SOFT_BREAK
