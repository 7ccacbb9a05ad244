"""What a text is, by the name of the folder, type or section that other systems put it in."""

from typing import Any

from generator.importing.original import Role

__all__ = ["EVENT_NAMES", "NEWS_NAMES", "named_role"]

NEWS_NAMES = frozenset(
    "aktuelles artikel articles beitraege blog meldung meldungen nachrichten news post posts presse press "
    "pressemitteilung pressemitteilungen".split()
)
EVENT_NAMES = frozenset(
    "calendar event events kalender termin termine tribe_events veranstaltung veranstaltungen "
    "veranstaltungskalender".split()
)


def named_role(*names: Any) -> Role | None:
    """Return what a text is by the first of these names that says it; None: none does."""
    for name in names:
        if str(name).lower() in EVENT_NAMES:
            return "event"
        if str(name).lower() in NEWS_NAMES:
            return "news"
    return None
