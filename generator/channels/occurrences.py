"""When an event takes place, once or again and again."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice

from dateutil.rrule import rrulestr

from generator.model.event import Event
from generator.model.moments import is_before

__all__ = [
    "is_over",
    "next_occurrence",
    "occurrence_end",
    "occurrences",
    "over_at",
    "recurrence_rule",
    "upcoming",
    "weekday_of_month",
]

_FREQUENCIES = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "monthly": "FREQ=MONTHLY",
    "monthly_weekday": "FREQ=MONTHLY;BYDAY={weekday}",
    "yearly": "FREQ=YEARLY",
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurrence_rule(event: Event, until: str) -> str:
    """Return the event's rule (RFC 5545, 3.3.10).

    Args:
        event: an event with a recurrence.
        until: the last moment in RFC 5545's form, in UTC or local as the reader of the rule wants it.
    """
    assert event.recurrence is not None
    frequency = _FREQUENCIES[event.recurrence.frequency].format(weekday=weekday_of_month(event.start_day))
    return f"{frequency};INTERVAL={event.recurrence.interval};UNTIL={until}"


def weekday_of_month(day: date) -> str:
    """Return which weekday of its month a day is, as RFC 5545 writes it: ``2MO`` is the second Monday."""
    position = (day.day - 1) // 7 + 1
    # The fifth Thursday does not come every month; whoever meets then means the last one.
    return f"{position if position < 5 else -1}{_WEEKDAYS[day.weekday()]}"


def occurrences(event: Event) -> Iterator[date]:
    """Yield the moments at which the event begins, exceptions left out: days, or times in the event's zone."""
    if event.recurrence is None:
        yield event.start
        return
    zone = event.start.tzinfo if isinstance(event.start, datetime) else None
    clock = event.start.time() if isinstance(event.start, datetime) else time()
    last = datetime.combine(event.recurrence.until, time.max)
    # The rule runs on wall-clock time: the meeting at 18:30 stays at 18:30 when the clocks change.
    rule = rrulestr(recurrence_rule(event, f"{last:%Y%m%dT%H%M%S}"), dtstart=datetime.combine(event.start_day, clock))
    for found in rule:
        if found.date() in event.recurrence.exceptions:
            continue
        yield found.replace(tzinfo=zone) if zone else found.date()


def over_at(event: Event, start: date, zone: tzinfo | None) -> datetime:
    """Return when the occurrence that begins at ``start`` is over; a day is over when it is over in the zone."""
    end = occurrence_end(event, start) or start
    return end if isinstance(end, datetime) else datetime.combine(end + timedelta(days=1), time(), zone)


def occurrence_end(event: Event, start: date) -> date | None:
    """Return when (or on which last day) the occurrence that begins at ``start`` ends, if the event says."""
    return None if event.end is None else start + (event.end - event.start)


def upcoming(event: Event, now: datetime, limit: int = 12) -> list[date]:
    """Return the next moments at which the event begins, those not over yet, at most ``limit``."""
    return list(
        islice((start for start in occurrences(event) if is_before(now, over_at(event, start, now.tzinfo))), limit)
    )


def is_over(event: Event, now: datetime) -> bool:
    """Tell whether the event has taken place for the last time."""
    return not upcoming(event, now, limit=1)


def next_occurrence(event: Event, now: datetime) -> date:
    """Return when it begins next; when it is over, when it began last."""
    coming = upcoming(event, now, limit=1)
    if coming:
        return coming[0]
    past = list(occurrences(event))
    return past[-1] if past else event.start
