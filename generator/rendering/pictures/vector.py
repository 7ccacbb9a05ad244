"""Drawings made of lines (SVG): their size, and how they look as pixels."""

import re

import resvg_py

from generator.rendering.pictures.errors import PictureError

__all__ = ["drawn", "vector_size"]

_ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_VIEW_BOX = re.compile(rb"""\bviewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")
_LENGTH = rb"""(?<![\w-])%s=["']\s*([\d.]+)(?:px)?\s*["']"""


def vector_size(data: bytes) -> tuple[int, int]:
    """Return a drawing's natural width and height in pixels.

    Raises:
        PictureError: it tells no size.
    """
    root = _ROOT.search(data)
    box = _VIEW_BOX.search(root[0]) if root else None
    lengths = [re.search(_LENGTH % name, root[0]) for name in (b"width", b"height")] if root else []
    written = [found[1] for found in lengths if found] if all(lengths) else list(box.groups()) if box else []
    try:
        width, height = (float(number) for number in written)
    except ValueError:
        width = height = 0.0
    if not (width >= 1 and height >= 1):
        raise PictureError("Die Zeichnung sagt nicht, wie groß sie ist.", "Im SVG „viewBox“ angeben.")
    return round(width), round(height)


def drawn(data: bytes, width: int) -> bytes:
    """Return a drawing as a PNG of the given width in pixels.

    Texts in it must be paths: no fonts are used, so that it looks the same everywhere.

    Args:
        data: as it was made safe, for what it names would be read.
        width: in pixels.

    Raises:
        PictureError: it cannot be read.
    """
    vector_size(data)
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=data.decode("utf-8"), width=width, skip_system_fonts=True))
    except ValueError as error:
        raise PictureError("Die Zeichnung lässt sich nicht lesen.", "Als SVG neu speichern.") from error
