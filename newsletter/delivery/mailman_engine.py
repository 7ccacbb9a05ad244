"""Sending by Mailman 3: the letter goes to its list once, and the list passes it on."""

from collections.abc import Iterator
from datetime import UTC, datetime

from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from newsletter.delivery.address import own
from newsletter.delivery.assignment import sending_of
from newsletter.delivery.built_letter import letters_in
from newsletter.delivery.engine import Order, Report
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.mailer import Mailer
from newsletter.delivery.post import PostTemplate
from newsletter.delivery.recipient import Recipient
from newsletter.delivery.reconciling import reconcile
from newsletter.delivery.replies import reason_of
from newsletter.delivery.sending import Entry, Sending, State
from newsletter.lists.access import access_of
from newsletter.lists.announcement import Announcement
from newsletter.lists.mailman import Mailman

__all__ = ["MailmanEngine"]


class MailmanEngine:
    """Posts to a list of Mailman (`Engine`)."""

    def __init__(self, order: Order) -> None:
        """Read the settings of the mail server and of Mailman.

        Raises:
            ProblemsFound: they cannot be used.
            OSError: a password or a key cannot be read.
        """
        self._order = order
        self._letter = order.letter
        self._mailer = Mailer(order, PostTemplate)
        self._mailman = Mailman(access_of(order.environment, order.project))
        self._address = str(order.letter.manifest["list"])
        self._recipient = Recipient(line=1, address=own(self._address))

    def plan(self) -> Report:
        """Say to how many it would go, once the list has been looked at."""
        with Ledger(self._mailer.folder) as ledger:
            is_doubtful = self._unsent(ledger) is State.SENDING
        count = self._ready()
        return Report(
            lines=[
                *self._mailer.told(),
                f"Liste: {self._address}, eingerichtet, wie es sein muss",
                f"Angemeldet: {count}",
                *self._told_doubles(),
                *([_doubtful(self._letter.name)] if is_doubtful else []),
            ]
        )

    def test(self, address: str) -> Report:
        """Send one mail past the list, marked as a test."""
        return self._mailer.test(address)

    def send(self, progress: Progress) -> Report:
        """Post the letter, unless the list has it or may have it; that is decided by the server's log, or left."""
        letter, clock, logs = self._letter, self._order.clock, self._order.logs
        with Ledger(self._mailer.folder) as ledger, ledger.alone(letter.name):
            self._unsent(ledger)
            count = self._ready()
            sending = ledger.begin(letter.name, letter.digest, [self._id(ledger)], clock())
            lines = [str(reconcile(ledger, sending, logs, clock()))] if logs else []
            stopped = None
            if self._entry(ledger, sending).state in {State.OPEN, State.LATER}:
                stopped = self._mailer.send(ledger, sending, [self._recipient], progress)
            entry = self._entry(ledger, sending)
            # Where it is tried later, its date is that of then.
            ledger.withdraw(sending)
        lines += [self._outcome(entry, count), *([stopped] if stopped else [])]
        return Report(lines=lines, is_complete=entry.state is State.SENT)

    def _unsent(self, ledger: Ledger) -> State:
        """Return what is known of a letter that the list has not got.

        Raises:
            ProblemsFound: it has, or got another.
        """
        sending = sending_of(ledger, self._letter, self._order.clock())
        if sending is None:
            return State.OPEN
        state = self._entry(ledger, sending).state
        if state is State.SENT:
            day = datetime.fromtimestamp(sending.began, UTC).astimezone().strftime("%d.%m.%Y um %H:%M")
            raise _problem(
                self._letter.name,
                f"Dieser Brief ging am {day} schon an {self._address}.",
                "Was danach zu sagen ist, als neue Ausgabe verschicken.",
            )
        return state

    def _ready(self) -> int:
        """Return how many have subscribed.

        Raises:
            ProblemsFound: the list is not as it must be, or nobody has subscribed to it.
        """
        found = self._mailman.compare(Announcement(address=self._address, sender=self._letter.sender))
        setup = "Einrichten: schaukasten newsletter lists setup"
        if found is None:
            raise _problem(self._address, "Diese Liste gibt es bei Mailman nicht.", setup)
        if found:
            told = "; ".join(map(str, found))
            raise _problem(self._address, f"Die Liste ist nicht so eingerichtet, wie es sein muss: {told}.", setup)
        count = self._mailman.count(self._address)
        if not count:
            raise _problem(
                self._address, "An dieser Liste ist niemand angemeldet.", "Warten, bis sich jemand angemeldet hat."
            )
        return count

    def _told_doubles(self) -> Iterator[str]:
        """Yield how many get letters of this edition from other lists, too; their addresses are not told."""
        manifest = self._letter.manifest
        letters = [letter.manifest for letter in letters_in(self._letter.folder.parent, str(manifest["edition"]))]
        others = {one["list"] for one in letters if one["profile"] == manifest["profile"]} - {self._address}
        members = self._mailman.members(self._address) if others else frozenset()
        for other in sorted(others):
            if count := len(members & self._mailman.members(other)):
                yield f"Auch an {other} angemeldet: {count}. Sie bekommen von dieser Ausgabe mehrere Briefe."

    def _id(self, ledger: Ledger) -> bytes:
        return ledger.recipient(self._recipient.address.mailbox)

    def _entry(self, ledger: Ledger, sending: Sending) -> Entry:
        return ledger.entries(sending).get(self._id(ledger), Entry(State.OPEN, "", 0))

    def _outcome(self, entry: Entry, count: int) -> str:
        name = self._letter.name
        match entry.state:
            case State.SENT:
                return f"Verschickt: an {self._address}, mit {count} Angemeldeten"
            case State.FAILED:
                return (
                    f"Nicht angenommen: {reason_of(entry.code)} ({entry.code}) Den Grund beheben, dann: "
                    f"schaukasten newsletter ledger resolve {name} --refused --again"
                )
            case State.SENDING:
                return _doubtful(name)
            case _:
                return "Noch nicht verschickt. Später noch einmal mit demselben Befehl."


def _doubtful(name: str) -> str:
    return (
        "Zweifelhaft, ob verschickt. Entscheiden mit dem Protokoll des Servers (--log DATEI), oder nachsehen, ob der "
        f"Brief ankam, dann: schaukasten newsletter ledger resolve {name} --sent, oder --again"
    )


def _problem(place: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(place, 1, message, remedy)])
