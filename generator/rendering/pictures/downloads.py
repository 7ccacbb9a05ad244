"""Pictures that readers can download: published as they are, they must not tell where they were taken."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from generator.cache import Cache
from generator.rendering.pictures.errors import PictureError
from generator.rendering.pictures.stamp import stamp

__all__ = ["telling_downloads"]

_WITH_METADATA = frozenset({".avif", ".jpeg", ".jpg", ".png", ".webp"})


def telling_downloads(paths: Iterable[PurePosixPath], content: Path, cache: Cache) -> dict[PurePosixPath, PictureError]:
    """Return what is wrong with downloads that tell a place.

    Args:
        paths: files that readers can download, relative to the content folder.
        content: that folder.
        cache: where it is kept which files tell nothing, as long as they have the same size and time.
    """
    keys = {path: stamp("download", content, path) for path in sorted(paths) if path.suffix.lower() in _WITH_METADATA}
    unknown = [path for path, key in keys.items() if cache.get(key) is None]
    telling = [path for path in unknown if _tells(content / path)]
    cache.put((keys[path], b"") for path in unknown if path not in telling)
    return {
        path: PictureError(
            "Die Datei verrät, wo das Bild aufgenommen wurde (GPS), und wird so veröffentlicht, wie sie ist.",
            "Ohne Ortsangabe neu speichern.",
        )
        for path in telling
    }


def _tells(file: Path) -> bool:
    # Imported here, for most builds find nothing new.
    from generator.rendering.pictures.raster import tells_place  # noqa: PLC0415

    return tells_place(file.read_bytes())
