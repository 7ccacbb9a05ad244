"""When pages change although nobody writes anything: events end, announcements begin to count."""

from collections.abc import Iterator
from datetime import datetime, time

from generator.channels.occurrences import occurrences, over_at
from generator.model.cooperation import Cooperation
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.moments import is_before

__all__ = ["moments_of", "moments_of_settings"]


def moments_of(entry: Entry, now: datetime) -> Iterator[datetime]:
    """Yield the moments after ``now`` at which what channels show of a public entry changes by itself.

    Args:
        entry: any entry.
        now: with the cooperation's time zone, in which days end.
    """
    moments = [entry.published, entry.updated]
    if isinstance(entry, Event):
        moments += (over_at(entry, start, now.tzinfo) for start in occurrences(entry))
    yield from (moment for moment in moments if moment is not None and is_before(now, moment))


def moments_of_settings(cooperation: Cooperation, now: datetime) -> Iterator[datetime]:
    """Yield the moments after ``now`` at which what channels show of the settings changes by itself."""
    statement, security = cooperation.legal.statement, cooperation.security
    if statement is not None and statement.assessed_on is not None:
        moment = datetime.combine(statement.assessed_on, time(), now.tzinfo)
        if is_before(now, moment):
            yield moment
    if security is not None and is_before(now, security.expires):
        yield security.expires
