"""The dictionary of a language, and a form of it that is opened fifty times as fast as the library's own."""

import pickle
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from generator.folders import write_whole
from generator.search.language import Lookup

__all__ = ["keep_dictionary", "open_dictionary"]

_DAMAGED = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError)


def keep_dictionary(code: str, file: Path) -> None:
    """Write the dictionary of a language to a file.

    Args:
        code: the language's code.
        file: where to write it.
    """
    write_whole(file, pickle.dumps(_from_library(code)))


def open_dictionary(code: str, kept: Iterable[Path]) -> Lookup:
    """Return how to ask the dictionary of a language.

    Args:
        code: the language's code.
        kept: files in which it may be kept.
    """
    for file in kept:
        with suppress(*_DAMAGED):
            return cache(pickle.loads(file.read_bytes()).get)  # noqa: S301  # our own cache
    return cache(_from_library(code).get)


def _from_library(code: str) -> Mapping[str, str]:
    # This form of the dictionary saves memory (30 MB instead of 120) and is slower to ask, which hardly counts when
    # each word is asked for once. Imported here, for most builds need no library; its factory goes with it.
    from simplemma.strategies.dictionaries import StreamDictionaryFactory  # noqa: PLC0415

    return StreamDictionaryFactory().get_dictionary(code)
