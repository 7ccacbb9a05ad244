"""Sending by SMTP to the recipients of a file, each a mail of their own."""

import errno
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from newsletter.delivery.address import checked, masked
from newsletter.delivery.bounce_list import bounce_list
from newsletter.delivery.connection import Connection, ServerUnreachable
from newsletter.delivery.dkim import Signer
from newsletter.delivery.engine import Order, Report
from newsletter.delivery.ledger import Entry, Ledger, Sending, State
from newsletter.delivery.mail import MailTemplate
from newsletter.delivery.place import ledger_folder, must_be_outside, write_private
from newsletter.delivery.recipient import REASONS, Recipient, Recipients
from newsletter.delivery.recipient_file import parse_recipients
from newsletter.delivery.reconciling import reconcile
from newsletter.delivery.replies import reason_of
from newsletter.delivery.run import Run
from newsletter.delivery.server import keys_of, server_of
from newsletter.refusal import Refusal

__all__ = ["SmtpEngine"]

_LEFT_OUT = {State.SENT: "served", State.FAILED: "failed", State.SENDING: "doubtful"}
_LEFT = ("Noch nicht verschickt", "Zweifelhaft, ob verschickt")
"""How lines begin that tell of something left to do."""

_FULL = {errno.ENOSPC, errno.EDQUOT}
_MOST_LINES = 20
"""So many lines are named where they only explain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assigned:
    """Who gets the letter, and who does not."""

    ids: Mapping[bytes, Recipient]
    """Everybody in the file who may be written to, by what stands for them in the ledger."""

    to_send: tuple[Recipient, ...]
    left_out: Mapping[str, tuple[int, ...]]
    """Lines by the names of `REASONS`."""


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
            sending = self._sending(ledger)
            assigned = _assigned(recipients, ledger, sending)
        return Report(lines=[*self._told(), *self._told_recipients(recipients, assigned)])

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
        recipients, clock = self._recipients(), self._order.clock
        with Ledger(self._folder) as ledger, ledger.alone(self._letter.name):
            self._sending(ledger)
            ids = (ledger.recipient(one.address.mailbox) for one in _written_to(recipients, ledger))
            sending = ledger.begin(self._letter.name, self._letter.digest, ids, clock())
            reconciled = [str(reconcile(ledger, sending, self._order.logs, clock()))] if self._order.logs else []
            before = _assigned(recipients, ledger, sending)
            run = Run(
                ledger=ledger,
                sending=sending,
                template=self._template(datetime.fromtimestamp(sending.began, UTC)),
                sender=self._letter.sender,
                server=self._server,
                pace=self._order.pace,
                clock=clock,
            )
            stopped = _stopped(run, before.to_send, progress)
            lines = [*reconciled, *self._report(before, ledger.entries(sending))]
        is_left = any(line.startswith(_LEFT) for line in lines)
        return Report(lines=[*lines, *([stopped] if stopped else [])], is_complete=not (is_left or stopped))

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

    def _sending(self, ledger: Ledger) -> Sending | None:
        """Return the letter's sending if it began.

        Raises:
            ProblemsFound: the letter is no longer the one whose sending began, or it was forgotten who got it.
        """
        sending = ledger.sending(self._letter.name)
        if sending is None:
            return None
        day = datetime.fromtimestamp(sending.began, UTC).astimezone().strftime("%d.%m.%Y um %H:%M")
        if sending.purged is not None:
            raise _problem(
                self._letter.name,
                f"Der Versand dieses Briefs vom {day} ist abgeschlossen und gelöscht.",
                "Wer ihn nicht hat, findet die Ausgabe auf der Microsite.",
            )
        if sending.digest != self._letter.digest:
            raise _problem(
                self._letter.name,
                f"Der Brief hat sich geändert, seit sein Versand am {day} begann; einige haben ihn schon.",
                "Die Texte zurücksetzen und neu bauen, oder die Änderung als neue Ausgabe verschicken.",
            )
        return sending

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
        yield f"Server: {self._server}, {pace.connections} Verbindungen, {speed}"
        yield f"DKIM: {keys or 'signiert der Server, oder niemand'}"

    def _told_recipients(self, recipients: Recipients, assigned: _Assigned) -> Iterator[str]:
        count = len(assigned.to_send)
        yield f"Empfänger: {count}"
        for reason, lines in assigned.left_out.items():
            yield f"Ausgelassen: {len(lines)} {REASONS[reason]} ({_lines(lines, reason)})"
        if recipients.without_name:
            lines = recipients.without_name
            yield f"Ohne Vornamen, weil keiner in der Spalte steht: {len(lines)} ({_lines(lines, 'name')})"
        if per_minute := self._order.pace.per_minute:
            yield f"Dauer: etwa {max(1, round(count / per_minute))} Minuten"

    def _report(self, before: _Assigned, entries: Mapping[bytes, Entry]) -> Iterator[str]:
        now = {recipient.line: entries[id_] for id_, recipient in before.ids.items() if id_ in entries}
        tried = [now[recipient.line].state for recipient in before.to_send]
        refused = [(one, entries[id_].code) for id_, one in before.ids.items() if _is(entries, id_, State.FAILED)]
        doubtful = [one.line for id_, one in before.ids.items() if _is(entries, id_, State.SENDING)]
        left = tried.count(State.OPEN) + tried.count(State.LATER)
        yield f"Verschickt: {tried.count(State.SENT)}"
        for name, lines in before.left_out.items():
            yield f"Ausgelassen: {len(lines)} {REASONS[name]}"
        if refused:
            yield f"Nicht zustellbar: {len(refused)}, {_written(self._bounces, bounce_list(refused))}"
        if left:
            yield f"{_LEFT[0]}: {left}. Später noch einmal mit demselben Befehl."
        if doubtful:
            yield (
                f"{_LEFT[1]}: {len(doubtful)} ({_lines(doubtful, 'doubtful')}). Entscheiden mit dem Protokoll des "
                f"Servers (--log DATEI) oder mit: schaukasten newsletter ledger resolve {self._letter.name}"
            )


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


def _written(file: Path, data: bytes) -> str:
    try:
        write_private(file, data)
    except OSError:
        return f"aber {file} kann nicht geschrieben werden"
    return f"aufgelistet in {file}"


def _written_to(recipients: Recipients, ledger: Ledger) -> Iterator[Recipient]:
    suppressed = ledger.suppressed()
    return (one for one in recipients.accepted if ledger.recipient(one.address.mailbox) not in suppressed)


def _assigned(recipients: Recipients, ledger: Ledger, sending: Sending | None) -> _Assigned:
    entries = ledger.entries(sending) if sending else {}
    suppressed = ledger.suppressed()
    ids, to_send, left_out = {}, [], {name: list(lines) for name, lines in recipients.left_out.items()}
    for recipient in recipients.accepted:
        id_ = ledger.recipient(recipient.address.mailbox)
        reason = "suppressed" if id_ in suppressed else _LEFT_OUT.get(entries[id_].state) if id_ in entries else None
        if reason != "suppressed":
            ids[id_] = recipient
        if reason is None:
            to_send.append(recipient)
        else:
            left_out.setdefault(reason, []).append(recipient.line)
    return _Assigned(ids=ids, to_send=tuple(to_send), left_out={name: tuple(lines) for name, lines in left_out.items()})


def _is(entries: Mapping[bytes, Entry], id_: bytes, state: State) -> bool:
    return id_ in entries and entries[id_].state is state


def _lines(lines: Sequence[int], reason: str) -> str:
    """Name lines of the file: of the doubtful all, of others the first."""
    shown = lines if reason == "doubtful" else lines[:_MOST_LINES]
    more = f" und {len(lines) - len(shown)} weitere" if len(shown) < len(lines) else ""
    return f"Zeile {', '.join(map(str, shown))}{more}"


def _problem(place: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(place, 1, message, remedy)])
