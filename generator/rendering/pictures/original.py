"""Pictures that readers can download: in full size and in their own form, but nothing in them except what is seen."""

from pathlib import Path

from generator.rendering.pictures.encoders import FOR_DOWNLOAD
from generator.rendering.pictures.loading import load
from generator.rendering.pictures.raster import form_of, pixels, raster_kind

__all__ = ["remade", "remake"]


def remake(origin: Path, target: Path) -> None:
    """Write a picture anew.

    Raises:
        PictureError: it cannot be read, is far too large, or moves.
    """
    target.write_bytes(remade(load(origin)))


def remade(data: bytes) -> bytes:
    """Return a picture's file made anew from its pixels: upright, in sRGB, without a word about where it comes from.

    Raises:
        PictureError: as `remake`.
    """
    raster_kind(data)
    return FOR_DOWNLOAD[form_of(data)](pixels(data))
