"""A project looked at, without anything being built: what is wrong, what could be better, what is to come."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.metadata import entry_points
from itertools import chain
from pathlib import Path

from generator.build import Prepared
from generator.checker import Checker, Findings
from generator.clock import current_time
from generator.composing import in_zone
from generator.engine.options import EngineError, settings_of
from generator.engine.project import alone, engine_errors, load_project, prepare_site, project_of
from generator.foresight import Foresight, foresee
from generator.model.site import Site
from generator.plan import Outlook, Plan, make_plan
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.published import read_published
from generator.settings import Settings
from generator.stores import stores

__all__ = ["Checked", "check_files", "check_site", "look_ahead", "plan_site", "watch_files"]

_PLANS = "schaukasten.plans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found where there are no problems."""

    public: int
    """How many texts are public."""

    hints: tuple[Problem, ...]
    """What could be better."""


def check_site(
    config_file: Path, now: datetime | None, progress: Progress, *, release: bool = False, against: Path | None = None
) -> Checked:
    """Check all texts; other arguments and errors as in `build_site`.

    Args:
        config_file: ``mkdocs.yml``.
        now: the moment.
        progress: is told how far each step has come.
        release: whether placeholders are problems, too.
        against: the manifest of the published site, or its folder, of which nothing must vanish silently.
    """
    # Imported here, for a build has no use for them.
    from generator.hints.table import hints  # noqa: PLC0415
    from generator.vanished import vanished  # noqa: PLC0415

    published = read_published(against) if against else None
    with alone(config_file, progress):
        settings, prepared = prepare_site(config_file, now, progress, release=release)
        ahead = look_ahead(settings, prepared, progress)
    lost = published and vanished(published, prepared.authored, prepared.site, prepared.addresses, settings.places)
    if problems := (*(lost or ()), *ahead.problems):
        raise ProblemsFound(problems)
    return Checked(
        public=len(prepared.site.entries),
        hints=(
            *prepared.notices,
            *ahead.hints,
            *hints(prepared.authored, settings.places, settings.hints_off, settings.mounts),
        ),
    )


def look_ahead(settings: Settings, prepared: Prepared, progress: Progress) -> Foresight:
    """Return what is going to be wrong with a site that is ready, `alone` as when it was made."""
    with stores(settings, whole=False) as kept:
        return foresee(prepared.composed, settings, kept, progress=progress)


def check_files(
    config_file: Path, files: Collection[Path], now: datetime | None, progress: Progress, *, release: bool = False
) -> Findings:
    """Check some texts; other arguments and errors as in `check_site`, but problems are returned.

    Args:
        config_file: ``mkdocs.yml``.
        files: the texts.
        now: the moment.
        progress: is told how far each step has come.
        release: whether placeholders are problems, too.
    """
    checker = _checker(config_file, release=release)
    return checker.look(now or current_time(), checker.paths(files), progress)


def watch_files(
    config_file: Path, files: Collection[Path], now: datetime | None, progress: Progress, *, release: bool = False
) -> Iterator[Findings]:
    """Yield what `check_files` would return, at once and after each change; without files, of all texts."""
    # Imported here, for who looks once does not watch.
    from generator.preview.watching import Watch  # noqa: PLC0415

    settings = _settings(config_file, release=release)
    checker = Checker(settings)
    only = checker.paths(files)
    with Watch([*settings.sources, config_file]) as watch:
        while True:
            yield checker.look(now or current_time(), only, progress)
            while config_file.resolve() in watch.changed():
                try:
                    checker = _checker(config_file, release=release)
                    break
                except EngineError as error:
                    # It may be half written; whoever watches goes on.
                    yield _unusable(error)


def _checker(config_file: Path, *, release: bool) -> Checker:
    return Checker(_settings(config_file, release=release))


def _unusable(error: EngineError) -> Findings:
    message = str(error).removeprefix("mkdocs.yml:1: ")
    return Findings(problems=(Problem("mkdocs.yml", 1, message, "Sie berichtigen."),), hints=(), public=0, elsewhere=0)


def _settings(config_file: Path, *, release: bool) -> Settings:
    with engine_errors():
        config, plugin = load_project(config_file)
        return replace(settings_of(config, plugin.config), release=release)


def plan_site(config_file: Path, now: datetime | None, days: int) -> tuple[Plan, Site, list[Outlook]]:
    """Return what happens in the days to come, everything authored, and what other packages tell.

    Args:
        config_file: ``mkdocs.yml``.
        now: from which moment on; None: the current time.
        days: how far to look ahead.

    Raises:
        ProblemsFound: the texts have problems.
        EngineError: the engine refuses its settings.
    """
    settings, site, problems = project_of(config_file)
    if problems:
        raise ProblemsFound(problems)
    layout = settings.layout
    local = in_zone(now or current_time(), site.cooperation)
    outlooks = (point.load()(site, local, layout) for point in entry_points(group=_PLANS))
    return make_plan(site, local, local + timedelta(days=days), layout), site, list(chain.from_iterable(outlooks))
