"""What lies in a folder."""

import os
from pathlib import Path

__all__ = ["drop_empty_folders", "files_in"]


def files_in(folder: Path) -> set[str]:
    """Return the paths of all files below the folder, relative to it, with ``/`` between their parts."""
    top = len(str(folder)) + 1
    return {
        f"{parent}{os.sep}{name}"[top:].replace(os.sep, "/") for parent, _, names in os.walk(folder) for name in names
    }


def drop_empty_folders(folder: Path) -> None:
    """Remove the folders below the folder that hold nothing."""
    for parent, folders, names in os.walk(folder, topdown=False):
        # What was a folder when the walk began may be gone by now.
        if not names and Path(parent) != folder and not (folders and any(os.scandir(parent))):
            os.rmdir(parent)
