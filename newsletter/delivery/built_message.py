"""A letter's message as it was built, taken apart: what is the same in all mails that are made of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.dkim import Header
from newsletter.delivery.recipient import Recipient

__all__ = ["BuiltMessage", "Mail", "Template"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message on its way to one recipient."""

    recipient: Recipient
    message_id: str
    content: bytes
    """The whole message, its lines ending in CRLF."""


class Template(Protocol):
    """Makes mails of a letter."""

    def mail(self, recipient: Recipient, token: str, number: str) -> Mail:
        """Return the mail to a recipient.

        Args:
            recipient: whom it goes to.
            token: what stands for the recipient in the address for leaving; letters and digits.
            number: what stands for this mail in its Message-ID, likewise.
        """


class BuiltMessage:
    """Headers and body of ``letter.eml``."""

    def __init__(self, letter: BuiltLetter, *, is_test: bool = False) -> None:
        """Take it apart.

        Args:
            letter: the letter.
            is_test: whether the subject says that it is a test.
        """
        self.body = letter.files["letter.eml"].partition(b"\r\n\r\n")[2]
        mark = b"[Test] " if is_test else b""
        self._headers: Sequence[Header] = [
            Header(name, mark + value if name == "Subject" else value) for name, value in letter.headers
        ]
        self._after = f".{letter.id}@{self['Message-ID'].strip('<>').rpartition('@')[2]}"

    def __getitem__(self, name: str) -> str:
        """Return the value of a header that is there, folded as it is."""
        return next(header.value.decode() for header in self._headers if header.name == name)

    def without(self, names: Collection[str]) -> list[Header]:
        """Return all headers but those with these names, in lower case."""
        return [header for header in self._headers if header.name.lower() not in names]

    def message_id(self, number: str) -> str:
        """Return the Message-ID of a mail, by what stands for it: letters and digits."""
        return f"<{number}{self._after}>"
