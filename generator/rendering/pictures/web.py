"""Pictures as browsers get them: in several widths and forms."""

from functools import lru_cache

from PIL import Image

from generator.model.picture import Picture, Variant
from generator.rendering.pictures.encoders import FOR_WEB
from generator.rendering.pictures.raster import pixels

__all__ = ["for_web"]


def for_web(data: bytes, picture: Picture, variant: Variant) -> bytes:
    """Return one of a picture's files; what its own file says of camera, place and author is not in it.

    Args:
        data: the bytes of the picture's own file.
        picture: what is known of it.
        variant: one of its variants.

    Raises:
        PictureError: it cannot be read.
    """
    image = _widest(data, (picture.fallback.width, picture.fallback.height))
    if image.width != variant.width:
        image = image.resize((variant.width, variant.height), Image.Resampling.LANCZOS)
    return FOR_WEB[picture.kind][variant.form](image)


@lru_cache(maxsize=1)
def _widest(data: bytes, size: tuple[int, int]) -> Image.Image:
    """Return the pixels that all variants are made of; reading them for each would take longer than writing it."""
    return pixels(data, size)
