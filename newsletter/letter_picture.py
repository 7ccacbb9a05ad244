"""A picture as a letter shows it: where it is, and how large."""

from pathlib import PurePosixPath

from generator.channels.view import View
from generator.problems import Problem, ProblemsFound
from generator.rendering.picture import PictureError, size_of
from newsletter.letter import Picture
from newsletter.pictures import picture_address

__all__ = ["letter_picture"]


def letter_picture(
    view: View, path: PurePosixPath, width: int, alt: str, credit: str | None, source: PurePosixPath
) -> Picture:
    """Return a picture as a letter shows it.

    Args:
        view: the site.
        path: the picture's file in the content folder.
        width: `PICTURE_WIDTH` or `LOGO_WIDTH`.
        alt: what is to be seen; empty where it is decorative.
        credit: who made it.
        source: the file that names it, for problems.

    Raises:
        ProblemsFound: it cannot be read.
    """
    assert view.site.load is not None
    try:
        wide, high = size_of(view.site.load(path), path)
    except PictureError as error:
        message, _, remedy = str(error).partition(". ")
        raise ProblemsFound([Problem(str(source), 1, f"{path}: {message}.", remedy)]) from error
    url = view.site.cooperation.base_url + picture_address(view, path, width)
    return Picture(url=url, alt=alt, width=width, height=max(1, round(width * high / wide)), credit=credit)
