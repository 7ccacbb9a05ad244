"""What a server's log says of mails that may have been sent: taken, not taken, or nothing.

That a mail is in the log says that it came. That it is missing says something only where nothing else can be missing:
a mail whose end is doubtful was the last on its connection, which broke off. So the log has to show that connection,
opened before the mail and closed after it as far as two clocks can tell, with an end at which the server counts no
more mails than are known by their Message-IDs. It is known as ours by the address of the client, from which the same
server took mails that are known to be ours. A log of another server, or one with a gap, shows no such connection.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from newsletter.delivery.mail_log import CLOCKS_DIFFER, Found, MailLog, Session

__all__ = ["Verdicts", "look_up"]

_SECOND = timedelta(seconds=1)


class Verdicts(NamedTuple):
    """What a log says of the doubtful mails."""

    found: Mapping[str, Found]
    clocks_agree: bool
    """Whether the server's clock is ours, as far as the log shows it; otherwise nothing counts as missing."""


def look_up(
    lines: Iterable[str], doubtful: Mapping[str, datetime], sent: Mapping[str, datetime], now: datetime
) -> Verdicts:
    """Return what a log says of each doubtful mail.

    Args:
        lines: the log's, in their order.
        doubtful: when each was begun, by the second, by what its Message-ID begins with.
        sent: when mails that are known to have been taken were known to be, likewise; by these, and the doubtful ones
            that it holds, the log is known to be the right one.
        now: the moment.
    """
    log = MailLog(lines, {*doubtful, *sent}, min(doubtful.values()), max(doubtful.values()), now)
    # Only the first time was it ours: a list passes a mail on under its name.
    ours = {mails[0].client for mails in log.mails.values() if mails}
    sessions = [session for session in log.broken_off() if session.client in ours]
    found = {number: {mail.found for mail in log.mails[number]} for number in doubtful}
    verdicts = {number: Found.TAKEN if Found.TAKEN in found[number] else Found.UNKNOWN for number in doubtful}
    if not _clocks_agree(log, sent):
        return Verdicts(verdicts, clocks_agree=False)
    missing = {number: at for number, at in doubtful.items() if found[number] <= {Found.NOT_TAKEN}}
    possible = {
        number: [one for one in sessions if one.was_open(at, at) and (one.last == number or one.last not in doubtful)]
        for number, at in sorted(missing.items(), key=lambda one: one[1])
    }
    return Verdicts(verdicts | dict.fromkeys(_not_taken(possible), Found.NOT_TAKEN), clocks_agree=True)


def _clocks_agree(log: MailLog, sent: Mapping[str, datetime]) -> bool:
    """Tell whether the server's clock is ours, as far as the mails tell that it took."""
    first = ((log.mails[number][0].named, at) for number, at in sent.items() if log.mails[number])
    # A mail is named before it is taken, most a moment before; what was decided later is of no use here.
    ahead = max((named - at for named, at in first if named is not None), default=timedelta())
    return abs(ahead) < _SECOND + CLOCKS_DIFFER


def _not_taken(possible: Mapping[str, Collection[Session]]) -> Iterator[str]:
    """Yield those whose connection is shown, on which they were not taken.

    Args:
        possible: the connections that each may have been on, the earlier mails first.
    """
    for group in _groups(possible):
        if _each_has_one({number: possible[number] for number in possible if number in group}):
            yield from (number for number in group if all(session.is_whole for session in possible[number]))


def _groups(possible: Mapping[str, Collection[Session]]) -> Iterator[Collection[str]]:
    """Yield the mails in groups that have no connection in common."""
    groups: list[tuple[set[str], set[Session]]] = []
    for number, sessions in possible.items():
        near = [group for group in groups if not group[1].isdisjoint(sessions)]
        joined = ({number}.union(*(group[0] for group in near)), set(sessions).union(*(group[1] for group in near)))
        groups = [group for group in groups if group not in near] + [joined]
    return (numbers for numbers, _ in groups)


def _each_has_one(possible: Mapping[str, Collection[Session]]) -> bool:
    """Tell whether there is a connection for each: otherwise one is not shown, and nobody knows whose."""
    free = set().union(*possible.values())
    for number, sessions in possible.items():
        left = sorted(free.intersection(sessions), key=lambda session: (session.last != number, session.closed))
        if not left:
            return False
        free.remove(left[0])
    return True
