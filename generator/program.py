"""What identifies this program, so that nothing made by another version of it is used again."""

import sys
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


@cache
def program_identity() -> str:
    """Return what changes with every line of the program, its words and fonts, and the libraries' versions."""
    # Results are kept in a form that another version of Python may not read.
    total = sha256(sys.version.encode())
    for library in _LIBRARIES:
        total.update(f"{library} {version(library)}\n".encode())
    for package in (_PACKAGE, *_channel_packages()):
        for file in sorted((*package.rglob("*.py"), *package.glob("locale/*.yml"), *package.rglob("fonts/*"))):
            total.update(f"{package.name}/{file.relative_to(package).as_posix()}\0".encode() + file.read_bytes())
    return total.hexdigest()


def _channel_packages() -> list[Path]:
    """Return the folders of other packages whose channels make files."""
    names = {point.module.partition(".")[0] for point in entry_points(group="schaukasten.channels")}
    specs = [find_spec(name) for name in sorted(names - {_PACKAGE.name})]
    return [Path(folder) for spec in specs if spec for folder in spec.submodule_search_locations or ()]
