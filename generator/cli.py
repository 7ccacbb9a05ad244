"""The command ``schaukasten``."""

import errno
import gc
import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import entry_points
from io import TextIOWrapper
from pathlib import Path
from typing import TypeVar

import click

from generator import __version__
from generator.engine.options import EngineError
from generator.problems import ProblemsFound, as_json, as_text

__all__ = ["CONFIG", "FORMAT", "NOW", "guarded", "main", "moment"]

T = TypeVar("T")

_GROUP = "schaukasten.commands"

_SYSTEM_ERRORS = {
    errno.EACCES: "Der Zugriff ist nicht erlaubt. Die Rechte von Datei und Ordner prüfen.",
    errno.EPERM: "Der Zugriff ist nicht erlaubt. Die Rechte von Datei und Ordner prüfen.",
    errno.EROFS: "Hier darf nicht geschrieben werden. Den Ordner an einen beschreibbaren Ort legen.",
    errno.ENOSPC: "Der Datenträger ist voll. Platz schaffen und noch einmal bauen.",
    errno.EDQUOT: "Der zugeteilte Speicherplatz ist voll. Platz schaffen und noch einmal bauen.",
    errno.EFBIG: "Die Datei wird größer, als das System erlaubt. Die Grenze (ulimit -f) prüfen.",
    errno.EIO: "Der Datenträger meldet einen Fehler. Ihn prüfen und noch einmal bauen.",
    errno.EXDEV: "build/ und der Ordner der Seite (site_dir) müssen auf demselben Datenträger liegen.",
    errno.EBUSY: "Der Ordner wird vom System benutzt, etwa als Datenträger. Einen Ordner darin als site_dir angeben.",
    errno.EEXIST: "Hier liegt eine Datei, wo ein Ordner sein muss. Die Datei umbenennen oder löschen.",
    errno.ENOTDIR: "Hier liegt eine Datei, wo ein Ordner sein muss. Die Datei umbenennen oder löschen.",
    errno.ENOENT: "Die Datei gibt es nicht. Den Pfad prüfen.",
    errno.EAGAIN: "Ein anderer Lauf arbeitet noch in diesem Ordner. Warten, bis er fertig ist, oder ihn beenden.",
    errno.EADDRINUSE: "Die Adresse ist schon belegt. Mit --address eine andere wählen, zum Beispiel 127.0.0.1:8001.",
}


def moment(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
    """Return the moment that an option names, for ``callback``."""
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter("Zum Beispiel 2026-12-01T08:00 schreiben.") from None


CONFIG = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    help="Die Einstellungen (mkdocs.yml).",
)
FORMAT = click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="Form der Meldungen."
)
NOW = click.option(
    "--now", callback=moment, help="Zeitpunkt, zu dem die Seite gelten soll, zum Beispiel 2026-12-01T08:00."
)

RELEASE = click.option("--release", is_flag=True, help="Zur Veröffentlichung: kein Platzhalter darf mehr da sein.")


class _Commands(click.Group):
    """The commands here, and those that packages add under the entry points group ``schaukasten.commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *(point.name for point in entry_points(group=_GROUP))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; one that a package adds is imported only when it is asked for."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        point = next(iter(entry_points(group=_GROUP, name=cmd_name)), None)
        command: click.Command | None = point.load() if point is not None else None
        return command


@click.group(cls=_Commands)
@click.version_option(__version__, prog_name="schaukasten")
def main() -> None:
    """Aus Texten in content/ werden Microsite, Feeds, Kalender und Newsletter."""
    # Material's banner on the future of MkDocs is for developers; our answer to it is in docs/adr.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    for stream in (sys.stdout, sys.stderr):
        # Where it goes into a file, Windows would take an encoding that knows few letters.
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors=stream.errors)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")


def guarded(output: str, work: Callable[[], T], *, in_steps: bool = False) -> T:
    """Do the work; print a user's mistakes in the asked form and leave with status 1.

    Args:
        output: the form: ``text`` or ``json``.
        work: what is to be done.
        in_steps: whether it is done step by step, so that something may have changed before a mistake is found.
    """
    # Little of what a build makes becomes garbage before its end.
    gc.set_threshold(100_000, 50, 100)
    try:
        return work()
    except ProblemsFound as found:
        click.echo(as_json(found.problems) if output == "json" else as_text(found.problems), err=output != "json")
        click.echo(f"{len(found.problems)} Fehler.{'' if in_steps else ' Es wurde nichts geändert.'}", err=True)
    except EngineError as error:
        click.echo(str(error), err=True)
    except BrokenPipeError:
        raise  # whoever reads the output has seen enough; click ends the program
    except OSError as error:
        what = _SYSTEM_ERRORS.get(error.errno or 0, "Das Betriebssystem verweigert den Zugriff.")
        click.echo(f"{error.filename or '.'}:1: {what}", err=True)
    sys.exit(1)
