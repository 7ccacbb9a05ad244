"""The command ``schaukasten newsletter dkim``."""

import os
from pathlib import Path

import click

from generator.cli import CONFIG, guarded
from generator.engine.project import project_of
from generator.problems import Problem, ProblemsFound
from newsletter.delivery.server import keys_of

__all__ = ["dkim"]


@click.command()
@CONFIG
def dkim(*, config_file: Path) -> None:
    """Zeigt, was für die Signatur der Mails (DKIM) in die Zone der Domain gehört."""

    def work() -> list[str]:
        cooperation = project_of(config_file)[1].cooperation
        sender = cooperation.mailing.sender or cooperation.contact.email or ""
        keys = keys_of(os.environ, config_file.absolute().parent)
        if not keys:
            raise ProblemsFound(
                [
                    Problem(
                        "SCHAUKASTEN_DKIM",
                        1,
                        "Es ist kein Schlüssel angegeben.",
                        "Zum Beispiel: SCHAUKASTEN_DKIM=newsletter=/etc/schaukasten/dkim.pem",
                    )
                ]
            )
        return [key.record(sender.rpartition("@")[2]) for key in keys]

    click.echo("\n".join(guarded("text", work)))
