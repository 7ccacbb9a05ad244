"""Files that go to the site as they lie ready: what authors offer for download, made safe; drawings and pictures."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from generator.channels.output import Copy
from generator.model.public_file import PublicFile

__all__ = ["authored_copy", "place"]


def authored_copy(path: PurePosixPath, file: PublicFile) -> Copy:
    """Return a file of the content folder as one of the site.

    Args:
        path: relative to the content folder.
        file: what is published of it.
    """
    return Copy(path=str(path), url=quote(str(path)), origin=file.origin, identity=file.identity)


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
