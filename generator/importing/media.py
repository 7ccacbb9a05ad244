"""The files that pictures and links of the texts lead to: local ones only; nothing is fetched."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from generator.content import Content
from generator.reading.files import scan
from generator.rendering.files.kinds import kind_of
from generator.slug import slug

__all__ = ["PICTURES", "Media", "full_size"]

PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
"""Ends of the names of pictures that texts can show."""

_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled|-e\d{10,})(?=\.\w+$)")
"""What WordPress adds to the name of a picture that it made smaller."""


_LONGEST_NAME = 120
"""Letters of a file's name before what tells it from another one; letters written out are more than there were."""


class Media:
    """The files of a source, and where each is to lie in the content folder."""

    def __init__(self, files: Mapping[str, Path], folder: Path | None, content: Path) -> None:
        """Look at the files.

        Args:
            files: those of the source, by the paths at which they were published.
            folder: further ones, in folders as they were published, from any depth on; None: there are none.
            content: the content folder, whose own files are never overwritten.
        """
        self._files = {unquote(address): path for address, path in files.items()}
        further = scan(Content(folder))[0].files if folder is not None else frozenset()
        self._further: dict[str, list[tuple[str, ...]]] = {}
        for path in sorted(further):
            self._further.setdefault(path.name, []).append(path.parts)
        self._folder = folder
        self._content = content
        self._places: dict[Path, PurePosixPath] = {}
        self.copies: dict[PurePosixPath, Path] = {}
        """What is to be copied: the place in the content folder, and the file."""

    def find(self, address: str) -> Path | None:
        """Return the file that was published at a path; a picture in full size where only that is there."""
        for wanted in dict.fromkeys((unquote(address), full_size(address))):
            found = self._files.get(wanted) or self._in_folder(PurePosixPath(wanted))
            if found is not None:
                return found
        return None

    def placed(self, file: Path) -> PurePosixPath:
        """Return where a file is to lie, relative to the content folder; one with the same bytes is used again.

        Raises:
            FileError: files of its kind are not published.
            OSError: it cannot be read.
        """
        kind_of(PurePosixPath(file.name))
        if file not in self._places:
            suffix = file.suffix.lower()
            folder = PurePosixPath("bilder" if suffix in PICTURES else "anlagen")
            digest = _digest(file)
            name = slug(file.stem)[:_LONGEST_NAME] or "datei"
            plain, apart = folder / f"{name}{suffix}", folder / f"{name}-{digest[:8]}{suffix}"
            self._places[file] = plain if self._is_free(plain, digest) else apart
            if not (self._content / self._places[file]).exists():
                self.copies.setdefault(self._places[file], file)
        return self._places[file]

    def _is_free(self, place: PurePosixPath, digest: str) -> bool:
        there = self._content / place
        taken = there if there.exists() else self.copies.get(place)
        return taken is None or _digest(taken) == digest

    def _in_folder(self, wanted: PurePosixPath) -> Path | None:
        """Return the file of the folder whose path, or whose end, is the end of the wanted one."""
        parts = tuple(part for part in wanted.parts if part != "/")
        for candidate in self._further.get(wanted.name, ()):
            shorter = min(len(candidate), len(parts))
            if candidate[-shorter:] == parts[-shorter:] and self._folder is not None:
                return self._folder.joinpath(*candidate)
        return None


def full_size(address: str) -> str:
    """Return the path of the picture that another one was made of, unquoted."""
    return _SIZE.sub("", unquote(address))


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
