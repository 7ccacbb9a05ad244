"""Feeds of every collection: the whole site, each section, topic and municipality."""

from collections.abc import Iterator
from functools import partial

from generator.cache import digest
from generator.channels.collections import Collection, everything, municipalities, sections, topics
from generator.channels.output import LazyFile
from generator.channels.view import View
from generator.model.entry import Entry
from generator.model.moments import is_before
from generator.model.site import PublicSite

__all__ = ["collection_feeds", "feeds"]

_NAMES = ("feed.xml", "feed.atom", "feed.json")


def feeds(site: PublicSite) -> Iterator[LazyFile]:
    """Make three feeds for each collection; those in which nothing has changed need not be written again."""
    view = View(site)
    for collection in (everything(view), *sections(view), *topics(view), *municipalities(view)):
        yield from collection_feeds(view, collection)


def collection_feeds(view: View, collection: Collection) -> Iterator[LazyFile]:
    """Make the three feeds of a collection, beside its listing."""
    site = view.site
    entries = _newest_entries(site, collection)
    shared = (site.cooperation.model_dump_json(), site.layout.language)
    contents = digest(*shared, *_named(collection), *(part for entry in entries for part in _contents(site, entry)))
    for name in _NAMES:
        url = f"{collection.url}{name}"
        make = partial(_write, name, view, collection, entries)
        yield LazyFile(path=url, url=url, identity=digest(name, contents), make=make)


def _named(collection: Collection) -> tuple[str, str, str]:
    return collection.url, collection.title, collection.summary or ""


def _contents(site: PublicSite, entry: Entry) -> tuple[str, ...]:
    """Return all that a feed can hold of an entry; its attachments lie beside its file."""
    return entry.url, str(entry.source.path), entry.model_dump_json(), site.bodies[entry.id].html


def _write(name: str, view: View, collection: Collection, entries: list[Entry]) -> bytes:
    # Imported where it is needed, for feedgen takes as long as reading a hundred texts.
    from generator.channels.feed_formats import FORMATS  # noqa: PLC0415

    return FORMATS[name](view, collection, entries)


def _newest_entries(site: PublicSite, collection: Collection) -> list[Entry]:
    """Return what the collection's feeds hold, the newest first, in an order that does not depend on the clock.

    An event that does not tell when it was announced counts as announced some weeks before it begins; until then it is
    on the site, but in no feed, for readers hide what is dated in the future.
    """
    dated = [(entry.published, entry.id, entry) for entry in collection.entries if entry.published is not None]
    dated.sort(key=lambda row: (-row[0].timestamp(), row[1]))
    return [entry for published, _, entry in dated if not is_before(site.now, published)][: site.layout.feed_size]
