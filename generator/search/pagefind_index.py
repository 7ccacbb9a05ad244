"""The only place that knows Pagefind: it makes the index that its program for browsers reads."""

import asyncio
import gzip
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pagefind.index import PagefindIndex

__all__ = ["names_of", "write_index"]

_PROGRAM = ("pagefind.js", "wasm.unknown.pagefind")
"""Pagefind's program for browsers; of several indexes, one needs it beside itself."""

_LANGUAGE = "unknown"
"""Words come in base form, so Pagefind is not to cut their endings off."""

_INDEX = ("pagefind-entry.json", "*.pf_meta", "index/*")
_FRAGMENTS = "fragment"
_SIGNATURE = b"pagefind_dcd"
_PAUSE = 0.1

_PIECES = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}
"""A search reads a piece of each index for each word: a quarter of the usual size will do. Should a later Pagefind not
know the name, searches read more, and nothing breaks."""


def write_index(texts: Sequence[str], folder: Path) -> None:
    """Make an index, with the program that reads it.

    Args:
        texts: words with spaces between them.
        folder: where to make it.
    """
    os.environ.update(_PIECES)
    with asyncio.Runner(loop_factory=_impatient_loop) as runner:
        runner.run(_write(texts, folder))


def names_of(count: int, folder: Path, *, has_program: bool) -> list[str]:
    """Return by what names a search knows the texts of an index, and remove from its folder what no search needs.

    Args:
        count: how many texts there are.
        folder: where the index is.
        has_program: whether the program is to stay.

    Returns:
        The names in the order of the texts; that of one without words is empty.
    """
    names = dict.fromkeys(range(count), "")
    for file in (folder / _FRAGMENTS).glob("*"):
        fragment = json.loads(gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE))
        names[int(fragment["url"])] = file.stem
    patterns = (*_INDEX, *_PROGRAM) if has_program else _INDEX
    wanted = {file for pattern in patterns for file in folder.glob(pattern)}
    for file in folder.rglob("*"):
        if file.is_file() and file not in wanted:
            file.unlink()
    for file in folder.glob(_FRAGMENTS):
        file.rmdir()
    return list(names.values())


async def _write(texts: Sequence[str], folder: Path) -> None:
    async with PagefindIndex({"output_path": str(folder)}) as index:
        # All at once, so that Pagefind need not wait for us; it takes them in their order.
        await asyncio.gather(
            *(
                index.add_custom_record(url=str(number), content=text, language=_LANGUAGE)
                for number, text in enumerate(texts)
            )
        )


def _impatient_loop() -> asyncio.AbstractEventLoop:
    """Return an event loop in which Pagefind's client does not pause before each answer: 250 would take 25 seconds."""
    loop = asyncio.new_event_loop()
    call_later = loop.call_later

    def without_pauses(delay: float, *args: Any, **kwargs: Any) -> asyncio.TimerHandle:
        return call_later(0 if delay == _PAUSE else delay, *args, **kwargs)

    loop.call_later = without_pauses  # type: ignore[method-assign]
    return loop
