"""What identifies this program, so that nothing made by another version of it is used again."""

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

__all__ = ["program_identity"]

_PACKAGE = Path(__file__).parent
_LIBRARIES = ("babel", "feedgen", "icalendar", "markdown", "nh3")
"""The libraries whose work is kept between builds."""


@cache
def program_identity() -> str:
    """Return what changes with every line of the program, every word of its languages, and the libraries' versions."""
    # Results are kept in a form that another version of Python may not read.
    total = sha256(sys.version.encode())
    for library in _LIBRARIES:
        total.update(f"{library} {version(library)}\n".encode())
    for file in sorted((*_PACKAGE.rglob("*.py"), *_PACKAGE.glob("locale/*.yml"))):
        total.update(f"{file.relative_to(_PACKAGE).as_posix()}\0".encode() + file.read_bytes())
    return total.hexdigest()
