"""The Leitbild: what the municipalities want to reach together, and how they tell that they are getting there."""

from typing import Annotated, ClassVar

from pydantic import Field

from generator.model.entry import Entry
from generator.model.record import Record
from generator.model.scalars import Date, Id, Line, Number, Text


class Measurement(Record):
    """What an indicator read on a day."""

    date: Annotated[Date, Field(title="Stand", description="Tag, für den der Wert gilt.")]
    value: Annotated[Number, Field(title="Wert", description="Zahl ohne Einheit.")]
    source: Annotated[Line | None, Field(title="Quelle", description="Woher der Wert kommt.")] = None


class Indicator(Record):
    """A figure that tells how near a goal is."""

    name: Annotated[Line | None, Field(title="Kennzahl", description="Was gezählt oder gemessen wird.")] = None
    unit: Annotated[Line, Field(title="Einheit", description="Zum Beispiel „Kilometer“.")]
    start: Annotated[Number | None, Field(title="Ausgangswert", description="Wert zu Beginn.")] = None
    target: Annotated[Number | None, Field(title="Zielwert", description="Wert, der erreicht werden soll.")] = None
    values: Annotated[tuple[Measurement, ...], Field(title="Werte", description="Werte mit Datum und Quelle.")] = ()


class Goal(Record):
    """Something to reach."""

    id: Annotated[Id, Field(title="Kennung", description="Bleibt, auch wenn der Wortlaut sich ändert.")]
    text: Annotated[Text, Field(title="Ziel", description="Was erreicht werden soll, in einem Satz.")]
    indicators: Annotated[tuple[Indicator, ...], Field(title="Kennzahlen", description="Woran man es merkt.")] = ()


class FieldOfAction(Record):
    """A field of work with its goals (Handlungsfeld)."""

    id: Annotated[Id, Field(title="Kennung", description="Für Adressen und Verweise.")]
    title: Annotated[Line, Field(title="Titel", description="Name des Handlungsfeldes.")]
    text: Annotated[Text | None, Field(title="Beschreibung", description="Ein bis zwei Sätze.")] = None
    goals: Annotated[tuple[Goal, ...], Field(title="Ziele", description="Die Ziele des Handlungsfeldes.")] = ()


class Leitbild(Entry):
    """The Leitbild with its fields of action, goals and indicators."""

    label: ClassVar[str] = "Leitbild"

    vision: Annotated[Text, Field(title="Vision", description="Das große Bild in wenigen Sätzen.")]
    adopted_on: Annotated[Date | None, Field(title="Beschlossen am", description="Tag des Beschlusses.")] = None
    version: Annotated[Line | None, Field(title="Fassung", description="Zum Beispiel „2. Fortschreibung“.")] = None
    fields: Annotated[tuple[FieldOfAction, ...], Field(title="Handlungsfelder", description="Mit ihren Zielen.")] = ()
