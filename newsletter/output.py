"""Where letters are written: the only place of the newsletter that writes files."""

import os
from collections.abc import Mapping
from pathlib import Path

from generator.folders import files_in, remove_files

__all__ = ["write_letter"]


def write_letter(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a letter's folder hold exactly these files; what has the same bytes already is left untouched.

    A file is written whole or not at all. The manifest comes last, so that it never names what is not there yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    remove_files(folder, files_in(folder) - files.keys())
    for name in sorted(files, key=lambda name: (name == "manifest.json", name)):
        path = folder / name
        if path.exists() and path.read_bytes() == files[name]:
            continue
        fresh = path.with_name(f"{name}.neu")
        fresh.write_bytes(files[name])
        os.replace(fresh, path)
