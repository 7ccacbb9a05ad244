"""Where things are on the site: the addresses that no author chose, in one place."""

from collections.abc import Mapping

from generator.locale import Locale

__all__ = ["Addresses"]


class Addresses:
    """The addresses of a site's sections, relative to its root, each ending in a slash."""

    def __init__(self, folders: Mapping[str, str], words: Locale) -> None:
        """Take the sections' folders, and the rest from the language (``themen``, ``kommunen``)."""
        self.news = f"{folders['news']}/"
        self.events = f"{folders['event']}/"
        self.minutes = f"{folders['minutes']}/"
        self.leitbild = f"{folders['leitbild']}/"
        self.editions = f"{folders['edition']}/"
        self.press = words("address.press")
        self.past_events = self.events + words("address.past")
        self.calendar = self.events + words("address.calendar")
        self.topics = words("address.topics")
        self.municipalities = words("address.municipalities")
        self.committees = words("address.committees")
        self.decisions = words("address.decisions")
        self.search = words("address.search")
        self.archive = words("address.archive")
        self._calendar = words("address.calendar")
        self.previews = words("address.previews")
        self._year = words("address.year")
        self._page = words("address.page")

    @property
    def sections(self) -> tuple[str, ...]:
        """The addresses of the sections at the top of the site, but the search's."""
        folders = (self.news, self.events, self.minutes, self.leitbild, self.editions)
        listings = (self.press, self.topics, self.municipalities, self.committees, self.decisions, self.archive)
        return (*folders, *listings)

    def topic(self, name: str) -> str:
        """Return a topic's address."""
        return f"{self.topics}{name}/"

    def municipality(self, name: str) -> str:
        """Return a municipality's address."""
        return f"{self.municipalities}{name}/"

    def municipality_calendar(self, name: str) -> str:
        """Return the address of the calendar of a municipality's events."""
        return self.municipality(name) + self._calendar

    def events_of(self, municipality: str) -> str:
        """Return the address of a municipality's events to come."""
        return self.events + self.municipality(municipality)

    def events_about(self, topic: str) -> str:
        """Return the address of a topic's events to come."""
        return self.events + self.topic(topic)

    def committee(self, name: str) -> str:
        """Return a committee's address."""
        return f"{self.committees}{name}/"

    def year(self, year: int) -> str:
        """Return the address of a year's news."""
        return f"{self.news}{self._year}{year}/"

    def archived(self, year: int) -> str:
        """Return the address of everything of a year."""
        return f"{self.archive}{year}/"

    def numbered(self, listing: str, number: int) -> str:
        """Return the address of a listing's page, counted from 1."""
        return listing if number == 1 else f"{listing}{self._page}{number}/"
