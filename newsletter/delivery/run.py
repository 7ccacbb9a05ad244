"""A run of sending: connections side by side, each mail written down before and after."""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock, Thread

from generator.progress import Progress
from newsletter.delivery.built_message import Template
from newsletter.delivery.connection import Answer, Connection, ServerUnreachable
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.outbox import Outbox, Task
from newsletter.delivery.pace import Pace
from newsletter.delivery.recipient import Recipient
from newsletter.delivery.replies import reason_of
from newsletter.delivery.sending import Entry, Sending, State
from newsletter.delivery.server import Server
from newsletter.delivery.throttle import Throttle
from newsletter.refusal import Refusal

__all__ = ["Run"]

_LOOK_EVERY = 0.2
"""Seconds between two looks at how far it has come."""


class Run:
    """Sends a letter to recipients, with as many threads as connections."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        sending: Sending,
        template: Template,
        sender: str,
        server: Server,
        pace: Pace,
        clock: Callable[[], datetime],
    ) -> None:
        """Make ready.

        Args:
            ledger: where everything is written down.
            sending: the letter's, to which all recipients belong.
            template: the letter.
            sender: the e-mail address it comes from.
            server: what takes it.
            pace: how fast.
            clock: returns the time.
        """
        self._ledger = ledger
        self._sending = sending
        self._template = template
        self._sender = sender
        self._server = server
        self._pace = pace
        self._clock = clock
        self._throttle = Throttle(pace.per_minute)
        self._lock = Lock()
        self._done = 0
        self._streak: tuple[State, int] = (State.SENT, 0)
        self._error: Exception | None = None
        self._working = 0
        self._has_connected = False

    def go(self, recipients: Sequence[Recipient], progress: Progress) -> bool:
        """Send to all recipients; tell whether it came to its end, and was not stopped by Ctrl+C.

        Args:
            recipients: who has not got the letter yet.
            progress: is told how many have been tried.

        Raises:
            Refusal: the server takes nothing more.
            ServerUnreachable: it does not answer any more.
            OSError: the ledger cannot be written.
        """
        outbox = Outbox(recipients, self._pace.waits)
        self._working = min(self._pace.connections, len(recipients))
        threads = [Thread(target=self._work, args=(outbox,), daemon=True) for _ in range(self._working)]
        for thread in threads:
            thread.start()
        interrupted = False
        for thread in threads:
            while thread.is_alive():
                try:
                    thread.join(_LOOK_EVERY)
                    progress("Mails verschicken", self._done, len(recipients))
                except KeyboardInterrupt:
                    if interrupted:
                        raise
                    # What is on its way is brought to its end.
                    interrupted = True
                    outbox.stop()
        if self._error is not None:
            raise self._error
        return not interrupted

    def _work(self, outbox: Outbox) -> None:
        """Do what one connection after the other can do.

        Whoever is not let in any more leaves the work to the others, for many a server allows few connections; only
        who is the last tells of it.
        """
        failures = 0
        try:
            while (task := outbox.take()) is not None:
                failures = self._on_a_connection(outbox, task, failures)
                if failures and outbox.stopped.wait(self._pace.pauses[failures - 1]):
                    return
        except Exception as error:  # raised again by `go`
            with self._lock:
                self._working -= 1
                if self._working and isinstance(error, ServerUnreachable):
                    return
                self._error = self._error or error
            outbox.stop()

    def _on_a_connection(self, outbox: Outbox, task: Task | None, failures: int) -> int:
        """Send until the connection is used up; return how many connections in a row were of no use.

        Raises:
            ServerUnreachable: it was one too many.
            Refusal: the server takes nothing more.
        """
        try:
            with Connection(self._server, self._sender, self._pace) as connection:
                self._has_connected = True
                for _ in range(self._pace.per_connection):
                    if task is None or not self._throttle.wait(outbox.stopped):
                        break
                    answer = self._send(connection, task)
                    tried, task = task, None
                    self._give_back(outbox, tried, answer)
                    if answer.is_over:
                        return self._failed(failures, self._broken_off(answer.code))
                    failures = 0
                    task = outbox.take_at_once()
                connection.quit()
        except ServerUnreachable as error:
            return self._failed(failures, str(error))
        finally:
            if task is not None:
                outbox.put_back(task)
        return 0

    def _failed(self, failures: int, why: str) -> int:
        pauses = self._pace.pauses if self._has_connected else self._pace.pauses[:1]
        if failures >= len(pauses):
            raise ServerUnreachable(why)
        return failures + 1

    def _broken_off(self, code: str) -> str:
        told = f"{self._server.host} bricht die Verbindung immer wieder ab"
        return f"{told}, zuletzt mit {code}: {reason_of(code)}" if code else f"{told}."

    def _give_back(self, outbox: Outbox, task: Task, answer: Answer) -> None:
        """Give a task back by what the server said.

        Raises:
            Refusal: it wants nothing of this sender, for longer than makes sense to wait.
        """
        match answer.state:
            case State.LATER if answer.is_of_sender:
                if not outbox.hold(task):
                    raise Refusal(
                        f"{self._server.host} nimmt vom Absender gerade nichts an, zuletzt mit {answer.code}: "
                        f"{reason_of(answer.code)}",
                        "Später noch einmal mit demselben Befehl; erlaubt der Server nur wenige Mails, langsamer.",
                    )
            case State.LATER:
                outbox.put_off(task)
            case State.OPEN:
                outbox.try_again(task)
            case _:
                outbox.finish()

    def _send(self, connection: Connection, task: Task) -> Answer:
        """Send one mail, written down before and after."""
        ledger, recipient = self._ledger, task.recipient
        id_ = ledger.recipient(recipient.address.mailbox)
        mail = self._template.mail(recipient, id_.hex(), ledger.number(self._sending.letter, id_))
        if not ledger.claim(self._sending, id_, self._clock()):
            return Answer(State.SENT)
        try:
            answer = connection.deliver(mail)
        except Refusal:
            self._settle(id_, Answer(State.OPEN))
            raise
        self._settle(id_, answer)
        self._watch(answer)
        return answer

    def _settle(self, recipient: bytes, answer: Answer) -> None:
        if answer.state is not State.SENDING:
            entry = Entry(answer.state, answer.code, int(self._clock().timestamp()))
            self._ledger.settle(self._sending, recipient, entry)

    def _watch(self, answer: Answer) -> None:
        """Count, and stop where going on would do harm.

        Raises:
            Refusal: it would.
        """
        with self._lock:
            self._done += answer.state not in {State.OPEN, State.LATER}
            state, length = self._streak
            self._streak = (answer.state, length + 1 if state is answer.state else 1)
            state, length = self._streak
        if state is State.FAILED and length >= self._pace.most_refused:
            raise Refusal(
                f"{self._server.host} lehnt alles ab, zuletzt mit {answer.code}: {reason_of(answer.code)}",
                "Den Grund beheben, dann noch einmal: schaukasten newsletter ledger resolve … --refused --again",
            )
        if state is State.SENDING and length >= self._pace.most_doubtful:
            raise Refusal(
                f"{self._server.host} antwortet auf Mails nicht, sodass offen bleibt, ob sie angekommen sind.",
                "Den Betreiber des Servers fragen.",
            )
