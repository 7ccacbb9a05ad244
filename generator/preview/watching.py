"""Waiting for somebody to save."""

import time
from collections.abc import Iterable
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

__all__ = ["Watch"]

_CHANGES = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""What is asked for: of what is only read, there would be thousands of events at each look at the texts."""

_QUIET = 0.03
"""Seconds without a change after which saving is over: editors write a file in several steps, Git many files."""

_BREATH = 0.5
"""Seconds after which waiting begins again: on Windows nothing else lets Ctrl+C through."""


class Watch:
    """Files, and folders with everything below them, that are watched until the end of the block."""

    def __init__(self, watched: Iterable[Path]) -> None:
        """Begin to watch.

        Args:
            watched: files and folders; a file need not exist yet, its folder must.
        """
        self._found: SimpleQueue[Path] = SimpleQueue()
        self._observer = Observer()
        places: dict[Path, list[Path]] = {}
        for path in (path.resolve() for path in watched):
            places.setdefault(path if path.is_dir() else path.parent, []).append(path)
        for folder, paths in places.items():
            self._observer.schedule(
                _Listener(self._found, paths), str(folder), recursive=folder in paths, event_filter=_CHANGES
            )

    def __enter__(self) -> "Watch":
        self._observer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._observer.stop()
        self._observer.join()

    def changed(self, patience: float | None = None) -> frozenset[Path]:
        """Wait until something changes and then nothing for a moment; return the files that did.

        Args:
            patience: after how many seconds without a change to return none; None: never.
        """
        end = None if patience is None else time.monotonic() + patience
        changed: set[Path] = set()
        while not changed and (end is None or time.monotonic() < end):
            wait = _BREATH if end is None else max(0.0, min(_BREATH, end - time.monotonic()))
            changed |= self._within(wait)
        while more := self._within(_QUIET) if changed else ():
            changed |= more
        return frozenset(changed)

    def _within(self, seconds: float) -> set[Path]:
        try:
            return {self._found.get(timeout=seconds)}
        except Empty:
            return set()


class _Listener(FileSystemEventHandler):
    """Hands on what changes at or below some paths."""

    def __init__(self, found: SimpleQueue[Path], paths: Iterable[Path]) -> None:
        self._found = found
        self._paths = frozenset(paths)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of a change."""
        for name in filter(None, (event.src_path, event.dest_path)):
            path = Path(str(name))
            if path in self._paths or not self._paths.isdisjoint(path.parents):
                self._found.put(path)
