"""From the content folder to what is public, rendered and checked; channels make their files of it afterwards."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from generator.channels.output import Copy, File, LazyFile
from generator.claims import claimed_twice, given_up_in_vain
from generator.drafts import with_drafts
from generator.flaws import explain, unkept_promises
from generator.gate import gate
from generator.leaks import family_names, links_to_hidden, placeholders, suspicious_files
from generator.model.cooperation import Cooperation
from generator.model.site import Layout, PublicSite, Site
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.reading.memory import Memory
from generator.reading.reader import Reading, read
from generator.ready_files import authored_copy
from generator.rendering.render import Link, render
from generator.settings import Settings
from generator.stores import Stores

__all__ = ["Composed", "compose", "compose_from", "in_zone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What is public, with finished bodies."""

    reading: Reading
    site: PublicSite
    links: tuple[Link, ...]
    """From one text to another."""

    promised: tuple[tuple[PurePosixPath, str, str], ...]
    """Links to pages that are not texts: the text's file, the address as written, the page it must lead to."""

    problems: tuple[Problem, ...]
    """What is wrong with the texts, as far as is known by now; where there is something, nothing may be made of it."""

    @property
    def authored(self) -> Site:
        """Everything authored that can be read."""
        assert self.reading.site is not None
        return self.reading.site

    @property
    def authored_files(self) -> list[Copy]:
        """The files that authors offer, as files of the site."""
        return [authored_copy(path, file) for path, file in self.site.files.items()]

    def flaws(self, made: Sequence[File | LazyFile], copies: Sequence[Copy], settings: Settings) -> Iterator[Problem]:
        """Yield the problems that show only when it is known what there is on the site.

        Args:
            made: what the channels made, or are going to make.
            copies: the files that lie ready.
            settings: where the texts are.
        """
        everything = [*made, *copies]
        yield from claimed_twice(made, copies, self.site)
        yield from unkept_promises(self.promised, frozenset(file.url for file in everything), self.reading)
        yield from given_up_in_vain(self.authored, self.site, everything, settings.places)


def compose(
    settings: Settings, now: datetime, kept: Stores, progress: Progress, memory: Memory | None = None
) -> Composed:
    """Read, check, pass the gate and render.

    Args:
        settings: where things are and how the site is cut.
        now: the moment at which the site is to be public; without a time zone, it is the cooperation's local time.
        kept: what is kept between builds.
        progress: is told how far each step has come.
        memory: what was read before.

    Raises:
        ProblemsFound: the cooperation's own settings cannot be read; it carries the texts' problems, too.
    """
    return compose_from(read(settings, memory), settings, now, kept, progress)


def compose_from(
    reading: Reading,
    settings: Settings,
    now: datetime,
    kept: Stores,
    progress: Progress,
    through: Callable[[Site, datetime, Layout], PublicSite] = gate,
) -> Composed:
    """Do what `compose` does, with texts that were read; to look for mistakes in time, they may go `as_if_public`."""
    problems = list(reading.problems)
    if reading.site is None:
        raise ProblemsFound(problems)
    local_now = in_zone(now, reading.site.cooperation)
    public = through(with_drafts(reading.site, settings.drafts), local_now, settings.layout)
    problems += family_names(public, reading.site.roles, reading)
    problems += placeholders(public, reading) if settings.release else ()
    rendering = render(public, reading.site.files, settings, kept.results, kept.files, progress)
    problems += explain(rendering.flaws, reading, settings.places)
    problems += links_to_hidden(rendering.site, reading.site, reading)
    problems += suspicious_files(rendering.site.files.keys() | rendering.site.pictures.keys(), reading.site.roles)
    return Composed(
        reading=reading,
        site=rendering.site,
        links=rendering.links,
        promised=rendering.promised,
        problems=tuple(sorted(set(problems))),
    )


def in_zone(moment: datetime, cooperation: Cooperation) -> datetime:
    """Return a moment in the cooperation's time zone; without a time zone, it is local time already."""
    zone = ZoneInfo(cooperation.timezone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
