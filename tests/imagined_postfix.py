"""A mail server that is imagined, with what it writes down while a sender is killed again and again.

It lets happen in a second what a real one needs an hour for, and what that cannot show: clocks that differ.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newsletter.delivery.mail_log import Found
from newsletter.delivery.verdict import look_up

__all__ = ["Sender"]

_BEGINNING = datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()
_LAGS = (0.002, 0.02, 0.3, 2)
"""Seconds within which the server may take note that a client is gone."""


@dataclass(slots=True)
class Sender:
    """Sends to people on some connections, and is killed; times are in seconds."""

    draw: random.Random
    skew: float
    """By how much the server's clock is fast."""

    people: list[str]
    time: float = _BEGINNING
    open: dict[str, float] = field(default_factory=dict)
    """When what is doubtful was begun."""

    sent: dict[str, float] = field(default_factory=dict)
    """When what was sent was known to be."""

    taken: list[str] = field(default_factory=list)
    """What the server took."""

    log: list[tuple[float, str]] = field(default_factory=list)
    processes: int = 100

    def reconcile(self) -> None:
        """Decide by the log, as far as it is written."""
        if not self.open:
            return
        lines = [line for when, line in sorted(self.log) if when <= self.time]
        doubtful = {number: _second(at) for number, at in self.open.items()}
        sent = {number: _second(at) for number, at in self.sent.items()}
        for number, found in look_up(lines, doubtful, sent, _second(self.time)).found.items():
            if found is not Found.UNKNOWN:
                del self.open[number]
            if found is Found.TAKEN:
                self.sent[number] = self.time

    def run(self, connections: int, seconds: float) -> None:
        """Send until it is killed, so many seconds after it began."""
        waiting = iter([number for number in self.people if number not in self.open and number not in self.sent])
        end = self.time + seconds
        for _ in range(connections):
            self._connection(lambda: next(waiting, None), end)
        self.time = end

    def _connection(self, task: Callable[[], str | None], end: float) -> None:
        self.processes += 1
        lag = self.draw.choice(_LAGS) * self.draw.random()
        smtpd = f"smtpd[{self.processes}]"
        now, announced, answered, where = self._later(self.time, 0.02), 0, 0, "EHLO"
        self._write(now, f"{smtpd}: connect from unknown[127.0.0.1]")
        closed = end + lag

        def seen(moment: float) -> float:
            return moment if moment < end else moment + lag

        while now < end and (number := task()):
            queue_id = f"{len(self.log) + 0x100000:07X}"
            self.open[number] = now
            if (now := self._later(now, 0.004)) >= end:
                break
            self._write(seen(now), f"{smtpd}: {queue_id}: client=unknown[127.0.0.1]")
            where = "RCPT"
            if (now := self._later(now, 0.002)) >= end:
                break
            where, announced = "DATA", announced + 1
            if (now := self._later(now, 0.003)) >= end:
                break
            self._write(seen(now), f"cleanup[9]: {queue_id}: message-id=<{number}.ausgabe-7@test.example.org>")
            if (now := self._later(now, 0.004)) >= end:
                break
            where = "END-OF-MESSAGE"
            self.taken.append(number)
            now = self._later(seen(now) + (lag if now + 0.001 > end else 0), 0.004)
            self._write(self._later(now, 0.01), f"qmgr[8]: {queue_id}: from=<a@example.org>, size=1 (queue active)")
            closed = max(closed, now)
            if now >= end:
                break
            answered += 1
            if (now := self._later(now, 0.001)) >= end:
                break
            del self.open[number]
            self.sent[number] = now
        counts = f"ehlo=1 mail={announced} rcpt={announced} data={answered}/{announced} commands=9"
        self._write(closed + 0.001, f"{smtpd}: lost connection after {where} from unknown[127.0.0.1]")
        self._write(closed + 0.002, f"{smtpd}: disconnect from unknown[127.0.0.1] {counts}")

    def _later(self, moment: float, most: float) -> float:
        return moment + self.draw.uniform(most / 10, most)

    def _write(self, moment: float, text: str) -> None:
        stamp = datetime.fromtimestamp(moment + self.skew, UTC)
        self.log.append((moment, f"{stamp:%b %d %H:%M:%S} mail postfix/{text}"))


def _second(moment: float) -> datetime:
    return datetime.fromtimestamp(int(moment), UTC)
