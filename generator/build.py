"""The pipeline: from the content folder to the stage."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from generator.cache import Cache
from generator.channels.chrome import chrome
from generator.channels.output import Copy, File
from generator.channels.server.servers import unpublished
from generator.channels.sitemap import sitemap
from generator.channels.view import Data
from generator.claims import claimed_twice, given_up_in_vain
from generator.drafts import with_drafts
from generator.file_cache import FileCache
from generator.finishing import finished_files
from generator.flaws import explain, unkept_promises
from generator.gate import gate
from generator.leaks import family_names, links_to_hidden, names_in_files, placeholders, suspicious_files
from generator.manifest import MANIFEST, Manifest, manifest_of
from generator.model.cooperation import Cooperation
from generator.model.site import PublicSite, Site
from generator.notices import notices
from generator.plan import next_build
from generator.problems import Problem, ProblemsFound
from generator.program import program_identity
from generator.progress import Progress
from generator.reading.reader import read
from generator.ready_files import authored_copy
from generator.rendering.render import render
from generator.settings import Settings
from generator.stage import write_stage

__all__ = ["Prepared", "Staged", "in_zone", "prepare", "write"]

_MADE_LAST = File(path=MANIFEST, data=b"", url=MANIFEST)
"""Has its bytes only when all others are on the site, but its address from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A site ready to be written."""

    authored: Site
    site: PublicSite
    files: tuple[File, ...]
    copies: tuple[Copy, ...]
    """Files that lie ready: pictures and attachments of the texts, and large files that were kept."""

    next_build: datetime | None
    """When the site will be another one although nobody writes anything; None: never."""

    notices: tuple[Problem, ...]
    """What the office should know although it is in the way of nothing."""

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of everything on the site, relative to its root."""
        return frozenset(file.url for file in self.files) | frozenset(copy.url for copy in self.copies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A site whose pages and files have been written to the stage."""

    shown: Data
    """What header and footer of every page show."""

    digests: dict[str, str]
    """What identifies each staged file's bytes, by its path."""

    copies: tuple[Copy, ...]
    """Files that go to the site as they are."""

    pages: int
    """How many of the staged files are pages."""

    next_build: datetime | None
    """As of `Prepared`."""

    manifest: Manifest
    """What the site consists of, without its files' digests: those are known when it is built."""

    notices: tuple[Problem, ...]


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
    local_now = in_zone(now, reading.site.cooperation)
    public = gate(with_drafts(reading.site) if settings.drafts else reading.site, local_now, settings.layout)
    problems += family_names(public, reading.site.roles, reading)
    problems += placeholders(public, reading) if settings.release else ()
    maker = program_identity()
    with Cache(settings.cache / "results.sqlite", maker) as cache, FileCache(settings.cache / "files", maker) as kept:
        rendering = render(public, reading.site.files, settings, cache, kept, progress)
        problems += explain(rendering.flaws, reading, settings.content)
        problems += links_to_hidden(rendering.site, reading.site, reading)
        problems += suspicious_files(rendering.site.files.keys() | rendering.site.pictures.keys(), reading.site.roles)
        if problems:
            raise ProblemsFound(problems)
        files, made = finished_files(rendering.site, cache, kept, progress)
    authored = [authored_copy(path, file) for path, file in rendering.site.files.items()]
    copies = sorted((*authored, *made), key=lambda copy: copy.path)
    files.append(sitemap(public.cooperation.base_url, files))
    problems += claimed_twice([*files, _MADE_LAST], copies, rendering.site)
    prepared = Prepared(
        authored=reading.site,
        site=rendering.site,
        files=tuple(files),
        copies=tuple(copies),
        next_build=next_build(reading.site, local_now),
        notices=tuple(notices(reading, local_now)),
    )
    problems += unkept_promises(rendering.promised, prepared.addresses, reading)
    problems += names_in_files(files, reading.site.roles)
    problems += given_up_in_vain(reading.site, rendering.site, [*files, *copies], settings.content)
    if problems:
        raise ProblemsFound(problems)
    return prepared


def in_zone(moment: datetime, cooperation: Cooperation) -> datetime:
    """Return a moment in the cooperation's time zone; without a time zone, it is local time already."""
    zone = ZoneInfo(cooperation.timezone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def write(settings: Settings, prepared: Prepared) -> Staged:
    """Write a prepared site to the stage, and what its web server is told beside it."""
    digests = write_stage(settings.stage, prepared.files)
    write_stage(settings.server, unpublished(prepared.site))
    pages = sum(file.path.endswith(".md") for file in prepared.files)
    return Staged(
        shown=chrome(prepared.site),
        digests=digests,
        copies=prepared.copies,
        pages=pages,
        manifest=manifest_of(prepared.site),
        next_build=prepared.next_build,
        notices=prepared.notices,
    )
