"""The pictures that social networks and messengers show of pages: their own, or drawn cards."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from generator.cache import digest
from generator.channels.output import LazyFile
from generator.channels.picture_errors import told
from generator.channels.view import Data, View
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.page import Page
from generator.model.paths import resolve
from generator.model.picture import Picture
from generator.model.site import PublicSite
from generator.rendering.drawing.card import CARD_SIZE, Card, Look

__all__ = ["preview", "previews", "site_preview"]


def previews(site: PublicSite) -> Iterator[LazyFile]:
    """Make a card for each entry without a picture, one for all other pages, and pictures of what is drawn (SVG)."""
    view = View(site)
    look = _look(view)
    # The same on every card: put together once.
    shared = digest("card", look.name, look.ground, look.accent, look.logo.digest if look.logo else b"")
    drawings: dict[PurePosixPath, PurePosixPath] = {}
    for entry in site.entries:
        picture = _picture(view, entry)
        if picture is None and _has_card(view, entry):
            yield _card_file(view, _card_url(view, entry), _card(view, entry), look, shared, entry.source.path)
        elif picture is not None and picture.kind == "vector":
            drawings.setdefault(picture.path, entry.source.path)
    host = urlsplit(site.cooperation.base_url).netloc
    card = Card(title=site.cooperation.name, note=site.cooperation.claim or "")
    yield _card_file(view, _site_card_url(view), card, replace(look, name=host), digest(shared, host), None)
    for path, source in drawings.items():
        yield _drawing_file(view, site.pictures[path], source)


def preview(view: View, entry: Entry) -> Data | None:
    """Return the picture of an entry's page; None: it is that of the site."""
    picture = _picture(view, entry)
    if picture is None:
        return _shown(_card_url(view, entry), *CARD_SIZE, entry.title) if _has_card(view, entry) else None
    alt = entry.image.alt if entry.image and entry.image.alt else entry.title
    if picture.kind == "vector":
        return _shown(quote(_drawing_path(view, picture)), *_drawing_size(picture), alt)
    shown = picture.fallback
    return _shown(shown.url, shown.width, shown.height, alt)


def site_preview(view: View) -> Data:
    """Return the picture of all pages that have none of their own."""
    return _shown(_site_card_url(view), *CARD_SIZE, view.site.cooperation.name)


def _shown(url: str, width: int, height: int, alt: str) -> Data:
    return {"src": url, "width": width, "height": height, "alt": alt}


def _picture(view: View, entry: Entry) -> Picture | None:
    path = resolve(entry.source.path, entry.image.file) if entry.image else None
    return view.site.pictures[path] if path else None


def _drawing_path(view: View, picture: Picture) -> str:
    return f"{view.at.previews}{picture.path}.png"


def _drawing_size(picture: Picture) -> tuple[int, int]:
    return CARD_SIZE[0], max(1, round(picture.height * CARD_SIZE[0] / picture.width))


def _has_card(view: View, entry: Entry) -> bool:
    """Tell whether an entry without a picture has a card: not the home page nor what introduces a section."""
    return view.site.layout.social_cards and entry.source.path.stem != "index"


def _card_url(view: View, entry: Entry) -> str:
    return f"{view.at.previews}{entry.url.removesuffix('/')}.png"


def _site_card_url(view: View) -> str:
    return f"{view.at.previews}index.png"


def _card(view: View, entry: Entry) -> Card:
    shown = view.card(entry)
    title = entry.title
    if isinstance(entry, Event) and entry.cancelled is not None:
        title = view.words("event.cancelled_title", title=title)
    kind = "" if isinstance(entry, Page) else view.label(entry)
    note = shown["when"] if isinstance(entry, Event) else shown["date"]["text"] if shown["date"] and kind else ""
    return Card(title=title, kind=kind, note=note)


def _look(view: View) -> Look:
    brand = view.site.cooperation.brand
    return Look(
        name=view.site.cooperation.name,
        ground=brand.colour,
        accent=brand.accent or brand.light_ground,
        logo=view.site.pictures[PurePosixPath(brand.logo)] if brand.logo else None,
    )


def _card_file(view: View, url: str, card: Card, look: Look, shared: bytes, source: PurePosixPath | None) -> LazyFile:
    identity = digest(shared, card.title, card.kind, card.note)
    make = partial(_draw_card, view.site, card, look)
    return LazyFile(path=url, url=url, source=source, identity=identity, make=make, large=True)


def _drawing_file(view: View, picture: Picture, source: PurePosixPath) -> LazyFile:
    path = _drawing_path(view, picture)
    identity = digest("preview", picture.digest)
    make = partial(_draw, view.site, picture, source)
    return LazyFile(path=path, url=quote(path), source=source, identity=identity, make=make, large=True)


def _draw_card(site: PublicSite, card: Card, look: Look) -> bytes:
    # Imported where it is needed, for the libraries take as long as reading three hundred texts.
    from generator.rendering.drawing.card_painter import draw_card  # noqa: PLC0415

    assert site.load is not None
    with told(look.logo.path if look.logo else None, None):
        return draw_card(card, look, site.load)


def _draw(site: PublicSite, picture: Picture, source: PurePosixPath) -> bytes:
    from generator.rendering.pictures.mail import for_mail  # noqa: PLC0415

    assert site.load is not None
    with told(picture.path, source):
        return for_mail(site.load(picture.path), picture, "png", CARD_SIZE[0])
