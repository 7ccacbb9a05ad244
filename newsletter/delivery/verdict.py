"""What a server's log says of mails that may have been sent: taken, not taken, or nothing.

That a mail is in the log says that it came. That it is missing says something only where nothing else can be missing:
a mail whose end is doubtful was the last on its connection, which broke off. So the log has to show that connection,
opened before the mail and closed after it, with an end at which the server counts no more mails than are known by
their Message-IDs. It is known as ours by the address of the client, from which the same server took mails that are
known to be ours. A log of another server, or one with a gap, shows no such connection.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from newsletter.delivery.mail_log import Found, MailLog, Session

__all__ = ["look_up"]


def look_up(
    lines: Iterable[str], doubtful: Mapping[str, datetime], sent: Iterable[str], now: datetime
) -> Mapping[str, Found]:
    """Return what a log says of each doubtful mail.

    Args:
        lines: the log's, in their order.
        doubtful: when each was begun, by the second, by what its Message-ID begins with.
        sent: mails that are known to have been taken, likewise named; by these, and the doubtful ones that it holds,
            the log is known to be the right one.
        now: the moment.
    """
    log = MailLog(lines, {*doubtful, *sent}, min(doubtful.values()), max(doubtful.values()), now)
    # Only the first time was it ours: a list passes a mail on under its name.
    ours = {mails[0].client for mails in log.mails.values() if mails}
    sessions = [session for session in log.broken_off() if session.client in ours]
    found = {number: {mail.found for mail in log.mails[number]} for number in doubtful}
    missing = {number: at for number, at in doubtful.items() if found[number] <= {Found.NOT_TAKEN}}
    verdicts = {number: Found.TAKEN if Found.TAKEN in found[number] else Found.UNKNOWN for number in doubtful}
    return verdicts | dict.fromkeys(_not_taken(missing, sessions, doubtful.keys()), Found.NOT_TAKEN)


def _not_taken(
    missing: Mapping[str, datetime], sessions: Sequence[Session], doubtful: Collection[str]
) -> Collection[str]:
    """Return those whose connection is shown, on which they were not taken.

    Each has one of its own. Where there are not enough of them, one is not shown, and nobody knows whose.
    """
    free = sorted(sessions, key=lambda session: session.closed)
    shown = []
    for number, at in sorted(missing.items(), key=lambda one: one[1]):
        others = set(doubtful) - {number}
        possible = [session for session in sessions if session.was_open(at) and session.last not in others]
        left = [session for session in free if session in possible]
        if possible and not left:
            return []
        if possible:
            free.remove(min(left, key=lambda session: session.last != number))
            shown += [number] if all(session.is_whole for session in possible) else []
    return shown
