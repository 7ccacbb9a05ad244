"""The pictures the articles show, made here so that the repository holds no binary files for the benchmark."""

import struct
import zlib
from pathlib import Path

_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" width="320" height="180">
  <rect width="320" height="180" fill="#e8eef2"/>
  <path d="{path}" fill="#14532d"/>
</svg>
"""
_PATHS = {
    "rathaus.svg": "M60 160V80L160 30l100 50v80h-70v-50h-60v50z",
    "bruecke.svg": "M20 90h280v20h-30v40h-30q0-40-80-40t-80 40H50v-40H20z",
}
_GRADIENT = "wald.png"
_WIDTH, _HEIGHT = 640, 360


def write_pictures(folder: Path) -> None:
    """Write every file `corpus.PICTURES` names to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in _PATHS.items():
        (folder / name).write_text(_DRAWING.format(path=path), encoding="utf-8")
    (folder / _GRADIENT).write_bytes(_png(_WIDTH, _HEIGHT))


def _png(width: int, height: int) -> bytes:
    """Return a PNG (8-bit RGB) of ``width`` by ``height`` pixels, a gradient from light to dark green."""
    rows = b"".join(
        b"\0" + bytes((220 - 200 * y // height, 235 - 150 * y // height, 210)) * width for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
