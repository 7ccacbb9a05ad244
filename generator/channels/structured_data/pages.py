"""The data block of a page: what it shows, who publishes it, and where it stands."""

from collections.abc import Iterable

from generator.channels.structured_data.organizations import cooperation
from generator.channels.structured_data.thing import Thing, linked_data, thing
from generator.channels.structured_data.website import part_of, website
from generator.channels.structured_data.works import work
from generator.channels.view import Data, View
from generator.model.entry import Entry

__all__ = ["entry_data", "page_data"]


def entry_data(view: View, entry: Entry, above: Iterable[Data]) -> str:
    """Return the data block of an entry's page.

    Args:
        view: the site.
        entry: the entry.
        above: links to the pages above it, the topmost first.
    """
    if entry.url == "":
        return linked_data([website(view), cooperation(view, entry.summary)])
    return linked_data([work(view, entry), _breadcrumbs(view, above, entry.title, entry.url)])


def page_data(view: View, kind: str, url: str, meta: Data, about: Thing | None = None) -> str:
    """Return the data block of a page that is no entry's.

    Args:
        view: the site.
        kind: its type: ``CollectionPage``.
        url: its address.
        meta: what it shows: title, description, breadcrumbs.
        about: what it is about, if it is one thing.
    """
    page = thing(
        kind,
        name=meta["title"],
        description=meta["description"],
        url=view.absolute(url),
        inLanguage=view.words.language,
        isPartOf=part_of(view),
        mainEntity=about,
    )
    return linked_data([page, _breadcrumbs(view, meta["breadcrumbs"], meta["title"], url)])


def _breadcrumbs(view: View, above: Iterable[Data], title: str, url: str) -> Thing:
    home: Data = {"title": view.words("nav.home"), "url": ""}
    steps = [home, *above, {"title": title, "url": url}]
    return thing(
        "BreadcrumbList",
        itemListElement=[
            thing("ListItem", position=position, name=step["title"], item=view.absolute(step["url"]))
            for position, step in enumerate(steps, start=1)
        ],
    )
