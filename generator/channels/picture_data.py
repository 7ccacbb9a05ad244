"""What templates show of pictures, as plain data."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from generator.model.picture import Form, Picture
from generator.model.site import ROOT_MARK, PublicSite

__all__ = ["picture_data", "pictures_in"]

_MEDIA_TYPES: Mapping[Form, str] = {"avif": "image/avif", "webp": "image/webp"}
"""The forms that browsers choose from (IANA media types)."""

_SHOWN = re.compile(f'<img\\b[^>]*? src="({ROOT_MARK}([^"?#]+)[^"]*)"')


@lru_cache(maxsize=4096)
def picture_data(picture: Picture) -> Mapping[str, Any]:
    """Return the file that every program can show, with its size, and those that browsers choose from, by media type.

    A browser takes the first type that it knows, and of its files the one whose width fits. Not to be changed, for it
    is shared.
    """
    shown = picture.fallback
    return {
        "src": shown.url,
        "width": shown.width,
        "height": shown.height,
        "sources": [
            {"type": _MEDIA_TYPES[form], "files": [{"url": file.url, "width": file.width} for file in files]}
            for form, files in picture.sources.items()
        ],
    }


def pictures_in(site: PublicSite, html: str) -> dict[str, Picture]:
    """Return the pictures that a rendered body shows, by their addresses as they stand in it."""
    found = _SHOWN.findall(html) if "<img" in html else []
    return {address: picture for address, url in found if (picture := site.picture_at.get(url)) is not None}
