"""A project as the engine's configuration describes it, opened for whatever is to be done with it."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from generator.build import Prepared, prepare
from generator.clock import current_time
from generator.engine.options import EngineError, build_folder, settings_of
from generator.engine.plugin import SchaukastenPlugin
from generator.engine.run import check_nav
from generator.engine.theme_folders import use_own_theme
from generator.lock import alone_in
from generator.model.site import Site
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.reading.reader import read
from generator.settings import Settings

__all__ = ["alone", "engine_errors", "folders_of", "load_project", "prepare_site", "project_of"]

_ENGINE = logging.getLogger("mkdocs.commands.build")


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


def project_of(config_file: Path) -> tuple[Settings, Site, list[Problem]]:
    """Return the settings, everything authored that can be read, and the problems of the rest.

    Raises:
        ProblemsFound: the cooperation's own settings have problems.
        EngineError: the engine refuses its settings.
    """
    with engine_errors():
        config, plugin = load_project(config_file)
        settings = settings_of(config, plugin.config)
    reading = read(settings)
    if reading.site is None:
        raise ProblemsFound(reading.problems)
    return settings, reading.site, reading.problems


def folders_of(config_file: Path) -> tuple[Path, ...]:
    """Return the folders with authored texts, the content folder first.

    Raises:
        EngineError: the engine refuses its settings.
    """
    with engine_errors():
        config, plugin = load_project(config_file)
        settings = settings_of(config, plugin.config)
    return (settings.content, *settings.mounts.values())


def prepare_site(
    config_file: Path,
    now: datetime | None,
    progress: Progress,
    *,
    release: bool = False,
    instead: Mapping[Path, Path] | None = None,
) -> tuple[Settings, Prepared]:
    """Return the settings, and the site ready but not written.

    Its files may lie among those kept between builds: whoever needs them is to be `alone` until they are used.

    Args:
        config_file: ``mkdocs.yml``.
        now: the moment at which the site is to be public; None: the current time.
        progress: is told how far each step has come.
        release: whether placeholders are problems, too.
        instead: folders that stand for some of `folders_of` the project.

    Raises:
        ProblemsFound: the texts have problems.
        EngineError: the engine refuses its settings.
    """
    with engine_errors():
        config, plugin = load_project(config_file)
        settings = replace(settings_of(config, plugin.config), release=release)
        if instead is not None:
            mounts = {name: instead.get(folder, folder) for name, folder in settings.mounts.items()}
            settings = replace(settings, content=instead.get(settings.content, settings.content), mounts=mounts)
        prepared = prepare(settings, now or current_time(), progress)
        check_nav(config, {file.path for file in prepared.files})
    return settings, prepared


def load_project(config_file: Path, **options: Any) -> tuple[MkDocsConfig, SchaukastenPlugin]:
    """Return the engine's configuration and our plugin in it.

    Args:
        config_file: ``mkdocs.yml``.
        options: what is set otherwise than there.

    Raises:
        EngineError: there is no such file, or the plugin is not in it.
    """
    _must_exist(config_file)
    config = load_config(str(config_file), **options)
    use_own_theme(config)
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
def engine_errors() -> Iterator[None]:
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
