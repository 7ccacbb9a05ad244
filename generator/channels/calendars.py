"""Calendars: one for all events, one for each event, one for each municipality."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from generator.cache import digest
from generator.channels.collections import concerns
from generator.channels.event_view import calendar_url
from generator.channels.output import LazyFile
from generator.channels.view import View
from generator.model.event import Event
from generator.model.site import PublicSite

__all__ = ["calendars"]


def calendars(site: PublicSite) -> Iterator[LazyFile]:
    """Make the calendars; those in which nothing has changed need not be written again."""
    view = View(site)
    events = site.of(Event)
    components: dict[str, Any] = {}
    file = partial(_file, view, components)
    yield file(view.at.calendar, site.cooperation.name, events)
    for event in events:
        yield file(calendar_url(event), event.title, [event])
    for municipality in site.cooperation.municipalities:
        concerned = [event for event in events if concerns(event, municipality.id)]
        url = view.at.municipality_calendar(municipality.id)
        yield file(url, f"{site.cooperation.name}: {municipality.name}", concerned)


def _file(view: View, components: dict[str, Any], url: str, name: str, events: Sequence[Event]) -> LazyFile:
    shared = (view.site.cooperation.model_dump_json(), view.site.layout.language, url, name)
    contents = (part for event in events for part in (event.url, event.model_dump_json()))
    return LazyFile(
        path=url,
        url=url,
        source=events[0].source.path if len(events) == 1 else None,
        identity=digest(*shared, *contents),
        make=partial(_write, view, url, name, events, components),
    )


def _write(view: View, url: str, name: str, events: Sequence[Event], components: dict[str, Any]) -> bytes:
    # Imported where it is needed, for icalendar takes as long as reading two hundred texts.
    from generator.channels.calendar_format import calendar  # noqa: PLC0415

    return calendar(view, url, name, events, components)
