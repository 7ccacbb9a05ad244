"""Files that go to the site as they lie ready: what authors offer for download, drawings, pictures made before."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from generator.channels.output import Copy

__all__ = ["authored_copy", "place"]


def authored_copy(content: Path, path: PurePosixPath) -> Copy:
    """Return a file of the content folder as one of the site; it has changed if its size or time has."""
    origin = content / path
    found = origin.stat()
    return Copy(path=str(path), url=quote(str(path)), origin=origin, identity=f"{found.st_size}-{found.st_mtime_ns}")


def place(copies: Iterable[Copy], site: Path) -> None:
    """Put the files into a new site."""
    folders: set[str] = set()
    for copy in copies:
        target = f"{site}/{copy.path}"
        folder = os.path.dirname(target)
        if folder not in folders:
            os.makedirs(folder, exist_ok=True)
            folders.add(folder)
        shutil.copyfile(copy.origin, target)
