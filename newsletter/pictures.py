"""The pictures of letters: PNG and JPEG files beside the archive, for mail clients show no SVG."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Literal

from generator.cache import digest
from generator.channels.output import LazyFile
from generator.channels.picture_data import pictures_in
from generator.channels.picture_errors import told
from generator.channels.view import View
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.paths import resolve
from generator.model.picture import Picture
from generator.model.site import ROOT_MARK
from generator.slug import slug

__all__ = ["LOGO_WIDTH", "PICTURE_WIDTH", "entry_picture", "picture_address", "picture_files", "with_letter_pictures"]

PICTURE_WIDTH = 1128
"""Pixels: twice what a letter shows, for fine screens."""

LOGO_WIDTH = 320

_FOLDER = "bilder/"
_SETTINGS = PurePosixPath("kooperation.yml")
_TEXT_WIDTH = 552
"""Pixels."""

_PLAIN = {
    "<figure": "<div",
    "</figure>": "</div>",
    "<figcaption>": '<p class="credit">',
    "</figcaption>": "</p>",
}
"""What mail programs know in place of what some of them do not."""

_IMAGE = re.compile(r"<img\b[^>]*>")
_PARTS = tuple(re.compile(f' {name}="([^"]*)"') for name in ("src", "width", "height"))


def entry_picture(entry: Entry) -> PurePosixPath | None:
    """Return the file of an entry's picture."""
    return resolve(entry.source.path, entry.image.file) if entry.image is not None else None


def with_letter_pictures(view: View, html: str) -> str:
    """Return a rendered body in which pictures are those of letters, no wider than a letter's text, in plain boxes."""
    pictures = pictures_in(view.site, html)

    def of_letter(image: re.Match[str]) -> str:
        address, width, height = (found[1] if (found := part.search(image[0])) else "" for part in _PARTS)
        if address not in pictures:
            return image[0]
        tag = image[0].replace(address, ROOT_MARK + picture_address(view, pictures[address].path, PICTURE_WIDTH))
        if width.isdecimal() and height.isdecimal() and int(width) > _TEXT_WIDTH:
            tag = tag.replace(f' width="{width}"', f' width="{_TEXT_WIDTH}"')
            tag = tag.replace(f' height="{height}"', f' height="{round(int(height) * _TEXT_WIDTH / int(width)) or 1}"')
        return tag

    for element, plain in _PLAIN.items():
        html = html.replace(element, plain)
    return _IMAGE.sub(of_letter, html) if pictures else html


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
        for picture in pictures_in(view.site, view.site.bodies[edition.id].html).values():
            used.setdefault((picture.path, PICTURE_WIDTH), edition.source.path)
    for (path, width), source in sorted(used.items()):
        picture, url = view.site.pictures[path], picture_address(view, path, width)
        yield LazyFile(
            path=url,
            url=url,
            identity=digest("letter picture", picture.digest, _form(path), str(width)),
            make=partial(_made, view, picture, width, source),
            large=True,
        )


def _made(view: View, picture: Picture, width: int, source: PurePosixPath) -> bytes:
    # Imported where it is needed, for the libraries take as long as reading three hundred texts.
    from generator.rendering.pictures.mail import for_mail  # noqa: PLC0415

    assert view.site.load is not None
    with told(picture.path, source):
        return for_mail(view.site.load(picture.path), picture, _form(picture.path), width)


def _form(path: PurePosixPath) -> Literal["jpg", "png"]:
    return "jpg" if path.suffix.lower() in {".jpg", ".jpeg"} else "png"


def picture_address(view: View, path: PurePosixPath, width: int) -> str:
    """Return a picture's address: it stays when the picture is mended, for a letter that was sent cannot be changed."""
    return f"{view.at.editions}{_FOLDER}{slug(str(path))}-{width}.{_form(path)}"
