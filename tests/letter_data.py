"""Letters for tests, from data as a case holds it; what a case leaves out is the same everywhere."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from newsletter.letter import MERGE, Badge, Decided, Imprint, Letter, Link, Picture, Section, Teaser

__all__ = ["ENOUGH", "FULL", "letter_of", "places", "with_text"]

HOST = "https://test.example.org/"

ENOUGH: Mapping[str, Any] = {
    "id": "ausgabe-7",
    "edition": "ausgabe-7",
    "audience": None,
    "audience_name": None,
    "language": "de",
    "cooperation": "testallianz",
    "name": "Testallianz",
    "short_name": "Testallianz",
    "claim": None,
    "home": {"text": "Testallianz im Netz", "url": HOST},
    "archive": {"text": "Alle Ausgaben", "url": f"{HOST}newsletter/"},
    "page": {"text": "Diese Ausgabe auf der Internetseite", "url": f"{HOST}newsletter/ausgabe-7/"},
    "number": 7,
    "date": "2026-11-19T08:00:00+01:00",
    "issue": "Ausgabe 7 · 19. November 2026",
    "subject": "Neues aus dem Tal",
    "preheader": "Was ansteht.",
    "sender": "newsletter@test.example.org",
    "list_address": "raete@lists.example.org",
    "logo": None,
    "editorial": "<p>Guten Tag.</p>",
    "sections": [],
    "imprint": {
        "name": "Testallianz",
        "address": "Rathausplatz 1, 95999 Talheim",
        "phone": None,
        "email": None,
        "responsible": None,
        "links": [{"text": "Impressum", "url": f"{HOST}impressum/"}],
    },
    "unsubscribe": {"text": "Newsletter abbestellen", "url": MERGE["unsubscribe"]},
    "web_view": {"text": "Im Browser ansehen", "url": MERGE["web_view"]},
}


def letter_of(data: Mapping[str, Any]) -> Letter:
    """Return a letter of the fields in ``data``, the others as in `ENOUGH`."""
    values = {**ENOUGH, **data}
    return Letter(
        **values
        | {name: Link(**values[name]) for name in ("home", "archive", "page", "unsubscribe", "web_view")}
        | {
            "date": datetime.fromisoformat(str(values["date"])),
            "logo": Picture(**values["logo"]) if values["logo"] else None,
            "sections": tuple(map(_section, values["sections"])),
            "imprint": Imprint(**values["imprint"] | {"links": _links(values["imprint"]["links"])}),
        }
    )


def _section(data: Mapping[str, Any]) -> Section:
    items = tuple(_decided(item) if "result" in item else _teaser(item) for item in data.get("items", ()))
    return Section(id=data["id"], title=data["title"], items=items, links=_links(data.get("links", ())))


def _teaser(data: Mapping[str, Any]) -> Teaser:
    made = {"link": Link, "calendar": Link, "badge": Badge, "picture": Picture}
    given = {name: made[name](**value) if name in made else value for name, value in data.items()}
    given["municipalities"] = tuple(given.get("municipalities", ()))
    return Teaser(**{"id": "a", "kind": "news", "label": "Meldung", "summary": "Kurz."} | given)


def _decided(data: Mapping[str, Any]) -> Decided:
    return Decided(**{"id": "a", "counts": None} | dict(data) | {"link": Link(**data["link"])})


def _links(data: Any) -> tuple[Link, ...]:
    return tuple(Link(**link) for link in data)


FULL = letter_of(
    {
        "audience": "raete",
        "audience_name": "Rätinnen und Räte",
        "claim": "Zwei Orte, ein Tal.",
        "logo": {"url": f"{HOST}logo.png", "alt": "Wappen", "width": 320, "height": 90, "credit": "Amt"},
        "editorial": f'<h3>Vorweg</h3>\n<p>Mehr im <a href="{HOST}leitbild/">Leitbild</a>.</p>',
        "sections": [
            {
                "id": "news",
                "title": "Aktuelles",
                "items": [
                    {
                        "title": "Radweg eröffnet",
                        "summary": "Der Radweg ist frei.",
                        "link": {"text": "Weiterlesen: Radweg eröffnet", "url": f"{HOST}aktuelles/radweg/"},
                        "date": "2. November 2026",
                        "municipalities": ["Stadt Talheim", "Gemeinde Bergdorf"],
                        "picture": {"url": f"{HOST}rad.png", "alt": "Rad", "width": 9, "height": 9, "credit": "Amt"},
                    }
                ],
            },
            {
                "id": "events",
                "title": "Termine",
                "items": [
                    {
                        "kind": "event",
                        "label": "Versammlung",
                        "title": "Bürgerforum",
                        "summary": "Alle reden mit.",
                        "link": {"text": "Zum Termin: Bürgerforum", "url": f"{HOST}termine/forum/"},
                        "badge": {"day": "9", "month": "Dez.", "year": "2026"},
                        "when": "Mittwoch, 9. Dezember 2026, 18:30 Uhr",
                        "where": "Bürgerhaus, Weg 1, 95999 Bergdorf",
                        "calendar": {"text": "In den Kalender: Bürgerforum", "url": f"{HOST}termine/forum.ics"},
                    },
                    {
                        "kind": "event",
                        "label": "Fest",
                        "title": "Dorffest",
                        "link": {"text": "Zum Termin: Dorffest", "url": f"{HOST}termine/fest/"},
                        "date": "5. Dezember 2026",
                        "cancelled": "Sturm",
                    },
                ],
            },
            {
                "id": "decisions",
                "title": "Beschlüsse",
                "items": [
                    {
                        "title": "Radweg, Abschnitt 2",
                        "text": "Der zweite Abschnitt wird gebaut.",
                        "result": "mehrheitlich angenommen",
                        "counts": "12 Ja, 1 Nein",
                        "committee": "Lenkungsgruppe",
                        "date": "17. September 2026",
                        "link": {"text": "Im Protokoll nachlesen: Radweg", "url": f"{HOST}protokolle/1/#b1"},
                    }
                ],
            },
            {
                "id": "more",
                "title": "Weitere Meldungen",
                "links": [{"text": "Freibad öffnet", "url": f"{HOST}aktuelles/freibad/"}],
            },
        ],
        "imprint": {
            "name": "Geschäftsstelle",
            "address": "Rathausplatz 1, 95999 Talheim",
            "phone": "09999 1",
            "email": "info@test.example.org",
            "responsible": "Kim Beispiel, Rathausplatz 1",
            "links": [{"text": "Datenschutz", "url": f"{HOST}datenschutz/"}],
        },
    }
)
"""A letter in which no field is empty."""


def places(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each text of a letter with the way to it: the names of fields, and numbers."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from places(item, (*place, number))
    elif is_dataclass(value):
        for field in fields(value):
            yield from places(getattr(value, field.name), (*place, field.name))


def with_text(value: Any, place: tuple[str | int, ...], text: str) -> Any:
    """Return the letter with another text at a place."""
    if not place:
        return text
    first, *rest = place
    if isinstance(first, int):
        return (*value[:first], with_text(value[first], tuple(rest), text), *value[first + 1 :])
    return replace(value, **{first: with_text(getattr(value, first), tuple(rest), text)})
