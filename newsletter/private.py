"""Where what must not be seen lies: outside of the project, for its owner alone."""

import os
from pathlib import Path

from generator.problems import Problem, ProblemsFound

__all__ = ["must_be_outside", "private_folder", "read_private", "write_private"]

_FOR_OTHERS = 0o077
_IS_WINDOWS = os.name == "nt"
"""Where modes say nothing; a user's own folders are closed to others there."""


def must_be_outside(project: Path, path: Path, what: str) -> None:
    """Refuse a place within the project, or within the repository that it belongs to.

    Args:
        project: the project's folder, which may be a part of the repository only.
        path: the place.
        what: what lies there, with its article: „Die Datei mit den Adressen“.

    Raises:
        ProblemsFound: it is within it.
    """
    place, folder = path.resolve(), project.resolve()
    repository = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
    if place.is_relative_to(folder):
        where = "im Ordner des Projekts"
    elif place.is_relative_to(repository):
        where = f"in {repository}, dem Ordner des Repositorys,"
    else:
        return
    message = f"{what} liegt {where} und käme so ins Repository."
    raise ProblemsFound([Problem(str(path), 1, message, "An einen Ort außerhalb verschieben.")])


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into.

    Raises:
        OSError: it cannot be made.
        ProblemsFound: it is there and open to others.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _must_be_private(folder, "Der Ordner", "chmod 700")


def read_private(file: Path, what: str) -> bytes:
    """Return what a file holds that only its owner can read.

    Args:
        file: the file.
        what: what it is, for problems: „Der Schlüssel“.

    Raises:
        OSError: it cannot be read.
        ProblemsFound: others can read it, too.
    """
    data = file.read_bytes()
    _must_be_private(file, what, "chmod 600")
    return data


def write_private(file: Path, data: bytes) -> None:
    """Write a file for its owner alone, whole or not at all.

    Args:
        file: the file.
        data: what it is to hold.

    Raises:
        OSError: it cannot be written; names the file.
    """
    half = file.with_name(f"{file.name}.{os.getpid()}.neu")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        os.replace(half, file)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from error


def _must_be_private(path: Path, what: str, command: str) -> None:
    if not _IS_WINDOWS and path.stat().st_mode & _FOR_OTHERS:
        raise ProblemsFound(
            [Problem(str(path), 1, f"{what} ist auch für andere lesbar.", f"Die Rechte ändern: {command} {path}")]
        )
