"""What tells that a file has not changed, without reading it."""

import os
from pathlib import Path, PurePosixPath

from generator.cache import digest

__all__ = ["stamp"]


def stamp(purpose: str, content: Path, path: PurePosixPath) -> bytes:
    """Return a key for what is known of a file: it is another one when the file's size or time is.

    Args:
        purpose: what is known of it.
        content: the content folder.
        path: the file, relative to it.
    """
    # A plain string: this is done for every picture in every build.
    found = os.stat(f"{content}/{path}")
    return digest(purpose, str(path), f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
