"""The command ``schaukasten publish``."""

import sys
from pathlib import Path

import click

from generator.cli import CONFIG, guarded
from generator.engine.options import EngineError
from generator.engine.publishing import publishable
from generator.publishing.address import Address, address_of, looks_like_address, shown
from generator.publishing.changes import Changes
from generator.publishing.failure import Failure
from generator.publishing.publish import publish as publish_site
from generator.terminal import TerminalProgress

__all__ = ["publish"]


@click.command()
@click.argument("target", required=False)
@CONFIG
@click.option("-n", "--dry-run", is_flag=True, help="Nur zeigen, was geschrieben und gelöscht würde.")
@click.option("--allow-vanish", is_flag=True, help="Auch wenn veröffentlichte Adressen dabei verschwinden.")
def publish(*, target: str | None, config_file: Path, dry_run: bool, allow_vanish: bool) -> None:
    """Veröffentlicht die gebaute Seite: in einen Ordner, über ssh oder in einem S3-Speicher.

    TARGET ist ein Name aus mkdocs.yml (schaukasten: publish) oder eine Adresse; bei nur einem Namen kann er fehlen.
    """
    address = guarded("text", lambda: _address(config_file, target))
    try:
        with TerminalProgress() as progress:
            made = guarded(
                "text",
                lambda: publish_site(config_file, address, progress, dry_run=dry_run, allow_vanish=allow_vanish),
            )
    except Failure as failure:
        click.echo(f"{address.text}:1: {failure}", err=True)
        sys.exit(1)
    _tell(made, address, dry_run=dry_run)


def _address(config_file: Path, target: str | None) -> Address:
    project = publishable(config_file)
    names = ", ".join(project.targets)
    if target is None:
        if len(project.targets) != 1:
            which = (
                f"Eines nennen: {names}." if names else "Eines nennen, oder in mkdocs.yml unter „publish“ eintragen."
            )
            raise EngineError(f"{config_file}:1: Wohin veröffentlicht werden soll, ist nicht gesagt. {which}")
        target = next(iter(project.targets))
    if target in project.targets:
        place, base, text = str(config_file), project.root, project.targets[target]
    elif looks_like_address(target):
        place, base, text = shown(target), Path.cwd(), target
    else:
        known = f"Möglich sind: {names}, oder eine Adresse." if names else "Eine Adresse nennen, etwa /srv/www/site."
        raise EngineError(f"{config_file}:1: Ein Ziel „{shown(target)}“ gibt es nicht. {known}")
    if not isinstance(text, str):
        remedy = f"Eine eintragen, zum Beispiel „{target}: /srv/www/site“."
        raise EngineError(f"{config_file}:1: Das Ziel „{target}“ ist keine Adresse. {remedy}")
    try:
        return address_of(text, base)
    except ValueError as error:
        raise EngineError(f"{place}:1: {error}") from None


def _tell(made: Changes, address: Address, *, dry_run: bool) -> None:
    counts = f"{len(made.new)} neu, {len(made.changed)} geändert, {len(made.removed)} gelöscht"
    if dry_run:
        for sign, paths in (("neu", made.new), ("geändert", made.changed), ("gelöscht", made.removed)):
            for path in paths:
                click.echo(f"{sign:9} {path}")
        click.echo(f"{address.text}: {counts} (nur gezeigt, nichts geschrieben)")
    elif made:
        click.echo(f"{address.text}: {counts}.")
    else:
        click.echo(f"{address.text}: Dort ist schon alles auf diesem Stand.")
