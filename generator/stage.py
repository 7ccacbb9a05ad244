"""The stage: the folder of finished pages and files that the engine dresses. The only place that writes it."""

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from generator.channels.output import File
from generator.folders import files_in, remove_files, write_whole

__all__ = ["write_stage"]


def write_stage(stage: Path, files: Iterable[File]) -> dict[str, str]:
    """Make the stage hold exactly these files; what has the same bytes already is left untouched.

    Args:
        stage: the folder.
        files: what the channels made.

    Returns:
        What identifies each file's bytes, by its path in the stage.
    """
    files = list(files)
    digests: dict[str, str] = {}
    present = files_in(stage)
    top = f"{stage}{os.sep}"
    folders: set[str] = set()
    remove_files(stage, present - {file.path for file in files})
    for file in files:
        digests[file.path] = sha256(file.data).hexdigest()
        if file.path not in present or _read(top + file.path) != file.data:
            _write(top + file.path, file.data, folders)
    return digests


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _write(path: str, data: bytes, folders: set[str]) -> None:
    """Write a file; ``folders`` remembers which folders are there already."""
    folder = os.path.dirname(path)
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)
        folders.add(folder)
    write_whole(path, data)
