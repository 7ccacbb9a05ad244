"""How fast mails leave."""

import time
from threading import Event, Lock

__all__ = ["Throttle"]

_MOST_BEHIND = 1.0
"""Seconds that may be made up for when a server was slow; more would be a burst."""


class Throttle:
    """Lets no more through than a number a minute, evenly; for several threads."""

    def __init__(self, per_minute: int) -> None:
        """Begin.

        Args:
            per_minute: how many; 0: as many as there are.
        """
        self._pause = 60 / per_minute if per_minute else 0.0
        self._lock = Lock()
        self._next = time.monotonic()

    def wait(self, stopped: Event) -> bool:
        """Wait for the next turn; tell whether it came before everything was stopped."""
        if not self._pause:
            return not stopped.is_set()
        with self._lock:
            now = time.monotonic()
            turn = max(self._next, now - _MOST_BEHIND)
            self._next = turn + self._pause
        return not stopped.wait(max(turn - now, 0))
