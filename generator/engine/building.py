"""The site built."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build

from generator.engine.crew import Crew, CrewFailed
from generator.engine.options import settings_of
from generator.engine.project import alone, engine_errors, load_project
from generator.engine.run import Run, stage
from generator.engine.templates import compile_ahead
from generator.folders import naming, readable_for_all
from generator.problems import Problem
from generator.progress import Progress
from generator.shares import worthwhile
from generator.transaction import Transaction

__all__ = ["Built", "build_site"]

_WORTH_A_PROCESS = 300
"""Fewer pages are built before a second process is up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made."""

    site: Path
    pages: int
    files: int
    """How many files besides pages there are: feeds, calendars, pictures."""

    changed: int
    next_build: datetime | None
    """When the site must be built again for the next change that nobody writes; None: never."""

    notices: tuple[Problem, ...]
    """What the office should know."""


def build_site(config_file: Path, now: datetime | None, progress: Progress, *, release: bool = False) -> Built:
    """Build the site beside the present one and swap it in.

    Args:
        config_file: ``mkdocs.yml``.
        now: the moment at which the site is to be public; None: the time when no other run is at work any more.
        progress: is told how far each step has come.
        release: whether placeholders are problems, too.

    Raises:
        ProblemsFound: the texts have problems; nothing was changed.
        EngineError: the engine refuses its settings or a template.
        BlockingIOError: another run does not come to its end.
    """
    with engine_errors(), alone(config_file, progress):
        try:
            return _build(config_file, now, progress, single=False, release=release)
        except CrewFailed:
            # What went wrong in another process goes wrong again in this one, where it can be told.
            return _build(config_file, now, progress, single=True, release=release)


def _build(config_file: Path, now: datetime | None, progress: Progress, *, single: bool, release: bool) -> Built:
    """Build as `build_site` does, in this process alone or with the help of others (CrewFailed: one of them failed)."""
    config, plugin = load_project(config_file, strict=True)
    settings, site = replace(settings_of(config, plugin.config), release=release), Path(config.site_dir)
    plugin.run = run = Run(now=now, progress=progress)
    with readable_for_all():
        run.transaction = transaction = Transaction(settings.build, site)
    # A build from nothing has all there is to do; after an edit one process is quicker than two.
    several = transaction.is_first and not single
    with Crew(2 if several else 1) as crew:
        crew.split()
        if crew.number == 0:
            run.staged = staged = stage(config, settings, run)
        else:
            compile_ahead(config.theme.get_env(), config.theme.dirs, settings.cache / "templates")
    config.site_dir = str(transaction.fresh)
    run.crew = Crew(worthwhile(staged.pages, _WORTH_A_PROCESS) if several else 1)
    with readable_for_all(), naming(transaction.fresh):
        with run.crew:
            mkdocs_build(config)
        changed = transaction.commit(run.outputs, staged.manifest)
    return Built(
        site=site,
        pages=staged.pages,
        files=len(staged.digests) + len(staged.copies) - staged.pages,
        changed=changed,
        next_build=staged.next_build,
        notices=staged.notices,
    )
