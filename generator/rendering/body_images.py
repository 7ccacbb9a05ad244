"""The pictures in a rendered body: their captions and their sizes."""

import re
from collections.abc import Mapping

__all__ = ["as_figures", "with_sizes"]

_IMAGE = re.compile(r"<img\b[^>]*>")
_ALONE = re.compile(r"<p((?: [^>]*)?)>\s*((?:<a\b[^>]*>)?)(<img\b[^>]*>)((?:</a>)?)\s*</p>")
"""A picture that is a paragraph of its own, or a link in it."""

_TITLE = re.compile(r' title="([^"]+)"')
_SRC = re.compile(r' src="([^"]*)"')
_SIDE = re.compile(r' (width|height)="([^"]*)"')


def as_figures(html: str) -> str:
    """Return the HTML in which a picture that stands alone has its title as a caption below it.

    A title is shown to those who use a mouse only, so credit and licence do not belong there.
    """
    return _ALONE.sub(_as_figure, html) if "<img" in html else html


def _as_figure(alone: re.Match[str]) -> str:
    attributes, link, image, end = alone.groups()
    title = _TITLE.search(image)
    if title is None:
        return alone[0]
    bare = image.replace(title[0], "", 1)
    return f"<figure{attributes}>{link}{bare}{end}<figcaption>{title[1]}</figcaption></figure>"


def with_sizes(html: str, sizes: Mapping[str, tuple[int, int]]) -> str:
    """Return the HTML in which pictures tell their width and height, so that nothing moves when they come.

    Args:
        html: sanitised.
        sizes: width and height by address, as it stands in the HTML.
    """

    def with_size(image: re.Match[str]) -> str:
        source = _SRC.search(image[0])
        size = sizes.get(source[1]) if source else None
        return image[0] if size is None else _with_size(image[0], *size)

    return _IMAGE.sub(with_size, html) if sizes else html


def _with_size(image: str, width: int, height: int) -> str:
    """Return the tag with what its author did not say; where only one side was given, the other follows from it."""
    sides = dict(_SIDE.findall(image))
    missing = {} if sides else {"width": width, "height": height}
    if sides.keys() == {"width"} and sides["width"].isdecimal():
        missing["height"] = round(height * int(sides["width"]) / width)
    if sides.keys() == {"height"} and sides["height"].isdecimal():
        missing["width"] = round(width * int(sides["height"]) / height)
    written = "".join(f' {name}="{max(1, pixels)}"' for name, pixels in missing.items())
    return f"{image.removesuffix('>')}{written}>"
