"""Paths on the command line: one that is of no use is told as any other mistake is."""

import os
from pathlib import Path
from typing import Any

import click

from generator.problems import Problem

__all__ = ["GivenPath"]


class GivenPath(click.Path):
    """A path, for ``type``; takes what `click.Path` takes, and gives a `Path`."""

    def __init__(self, *, exists: bool = False, file_okay: bool = True, dir_okay: bool = True) -> None:
        """Say what there has to be at the path."""
        super().__init__(exists=exists, file_okay=file_okay, dir_okay=dir_okay, path_type=Path)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path.

        Raises:
            ClickException: what has to be there is not.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise _UselessError(Problem(os.fspath(value), 1, *self._wrong_with(Path(value)))) from None

    def _wrong_with(self, path: Path) -> tuple[str, str]:
        if path.exists():
            if path.is_dir() and not self.dir_okay:
                return "Das ist ein Ordner.", "Eine Datei nennen."
            if path.is_file() and not self.file_okay:
                return "Das ist eine Datei.", "Einen Ordner nennen."
            return "Der Zugriff ist nicht erlaubt.", "Die Rechte von Datei und Ordner prüfen."
        missing = "Diesen Ordner" if not self.file_okay else "Diese Datei" if not self.dir_okay else "Das"
        return f"{missing} gibt es nicht.", "Den Pfad prüfen."


class _UselessError(click.ClickException):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file, err=True)
