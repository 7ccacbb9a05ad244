"""The command ``schaukasten build``."""

import time
from datetime import datetime
from pathlib import Path

import click

from generator.cli import CONFIG, FORMAT, NOW, RELEASE, guarded
from generator.engine.building import build_site
from generator.reasons import moment_text
from generator.terminal import TerminalProgress

__all__ = ["build"]


@click.command()
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
