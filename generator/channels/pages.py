"""A page for every entry."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from generator.channels.event_view import event_view
from generator.channels.leitbild_view import leitbild_view
from generator.channels.listings import listing_urls
from generator.channels.minutes_view import minutes_view
from generator.channels.output import File, Shown, page
from generator.channels.page_view import page_view
from generator.channels.sharing import share
from generator.channels.statement_view import statement_page
from generator.channels.structured_data.pages import entry_data
from generator.channels.variants import variants_of
from generator.channels.view import Data, View
from generator.model.content_type import CONTENT_TYPES
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.leitbild import Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.page import Page
from generator.model.site import PublicSite

__all__ = ["entry_page", "pages"]

_TEMPLATES = {kind.model: kind.template for kind in CONTENT_TYPES}


def pages(site: PublicSite) -> Iterator[File]:
    """Make a page for each public entry; the introduction of a section becomes part of its listing instead.

    A type that is not in the table has a channel of its own.
    """
    view = View(site)
    introductions = listing_urls(view)
    for entry in site.entries:
        if type(entry) not in (*_VIEWS, Page) or (isinstance(entry, Page) and entry.url in introductions):
            continue
        yield entry_page(view, entry, partial(_own, view, entry))
    if all(entry.url != site.cooperation.legal.accessibility for entry in site.entries):
        yield statement_page(view)


def entry_page(view: View, entry: Entry, show: Callable[[], Shown]) -> File:
    """Return the page of an entry: what all entries show, and what its own type adds.

    Args:
        view: the site.
        entry: one of its entries.
        show: returns the template, and what the page of this type shows.
    """
    changed = view.changed(entry)
    return page(
        entry.url,
        partial(_shown, view, entry, show),
        view.site.bodies[entry.id],
        path=stage_path(entry),
        modified=changed.date().isoformat() if changed else None,
        source=entry.source.path,
    )


def stage_path(entry: Entry) -> str:
    """Return where an entry's page is staged: as its text lies in the content folder, in ASCII."""
    if entry.source.path.stem == "index":
        return f"{entry.url}index.md"
    return f"{entry.url.removesuffix('/')}.md"


def _shown(view: View, entry: Entry, show: Callable[[], Shown]) -> Shown:
    template, own = show()
    return template, {**_common(view, entry), **own}


def _own(view: View, entry: Entry) -> Shown:
    """Return an entry's template, and what its own type shows."""
    if isinstance(entry, Page):
        return page_view(view, entry)
    return _TEMPLATES[type(entry)], _VIEWS[type(entry)](view, entry)


def _common(view: View, entry: Entry) -> Data:
    above = _breadcrumbs(view, entry)
    data: Data = {
        "title": entry.title,
        "description": entry.summary,
        "type": type(entry).__name__.lower(),
        "breadcrumbs": above,
        "structured_data": entry_data(view, entry, above),
    }
    optional: Data = {
        "share": share(view, entry),
        "variants": variants_of(view, entry),
        "label": None if isinstance(entry, Page) else view.label(entry),
        "municipalities": [view.municipality(name) for name in entry.municipalities],
        "topics": [view.topic(name) for name in entry.topics],
        "projects": list(entry.projects),
        "tags": list(entry.tags),
        "image": view.image(entry, entry.image) if entry.image else None,
        "attachments": [view.attachment(entry, item) for item in entry.attachments],
        "contact": view.contact(entry.contact) if entry.contact else None,
        "pictures": view.pictures_in(view.site.bodies[entry.id].html),
        "changes": [{"date": view.day(change.date), "note": change.note} for change in entry.changes if change.major],
        "signatures": [
            view.municipality(signature.municipality)
            | {"role": signature.role, "date": view.day(signature.date) if signature.date else None}
            for signature in entry.sign_off
        ],
    }
    return data | {name: value for name, value in optional.items() if value}


def _breadcrumbs(view: View, entry: Entry) -> list[Data]:
    sections = {
        News: ("nav.news", view.at.news),
        Event: ("nav.events", view.at.events),
        Minutes: ("nav.minutes", view.at.minutes),
        Edition: ("nav.editions", view.at.editions),
    }
    if isinstance(entry, Page) and entry.variant is not None:
        original = view.by_id.get(entry.variant.of)
        # The home page begins every path.
        return [*_breadcrumbs(view, original), view.link(original)] if original and original.url else []
    if type(entry) not in sections:
        return _mount_above(view, entry)
    words, url = sections[type(entry)]
    return [{"title": view.words(words), "url": url}]


def _mount_above(view: View, entry: Entry) -> list[Data]:
    """Return a link to the first page of the mounted folder in which a page lies."""
    folder = entry.source.path.parts[0]
    first = next((page for page in view.site.of(Page) if page.url == f"{folder}/"), None)
    is_below = folder in view.site.layout.mounts and entry.url != f"{folder}/"
    return [view.link(first)] if is_below and first is not None else []


def _news_view(view: View, entry: News) -> Data:
    data: Data = {"date": view.day(entry.date), "press": entry.kind == "press", "place": entry.place}
    data["quotes"] = [{"text": quote.text, "name": quote.name, "role": quote.role} for quote in entry.quotes]
    if entry.kind == "press":
        data["publisher"] = view.site.cooperation.name
    return data


_VIEWS: dict[type[Entry], Callable[[View, Any], Data]] = {
    News: _news_view,
    Event: event_view,
    Minutes: minutes_view,
    Leitbild: leitbild_view,
}
