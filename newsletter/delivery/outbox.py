"""What is still to be sent: first everybody once, then those whose server wants to be asked again later."""

import heapq
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Condition, Event

from newsletter.delivery.recipient import Recipient

__all__ = ["Outbox", "Task"]


_MOST_BREAKS = 3
"""A mail on which as many connections in a row break must wait, so that it does not hold up the others."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Task:
    """A recipient whose turn comes."""

    due: float
    """When, in seconds of the monotonic clock."""

    number: int
    tries: int = 0
    """How often the server wanted to be asked again later."""

    breaks: int = 0
    """How often in a row the connection broke."""

    recipient: Recipient = field(compare=False)


class Outbox:
    """Hands out tasks to several threads. Each that is taken is given back in one of five ways."""

    def __init__(self, recipients: Iterable[Recipient], waits: Sequence[float]) -> None:
        """Begin.

        Args:
            recipients: who is to get the letter.
            waits: how many seconds to wait before each further try.
        """
        self.stopped = Event()
        """Set when no more is to be begun."""

        self._first: Iterator[Task] = (
            Task(due=0.0, number=number, recipient=recipient) for number, recipient in enumerate(recipients)
        )
        self._further: list[Task] = []
        self._waits = waits
        self._working = 0
        self._held_until = 0.0
        self._holds = 0
        self._changed = Condition()

    def take(self) -> Task | None:
        """Return the next task, when one is due; None: there will be none."""
        with self._changed:
            while not self.stopped.is_set():
                if (task := self._due()) is not None:
                    return task
                if self._further:
                    self._changed.wait(max(self._further[0].due, self._held_until) - time.monotonic())
                elif self._working:
                    self._changed.wait()
                else:
                    break
        return None

    def take_at_once(self) -> Task | None:
        """Return a task that is due now; None: there is none at the moment."""
        with self._changed:
            return None if self.stopped.is_set() else self._due()

    def finish(self) -> None:
        """Take note that a task is done."""
        self._was_taken()
        self._give_back(None)

    def put_back(self, task: Task) -> None:
        """Take back a task that was not tried."""
        self._give_back(replace(task, due=0.0))

    def put_off(self, task: Task) -> None:
        """Let a task be tried again later, if that makes sense."""
        self._was_taken()
        self._wait(task)

    def hold(self, task: Task) -> bool:
        """Take back a task that could not be tried, and hand out none for a while; tell whether waiting makes sense."""
        with self._changed:
            now = time.monotonic()
            # What others find out during the same pause is nothing new.
            is_new = now >= self._held_until
            makes_sense = not is_new or self._holds < len(self._waits)
            if is_new and makes_sense:
                self._held_until = now + self._waits[self._holds]
                self._holds += 1
            self._give_back(replace(task, due=0.0, breaks=0))
        return makes_sense

    def try_again(self, task: Task) -> None:
        """Let a task be tried again whose connection broke: at once, unless that happens all the time."""
        if task.breaks + 1 < _MOST_BREAKS:
            self._give_back(replace(task, due=0.0, breaks=task.breaks + 1))
        else:
            self._wait(task)

    def stop(self) -> None:
        """Begin nothing more."""
        self.stopped.set()
        with self._changed:
            self._changed.notify_all()

    def _due(self) -> Task | None:
        if time.monotonic() < self._held_until:
            return None
        if self._further and self._further[0].due <= time.monotonic():
            task: Task | None = heapq.heappop(self._further)
        else:
            task = next(self._first, None)
        self._working += task is not None
        return task

    def _was_taken(self) -> None:
        """Take note that mails are looked at again, whatever is said of a single one."""
        with self._changed:
            self._holds = 0

    def _wait(self, task: Task) -> None:
        if task.tries < len(self._waits):
            due = time.monotonic() + self._waits[task.tries]
            self._give_back(replace(task, due=due, tries=task.tries + 1, breaks=0))
        else:
            self._give_back(None)

    def _give_back(self, further: Task | None) -> None:
        with self._changed:
            self._working -= 1
            if further is not None:
                heapq.heappush(self._further, further)
            self._changed.notify_all()
