"""What is in a file once everything is unpacked that can be: words are found however they were written."""

import base64
import re
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from quopri import decodestring
from urllib.parse import unquote_to_bytes
from zipfile import BadZipFile, ZipFile

__all__ = ["says", "unwrapped"]

_DEEPEST = 4
_STREAM = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = b"\x1f\x8b\x08"
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{4}\s*){6,}[A-Za-z0-9+/]{0,3}={0,2}")


def unwrapped(data: bytes, depth: int = _DEEPEST) -> Iterator[bytes]:
    """Yield the data, and all that is packed in it."""
    yield data
    if depth:
        for inner in _inner(data):
            yield from unwrapped(inner, depth - 1)


def says(data: bytes, word: str) -> bool:
    """Tell whether a word of ASCII is anywhere in the data: packed, escaped, or in characters of two bytes."""
    written = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    return any(one in part for part in unwrapped(data) for one in written)


def _inner(data: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(data):
        yield from _inflated(data[found.start() :], zlib.MAX_WBITS)
    if data.startswith(_GZIP):
        yield from _inflated(data, zlib.MAX_WBITS | 16)
    if b"PK\x03\x04" in data:
        try:
            with ZipFile(BytesIO(data)) as archive:
                yield archive.comment
                for info in archive.infolist():
                    yield info.extra + info.comment
                    yield archive.read(info)
        except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
            pass
    for coded in _BASE64.findall(data):
        bare = b"".join(coded.split())
        yield base64.b64decode(bare[: len(bare) - len(bare) % 4])
    if b"=" in data:
        yield from _unless_same(decodestring(data), data)
    if b"%" in data:
        yield from _unless_same(unquote_to_bytes(data), data)
    if b"&" in data:
        yield from _unless_same(unescape(data.decode("latin-1")).encode("latin-1", "replace"), data)


def _inflated(data: bytes, window: int) -> Iterator[bytes]:
    try:
        inflated = zlib.decompressobj(window).decompress(data, 50_000_000)
    except zlib.error:
        return
    if len(inflated) > 4:
        yield inflated


def _unless_same(decoded: bytes, data: bytes) -> Iterator[bytes]:
    if decoded != data:
        yield decoded
