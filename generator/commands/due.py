"""The command ``schaukasten due``."""

from datetime import UTC, datetime
from pathlib import Path

import click

from generator.cli import CONFIG, NOW, guarded
from generator.clock import current_time
from generator.commands.against import AGAINST, ONLINE, published_at
from generator.engine.checking import plan_site
from generator.reasons import moment_text

__all__ = ["due"]


@click.command()
@CONFIG
@NOW
@AGAINST
@ONLINE
def due(*, config_file: Path, now: datetime | None, against: str | None, online: bool) -> None:
    """Sagt „ja“ oder „nein“: Ist seit dem veröffentlichten Stand etwas fällig geworden, ohne dass jemand schreibt?

    Eine Pipeline, die regelmäßig läuft, baut nur bei „ja“. Ist das Veröffentlichte nicht zu lesen, heißt es „ja“.
    """
    published, note = guarded("text", lambda: published_at(against, config_file, online=online))
    if published is None:
        click.echo("ja")
        click.echo(note, err=True)
        return
    since = datetime.fromisoformat(published.manifest.now)
    moment = guarded("text", lambda: plan_site(config_file, since, 1))[0].next_build
    today = now or guarded("text", current_time)
    is_due = moment is not None and moment.astimezone(UTC) <= today.astimezone(UTC)
    click.echo("ja" if is_due else "nein")
    if moment is not None:
        click.echo(f"Fällig {'seit' if is_due else 'erst'} {moment_text(moment)}.", err=True)
