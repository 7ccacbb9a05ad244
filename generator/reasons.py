"""Why something is not public, in German, for the office."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from generator.gate import HeldBack
from generator.model.entry import Entry
from generator.model.site import Site

__all__ = ["moment_text", "reasons"]


def reasons(held: HeldBack, site: Site, now: datetime) -> Iterator[str]:
    """Yield a few words for each rule that holds an entry back at a moment; of signatures, whose are missing."""
    for rule in held.rules:
        yield _REASONS[rule](held.entry, site, now)


def moment_text(moment: datetime) -> str:
    """Return a moment as the office reads it: „Fr, 27.11.2026, 08:00“; seconds only where there are any.

    In the hour that comes twice, it is told which of the two is meant.
    """
    weekday = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")[moment.weekday()]
    clock = f"{moment:%H:%M:%S}".removesuffix(":00")
    comes_twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    which = f" ({'Sommerzeit' if moment.dst() else 'Winterzeit'})" if comes_twice else ""
    return f"{weekday}, {moment:%d.%m.%Y}, {clock}{which}"


def _until(field: str, text: str) -> Callable[[Any, Site, datetime], str]:
    return lambda entry, _site, _now: text.format(moment_text(getattr(entry, field)))


def _missing_signatures(entry: Entry, site: Site, now: datetime) -> str:
    names = {item.id: item.name for item in site.cooperation.municipalities}
    open_ = [item for item in entry.sign_off if item.date is None or now.astimezone(UTC) < item.date.astimezone(UTC)]
    told = (
        names.get(item.municipality, item.municipality) + (f" (am {moment_text(item.date)})" if item.date else "")
        for item in open_
    )
    return f"Mitzeichnung fehlt: {', '.join(told)}"


_REASONS: Mapping[str, Callable[[Any, Site, datetime], str]] = {
    "draft": lambda *_: "Entwurf",
    "not-yet-published": _until("visible_from", "erscheint erst {}"),
    "embargo": _until("embargo", "Sperrfrist bis {}"),
    "expired": _until("expires", "abgelaufen {}"),
    "withdrawn": _until("withdraw_on", "zurückgezogen {}"),
    "unsigned": _missing_signatures,
    "preliminary": lambda *_: "vorläufiges Protokoll",
    "original-held-back": lambda *_: "das Original ist noch nicht öffentlich",
}
