"""Events: when, where and whether they take place."""

from datetime import date, datetime
from typing import Any

from generator.channels.occurrences import next_occurrence, occurrence_end, weekday_of_month
from generator.channels.structured_data.organizations import named, postal_address
from generator.channels.structured_data.pictures import picture
from generator.channels.structured_data.thing import Thing, thing
from generator.channels.view import View
from generator.model.event import Event, Location
from generator.model.recurrence import Recurrence

__all__ = ["event"]

_SCHEMA = "https://schema.org/"
_FEATURES = ("step_free", "wc", "hearing_loop")
"""What is known of the place, rather than of the event."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DURATIONS = {"daily": "P{}D", "weekly": "P{}W", "monthly": "P{}M", "monthly_weekday": "P{}M", "yearly": "P{}Y"}
"""How long it is from one time to the next (ISO 8601)."""


def event(view: View, entry: Event) -> Thing:
    """Return an event; of one that recurs, the next time, as part of the series."""
    start = next_occurrence(entry, view.site.now)
    end = occurrence_end(entry, start)
    return thing(
        "Event",
        name=entry.title,
        description=entry.summary,
        url=view.absolute(entry.url),
        inLanguage=view.words.language,
        startDate=start.isoformat(),
        endDate=end.isoformat() if end else None,
        eventStatus=f"{_SCHEMA}{'EventCancelled' if entry.cancelled else 'EventScheduled'}",
        eventAttendanceMode=f"{_SCHEMA}{_mode(entry)}EventAttendanceMode",
        location=_where(view, entry),
        image=picture(view, entry),
        organizer=named(view, entry.organizer) if entry.organizer else None,
        maximumAttendeeCapacity=entry.registration.places if entry.registration else None,
        superEvent=_series(view, entry, entry.recurrence) if entry.recurrence else None,
    )


def _mode(entry: Event) -> str:
    if entry.online is None:
        return "Offline"
    return "Online" if entry.location is None else "Mixed"


def _where(view: View, entry: Event) -> Any:
    places = [_place(view, entry, entry.location)] if entry.location else []
    if entry.online:
        places.append(thing("VirtualLocation", url=entry.online.url, description=entry.online.note))
    return places if len(places) > 1 else places[0]


def _place(view: View, entry: Event, location: Location) -> Thing:
    features = [(name, getattr(entry.accessibility, name)) for name in _FEATURES]
    return thing(
        "Place",
        name=location.name,
        address=_address(view, location),
        amenityFeature=[
            thing("LocationFeatureSpecification", name=view.words(f"accessibility.{name}"), value=known)
            for name, known in features
            if known is not None
        ],
    )


def _address(view: View, location: Location) -> Thing | str | None:
    if location.address is not None:
        return postal_address(location.address, in_germany=location.municipality is not None)
    if location.municipality is not None:
        town = view.municipality(location.municipality)["title"]
        return thing("PostalAddress", addressLocality=town, addressCountry="DE")
    return None


def _series(view: View, entry: Event, recurrence: Recurrence) -> Thing:
    """Return the series; dates stand in its schedule, not in itself (schema.org, „eventSchedule“)."""
    start, end = entry.start, entry.end
    schedule = thing(
        "Schedule",
        startDate=entry.start_day.isoformat(),
        endDate=recurrence.until.isoformat(),
        repeatFrequency=_DURATIONS[recurrence.frequency].format(recurrence.interval),
        startTime=f"{start:%H:%M:%S}" if isinstance(start, datetime) else None,
        endTime=f"{end:%H:%M:%S}" if isinstance(end, datetime) and end.date() == entry.start_day else None,
        exceptDate=[day.isoformat() for day in recurrence.exceptions],
        scheduleTimezone=view.site.cooperation.timezone,
        **_days(recurrence, entry.start_day),
    )
    return thing("EventSeries", name=entry.title, url=view.absolute(entry.url), eventSchedule=schedule)


def _days(recurrence: Recurrence, first: date) -> dict[str, Any]:
    """Return on which days it recurs, as far as its first day and the rhythm do not say it."""
    match recurrence.frequency:
        case "weekly":
            return {"byDay": f"{_SCHEMA}{_WEEKDAYS[first.weekday()]}"}
        case "monthly":
            return {"byMonthDay": first.day}
        case "monthly_weekday":
            return {"byDay": weekday_of_month(first)}
        case _:
            return {}
