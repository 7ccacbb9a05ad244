"""The table of content types: one model, one folder, one template each."""

from dataclasses import dataclass

from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.leitbild import Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.page import Page

__all__ = ["CONTENT_TYPES", "DEFAULT_FOLDERS", "PAGE", "ContentType"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentType:
    """A kind of text and where it belongs."""

    name: str
    """The English name used in settings."""

    model: type[Entry]
    folder: str
    """The folder in ``content/``, and the first part of the URL, unless the settings rename it."""

    template: str
    """The theme's template for a page of this type."""

    has_index: bool = True
    """Whether the folder's ``index.md`` is a page that introduces the section, rather than a text of the type."""


CONTENT_TYPES = (
    ContentType(name="news", model=News, folder="aktuelles", template="news.html"),
    ContentType(name="event", model=Event, folder="termine", template="event.html"),
    ContentType(name="minutes", model=Minutes, folder="protokolle", template="minutes.html"),
    ContentType(name="leitbild", model=Leitbild, folder="leitbild", template="leitbild.html", has_index=False),
    ContentType(name="edition", model=Edition, folder="newsletter", template="edition.html"),
)
"""The types that have a folder of their own."""

PAGE = ContentType(name="page", model=Page, folder="", template="page.html")
"""The type of texts at the root, and of a section's ``index.md``."""

DEFAULT_FOLDERS = {kind.name: kind.folder for kind in CONTENT_TYPES}
"""Content type to folder name, where the settings say nothing else."""
