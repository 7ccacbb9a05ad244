"""Films, which are published as they are: they must not tell where they were made."""

import mmap
from collections.abc import Iterator
from pathlib import Path

from generator.rendering.files.errors import FileError

__all__ = ["check_mp4", "check_webm"]

_PLACES = (b"\xa9xyz", b"loci", b"com.apple.quicktime.location")
"""What begins a place in MP4: as Android writes it, 3GPP TS 26.244, 8.10, and as QuickTime does."""

_TAG = b"LOCATION"
"""The same in Matroska (RFC 9559, and its registry of tags)."""

_MOST_BYTES = 100_000_000
"""The description of a film is never so long."""


def check_mp4(file: Path) -> None:
    """Check a film in MP4 (ISO/IEC 14496-12).

    Raises:
        FileError: it tells a place, or is cut off.
    """
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        boxes = dict(_boxes(data))
        if b"moov" not in boxes:
            raise FileError("Der Film ist abgeschnitten.", "Ihn noch einmal vollständig speichern.")
        start, end = boxes[b"moov"]
        if any(data.find(place, start, min(end, start + _MOST_BYTES)) >= 0 for place in _PLACES):
            raise _TELLS_PLACE


def check_webm(file: Path) -> None:
    """Check a film in WebM.

    Raises:
        FileError: it tells a place.
    """
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(_TAG) >= 0:
            raise _TELLS_PLACE


def _boxes(data: mmap.mmap) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Yield the names of the outer boxes, and where each begins and ends; only whole ones."""
    place = 0
    while place + 8 <= len(data):
        size, name = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        least = 8
        if size == 1:
            least, size = 16, int.from_bytes(data[place + 8 : place + 16])
        elif size == 0:
            size = len(data) - place
        if size < least or place + size > len(data):
            return
        yield name, (place, place + size)
        place += size


_TELLS_PLACE = FileError(
    "Der Film verrät, wo er aufgenommen wurde.",
    "Ohne Ortsangabe neu speichern, zum Beispiel mit „ffmpeg -i film.mp4 -map_metadata -1 -c copy neu.mp4“.",
)
