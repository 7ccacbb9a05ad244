"""A listing, and the pages it is cut into."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from generator.channels.output import File, Shown, page
from generator.channels.structured_data.pages import page_data
from generator.channels.structured_data.thing import Thing
from generator.channels.variants import variants_of
from generator.channels.view import Data, View
from generator.model.page import Page
from generator.model.site import Body

__all__ = ["Listing", "listing_pages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A listing before it is cut into pages."""

    url: str
    title: str
    summary: str | None
    entries: Sequence[Any] = ()
    show: Callable[[Any], Data] = dict
    """Turns one of the entries into what the template shows of it; called only when its page is made."""

    whole: bool = False
    """Whether it is one page, however long it is."""

    template: str = "listing.html"
    meta: Data = field(default_factory=dict)
    """What the template shows besides the items."""

    first: Data = field(default_factory=dict)
    """What the template shows on the first page only."""

    listed: bool = True
    """Whether search engines are to find it."""

    above: tuple[Data, ...] = ()
    """Links to the listings above it, the topmost first."""

    about: Thing | None = None
    """What its entries have in common, if it is something in the words of schema.org."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What stands on one page of a listing."""

    listing: Listing
    introduction: Page | None
    """A text at the listing's address."""

    number: int
    total: int
    entries: Sequence[Any]

    @property
    def introduced_by(self) -> Page | None:
        """The text that stands on this page."""
        return self.introduction if self.number == 1 else None


def listing_pages(view: View, listing: Listing, introduction: Page | None) -> Iterator[File]:
    """Cut a listing into pages; a text at its address introduces the first."""
    size = len(listing.entries) or 1 if listing.whole else view.site.layout.page_size
    chunks = [listing.entries[start : start + size] for start in range(0, len(listing.entries), size)] or [[]]
    for number, entries in enumerate(chunks, start=1):
        part = _Part(listing=listing, introduction=introduction, number=number, total=len(chunks), entries=entries)
        text = part.introduced_by
        yield page(
            view.at.numbered(listing.url, number),
            partial(_shown, view, part),
            view.site.bodies[text.id] if text else Body(""),
            listed=listing.listed,
            source=text.source.path if text else None,
        )


def _shown(view: View, part: _Part) -> Shown:
    listing, text, number = part.listing, part.introduced_by, part.number
    title = part.introduction.title if part.introduction else listing.title
    summary = part.introduction.summary if part.introduction else listing.summary
    shown: Data = {
        "title": title if number == 1 else view.words("listing.page", title=title, number=number),
        "heading": title,
        "description": summary or view.words("listing.description", title=title),
        "type": "listing",
        "lead": summary,
        "breadcrumbs": [*listing.above, *([{"title": title, "url": listing.url}] if number > 1 else [])],
        "entries": [listing.show(entry) for entry in part.entries],
        **({"variants": variants} if text and (variants := variants_of(view, text)) else {}),
        **listing.meta,
        **(listing.first if number == 1 else {}),
    }
    if part.total > 1:
        shown["pagination"] = _pagination(view, listing.url, number, part.total)
    url = view.at.numbered(listing.url, number)
    shown["structured_data"] = page_data(view, "CollectionPage", url, shown, listing.about)
    if text and (pictures := view.pictures_in(view.site.bodies[text.id].html)):
        shown["pictures"] = pictures
    return listing.template, shown


def _pagination(view: View, url: str, number: int, total: int) -> Data:
    return {
        "number": number,
        "total": total,
        "newer": view.at.numbered(url, number - 1) if number > 1 else None,
        "older": view.at.numbered(url, number + 1) if number < total else None,
        "pages": [{"number": other, "url": view.at.numbered(url, other)} for other in range(1, total + 1)],
    }
