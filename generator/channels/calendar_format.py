"""How a calendar is written (RFC 5545, RFC 7986)."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vRecur, vText
from icalendar import Event as VEvent

from generator import __version__
from generator.channels.occurrences import recurrence_rule
from generator.channels.view import View
from generator.model.event import Event

__all__ = ["calendar"]

_REFRESH = timedelta(hours=12)

_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)
"""When an event was last changed that does not tell: a fixed day, never in the future and never the clock's."""


class _Text(vText):
    """Text in which a backslash is a backslash; icalendar takes one before an N for a line break."""

    def to_ical(self) -> bytes:
        """Return the text escaped (RFC 5545, 3.3.11)."""
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return re.sub(r"\r\n|\r|\n", r"\\n", escaped).encode()


def calendar(view: View, url: str, name: str, events: Sequence[Event], components: dict[str, VEvent]) -> bytes:
    """Return a calendar; a cancelled event stays in it, marked as cancelled.

    Args:
        view: the site.
        url: the calendar's address, relative to the site's root.
        name: what it is called.
        events: what it holds.
        components: the VEVENTs made already, by the ids of their events; others are added.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Schaukasten//Schaukasten {__version__}//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _Text(name))
    calendar.add("x-wr-calname", _Text(name))
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    calendar.add("source", view.site.cooperation.base_url + url, parameters={"value": "URI"})
    # A calendar holds at least one component (RFC 5545, 3.6), also where there are no events.
    calendar.add_component(_timezone(view.site.cooperation.timezone, *_years(events)))
    for event in events:
        if event.id not in components:
            components[event.id] = _component(view, event)
        calendar.add_component(components[event.id])
    return bytes(calendar.to_ical())


def _years(events: Sequence[Event]) -> tuple[int, int]:
    """Return the years the time zone must be described for: those of the events, never of the clock."""
    last = [event.recurrence.until if event.recurrence else event.start_day for event in events]
    years = [day.year for day in (*last, *(event.start_day for event in events))]
    return min(years, default=2026), max(years, default=2026)


@cache
def _timezone(name: str, first: int, last: int) -> Timezone:
    """Return the zone's VTIMEZONE for the years from first to last."""
    return Timezone.from_tzinfo(ZoneInfo(name), first_date=date(first, 1, 1), last_date=date(last + 1, 12, 31))


def _component(view: View, event: Event) -> VEvent:
    site = view.site
    stamps = [change.date for change in event.changes] + ([event.publish] if event.publish else [])
    changed = max(stamps, default=_UNKNOWN).astimezone(UTC)
    component = VEvent()
    component.add("uid", f"{event.id}@{site.cooperation.id}")
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    if event.publish is not None:
        component.add("created", event.publish.astimezone(UTC))
    component.add("sequence", len(event.changes) + (event.cancelled is not None))
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    title = view.words("event.cancelled_title", title=event.title) if event.cancelled else event.title
    component.add("summary", _Text(title))
    component.add("dtstart", event.start)
    if (end := _end(event)) is not None:
        component.add("dtend", end)
    component.add("url", site.cooperation.base_url + event.url)
    component.add("description", _Text(_description(view, event)))
    if event.location is not None:
        component.add("location", _Text(", ".join(filter(None, (event.location.name, event.location.address)))))
    elif event.online is not None:
        component.add("location", event.online.url)
    if event.topics:
        component.add("categories", [view.topic(topic)["title"] for topic in event.topics])
    if event.recurrence is not None:
        _add_recurrence(component, event)
    return component


def _end(event: Event) -> date | None:
    """Return the exclusive end; for days that is the day after the last (RFC 5545, 3.6.1)."""
    if isinstance(event.start, datetime):
        return event.end
    return (event.end or event.start) + timedelta(days=1)


def _add_recurrence(component: VEvent, event: Event) -> None:
    assert event.recurrence is not None
    if isinstance(event.start, datetime):
        zone = event.start.tzinfo
        last = datetime.combine(event.recurrence.until, time(23, 59, 59), zone).astimezone(UTC)
        until = f"{last:%Y%m%dT%H%M%SZ}"
        exceptions: list[date] = [
            datetime.combine(day, event.start.time(), zone) for day in event.recurrence.exceptions
        ]
    else:
        until = f"{event.recurrence.until:%Y%m%d}"
        exceptions = list(event.recurrence.exceptions)
    component.add("rrule", vRecur.from_ical(recurrence_rule(event, until)))
    if exceptions:
        component.add("exdate", exceptions)


def _description(view: View, event: Event) -> str:
    parts = [event.summary]
    if event.cancelled is not None:
        parts.insert(0, f"{view.words('event.cancelled')}: {event.cancelled.reason}")
    if event.online is not None:
        parts.append(event.online.url)
    parts.append(view.site.cooperation.base_url + event.url)
    return "\n\n".join(parts)
