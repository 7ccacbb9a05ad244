"""What can be begun, by the German word for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.content_type import CONTENT_TYPES, PAGE, ContentType

__all__ = ["KINDS", "Kind"]

_TYPES = {kind.name: kind for kind in (*CONTENT_TYPES, PAGE)}

_AGENDA = """\
## TOP 1 – Eröffnung und Genehmigung der Niederschrift

‹Wer eröffnet, wer fehlt.›

## TOP 2 – ‹Titel›

‹Worum es ging.›

**Beschluss:** ‹Wortlaut.›

**Abstimmung:** 12 Ja, 0 Nein, 0 Enthaltungen

**Auftrag:** ‹Was zu tun ist› (Bauamt, bis 31.12.2026)

## Nichtöffentlicher Teil

‹Von hier an erscheint nichts auf der Seite. Ohne nichtöffentlichen Teil diese Überschrift löschen.›
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of text as its author names it."""

    type: ContentType
    asked: tuple[str, ...]
    """The fields that are asked for besides the title, those without a default."""

    day: str | None = None
    """The field whose day begins the file's name; None: its name has none."""

    fixed: Mapping[str, str] = field(default_factory=dict)
    """Fields that are always the same, as they are written."""

    body: str = "‹Der Text.›\n"


KINDS: Mapping[str, Kind] = {
    "meldung": Kind(type=_TYPES["news"], asked=("summary",), day="date"),
    "pressemitteilung": Kind(
        type=_TYPES["news"], asked=("summary", "place", "contact"), day="date", fixed={"kind": "press"}
    ),
    "termin": Kind(type=_TYPES["event"], asked=("summary", "start", "location"), day="start"),
    "protokoll": Kind(
        type=_TYPES["minutes"],
        asked=("summary", "committee", "start"),
        day="start",
        fixed={"state": "preliminary"},
        body=_AGENDA,
    ),
    "seite": Kind(type=PAGE, asked=("summary",)),
    "newsletter": Kind(
        type=_TYPES["edition"],
        asked=("preheader",),
        day="date",
        fixed={"query": "{since: last_edition}"},
        body="‹Ein paar Sätze zur Begrüßung.›\n",
    ),
}
"""The kinds, by the words that `schaukasten new` takes."""
