"""Large results kept between builds, each in a file of its own, so that they never fill the memory."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from generator.folders import files_in, write_whole

__all__ = ["FileCache"]


class FileCache:
    """A folder of results by key; losing it costs time, nothing else.

    Used as a context manager: what was not asked for is dropped at the end of a build that succeeds.
    """

    def __init__(self, folder: Path, maker: str, *, drops: bool = True) -> None:
        """Take the folder.

        Args:
            folder: where the results are.
            maker: what identifies the program that makes them; those of another one are forgotten.
            drops: whether what is not asked for is dropped.
        """
        self._drops = drops
        self.folder = folder
        self._maker = maker[:16]
        self._present = files_in(folder)
        self._used: set[str] = set()

    def __enter__(self) -> "FileCache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._drops:
            self._drop_unused()

    def _drop_unused(self) -> None:
        entries = {_entry(name) for name in self._present} - self._used
        for entry in (self.folder / name for name in entries):
            # A folder goes as a whole: half of one, left by a build that was cut off here, would be taken for it. Of
            # what is known for a half, there may be several.
            doomed = entry if entry.suffix else _half(entry)
            with suppress(FileNotFoundError):
                os.replace(entry, doomed)
                shutil.rmtree(doomed) if doomed.is_dir() else doomed.unlink()
        for maker in {entry.partition("/")[0] for entry in entries}:
            with suppress(OSError):
                (self.folder / maker).rmdir()

    def missing(self, keys: Iterable[bytes]) -> list[bytes]:
        """Return the keys, each once, under which nothing was kept when the folder was taken."""
        kept = {_entry(name) for name in self._present}
        return [key for key in dict.fromkeys(keys) if self.name(key) not in kept]

    def name(self, key: bytes) -> str:
        """Return where in the folder the result with this key is, or is to be put: a file, or a folder of files.

        No other bytes are ever there.
        """
        name = f"{self._maker}/{key.hex()}"
        self._used.add(name)
        return name

    def put(self, key: bytes, data: bytes) -> None:
        """Keep a result; a build that is cut off leaves no half of one."""
        write_whole(self._place(key), data)

    def write(self, key: bytes, make: Callable[[Path], object]) -> None:
        """Keep a result that never is in memory as a whole, in the same way.

        Args:
            key: its key.
            make: writes it to the path that it is given; if it raises, nothing is kept.
        """
        file = self._place(key)
        half = _half(file)
        try:
            make(half)
            half.replace(file)
        finally:
            half.unlink(missing_ok=True)

    def _place(self, key: bytes) -> Path:
        file = self.folder / self.name(key)
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    def fill(self, keys: Mapping[str, bytes], make: Callable[[Mapping[str, Path]], None]) -> None:
        """Keep folders under their keys, in the same way.

        Args:
            keys: the keys, by names that ``make`` understands.
            make: is given empty folders by these names, and fills them.
        """
        halves = {name: _half(self.folder / self.name(key)) for name, key in keys.items()}
        for half in halves.values():
            # A build that was cut off may have had the same number, as builds in containers do.
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir(parents=True)
        try:
            make(halves)
        except BaseException:
            for half in halves.values():
                shutil.rmtree(half, ignore_errors=True)
            raise
        for name, half in halves.items():
            target = self.folder / self.name(keys[name])
            if target.exists():
                # Another build was quicker, with the same result.
                shutil.rmtree(half)
            else:
                half.replace(target)


def _entry(name: str) -> str:
    """Return the result to which a file belongs: itself, or a folder that it is in."""
    return "/".join(name.split("/")[:2])


def _half(file: Path) -> Path:
    """Return where a result is while it is being made; the process is part of the name."""
    return file.with_suffix(f".{os.getpid()}")
