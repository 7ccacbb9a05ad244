"""The command ``schaukasten import``."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.cli import CONFIG, NOW, guarded
from generator.clock import current_time
from generator.composing import in_zone
from generator.engine.project import alone, project_of
from generator.folders import write_whole
from generator.given_path import GivenPath
from generator.importing.media import Media
from generator.importing.plan import Plan, plan_import
from generator.importing.rehearsal import rehearsed
from generator.importing.report import report
from generator.importing.sources import SOURCES, Source
from generator.problems import ProblemsFound
from generator.progress import Progress
from generator.terminal import TerminalProgress

__all__ = ["import_texts"]

_SHOWN = 20
"""Lines of each part of the report that the terminal shows."""

_FOLDER = GivenPath(exists=True, file_okay=False)


@click.command()
@click.argument("system", type=click.Choice(list(SOURCES)))
@click.argument("source", type=GivenPath(exists=True))
@click.option("--media", type=_FOLDER, help="Ordner mit Bildern und Dateien, zum Beispiel wp-content/uploads.")
@click.option("--into", type=GivenPath(file_okay=False), help="Anderer Ordner als der des Projekts.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was übernommen würde.")
@click.option("--report", "report_file", type=GivenPath(dir_okay=False), help="Bericht als Datei.")
@CONFIG
@NOW
def import_texts(
    *,
    system: str,
    source: Path,
    media: Path | None,
    into: Path | None,
    dry_run: bool,
    report_file: Path | None,
    config_file: Path,
    now: datetime | None,
) -> None:
    """Übernimmt Texte aus Hugo, Jekyll, WordPress oder einem Feed; vorhandene Texte bleiben unverändert."""
    origin = SOURCES[system]

    def work() -> Plan:
        with TerminalProgress() as progress, alone(config_file, progress):
            return _taken_over(
                origin, source, media, into, config_file, now or current_time(), progress, dry_run=dry_run
            )

    plan = guarded("text", work)
    if report_file is not None:
        guarded("text", lambda: write_whole(report_file, report(plan, origin.name, dry_run=dry_run).encode()))
    click.echo(report(plan, origin.name, dry_run=dry_run, most=_SHOWN), nl=False)


def _taken_over(
    origin: Source,
    source: Path,
    media_folder: Path | None,
    into: Path | None,
    config_file: Path,
    now: datetime,
    progress: Progress,
    *,
    dry_run: bool,
) -> Plan:
    settings, site, problems = project_of(config_file)
    if problems:
        # What cannot be read cannot be recognised, and would be taken over twice.
        raise ProblemsFound(problems)
    found = origin.read(source, ZoneInfo(site.cooperation.timezone))
    media = Media(found.files, media_folder, settings.content)
    local = in_zone(now, site.cooperation)
    plan = plan_import(found, site, settings.layout, media, local.date())
    plan = rehearsed(plan, settings, local, progress)
    if not dry_run:
        _write(plan, into or settings.content)
    return plan


def _copy_whole(file: Path, target: Path) -> None:
    """Copy a file whole or not at all; films are too large to be read into memory."""
    half = target.with_name(f"{target.name}.neu")
    try:
        shutil.copyfile(file, half)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _write(plan: Plan, content: Path) -> None:
    """Write files first and texts after them; what is there is left as it is."""
    for place, file in plan.copies.items():
        if not (content / place).exists():
            (content / place).parent.mkdir(parents=True, exist_ok=True)
            _copy_whole(file, content / place)
    for text in plan.texts:
        if not (content / text.place).exists():
            (content / text.place).parent.mkdir(parents=True, exist_ok=True)
            write_whole(content / text.place, text.text.encode())
