"""How fast mails leave, and how patiently."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Pace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast, and how patiently."""

    connections: int = 2
    per_minute: int = 600
    """Mails; 0: as many as the server takes."""

    per_connection: int = 100
    """Mails before a new connection, for many servers take no more."""

    waits: Sequence[float] = (60.0, 300.0, 900.0)
    """Seconds before each further try, where a server refuses a mail, or any mail, for the moment."""

    pauses: Sequence[float] = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)
    """Seconds before each further try to connect; then it is given up. Where no connection ever came about, there is
    but one further try, for it is most likely the address that is wrong."""

    first_patience: float = 30.0
    """Seconds to wait for a connection, and for each answer until mails may begin: less than RFC 5321 allows, for
    somebody waits for the first."""

    patience: float = 300.0
    """Seconds to wait for an answer about a mail (RFC 5321, section 4.5.3.2)."""

    last_patience: float = 600.0
    """Seconds to wait for the answer to a whole mail."""

    most_refused: int = 25
    """When as many are refused one after the other, it is not the addresses."""

    most_doubtful: int = 3
    """When as many are doubtful one after the other, it is the server."""
