"""Two folders change places, so that nobody ever finds neither of them."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

__all__ = ["exchange", "put_back"]

_HERE = -100
"""``AT_FDCWD``: paths are relative to the working directory."""

_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux, ``RENAME_SWAP`` of macOS."""


def exchange(one: Path, other: Path, parking: Path) -> None:
    """Let two folders change places: at once where the system can, else one after the other.

    Args:
        one: a folder.
        other: another one on the same file system.
        parking: where ``other`` is for the moment where the system cannot; `put_back` looks there after a crash.
    """
    if not _at_once(one, other):
        os.replace(other, parking)
        os.replace(one, other)
        os.replace(parking, one)


def put_back(parking: Path, place: Path) -> None:
    """Put right what a crash has left of an exchange: the parked folder goes back unless its place is taken."""
    if parking.exists() and not place.exists():
        os.replace(parking, place)


def _at_once(one: Path, other: Path) -> bool:
    """Try the system's own exchange; tell whether it has been done."""
    call = _system_call()
    return call is not None and call(os.fsencode(one), os.fsencode(other)) == 0


def _system_call() -> Callable[[bytes, bytes], int] | None:
    # Imported here, for it is needed once, at the end of a build.
    import ctypes  # noqa: PLC0415

    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            swap = library.renamex_np
            return lambda one, other: int(swap(one, other, _EXCHANGE))
        rename = partial(library.renameat2, _HERE)
    except (AttributeError, OSError, TypeError):
        return None
    return lambda one, other: int(rename(one, _HERE, other, _EXCHANGE))
