"""Paths as authors write them: from the text's own file, or with a leading slash from the content folder."""

import posixpath
from pathlib import PurePosixPath

__all__ = ["resolve"]


def resolve(source: PurePosixPath, written: str) -> PurePosixPath | None:
    """Return the path, relative to the content folder, that a text at ``source`` means; None: it leads out of it."""
    if "\\" in written:
        return None
    below = written.lstrip("/") if written.startswith("/") else posixpath.join(source.parent, written)
    path = posixpath.normpath(below)
    return None if path.startswith("..") else PurePosixPath(path)
