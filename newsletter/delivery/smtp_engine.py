"""Sending by SMTP to the recipients of a file, each a mail of their own."""

import errno
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from newsletter.delivery.address import checked, masked
from newsletter.delivery.assignment import Assignment, assign, sending_of, written_to
from newsletter.delivery.bounce_list import bounce_list
from newsletter.delivery.connection import Connection, ServerUnreachable
from newsletter.delivery.dkim import Signer
from newsletter.delivery.engine import Order, Report
from newsletter.delivery.ledger import Ledger, State
from newsletter.delivery.mail import MailTemplate
from newsletter.delivery.outcome import Outcome, lines_named, outcome_of
from newsletter.delivery.place import ledger_folder, must_be_outside, write_private
from newsletter.delivery.recipient import REASONS, Recipient, Recipients
from newsletter.delivery.recipient_file import parse_recipients
from newsletter.delivery.reconciling import reconcile
from newsletter.delivery.replies import reason_of
from newsletter.delivery.run import Run
from newsletter.delivery.server import keys_of, server_of
from newsletter.refusal import Refusal

__all__ = ["SmtpEngine"]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


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
        self._server = server_of(order.environment, order.project)
        self._keys = keys_of(order.environment, order.project)
        self._domain = self._letter.sender.rpartition("@")[2]
        self._folder = ledger_folder(order.environment)
        must_be_outside(order.project, self._folder, "Das Versandbuch")

    def plan(self) -> Report:
        """Say what would be sent."""
        recipients = self._recipients()
        with Ledger(self._folder) as ledger:
            assignment = assign(recipients, ledger, sending_of(ledger, self._letter))
        return Report(lines=[*self._told(), *self._told_recipients(recipients, assignment)])

    def test(self, address: str) -> Report:
        """Send one mail, marked as a test."""
        try:
            recipient = Recipient(line=1, address=checked(address))
        except ValueError as error:
            raise _problem("--test", f"„{address}“ ist keine E-Mail-Adresse. {error}", "Sie berichtigen.") from error
        template = self._template(self._order.clock(), is_test=True)
        try:
            with Connection(self._server, self._letter.sender, self._order.pace) as connection:
                answer = connection.deliver(template.mail(recipient, "test", secrets.token_hex(16)))
                connection.quit()
        except Refusal as refusal:
            raise _problem(str(self._server), refusal.message, refusal.remedy) from refusal
        except ServerUnreachable as error:
            raise _problem(str(self._server), str(error), "Später noch einmal versuchen.") from error
        if answer.state is not State.SENT:
            reason = f"{reason_of(answer.code)} ({answer.code})" if answer.code else reason_of("")
            raise _problem(str(self._server), f"Die Testmail wurde nicht angenommen: {reason}", "Den Grund beheben.")
        return Report(lines=[f"Die Testmail ist unterwegs an {masked(address)}."])

    def send(self, progress: Progress) -> Report:
        """Send to everybody who has not got the letter; what is doubtful is decided by the server's log, or left."""
        recipients, letter, clock = self._recipients(), self._letter, self._order.clock
        with Ledger(self._folder) as ledger, ledger.alone(letter.name):
            sending_of(ledger, letter)
            ids = (id_ for id_, _ in written_to(recipients, ledger))
            sending = ledger.begin(letter.name, letter.digest, ids, clock())
            logs = self._order.logs
            reconciled = [str(reconcile(ledger, sending, logs, clock()))] if logs else []
            assignment = assign(recipients, ledger, sending)
            run = Run(
                ledger=ledger,
                sending=sending,
                template=self._template(datetime.fromtimestamp(sending.began, UTC)),
                sender=letter.sender,
                server=self._server,
                pace=self._order.pace,
                clock=clock,
            )
            stopped = _stopped(run, assignment.to_send, progress)
            outcome = outcome_of(letter.name, assignment, ledger.entries(sending))
        lines = [*reconciled, *outcome.told(self._listed(outcome)), *([stopped] if stopped else [])]
        return Report(lines=lines, is_complete=outcome.is_complete and not stopped)

    def _recipients(self) -> Recipients:
        file = self._order.recipients
        if file is None:
            raise _problem(
                "--recipients",
                "Für den Versand über SMTP fehlt die Datei mit den Adressen.",
                "Eine CSV-Datei nennen: --recipients DATEI",
            )
        must_be_outside(self._order.project, file, "Die Datei mit den Adressen")
        must_be_outside(self._order.project, self._bounces, "Die Liste der Unzustellbaren")
        return parse_recipients(file.read_bytes(), str(file))

    @property
    def _bounces(self) -> Path:
        file = self._order.recipients
        assert file is not None
        return self._order.bounces or file.with_name(f"{file.stem}-unzustellbar-{self._letter.id}.csv")

    def _template(self, date: datetime, *, is_test: bool = False) -> MailTemplate:
        signers = [Signer(key=key, domain=self._domain, date=date) for key in self._keys]
        return MailTemplate(self._letter, date, signers, is_test=is_test)

    def _told(self) -> Iterator[str]:
        manifest, pace = self._letter.manifest, self._order.pace
        audience = f" für {manifest['audience_name']}" if manifest["audience_name"] else ""
        speed = f"{pace.per_minute} Mails je Minute" if pace.per_minute else "ungebremst"
        keys = ", ".join(f"{key.selector} ({key.algorithm})" for key in self._keys)
        yield f"Brief: {self._letter.id}{audience}, „{manifest['subject']}“"
        yield f"Absender: {self._letter.sender}"
        yield f"Server: {self._server}, {_counted(pace.connections, 'Verbindung', 'Verbindungen')}, {speed}"
        yield f"DKIM: {keys or 'signiert der Server, oder niemand'}"

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


def _stopped(run: Run, recipients: Sequence[Recipient], progress: Progress) -> str | None:
    """Send; return why it ended too early, in German, or None."""
    try:
        return None if run.go(recipients, progress) else "Angehalten."
    except Refusal as refusal:
        return f"Abgebrochen: {refusal.message} {refusal.remedy}"
    except ServerUnreachable as error:
        return f"Abgebrochen: {error} Die Verbindung prüfen."
    except ProblemsFound as found:
        return f"Abgebrochen: {found}"
    except OSError as error:
        what = "Der Datenträger ist voll." if error.errno in _FULL else "Der Zugriff ist nicht möglich."
        return f"Abgebrochen: {error.filename}:1: {what} Platz schaffen oder die Rechte prüfen, dann weitermachen."


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def _problem(place: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(place, 1, message, remedy)])
