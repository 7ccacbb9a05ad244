"""The command ``schaukasten``."""

import errno
import gc
import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import TypeVar

import click

from generator import __version__, plan_report
from generator.checker import Findings
from generator.engine.building import build_site
from generator.engine.checking import check_files, check_site, plan_site, watch_files
from generator.engine.options import EngineError
from generator.engine.showing import serve_site
from generator.problems import ProblemsFound, as_json, as_text
from generator.reasons import moment_text
from generator.terminal import TerminalProgress

__all__ = ["CONFIG", "FORMAT", "NOW", "guarded", "main"]

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


def _moment(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
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
    "--now", callback=_moment, help="Zeitpunkt, zu dem die Seite gelten soll, zum Beispiel 2026-12-01T08:00."
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
    logging.basicConfig(level=logging.WARNING, format="%(message)s")


@main.command()
@CONFIG
@NOW
@FORMAT
@RELEASE
def build(config_file: Path, now: datetime | None, output: str, *, release: bool) -> None:
    """Baut die Microsite nach build/site."""
    started = time.monotonic()
    with TerminalProgress() as progress:
        built = guarded(output, lambda: build_site(config_file, now, progress, release=release))
    for notice in built.notices:
        click.echo(f"Hinweis: {notice}", err=True)
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    click.echo(f"{built.pages} Seiten und {built.files} weitere Dateien in {built.site}")
    click.echo(f"{built.changed} davon neu gebaut, in {seconds} s.")
    if built.next_build:
        click.echo(f"Wieder bauen: {moment_text(built.next_build)} (warum: schaukasten plan)")


@main.command()
@CONFIG
@NOW
@FORMAT
@RELEASE
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help="Die veröffentlichte Seite (Ordner oder manifest.json), von der keine Adresse einfach verschwinden darf.",
)
@click.option("--watch", is_flag=True, help="Nach jedem Speichern wieder prüfen, bis Strg+C.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[DATEI]...")
def check(
    *,
    files: tuple[Path, ...],
    config_file: Path,
    now: datetime | None,
    output: str,
    release: bool,
    against: Path | None,
    watch: bool,
) -> None:
    """Prüft alle Texte oder einzelne, ohne etwas zu bauen."""
    if against is not None and (files or watch):
        raise click.UsageError("--against gilt für die ganze Seite: ohne DATEI und ohne --watch aufrufen.")
    with TerminalProgress() as progress:
        if watch:
            guarded(output, lambda: _watch(config_file, files, now, progress, release=release))
        elif files:
            found = guarded(output, lambda: check_files(config_file, files, now, progress, release=release))
            click.echo(as_json(found.problems, found.hints) if output == "json" else _told(found))
            sys.exit(1 if found.problems else 0)
        checked = guarded(output, lambda: check_site(config_file, now, progress, release=release, against=against))
    if output == "json":
        click.echo(as_json((), checked.hints))
        return
    if checked.hints:
        click.echo(f"{as_text((), checked.hints)}\n")
    told = f" {len(checked.hints)} Hinweise." if checked.hints else ""
    click.echo(f"Keine Fehler. {checked.public} Texte sind öffentlich.{told}")


def _watch(
    config_file: Path, files: tuple[Path, ...], now: datetime | None, progress: TerminalProgress, *, release: bool
) -> None:
    # An editor that reads this along tells by the first and the last line which findings are still true.
    with suppress(KeyboardInterrupt):
        for found in watch_files(config_file, files, now, progress, release=release):
            click.echo(f"Prüfung:\n{_told(found)}\nWarte auf Änderungen (beenden mit Strg+C).")


def _told(found: Findings) -> str:
    lines = as_text(found.problems, found.hints)
    elsewhere = f" {found.elsewhere} in anderen Dateien." if found.elsewhere else ""
    return f"{lines}\n{len(found.problems)} Fehler, {len(found.hints)} Hinweise.{elsewhere}".lstrip()


@main.command()
@CONFIG
@NOW
@FORMAT
@click.option("--days", type=click.IntRange(1, 3660), default=90, help="Wie viele Tage vorausgeschaut wird.")
@click.option("--next", "only_next", is_flag=True, help="Nur den Zeitpunkt, zu dem wieder gebaut werden muss.")
def plan(*, config_file: Path, now: datetime | None, output: str, days: int, only_next: bool) -> None:
    """Zeigt, was wann erscheint, sich ändert und verschwindet."""
    made, site, outlooks = guarded(output, lambda: plan_site(config_file, now, days))
    if only_next:
        click.echo(made.next_build.isoformat() if made.next_build else "")
    elif output == "json":
        click.echo(plan_report.as_json(made, site, outlooks))
    else:
        click.echo(plan_report.as_text(made, site, outlooks, days))


@main.command()
@CONFIG
@click.option("-a", "--address", default="127.0.0.1:8000", help="Adresse der Vorschau.")
@NOW
@click.option("--drafts", is_flag=True, help="Auch Entwürfe zeigen, als solche gekennzeichnet.")
def serve(config_file: Path, address: str, now: datetime | None, *, drafts: bool) -> None:
    """Zeigt die Microsite im Browser und folgt jeder Änderung."""

    def tell(text: str) -> None:
        click.echo(text, err=True)

    with TerminalProgress() as progress, suppress(KeyboardInterrupt):
        guarded("text", lambda: serve_site(config_file, address, now, progress, tell, drafts=drafts))


def guarded(output: str, work: Callable[[], T]) -> T:
    """Do the work; print a user's mistakes in the asked form and leave with status 1."""
    # Little of what a build makes becomes garbage before its end.
    gc.set_threshold(100_000, 50, 100)
    try:
        return work()
    except ProblemsFound as found:
        click.echo(as_json(found.problems) if output == "json" else as_text(found.problems), err=output != "json")
        click.echo(f"{len(found.problems)} Fehler. Es wurde nichts geändert.", err=True)
    except EngineError as error:
        click.echo(str(error), err=True)
    except BrokenPipeError:
        raise  # whoever reads the output has seen enough; click ends the program
    except OSError as error:
        what = _SYSTEM_ERRORS.get(error.errno or 0, "Das Betriebssystem verweigert den Zugriff.")
        click.echo(f"{error.filename or '.'}:1: {what}", err=True)
    sys.exit(1)
