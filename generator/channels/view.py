"""What templates show of an entry, as plain data: shared by pages, listings and the home page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, get_args
from urllib.parse import quote

from generator.channels.addresses import Addresses
from generator.channels.occurrences import next_occurrence, occurrence_end
from generator.channels.picture_data import picture_data, pictures_in
from generator.locale import Locale, locale
from generator.model.entry import Attachment, Contact, Entry, Image
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.moments import is_before
from generator.model.news import News
from generator.model.page import Page, VariantKind
from generator.model.paths import resolve
from generator.model.site import PublicSite

__all__ = ["Data", "View"]

Data = dict[str, Any]


class View:
    """A public site with the words and addresses to show it."""

    def __init__(self, site: PublicSite) -> None:
        """Take the site; the language and the folders come with it."""
        self.site = site
        self.words: Locale = locale(site.layout.language)
        self.at = Addresses(site.layout.folders, self.words)
        self._cards: dict[str, Data] = {}

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The public entries by id."""
        return {entry.id: entry for entry in self.site.entries}

    @cached_property
    def variants(self) -> dict[str, dict[str, Page]]:
        """The public other forms of texts: the text's id, the form's name, the page."""
        found: dict[str, dict[str, Page]] = {}
        for kind in get_args(VariantKind):
            for page in self.site.of(Page):
                if page.variant is not None and page.variant.kind == kind:
                    found.setdefault(page.variant.of, {})[kind] = page
        return found

    @cached_property
    def dated(self) -> tuple[Entry, ...]:
        """All news, events and minutes, the newest first."""
        return tuple(self.newest_first(entry for kind in (News, Event, Minutes) for entry in self.site.of(kind)))

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        cooperation = self.site.cooperation
        return {
            "municipalities": {item.id: item.name for item in cooperation.municipalities},
            "topics": {item.id: item.name for item in cooperation.topics},
            "committees": {item.id: item.name for item in cooperation.committees},
        }

    def absolute(self, url: str = "") -> str:
        """Return an address of the site in full, as feeds and other sites need it."""
        return self.site.cooperation.base_url + url

    def changed(self, entry: Entry) -> datetime | None:
        """Return when an entry last changed, as far as that is in the past."""
        updated = entry.updated
        return updated if updated and not is_before(self.site.now, updated) else None

    def day(self, value: date) -> Data:
        """Return a day for people and for machines."""
        iso = value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
        return {"iso": iso, "text": self.words.day(value)}

    def municipality(self, name: str) -> Data:
        """Return a link to a municipality's page."""
        return {"title": self._names["municipalities"][name], "url": self.at.municipality(name)}

    def topic(self, name: str) -> Data:
        """Return a link to a topic's page."""
        return {"title": self._names["topics"][name], "url": self.at.topic(name)}

    def committee(self, name: str) -> Data:
        """Return a link to a committee's page."""
        return {"title": self._names["committees"][name], "url": self.at.committee(name)}

    def link(self, entry: Entry) -> Data:
        """Return a link to an entry."""
        return {"title": entry.title, "url": entry.url}

    def image(self, entry: Entry, image: Image) -> Data:
        """Return the picture of an entry; a decorative one has an empty alternative text."""
        path = resolve(entry.source.path, image.file)
        assert path is not None
        data = picture_data(self.site.pictures[path])
        return {**data, "alt": image.alt or "", "credit": image.credit, "licence": image.licence}

    def picture_of(self, file: str | None) -> Mapping[str, Any] | None:
        """Return a picture that the settings name, if they name one."""
        return picture_data(self.site.pictures[PurePosixPath(file)]) if file else None

    def pictures_in(self, html: str) -> Data:
        """Return the pictures that a rendered body shows, by their addresses in it."""
        return {address: picture_data(picture) for address, picture in pictures_in(self.site, html).items()}

    def attachment(self, entry: Entry, attachment: Attachment) -> Data:
        """Return a file to download, with its kind and size, so that nobody loads what they cannot use."""
        path = resolve(entry.source.path, attachment.file)
        assert path is not None
        return {
            "title": attachment.title,
            "url": quote(str(path)),
            "type": path.suffix.lstrip(".").upper(),
            "size": self.words.file_size(self.site.files[path].size),
        }

    def contact(self, contact: Contact) -> Data:
        """Return whom to ask."""
        return {
            "name": contact.name,
            "role": contact.role,
            "email": contact.email,
            "phone": self.phone(contact.phone) if contact.phone else None,
        }

    def phone(self, number: str) -> Data:
        """Return a telephone number as it is written and as it is dialled."""
        # Nobody dials the (0) after a country code.
        dialled = number.replace("(0)", "") if number.startswith("+") else number
        return {"text": number, "href": "".join(sign for sign in dialled if sign in "+0123456789")}

    def label(self, entry: Entry) -> str:
        """Return what an entry is, in one word: „Pressemitteilung“, „Werkstatt“, „Protokoll“."""
        if isinstance(entry, News | Event):
            return self.words(f"kind.{entry.kind}")
        return self.words(f"type.{type(entry).__name__.lower()}")

    def moment(self, entry: Entry) -> date | None:
        """Return the day or time by which an entry is sorted and dated in listings."""
        match entry:
            case News():
                return entry.date
            case Event():
                return next_occurrence(entry, self.site.now)
            case Minutes():
                return entry.start
            case _:
                return entry.published

    def card(self, entry: Entry) -> Data:
        """Return an entry as listings and the home page show it; not to be changed, for it is shared."""
        if entry.id not in self._cards:
            self._cards[entry.id] = self._make_card(entry)
        return self._cards[entry.id]

    def _make_card(self, entry: Entry) -> Data:
        moment = self.moment(entry)
        card: Data = {
            "type": type(entry).__name__.lower(),
            "label": self.label(entry),
            "title": entry.title,
            "url": entry.url,
            "summary": entry.summary,
            "date": self.day(moment) if moment else None,
            "municipalities": [self._names["municipalities"][name] for name in entry.municipalities],
        }
        if entry.image is not None:
            card["image"] = self.image(entry, entry.image)
        if isinstance(entry, Event) and moment is not None:
            card |= {
                "badge": {"day": str(moment.day), "month": self.words.month_short(moment), "year": str(moment.year)},
                "when": self.when(moment, occurrence_end(entry, moment)),
                "where": entry.location.name if entry.location else self.words("event.online"),
                "cancelled": entry.cancelled is not None,
            }
        if isinstance(entry, Minutes):
            card |= {
                "committee": self._names["committees"][entry.committee],
                "preliminary": entry.state == "preliminary",
            }
        return card

    def when(self, start: date, end: date | None) -> str:
        """Return „Mittwoch, 9. Dezember 2026, 18:30 bis 20:30 Uhr“."""
        words = self.words
        if end is None:
            return words.moment(start)
        if _day(start) != _day(end):
            return words("event.until", start=words.moment(start), end=words.moment(end))
        if isinstance(start, datetime) and isinstance(end, datetime):
            return words(
                "event.from_to", day=words.weekday_and_day(start), start=words.clock(start), end=words.clock(end)
            )
        return words.moment(start)

    def soonest_first(self, events: Iterable[Event]) -> list[Event]:
        """Return events as they come; those of one moment are in the order of their ids."""
        return sorted(sorted(events, key=lambda event: event.id), key=self._instant)

    def newest_first(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries by their day, the newest first; entries of one day are in the order of their ids."""
        return sorted(sorted(entries, key=lambda entry: entry.id), key=self._instant, reverse=True)

    def _instant(self, entry: Entry) -> float:
        """Return the entry's moment as seconds, a day as its beginning; what has none is oldest."""
        moment = self.moment(entry)
        if moment is None:
            return float("-inf")
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, tzinfo=self.site.now.tzinfo)
        return moment.timestamp()


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
