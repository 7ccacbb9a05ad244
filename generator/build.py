"""The pipeline: from the content folder to the stage."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
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
from generator.stage import write_stage

__all__ = ["Prepared", "Staged", "prepare", "write"]


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
    problems += _collisions(files)
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
    for number, (_, channel) in enumerate(table.items(), start=1):
        files += (file if isinstance(file, File) else _made(file, cache) for file in channel(site))
        progress("Seiten, Feeds und Kalender zusammenstellen", number, len(table))
    return files


def _made(file: LazyFile, cache: Cache) -> File:
    data = cache.get(file.identity)
    if data is None:
        data = file.make()
        cache.put([(file.identity, data)])
    return file.made(data)


def _collisions(files: Iterable[File]) -> Iterator[Problem]:
    """Yield a problem for each address that two files claim."""
    taken: dict[str, File] = {}
    for file in files:
        other = taken.setdefault(file.url, file)
        if other is not file:
            place: PurePosixPath = file.source or other.source or COOPERATION_FILE
            yield Problem(
                str(place),
                1,
                f"Die Adresse /{file.url} ist schon vergeben.",
                "Die Datei umbenennen; unter dieser Adresse legt Schaukasten selbst eine Seite an.",
            )
