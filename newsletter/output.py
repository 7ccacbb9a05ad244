"""Where letters are written: the only place of the newsletter that writes files."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.exchange import exchange, put_back
from generator.folders import files_in, write_whole

__all__ = ["write_letter"]


def write_letter(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a letter's folder hold exactly these files; one that holds them already is left untouched.

    The letter is put together beside its place and takes it at once: nobody finds files of two letters in it, wherever
    this is cut off.
    """
    fresh, parking = (folder.with_name(f".{folder.name}.{name}") for name in ("neu", "alt"))
    put_back(parking, folder)
    shutil.rmtree(fresh, ignore_errors=True)
    if _held(folder) == files:
        return
    for name in sorted(files):
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(fresh / name, files[name])
    if folder.exists():
        exchange(fresh, folder, parking)
        shutil.rmtree(fresh)
    else:
        os.replace(fresh, folder)


def _held(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_in(folder)}
