"""The texts looked at while they are written: all of them, or some."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from generator.composing import compose
from generator.foresight import foresee
from generator.hints.table import hints
from generator.lock import alone_in
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress, silent
from generator.reading.memory import Memory
from generator.settings import Settings
from generator.stores import stores

__all__ = ["Checker", "Findings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a look at texts found."""

    problems: tuple[Problem, ...]
    hints: tuple[Problem, ...]
    """What could be better."""

    public: int
    """How many texts of the whole site are public."""

    elsewhere: int
    """How many problems there are in texts that were not looked at."""


class Checker:
    """Looks at the texts of a project again and again; what has not changed costs next to nothing."""

    def __init__(self, settings: Settings) -> None:
        """Begin without having seen anything."""
        self._settings = settings
        self._memory = Memory()

    def look(self, now: datetime, only: Collection[PurePosixPath] = (), progress: Progress = silent) -> Findings:
        """Return what is wrong with texts, and what could be better.

        Args:
            now: the moment.
            only: the files to look at, relative to the content folder; none: all of them. What shows only when the
                whole site is put together is looked for with all of them.
            progress: is told how far each step has come.
        """
        settings = self._settings
        try:
            with alone_in(settings.build, progress), stores(settings, whole=False) as kept:
                composed = compose(settings, now, kept, progress, self._memory)
                ahead = foresee(composed, settings, kept, only, progress)
        except ProblemsFound as found:
            return _findings(found.problems, (), 0, only)
        problems: Collection[Problem] = composed.problems
        if not problems and not only:
            # Imported here, for the check of one text has no use for the channels.
            from generator.preview.version import version_of  # noqa: PLC0415

            try:
                version_of(composed, kept.files, settings, progress)
            except ProblemsFound as found:
                problems = found.problems
        better = hints(composed.authored, settings.places, settings.hints_off, settings.mounts, only or None)
        return _findings((*problems, *ahead.problems), (*ahead.hints, *better), len(composed.site.entries), only)

    def paths(self, files: Collection[Path]) -> frozenset[PurePosixPath]:
        """Return files relative to the content folder.

        Raises:
            ProblemsFound: some are not in it.
        """
        paths = {file: self._settings.places.path_of(file) for file in files if file.is_file()}
        if outside := [file for file in files if paths.get(file) is None]:
            remedy = f"Eine Datei in {self._settings.content.name}/ nennen."
            raise ProblemsFound(Problem(str(file), 1, "Das ist keine Datei mit Inhalten.", remedy) for file in outside)
        return frozenset(path for path in paths.values() if path is not None)


def _findings(
    problems: Collection[Problem], better: tuple[Problem, ...], public: int, only: Collection[PurePosixPath]
) -> Findings:
    own = tuple(problem for problem in problems if not only or PurePosixPath(problem.path) in only)
    return Findings(problems=own, hints=better, public=public, elsewhere=len(problems) - len(own))
