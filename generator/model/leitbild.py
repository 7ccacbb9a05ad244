"""The Leitbild: what the municipalities want to reach together, and how they tell that they are getting there."""

from typing import Annotated, ClassVar

from pydantic import Field

from generator.model.entry import Entry
from generator.model.ids import Id
from generator.model.moments import Date
from generator.model.numbers import Number
from generator.model.record import Record
from generator.model.texts import Line, Text


class Measurement(Record):
    """What an indicator read on a day."""

    date: Annotated[Date, Field(title="Stand", description="Tag, für den der Wert gilt.", examples=["2026-12-31"])]
    value: Annotated[Number, Field(title="Wert", description="Zahl ohne Einheit.", examples=["12"])]
    source: Annotated[Line | None, Field(title="Quelle", description="Woher der Wert kommt.", examples=["Bauamt"])] = (
        None
    )


class Indicator(Record):
    """A figure that tells how near a goal is."""

    name: Annotated[
        Line | None,
        Field(title="Kennzahl", description="Was gezählt oder gemessen wird.", examples=["Länge der Radwege"]),
    ] = None
    unit: Annotated[Line, Field(title="Einheit", description="Zum Beispiel „Kilometer“.", examples=["Kilometer"])]
    start: Annotated[Number | None, Field(title="Ausgangswert", description="Wert zu Beginn.", examples=["4"])] = None
    target: Annotated[
        Number | None, Field(title="Zielwert", description="Wert, der erreicht werden soll.", examples=["20"])
    ] = None
    values: Annotated[tuple[Measurement, ...], Field(title="Werte", description="Werte mit Datum und Quelle.")] = ()


class Goal(Record):
    """Something to reach."""

    id: Annotated[
        Id, Field(title="Kennung", description="Bleibt, auch wenn der Wortlaut sich ändert.", examples=["radwege"])
    ]
    text: Annotated[
        Text,
        Field(
            title="Ziel",
            description="Was erreicht werden soll, in einem Satz.",
            examples=["Alle Orte sind mit dem Rad sicher zu erreichen."],
        ),
    ]
    indicators: Annotated[tuple[Indicator, ...], Field(title="Kennzahlen", description="Woran man es merkt.")] = ()


class FieldOfAction(Record):
    """A field of work with its goals (Handlungsfeld)."""

    id: Annotated[Id, Field(title="Kennung", description="Für Adressen und Verweise.", examples=["mobilitaet"])]
    title: Annotated[Line, Field(title="Titel", description="Name des Handlungsfeldes.", examples=["Unterwegs"])]
    text: Annotated[
        Text | None,
        Field(title="Beschreibung", description="Ein bis zwei Sätze.", examples=["Wie wir ans Ziel kommen."]),
    ] = None
    goals: Annotated[tuple[Goal, ...], Field(title="Ziele", description="Die Ziele des Handlungsfeldes.")] = ()


class Leitbild(Entry):
    """The Leitbild with its fields of action, goals and indicators."""

    label: ClassVar[str] = "Leitbild"

    vision: Annotated[
        Text,
        Field(
            title="Vision", description="Das große Bild in wenigen Sätzen.", examples=["Gemeinsam erreichen wir mehr."]
        ),
    ]
    adopted_on: Annotated[
        Date | None, Field(title="Beschlossen am", description="Tag des Beschlusses.", examples=["2026-07-01"])
    ] = None
    version: Annotated[
        Line | None, Field(title="Fassung", description="Zum Beispiel „2. Fortschreibung“.", examples=["1. Fassung"])
    ] = None
    fields: Annotated[tuple[FieldOfAction, ...], Field(title="Handlungsfelder", description="Mit ihren Zielen.")] = ()
