"""A letter as a complete message (RFC 5322): headers, the text part, the HTML part."""

import re
from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header, decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from generator.characters import FORBIDDEN
from newsletter.addresses import ascii_address, host_of
from newsletter.letter import MERGE, Letter
from newsletter.refusal import Refusal
from newsletter.words import words

__all__ = ["Headers", "eml", "mail_date", "quoted_printable", "said_by"]

_LONGEST_LINE = 998
"""Octets without the end of the line (RFC 5322, section 2.1.1)."""

# The newer policies write long addresses in List-Unsubscribe as encoded words, which nobody decodes there, and decode
# what only looks like an encoded word in an author's text.
_POLICY = compat32.clone(linesep="\r\n", max_line_length=76, mangle_from_=False)

_NOT_IN_A_HEADER = re.compile(f"{FORBIDDEN.pattern}|[\t\r\n]")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]"
_MAIL_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_DOMAIN}", re.IGNORECASE)
_DOT_ATOM = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_NAME_OF_LIST = re.compile(rf"{_ATOM}(?:\.{_ATOM})+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_PHRASE = re.compile(rf"{_ATOM}(?: {_ATOM})*")
_UNSTRUCTURED = re.compile(r"[!-~]{1,60}(?: [!-~]{1,60})*")
_LOOKS_ENCODED = "=?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """What the headers of a message say beyond the letter; each address an e-mail address unless it says otherwise."""

    to: str
    """Whom it goes to: a recipient, or a list."""

    to_name: str | None = None
    list_id: str | None = None
    """The list's name, like that of a host (RFC 2919); else „newsletter“, and the audience, on the site's host."""

    unsubscribe: str | None = None
    """A web address for leaving."""

    one_click: bool = False
    """Whether that address unsubscribes on a POST request (RFC 8058); a static site cannot."""

    unsubscribe_mail: str | None = None
    """Takes requests to leave; else the sender's address."""

    help: str | None = None
    """A web address that tells about the list; else the site."""


def eml(letter: Letter, html: str, text: str, headers: Headers) -> bytes:
    """Return the message, with CRLF at the ends of lines; the same for the same letter.

    Args:
        letter: what the headers are made of.
        html: its HTML part, with nothing left to be merged.
        text: its text part, likewise.
        headers: what else they say.

    Raises:
        Refusal: a header or a part holds something that it must not.
    """
    boundary = _boundary(letter, html, text)
    message: Message[Any, Any] = Message(policy=_POLICY)
    for name, value in _headers(letter, headers):
        message[name] = value
    head = message.as_bytes(policy=_POLICY)
    if any(len(line) > _LONGEST_LINE for line in head.split(b"\r\n")):
        raise Refusal("Eine Zeile im Kopf der Mail ist zu lang.", "Die Adressen im Newsletter kürzen.")
    # Put together by hand, for the email package goes through every line of the parts again.
    kind = f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\nMIME-Version: 1.0\r\n'
    parts = "".join(f"--{boundary}\r\n{part}\r\n" for part in (_part("plain", text), _part("html", html)))
    return kind.encode() + head + f"{parts}--{boundary}--\r\n".encode()


def mail_date(moment: datetime) -> str:
    """Return a moment as a header says it (RFC 5322, section 3.3)."""
    return format_datetime(moment)


def said_by(value: str) -> str:
    """Return what a header of `eml` says, without folds and encoded words (RFC 2047)."""
    return str(make_header(decode_header(value.replace("\r\n", ""))))


def quoted_printable(content: str) -> str:
    """Return text as it stands in a part (RFC 2045, section 6.7): in ASCII, in short lines that end in CRLF."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n")
    # The email package's own encoder is written in Python, this one in C.
    encoded = b2a_qp(lines.encode(), istext=True).decode("ascii")
    # Where mailboxes are single files, a line that begins so would be taken for the next message, and be changed.
    return re.sub("^From ", "=46rom ", encoded, flags=re.MULTILINE).replace("\n", "\r\n")


def _headers(letter: Letter, headers: Headers) -> Iterator[tuple[str, Header]]:
    """Return the headers in order, each with its value."""
    host = host_of(letter.home.url)
    audience = f"{letter.audience}." if letter.audience else ""
    yield "From", _named("From", letter.name, _mail_address("Der Absender", letter.sender))
    yield "To", _named("To", headers.to_name or "", _mail_address("Der Empfänger", headers.to))
    yield "Subject", _free("Subject", letter.subject)
    yield "Date", _ascii("Date", mail_date(letter.date))
    yield "Message-ID", _ascii("Message-ID", f"<{_matching('Die Kennung', letter.id, _DOT_ATOM)}@{host}>")
    yield "Content-Language", _ascii("Content-Language", _matching("Die Sprache", letter.language, _LANGUAGE))
    list_id = _matching("Der Name der Liste", headers.list_id or f"{audience}newsletter.{host}", _NAME_OF_LIST)
    yield "List-Id", _named("List-Id", letter.name, list_id)
    yield from _leaving(letter, headers)
    yield "List-Archive", _ascii("List-Archive", f"<{ascii_address(letter.archive.url)}>")
    yield "List-Help", _ascii("List-Help", f"<{ascii_address(headers.help or letter.home.url)}>")
    # Programs that answer when nobody is there leave such mail alone (RFC 3834).
    yield "Auto-Submitted", _ascii("Auto-Submitted", "auto-generated")
    yield "Precedence", _ascii("Precedence", "bulk")


def _leaving(letter: Letter, headers: Headers) -> Iterator[tuple[str, Header]]:
    address = _mail_address("Die Adresse zum Abmelden", headers.unsubscribe_mail or letter.sender)
    subject = quote(words(letter.language)("text.unsubscribe"))
    mail = f"<mailto:{quote(address, safe='@')}?subject={subject}>"
    web = f"<{ascii_address(headers.unsubscribe)}>, " if headers.unsubscribe else ""
    yield "List-Unsubscribe", _ascii("List-Unsubscribe", web + mail)
    if headers.one_click:
        if not (headers.unsubscribe or "").startswith("https://"):
            raise Refusal(
                "Für das Abmelden mit einem Klick fehlt die Adresse (RFC 8058).",
                "Eine Adresse mit „https://“ eintragen, die Anfragen entgegennimmt, oder „one_click“ entfernen.",
            )
        yield "List-Unsubscribe-Post", _ascii("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")


def _ascii(header: str, value: str) -> Header:
    return Header(_line(header, value), "us-ascii", header_name=header)


def _free(header: str, value: str) -> Header:
    """Return a value that is meant for people, in encoded words (RFC 2047) unless it is simple."""
    text = _line(header, value)
    simple = _UNSTRUCTURED.fullmatch(text) and _LOOKS_ENCODED not in text
    return Header(text, "us-ascii" if simple else "utf-8", header_name=header)


def _named(header: str, name: str, address: str) -> Header:
    """Return an address with a name before it."""
    text = _line(header, name)
    if not text:
        return _ascii(header, f"<{address}>")
    if _PHRASE.fullmatch(text) and _LOOKS_ENCODED not in text:
        return _ascii(header, f"{text} <{address}>")
    value = Header(text, "utf-8", header_name=header)
    value.append(f"<{address}>", "us-ascii")
    return value


def _line(header: str, value: str) -> str:
    if found := _NOT_IN_A_HEADER.search(value):
        raise Refusal(
            f"In „{header}“ steht ein Steuerzeichen oder Zeilenumbruch (U+{ord(found[0]):04X}).",
            "Den Text neu auf einer Zeile schreiben.",
        )
    return value.strip()


def _mail_address(what: str, address: str) -> str:
    name, at, host = address.rpartition("@")
    return _matching(what, name + at + (host if host.isascii() else host_of(f"https://{host}")), _MAIL_ADDRESS)


def _matching(what: str, value: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(value):
        raise Refusal(
            f"{what} „{value}“ kann so nicht im Kopf einer Mail stehen.", "Ohne Umlaute und Leerzeichen schreiben."
        )
    return value


def _part(kind: str, content: str) -> str:
    """Return a part with its headers, once it is known to be fit to be sent."""
    if found := FORBIDDEN.search(content.replace("\r", "\n")):
        raise Refusal(
            f"In der Mail steht das unzulässige Zeichen U+{ord(found[0]):04X}.", "Das Zeichen im Text entfernen."
        )
    if any(token in content for token in MERGE.values()):
        raise Refusal("In der Mail steht noch ein Platzhalter.", "Die Mail mit einem Versandprofil erzeugen.")
    body = quoted_printable(content)
    return f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}'


def _boundary(letter: Letter, html: str, text: str) -> str:
    """Return what separates the parts; „=_“ is never in quoted-printable text (RFC 2045, section 6.7)."""
    digest = sha256("\0".join((letter.id, html, text)).encode("utf-8", "surrogatepass"))
    return f"=_{digest.hexdigest()[:32]}"
