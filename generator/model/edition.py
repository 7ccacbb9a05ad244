"""Newsletter editions."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, model_validator

from generator.model.entry import Entry
from generator.model.record import Record
from generator.model.scalars import Id, Integer, Line, Moment, parse_moment


def _parse_since(value: Any, info: ValidationInfo) -> datetime | str:
    return "last_edition" if value == "last_edition" else parse_moment(value, info)


LastEditionOrMoment = Annotated[datetime | Literal["last_edition"], BeforeValidator(_parse_since)]


class Query(Record):
    """Which entries an edition takes in."""

    since: Annotated[
        LastEditionOrMoment | None,
        Field(
            title="Seit", description="last_edition: seit der letzten Ausgabe; oder ein Tag.", examples=["last_edition"]
        ),
    ] = None
    kinds: Annotated[
        tuple[Literal["news", "press", "event", "minutes"], ...],
        Field(
            title="Arten",
            description="news: Meldungen, press: Presse, event: Termine, minutes: Protokolle.",
            examples=["news"],
        ),
    ] = ()
    topics: Annotated[tuple[Id, ...], Field(title="Themen", description="Nur diese Themen.")] = ()
    municipalities: Annotated[tuple[Id, ...], Field(title="Kommunen", description="Nur diese Kommunen.")] = ()
    audiences: Annotated[tuple[Id, ...], Field(title="Zielgruppen", description="Nur für diese Zielgruppen.")] = ()
    limit: Annotated[Integer | None, Field(title="Höchstens", description="Wie viele Einträge.", examples=["8"])] = None


class Edition(Entry):
    """An edition of the newsletter; its body is the editorial."""

    label: ClassVar[str] = "Newsletter-Ausgabe"

    number: Annotated[Integer, Field(title="Nummer", description="Laufende Nummer der Ausgabe.", examples=["8"])]
    date: Annotated[Moment, Field(title="Datum", description="Tag des Versands.", examples=["2026-12-01"])]
    subject: Annotated[
        Line,
        StringConstraints(max_length=60),
        Field(title="Betreff", description="Höchstens 60 Zeichen.", examples=["Was im Winter ansteht"]),
    ]
    preheader: Annotated[
        Line,
        StringConstraints(max_length=110),
        Field(
            title="Vorschautext",
            description="Was im Posteingang hinter dem Betreff steht, höchstens 110 Zeichen.",
            examples=["Der Radweg, der Haushalt und ein Fest"],
        ),
    ]
    items: Annotated[
        tuple[Id, ...],
        Field(title="Beiträge", description="Kennungen der Beiträge, der Reihe nach.", examples=["radweg-fertig"]),
    ] = ()
    query: Annotated[Query | None, Field(title="Auswahl", description="Nimmt auf, was zur Auswahl passt.")] = None

    @model_validator(mode="before")
    @classmethod
    def _named_by_subject(cls, data: Any) -> Any:
        """Let subject and preheader stand for title and summary, so that nothing is written twice."""
        if isinstance(data, dict):
            for key, stand_in in (("title", "subject"), ("summary", "preheader")):
                if key not in data and stand_in in data:
                    data = data | {key: data[stand_in]}
        return data

    @property
    def visible_from(self) -> datetime:
        """The moment before which it is not public: „publish“, else the first second of its day."""
        return self.publish or self.date
