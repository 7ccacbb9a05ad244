"""The groups in which entries are listed and syndicated: sections, topics, municipalities."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.channels.view import Data, View
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
    picture: str | None = None
    """A file in the content folder that stands for it: a coat of arms."""

    syndicated: bool = True
    """Whether it has feeds of its own, beside its listing."""

    @property
    def link(self) -> Data:
        """A link to its listing."""
        return {"title": self.title, "url": self.url}


def everything(view: View) -> Collection:
    """Return all news, events and minutes."""
    cooperation = view.site.cooperation
    return Collection(id="all", title=cooperation.name, summary=cooperation.claim, url="", entries=view.dated)


def sections(view: View) -> tuple[Collection, ...]:
    """Return news, press releases, events and minutes."""
    words, at = view.words, view.at
    rows: tuple[tuple[str, str, Callable[[Entry], bool]], ...] = (
        ("news", at.news, lambda entry: isinstance(entry, News)),
        ("press", at.press, lambda entry: isinstance(entry, News) and entry.kind == "press"),
        ("events", at.events, lambda entry: isinstance(entry, Event)),
        ("minutes", at.minutes, lambda entry: isinstance(entry, Minutes)),
    )
    return tuple(
        Collection(
            id=name,
            title=words(f"nav.{name}"),
            summary=words(f"listing.{name}"),
            url=url,
            entries=tuple(filter(belongs, view.dated)),
        )
        for name, url, belongs in rows
    )


def topics(view: View) -> tuple[Collection, ...]:
    """Return a collection for each topic of the settings."""
    return tuple(
        Collection(
            id=topic.id,
            title=topic.name,
            summary=topic.summary,
            url=view.at.topic(topic.id),
            entries=tuple(entry for entry in view.dated if topic.id in entry.topics),
        )
        for topic in view.site.cooperation.topics
    )


def municipalities(view: View) -> tuple[Collection, ...]:
    """Return a collection for each municipality: what names it, and the events that take place there."""
    return tuple(
        Collection(
            id=item.id,
            title=item.name,
            summary=item.summary,
            url=view.at.municipality(item.id),
            picture=item.coat_of_arms,
            entries=tuple(entry for entry in view.dated if concerns(entry, item.id)),
        )
        for item in view.site.cooperation.municipalities
    )


def concerns(entry: Entry, municipality: str) -> bool:
    """Tell whether an entry names the municipality or takes place there."""
    takes_place = (
        isinstance(entry, Event) and entry.location is not None and entry.location.municipality == municipality
    )
    return takes_place or municipality in entry.municipalities
