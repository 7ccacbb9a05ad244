"""What identifies this program, so that nothing made by another version of it is used again."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points, version
from importlib.util import find_spec
from pathlib import Path

__all__ = ["program_identity"]

_PACKAGE = Path(__file__).parent
_LIBRARIES = (
    "babel",
    "feedgen",
    "icalendar",
    "jinja2",
    "lxml",
    "markdown",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "pagefind-bin",
    "pikepdf",
    "pillow",
    "resvg-py",
    "simplemma",
)
"""The libraries whose work is kept between builds."""

_MATERIAL = frozenset({"fonts", "locale"})
"""The folders of which all files shape what is made, not only the program."""


@cache
def program_identity() -> str:
    """Return what changes with every line of the program, its words and fonts, and the libraries' versions."""
    # Results are kept in a form that another version of Python may not read.
    total = sha256(sys.version.encode())
    for library in _LIBRARIES:
        total.update(f"{library} {version(library)}\n".encode())
    for package in (_PACKAGE, *_channel_packages()):
        for name in sorted(_parts(package)):
            total.update(f"{package.name}/{name}\0".encode() + (package / name).read_bytes())
    return total.hexdigest()


def _parts(package: Path) -> Iterator[str]:
    """Yield the files of a package that shape what it makes, by their paths in it."""
    for folder, folders, files in os.walk(package):
        folders[:] = [name for name in folders if name != "__pycache__"]
        below = Path(folder).relative_to(package)
        for name in files:
            if name.endswith(".py") or below.name in _MATERIAL:
                yield (below / name).as_posix()


def _channel_packages() -> list[Path]:
    """Return the folders of other packages whose channels make files."""
    names = {point.module.partition(".")[0] for point in entry_points(group="schaukasten.channels")}
    specs = [find_spec(name) for name in sorted(names - {_PACKAGE.name})]
    return [Path(folder) for spec in specs if spec for folder in spec.submodule_search_locations or ()]
