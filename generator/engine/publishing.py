"""What is published of a project, where, and what of the published site it would take away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator.build import Prepared
from generator.engine.project import engine_errors, load_project, prepare_site
from generator.manifest import MANIFEST, Manifest, manifest_of
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.published import Published
from generator.settings import Settings

__all__ = ["Publishable", "lost_addresses", "make_sure_it_was_built", "publishable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishable:
    """A project as its publication sees it."""

    root: Path
    """The folder of ``mkdocs.yml``, to which paths in it are relative."""

    site: Path
    """The folder of the built site."""

    targets: Mapping[str, object]
    """Where it is published: addresses by name, as they were written."""


def publishable(config_file: Path) -> Publishable:
    """Return what ``mkdocs.yml`` says of publishing.

    Raises:
        EngineError: there is no such file, or the engine refuses it.
    """
    with engine_errors():
        config, plugin = load_project(config_file)
    return Publishable(root=config_file.resolve().parent, site=Path(config.site_dir), targets=plugin.config.publish)


def make_sure_it_was_built(built: Manifest, settings: Settings, prepared: Prepared) -> None:
    """Make sure that a built site is of these texts at the same moment.

    Raises:
        ProblemsFound: it is of others.
    """
    if manifest_of(prepared.site).as_json() != replace(built, files={}).as_json():
        message = "Die Texte sind seit dem Bau geändert worden; was er ändert, ist so nicht zu sagen."
        remedy = "Noch einmal „schaukasten build“ ausführen."
        raise ProblemsFound([Problem(f"{settings.build.name}/site/{MANIFEST}", 1, message, remedy)])


def lost_addresses(config_file: Path, built: Manifest, published: Published, progress: Progress) -> tuple[Problem, ...]:
    """Return a problem for each published address that a built site would take away, silently.

    Whoever calls is `alone` with the project.

    Args:
        config_file: ``mkdocs.yml``.
        built: the manifest of the built site.
        published: what is published.
        progress: is told how far each step has come.

    Raises:
        ProblemsFound: the texts have problems, or the built site is of others.
        EngineError: the engine refuses its settings.
    """
    # Imported here, for only a published site can lose anything.
    from generator.vanished import vanished  # noqa: PLC0415

    settings, prepared = prepare_site(config_file, datetime.fromisoformat(built.now), progress)
    make_sure_it_was_built(built, settings, prepared)
    return tuple(vanished(published, prepared.authored, prepared.site, prepared.addresses, settings.places))
