"""The groups in which entries are listed and syndicated: sections, topics, municipalities."""

from dataclasses import dataclass

from generator.channels.view import View
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.news import News

__all__ = ["Collection", "everything", "municipalities", "sections", "topics"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Entries that belong together, the newest first."""

    id: str
    title: str
    summary: str | None
    url: str
    """The address of its listing."""

    entries: tuple[Entry, ...]
    syndicated: bool = True
    """Whether it has feeds of its own, beside its listing."""


def everything(view: View) -> Collection:
    """Return all news, events and minutes."""
    cooperation = view.site.cooperation
    return Collection(
        id="all", title=cooperation.name, summary=cooperation.claim, url="", entries=_newest(view, _dated(view))
    )


def sections(view: View) -> tuple[Collection, ...]:
    """Return news, press releases, events and minutes."""
    words, at, site = view.words, view.at, view.site
    press = [entry for entry in site.of(News) if entry.kind == "press"]
    rows: tuple[tuple[str, str, list[Entry]], ...] = (
        ("news", at.news, list(site.of(News))),
        ("press", at.press, list(press)),
        ("events", at.events, list(site.of(Event))),
        ("minutes", at.minutes, list(site.of(Minutes))),
    )
    return tuple(
        Collection(
            id=name,
            title=words(f"nav.{name}"),
            summary=words(f"listing.{name}"),
            url=url,
            entries=_newest(view, entries),
        )
        for name, url, entries in rows
    )


def topics(view: View) -> tuple[Collection, ...]:
    """Return a collection for each topic of the settings."""
    entries = _dated(view)
    return tuple(
        Collection(
            id=topic.id,
            title=topic.name,
            summary=topic.summary,
            url=view.at.topic(topic.id),
            entries=_newest(view, [entry for entry in entries if topic.id in entry.topics]),
        )
        for topic in view.site.cooperation.topics
    )


def municipalities(view: View) -> tuple[Collection, ...]:
    """Return a collection for each municipality: what names it, and the events that take place there."""
    entries = _dated(view)
    return tuple(
        Collection(
            id=item.id,
            title=item.name,
            summary=item.summary,
            url=view.at.municipality(item.id),
            entries=_newest(view, [entry for entry in entries if concerns(entry, item.id)]),
        )
        for item in view.site.cooperation.municipalities
    )


def concerns(entry: Entry, municipality: str) -> bool:
    """Tell whether an entry names the municipality or takes place there."""
    takes_place = (
        isinstance(entry, Event) and entry.location is not None and entry.location.municipality == municipality
    )
    return takes_place or municipality in entry.municipalities


def _dated(view: View) -> list[Entry]:
    return [entry for kind in (News, Event, Minutes) for entry in view.site.of(kind)]


def _newest(view: View, entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(view.newest_first(entries))
