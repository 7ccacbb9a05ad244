"""Pictures turned into what mail clients show: PNG and JPEG without metadata."""

import re
from io import BytesIO
from pathlib import PurePosixPath

import resvg_py
from PIL import Image, ImageOps

__all__ = ["PictureError", "for_mail", "mail_suffix", "size_of"]

_SVG = ".svg"
_ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_VIEW_BOX = re.compile(rb"""\bviewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")
_LENGTH = rb"""(?<![\w-])%s=["']\s*([\d.]+)(?:px)?\s*["']"""
_FOREIGN = re.compile(rb"""<(?:image|feImage|use)\b[^>]*\bhref\s*=\s*["']\s*(?!data:|#)""", re.IGNORECASE)
"""A reference to a file, which could be anything on this machine."""

_PHOTOGRAPHS = frozenset({".jpg", ".jpeg"})
_ORIENTATION, _SIDEWAYS = 0x0112, frozenset({5, 6, 7, 8})
"""How a camera was held (Exif 2.3, 4.6.4)."""

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
        sideways = image.getexif().get(_ORIENTATION, 1) in _SIDEWAYS
        return (image.height, image.width) if sideways else image.size


def mail_suffix(path: PurePosixPath) -> str:
    """Return how the name of a picture for mails ends: photographs are JPEG, everything else is PNG."""
    return ".jpg" if path.suffix.lower() in _PHOTOGRAPHS else ".png"


def for_mail(data: bytes, path: PurePosixPath, width: int) -> bytes:
    """Return a picture in the form of `mail_suffix`, of the given width, or its own where that is smaller.

    Drawings can grow.

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
        if _FOREIGN.search(data):
            raise PictureError("Die Zeichnung zeigt eine andere Datei. Das Bild in die Zeichnung einbetten.")
        try:
            drawn = resvg_py.svg_to_bytes(svg_string=data.decode("utf-8"), width=width, skip_system_fonts=True)
        except ValueError as error:
            raise PictureError("Die Zeichnung lässt sich nicht lesen. Als SVG neu speichern.") from error
        with _opened(bytes(drawn)) as image:
            return _saved(image, drawing=True)
    with _opened(data) as image:
        try:
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((width, width * 10))
        except _UNREADABLE as error:
            raise PictureError(_NOT_READ) from error
        return _photograph(upright) if mail_suffix(path) == ".jpg" else _saved(upright, drawing=False)


def _svg_size(data: bytes) -> tuple[int, int]:
    root = _ROOT.search(data)
    box = _VIEW_BOX.search(root[0]) if root else None
    lengths = [re.search(_LENGTH % name, root[0]) for name in (b"width", b"height")] if root else []
    written = [found[1] for found in lengths if found] if all(lengths) else list(box.groups()) if box else []
    try:
        width, height = (float(number) for number in written)
    except ValueError:
        width = height = 0.0
    if not (width >= 1 and height >= 1):
        raise PictureError("Die Zeichnung sagt nicht, wie groß sie ist. Im SVG „viewBox“ angeben.")
    return round(width), round(height)


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data))
    except _UNREADABLE as error:
        raise PictureError(_NOT_READ) from error


def _photograph(image: Image.Image) -> bytes:
    plain = image.convert("RGB")
    # What the file said of itself would be written again.
    plain.info.clear()
    buffer = BytesIO()
    plain.save(buffer, "JPEG", quality=82, optimize=True, progressive=True)
    return buffer.getvalue()


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
