"""The types of pages of the demo site: one row each, with where one of them is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.channels.occurrences import is_over
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.leitbild import Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.site import PublicSite

__all__ = ["DIFFERENT", "PAGE_TYPES", "PageType", "Place"]

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages are looked for."""

    site: Path
    """The built site."""

    public: PublicSite
    """What it was built from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageType:
    """A type of pages."""

    find: Callable[[Place], str]
    """Returns the address of one, relative to the site's root."""

    found_by_search: bool = True
    """Whether search engines are to list such pages."""

    needs_script: bool = False
    """Whether its script puts something else in the place of what is there without it."""


def _at(address: str) -> PageType:
    return PageType(find=lambda _: address)


def _built(pattern: str) -> PageType:
    """Return a type whose first page, in the order of their addresses, is where the pattern says."""

    def find(place: Place) -> str:
        return min(place.site.glob(pattern)).relative_to(place.site).as_posix() + "/"

    return PageType(find=find)


def _of(kind: type[E], chosen: Callable[[E, PublicSite], bool] = lambda _entry, _site: True) -> PageType:
    """Return a type whose first entry is chosen."""

    def find(place: Place) -> str:
        return next(entry.url for entry in place.public.of(kind) if chosen(entry, place.public))

    return PageType(find=find)


def _is_ordinary(event: Event, site: PublicSite) -> bool:
    return not (event.cancelled or event.recurrence or is_over(event, site.now))


PAGE_TYPES: Mapping[str, PageType] = {
    "home": _at(""),
    "article with picture": _of(News, lambda news, _: news.kind == "news" and news.image is not None),
    "article with photograph": _of(News, lambda news, _: news.image is not None and news.image.file.endswith(".jpg")),
    "article without picture": _of(News, lambda news, _: news.kind == "news" and news.image is None),
    "press release": _of(News, lambda news, _: news.kind == "press"),
    "news": _at("aktuelles/"),
    "news of a year": _built("aktuelles/jahr/*"),
    "press": _at("presse/"),
    "event": _of(Event, _is_ordinary),
    "cancelled event": _of(Event, lambda event, _: event.cancelled is not None),
    "past event": _of(Event, lambda event, site: is_over(event, site.now)),
    "recurring event": _of(Event, lambda event, _: event.recurrence is not None),
    "events": _at("termine/"),
    "past events": _at("termine/vergangen/"),
    "events of a municipality": _built("termine/kommunen/*"),
    "events of a topic": _built("termine/themen/*"),
    "archive": _at("archiv/"),
    "archive of a year": _built("archiv/*"),
    "second page": _built("*/seite/2"),
    "minutes": _of(Minutes, lambda minutes, _: minutes.state == "approved"),
    "preliminary minutes": _of(Minutes, lambda minutes, _: minutes.state == "preliminary"),
    "list of minutes": _at("protokolle/"),
    "decisions": _at("beschluesse/"),
    "committee": _built("gremien/*"),
    "Leitbild": _of(Leitbild),
    "municipality": _built("kommunen/*"),
    "municipalities": _at("kommunen/"),
    "topic": _built("themen/*"),
    "topics": _at("themen/"),
    "newsletter": _at("newsletter/"),
    "edition": _of(Edition),
    "page": _at("ueber-uns/"),
    "contact": _at("kontakt/"),
    "imprint": _at("impressum/"),
    "privacy": _at("datenschutz/"),
    "accessibility": _at("barrierefreiheit/"),
    "plain language": _at("leichte-sprache/"),
    "search": PageType(find=lambda _: "suche/", found_by_search=False, needs_script=True),
    "search with results": PageType(find=lambda _: "suche/?q=Rufbus", found_by_search=False, needs_script=True),
    "search with a filter": PageType(
        find=lambda _: "suche/?q=Rufbus&kind=minutes", found_by_search=False, needs_script=True
    ),
    "gone": PageType(find=lambda _: "probebetrieb-rufbus/", found_by_search=False),
    "not found": PageType(find=lambda _: "gibt-es-nicht/", found_by_search=False),
}
"""The types by name."""

_ALIKE: Mapping[str, str] = {
    "article with picture": "article with photograph",
    "news of a year": "news",
    "press": "news",
    "second page": "news",
    "list of minutes": "news",
    "cancelled event": "event",
    "past event": "event",
    "past events": "events",
    "events of a topic": "events of a municipality",
    "archive of a year": "archive",
    "preliminary minutes": "minutes",
    "municipality": "topic",
    "municipalities": "topics",
    "imprint": "page",
    "privacy": "page",
    "contact": "page",
    "search with a filter": "search with results",
}
"""Types that come from the same template and hold the same kinds of parts as another one."""

DIFFERENT = tuple(name for name in PAGE_TYPES if name not in _ALIKE)
"""Of types that are alike one: enough for what takes long and depends on the parts of a page alone."""
