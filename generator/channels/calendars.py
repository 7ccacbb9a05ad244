"""Calendars (RFC 5545, RFC 7986): one for all events, one for each event, one for each municipality."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vRecur
from icalendar import Event as VEvent

from generator import __version__
from generator.channels.collections import concerns
from generator.channels.event_view import calendar_url
from generator.channels.occurrences import recurrence_rule
from generator.channels.output import File
from generator.channels.view import View
from generator.model.event import Event
from generator.model.site import PublicSite

__all__ = ["calendars"]

_REFRESH = timedelta(hours=12)


def calendars(site: PublicSite) -> Iterator[File]:
    """Make the calendar files; a cancelled event stays in them, marked as cancelled."""
    view = View(site)
    events = site.of(Event)
    components = {event.id: _component(view, event) for event in events}
    name = view.words("address.calendar")
    yield _file(view, f"{view.at.events}{name}", site.cooperation.name, events, components)
    for event in events:
        yield _file(view, calendar_url(event), event.title, [event], components)
    for municipality in site.cooperation.municipalities:
        concerned = [event for event in events if concerns(event, municipality.id)]
        url = f"{view.at.municipality(municipality.id)}{name}"
        yield _file(view, url, f"{site.cooperation.name}: {municipality.name}", concerned, components)


def _file(view: View, url: str, name: str, events: Sequence[Event], components: dict[str, VEvent]) -> File:
    calendar = Calendar()
    calendar.add("prodid", f"-//Schaukasten//Schaukasten {__version__}//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    calendar.add("source", view.site.cooperation.base_url + url, parameters={"value": "URI"})
    if any(not event.all_day for event in events):
        calendar.add_component(_timezone(view.site.cooperation.timezone))
    for event in events:
        calendar.add_component(components[event.id])
    return File(path=url, url=url, data=calendar.to_ical())


@cache
def _timezone(name: str) -> Timezone:
    """Return the zone's VTIMEZONE, from a fixed first day so that its bytes do not depend on the clock."""
    return Timezone.from_tzinfo(ZoneInfo(name), first_date=date(2020, 1, 1), last_date=date(2040, 1, 1))


def _component(view: View, event: Event) -> VEvent:
    site = view.site
    changed = _utc(event.updated)
    component = VEvent()
    component.add("uid", f"{event.id}@{site.cooperation.id}")
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("created", _utc(event.published))
    component.add("sequence", len(event.changes) + (event.cancelled is not None))
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    title = view.words("event.cancelled_title", title=event.title) if event.cancelled else event.title
    component.add("summary", title)
    component.add("dtstart", event.start)
    if (end := _end(event)) is not None:
        component.add("dtend", end)
    component.add("url", site.cooperation.base_url + event.url)
    component.add("description", _description(view, event))
    if event.location is not None:
        component.add("location", ", ".join(filter(None, (event.location.name, event.location.address))))
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


def _utc(moment: datetime | None) -> datetime:
    assert moment is not None  # an event is always announced at some moment
    return moment.astimezone(UTC)
