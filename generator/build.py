"""The pipeline: from the content folder to the stage."""

from dataclasses import dataclass
from datetime import datetime

from generator.channels.chrome import chrome
from generator.channels.output import Copy, File
from generator.channels.server.servers import unpublished
from generator.channels.sitemap import sitemap
from generator.channels.view import Data
from generator.composing import Composed, compose
from generator.finishing import finished_files
from generator.leaks import names_in_files
from generator.manifest import MANIFEST, Manifest, manifest_of
from generator.model.site import PublicSite, Site
from generator.notices import notices
from generator.plan import next_build
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.settings import Settings
from generator.stage import write_stage
from generator.stores import stores

__all__ = ["Prepared", "Staged", "prepare", "write"]

_MADE_LAST = File(path=MANIFEST, contents=b"", url=MANIFEST)
"""Has its bytes only when all others are on the site, but its address from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A site ready to be written."""

    composed: Composed
    files: tuple[File, ...]
    copies: tuple[Copy, ...]
    """Files that lie ready: pictures and attachments of the texts, and large files that were kept."""

    next_build: datetime | None
    """When the site will be another one although nobody writes anything; None: never."""

    notices: tuple[Problem, ...]
    """What the office should know although it is in the way of nothing."""

    @property
    def authored(self) -> Site:
        """Everything authored."""
        return self.composed.authored

    @property
    def site(self) -> PublicSite:
        """What is public."""
        return self.composed.site

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
    with stores(settings) as kept:
        composed = compose(settings, now, kept, progress)
        if composed.problems:
            raise ProblemsFound(composed.problems)
        files, made = finished_files(composed.site, kept, progress)
    site, authored = composed.site, composed.authored
    files.append(sitemap(site.cooperation.base_url, files))
    copies = sorted((*composed.authored_files, *made), key=lambda copy: copy.path)
    problems = [*composed.flaws([*files, _MADE_LAST], copies, settings), *names_in_files(files, authored.roles)]
    if problems:
        raise ProblemsFound(problems)
    return Prepared(
        composed=composed,
        files=tuple(files),
        copies=tuple(copies),
        next_build=next_build(authored, site.now),
        notices=tuple(notices(composed.reading, site.now)),
    )


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
