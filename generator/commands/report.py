"""The command ``schaukasten report``."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from generator.change_report import ChangeReport, as_json, as_markdown
from generator.cli import CONFIG, guarded
from generator.commands.against import AGAINST, ONLINE, published_at
from generator.commenting import NotCommentedError, comment, host_of
from generator.engine.reporting import report_changes
from generator.terminal import TerminalProgress

__all__ = ["report"]

_FORMS: Mapping[str, Callable[[ChangeReport], str]] = {"markdown": as_markdown, "json": as_json}


@click.command()
@CONFIG
@AGAINST
@ONLINE
@click.option("--format", "form", type=click.Choice(list(_FORMS)), default="markdown", help="Form des Berichts.")
@click.option("--days", type=click.IntRange(1, 3660), default=90, help="Wie viele Tage vorausgeschaut wird.")
@click.option("--comment", "commented", is_flag=True, help="In einer Pipeline: auch als Kommentar zur Änderung.")
def report(*, config_file: Path, against: str | None, form: str, days: int, online: bool, commented: bool) -> None:
    """Berichtet, was die gebaute Seite an der veröffentlichten ändert, für alle, die einer Änderung zustimmen."""

    def made() -> ChangeReport:
        published, note = published_at(against, config_file, online=online)
        return report_changes(config_file, published, progress, days=days, note=note)

    with TerminalProgress() as progress:
        told = guarded("text", made)
    click.echo(_FORMS[form](told), nl=form != "markdown")
    if commented:
        _comment(as_markdown(told))


def _comment(text: str) -> None:
    """Comment on the change; that it cannot be done keeps nobody from the report."""
    try:
        comment(host_of(os.environ), text)
    except NotCommentedError as error:
        click.echo(f"Kein Kommentar: {error}", err=True)
