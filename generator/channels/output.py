"""What a channel returns: files, and among them pages that a template of the theme will dress."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic_core import to_json

from generator.model.site import PAGE_MARK, ROOT_MARK, Body, PublicSite

__all__ = ["Channel", "Copy", "File", "LazyFile", "LazyFolders", "Output", "Shown", "page"]


Shown = tuple[str, Mapping[str, Any]]
"""A template of the theme, and what it shows."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A finished file of the site, or a finished page for the stage."""

    path: str
    """Where it goes, relative to the stage: ``aktuelles/feed.xml``; a page ends in ``.md``."""

    contents: bytes | Callable[[], bytes]
    """Its bytes, or what makes them: of a preview only those pages are made that somebody looks at."""

    url: str
    """Its address, relative to the site's root."""

    modified: str | None = None
    """The day of its last change, ISO 8601, for the sitemap."""

    listed: bool = False
    """Whether the sitemap names it."""

    source: PurePosixPath | None = None
    """The text it was made from, if it was one text."""

    @cached_property
    def data(self) -> bytes:
        """Its bytes, made once."""
        return self.contents if isinstance(self.contents, bytes) else self.contents()


@dataclass(frozen=True, slots=True, kw_only=True)
class LazyFile:
    """A file whose bytes are made only where they are not kept from an earlier build."""

    path: str
    url: str
    source: PurePosixPath | None = None

    identity: bytes
    """Changes whenever ``make`` may return something else; of the program's own changes it need not take account."""

    make: Callable[[], bytes]
    large: bool = False
    """Whether it is too large to be held in memory, as pictures are."""

    def made(self, data: bytes) -> File:
        """Return the file with its bytes."""
        return File(path=self.path, url=self.url, source=self.source, contents=data)


@dataclass(frozen=True, kw_only=True)
class LazyFolders:
    """Folders of files whose names only their maker knows; those not kept from an earlier build are made together."""

    named: Callable[[], Mapping[str, bytes]]
    """Returns each folder's path relative to the stage, which is its address, ending in a slash; and its identity, as
    that of a `LazyFile`."""

    make: Callable[[Mapping[str, Path]], None]
    """Is given empty folders by their paths, and fills them. Files whose names begin with a dot are not published."""

    @cached_property
    def identities(self) -> Mapping[str, bytes]:
        """What `named` returns, asked for once."""
        return self.named()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file of the site that lies ready elsewhere; it passes neither the stage nor the engine."""

    path: str
    """Where it goes, relative to the site."""

    url: str
    origin: Path
    """Where it lies."""

    identity: str
    """Changes whenever its bytes do."""

    source: PurePosixPath | None = None
    """The text it was made from or that uses it, if it was one text."""


_NO_BODY = Body("")

Output = File | LazyFile | LazyFolders

Channel = Callable[[PublicSite], Iterable[Output]]
"""A channel: what is public becomes files."""


def _root_from(url: str) -> str:
    """Return how a page at the address reaches the site's root: ``../../`` from ``aktuelles/radweg/``."""
    return "../" * url.count("/") or "./"


def page(
    url: str,
    show: Callable[[], Shown],
    body: Body = _NO_BODY,
    *,
    path: str | None = None,
    modified: str | None = None,
    listed: bool = True,
    source: PurePosixPath | None = None,
) -> File:
    """Return a staged page: front matter with everything its template shows, and its finished HTML as the body.

    The front matter is JSON, which YAML includes, with one field a line.

    Args:
        url: the page's address, relative to the site's root, ending in a slash (the home page: empty).
        show: returns the template and what it shows.
        body: its text; here and in what is shown, `ROOT_MARK` stands for the site's root.
        path: where it is staged; else ``index.md`` below its address.
        modified: the day of the last change, ISO 8601.
        listed: whether search engines are to find it.
        source: the text it was made from.
    """

    def contents() -> bytes:
        template, shown = show()
        fields = {"template": template, **shown} | ({} if listed else {"noindex": True})
        front_matter = ",\n".join(f'"{name}": {to_json(value).decode()}' for name, value in fields.items())
        text = f"---\n{{{front_matter}}}\n---\n{body.html}\n"
        return text.replace(ROOT_MARK, _root_from(url)).replace(PAGE_MARK, "").encode()

    return File(
        path=path or f"{url}index.md",
        contents=contents,
        url=url,
        modified=modified,
        listed=listed,
        source=source,
    )
