"""How a feed is written: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, with full texts and absolute addresses."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from feedgen.feed import FeedGenerator

from generator.channels.collections import Collection
from generator.channels.event_view import recurrence_text
from generator.channels.view import View
from generator.model.cooperation import Cooperation
from generator.model.entry import Entry
from generator.model.event import Event

__all__ = ["FORMATS", "stable_id"]


def stable_id(cooperation: Cooperation, name: str) -> str:
    """Return an id that depends on the cooperation's and the entry's ids alone, not on title or address."""
    return f"urn:uuid:{uuid5(uuid5(NAMESPACE_URL, cooperation.id), name)}"


def _rss(view: View, collection: Collection, entries: list[Entry]) -> bytes:
    feed = _feed(view, collection, entries, "feed.xml")
    for entry in entries:
        item = feed.add_entry(order="append")
        item.guid(stable_id(view.site.cooperation, entry.id), permalink=False)
        item.title(entry.title)
        item.link(href=view.absolute(entry.url))
        item.description(entry.summary)
        item.content(_content(view, entry), type="CDATA")
        item.pubDate(entry.published)
        for topic in entry.topics:
            item.category(term=view.topic(topic)["title"])
    return bytes(feed.rss_str(pretty=True))


def _atom(view: View, collection: Collection, entries: list[Entry]) -> bytes:
    feed = _feed(view, collection, entries, "feed.atom")
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(stable_id(view.site.cooperation, entry.id))
        item.title(entry.title)
        item.link(href=view.absolute(entry.url), rel="alternate")
        item.summary(entry.summary)
        item.content(_content(view, entry), type="html")
        item.published(entry.published)
        item.updated(entry.updated)
        for topic in entry.topics:
            item.category(term=topic, label=view.topic(topic)["title"])
    return bytes(feed.atom_str(pretty=True))


def _feed(view: View, collection: Collection, entries: list[Entry], name: str) -> Any:
    """Return feedgen's generator with the feed's own particulars, the same for RSS and Atom."""
    cooperation = view.site.cooperation
    feed = FeedGenerator()
    feed.id(stable_id(cooperation, f"{collection.url}feed"))
    feed.title(_title(view, collection))
    feed.subtitle(collection.summary or cooperation.name)
    feed.description(collection.summary or cooperation.name)
    feed.author(name=cooperation.name, email=cooperation.contact.email)
    feed.language(view.site.layout.language)
    feed.generator("Schaukasten")
    feed.link(href=view.absolute(f"{collection.url}{name}"), rel="self")
    # The last link is the one that feedgen takes for RSS.
    feed.link(href=view.absolute(collection.url), rel="alternate")
    newest = _newest(view, entries)
    feed.updated(newest)
    feed.lastBuildDate(newest)
    return feed


def _json_feed(view: View, collection: Collection, entries: list[Entry]) -> bytes:
    """Return a JSON Feed 1.1 (jsonfeed.org)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(view, collection),
        "home_page_url": view.absolute(collection.url),
        "feed_url": view.absolute(f"{collection.url}feed.json"),
        "description": collection.summary or view.site.cooperation.name,
        "language": view.site.layout.language,
        "authors": [{"name": view.site.cooperation.name, "url": view.site.cooperation.base_url}],
        "items": [_json_item(view, entry) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(view: View, entry: Entry) -> dict[str, Any]:
    assert entry.published is not None
    assert entry.updated is not None
    item: dict[str, Any] = {
        "id": stable_id(view.site.cooperation, entry.id),
        "url": view.absolute(entry.url),
        "title": entry.title,
        "summary": entry.summary,
        "content_html": _content(view, entry),
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": [view.topic(topic)["title"] for topic in entry.topics],
    }
    if entry.image is not None:
        item["image"] = view.absolute(view.image(entry, entry.image)["src"])
    return item


def _content(view: View, entry: Entry) -> str:
    """Return the full text; an event's begins with when and where."""
    base = view.site.cooperation.base_url
    body = view.site.bodies[entry.id].under(base, base + entry.url)
    if not isinstance(entry, Event):
        return body
    where = ", ".join(filter(None, (entry.location.name, entry.location.address))) if entry.location else ""
    facts = [
        (view.words("event.when"), view.when(entry.start, entry.end)),
        (view.words("event.recurrence"), recurrence_text(view, entry.recurrence) if entry.recurrence else None),
        (view.words("event.where"), where or None),
        (view.words("event.online"), entry.online.url if entry.online else None),
        (view.words("event.cancelled"), entry.cancelled.reason if entry.cancelled else None),
    ]
    lines = "<br>".join(f"<strong>{name}:</strong> {escape(text, quote=False)}" for name, text in facts if text)
    return f"<p>{lines}</p>\n{body}"


def _title(view: View, collection: Collection) -> str:
    name = view.site.cooperation.name
    return name if collection.url == "" else view.words("feed.title", site=name, title=collection.title)


def _newest(view: View, entries: list[Entry]) -> datetime:
    """Return when the feed last changed; an empty one never did, so a fixed day keeps its bytes the same."""
    moments = [entry.updated for entry in entries if entry.updated is not None]
    return max(moments, default=datetime(2000, 1, 1, tzinfo=view.site.now.tzinfo))


FORMATS: Mapping[str, Callable[[View, Collection, list[Entry]], bytes]] = {
    "feed.xml": _rss,
    "feed.atom": _atom,
    "feed.json": _json_feed,
}
"""By the name of its file, what writes a feed."""
