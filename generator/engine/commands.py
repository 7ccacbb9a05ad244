"""What the command line does with the engine: build, check, serve."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.metadata import entry_points
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from generator.build import Prepared, in_zone, prepare
from generator.clock import current_time
from generator.engine.crew import Crew, CrewFailed
from generator.engine.options import EngineError, build_folder, settings_of
from generator.engine.plugin import SchaukastenPlugin
from generator.engine.run import Run, check_nav, stage
from generator.engine.templates import compile_ahead
from generator.folders import naming, readable_for_all
from generator.lock import alone_in
from generator.model.site import Site
from generator.plan import Outlook, Plan, make_plan
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.published import read_published
from generator.reading.reader import read
from generator.settings import Settings
from generator.shares import worthwhile
from generator.transaction import Transaction

__all__ = [
    "Built",
    "Checked",
    "EngineError",
    "alone",
    "build_site",
    "check_site",
    "plan_site",
    "prepare_site",
    "project_of",
    "serve_site",
]

_PLANS = "schaukasten.plans"

_ENGINE = logging.getLogger("mkdocs.commands.build")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found where there are no problems."""

    public: int
    """How many texts are public."""

    hints: tuple[Problem, ...]
    """What could be better."""


@contextmanager
def alone(config_file: Path, progress: Progress) -> Iterator[None]:
    """Keep other runs out of the project's generated files, and wait until they are.

    Args:
        config_file: ``mkdocs.yml``.
        progress: is told how long it has been waiting.

    Raises:
        EngineError: there is no such file.
        BlockingIOError: another run does not come to its end.
    """
    _must_exist(config_file)
    with alone_in(build_folder(config_file), progress):
        yield


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
    with _engine_errors(), alone(config_file, progress):
        try:
            return _build(config_file, now, progress, single=False, release=release)
        except CrewFailed:
            # What went wrong in another process goes wrong again in this one, where it can be told.
            return _build(config_file, now, progress, single=True, release=release)


def _build(config_file: Path, now: datetime | None, progress: Progress, *, single: bool, release: bool) -> Built:
    """Build as `build_site` does, in this process alone or with the help of others (CrewFailed: one of them failed)."""
    config, plugin = _load(config_file, strict=True)
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
    if published is not None:
        lost = tuple(vanished(published, prepared.authored, prepared.site, prepared.addresses, settings.content))
        if lost:
            raise ProblemsFound(lost)
    return Checked(
        public=len(prepared.site.entries),
        hints=(*prepared.notices, *hints(prepared.authored, settings.content, settings.hints_off)),
    )


def project_of(config_file: Path) -> tuple[Settings, Site, list[Problem]]:
    """Return the settings, everything authored that can be read, and the problems of the rest.

    Raises:
        ProblemsFound: the cooperation's own settings have problems.
        EngineError: the engine refuses its settings.
    """
    with _engine_errors():
        config, plugin = _load(config_file)
        settings = settings_of(config, plugin.config)
    reading = read(settings)
    if reading.site is None:
        raise ProblemsFound(reading.problems)
    return settings, reading.site, reading.problems


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


def prepare_site(
    config_file: Path, now: datetime | None, progress: Progress, *, release: bool = False
) -> tuple[Settings, Prepared]:
    """Return the settings, and the site ready but not written; arguments and errors as in `build_site`.

    Its files may lie among those kept between builds: whoever needs them is to be `alone` until they are used.
    """
    with _engine_errors():
        config, plugin = _load(config_file)
        settings = replace(settings_of(config, plugin.config), release=release)
        prepared = prepare(settings, now or current_time(), progress)
        check_nav(config, {file.path for file in prepared.files})
    return settings, prepared


def serve_site(
    config_file: Path, address: str, now: datetime | None, progress: Progress, *, drafts: bool = False
) -> None:
    """Show the site in a browser and follow every change, until interrupted; errors as in `build_site`.

    Without a moment given, each rebuild takes the current time.

    Args:
        config_file: ``mkdocs.yml``.
        address: host and port at which the browser finds it.
        now: the moment at which the site is to be public.
        progress: is told how far each step has come.
        drafts: whether drafts are shown, too.
    """
    with _engine_errors():
        _, plugin = _load(config_file)
        plugin.run = Run(now=now, progress=progress, drafts=drafts)
        # Imported here, for the server's imports would cost every build.
        from mkdocs.commands.serve import serve as mkdocs_serve  # noqa: PLC0415

        # MkDocs keeps this instance of the plugin, for it has the hook „on_startup“.
        mkdocs_serve(str(config_file), dev_addr=address)


def _load(config_file: Path, **options: Any) -> tuple[MkDocsConfig, SchaukastenPlugin]:
    _must_exist(config_file)
    config = load_config(str(config_file), **options)
    plugin = config.plugins.get("schaukasten")
    if not isinstance(plugin, SchaukastenPlugin):
        raise EngineError("mkdocs.yml:1: Das Plug-in fehlt. Unter „plugins:“ die Zeile „- schaukasten“ ergänzen.")
    return config, plugin


def _must_exist(config_file: Path) -> None:
    if not config_file.is_file():
        raise EngineError(
            f"{config_file}:1: Diese Datei gibt es nicht. In den Ordner des Projekts wechseln oder mit -f eine nennen."
        )


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Let problems of the texts through as they are, and tell the engine's own errors without a traceback."""
    _ENGINE.addFilter(_is_for_users)
    try:
        yield
    except (Abort, ConfigurationError, BuildError) as error:
        raise EngineError(f"mkdocs.yml:1: MkDocs bricht ab: {error} Die Meldungen darüber prüfen.") from error
    except jinja2.TemplateError as error:
        raise EngineError(f"theme: Eine Vorlage ist fehlerhaft: {error}. Die Vorlage prüfen.") from error
    finally:
        _ENGINE.removeFilter(_is_for_users)


def _is_for_users(record: logging.LogRecord) -> bool:
    """Tell whether a message is not one on the system's errors, which are told in German."""
    return "[Errno " not in record.getMessage()
