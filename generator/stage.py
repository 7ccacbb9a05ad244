"""The stage: the folder of finished pages and files that the engine dresses. The only place that writes them."""

import os
import shutil
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from generator.channels.output import File
from generator.folders import files_in, remove_files

__all__ = ["write_stage"]


def write_stage(
    stage: Path, files: Iterable[File], copies: Iterable[PurePosixPath], content: Path
) -> Mapping[str, str]:
    """Make the stage hold exactly these files; what has the same bytes already is left untouched.

    Args:
        stage: the folder.
        files: what the channels made.
        copies: files to take over from the content folder as they are, by paths relative to it.
        content: the content folder.

    Returns:
        What identifies each file's bytes, by its path in the stage.
    """
    files, copies = list(files), list(copies)
    digests: dict[str, str] = {}
    present = files_in(stage)
    top = f"{stage}{os.sep}"
    folders: set[str] = set()
    remove_files(stage, present - {file.path for file in files} - {str(path) for path in copies})
    for file in files:
        digests[file.path] = sha256(file.data).hexdigest()
        if file.path not in present or _read(top + file.path) != file.data:
            _write(top + file.path, file.data, folders)
    for path in copies:
        name = str(path)
        found = (content / path).stat()
        digests[name] = f"{found.st_size}-{found.st_mtime_ns}"
        if name not in present or _differ(stage / path, found):
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(content / path, stage / path)
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
    with open(path, "wb") as file:
        file.write(data)


def _differ(path: Path, source: os.stat_result) -> bool:
    copy = path.stat()
    return (copy.st_size, copy.st_mtime_ns) != (source.st_size, source.st_mtime_ns)
