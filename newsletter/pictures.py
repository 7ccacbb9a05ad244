"""The pictures of letters: PNG and JPEG files beside the archive, for mail clients show no SVG."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.cache import digest
from generator.channels.output import LazyFile
from generator.channels.view import View
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.paths import resolve
from generator.model.site import ROOT_MARK
from generator.problems import Problem, ProblemsFound
from generator.slug import slug

__all__ = ["LOGO_WIDTH", "PICTURE_WIDTH", "entry_picture", "picture_address", "picture_files", "with_letter_pictures"]

PICTURE_WIDTH = 1128
"""Pixels: twice what a letter shows, for fine screens."""

LOGO_WIDTH = 320

_FOLDER = "bilder/"
_SETTINGS = PurePosixPath("kooperation.yml")
_SITE_PICTURE = re.compile(f'(<img\\b[^>]*?\\bsrc="){ROOT_MARK}([^"]+)"')


def entry_picture(entry: Entry) -> PurePosixPath | None:
    """Return the file of an entry's picture."""
    return resolve(entry.source.path, entry.image.file) if entry.image is not None else None


def with_letter_pictures(view: View, html: str) -> str:
    """Return a rendered body in which the site's pictures are those of letters."""
    return _SITE_PICTURE.sub(
        lambda found: f'{found[1]}{ROOT_MARK}{picture_address(view, _site_path(found[2]), PICTURE_WIDTH)}"', html
    )


def picture_files(view: View, editions: Iterable[tuple[Edition, Iterable[Entry]]]) -> Iterator[LazyFile]:
    """Make the pictures of letters.

    Args:
        view: the site.
        editions: each with the entries that it brings.
    """
    logo = view.site.cooperation.brand.logo
    used: dict[tuple[PurePosixPath, int], PurePosixPath] = {}
    if logo is not None:
        used[PurePosixPath(logo), LOGO_WIDTH] = _SETTINGS
    for edition, entries in editions:
        for entry in entries:
            if (path := entry_picture(entry)) is not None:
                used.setdefault((path, PICTURE_WIDTH), entry.source.path)
        for found in _SITE_PICTURE.finditer(view.site.bodies[edition.id].html):
            used.setdefault((_site_path(found[2]), PICTURE_WIDTH), edition.source.path)
    for (path, width), source in sorted(used.items()):
        url = picture_address(view, path, width)
        yield LazyFile(
            path=url,
            url=url,
            identity=digest("letter picture", str(path.suffix), str(width), _data(view, path)),
            make=partial(_picture, view, path, width, source),
            large=True,
        )


def _data(view: View, path: PurePosixPath) -> bytes:
    assert view.site.load is not None
    return view.site.load(path)


def _picture(view: View, path: PurePosixPath, width: int, source: PurePosixPath) -> bytes:
    # Imported where it is needed, for the libraries take as long as reading three hundred texts.
    from generator.rendering.picture import PictureError, for_mail  # noqa: PLC0415

    try:
        return for_mail(_data(view, path), path, width)
    except PictureError as error:
        message, _, remedy = str(error).partition(". ")
        raise ProblemsFound([Problem(str(source), 1, f"{path}: {message}.", remedy)]) from error


def _site_path(address: str) -> PurePosixPath:
    """Return the file that an address of the site leads to."""
    return PurePosixPath(unquote(re.split("[?#]", address, maxsplit=1)[0]))


def picture_address(view: View, path: PurePosixPath, width: int) -> str:
    """Return a picture's address: it stays when the picture is mended, for a letter that was sent cannot be changed."""
    ending = ".jpg" if path.suffix.lower() in {".jpg", ".jpeg"} else ".png"
    return f"{view.at.editions}{_FOLDER}{slug(str(path))}-{width}{ending}"
