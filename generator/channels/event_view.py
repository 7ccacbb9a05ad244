"""What the page of an event shows."""

from datetime import date, datetime

from generator.channels.occurrences import is_over, occurrence_end, upcoming
from generator.channels.subscriptions import all_events, events_of
from generator.channels.view import Data, View
from generator.model.event import Accessibility, Event, Registration
from generator.model.recurrence import Recurrence

__all__ = ["calendar_url", "event_view", "recurrence_text"]


def event_view(view: View, event: Event) -> Data:
    """Return when, where and how, whether it is cancelled or over, and what came of it."""
    now = view.site.now
    report = view.by_id.get(event.report) if event.report else None
    over = is_over(event, now)
    place = event.location.municipality if event.location else None
    return {
        "when": view.when(event.start, event.end),
        "start": _iso(event.start),
        "end": _iso(event.end) if event.end else None,
        "over": over,
        "cancelled": event.cancelled.reason if event.cancelled else None,
        "location": _location(view, event),
        "online": {"url": event.online.url, "note": event.online.note} if event.online else None,
        "organizer": event.organizer,
        "registration": _registration(view, event.registration) if event.registration else None,
        "accessibility": _accessibility(view, event.accessibility),
        "recurrence": _recurrence(view, event, event.recurrence) if event.recurrence else None,
        "report": view.link(report) if report else None,
        # Of an event that is over nobody needs a reminder; one that is cancelled must reach whoever saved it.
        "calendar": None if over else calendar_url(event),
        "subscriptions": [all_events(view), *([events_of(view, place)] if place else [])],
    }


def calendar_url(event: Event) -> str:
    """Return the address of the event's own calendar file, beside its page."""
    return f"{event.url.removesuffix('/')}.ics"


def _iso(moment: date) -> str:
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


def _location(view: View, event: Event) -> Data | None:
    if event.location is None:
        return None
    place = event.location
    return {
        "name": place.name,
        "address": place.address,
        "municipality": view.municipality(place.municipality) if place.municipality else None,
    }


def _registration(view: View, registration: Registration) -> Data:
    deadline = registration.deadline
    return {
        "required": registration.required,
        "url": registration.url,
        "email": registration.email,
        "deadline": view.words.moment(deadline) if deadline else None,
        "places": registration.places,
    }


def _accessibility(view: View, known: Accessibility) -> Data:
    """Return each feature with yes, no or unknown; unknown is never told as no."""
    answers = {True: "yes", False: "no", None: "unknown"}
    features = ("step_free", "wc", "hearing_loop", "sign_language", "captions")
    return {
        "features": [
            {
                "title": view.words(f"accessibility.{name}"),
                "answer": answers[getattr(known, name)],
                "text": view.words(f"accessibility.{answers[getattr(known, name)]}"),
            }
            for name in features
        ],
        "note": known.note,
    }


def recurrence_text(view: View, recurrence: Recurrence) -> str:
    """Return „jede Woche bis 14. April 2027“."""
    words = view.words
    if recurrence.interval == 1:
        rhythm = words(f"recurrence.{recurrence.frequency}")
    else:
        rhythm = words(f"recurrence.every_{recurrence.frequency}", interval=recurrence.interval)
    return f"{rhythm} {words('recurrence.until', date=words.day(recurrence.until))}"


def _recurrence(view: View, event: Event, recurrence: Recurrence) -> Data:
    return {
        "text": recurrence_text(view, recurrence),
        "exceptions": [view.words.weekday_and_day(day) for day in recurrence.exceptions],
        "next": [
            {"iso": _iso(start), "text": view.when(start, occurrence_end(event, start))}
            for start in upcoming(event, view.site.now)
        ],
    }
