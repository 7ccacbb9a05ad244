"""What the ledger tells: of a letter on its way, and of each of its recipients."""

from enum import IntEnum
from typing import NamedTuple

__all__ = ["Entry", "Sending", "State"]


class State(IntEnum):
    """What is known of a letter to a recipient."""

    OPEN = 0
    """It has not been sent."""

    SENDING = 1
    """It is about to be sent, or may have been: where nobody is sending, it is doubtful."""

    SENT = 2
    FAILED = 3
    """The server refused it for good."""

    LATER = 4
    """The server refused it for the moment."""

    PLANNED = 5
    """An engine is to send it at the time of the entry, by itself: afterwards it may have been sent."""


class Entry(NamedTuple):
    """What the ledger says of one recipient."""

    state: State
    code: str
    """What the server said, as an enhanced status code (RFC 3463); empty where it said nothing."""

    at: int
    """When, in seconds since 1970."""


class Sending(NamedTuple):
    """A letter on its way to all its recipients."""

    id: int
    letter: str
    digest: bytes
    """What identifies the letter's bytes."""

    began: int
    """Seconds since 1970."""

    purged: int | None
    """When it was forgotten who got it."""
