"""The commands ``schaukasten hook …``."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TypeVar

import click

from generator.cli import CONFIG, guarded
from generator.engine.checking import look_ahead
from generator.engine.options import EngineError
from generator.engine.project import alone, folders_of, prepare_site
from generator.hook.repository import NoRepositoryError, repository_of
from generator.hook.script import MARK, script
from generator.problems import ProblemsFound
from generator.progress import Progress
from generator.terminal import TerminalProgress

__all__ = ["hook"]

T = TypeVar("T")


@click.group()
def hook() -> None:
    """Prüft vor jedem Commit, was eingecheckt wird. Trotzdem einchecken: git commit --no-verify."""


@hook.command()
@CONFIG
def install(*, config_file: Path) -> None:
    """Richtet die Prüfung für diesen Ordner ein."""
    click.echo(f"{_guarded(lambda: _install(config_file))}: Vor jedem Commit wird jetzt geprüft.")


@hook.command()
@CONFIG
def run(*, config_file: Path) -> None:
    """Prüft, was eingecheckt wird; das ruft Git selbst auf."""
    with TerminalProgress() as progress:
        _guarded(lambda: _check(config_file, progress))


def _guarded(work: Callable[[], T]) -> T:
    def told() -> T:
        try:
            return work()
        except NoRepositoryError as error:
            raise EngineError(str(error)) from error

    return guarded("text", told)


def _install(config_file: Path) -> Path:
    folders_of(config_file)
    project = config_file.resolve().parent
    repository = repository_of(project)
    file = repository.hooks / "pre-commit"
    if file.exists() and MARK not in file.read_text(encoding="utf-8", errors="replace"):
        raise EngineError(
            f"{file}:1: Hier ist schon ein anderer Hook eingerichtet. Darin die Zeile „schaukasten hook run“ ergänzen."
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    text = script(PurePosixPath(project.relative_to(repository.root).as_posix()))
    file.write_text(text, encoding="utf-8", newline="\n")
    file.chmod(0o755)
    return file


def _check(config_file: Path, progress: Progress) -> None:
    folders = folders_of(config_file)
    repository = repository_of(config_file.resolve().parent)
    inside = [folder for folder in folders if repository.holds(folder)]
    if not repository.staged(*inside, config_file):
        return
    with TemporaryDirectory() as target, alone(config_file, progress):
        staged = {folder: repository.export(folder, Path(target).resolve()) for folder in inside}
        settings, prepared = prepare_site(config_file, None, progress, instead=staged)
        if problems := look_ahead(settings, prepared, progress).problems:
            raise ProblemsFound(problems)
