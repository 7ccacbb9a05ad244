"""What hands mails of a letter to a mail server, for all engines that do so."""

import errno
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Protocol

from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from newsletter.delivery.address import checked, masked
from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.built_message import Template
from newsletter.delivery.connection import Connection, ServerUnreachable
from newsletter.delivery.dkim import Signer
from newsletter.delivery.engine import Order, Report
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.ledger_place import ledger_folder
from newsletter.delivery.recipient import Recipient
from newsletter.delivery.replies import reason_of
from newsletter.delivery.run import Run
from newsletter.delivery.sending import Sending, State
from newsletter.delivery.server import keys_of, server_of
from newsletter.private import must_be_outside
from newsletter.refusal import Refusal

__all__ = ["Mailer", "MakeTemplate"]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class MakeTemplate(Protocol):
    """Makes what mails are made of."""

    def __call__(
        self, letter: BuiltLetter, date: datetime, signers: Sequence[Signer] = (), *, is_test: bool = False
    ) -> Template:
        """Return it for a letter whose sending began at a date."""


class Mailer:
    """A mail server, and where it is written down what it took."""

    def __init__(self, order: Order, make: MakeTemplate) -> None:
        """Read the server's settings.

        Args:
            order: what is to be sent.
            make: makes mails of it.

        Raises:
            ProblemsFound: they cannot be used.
            OSError: a password or a key cannot be read.
        """
        self._order = order
        self._letter = order.letter
        self._make = make
        self._server = server_of(order.environment, order.project)
        self._keys = keys_of(order.environment, order.project)
        self._domain = self._letter.sender.rpartition("@")[2]
        self.folder = ledger_folder(order.environment)
        """Where the ledger is."""

        must_be_outside(order.project, self.folder, "Das Versandbuch")

    def told(self, speed: str = "") -> Iterator[str]:
        """Yield in German what is sent by which server; ``speed`` is added to its name."""
        manifest = self._letter.manifest
        audience = f" für {manifest['audience_name']}" if manifest["audience_name"] else ""
        keys = ", ".join(f"{key.selector} ({key.algorithm})" for key in self._keys)
        yield f"Brief: {self._letter.id}{audience}, „{manifest['subject']}“"
        yield f"Absender: {self._letter.sender}"
        yield f"Server: {self._server}{speed}"
        yield f"DKIM: {keys or 'signiert der Server, oder niemand'}"

    def test(self, address: str) -> Report:
        """Send one mail, marked as a test.

        Raises:
            ProblemsFound: the address is none, or the server does not take it.
        """
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
        if answer.state is State.SENDING:
            raise _problem(
                str(self._server),
                "Ob die Testmail angenommen wurde, ist ungewiss: Der Server hat nicht mehr geantwortet.",
                "Im Postfach nachsehen.",
            )
        if answer.state is not State.SENT:
            reason = f"{reason_of(answer.code)} ({answer.code})" if answer.code else reason_of("")
            raise _problem(str(self._server), f"Die Testmail wurde nicht angenommen: {reason}", "Den Grund beheben.")
        return Report(lines=[f"Die Testmail ist unterwegs an {masked(address)}."])

    def send(self, ledger: Ledger, sending: Sending, recipients: Sequence[Recipient], progress: Progress) -> str | None:
        """Send to recipients of a sending; return why it ended too early, in German, or None.

        Args:
            ledger: where everything is written down.
            sending: the letter's.
            recipients: who has not got it.
            progress: is told how many have been tried.
        """
        run = Run(
            ledger=ledger,
            sending=sending,
            template=self._template(datetime.fromtimestamp(sending.began, UTC)),
            sender=self._letter.sender,
            server=self._server,
            pace=self._order.pace,
            clock=self._order.clock,
        )
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

    def _template(self, date: datetime, *, is_test: bool = False) -> Template:
        signers = [Signer(key=key, domain=self._domain, date=date) for key in self._keys]
        return self._make(self._letter, date, signers, is_test=is_test)


def _problem(place: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(place, 1, message, remedy)])
