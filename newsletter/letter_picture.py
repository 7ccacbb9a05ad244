"""A picture as a letter shows it: where it is, and how large."""

from pathlib import PurePosixPath

from generator.channels.view import View
from newsletter.letter import Picture
from newsletter.pictures import picture_address

__all__ = ["letter_picture"]


def letter_picture(view: View, path: PurePosixPath, width: int, alt: str, credit: str | None) -> Picture:
    """Return a picture as a letter shows it.

    Args:
        view: the site.
        path: the picture's file in the content folder.
        width: `PICTURE_WIDTH` or `LOGO_WIDTH`.
        alt: what is to be seen; empty where it is decorative.
        credit: who made it.
    """
    known = view.site.pictures[path]
    url = view.site.cooperation.base_url + picture_address(view, path, width)
    return Picture(
        url=url, alt=alt, width=width, height=max(1, round(width * known.height / known.width)), credit=credit
    )
