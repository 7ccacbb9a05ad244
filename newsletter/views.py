"""A finished letter as its readers see it: other colours, no pictures, no style sheets, Outlook; HTML to HTML.

A view does not depend on what the reader of the view prefers: its colours are those it is named after.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

from newsletter.mjml.finished import for_outlook
from newsletter.mjml.markup import parse
from newsletter.mjml.tree import Element

__all__ = ["NARROW", "VIEWS", "WIDE", "View", "dark", "light", "mso", "no_images", "no_style"]

WIDE, NARROW = 680, 320
"""Pixels: a letter of 600 with what is around it, and the narrowest screen (WCAG 2.2, 1.4.10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A way to look at a letter."""

    title: str
    """For editors, in German."""

    of: Callable[[str], str]
    """From a letter's HTML to that of the view."""

    width: int
    """Pixels of the window."""


_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]*")
_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)")
_SCHEMES = re.compile(r"(color-schemes?\s*:)[^;}]*")
_SCHEMES_META = re.compile(r'(<meta name="(?:supported-)?color-schemes?" content=")[^"]*(")')
_SETTINGS = re.compile(r"<noscript>\s*<xml>.*?</xml>\s*</noscript>", re.DOTALL)
"""For Outlook's eyes only: a browser without scripts would show the numbers in it."""

_IMAGE = re.compile(r"""<img\b(?:[^>"']|"[^"]*"|'[^']*')*>""")
_IMAGE_SELECTOR = re.compile(r"(?<![\w.#=-])img(?![\w-])(?=[^{}]*\{)")
_ALWAYS, _NEVER = "(min-width: 0)", "(max-width: 0)"


def light(html: str) -> str:
    """Return what is shown where light colours are preferred."""
    return _in("light", html)


def dark(html: str) -> str:
    """Return what is shown where dark colours are preferred."""
    return _in("dark", html)


def no_images(html: str) -> str:
    """Return what is shown while pictures are blocked: a box with the alternative text where each would be."""
    # The boxes look as style sheets say of pictures.
    html = _STYLE.sub(lambda style: _IMAGE_SELECTOR.sub("[role=img]", style[0]), html)
    return _IMAGE.sub(_alternative, html)


def no_style(html: str) -> str:
    """Return what is left where style sheets are dropped, as on the web pages of GMX and WEB.DE."""
    return _SCHEMES_META.sub(r"\1light\2", _STYLE.sub("", html))


def mso(html: str) -> str:
    """Return what Outlook for Windows reads: its conditional comments opened, no media queries (Word knows none)."""
    html = _SETTINGS.sub("", html)
    return _STYLE.sub(lambda style: _MEDIA.sub("@media not all ", style[0]), light(for_outlook(html)))


VIEWS: Mapping[str, View] = {
    "light": View(title="Hell", of=light, width=WIDE),
    "dark": View(title="Dunkel", of=dark, width=WIDE),
    "no_images": View(title="Ohne Bilder", of=lambda html: light(no_images(html)), width=WIDE),
    "no_style": View(title="Ohne Stilvorlagen (GMX, WEB.DE)", of=no_style, width=WIDE),
    "mso": View(title="Outlook für Windows, angenähert", of=mso, width=WIDE),
    "narrow": View(title="Schmal (320 Pixel)", of=light, width=NARROW),
}
"""The views by name."""


def _in(scheme: str, html: str) -> str:
    """Return the HTML as if one scheme were all there is."""
    html = _SCHEMES_META.sub(rf"\g<1>{scheme}\2", html)
    return _STYLE.sub(partial(_style_in, scheme), html)


def _style_in(scheme: str, style: re.Match[str]) -> str:
    css = _SCHEME.sub(lambda asked: _ALWAYS if asked[1] == scheme else _NEVER, style[0])
    return _SCHEMES.sub(rf"\g<1> {scheme}", css)


def _alternative(image: re.Match[str]) -> str:
    (element,) = parse(image[0], "letter.html").root.children
    assert isinstance(element, Element)
    attributes = element.attributes
    if not (text := attributes.get("alt", "")):
        return ""
    kept = "".join(f' {name}="{escape(attributes[name])}"' for name in ("class", "id") if name in attributes)
    look = f"{attributes.get('style', '')};box-sizing:border-box;border:1px dashed;padding:8px"
    return f'<span role="img"{kept} style="{escape(look)}">{escape(text)}</span>'
