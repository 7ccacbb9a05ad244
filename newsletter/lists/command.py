"""The commands ``schaukasten newsletter lists …``."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from generator.cli import CONFIG, guarded
from generator.engine.project import project_of
from generator.fetching import NotFetchedError, fetched_text
from generator.model.cooperation import Cooperation
from newsletter.lists.access import access_of
from newsletter.lists.announcement import Announcement
from newsletter.lists.mailman import Mailman
from newsletter.lists.planned import planned_lists
from newsletter.lists.texts import texts_of

__all__ = ["lists"]


@click.group()
def lists() -> None:
    """Die Listen bei Mailman: einrichten, wie Ankündigungen es brauchen, und prüfen."""


@lists.command()
@CONFIG
def check(*, config_file: Path) -> None:
    """Vergleicht die Listen mit dem, was sie sein müssen, und ändert nichts."""
    _report(config_file, _compared)


@lists.command()
@CONFIG
def setup(*, config_file: Path) -> None:
    """Legt fehlende Listen an und ändert an den anderen, was nicht stimmt; wer angemeldet ist, bleibt es."""
    _report(config_file, _set_up)


def _report(config_file: Path, done: Callable[[Mailman, Announcement], list[str]]) -> None:
    """Do something with each list, print what is told, and leave with status 1 where something is left to do."""

    def work() -> bool:
        settings, site, _ = project_of(config_file)
        cooperation, language = site.cooperation, settings.layout.language
        published, missing = _published(cooperation, language)
        wanted = planned_lists(cooperation, language, published)
        mailman = Mailman(access_of(os.environ, config_file.absolute().parent))
        is_right = True
        for one in wanted:
            told = done(mailman, one)
            is_right = is_right and (done is _set_up or not told)
            # What was done with one stays, if it fails with the next.
            click.echo("\n".join(_headed(one.address, told)))
        for line in missing:
            click.echo(line)
        return is_right and not missing

    sys.exit(0 if guarded("text", work, in_steps=done is _set_up) else 1)


def _published(cooperation: Cooperation, language: str) -> tuple[dict[str, str], list[str]]:
    """Return where the texts are that are published as Mailman will read them, and what is told of the others."""
    published, missing = {}, []
    for name, text in texts_of(cooperation, language).items():
        address = cooperation.base_url + text.path
        try:
            is_there = fetched_text(address).replace("\r\n", "\n") == text.content
            why = "Dort steht etwas anderes, oder der Server nennt nicht UTF-8 als Zeichensatz."
        except NotFetchedError as error:
            is_there, why = False, str(error)
        if is_there:
            published[name] = address
        else:
            missing.append(
                f"{address} ist nicht veröffentlicht, solange schreibt Mailman eigene Worte: {why} "
                "Die Site veröffentlichen, dann noch einmal einrichten."
            )
    return published, missing


def _compared(mailman: Mailman, wanted: Announcement) -> list[str]:
    found = mailman.compare(wanted)
    return ["gibt es nicht. Anlegen: schaukasten newsletter lists setup"] if found is None else list(map(str, found))


def _set_up(mailman: Mailman, wanted: Announcement) -> list[str]:
    is_new = mailman.compare(wanted) is None
    changes = mailman.set_up(wanted)
    return ["angelegt"] if is_new else [f"geändert: {change}" for change in changes]


def _headed(address: str, told: list[str]) -> Iterator[str]:
    if not told:
        yield f"{address}: Alles ist, wie es sein muss."
    yield from (f"{address}: {line}" for line in told)
