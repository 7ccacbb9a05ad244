"""The calendars a reader may subscribe to."""

from generator.channels.view import Data, View

__all__ = ["all_events", "events_of"]


def all_events(view: View) -> Data:
    """Return the calendar of all events: what it is called, and where it is, from the site's root."""
    return {"title": view.words("calendar.all"), "url": view.at.calendar}


def events_of(view: View, municipality: str) -> Data:
    """Return the calendar of a municipality's events."""
    title = view.words("filter.title", name=view.municipality(municipality)["title"])
    return {"title": title, "url": view.at.municipality_calendar(municipality)}
