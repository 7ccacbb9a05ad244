"""JPEG files within other files: without what they say of themselves, their pixels untouched (ITU-T T.81, annex B)."""

__all__ = ["bare"]

_START, _END, _SCAN = b"\xff\xd8", b"\xff\xd9", 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""

_JFIF, _ADOBE, _COMMENT = 0xE0, 0xEE, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_PLAIN_JFIF = 18
"""Bytes of the segment that says how large a pixel is; a longer one has a small picture in it."""


def bare(data: bytes) -> bytes:
    """Return a JPEG file without metadata, profiles, comments and what lies behind it.

    Raises:
        ValueError: it is none.
    """
    if not data.startswith(_START):
        raise ValueError("no start of an image")
    parts, place = [_START], 2
    while True:
        while data[place : place + 2] == b"\xff\xff":
            place += 1
        if place + 4 > len(data) or data[place] != 0xFF:
            raise ValueError("no segment where one must be")
        marker = data[place + 1]
        end = place + 2 + (0 if marker in _ALONE else int.from_bytes(data[place + 2 : place + 4]))
        if marker == _SCAN:
            last = data.rfind(_END)
            return b"".join([*parts, data[place : last + 2] if last > place else data[place:]])
        if _is_needed(marker, end - place):
            parts.append(data[place:end])
        place = end


def _is_needed(marker: int, size: int) -> bool:
    """Tell whether the pixels cannot be read without a segment."""
    if marker == _JFIF:
        return size == _PLAIN_JFIF
    return marker == _ADOBE or (marker not in _APPLICATION and marker != _COMMENT)
