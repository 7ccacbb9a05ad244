"""The letters of all editions, as part of the preview of the site: those still to come and drafts, too."""

import re
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from generator.locale import locale
from generator.model.edition import Edition
from generator.model.site import Site
from generator.preview.preview import Preview
from generator.preview.version import Version
from newsletter.mjml import environment, fill
from newsletter.package import draft
from newsletter.preview import sheet
from newsletter.selection import audiences_of

__all__ = ["previews"]

_TEMPLATES = Path(__file__).parent / "templates"
_PICTURE = re.compile(r'<img\b[^>]*\bsrc="([^"]+\.(?:png|jpg))"')
_LANGUAGE = "de"


def previews(preview: Preview, path: str) -> bytes | None:
    """Return the list of all letters, or one of them in all views; None: there is no such letter.

    Args:
        preview: the preview of the site.
        path: nothing for the list, else the id of an edition and an audience: ``2026-11/``, ``2026-11/familien/``.

    Raises:
        ProblemsFound: the letter cannot be made.
    """
    if preview.version is None:
        return None
    authored = preview.version.authored
    if not path:
        return _list(preview.version)
    id_, _, audience = path.strip("/").partition("/")
    edition = next((edition for edition in _editions(authored) if edition.id == id_), None)
    if edition is None or (audience or None) not in audiences_of(edition):
        return None
    return _sheet(_when_it_appears(preview, preview.version, edition), edition.id, audience or None)


def _editions(site: Site) -> Iterator[Edition]:
    """Yield the editions, the newest first."""
    editions = (entry for entry in site.entries if isinstance(entry, Edition))
    yield from sorted(editions, key=lambda edition: (edition.visible_from.astimezone(UTC), edition.id), reverse=True)


def _when_it_appears(preview: Preview, shown: Version, edition: Edition) -> Version:
    """Return the site as it is now, or as it will be when the edition appears if nothing is written until then."""
    if any(entry.id == edition.id for entry in shown.site.entries):
        return shown
    moment = max(shown.site.now.astimezone(UTC), edition.visible_from.astimezone(UTC))
    return preview.at(moment, drafts=lambda entry: entry.id == edition.id)


def _sheet(version: Version, id_: str, audience: str | None) -> bytes | None:
    edition = next((edition for edition in version.site.of(Edition) if edition.id == id_), None)
    if edition is None:
        return None
    made = draft(version.site, edition, audience, version.addresses)
    base = version.site.cooperation.base_url
    pictures = {}
    for url in set(_PICTURE.findall(made.html)):
        found = version.find(url.removeprefix(base)) if url.startswith(base) else None
        if isinstance(found, bytes):
            pictures[url] = found
    return sheet(made.letter, made.html, made.text, pictures, live=True).encode()


def _list(version: Version) -> bytes:
    site = version.authored
    names = {audience.id: audience.name for audience in site.cooperation.audiences}
    public = {entry.id for entry in version.site.entries}
    editions = [
        {
            "subject": edition.subject,
            "number": edition.number,
            "date": locale(_LANGUAGE).day(edition.date),
            "state": "Entwurf" if edition.draft else "" if edition.id in public else "erscheint noch",
            "letters": [
                {
                    "url": f"{edition.id}/{audience}/" if audience else f"{edition.id}/",
                    "name": names.get(audience, audience) if audience else "an alle",
                }
                for audience in audiences_of(edition)
            ],
        }
        for edition in _editions(site)
    ]
    return fill(environment(_TEMPLATES), "previews.html", {"editions": editions}).encode()
