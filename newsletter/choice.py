"""Which edition is meant, and why another one is not."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from generator.model.edition import Edition
from generator.model.site import Site
from generator.problems import Problem, ProblemsFound
from generator.reasons import moment_text

__all__ = ["chosen"]


def chosen(
    public: Sequence[Edition], authored: Site, now: datetime, wanted: str | None, tell: Callable[[str], None]
) -> Edition:
    """Return the edition that is meant.

    Args:
        public: the editions that are public, the newest last.
        authored: everything authored.
        now: the moment.
        wanted: an edition's id, number or file; None: the newest that is public.
        tell: is told, in German, which newer editions are held back, and why.

    Raises:
        ProblemsFound: there is no such edition, or it is not public.
    """
    if wanted is None and public:
        later = [edition for edition in _editions(authored) if edition.visible_from > public[-1].visible_from]
        for problem in (_why_not_yet(edition, now) for edition in later):
            tell(f"Hinweis: {problem} Hier geht es um Ausgabe {public[-1].number}.")
        return public[-1]
    name = Path(wanted or "").name.removesuffix(".md")
    found = next(filter(partial(_is_called, name), public), None)
    if found is not None:
        return found
    held = next(filter(partial(_is_called, name), _editions(authored)), None)
    if held is not None:
        raise ProblemsFound([_why_not_yet(held, now)])
    message = f"Die Ausgabe „{wanted}“ gibt es nicht." if wanted else "Es ist noch keine Ausgabe öffentlich."
    raise ProblemsFound([Problem("newsletter", 1, message, "Mit schaukasten new newsletter eine beginnen.")])


def _editions(site: Site) -> list[Edition]:
    return [entry for entry in site.entries if isinstance(entry, Edition)]


def _is_called(name: str, edition: Edition) -> bool:
    return name in {edition.id, edition.source.path.stem, str(edition.number)}


def _why_not_yet(edition: Edition, now: datetime) -> Problem:
    """Return what holds an edition back, and how to look at it nevertheless."""
    path = str(edition.source.path)
    if edition.draft:
        remedy = "Ansehen: schaukasten serve --drafts, /newsletter/vorschau/. Zum Verschicken „draft: ja“ löschen."
        return Problem(path, 1, f"Die Ausgabe {edition.number} ist noch ein Entwurf.", remedy)
    if edition.visible_from.astimezone(UTC) > now.astimezone(UTC):
        moment = f"{edition.visible_from:%Y-%m-%dT%H:%M}"
        message = f"Die Ausgabe {edition.number} erscheint erst am {moment_text(edition.visible_from)}."
        return Problem(path, 1, message, f"Bis dahin mit --now {moment} ansehen und bauen.")
    return Problem(path, 1, f"Die Ausgabe {edition.number} ist nicht öffentlich.", "Warum, sagt schaukasten plan.")
