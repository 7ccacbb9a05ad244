"""A listing, and the pages it is cut into."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.channels.output import File, page
from generator.channels.structured_data.pages import page_data
from generator.channels.structured_data.thing import Thing
from generator.channels.variants import variants_of
from generator.channels.view import Data, View
from generator.model.page import Page

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


def listing_pages(view: View, listing: Listing, introduction: Page | None) -> Iterator[File]:
    """Cut a listing into pages; a text at its address introduces the first."""
    size = len(listing.entries) or 1 if listing.whole else view.site.layout.page_size
    chunks = [listing.entries[start : start + size] for start in range(0, len(listing.entries), size)] or [[]]
    title = introduction.title if introduction else listing.title
    summary = introduction.summary if introduction else listing.summary
    variants = variants_of(view, introduction) if introduction else []
    for number, entries in enumerate(chunks, start=1):
        url = view.at.numbered(listing.url, number)
        meta: Data = {
            "title": title if number == 1 else view.words("listing.page", title=title, number=number),
            "heading": title,
            "description": summary or view.words("listing.description", title=title),
            "type": "listing",
            "lead": summary,
            "breadcrumbs": [*listing.above, *([{"title": title, "url": listing.url}] if number > 1 else [])],
            "entries": [listing.show(entry) for entry in entries],
            **({"variants": variants} if variants and number == 1 else {}),
            **listing.meta,
            **(listing.first if number == 1 else {}),
        }
        if len(chunks) > 1:
            meta["pagination"] = _pagination(view, listing.url, number, len(chunks))
        meta["structured_data"] = page_data(view, "CollectionPage", url, meta, listing.about)
        body = view.site.bodies[introduction.id].html if introduction and number == 1 else ""
        if pictures := view.pictures_in(body):
            meta["pictures"] = pictures
        yield page(
            url,
            listing.template,
            meta,
            body,
            listed=listing.listed,
            source=introduction.source.path if introduction and number == 1 else None,
        )


def _pagination(view: View, url: str, number: int, total: int) -> Data:
    return {
        "number": number,
        "total": total,
        "newer": view.at.numbered(url, number - 1) if number > 1 else None,
        "older": view.at.numbered(url, number + 1) if number < total else None,
        "pages": [{"number": other, "url": view.at.numbered(url, other)} for other in range(1, total + 1)],
    }
