"""Sending by SMTP to the recipients of a file, each a mail of their own."""

from collections.abc import Iterator
from pathlib import Path

from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from newsletter.delivery.assignment import Assignment, assign, sending_of, written_to
from newsletter.delivery.bounce_list import bounce_list
from newsletter.delivery.engine import Order, Report
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.mail import MailTemplate
from newsletter.delivery.mailer import Mailer
from newsletter.delivery.outcome import Outcome, lines_named, outcome_of
from newsletter.delivery.recipient import REASONS, Recipients
from newsletter.delivery.recipient_file import parse_recipients
from newsletter.delivery.reconciling import reconcile
from newsletter.private import must_be_outside, write_private

__all__ = ["SmtpEngine"]


class SmtpEngine:
    """Sends through a mail server (`Engine`)."""

    def __init__(self, order: Order) -> None:
        """Read the server's settings.

        Raises:
            ProblemsFound: they cannot be used.
            OSError: a password or a key cannot be read.
        """
        self._order = order
        self._letter = order.letter
        self._mailer = Mailer(order, MailTemplate)

    def plan(self) -> Report:
        """Say what would be sent."""
        recipients = self._recipients()
        with Ledger(self._mailer.folder) as ledger:
            assignment = assign(recipients, ledger, sending_of(ledger, self._letter, self._order.clock()))
        pace = self._order.pace
        speed = f"{pace.per_minute} Mails je Minute" if pace.per_minute else "ungebremst"
        told = self._mailer.told(f", {_counted(pace.connections, 'Verbindung', 'Verbindungen')}, {speed}")
        return Report(lines=[*told, *self._told_recipients(recipients, assignment)])

    def test(self, address: str) -> Report:
        """Send one mail, marked as a test."""
        return self._mailer.test(address)

    def send(self, progress: Progress) -> Report:
        """Send to everybody who has not got the letter; what is doubtful is decided by the server's log, or left."""
        recipients, letter, clock = self._recipients(), self._letter, self._order.clock
        with Ledger(self._mailer.folder) as ledger, ledger.alone(letter.name):
            sending_of(ledger, letter, clock())
            ids = (id_ for id_, _ in written_to(recipients, ledger))
            sending = ledger.begin(letter.name, letter.digest, ids, clock())
            logs = self._order.logs
            reconciled = [str(reconcile(ledger, sending, logs, clock()))] if logs else []
            assignment = assign(recipients, ledger, sending)
            stopped = self._mailer.send(ledger, sending, assignment.to_send, progress)
            outcome = outcome_of(letter.name, assignment, ledger.entries(sending))
        lines = [*reconciled, *outcome.told(self._listed(outcome)), *([stopped] if stopped else [])]
        return Report(lines=lines, is_complete=outcome.is_complete and not stopped)

    def _recipients(self) -> Recipients:
        file = self._order.recipients
        if file is None:
            raise ProblemsFound(
                [
                    Problem(
                        "--recipients",
                        1,
                        "Für den Versand über SMTP fehlt die Datei mit den Adressen.",
                        "Eine CSV-Datei nennen: --recipients DATEI",
                    )
                ]
            )
        must_be_outside(self._order.project, file, "Die Datei mit den Adressen")
        must_be_outside(self._order.project, self._bounces, "Die Liste der Unzustellbaren")
        return parse_recipients(file.read_bytes(), str(file))

    @property
    def _bounces(self) -> Path:
        file = self._order.recipients
        assert file is not None
        return self._order.bounces or file.with_name(f"{file.stem}-unzustellbar-{self._letter.id}.csv")

    def _told_recipients(self, recipients: Recipients, assignment: Assignment) -> Iterator[str]:
        count = len(assignment.to_send)
        yield f"Empfänger: {count}"
        for reason, lines in assignment.left_out.items():
            yield f"Ausgelassen: {len(lines)} {REASONS[reason]} ({lines_named(lines)})"
        if recipients.without_name:
            lines = recipients.without_name
            yield f"Ohne Vornamen, weil keiner in der Spalte steht: {len(lines)} ({lines_named(lines)})"
        if per_minute := self._order.pace.per_minute:
            yield f"Dauer: etwa {_counted(max(1, round(count / per_minute)), 'Minute', 'Minuten')}"

    def _listed(self, outcome: Outcome) -> str:
        """Write the list of those who were refused, and say where it is."""
        if not outcome.refused:
            return ""
        try:
            write_private(self._bounces, bounce_list(outcome.refused))
        except OSError:
            return f"aber {self._bounces} kann nicht geschrieben werden"
        return f"aufgelistet in {self._bounces}"


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
