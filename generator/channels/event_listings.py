"""Listings of events: those to come, also of one municipality or about one topic, and those that are over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.channels.collections import Collection, concerns
from generator.channels.listing import Listing
from generator.channels.occurrences import is_over
from generator.channels.subscriptions import all_events, events_of
from generator.channels.view import Data, View
from generator.model.event import Event

__all__ = ["event_listings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Selection:
    """Events to come that have something in common; it has its page also while there are none."""

    name: str
    url: str
    events: Sequence[Event]
    calendar: Data


def event_listings(view: View, events: Collection) -> Iterator[Listing]:
    """Yield the listing of events to come, one for each municipality and topic, and the listing of past events."""
    words, now = view.words, view.site.now
    dated = [entry for entry in events.entries if isinstance(entry, Event)]
    past = [event for event in dated if is_over(event, now)]
    coming = view.soonest_first(event for event in dated if not is_over(event, now))
    everything = _Selection(name=words("filter.all"), url=events.url, events=coming, calendar=all_events(view))
    filters = {"municipalities": _by_municipality(view, coming), "topics": _by_topic(view, coming)}
    other = {"title": words("listing.past_events"), "url": view.at.past_events, "count": len(past), "summary": None}
    yield Listing(
        url=events.url,
        title=events.title,
        summary=events.summary,
        entries=coming,
        show=view.card,
        template="events.html",
        meta={
            "groups": [{"title": words("listing.more_events"), "links": [other]}] if past else [],
            "feed": events.url,
            "subscriptions": [everything.calendar],
            "filters": _navigation(view, everything, filters, everything),
        },
    )
    for name, selections in filters.items():
        for chosen in selections:
            yield Listing(
                url=chosen.url,
                title=words("filter.title", name=chosen.name),
                summary=words(f"filter.{name}_summary", name=chosen.name),
                entries=chosen.events,
                show=view.card,
                template="events.html",
                meta={
                    "subscriptions": [chosen.calendar],
                    "filters": _navigation(view, everything, filters, chosen),
                },
                listed=bool(chosen.events),
                above=(events.link,),
            )
    yield Listing(
        url=view.at.past_events,
        title=words("listing.past_events"),
        summary=words("listing.past_events_summary"),
        entries=past,
        show=view.card,
        meta={"archived": True},
        above=(events.link,),
    )


def _by_municipality(view: View, coming: Sequence[Event]) -> list[_Selection]:
    return [
        _Selection(
            name=item.name,
            url=view.at.events_of(item.id),
            events=[event for event in coming if concerns(event, item.id)],
            calendar=events_of(view, item.id),
        )
        for item in view.site.cooperation.municipalities
    ]


def _by_topic(view: View, coming: Sequence[Event]) -> list[_Selection]:
    return [
        _Selection(
            name=item.name,
            url=view.at.events_about(item.id),
            events=[event for event in coming if item.id in event.topics],
            calendar=all_events(view),
        )
        for item in view.site.cooperation.topics
    ]


def _navigation(
    view: View, everything: _Selection, filters: Mapping[str, Sequence[_Selection]], chosen: _Selection
) -> Data:
    """Return links to all events and to each selection that is not empty; the chosen one is among them in any case."""

    def link(item: _Selection) -> Data:
        return {"title": item.name, "url": item.url, "count": len(item.events), "current": item is chosen}

    groups = [
        {
            "title": view.words(f"filter.{name}"),
            "links": [link(item) for item in selections if item.events or item is chosen],
        }
        for name, selections in filters.items()
    ]
    return {"all": link(everything), "groups": [group for group in groups if group["links"]]}
