"""The pictures of letters: PNG files beside the archive, for mail clients show no SVG."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath

from generator.cache import digest
from generator.channels.output import LazyFile
from generator.channels.view import View
from generator.problems import Problem, ProblemsFound
from generator.rendering.picture import PictureError, as_png, size_of
from generator.slug import slug
from newsletter.letter import Picture

__all__ = ["LOGO_WIDTH", "PICTURE_WIDTH", "letter_picture", "picture_files"]

PICTURE_WIDTH = 1128
"""Pixels: twice what a letter shows, for fine screens."""

LOGO_WIDTH = 320

_FOLDER = "bilder/"


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
    url = view.site.cooperation.base_url + _url(view, path)
    return Picture(url=url, alt=alt, width=width, height=max(1, round(width * high / wide)), credit=credit)


def picture_files(view: View, used: Iterable[tuple[PurePosixPath, int]]) -> Iterator[LazyFile]:
    """Make the pictures that letters use: their files with the widths wanted."""
    for path, width in sorted(set(used)):
        assert view.site.load is not None
        data = view.site.load(path)
        url = _url(view, path)
        yield LazyFile(
            path=url,
            url=url,
            identity=digest("letter picture", str(path.suffix), str(width), data),
            make=partial(as_png, data, path, width),
        )


def _url(view: View, path: PurePosixPath) -> str:
    """Return the address: it stays when the picture is mended, for a letter that was sent cannot be changed."""
    return f"{view.at.editions}{_FOLDER}{slug(str(path.with_suffix('')))}.png"
