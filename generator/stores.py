"""What is kept between builds, small and large."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from generator.cache import Cache
from generator.file_cache import FileCache
from generator.program import program_identity
from generator.settings import Settings

__all__ = ["Stores", "stores"]


@dataclass(frozen=True, slots=True)
class Stores:
    """What is kept between builds."""

    results: Cache
    files: FileCache


@contextmanager
def stores(settings: Settings, *, whole: bool = True) -> Iterator[Stores]:
    """Open what is kept between builds.

    Args:
        settings: where it is.
        whole: whether all of the site is made, so that whatever is not asked for may be dropped.
    """
    maker = program_identity()
    with (
        Cache(settings.cache / "results.sqlite", maker, drops=whole) as results,
        FileCache(settings.cache / "files", maker, drops=whole) as files,
    ):
        yield Stores(results, files)
