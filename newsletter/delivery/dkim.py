"""Signatures that tell a mail's receiver that it comes from its domain (DKIM, RFC 6376; Ed25519: RFC 8463)."""

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from generator.problems import Problem, ProblemsFound
from newsletter.private import read_private

__all__ = ["Header", "Key", "Signer", "read_key", "relaxed_lines", "signed"]

_SIGNED = (
    *("from", "from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post", "list-id"),
    *("mime-version", "content-type", "content-language"),
)
"""From stands twice, so that a second one cannot be added (section 8.15); what a mail has not, is signed as missing."""

_LISTED = ":".join(_SIGNED[:6]) + ":\r\n  " + ":".join(_SIGNED[6:])
_SPACE = re.compile(rb"[ \t]+")
_SPACE_AT_END = re.compile(rb"[ \t]+(?=\r\n)")
_LEAST_BITS = 2048
_PIECE = 70
_LONGEST_TEXT = 255
"""Octets of one character-string in a TXT record (RFC 1035, section 3.3)."""


class Header(NamedTuple):
    """A header field."""

    name: str
    value: bytes
    """May be folded."""

    @property
    def line(self) -> bytes:
        """As it stands in a mail."""
        return b"%s: %s\r\n" % (self.name.encode(), self.value)

    @property
    def relaxed(self) -> bytes:
        """As it is signed (section 3.4.2)."""
        value = _SPACE.sub(b" ", self.value.replace(b"\r\n", b"")).strip()
        return b"%s:%s\r\n" % (self.name.lower().encode(), value)


def relaxed_lines(lines: bytes) -> bytes:
    """Return lines of a body as they are signed (section 3.4.4); at the body's end there must be no empty ones."""
    return _SPACE.sub(b" ", _SPACE_AT_END.sub(b"", lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A private key, under the name by which its other half is found."""

    selector: str
    algorithm: str
    sign: Callable[[bytes], bytes]
    """Takes the bytes to be signed."""

    public: bytes

    def record(self, domain: str) -> str:
        """Return the line for the domain's zone (section 3.6.1)."""
        text = f"v=DKIM1; k={self.algorithm.partition('-')[0]}; p={b64encode(self.public).decode()}"
        pieces = (f'"{text[start : start + _LONGEST_TEXT]}"' for start in range(0, len(text), _LONGEST_TEXT))
        return f"{self.selector}._domainkey.{domain}. IN TXT ( {' '.join(pieces)} )"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs mails of a domain."""

    key: Key
    domain: str
    date: datetime
    """When sending began."""

    def signature(self, headers: Sequence[Header], body: bytes) -> Header:
        """Return the signature of a mail.

        Args:
            headers: all of the mail.
            body: the SHA-256 of its `relaxed_lines`.
        """
        by_name = {header.name.lower(): header for header in headers}
        unsigned = Header(
            "DKIM-Signature",
            (
                f"v=1; a={self.key.algorithm}; c=relaxed/relaxed; d={self.domain};\r\n"
                f" s={self.key.selector}; t={int(self.date.timestamp())};\r\n"
                f" h={_LISTED};\r\n"
                f" bh={b64encode(body).decode()};\r\n b="
            ).encode(),
        )
        signed = [by_name[name].relaxed for name in dict.fromkeys(_SIGNED) if name in by_name]
        data = b"".join(signed) + unsigned.relaxed.removesuffix(b"\r\n")
        encoded = b64encode(self.key.sign(data)).decode()
        pieces = [encoded[start : start + _PIECE] for start in range(0, len(encoded), _PIECE)]
        return Header(unsigned.name, unsigned.value + "\r\n  ".join(pieces).encode())


def signed(headers: Sequence[Header], body: bytes, digest: bytes, signers: Sequence[Signer]) -> bytes:
    """Return a whole message with its signatures before its headers.

    Args:
        headers: all of the mail.
        body: as it is sent.
        digest: the SHA-256 of its `relaxed_lines`.
        signers: each signs.
    """
    signatures = [signer.signature(headers, digest) for signer in signers]
    return b"".join(header.line for header in (*signatures, *headers)) + b"\r\n" + body


def read_key(file: Path, selector: str) -> Key:
    """Return the private key in a file (PEM): RSA of at least 2048 bits, or Ed25519.

    Raises:
        OSError: the file cannot be read.
        ProblemsFound: others can read it, too, or it holds no such key.
    """
    data = read_private(file, "Der Schlüssel für DKIM")
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError) as error:
        raise _unusable(file, "Das ist kein privater Schlüssel ohne Passwort in der Form PEM.") from error
    if isinstance(key, Ed25519PrivateKey):
        return Key(
            selector=selector,
            algorithm="ed25519-sha256",
            sign=lambda signed: key.sign(sha256(signed).digest()),
            public=key.public_key().public_bytes_raw(),
        )
    if isinstance(key, RSAPrivateKey) and key.key_size >= _LEAST_BITS:
        return Key(
            selector=selector,
            algorithm="rsa-sha256",
            sign=lambda signed: key.sign(signed, PKCS1v15(), SHA256()),
            public=key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        )
    raise _unusable(file, f"Der Schlüssel ist weder RSA mit mindestens {_LEAST_BITS} Bit noch Ed25519.")


def _unusable(file: Path, message: str) -> ProblemsFound:
    remedy = "Einen neuen erzeugen: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out DATEI"
    return ProblemsFound([Problem(str(file), 1, message, remedy)])
