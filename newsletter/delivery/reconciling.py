"""What is doubtful after a run that was cut off, compared with what the mail server wrote down."""

import gzip
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from newsletter.delivery.ledger import Ledger
from newsletter.delivery.mail_log import Found, look_up
from newsletter.delivery.sending import Sending, State

__all__ = ["Reconciled", "log_lines", "reconcile"]

_NEW_STATES = {Found.TAKEN: State.SENT, Found.NOT_TAKEN: State.OPEN}


class Reconciled(NamedTuple):
    """How many of the doubtful became what."""

    sent: int
    unsent: int
    doubtful: int

    def __str__(self) -> str:
        return (
            f"Nach dem Protokoll des Servers: {self.sent} verschickt, {self.unsent} nicht verschickt, "
            f"{self.doubtful} weiter zweifelhaft"
        )


def reconcile(ledger: Ledger, sending: Sending, logs: Sequence[Path], now: datetime) -> Reconciled:
    """Decide what a server's log decides; the rest stays doubtful. Only for who is `alone` with the letter.

    Args:
        ledger: the ledger.
        sending: the letter's.
        logs: Postfix's log, in one file or several, which may be compressed (``.gz``).
        now: the moment.

    Raises:
        OSError: a log cannot be read.
    """
    doubtful = {id_: entry for id_, entry in ledger.entries(sending).items() if entry.state is State.SENDING}
    if not doubtful:
        return Reconciled(0, 0, 0)
    numbers = {ledger.number(sending.letter, id_): id_ for id_ in doubtful}
    times = [datetime.fromtimestamp(entry.at, UTC) for entry in doubtful.values()]
    found = look_up(log_lines(logs), numbers.keys(), since=min(times), until=max(times), now=now)
    by_verdict = {verdict: [numbers[number] for number in found if found[number] is verdict] for verdict in Found}
    for verdict, state in _NEW_STATES.items():
        ledger.decide(sending, by_verdict[verdict], State.SENDING, state, now)
    return Reconciled(*(len(by_verdict[verdict]) for verdict in (Found.TAKEN, Found.NOT_TAKEN, Found.UNKNOWN)))


def log_lines(logs: Sequence[Path]) -> Iterator[str]:
    """Yield the lines of logs, the oldest first: that which was written to last is the newest."""
    for log in sorted(logs, key=lambda file: file.stat().st_mtime):
        with gzip.open(log) if log.suffix == ".gz" else log.open("rb") as lines:
            yield from (line.decode(errors="replace") for line in lines)
