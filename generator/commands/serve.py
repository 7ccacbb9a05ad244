"""The command ``schaukasten serve``."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from generator.cli import CONFIG, NOW, guarded
from generator.engine.showing import serve_site
from generator.terminal import TerminalProgress

__all__ = ["serve"]


@click.command()
@CONFIG
@click.option("-a", "--address", default="127.0.0.1:8000", help="Adresse der Vorschau.")
@NOW
@click.option("--drafts", is_flag=True, help="Auch Entwürfe zeigen, als solche gekennzeichnet.")
@click.option("--editor", is_flag=True, help="Dazu der Web-Editor unter /admin/, für die Dateien dieses Projekts.")
def serve(*, config_file: Path, address: str, now: datetime | None, drafts: bool, editor: bool) -> None:
    """Zeigt die Microsite im Browser und folgt jeder Änderung."""

    def tell(text: str) -> None:
        click.echo(text, err=True)

    with TerminalProgress() as progress, suppress(KeyboardInterrupt):
        guarded(
            "text",
            lambda: serve_site(config_file, address, now, progress, tell, drafts=drafts, with_editor=editor),
        )
