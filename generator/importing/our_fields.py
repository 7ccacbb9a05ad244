"""From what a text said of itself to the fields of ours. Nothing is invented: what is missing becomes a placeholder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from generator.importing.moments import moment_of
from generator.importing.names import given, listed
from generator.importing.original import Original
from generator.importing.summary import beginning, shortened
from generator.model.cooperation import Cooperation
from generator.scaffold.kinds import KINDS, Kind
from generator.scaffold.text import placeholder
from generator.scaffold.yaml_text import Value
from generator.slug import slug

__all__ = ["Mapped", "mapped"]

_NO_DAY = (
    "date",
    "Der Text hatte kein Datum; hier steht der Tag der Übernahme. Das richtige Datum eintragen.",
)
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What a text is and says of itself, in our words."""

    kind: Kind
    day: str
    """The day that its file is named by, ISO 8601; empty: by none."""

    fields: Mapping[str, Value]
    reasons: tuple[str, ...]
    doubts: tuple[tuple[str, str], ...]


def mapped(original: Original, body: str, cooperation: Cooperation, today: date) -> Mapped:
    """Return what a text is and says of itself.

    Args:
        original: the text.
        body: its body as our Markdown.
        cooperation: whose topics there are to choose from, and whose time zone holds.
        today: the day that a text is given which never had one because it was never published.
    """
    zone = ZoneInfo(cooperation.timezone)
    told = original.fields
    moments = {name: moment_of(str(given(told, name) or ""), zone) for name in ("date", "publish", "start", "end")}
    reasons = [original.held_back] if original.held_back else []
    doubts: list[tuple[str, str]] = []
    kind = KINDS[_kind(original, moments)]
    fields: dict[str, Value] = {}
    title = " ".join(unescape(str(given(told, "title") or "")).split())
    fields["title"] = title[:_LONGEST_TITLE] or placeholder(kind.type.model.model_fields["title"])
    fields["summary"] = _summary(told, body, doubts) or placeholder(kind.type.model.model_fields["summary"])
    if kind is KINDS["meldung"]:
        fields["date"] = moments["date"] or today.isoformat()
        if not moments["date"]:
            doubts.append(_NO_DAY)
    if kind is KINDS["termin"]:
        fields |= _event(told, moments, reasons, doubts)
    if original.role == "news" and kind is KINDS["seite"]:
        doubts.append(
            (
                "title",
                "Der Text hatte kein Datum und ist deshalb eine Seite. Mit „date: …“ nach aktuelles/ verschieben.",
            )
        )
    publish = moments["publish"] or _first_shown(kind, moments["date"], today)
    if publish and publish != fields.get("date"):
        fields["publish"] = publish
    if expires := moment_of(str(given(told, "expires") or ""), zone, to_the_minute=True):
        fields["expires"] = expires
    fields |= _terms(told, cooperation)
    day = str(fields.get("date") or fields.get("start") or "")[:10]
    return Mapped(kind=kind, day=day, fields=fields, reasons=tuple(reasons), doubts=tuple(doubts))


def _first_shown(kind: Kind, day: str | None, today: date) -> str | None:
    """Return when a text appears whose date does not say so here: a page with one that is to come was not there yet."""
    is_to_come = day is not None and day[:10] >= today.isoformat()
    return day if kind is KINDS["termin"] or (kind is KINDS["seite"] and is_to_come) else None


def _kind(original: Original, moments: Mapping[str, str | None]) -> str:
    if original.section:
        return "seite"
    if moments["start"] or (original.role == "event" and moments["date"]):
        return "termin"
    is_news = original.role in {"news", "event"} and (moments["date"] or original.held_back)
    return "meldung" if is_news else "seite"


def _summary(told: Mapping[str, Any], body: str, doubts: list[tuple[str, str]]) -> str:
    own = " ".join(unescape(str(given(told, "summary") or "")).split())
    short = shortened(own)
    if own and short != own:
        doubts.append(("summary", "Die Zusammenfassung war zu lang und ist gekürzt. Prüfen, ob sie noch stimmt."))
    if short:
        return short
    first = beginning(body)
    if first:
        doubts.append(("summary", "Die Zusammenfassung ist der Anfang des Textes. Lesen und bei Bedarf neu schreiben."))
    return first


def _event(
    told: Mapping[str, Any], moments: Mapping[str, str | None], reasons: list[str], doubts: list[tuple[str, str]]
) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    model = KINDS["termin"].type.model.model_fields
    start = moments["start"] or moments["date"] or ""
    fields["start"] = start
    if not moments["start"]:
        reasons.append("der Beginn ist zu prüfen")
        doubts.append(
            (
                "start",
                "Ein Beginn fehlte; hier steht das Datum des Textes. Beginn prüfen, dann die Zeile „draft“ löschen.",
            )
        )
    end = moments["end"]
    if end and len(end) == len(start) and end >= start:
        fields["end"] = end
    elif given(told, "end"):
        doubts.append(("start", "Das Ende passt nicht zum Beginn und fehlt deshalb. Mit „end: …“ ergänzen."))
    place = given(told, "location")
    named = place.get("name") or place.get("title") if isinstance(place, dict) else place
    fields["location"] = " ".join(str(named).split()) if named else placeholder(model["location"])
    if isinstance(place, dict) and isinstance(place.get("address"), str):
        fields["location"] = {"name": str(fields["location"]), "address": " ".join(place["address"].split())}
    organizer = given(told, "organizer")
    if isinstance(organizer, str):
        fields["organizer"] = " ".join(organizer.split())
    return fields


def _terms(told: Mapping[str, Any], cooperation: Cooperation) -> dict[str, Value]:
    """Return the municipalities and topics that the cooperation knows, and all other terms as tags."""
    found: dict[str, list[str]] = {"municipalities": [], "topics": [], "tags": []}
    for given_as, field, known in (
        ("municipalities", "municipalities", cooperation.municipalities),
        ("categories", "topics", cooperation.topics),
        ("tags", "topics", cooperation.topics),
    ):
        ids = {slug(name): one.id for one in known for name in (one.name, one.id)}
        for term in map(unescape, listed(given(told, given_as))):
            fitting = ids.get(slug(term))
            found[field if fitting else "tags"].append(fitting or term)
    return {name: list(dict.fromkeys(values)) for name, values in found.items() if values}
