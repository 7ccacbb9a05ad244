"""How files of a kind begin, whatever they are called."""

import codecs
import re
from collections.abc import Callable
from pathlib import Path

__all__ = ["LONGEST", "Signature", "begins", "brand", "head_of", "is_drawing", "is_text"]

Signature = Callable[[bytes], bool]
"""Tells of the first `LONGEST` bytes of a file whether it can be of a kind."""

LONGEST = 4096

_BEFORE_A_DRAWING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|<!--|<!DOCTYPE\s+svg\b|<(?:\w+:)?svg\b)")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def begins(*signatures: bytes, at: int = 0) -> Signature:
    """Return what asks for one of these bytes at a place."""

    def matches(head: bytes) -> bool:
        return any(head.startswith(signature, at) for signature in signatures)

    return matches


def brand(*brands: bytes) -> Signature:
    """Return what asks for a box „ftyp“ with one of these brands (ISO/IEC 14496-12, 4.3)."""

    def matches(head: bytes) -> bool:
        size = int.from_bytes(head[:4])
        names = {head[8:12], *(head[place : place + 4] for place in range(16, min(size, LONGEST), 4))}
        return head[4:8] == b"ftyp" and not names.isdisjoint(brands)

    return matches


def is_drawing(head: bytes) -> bool:
    """Tell whether it can be a drawing (SVG)."""
    return _BEFORE_A_DRAWING.match(head) is not None


def is_text(head: bytes) -> bool:
    """Tell whether it can be text in UTF-8; where it ends within a character, the rest of it counts."""
    try:
        return _CONTROLS.search(codecs.getincrementaldecoder("utf-8")().decode(head)) is None
    except UnicodeDecodeError:
        return False


def head_of(file: Path) -> bytes:
    """Return how a file begins."""
    with file.open("rb") as opened:
        return opened.read(LONGEST)
