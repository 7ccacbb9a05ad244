"""Listings: entries by section, year, topic, municipality and committee, in pages where they are long."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from generator.channels.archive import archive_listings
from generator.channels.collections import Collection, municipalities, sections, topics
from generator.channels.event_listings import event_listings
from generator.channels.listing import Listing, listing_pages
from generator.channels.minutes_view import decisions, register_row
from generator.channels.occurrences import is_over
from generator.channels.output import File
from generator.channels.structured_data import organizations
from generator.channels.subscribing import subscription
from generator.channels.subscriptions import events_of
from generator.channels.view import Data, View
from generator.model.cooperation import Municipality
from generator.model.edition import Edition
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.page import Page
from generator.model.site import PublicSite

__all__ = ["listing_urls", "listings"]


def listings(site: PublicSite) -> Iterator[File]:
    """Make the pages of all listings; a text at a listing's address (``aktuelles/index.md``) introduces it."""
    view = View(site)
    introductions = {entry.url: entry for entry in site.of(Page)}
    for listing in _all(view):
        yield from listing_pages(view, listing, introductions.get(listing.url))


def listing_urls(view: View) -> frozenset[str]:
    """Return the addresses of all listings' first pages."""
    return frozenset(listing.url for listing in _all(view))


def _all(view: View) -> Iterator[Listing]:
    news, press, events, minutes = sections(view)
    years = _years(view, news)
    yield _plain(view, news, groups=[_group(view, "years", years), _press_group(view, press)])
    yield _plain(view, press, above=(news.link,))
    yield from (_plain(view, year, above=(news.link,)) for year in years)
    yield from event_listings(view, events)
    yield from _minutes_listings(view, minutes)
    yield from _overviews(view)
    yield _decisions(view)
    yield _editions(view)
    yield from archive_listings(view)


def _plain(
    view: View, collection: Collection, *, groups: list[Data] | None = None, above: tuple[Data, ...] = ()
) -> Listing:
    return Listing(
        url=collection.url,
        title=collection.title,
        summary=collection.summary,
        entries=collection.entries,
        show=view.card,
        meta={
            "groups": [group for group in groups or [] if group["links"]],
            "feed": collection.url if collection.syndicated else None,
            "archived": True,
        },
        above=above,
    )


def _counted(collection: Collection) -> Data:
    return collection.link | {"count": len(collection.entries), "summary": collection.summary}


def _group(view: View, name: str, members: Sequence[Collection]) -> Data:
    return {"title": view.words(f"listing.{name}"), "links": [_counted(member) for member in members]}


def _press_group(view: View, press: Collection) -> Data:
    return _group(view, "by_kind", [press] if press.entries else [])


def _years(view: View, news: Collection) -> list[Collection]:
    dated = [entry for entry in news.entries if isinstance(entry, News)]
    return [
        Collection(
            id=str(year),
            title=view.words("listing.year", year=year),
            summary=None,
            url=view.at.year(year),
            entries=tuple(entries),
            syndicated=False,
        )
        for year, entries in groupby(dated, key=lambda entry: entry.date.year)
    ]


def _minutes_listings(view: View, minutes: Collection) -> Iterator[Listing]:
    committees = []
    for committee in view.site.cooperation.committees:
        entries = [entry for entry in minutes.entries if isinstance(entry, Minutes) and entry.committee == committee.id]
        committees.append(
            Collection(
                id=committee.id,
                title=committee.name,
                summary=committee.task,
                url=view.at.committee(committee.id),
                entries=tuple(entries),
            )
        )
    yield _plain(view, minutes, groups=[_group(view, "committees", committees)])
    overview = _overview(view, view.at.committees, "committees", committees)
    yield overview
    for committee, collection in zip(view.site.cooperation.committees, committees, strict=True):
        yield Listing(
            url=collection.url,
            title=collection.title,
            summary=collection.summary,
            entries=collection.entries,
            show=view.card,
            template="committee.html",
            meta={"members": list(committee.members), "rhythm": committee.rhythm},
            above=({"title": overview.title, "url": overview.url},),
            about=organizations.committee(view, committee),
        )


def _overviews(view: View) -> Iterator[Listing]:
    by_topic = topics(view)
    above = _overview(view, view.at.topics, "topics", by_topic)
    yield above
    for topic in by_topic:
        yield _coming_first(view, topic, above)
    by_municipality = municipalities(view)
    above = _overview(view, view.at.municipalities, "municipalities", by_municipality)
    yield above
    for municipality, collection in zip(view.site.cooperation.municipalities, by_municipality, strict=True):
        listing = _coming_first(view, collection, above)
        calendar = events_of(view, municipality.id)
        meta = {**listing.meta, "municipality": _particulars(view, municipality), "subscriptions": [calendar]}
        about = organizations.municipality(view, municipality)
        yield replace(listing, template="municipality.html", meta=meta, about=about)


def _coming_first(view: View, collection: Collection, above: Listing) -> Listing:
    """Return a listing that begins with the events to come, the next first; the rest follows, the newest first."""
    coming = [entry for entry in collection.entries if isinstance(entry, Event) and not is_over(entry, view.site.now)]
    names = {event.id for event in coming}
    return Listing(
        url=collection.url,
        title=collection.title,
        summary=collection.summary,
        entries=[entry for entry in collection.entries if entry.id not in names],
        show=view.card,
        meta={"feed": collection.url},
        first={"upcoming": [view.card(event) for event in view.soonest_first(coming)]},
        above=({"title": above.title, "url": above.url},),
    )


def _overview(view: View, url: str, name: str, members: Sequence[Collection]) -> Listing:
    return Listing(
        url=url,
        title=view.words(f"nav.{name}"),
        summary=view.words(f"listing.{name}_summary"),
        template="overview.html",
        meta={"members": [_counted(member) | {"picture": view.picture_of(member.picture)} for member in members]},
    )


def _particulars(view: View, municipality: Municipality) -> Data:
    gazette = municipality.gazette
    return {
        "url": municipality.url,
        "ags": municipality.ags,
        "coat_of_arms": view.picture_of(municipality.coat_of_arms),
        "gazette": {"name": gazette.name, "url": gazette.url, "deadline": gazette.deadline} if gazette else None,
    }


def _decisions(view: View) -> Listing:
    """Return the register of all public decisions, the newest first."""
    return Listing(
        url=view.at.decisions,
        title=view.words("nav.decisions"),
        summary=view.words("listing.decisions"),
        entries=decisions(view),
        show=lambda row: register_row(view, *row),
        template="decisions.html",
    )


def _editions(view: View) -> Listing:
    return Listing(
        url=view.at.editions,
        title=view.words("nav.editions"),
        summary=view.words("listing.editions"),
        entries=view.newest_first(view.site.of(Edition)),
        show=view.card,
        meta={"feed": view.at.editions},
        first={"subscription": subscription(view)},
    )
