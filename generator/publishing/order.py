"""In which order the files of a site are written, so that it works at any moment.

First what pages are made of, then the pages, those deep down before those that lead to them, then what sends people and
programs to pages, and last the manifest, by which all is known to be there. What goes is removed the other way round.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.manifest import MANIFEST

__all__ = ["phases"]

_GUIDES = re.compile(r"(?:.*/)?feed\.[a-z]+|sitemap\.xml|\.htaccess|_headers|_redirects")


def phases(paths: Iterable[str]) -> Iterator[list[str]]:
    """Yield the files of each phase in their order; empty phases are left out.

    Args:
        paths: files of a site, relative to its root.
    """
    for _, of_phase in groupby(sorted(paths, key=_place), key=_phase):
        yield list(of_phase)


def _place(path: str) -> tuple[int, int, str]:
    return _phase(path), -path.count("/"), path


def _phase(path: str) -> int:
    if path == MANIFEST:
        return 3
    if _GUIDES.fullmatch(path):
        return 2
    return 1 if path.endswith(".html") else 0
