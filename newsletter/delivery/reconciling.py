"""What is doubtful after a run that was cut off, compared with what the mail server wrote down."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from generator.problems import Problem, ProblemsFound
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.mail_log import Found
from newsletter.delivery.sending import Sending, State
from newsletter.delivery.verdict import look_up

__all__ = ["Reconciled", "log_lines", "reconcile"]

_NEW_STATES = {Found.TAKEN: State.SENT, Found.NOT_TAKEN: State.OPEN}


class Reconciled(NamedTuple):
    """How many of the doubtful became what."""

    sent: int
    unsent: int
    doubtful: int
    clocks_agree: bool

    def __str__(self) -> str:
        why = "" if self.clocks_agree or not self.doubtful else "; seine Uhr scheint anders zu gehen als die hiesige"
        return (
            f"Nach dem Protokoll des Servers: {self.sent} verschickt, {self.unsent} nicht verschickt, "
            f"{self.doubtful} weiter zweifelhaft{why}"
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
        ProblemsFound: a compressed one is damaged.
    """
    doubtful = {id_: entry for id_, entry in ledger.entries(sending).items() if entry.state is State.SENDING}
    if not doubtful:
        return Reconciled(0, 0, 0, clocks_agree=True)
    numbers = {ledger.number(sending.letter, id_): id_ for id_ in doubtful}
    begun = {number: datetime.fromtimestamp(doubtful[id_].at, UTC) for number, id_ in numbers.items()}
    found, clocks_agree = look_up(log_lines(logs), begun, ledger.sent_numbers(), now)
    by_verdict = {verdict: [numbers[number] for number in found if found[number] is verdict] for verdict in Found}
    for verdict, state in _NEW_STATES.items():
        ledger.decide(sending, by_verdict[verdict], State.SENDING, state, now)
    sent, unsent, left = (len(by_verdict[verdict]) for verdict in (Found.TAKEN, Found.NOT_TAKEN, Found.UNKNOWN))
    return Reconciled(sent, unsent, left, clocks_agree)


def log_lines(logs: Sequence[Path]) -> Iterator[str]:
    """Yield the lines of logs, the oldest first: that which was written to last is the newest.

    Raises:
        OSError: a log cannot be read.
        ProblemsFound: a compressed one is damaged.
    """
    for log in sorted(logs, key=lambda file: file.stat().st_mtime):
        try:
            with gzip.open(log) if log.suffix == ".gz" else log.open("rb") as lines:
                yield from (line.decode(errors="replace") for line in lines)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise ProblemsFound(
                [
                    Problem(
                        str(log),
                        1,
                        "Das gepackte Protokoll ist beschädigt, oder es ist nicht gepackt.",
                        "Es noch einmal holen; ist es nicht gepackt, die Endung .gz weglassen.",
                    )
                ]
            ) from error
