"""What is going to be wrong one day, although nobody writes anything: told while somebody is there to mend it.

A build that finds a mistake leaves the site as it was. Where that mistake comes with a text that appears at night,
nothing new appears any more until the office notices.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from generator.composing import Composed, compose_from
from generator.flaws import line_of
from generator.gate import as_if_public, is_held_back, turning_points
from generator.model.entry import Entry
from generator.model.page import Page
from generator.model.site import Site
from generator.problems import Problem
from generator.progress import Progress, silent
from generator.reasons import moment_text
from generator.settings import Settings
from generator.stores import Stores

__all__ = ["Foresight", "foresee"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What is to come."""

    problems: tuple[Problem, ...] = ()
    """What keeps the site from being built from a moment on; each says which."""

    hints: tuple[Problem, ...] = ()
    """What is wrong in texts of which nobody knows when they appear, such as drafts."""


def foresee(
    composed: Composed,
    settings: Settings,
    kept: Stores,
    only: Collection[PurePosixPath] = (),
    progress: Progress = silent,
) -> Foresight:
    """Return what is going to be wrong, as far as it is not wrong already.

    Args:
        composed: the site at a moment.
        settings: where things are and how the site is cut.
        kept: what is kept between builds.
        only: the files of the texts to look at; none: all of them.
        progress: is told how far each step has come.
    """
    site, now = composed.authored, composed.site.now
    looked_at = (entry for entry in site.entries if not only or entry.source.path in only)
    waiting = {entry.source.path: entry for entry in looked_at if is_held_back(entry, site, now)}
    times = _Times(site, now)
    if not waiting and (only or not times.turns):
        return Foresight()
    everything = compose_from(composed.reading, settings, now, kept, progress, as_if_public)
    known = set(composed.problems)
    problems, hints = list(_broken_links(everything, times, only)), []
    for problem in everything.problems:
        entry = waiting.get(PurePosixPath(problem.path))
        if entry is None or problem in known:
            continue
        if (moment := times.appears(entry)) is not None:
            problems.append(_from(moment, problem))
        elif not times.is_past(entry):
            hints.append(problem)
    return Foresight(problems=tuple(sorted(problems)), hints=tuple(sorted(hints)))


class _Times:
    """When texts are public, as far as that is settled."""

    def __init__(self, site: Site, now: datetime) -> None:
        self._site = site
        self._now = now
        self.by_path: Mapping[PurePosixPath, Entry] = {entry.source.path: entry for entry in site.entries}
        self._by_id = {entry.id: entry for entry in site.entries}

    @property
    def turns(self) -> bool:
        """Whether any text is going to appear or to disappear."""
        return bool(self.of(*self._site.entries))

    def of(self, *entries: Entry) -> list[datetime]:
        """Return the moments to come at which one of the texts may appear or disappear, in their order."""
        originals = (
            self._by_id[entry.variant.of]
            for entry in entries
            if isinstance(entry, Page) and entry.variant is not None and entry.variant.of in self._by_id
        )
        points = turning_points((*entries, *originals))
        return sorted(point for point in points if point > self._now.astimezone(UTC))

    def public(self, entry: Entry, moment: datetime) -> bool:
        """Tell whether a text is public at a moment."""
        return not is_held_back(entry, self._site, moment)

    def appears(self, entry: Entry) -> datetime | None:
        """Return when a text that is held back becomes public; None: that is not settled."""
        return next((self.local(moment) for moment in self.of(entry) if self.public(entry, moment)), None)

    def parted(self, source: Entry, target: Entry) -> datetime | None:
        """Return from when on one text is public without another; None: never, or now already."""
        if self._stands_alone(source, target, self._now):
            return None
        moments = (moment for moment in self.of(source, target) if self._stands_alone(source, target, moment))
        return next(map(self.local, moments), None)

    def _stands_alone(self, source: Entry, target: Entry, moment: datetime) -> bool:
        return self.public(source, moment) and not self.public(target, moment)

    def is_past(self, entry: Entry) -> bool:
        """Tell whether a text was public and is not going to be again."""
        points = turning_points([entry])
        return any(self.public(entry, point) for point in points if point <= self._now.astimezone(UTC))

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the cooperation's time zone."""
        return moment.astimezone(self._now.tzinfo)


def _broken_links(everything: Composed, times: _Times, only: Collection[PurePosixPath]) -> Iterator[Problem]:
    """Yield a problem for each link between texts of which one is going to be public without the other."""
    for link in everything.links:
        if only and link.source not in only:
            continue
        moment = times.parted(times.by_path[link.source], times.by_path[link.target])
        if moment is not None:
            yield _from(
                moment,
                Problem(
                    str(link.source),
                    line_of(link.source, link.written, everything.reading),
                    f"Der Link „{link.written}“ führt zu einem Text, der dann nicht öffentlich ist.",
                    "Den Link entfernen, oder die Zeiten beider Texte einander anpassen.",
                ),
            )


def _from(moment: datetime, problem: Problem) -> Problem:
    told = f"Ab {moment_text(moment)} Uhr: {problem.message}"
    return Problem(problem.path, problem.line, told, problem.remedy)
