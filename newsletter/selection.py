"""What an edition takes in: the entries it names, or those that its query finds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from generator.channels.occurrences import is_over
from generator.channels.view import View
from generator.model.edition import Edition, Query
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.site import PublicSite

__all__ = ["Selection", "audiences_of", "select"]

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

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them."""
        return (*self.news, *self.events, *self.minutes, *self.other)


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
        audience: an audience's id; entries for other audiences only are left out. None: everybody.
    """
    public = [entry for entry in site.entries if _is_for(entry, audience)]
    by_id = {entry.id: entry for entry in public}
    named = [by_id[name] for name in edition.items if name in by_id]
    found = _found(site, edition, edition.query, public) if edition.query is not None else iter(())
    entries = {entry.id: entry for entry in (*named, *found)}.values()
    events = [entry for entry in entries if isinstance(entry, Event)]
    return Selection(
        news=tuple(entry for entry in entries if isinstance(entry, News)),
        events=tuple(View(replace(site, now=edition.visible_from)).soonest_first(events)),
        minutes=tuple(entry for entry in entries if isinstance(entry, Minutes)),
        other=tuple(entry for entry in entries if not isinstance(entry, News | Event | Minutes)),
    )


def _was_out(entry: Entry, edition: Edition) -> bool:
    return entry.visible_from is None or entry.visible_from <= edition.visible_from


def _is_for(entry: Entry, audience: str | None) -> bool:
    return audience is None or not entry.audiences or audience in entry.audiences


def _found(site: PublicSite, edition: Edition, query: Query, public: Sequence[Entry]) -> Iterator[Entry]:
    since = _since(site, edition, query)
    fitting = [entry for entry in public if _was_out(entry, edition) and _fits(entry, query)]
    news = [
        entry
        for entry in fitting
        if not isinstance(entry, Event) and entry.published is not None and (since is None or since < entry.published)
    ]
    news.sort(key=lambda entry: entry.id)
    news.sort(key=lambda entry: entry.published or edition.visible_from, reverse=True)
    # Events that are still to come, whenever they were announced.
    coming = [entry for entry in fitting if isinstance(entry, Event) and not is_over(entry, edition.visible_from)]
    yield from islice(news, query.limit)
    yield from islice(View(replace(site, now=edition.visible_from)).soonest_first(coming), query.limit)


def _fits(entry: Entry, query: Query) -> bool:
    """Tell whether an entry is of the kinds, topics, municipalities and audiences asked for, if any are."""
    return any(_KINDS[kind](entry) for kind in query.kinds or _KINDS) and all(
        not asked or bool(set(asked) & set(given))
        for asked, given in (
            (query.topics, entry.topics),
            (query.municipalities, entry.municipalities),
            (query.audiences, entry.audiences),
        )
    )


def _since(site: PublicSite, edition: Edition, query: Query) -> datetime | None:
    """Return the moment after which entries are new; for the first edition there is none."""
    if query.since != "last_edition":
        return query.since
    before = [other.visible_from for other in site.of(Edition) if other.visible_from < edition.visible_from]
    return max(before, default=None)
