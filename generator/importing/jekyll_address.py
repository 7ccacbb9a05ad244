"""At which addresses a Jekyll site publishes what (Jekyll's documentation, „Permalinks“)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from generator.importing.jekyll_site import JekyllSite

__all__ = ["address_of", "post_name"]

_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TOKEN = re.compile(r":([a-z_]+)")
_SLASHES = re.compile(r"/{2,}")
_OTHER = re.compile(r"[^\w.~!$&'()+,;=@-]+|_(?=_)")


def post_name(path: PurePosixPath) -> tuple[date | None, str]:
    """Return the day and the name that a file's name consists of: ``2024-05-01-radweg.md``."""
    found = _DATED.fullmatch(path.stem)
    if found is None:
        return None, path.stem
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), found[4]
    except ValueError:
        return None, path.stem


def address_of(
    path: PurePosixPath, special: str, name: str, fields: Mapping[str, Any], day: date | None, site: JekyllSite
) -> str:
    """Return the path at which Jekyll publishes a text.

    Args:
        path: its file, relative to the site's folder.
        special: the folder with an underscore that it lies in; empty: it is a page.
        name: its file's name without its day.
        fields: its front matter.
        day: its date.
        site: the site's settings.

    Returns:
        The path with a slash before it; empty where its pattern needs what the text does not say.
    """
    own = fields.get("permalink")
    is_pretty = (site.permalink if not own else str(own)) == "pretty" or site.permalink.endswith("/")
    if own:
        pattern = _STYLES.get(str(own), str(own))
    elif special == "_posts":
        pattern = _STYLES.get(site.permalink, site.permalink)
    elif special:
        usual = "/:collection/:path/" if is_pretty else "/:collection/:path:output_ext"
        pattern = site.collections.get(special[1:]) or usual
    elif path.stem == "index":
        pattern = "/:folder/"
    else:
        pattern = "/:folder/:name/" if is_pretty else "/:folder/:name:output_ext"
    page = _Page(path, special, name, fields, day)
    names = _TOKEN.findall(pattern)
    if any(token not in _TOKENS or (token in _OF_A_DAY and day is None) for token in names):
        return ""
    filled = _TOKEN.sub(lambda token: quote(_TOKENS[token[1]](page)), pattern)
    return _SLASHES.sub("/", f"/{filled}")


@dataclass(frozen=True, slots=True)
class _Page:
    path: PurePosixPath
    special: str
    name: str
    fields: Mapping[str, Any]
    day: date | None

    @property
    def folder(self) -> PurePosixPath:
        parts = self.path.parent.parts
        return PurePosixPath(*parts[parts.index(self.special) + 1 :] if self.special else parts)


_TOKENS: Mapping[str, Callable[[_Page], str]] = {
    "year": lambda page: f"{page.day:%Y}",
    "short_year": lambda page: f"{page.day:%y}",
    "month": lambda page: f"{page.day:%m}",
    "i_month": lambda page: str(page.day.month) if page.day else "",
    "day": lambda page: f"{page.day:%d}",
    "i_day": lambda page: str(page.day.day) if page.day else "",
    "y_day": lambda page: f"{page.day:%j}",
    "categories": lambda page: "/".join(_slugified(str(one)).lower() for one in page.fields.get("categories") or ()),
    "title": lambda page: _slugified(str(page.fields.get("slug") or page.name)),
    "slug": lambda page: _slugified(str(page.fields.get("slug") or page.name)).lower(),
    "name": lambda page: page.name,
    "basename": lambda page: page.name,
    "path": lambda page: str(page.folder / page.name) if str(page.folder) != "." else page.name,
    "folder": lambda page: "" if str(page.folder) == "." else str(page.folder),
    "collection": lambda page: page.special[1:],
    "output_ext": lambda _: ".html",
}
_OF_A_DAY = frozenset({"year", "short_year", "month", "i_month", "day", "i_day", "y_day"})


def _slugified(text: str) -> str:
    return _OTHER.sub("-", text).strip("-")
