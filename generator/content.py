"""Where the files of the content folder lie on the disk: in it, or in a folder that is mounted there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

__all__ = ["Content", "Places"]


class Places(Protocol):
    """Says where a file lies; a folder's path is one."""

    def __truediv__(self, path: PurePosixPath, /) -> Path:
        """Return where the file lies.

        Args:
            path: relative to the content folder.
        """


@dataclass(frozen=True, slots=True)
class Content:
    """The content folder, with folders from elsewhere in it."""

    folder: Path
    mounts: Mapping[str, Path] = field(default_factory=dict)
    """Folders of pages by the names under which they appear there: ``handbuch`` is ``docs/handbuch``."""

    def __truediv__(self, path: PurePosixPath) -> Path:
        """Return where a file of the content folder lies."""
        mount = self.mounts.get(path.parts[0]) if path.parts else None
        return self.folder / path if mount is None else mount.joinpath(*path.parts[1:])

    def path_of(self, file: Path) -> PurePosixPath | None:
        """Return a file's path relative to the content folder; None: it lies elsewhere."""
        for name, folder in {"": self.folder, **self.mounts}.items():
            if folder.resolve() in file.resolve().parents:
                return PurePosixPath(name) / file.resolve().relative_to(folder.resolve()).as_posix()
        return None
