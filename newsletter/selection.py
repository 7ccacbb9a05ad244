"""What an edition takes in: the entries it names, or those that its query finds."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from itertools import islice
from typing import TypeVar

from generator.channels.collections import concerns
from generator.channels.occurrences import is_over
from generator.channels.view import View
from generator.model.edition import Edition, Query
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.moments import is_before
from generator.model.news import News
from generator.model.site import PublicSite

__all__ = ["Selection", "audiences_of", "select", "select_for_all"]

E = TypeVar("E", bound=Entry)

_KINDS: dict[str, Callable[[Entry], bool]] = {
    "news": lambda entry: isinstance(entry, News) and entry.kind == "news",
    "press": lambda entry: isinstance(entry, News) and entry.kind == "press",
    "event": lambda entry: isinstance(entry, Event),
    "minutes": lambda entry: isinstance(entry, Minutes),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What an edition brings, by kind; no entry is in it twice."""

    news: tuple[News, ...]
    events: tuple[Event, ...]
    """As they come."""

    minutes: tuple[Minutes, ...]
    other: tuple[Entry, ...]

    def with_others(self, other: "Selection") -> "Selection":
        """Return both together, without repeating anything."""
        return Selection(
            news=_together(self.news, other.news),
            events=_together(self.events, other.events),
            minutes=_together(self.minutes, other.minutes),
            other=_together(self.other, other.other),
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them."""
        return (*self.news, *self.events, *self.minutes, *self.other)


def _together(some: tuple[E, ...], others: tuple[E, ...]) -> tuple[E, ...]:
    return tuple({entry.id: entry for entry in (*some, *others)}.values())


def select_for_all(site: PublicSite, edition: Edition) -> Selection:
    """Return what an edition's letters bring together: the events as they come, all else letter by letter."""
    chosen = reduce(Selection.with_others, (select(site, edition, audience) for audience in audiences_of(edition)))
    return replace(chosen, events=tuple(View(replace(site, now=edition.visible_from)).soonest_first(chosen.events)))


def audiences_of(edition: Edition) -> tuple[str | None, ...]:
    """Return the audiences that each get a letter of their own; one for everybody where the edition names none."""
    return edition.audiences or (None,)


def select(site: PublicSite, edition: Edition, audience: str | None) -> Selection:
    """Return what an edition brings to an audience.

    Args:
        site: what is public now; nothing else can appear.
        edition: names entries, which come first and in its order, or has a query, which adds the newest first and
            events as they come. What a query finds stays as it was on the edition's day: nothing that became public
            later, and events that were still to come.
        audience: an audience's id; entries for other audiences only, or on none of its topics, are left out. None:
            everybody.
    """
    topics = {one.id: one.topics for one in site.cooperation.audiences}.get(audience or "", ())
    public = [entry for entry in site.entries if _is_for(entry, audience) and _is_on(entry, topics)]
    by_id = {entry.id: entry for entry in public}
    named = [by_id[name] for name in edition.items if name in by_id]
    others = [entry for entry in public if entry.id not in edition.items]
    found = _found(site, edition, edition.query, others, audience) if edition.query is not None else iter(())
    entries = {entry.id: entry for entry in (*named, *found)}.values()
    events = [entry for entry in entries if isinstance(entry, Event)]
    return Selection(
        news=tuple(entry for entry in entries if isinstance(entry, News)),
        events=tuple(View(replace(site, now=edition.visible_from)).soonest_first(events)),
        minutes=tuple(entry for entry in entries if isinstance(entry, Minutes)),
        other=tuple(entry for entry in entries if not isinstance(entry, News | Event | Minutes)),
    )


def _was_out(entry: Entry, edition: Edition) -> bool:
    return entry.public_since is None or not is_before(edition.visible_from, entry.public_since)


def _is_for(entry: Entry, audience: str | None) -> bool:
    return audience is None or not entry.audiences or audience in entry.audiences


def _is_on(entry: Entry, topics: Collection[str]) -> bool:
    return not topics or not set(topics).isdisjoint(entry.topics)


def _found(
    site: PublicSite, edition: Edition, query: Query, public: Sequence[Entry], audience: str | None
) -> Iterator[Entry]:
    is_new = _newness(site, edition, query, audience)
    fitting = [entry for entry in public if _was_out(entry, edition) and _fits(entry, query)]
    news = [
        entry
        for entry in fitting
        if not isinstance(entry, Event) and entry.public_since is not None and is_new(entry.public_since)
    ]
    news.sort(key=lambda entry: entry.id)
    news.sort(key=lambda entry: (entry.public_since or edition.visible_from).astimezone(UTC), reverse=True)
    # Events that are still to come, whenever they were announced.
    coming = [entry for entry in fitting if isinstance(entry, Event) and not is_over(entry, edition.visible_from)]
    yield from islice(news, query.limit)
    yield from islice(View(replace(site, now=edition.visible_from)).soonest_first(coming), query.limit)


def _fits(entry: Entry, query: Query) -> bool:
    """Tell whether an entry is of the kinds, topics, municipalities and audiences asked for, if any are."""
    return (
        any(_KINDS[kind](entry) for kind in query.kinds or _KINDS)
        and all(
            not asked or bool(set(asked) & set(given))
            for asked, given in (
                (query.topics, entry.topics),
                (query.audiences, entry.audiences),
            )
        )
        and (not query.municipalities or any(concerns(entry, name) for name in query.municipalities))
    )


def _newness(site: PublicSite, edition: Edition, query: Query, audience: str | None) -> Callable[[datetime], bool]:
    """Return what tells whether a moment is new: after the last edition that the audience got, or from a day on."""
    if query.since is None:
        return lambda _moment: True
    if query.since != "last_edition":
        since = query.since
        return lambda moment: not is_before(moment, since)
    earlier = (other for other in site.of(Edition) if is_before(other.visible_from, edition.visible_from))
    last = max((other.visible_from for other in earlier if _went_to(other, audience)), default=None)
    return lambda moment: last is None or is_before(last, moment)


def _went_to(edition: Edition, audience: str | None) -> bool:
    return audience is None or not edition.audiences or audience in edition.audiences
