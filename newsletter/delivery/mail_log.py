"""What a mail server wrote down of the mails that it took: the log of Postfix, which knows each by its Message-ID."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

__all__ = ["Found", "look_up"]

_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_LINE = re.compile(
    r"(?P<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) \S+ "
    r"postfix\S*/(?P<program>[a-z]+)\[(?P<process>\d+)\]: (?P<text>.*)"
)
_OLD_TIME = re.compile(r"([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)")
_QUEUED = re.compile(r"(?P<queue_id>[0-9A-Za-z]{6,}): (?P<rest>.*)")
_MESSAGE_ID = re.compile(r"message-id=<(?P<number>[0-9a-f]+)\.")
_TAKEN = re.compile(r"from=<.*\(queue active\)|.*\bstatus=(?:sent|deferred|bounced)|removed$")
_REFUSED = re.compile(r"(?:milter-)?(?:reject|discard): (?:END-OF-MESSAGE|DATA|header|body)")
_BROKEN_OFF = re.compile(r"(?:lost connection|timeout) after DATA\b")
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


class Found(Enum):
    """What the log says of a mail."""

    TAKEN = "taken"
    """The server took it."""

    NOT_TAKEN = "not taken"
    """It never came whole, or was refused."""

    UNKNOWN = "unknown"
    """It came, but what became of it is not written yet; or the log is not of that time."""


@dataclass(slots=True)
class _Mail:
    """A mail as the server saw it; one that is sent again is another one."""

    number: str | None = None
    found: Found = Found.UNKNOWN


@dataclass(slots=True)
class _Log:
    """What was read so far."""

    now: datetime
    wanted: Collection[str]
    mails: dict[str, _Mail] = field(default_factory=dict)
    """By their ids in the queue, which are used again for others."""

    found: dict[str, set[Found]] = field(default_factory=dict)
    """Of mails that are done with, by their numbers."""

    sessions: dict[str, tuple[datetime, str | None]] = field(default_factory=dict)
    """Connections that are open, by the process: since when, and which mail is being taken."""

    first: datetime | None = None
    last: datetime | None = None

    def read(self, line: str) -> None:
        parts = _LINE.match(line)
        if parts is None:
            return
        time = _moment(parts["time"], self.now)
        self.first = min(self.first or time, time)
        self.last = max(self.last or time, time)
        queued = _QUEUED.match(parts["text"])
        if parts["program"] == "smtpd":
            self._session(parts["process"], time, parts["text"], queued)
        if queued:
            self._mail(queued["queue_id"], queued["rest"])

    def _session(self, process: str, time: datetime, text: str, queued: re.Match[str] | None) -> None:
        if text.startswith("disconnect from"):
            self.sessions.pop(process, None)
        elif text.startswith("connect from"):
            self.sessions[process] = time, None
        elif queued and queued["rest"].startswith("client="):
            self._done_with(queued["queue_id"])
            self.mails[queued["queue_id"]] = _Mail()
            self.sessions[process] = self.sessions.get(process, (time, None))[0], queued["queue_id"]
        elif _BROKEN_OFF.match(text) and process in self.sessions:
            mail = self.mails.get(self.sessions[process][1] or "")
            if mail is not None and mail.found is Found.UNKNOWN:
                mail.found = Found.NOT_TAKEN

    def _mail(self, queue_id: str, text: str) -> None:
        mail = self.mails.setdefault(queue_id, _Mail())
        if named := _MESSAGE_ID.match(text):
            mail.number = named["number"]
        elif _TAKEN.match(text):
            mail.found = Found.TAKEN
        elif _REFUSED.match(text):
            mail.found = Found.NOT_TAKEN
        if text == "removed":
            self._done_with(queue_id)

    def _done_with(self, queue_id: str) -> None:
        mail = self.mails.pop(queue_id, None)
        if mail is not None and mail.number in self.wanted:
            self.found.setdefault(mail.number or "", set()).add(mail.found)

    def verdicts(self, since: datetime, until: datetime) -> Mapping[str, Found]:
        for queue_id in list(self.mails):
            self._done_with(queue_id)
        is_whole = (
            self.first is not None
            and self.last is not None
            and self.first <= since
            and self.last >= until.replace(microsecond=0)
            # What came over a connection that is still open may be written down later.
            and not any(opened < until + _SECOND for opened, _ in self.sessions.values())
        )
        return {number: _verdict(self.found.get(number, set()), is_whole=is_whole) for number in self.wanted}


def look_up(
    lines: Iterable[str], numbers: Collection[str], *, since: datetime, until: datetime, now: datetime
) -> Mapping[str, Found]:
    """Return what a log says of mails.

    Args:
        lines: the log's, in their order; with times as ISO 8601 writes them, or as syslog did before, which are this
            machine's local time.
        numbers: the mails', as their Message-IDs begin.
        since: when the first of them may have been sent.
        until: when the last of them was begun.
        now: the moment, for a time may lack its year.
    """
    log = _Log(now=now, wanted=frozenset(numbers))
    for line in lines:
        log.read(line)
    return log.verdicts(since, until)


def _verdict(found: Collection[Found], *, is_whole: bool) -> Found:
    if Found.TAKEN in found:
        return Found.TAKEN
    if Found.UNKNOWN in found or not is_whole:
        return Found.UNKNOWN
    return Found.NOT_TAKEN


def _moment(text: str, now: datetime) -> datetime:
    old = _OLD_TIME.match(text)
    if old is None:
        return datetime.fromisoformat(text).astimezone()
    month, day, hour, minute, second = _MONTHS[old[1]], *map(int, old.groups()[1:])
    # A log knows no year, and is not of the future.
    moment = datetime(now.year, month, day, hour, minute, second).astimezone()  # local time is meant
    return moment if moment <= now + _DAY else moment.replace(year=now.year - 1)
