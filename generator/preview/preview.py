"""What a browser is shown: the newest state of the site that has no problems, or the problems."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Condition

from generator.clock import current_time
from generator.drafts import Choice, none
from generator.lock import alone_in
from generator.preview.theme import Theme
from generator.preview.version import Version, version
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress, silent
from generator.reading.memory import Memory
from generator.settings import Settings

__all__ = ["Preview", "Project"]


@dataclass(frozen=True, slots=True)
class Project:
    """A project as ``mkdocs.yml`` describes it."""

    settings: Settings
    theme: Theme
    shell: tuple[Path, ...]
    """What the theme and the settings are made from: files, and folders with everything below them."""

    @property
    def watched(self) -> tuple[Path, ...]:
        """All files and folders that the preview is made from."""
        return (*self.shell, *self.settings.sources)

    def shell_changed(self, changed: Collection[Path]) -> bool:
        """Tell whether one of these files belongs to the theme or the settings."""
        shell = {path.resolve() for path in self.shell}
        return any(not shell.isdisjoint((path.resolve(), *path.resolve().parents)) for path in changed)


class Preview:
    """The site of a project, kept up to date."""

    def __init__(self, open_project: Callable[[], Project], now: datetime | None) -> None:
        """Begin without anything; `update` gives it its first state.

        Args:
            open_project: reads ``mkdocs.yml`` and the theme.
            now: the moment to show; None: the present one, at each update anew.
        """
        self.project = self._opened = open_project()
        self.problems: tuple[Problem, ...] = ()
        self.version: Version | None = None
        self._open_project = open_project
        self._now = now
        self._memory = Memory()
        # A tab that was open before the program was started again must not take its state for this one's.
        self._number = time.time_ns()
        self._changed = Condition()

    @property
    def number(self) -> int:
        """Another one after each change."""
        return self._number

    def update(self, progress: Progress = silent, *, shell: bool = False) -> None:
        """Take up what was saved; where that has problems, the last good state stays, and they are shown.

        Args:
            progress: is told how far each step has come.
            shell: whether ``mkdocs.yml`` or the theme may have changed, too.
        """
        if shell:
            self._opened = self._open_project()
            self._memory = Memory()
        project, version_before, problems_before = self._opened, self.version, self.problems
        try:
            found = self._made(project.settings, self._now or current_time(), progress)
            project.theme.show(found.pages, found.chrome)
            # Only now: who asks meanwhile is shown the last good state in the theme that knows it.
            self.project, self.version, self.problems = project, found, ()
        except ProblemsFound as error:
            self.problems = error.problems
        if self.version is version_before and self.problems == problems_before:
            return
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def at(self, moment: datetime, progress: Progress = silent, *, drafts: Choice = none) -> Version:
        """Return the site as it is, or will be, at a moment.

        Args:
            moment: the moment.
            progress: is told how far each step has come.
            drafts: which drafts are shown besides those that all of the preview shows.

        Raises:
            ProblemsFound: the texts have problems.
        """
        shown = self.project.settings
        settings = replace(shown, drafts=lambda entry: shown.drafts(entry) or drafts(entry))
        return self._made(settings, moment, progress)

    def _made(self, settings: Settings, moment: datetime, progress: Progress) -> Version:
        with alone_in(settings.build, progress):
            return version(settings, moment, progress, self._memory)

    def wait(self, number: int, seconds: float) -> int:
        """Wait until the state has another number than this, but no longer than so many seconds; return its number."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, timeout=seconds)
            return self._number
