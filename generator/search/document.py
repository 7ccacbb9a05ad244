"""What the search finds: a page of the site, as plain data."""

import json
from dataclasses import astuple, dataclass

__all__ = ["Document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page and what there is to know of it."""

    url: str
    """The page's address, relative to the site's root."""

    title: str
    summary: str
    label: str
    """What it is, for readers („Pressemitteilung“)."""

    kind: str
    """What it is, by which results are filtered (``news``)."""

    date: tuple[str, str] | None = None
    """Its day, ISO 8601 and for readers."""

    topics: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """Words that stand for what it is about, and are shown on it: label, projects, tags."""

    html: str = ""
    """Its text."""

    facts: tuple[str, ...] = ()
    """What else is shown on it, as sentences or lines: places, people, subjects."""

    @property
    def identity(self) -> str:
        """What changes with each of its parts."""
        return json.dumps(astuple(self))
