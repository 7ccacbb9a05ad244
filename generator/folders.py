"""The files below a folder, and how they are written."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["digests_of", "files_in", "naming", "readable_for_all", "remove_files", "write_whole"]

_HALF = ".neu"
"""Ends the name of a file that is being written."""


def files_in(folder: Path) -> set[str]:
    """Return the paths of all files below the folder, relative to it, with ``/`` between their parts."""
    top = len(str(folder)) + 1
    return {
        f"{parent}{os.sep}{name}"[top:].replace(os.sep, "/") for parent, _, names in os.walk(folder) for name in names
    }


def remove_files(folder: Path, paths: Iterable[str]) -> None:
    """Remove the files below the folder, and the folders that they leave empty."""
    for path in paths:
        (folder / path).unlink()
        for parent in list((folder / path).relative_to(folder).parents)[:-1]:
            if os.listdir(folder / parent):
                break
            os.rmdir(folder / parent)


def digests_of(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of the bytes of files below the folder, in hexadecimal digits, by their paths."""
    digests: dict[str, str] = {}
    for path in paths:
        # Plain strings: this is done for every page of a large site.
        with open(f"{folder}/{path}", "rb") as file:
            digests[path] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests


def write_whole(file: Path | str, data: bytes) -> None:
    """Write a file whole or not at all, whenever this is cut off and however little room there is.

    Raises:
        OSError: it cannot be written; unlike Python's own it always names the file.
    """
    half = f"{file}{_HALF}"
    try:
        with open(half, "wb") as target:
            target.write(data)
        os.replace(half, file)
    except OSError as error:
        with suppress(OSError):
            os.unlink(half)
        raise OSError(error.errno, error.strerror, str(file)) from error


@contextmanager
def readable_for_all() -> Iterator[None]:
    """Let what is written meanwhile be readable for everybody: a web server runs as another user than its editor."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def naming(folder: Path) -> Iterator[None]:
    """Let an error of the system name the folder where it names no place: Python knows none when writing fails."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise OSError(error.errno, error.strerror, str(folder)) from error
        raise
