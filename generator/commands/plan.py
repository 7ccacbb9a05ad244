"""The command ``schaukasten plan``."""

from datetime import datetime
from pathlib import Path

import click

from generator import plan_report
from generator.cli import CONFIG, FORMAT, NOW, guarded
from generator.engine.checking import plan_site

__all__ = ["plan"]


@click.command()
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
