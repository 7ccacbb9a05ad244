"""The command ``schaukasten newsletter send``."""

import os
import sys
from pathlib import Path

import click

from generator.cli import CONFIG, guarded
from generator.clock import current_time
from generator.engine.options import build_folder
from generator.terminal import TerminalProgress
from newsletter.delivery.built_letter import find_letter
from newsletter.delivery.engine import ENGINES, Engine, Order, Report, engine_for
from newsletter.delivery.pace import Pace

__all__ = ["send"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("edition")
@click.option("--via", type=click.Choice(sorted(ENGINES)), required=True, help="Womit verschickt wird.")
@click.option("--audience", help="Zielgruppe, deren Brief verschickt wird.")
@click.option("--recipients", type=_FILE, help="CSV-Datei mit den Adressen, außerhalb des Projekts.")
@click.option("--test", "address", metavar="ADRESSE", help="Nur an diese Adresse, als Test gekennzeichnet.")
@click.option("--really", is_flag=True, help="Wirklich verschicken; sonst wird nur gezeigt, was verschickt würde.")
@click.option("--log", "logs", type=_FILE, multiple=True, help="Protokoll von Postfix, das Zweifel klärt; auch .gz.")
@click.option("--bounces", type=_FILE, help="Wohin die Unzustellbaren geschrieben werden.")
@click.option("--connections", type=click.IntRange(1, 4), default=2, show_default=True, help="Verbindungen zugleich.")
@click.option(
    "--per-minute", type=click.IntRange(0), default=600, show_default=True, help="Mails je Minute; 0: ungebremst."
)
@CONFIG
def send(
    *,
    edition: str,
    via: str,
    audience: str | None,
    recipients: Path | None,
    address: str | None,
    really: bool,
    logs: tuple[Path, ...],
    bounces: Path | None,
    connections: int,
    per_minute: int,
    config_file: Path,
) -> None:
    """Verschickt einen gebauten Brief. EDITION ist Nummer oder Kennung der Ausgabe.

    Ohne --really oder --test wird nichts verschickt. Wer den Brief schon hat, bekommt ihn nicht noch einmal: Nach einer
    Unterbrechung geht es mit demselben Befehl weiter.
    """

    def work() -> Report:
        letter = find_letter(build_folder(config_file) / "newsletter", edition, audience, via)
        order = Order(
            letter=letter,
            project=config_file.absolute().parent,
            environment=os.environ,
            clock=current_time,
            recipients=recipients,
            logs=logs,
            bounces=bounces,
            pace=Pace(connections=connections, per_minute=per_minute),
        )
        return _done(engine_for(via, order), address, progress, really=really)

    with TerminalProgress() as progress:
        report = guarded("text", work)
    click.echo("\n".join(report.lines))
    sys.exit(0 if report.is_complete else 1)


def _done(engine: Engine, address: str | None, progress: TerminalProgress, *, really: bool) -> Report:
    if address is not None:
        return engine.test(address)
    if really:
        return engine.send(progress)
    plan = engine.plan()
    return Report(lines=[*plan.lines, "Nur ein Probelauf: Es wurde nichts verschickt. Mit --really wird verschickt."])
