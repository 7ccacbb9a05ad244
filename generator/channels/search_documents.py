"""What the search finds: a document for every page that readers look for."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from generator.channels.collections import municipalities, topics
from generator.channels.view import View
from generator.model.edition import Edition
from generator.model.entry import Contact, Entry
from generator.model.event import Event
from generator.model.leitbild import Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.page import Page
from generator.model.statement import Statement
from generator.search.document import Document

__all__ = ["KINDS", "documents"]

KINDS = ("news", "press", "event", "minutes", "edition", "page")
"""By what results are filtered."""

_Facts = Iterator[str | None]


def documents(view: View) -> list[Document]:
    """Return what the search finds, the oldest first: new texts come at the end, so the rest stays as it is."""
    own = (entry for entry in view.site.entries if entry.source.path.parts[0] not in view.site.layout.mounts)
    entries = sorted(own, key=lambda entry: (_fixed_day(entry), entry.url))
    written = {entry.url for entry in entries}
    lists = [document for document in _lists(view) if document.url not in written]
    return [*lists, *(_document(view, entry) for entry in entries)]


def _fixed_day(entry: Entry) -> str:
    """Return a day of the entry that does not depend on the clock, ISO 8601."""
    match entry:
        case News() | Edition():
            return entry.date.date().isoformat()
        case Event():
            return entry.start_day.isoformat()
        case Minutes():
            return entry.start.date().isoformat()
        case _:
            return ""


def _document(view: View, entry: Entry) -> Document:
    moment = view.moment(entry)
    everywhere = len(entry.municipalities) == len(view.site.cooperation.municipalities)
    names = [] if everywhere else [view.municipality(name)["title"] for name in entry.municipalities]
    day = _day(view, moment) if moment else None
    facts = (day[1] if day else None, *_common(entry), *_FACTS.get(type(entry), _nothing)(view, entry))
    return Document(
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        label=view.label(entry),
        kind=entry.kind if isinstance(entry, News) else _KIND.get(type(entry), "page"),
        date=day,
        topics=entry.topics,
        municipalities=entry.municipalities,
        keywords=(view.label(entry), *entry.projects, *entry.tags, *names, *_keywords(view, entry)),
        html=view.site.bodies[entry.id].html,
        facts=tuple(fact for fact in facts if fact),
    )


def _day(view: View, moment: date) -> tuple[str, str]:
    day = view.day(moment)
    return day["iso"], day["text"]


def _keywords(view: View, entry: Entry) -> Iterator[str]:
    if isinstance(entry, Minutes):
        yield view.committee(entry.committee)["title"]
    if isinstance(entry, Page) and entry.variant is not None:
        yield view.words(f"variant.{entry.variant.kind}")


def _common(entry: Entry) -> _Facts:
    """Yield what pages of all types show besides the text; topics have pages of their own."""
    yield from (attachment.title for attachment in entry.attachments)
    yield from (change.note for change in entry.changes if change.major)
    if entry.contact is not None:
        yield _person(entry.contact)


def _person(contact: Contact) -> str:
    return ", ".join(part for part in (contact.name, contact.role) if part)


def _news(_view: View, news: News) -> _Facts:
    yield from (f"„{quote.text}“ {quote.name}, {quote.role or ''}".rstrip(", ") for quote in news.quotes)


def _event(view: View, event: Event) -> _Facts:
    place = event.location
    if place is not None:
        yield place.name
        yield view.municipality(place.municipality)["title"] if place.municipality else None
    yield event.online.note if event.online else None
    yield event.organizer
    yield event.cancelled.reason if event.cancelled else None
    for name, answer in event.accessibility:
        yield view.words(f"accessibility.{name}") if answer is True else None
    yield event.accessibility.note


def _minutes(_view: View, minutes: Minutes) -> _Facts:
    yield minutes.place
    yield from minutes.attendance.roles if minutes.attendance else ()


def _leitbild(_view: View, leitbild: Leitbild) -> _Facts:
    yield leitbild.vision
    for field in leitbild.fields:
        yield f"{field.title}: {field.text}" if field.text else field.title
        for goal in field.goals:
            yield goal.text
            yield from (indicator.name for indicator in goal.indicators)


def _page(view: View, page: Page) -> _Facts:
    legal = view.site.cooperation.legal
    if page.url == legal.accessibility and legal.statement is not None:
        yield from _statement(legal.statement)


def _statement(statement: Statement) -> _Facts:
    yield from statement.law
    yield from statement.standards
    yield statement.method_note
    for item in statement.limitations:
        yield ". ".join(part for part in (item.what, item.reason, item.alternative) if part)
    yield statement.enforcement.name


def _nothing(_view: View, _entry: Entry) -> _Facts:
    yield from ()


_KIND: dict[type[Entry], str] = {Event: "event", Minutes: "minutes", Edition: "edition"}

_FACTS: dict[type[Entry], Callable[[View, Any], _Facts]] = {
    News: _news,
    Event: _event,
    Minutes: _minutes,
    Leitbild: _leitbild,
    Page: _page,
}


def _lists(view: View) -> Iterator[Document]:
    """Yield the municipalities, topics and committees, and the lists that have no text of their own."""
    words, at, cooperation = view.words, view.at, view.site.cooperation
    for collection, municipality in zip(municipalities(view), cooperation.municipalities, strict=True):
        gazette = (municipality.gazette.name,) if municipality.gazette else ()
        yield _list(
            view, "municipality", collection.url, collection.title, collection.summary, gazette, of=(municipality.id,)
        )
    for topic in topics(view):
        yield _list(view, "topic", topic.url, topic.title, topic.summary)
    for committee in cooperation.committees:
        facts = (*committee.members, *([committee.rhythm] if committee.rhythm else []))
        yield _list(view, "committee", at.committee(committee.id), committee.name, committee.task, facts)
    for name, url in (("press", at.press), ("decisions", at.decisions)):
        yield _list(view, "list", url, words(f"nav.{name}"), words(f"listing.{name}"))
    for name in ("topics", "municipalities", "committees"):
        yield _list(view, "list", getattr(at, name), words(f"nav.{name}"), words(f"listing.{name}_summary"))
    statement = cooperation.legal.accessibility
    yield _list(view, "list", statement, words("nav.accessibility"), words("statement.description"))


def _list(
    view: View,
    name: str,
    url: str,
    title: str,
    summary: str | None,
    facts: tuple[str, ...] = (),
    *,
    of: tuple[str, ...] = (),
) -> Document:
    return Document(
        url=url,
        title=title,
        summary=summary or "",
        label=view.words(f"search.{name}"),
        kind="page",
        municipalities=of,
        facts=facts,
    )
