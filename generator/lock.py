"""One run at a time works in a project's folder of generated files."""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.folders import readable_for_all
from generator.progress import Progress

__all__ = ["PATIENCE", "alone_in"]

PATIENCE = 600.0
"""Seconds to wait for another run: longer than one that makes all pictures of a large site takes."""

_PAUSE = 0.1
"""Seconds from one try to the next."""

_TAKEN = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


@contextmanager
def alone_in(build: Path, progress: Progress, patience: float = PATIENCE) -> Iterator[None]:
    """Wait until no other run works in the folder, then keep others waiting until the end of the block.

    The system itself holds the lock and lets go of it when the process ends, however it ends; the file says nothing.
    Processes forked meanwhile hold the lock, too: where the first one is killed, the next run waits for the last.

    Args:
        build: the folder.
        progress: is told how long it has been waiting.
        patience: how many seconds to wait.

    Raises:
        BlockingIOError: another run is still at work; it names the lock's file.
    """
    with readable_for_all():
        build.mkdir(parents=True, exist_ok=True)
    file = build / "lock"
    handle = _open(file)
    try:
        _wait(handle, file, progress, patience)
        yield
    finally:
        os.close(handle)


def _open(file: Path) -> int:
    # Another user's file may be readable only, which is enough for a lock on most file systems.
    with suppress(PermissionError):
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    return os.open(file, os.O_RDONLY)


def _wait(handle: int, file: Path, progress: Progress, patience: float) -> None:
    start = time.monotonic()
    while not _taken(handle):
        waited = time.monotonic() - start
        if waited >= patience:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(file))
        progress("Auf einen anderen Lauf warten (Sekunden)", int(waited), int(patience))
        time.sleep(_PAUSE)


def _taken(handle: int) -> bool:
    """Try to take the lock; tell whether it is ours. Where the file system knows no locks, it always is."""
    try:
        _system_call()(handle)
    except OSError as error:
        return error.errno not in _TAKEN
    return True


def _system_call() -> Callable[[int], None]:
    """Return what takes a lock or raises OSError at once."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        return lambda handle: msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    import fcntl  # noqa: PLC0415

    return lambda handle: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
