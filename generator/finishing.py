"""From what channels return to finished files: what is kept from an earlier build is not made again."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from generator.cache import Cache
from generator.channels.output import Copy, File, LazyFile, LazyFolders
from generator.channels.table import channels
from generator.file_cache import FileCache
from generator.folders import files_in
from generator.model.site import PublicSite
from generator.progress import Progress
from generator.shares import beside, in_shares, worthwhile
from generator.stores import Stores

__all__ = ["finished_files"]

_WORTH_A_PROCESS = 20
"""Fewer feeds are made before another process is up."""

_LARGE_WORTH_A_PROCESS = 3
"""The same of pictures."""

_MOST_BESIDE = 12
"""More folders are made by the first process itself at the end: soon it would share no memory with another."""

_SLOWEST = "search"
"""The channel that comes first, for its index takes longest, and is made while the others do their work."""


def finished_files(site: PublicSite, stored: Stores, progress: Progress) -> tuple[list[File], list[Copy]]:
    """Return what the channels make of a site: files, and large ones that lie ready among those kept.

    Args:
        site: what is public.
        stored: what is kept between builds.
        progress: is told how far each step has come.
    """
    cache, kept = stored.results, stored.files
    table = channels()
    files: list[File] = []
    large: list[LazyFile] = []
    folders: list[LazyFolders] = []
    waiting: list[Callable[[], list[File]]] = []
    filling: list[Callable[[], None]] = []
    for number, name in enumerate(sorted(table, key=lambda name: name != _SLOWEST), start=1):
        made = list(table[name](site))
        lazy = [file for file in made if isinstance(file, LazyFile)]
        files += (file for file in made if isinstance(file, File))
        large += (file for file in lazy if file.large)
        waiting.append(_finishing([file for file in lazy if not file.large], cache))
        new = [several for several in made if isinstance(several, LazyFolders)]
        folders += new
        filling += (_filling(several, kept) for several in new)
        progress("Seiten, Feeds und Kalender zusammenstellen", number, len(table))
    files += (file for finished in waiting for file in finished())
    _keep(large, kept, progress)
    for filled in filling:
        filled()
    ready = [_lying_ready(file, kept) for file in large]
    return files, [*ready, *(copy for several in folders for copy in _copies(several, kept))]


def _lying_ready(file: LazyFile, kept: FileCache) -> Copy:
    name = kept.name(file.identity)
    return Copy(path=file.path, url=file.url, origin=kept.folder / name, identity=name, source=file.source)


def _filling(folders: LazyFolders, kept: FileCache) -> Callable[[], None]:
    """Begin to fill those folders that are not kept, beside other work unless they are many; return how to wait."""
    missing = set(kept.missing(folders.identities.values()))
    if not missing:
        return lambda: None
    work = partial(kept.fill, {path: key for path, key in folders.identities.items() if key in missing}, folders.make)
    several = hasattr(os, "fork") and len(missing) <= _MOST_BESIDE and worthwhile(1, 1) > 1
    return beside(work) if several else work


def _copies(folders: LazyFolders, kept: FileCache) -> Iterator[Copy]:
    for path, key in folders.identities.items():
        place = kept.name(key)
        origin = kept.folder / place
        for name in sorted(files_in(origin)):
            if not name.startswith("."):
                yield Copy(path=path + name, url=path + name, origin=origin / name, identity=f"{place}/{name}")


def _keep(files: Sequence[LazyFile], kept: FileCache, progress: Progress) -> None:
    """Make those large files that are not kept, in several processes if there are many."""
    by_key = {file.identity: file for file in files}
    missing = [by_key[key] for key in kept.missing(by_key)]
    make = partial(_put, missing, kept)
    shares = worthwhile(len(missing), _LARGE_WORTH_A_PROCESS)
    in_shares(make, len(missing), shares, lambda begun: progress("Bilder umrechnen", begun, len(missing)))


def _put(files: Sequence[LazyFile], kept: FileCache, numbers: Iterable[int]) -> dict[int, None]:
    done: dict[int, None] = {}
    for number in numbers:
        kept.put(files[number].identity, files[number].make())
        done[number] = None
    return done


def _finishing(files: Sequence[LazyFile], cache: Cache) -> Callable[[], list[File]]:
    """Begin to make those files that are not kept, beside other work if there are many; return how to get them all."""
    kept = {file.path: cache.get(file.identity) for file in files}
    missing = [file for file in files if kept[file.path] is None]
    make = partial(_made, missing)
    several = hasattr(os, "fork") and worthwhile(len(missing), _WORTH_A_PROCESS) > 1
    result = beside(make) if several else make

    def finished() -> list[File]:
        fresh = dict(zip((file.path for file in missing), result(), strict=True))
        cache.put((file.identity, fresh[file.path]) for file in missing)
        return [file.made(fresh[file.path] if (data := kept[file.path]) is None else data) for file in files]

    return finished


def _made(files: Sequence[LazyFile]) -> list[bytes]:
    return [file.make() for file in files]
