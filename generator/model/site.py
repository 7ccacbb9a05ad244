"""Everything authored, and the part of it that is public."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from generator.model.cooperation import Cooperation
from generator.model.entry import Entry
from generator.model.picture import Picture
from generator.model.public_file import PublicFile
from generator.model.roles import Roles
from generator.model.web_editor import WebEditor

__all__ = ["PAGE_MARK", "ROOT_MARK", "Body", "Layout", "PublicSite", "Site"]

E = TypeVar("E", bound=Entry)

ROOT_MARK = "\ue000"
"""Stands for the site's root in a rendered body; the reader refuses it in authored texts."""

PAGE_MARK = "\ue002"
"""Stands for the text's own page in a rendered body, before a ``#``; refused like `ROOT_MARK`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a site is cut: settings that channels need."""

    folders: Mapping[str, str]
    """Content type to folder name, which is also the first part of its URLs."""

    language: str = "de"
    """The site's language: the name of a file in ``generator/locale``."""

    page_size: int = 20
    """How many entries a listing shows on a page."""

    feed_size: int = 20
    """How many entries a feed holds."""

    social_cards: bool = True
    """Whether a card is drawn for each entry without a picture."""

    search: bool = True
    """Whether the site can be searched."""

    server: str = "any"
    """What the site is served by: one of the names in ``generator/channels/server/servers.py``."""

    profiles: tuple[str, ...] = ()
    """The addresses of the cooperation's own pages in social networks."""

    editor: WebEditor | None = None
    """The web editor, if the site has one."""

    mounts: frozenset[str] = frozenset()
    """The names of folders of pages from elsewhere, such as a handbook: on the site, but not in its search."""


@dataclass(frozen=True)
class Body:
    """An entry's finished HTML, good for every channel once it is told where the site's root is."""

    written: str | Callable[[], str]
    """The HTML, or what makes it: a preview has no use for most."""

    @cached_property
    def html(self) -> str:
        """Sanitised HTML in which `ROOT_MARK` begins every address of the site, `PAGE_MARK` every one of its page."""
        return self.written if isinstance(self.written, str) else self.written()

    def under(self, root: str, page: str = "") -> str:
        """Return the HTML with its addresses finished.

        Args:
            root: how the site's root is reached: ``../../`` from a page, ``https://example.org/`` from a feed.
            page: how the text's own page is reached: from itself not at all, from a feed by its address.
        """
        return self.html.replace(ROOT_MARK, root).replace(PAGE_MARK, page)


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything authored, drafts and non-public parts included. Only the gate leads on from here."""

    cooperation: Cooperation
    entries: tuple[Entry, ...]
    files: frozenset[PurePosixPath] = frozenset()
    """Files of the content folder that are not texts (images, attachments), relative to it."""

    roles: Roles = field(default_factory=Roles)
    """What stands in the place of names that are not public."""


@dataclass(frozen=True, kw_only=True)
class PublicSite:
    """What may be shown at a moment. Made by the gate alone; every channel takes it."""

    now: datetime
    cooperation: Cooperation
    entries: tuple[Entry, ...]
    layout: Layout
    bodies: Mapping[str, Body] = field(default_factory=dict)
    """The finished HTML of each entry, by the entry's id; put in by rendering."""

    files: Mapping[PurePosixPath, PublicFile] = field(default_factory=dict)
    """The files that are published under their own names, relative to the content folder; put in by rendering."""

    pictures: Mapping[PurePosixPath, Picture] = field(default_factory=dict)
    """The pictures that public entries and the settings show, by their files; put in by rendering."""

    load: Callable[[PurePosixPath], bytes] | None = field(default=None, compare=False)
    """Returns the bytes of one of ``files``, made safe, or of ``pictures``; put in by rendering."""

    @cached_property
    def picture_at(self) -> Mapping[str, Picture]:
        """The pictures by the addresses at which bodies show them."""
        return {picture.fallback.url: picture for picture in self.pictures.values()}

    @cached_property
    def _by_type(self) -> dict[type[Entry], tuple[Entry, ...]]:
        kinds = {type(entry) for entry in self.entries}
        return {kind: tuple(entry for entry in self.entries if type(entry) is kind) for kind in kinds}

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Return the entries of one type, in the order of their files."""
        return self._by_type.get(kind, ())  # type: ignore[return-value]  # the mapping is keyed by exactly this type
