"""Pictures as mail programs show them."""

from typing import Literal

from generator.model.picture import Picture
from generator.rendering.pictures.encoders import FOR_MAIL
from generator.rendering.pictures.raster import pixels
from generator.rendering.pictures.vector import drawn

__all__ = ["for_mail"]


def for_mail(data: bytes, picture: Picture, form: Literal["jpg", "png"], width: int) -> bytes:
    """Return a picture for mails; what its own file says of camera, place and author is not in it.

    Args:
        data: the bytes of the picture's own file.
        picture: what is known of it.
        form: how it is to be written.
        width: in pixels; drawings grow to it, other pictures never do.

    Raises:
        PictureError: it cannot be read.
    """
    if picture.kind == "vector":
        return FOR_MAIL[form][picture.kind](pixels(drawn(data, width)))
    shown = min(width, picture.width)
    size = (shown, max(1, round(picture.height * shown / picture.width)))
    return FOR_MAIL[form][picture.kind](pixels(data, size))
