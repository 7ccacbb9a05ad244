"""The command ``schaukasten newsletter send``."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from generator.cli import CONFIG, guarded, moment
from generator.clock import real_time
from generator.engine.options import build_folder
from generator.given_path import GivenPath
from generator.terminal import TerminalProgress
from newsletter.delivery.built_letter import find_letter
from newsletter.delivery.engine import ENGINES, Engine, Order, Report, engine_for
from newsletter.delivery.ledger_place import ledger_folder, ledger_told
from newsletter.delivery.pace import Pace

__all__ = ["send"]

_KNOWN_BY: Mapping[str, frozenset[str]] = {
    "recipients": frozenset({"smtp"}),
    "logs": frozenset({"mailman", "smtp"}),
    "bounces": frozenset({"smtp"}),
    "connections": frozenset({"smtp"}),
    "per_minute": frozenset({"smtp"}),
    "at": frozenset({"listmonk"}),
    "draft": frozenset({"listmonk"}),
}
"""Options that only some engines know: whoever gives them to another expects something else than would happen."""

_FILE = GivenPath(dir_okay=False)


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
@click.option("--at", callback=moment, metavar="ZEITPUNKT", help="Wann verschickt wird: 2026-12-01T08:00.")
@click.option("--draft", is_flag=True, help="Nur als Entwurf anlegen, den eine Person ansieht und startet.")
@CONFIG
@click.pass_context
def send(
    context: click.Context,
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
    at: datetime | None,
    draft: bool,
    config_file: Path,
) -> None:
    """Verschickt einen gebauten Brief. EDITION ist Nummer oder Kennung der Ausgabe.

    Ohne --really, --test oder --draft wird nichts getan. Wer den Brief schon hat, bekommt ihn nicht noch einmal: Nach
    einer Unterbrechung geht es mit demselben Befehl weiter.
    """
    _must_know(context, via)

    def work() -> Report:
        letter = find_letter(build_folder(config_file) / "newsletter", edition, audience, via)
        order = Order(
            letter=letter,
            project=config_file.absolute().parent,
            environment=os.environ,
            clock=real_time,
            recipients=recipients,
            logs=logs,
            bounces=bounces,
            pace=Pace(connections=connections, per_minute=per_minute),
            at=at.astimezone() if at else None,
            is_draft=draft,
        )
        return _done(engine_for(via, order), address, progress, really=really or draft)

    with TerminalProgress() as progress:
        report = guarded("text", work, in_steps=really or draft or address is not None)
    click.echo("\n".join(report.lines))
    sys.exit(0 if report.is_complete else 1)


def _must_know(context: click.Context, via: str) -> None:
    if context.params["really"] and context.params["draft"]:
        raise click.UsageError("Entweder --draft oder --really: Einen Entwurf startet eine Person.")
    for parameter in context.command.params:
        name = parameter.name or ""
        is_given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if is_given and via not in _KNOWN_BY.get(name, {via}):
            known = ", ".join(sorted(_KNOWN_BY[name] & ENGINES.keys()))
            raise click.UsageError(f"{parameter.opts[0]} gibt es mit --via {via} nicht, nur mit: {known}.")


def _done(engine: Engine, address: str | None, progress: TerminalProgress, *, really: bool) -> Report:
    if address is not None:
        return engine.test(address)
    # Nobody gets a letter twice by the same ledger only: which one it is, is told before it is written to.
    ledger = ledger_told(ledger_folder(os.environ))
    if really:
        report = engine.send(progress)
        return replace(report, lines=[*report.lines, ledger])
    plan = engine.plan()
    return Report(
        lines=[*plan.lines, ledger, "Nur ein Probelauf: Es wurde nichts verschickt. Mit --really wird verschickt."]
    )
