"""Who is to get a letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from newsletter.delivery.address import Address

__all__ = ["REASONS", "Recipient", "Recipients"]

REASONS: Mapping[str, str] = {
    "inactive": "abgemeldet, gesperrt oder nicht bestätigt",
    "duplicate": "doppelt",
    "suppressed": "auf der Sperrliste",
    "served": "haben diesen Brief schon",
    "failed": "nicht zustellbar",
    "doubtful": "zweifelhaft",
}
"""Why somebody is left out, in German, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody a letter may go to."""

    line: int
    """Where the address stands in its file, counted from 1."""

    address: Address
    first_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """What a file of addresses holds."""

    accepted: tuple[Recipient, ...]
    """In the order of the file, each mailbox once."""

    left_out: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The lines of those who get nothing, by the names of `REASONS`."""

    without_name: tuple[int, ...] = ()
    """The lines whose first name is none that a mail may show, so that it is left away."""
