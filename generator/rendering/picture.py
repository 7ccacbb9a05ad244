"""Pictures turned into what mail clients and previews can show: PNG without metadata."""

import re
from io import BytesIO
from pathlib import PurePosixPath

import resvg_py
from PIL import Image

__all__ = ["PictureError", "as_png", "size_of"]

_SVG = ".svg"
_ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_VIEW_BOX = re.compile(rb"""\bviewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")
_LENGTH = rb"""\b%s=["']\s*([\d.]+)(?:px)?\s*["']"""
_COLOURS = 128
"""Enough for a drawing at the size of a letter; a photograph keeps all of its colours."""


_UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""What Pillow raises for a picture that is none, is cut off, or is far too large."""

_NOT_READ = "Das Bild lässt sich nicht lesen. Als PNG oder JPEG neu speichern."


class PictureError(Exception):
    """A picture that cannot be read; the message is a German sentence without the file's name."""


def size_of(data: bytes, path: PurePosixPath) -> tuple[int, int]:
    """Return a picture's natural width and height in pixels.

    Args:
        data: the file's bytes.
        path: its name, which tells what it is.

    Raises:
        PictureError: it is none that can be read, or tells no size.
    """
    if path.suffix.lower() == _SVG:
        return _svg_size(data)
    with _opened(data) as image:
        return image.size


def as_png(data: bytes, path: PurePosixPath, width: int) -> bytes:
    """Return a picture as PNG of the given width, or its own where that is smaller; drawings can grow.

    What a picture says of camera, place and author is not in it. Texts in a drawing must be paths: no fonts are used,
    so that it looks the same everywhere.

    Args:
        data: the file's bytes.
        path: its name.
        width: in pixels.

    Raises:
        PictureError: it cannot be read.
    """
    if path.suffix.lower() == _SVG:
        _svg_size(data)
        try:
            drawn = resvg_py.svg_to_bytes(svg_string=data.decode("utf-8"), width=width, skip_system_fonts=True)
        except ValueError as error:
            raise PictureError("Die Zeichnung lässt sich nicht lesen. Als SVG neu speichern.") from error
        with _opened(bytes(drawn)) as image:
            return _saved(image, drawing=True)
    with _opened(data) as image:
        try:
            image.thumbnail((width, width * 10))
        except _UNREADABLE as error:
            raise PictureError(_NOT_READ) from error
        return _saved(image, drawing=False)


def _svg_size(data: bytes) -> tuple[int, int]:
    root = _ROOT.search(data)
    box = _VIEW_BOX.search(root[0]) if root else None
    lengths = [re.search(_LENGTH % name, root[0]) for name in (b"width", b"height")] if root else []
    numbers = [float(found[1]) for found in lengths if found] if all(lengths) else []
    width, height = numbers or ([float(number) for number in box.groups()] if box else (0.0, 0.0))
    if not (width >= 1 and height >= 1):
        raise PictureError("Die Zeichnung sagt nicht, wie groß sie ist. Im SVG „viewBox“ angeben.")
    return round(width), round(height)


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data))
    except _UNREADABLE as error:
        raise PictureError(_NOT_READ) from error


def _saved(image: Image.Image, *, drawing: bool) -> bytes:
    plain = image.convert("RGBA")
    opaque = plain.getchannel("A").getextrema() == (255, 255)
    small: Image.Image = plain.convert("RGB") if opaque else plain
    if drawing:
        method = Image.Quantize.MEDIANCUT if opaque else Image.Quantize.FASTOCTREE
        small = small.quantize(_COLOURS, method=method, dither=Image.Dither.NONE)
    buffer = BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
