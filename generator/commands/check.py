"""The command ``schaukasten check``."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from generator.checker import Findings
from generator.cli import CONFIG, FORMAT, NOW, RELEASE, guarded
from generator.engine.checking import check_files, check_site, watch_files
from generator.problems import Problem, as_json, as_text
from generator.terminal import TerminalProgress

__all__ = ["check"]


@click.command()
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
    told = f" {_counted(checked.hints)}." if checked.hints else ""
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
    return f"{lines}\n{len(found.problems)} Fehler, {_counted(found.hints)}.{elsewhere}".lstrip()


def _counted(hints: Sequence[Problem]) -> str:
    return "1 Hinweis" if len(hints) == 1 else f"{len(hints)} Hinweise"
