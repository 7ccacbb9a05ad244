"""What tells that a file has not changed, without reading it."""

import os
from pathlib import PurePosixPath

from generator.cache import digest
from generator.content import Places

__all__ = ["stamp"]


def stamp(purpose: str, content: Places, path: PurePosixPath) -> bytes:
    """Return a key for what is known of a file: it is another one when the file's size or time is.

    Args:
        purpose: what is known of it.
        content: where files lie.
        path: the file, relative to it.
    """
    found = os.stat(content / path)
    return digest(purpose, str(path), f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
