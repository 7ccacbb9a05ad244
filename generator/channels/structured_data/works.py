"""Texts: news, minutes, editions, the Leitbild and plain pages."""

from collections.abc import Callable, Mapping
from typing import Any

from generator.channels.structured_data.events import event
from generator.channels.structured_data.organizations import committee_in_brief, publisher, reference
from generator.channels.structured_data.pictures import picture
from generator.channels.structured_data.thing import Thing, thing
from generator.channels.structured_data.website import part_of
from generator.channels.view import View
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.leitbild import Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News

__all__ = ["work"]


def work(view: View, entry: Entry) -> Thing:
    """Return what an entry is; a type that is not in the table is a page."""
    return _WORKS.get(type(entry), _page)(view, entry)


def _work(view: View, entry: Entry, kind: str, **more: Any) -> Thing:
    changed = view.changed(entry)
    return thing(
        kind,
        url=view.absolute(entry.url),
        description=entry.summary,
        inLanguage=view.words.language,
        datePublished=entry.published.isoformat() if entry.published else None,
        dateModified=changed.isoformat() if changed else None,
        publisher=publisher(view),
        image=picture(view, entry),
        keywords=[*(view.topic(name)["title"] for name in entry.topics), *entry.tags],
        contentLocation=[
            thing("AdministrativeArea", name=view.municipality(name)["title"]) for name in entry.municipalities
        ],
        **more,
    )


def _article(view: View, entry: Entry, kind: str, **more: Any) -> Thing:
    return _work(view, entry, kind, headline=entry.title, mainEntityOfPage=view.absolute(entry.url), **more)


def _news(view: View, entry: News) -> Thing:
    return _article(view, entry, "NewsArticle", author=reference(view), dateline=entry.place)


def _minutes(view: View, entry: Minutes) -> Thing:
    by_id = {item.id: item for item in view.site.cooperation.committees}
    return _article(
        view,
        entry,
        "Report",
        author=committee_in_brief(view, by_id[entry.committee]),
        creativeWorkStatus=view.words(f"state.{entry.state}"),
    )


def _edition(view: View, entry: Edition) -> Thing:
    newsletter = thing("Periodical", name=view.words("nav.editions"), url=view.absolute(view.at.editions))
    return _work(view, entry, "PublicationIssue", name=entry.title, issueNumber=entry.number, isPartOf=newsletter)


def _leitbild(view: View, entry: Leitbild) -> Thing:
    adopted = entry.adopted_on.isoformat() if entry.adopted_on else None
    return _page(view, entry) | thing("WebPage", abstract=entry.vision, dateCreated=adopted, version=entry.version)


def _page(view: View, entry: Entry) -> Thing:
    return _work(view, entry, "WebPage", name=entry.title, isPartOf=part_of(view))


_WORKS: Mapping[type[Entry], Callable[[View, Any], Thing]] = {
    News: _news,
    Event: event,
    Minutes: _minutes,
    Edition: _edition,
    Leitbild: _leitbild,
}
"""By an entry's type, what it is in the words of schema.org."""
