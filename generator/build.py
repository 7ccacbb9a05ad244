"""The pipeline: from the content folder to the stage."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from generator.cache import Cache
from generator.channels.chrome import chrome
from generator.channels.output import File, LazyFile
from generator.channels.sitemap import sitemap
from generator.channels.table import channels
from generator.channels.view import Data
from generator.flaws import explain, unkept_promises
from generator.gate import gate
from generator.model.site import PublicSite
from generator.problems import Problem, ProblemsFound
from generator.program import program_identity
from generator.progress import Progress
from generator.reading.reader import COOPERATION_FILE, read
from generator.rendering.render import render
from generator.settings import Settings
from generator.shares import beside, worthwhile
from generator.stage import write_stage

__all__ = ["Prepared", "Staged", "prepare", "write"]

_WORTH_A_PROCESS = 20
"""Fewer feeds are made before another process is up."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site ready to be written."""

    site: PublicSite
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """A site that has been written to the stage."""

    shown: Data
    """What header and footer of every page show."""

    digests: dict[str, str]
    """What identifies each staged file's bytes, by its path."""

    pages: int
    """How many of the files are pages."""


def prepare(settings: Settings, now: datetime, progress: Progress) -> Prepared:
    """Read, check, pass the gate, render, and make every channel's files; write nothing but the cache.

    Args:
        settings: where things are and how the site is cut.
        now: the moment at which the site is to be public; without a time zone, it is the cooperation's local time.
        progress: is told how far each step has come.

    Raises:
        ProblemsFound: the texts have problems; it carries all of them.
    """
    reading = read(settings)
    problems = list(reading.problems)
    if reading.site is None:
        raise ProblemsFound(problems)
    zone = ZoneInfo(reading.site.cooperation.timezone)
    local_now = now.astimezone(zone) if now.tzinfo else now.replace(tzinfo=zone)
    public = gate(reading.site, local_now, settings.layout)
    with Cache(settings.cache / "results.sqlite", program_identity()) as cache:
        rendering = render(public, reading.site.files, settings, cache, progress)
        problems += explain(rendering.flaws, reading)
        if problems:
            raise ProblemsFound(problems)
        files = _files(rendering.site, cache, progress)
    problems += _collisions(files, rendering.site.files)
    urls = frozenset(file.url for file in files)
    problems += unkept_promises(rendering.promised, urls, reading)
    if problems:
        raise ProblemsFound(problems)
    return Prepared(rendering.site, (*files, sitemap(public.cooperation.base_url, files)))


def write(settings: Settings, prepared: Prepared) -> Staged:
    """Write a prepared site to the stage."""
    copies = sorted(prepared.site.files)
    digests = write_stage(settings.stage, prepared.files, copies, settings.content)
    pages = sum(file.path.endswith(".md") for file in prepared.files)
    return Staged(chrome(prepared.site), dict(digests), pages)


def _files(site: PublicSite, cache: Cache, progress: Progress) -> list[File]:
    table = channels()
    files: list[File] = []
    waiting: list[Callable[[], list[File]]] = []
    for number, (_, channel) in enumerate(table.items(), start=1):
        made = list(channel(site))
        files += (file for file in made if isinstance(file, File))
        waiting.append(_finishing([file for file in made if isinstance(file, LazyFile)], cache))
        progress("Seiten, Feeds und Kalender zusammenstellen", number, len(table))
    return [*files, *(file for finished in waiting for file in finished())]


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


def _collisions(files: Iterable[File], copies: Iterable[PurePosixPath]) -> Iterator[Problem]:
    """Yield a problem for each address that two files claim."""
    authored = {str(path): path for path in copies}
    taken: dict[str, File] = {}
    for file in files:
        if (copy := authored.get(file.path)) is not None:
            yield Problem(
                str(copy),
                1,
                f"Die Adresse /{file.url} ist schon vergeben.",
                "Die Datei umbenennen; unter dieser Adresse legt Schaukasten selbst eine an.",
            )
        other = taken.setdefault(file.url, file)
        if other is not file:
            place: PurePosixPath = file.source or other.source or COOPERATION_FILE
            yield Problem(
                str(place),
                1,
                f"Die Adresse /{file.url} ist schon vergeben.",
                "Die Datei umbenennen; unter dieser Adresse legt Schaukasten selbst eine Seite an.",
            )
