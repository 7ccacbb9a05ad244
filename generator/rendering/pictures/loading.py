"""The bytes of a picture's own file."""

from pathlib import Path

from generator.rendering.pictures.errors import PictureError

__all__ = ["load"]

_MOST_BYTES = 100_000_000
"""No camera writes more for as many pixels as can be shown."""


def load(file: Path) -> bytes:
    """Return the bytes of a picture's file.

    Raises:
        PictureError: there are far too many.
    """
    if file.stat().st_size > _MOST_BYTES:
        raise PictureError(f"Das Bild hat mehr als {_MOST_BYTES // 1_000_000} MB.", "Kleiner speichern.")
    return file.read_bytes()
