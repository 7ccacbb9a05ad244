"""What several commands compare with: the published site, wherever it is told of."""

from pathlib import Path

import click

from generator.engine.project import project_of
from generator.fetching import NotFetchedError, fetched
from generator.manifest import MANIFEST
from generator.published import Published, published_from, read_published

__all__ = ["AGAINST", "ONLINE", "published_at"]

AGAINST = click.option(
    "--against",
    metavar="ORT",
    help="Die veröffentlichte Seite: ihr Ordner, ihre manifest.json oder ihre Adresse (https://…).",
)
ONLINE = click.option(
    "--online", is_flag=True, help="Die veröffentlichte Seite unter der Adresse, die in kooperation.yml steht."
)


def published_at(place: str | None, config_file: Path, *, online: bool) -> tuple[Published | None, str]:
    """Return what is published, or None and why it is not known: a German sentence.

    Args:
        place: a folder, a file or an address of the web.
        config_file: ``mkdocs.yml``.
        online: whether to look at the cooperation's own address, unless a place is given.

    Raises:
        ProblemsFound: there is no manifest at the place, or the cooperation's settings have problems.
        EngineError: the engine refuses its settings.
    """
    if not place and online:
        place = project_of(config_file)[1].cooperation.base_url
    if not place:
        return None, "Ohne Vergleich mit der veröffentlichten Seite."
    if not place.startswith(("https://", "http://")):
        return read_published(Path(place)), ""
    address = place if place.endswith(MANIFEST) else f"{place.rstrip('/')}/{MANIFEST}"
    try:
        text = fetched(address).decode("utf-8", errors="replace")
    except NotFetchedError as error:
        return None, f"Ohne Vergleich, denn {address} ist nicht zu lesen: {error}"
    return published_from(address, text), ""
