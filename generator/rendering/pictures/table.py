"""What is known of each picture, kept between builds: no file is opened that has not changed."""

import marshal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from generator.cache import Cache
from generator.content import Places
from generator.model.picture import Picture
from generator.progress import Progress
from generator.rendering.pictures.errors import PictureError
from generator.rendering.pictures.loading import load
from generator.rendering.stamp import stamp
from generator.shares import in_shares, worthwhile

__all__ = ["PictureTable", "picture_table"]

_STEP = "Bilder lesen"
_WORTH_A_PROCESS = 8


@dataclass(frozen=True, slots=True)
class PictureTable:
    """Pictures by their files, and what is wrong with those that cannot be shown."""

    pictures: Mapping[PurePosixPath, Picture]
    errors: Mapping[PurePosixPath, PictureError]


def picture_table(paths: Iterable[PurePosixPath], content: Places, cache: Cache, progress: Progress) -> PictureTable:
    """Return what is known of the pictures.

    Args:
        paths: their files, relative to the content folder.
        content: that folder.
        cache: where it is kept between builds, as long as a file has the same size and time.
        progress: is told how many files have been read.
    """
    keys = {path: stamp("picture", content, path) for path in sorted(paths)}
    kept = {path: cache.get(key) for path, key in keys.items()}
    missing = [path for path, data in kept.items() if data is None]
    measured = _all_measured(missing, content, progress) if missing else []
    found = {path: _unpack(path, data) for path, data in kept.items() if data is not None}
    found |= {picture.path: picture for picture in measured if isinstance(picture, Picture)}
    cache.put((keys[path], _pack(found[path])) for path in missing if path in found)
    errors = {path: one for path, one in zip(missing, measured, strict=True) if isinstance(one, PictureError)}
    return PictureTable(found, errors)


def _all_measured(paths: Sequence[PurePosixPath], content: Places, progress: Progress) -> list[Picture | PictureError]:
    shares = worthwhile(len(paths), _WORTH_A_PROCESS)
    work = partial(_measured, paths, content)
    return in_shares(work, len(paths), shares, lambda begun: progress(_STEP, begun, len(paths)))


def _measured(
    paths: Sequence[PurePosixPath], content: Places, numbers: Iterable[int]
) -> dict[int, Picture | PictureError]:
    # Imported here, for most builds find nothing new, and the libraries take as long as reading three hundred texts.
    from generator.rendering.pictures.measure import measure  # noqa: PLC0415

    found: dict[int, Picture | PictureError] = {}
    for number in numbers:
        path = paths[number]
        try:
            found[number] = measure(load(content / path), path)
        except PictureError as error:
            found[number] = error
    return found


def _pack(picture: Picture) -> bytes:
    return marshal.dumps((picture.digest, picture.width, picture.height, picture.kind))


def _unpack(path: PurePosixPath, kept: bytes) -> Picture:
    content, width, height, kind = marshal.loads(kept)  # noqa: S302  # our own cache
    return Picture(path=path, digest=content, width=width, height=height, kind=kind)
