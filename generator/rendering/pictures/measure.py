"""What there is to know of a picture."""

from hashlib import sha256
from pathlib import PurePosixPath

from generator.model.picture import Picture
from generator.rendering.pictures.raster import raster_kind
from generator.rendering.pictures.vector import vector_size

__all__ = ["measure"]


def measure(data: bytes, path: PurePosixPath) -> Picture:
    """Return what is known of a picture.

    Args:
        data: the file's bytes.
        path: the file, relative to the content folder; its name tells drawings made of lines from other pictures.

    Raises:
        PictureError: it cannot be shown.
    """
    if path.suffix.lower() == ".svg":
        width, height = vector_size(data)
        return Picture(path=path, digest=sha256(data).digest(), width=width, height=height, kind="vector")
    width, height, kind = raster_kind(data)
    return Picture(path=path, digest=sha256(data).digest(), width=width, height=height, kind=kind)
