"""The icon of the site, and what phones need to put it on their home screens (W3C, Web Application Manifest)."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

from generator.cache import digest
from generator.channels.output import File, LazyFile
from generator.channels.picture_errors import told
from generator.channels.site_colours import dark_colours, light_colours
from generator.channels.view import Data, View
from generator.colours import on
from generator.model.site import PublicSite

__all__ = ["icon_links", "icons"]

_MANIFEST = "manifest.webmanifest"
_FOLDER = "assets/icons/"
_DRAWING = f"{_FOLDER}icon.svg"
_URLS = {
    # Browsers and phones ask for these two at the root, whatever a page says.
    "favicon.ico": "favicon.ico",
    "apple-touch-icon.png": "apple-touch-icon.png",
    "icon-192.png": f"{_FOLDER}icon-192.png",
    "icon-512.png": f"{_FOLDER}icon-512.png",
    "icon-maskable.png": f"{_FOLDER}icon-maskable.png",
}
"""By the names of their forms, where icons are."""

_INITIAL = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect width="64" height="64" rx="12" fill="{ground}"/>
<text x="32" y="47" fill="{colour}" font-family="system-ui,Arial,sans-serif" font-size="44" font-weight="700" \
text-anchor="middle">{letter}</text>
</svg>
"""

_FOR_APPS = {"icon-192.png": (192, "any"), "icon-512.png": (512, "any"), "icon-maskable.png": (512, "maskable")}


def icons(site: PublicSite) -> Iterator[File | LazyFile]:
    """Make the icons from the brand's own, its logo, or else the initial of the cooperation; and the manifest."""
    view = View(site)
    brand, source = site.cooperation.brand, _source(view)
    initial = _initial(view)
    data = site.load(source) if source is not None and site.load is not None else b""
    identity = (str(source), data, initial, brand.colour)
    for name, url in _URLS.items():
        make = partial(_draw, view, name, source, initial)
        yield LazyFile(path=url, url=url, identity=digest("icon", name, *identity), make=make)
    if source is None:
        drawing = _INITIAL.format(letter=initial, ground=brand.colour, colour=on(brand.colour))
        yield File(path=_DRAWING, url=_DRAWING, contents=drawing.encode())
    yield File(path=_MANIFEST, url=_MANIFEST, contents=_manifest(view))


def icon_links(view: View) -> Data:
    """Return where the icons are, for the heads of pages: from the site's root."""
    source = _source(view)
    drawing = _DRAWING if source is None else quote(str(source)) if source.suffix.lower() == ".svg" else None
    touch = _URLS["apple-touch-icon.png"]
    return {"small": _URLS["favicon.ico"], "drawing": drawing, "touch": touch, "manifest": _MANIFEST}


def _source(view: View) -> PurePosixPath | None:
    brand = view.site.cooperation.brand
    file = brand.icon or brand.logo
    return PurePosixPath(file) if file else None


def _initial(view: View) -> str:
    cooperation = view.site.cooperation
    letters = (sign for sign in cooperation.short_name or cooperation.name if sign.isalnum())
    return next(letters, "·").upper()[:1]


def _draw(view: View, name: str, source: PurePosixPath | None, initial: str) -> bytes:
    # Imported where it is needed, for the libraries take as long as reading three hundred texts.
    from generator.rendering.drawing.icon import ICON_FORMS, draw_icon  # noqa: PLC0415

    picture = None
    with told(source, None):
        if source is not None:
            assert view.site.load is not None
            picture = view.site.load(source)
            if source.suffix.lower() == ".svg":
                from generator.rendering.pictures.vector import drawn  # noqa: PLC0415

                picture = drawn(picture, 512)
        return draw_icon(ICON_FORMS[name], picture, initial, view.site.cooperation.brand.colour)


def _manifest(view: View) -> bytes:
    cooperation = view.site.cooperation
    look = cooperation.brand
    colours = dark_colours(look) if look.scheme == "dark" else light_colours(look)
    manifest = {
        "name": cooperation.name,
        "short_name": cooperation.short_name or cooperation.name,
        "description": cooperation.claim or cooperation.name,
        "lang": view.words.language,
        "dir": "ltr",
        # From the manifest's own address, for the site may lie below another.
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": colours.surface,
        "background_color": colours.paper,
        "icons": [
            {"src": _URLS[name], "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, (size, purpose) in _FOR_APPS.items()
        ],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
