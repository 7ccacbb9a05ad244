"""What a mail server wrote down: the log of Postfix, as the mails it knows by their Message-IDs, and its sessions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import NamedTuple

__all__ = ["CLOCKS_DIFFER", "Client", "Found", "LoggedMail", "MailLog", "Session"]

CLOCKS_DIFFER = timedelta(seconds=1)
"""By how much the server's clock and ours may: two machines, and Postfix reads its own only every few milliseconds."""

_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_LINE = re.compile(
    r"(?P<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (?P<host>\S+) "
    r"postfix\S*/(?P<program>[a-z]+)\[(?P<process>\d+)\]: (?P<text>.*)"
)
_OLD_TIME = re.compile(r"([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)")
_QUEUED = re.compile(r"(?P<queue_id>[0-9A-Za-z]{6,}): (?P<rest>.*)")
_CONNECTED = re.compile(r"connect from [^\[]*\[(?P<address>[^\]]+)\]")
_CLIENT = re.compile(r"client=[^\[]*\[(?P<address>[^\]]+)\]")
_COUNT = re.compile(r" (?P<command>[a-z]+)=(?P<done>\d+)")
_MESSAGE_ID = re.compile(r"message-id=<?(?P<number>[^.>]*)")
_TAKEN = re.compile(r"from=<.*\(queue active\)|.*\bstatus=(?:sent|deferred|bounced)|removed$")
_REFUSED = re.compile(r"(?:milter-)?(?:reject|discard): (?:END-OF-MESSAGE|DATA|header|body)")
_BROKEN_OFF = re.compile(r"(?:lost connection|timeout) after DATA\b")
_ENDED = re.compile(r"process \S+ pid (?P<process>\d+) (?:killed|exit)")
_ALL_ENDED = re.compile(r"daemon started|terminating on signal")
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Found(Enum):
    """What the log says of a mail."""

    TAKEN = "taken"
    """The server took it."""

    NOT_TAKEN = "not taken"
    """It never came whole, or was refused."""

    UNKNOWN = "unknown"
    """It came, but what became of it is not written yet; or the log does not show how it went."""


class Client(NamedTuple):
    """Who handed mails in, and to whom."""

    host: str
    """The server's name, as it stands in the log."""

    address: str
    """The client's (IP)."""


@dataclass(slots=True)
class LoggedMail:
    """A mail as the server saw it; one that is sent again is another one."""

    client: Client | None = None
    """None: that stands before the beginning of the log."""

    number: str | None = None
    """What its Message-ID begins with; None: it is not told."""

    named: datetime | None = None
    """When that was told."""

    found: Found = Found.UNKNOWN


@dataclass(slots=True, eq=False)
class Session:
    """A connection to the server, from its greeting to its end."""

    client: Client
    opened: datetime
    closed: datetime = _NEVER
    taken: int | None = None
    """How many mails were taken, as the server counts at the end (since Postfix 3.0); None: it does not say."""

    mails: list[LoggedMail] = field(default_factory=list)
    """Those that were announced, in their order."""

    @property
    def last(self) -> str | None:
        """What the Message-ID of its last mail begins with."""
        return self.mails[-1].number if self.mails else None

    @property
    def is_whole(self) -> bool:
        """Whether each mail that was taken is known by its Message-ID: no other was."""
        known = sum(mail.number is not None and mail.found is not Found.NOT_TAKEN for mail in self.mails)
        return self.taken is not None and self.taken <= known

    def was_open(self, since: datetime, until: datetime) -> bool:
        """Tell whether it may have been there between two moments, each by the second of our clock."""
        return self.opened < until + _SECOND + CLOCKS_DIFFER and self.closed >= since - CLOCKS_DIFFER


class MailLog:
    """What was read of a log."""

    def __init__(self, lines: Iterable[str], numbers: Iterable[str], since: datetime, until: datetime, now: datetime):
        """Read it.

        Args:
            lines: in their order; with times as ISO 8601 writes them, or as syslog did before, which are this machine's
                local time. What is no line of Postfix is passed over.
            numbers: which mails are looked for, as their Message-IDs begin.
            since: sessions that ended before are passed over.
            until: and so are those that began afterwards.
            now: the moment, for a time may lack its year.
        """
        self.mails: dict[str, list[LoggedMail]] = {number: [] for number in numbers}
        """Those that are looked for, by their numbers."""

        self._sessions: list[Session] = []
        self._open: dict[tuple[str, str], Session] = {}
        """By host and process."""

        self._queue: dict[tuple[str, str], LoggedMail] = {}
        """By host and the id in the queue, which is used again for others."""

        self._since, self._until, self._now = since, until, now
        for line in lines:
            self._read(line)

    def broken_off(self) -> list[Session]:
        """Return the sessions of that time that did not end with a goodbye, those that are still open among them."""
        return [*self._sessions, *(one for one in self._open.values() if one.was_open(self._since, self._until))]

    def _read(self, line: str) -> None:
        parts = _LINE.match(line)
        time = _moment(parts["time"], self._now) if parts else None
        if parts is None or time is None:
            return
        queued = _QUEUED.match(parts["text"])
        if parts["program"] == "smtpd":
            self._session((parts["host"], parts["process"]), time, parts["text"], queued)
        elif parts["program"] == "master":
            self._stopped(parts["host"], time, parts["text"])
        if queued:
            self._mail((parts["host"], queued["queue_id"]), time, queued["rest"])

    def _session(self, key: tuple[str, str], time: datetime, text: str, queued: re.Match[str] | None) -> None:
        if connected := _CONNECTED.match(text):
            # A process does one thing after the other.
            self._end(key, time, "")
            self._open[key] = Session(client=Client(key[0], connected["address"]), opened=time)
        elif text.startswith("disconnect from"):
            self._end(key, time, text)
        elif queued and (named := _CLIENT.match(queued["rest"])):
            client = Client(key[0], named["address"])
            mail = self._queue[key[0], queued["queue_id"]] = LoggedMail(client)
            self._open.setdefault(key, Session(client=client, opened=time)).mails.append(mail)
        elif _BROKEN_OFF.match(text) and key in self._open:
            for mail in self._open[key].mails[-1:]:
                mail.found = Found.NOT_TAKEN if mail.found is Found.UNKNOWN else mail.found

    def _stopped(self, host: str, time: datetime, text: str) -> None:
        """End what nobody else tells the end of: a process that was ended, or all of them."""
        ended = _ENDED.search(text)
        for key in [key for key in self._open if key[0] == host]:
            if _ALL_ENDED.match(text) or (ended and key[1] == ended["process"]):
                self._end(key, time, "")

    def _end(self, key: tuple[str, str], time: datetime, text: str) -> None:
        session = self._open.pop(key, None)
        if session is None:
            return
        session.closed = time
        if not session.was_open(self._since, self._until):
            return
        done = {count["command"]: int(count["done"]) for count in _COUNT.finditer(text)}
        if "commands" in done:
            session.taken = done.get("data", 0)
        # A client that only looks whether somebody is there greets nobody.
        if session.taken is None or (done.get("ehlo") and not done.get("quit")):
            self._sessions.append(session)

    def _mail(self, key: tuple[str, str], time: datetime, text: str) -> None:
        mail = self._queue.setdefault(key, LoggedMail())
        if named := _MESSAGE_ID.match(text):
            mail.number, mail.named = named["number"], time
            if mail.number in self.mails:
                self.mails[mail.number].append(mail)
        elif _TAKEN.match(text):
            mail.found = Found.TAKEN
        elif _REFUSED.match(text):
            mail.found = Found.NOT_TAKEN
        if text == "removed":
            del self._queue[key]


def _moment(text: str, now: datetime) -> datetime | None:
    """Return what a time means; None: there is no such time."""
    old = _OLD_TIME.match(text)
    try:
        if old is None:
            return datetime.fromisoformat(text).astimezone()
        month, day, hour, minute, second = _MONTHS[old[1]], *map(int, old.groups()[1:])
        # A log knows no year, and is not of the future.
        moment = datetime(now.year, month, day, hour, minute, second).astimezone()  # local time is meant
        return moment if moment <= now + _DAY else moment.replace(year=now.year - 1)
    except (KeyError, ValueError, OverflowError):
        return None
