"""When an event comes again."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.meanings import Meanings
from generator.model.mistake import mistake
from generator.model.moments import Date
from generator.model.numbers import Integer
from generator.model.record import Record

_FREQUENCIES = Meanings(
    {
        "daily": "täglich",
        "weekly": "wöchentlich",
        "monthly": "am gleichen Tag im Monat",
        "monthly_weekday": "am gleichen Wochentag im Monat (etwa jeden ersten Donnerstag)",
        "yearly": "jährlich",
    }
)


class Recurrence(Record):
    """A rule by which an event is repeated, up to a last day (RFC 5545, 3.3.10 in plain words)."""

    frequency: Annotated[
        Literal["daily", "weekly", "monthly", "monthly_weekday", "yearly"],
        _FREQUENCIES,
        Field(title="Rhythmus", description=_FREQUENCIES.told, examples=["monthly_weekday"]),
    ]
    interval: Annotated[
        Integer, Field(title="Abstand", description="2 bei weekly heißt: alle zwei Wochen.", ge=1, examples=["1"])
    ] = 1
    until: Annotated[
        Date,
        Field(title="Bis", description="Letzter Tag, an dem der Termin stattfinden kann.", examples=["2027-12-31"]),
    ]
    exceptions: Annotated[
        tuple[Date, ...], Field(title="Ausnahmen", description="Tage, an denen er ausfällt.", examples=["2027-01-05"])
    ] = ()

    @model_validator(mode="after")
    def _exceptions_within(self) -> "Recurrence":
        for exception in self.exceptions:
            if exception > self.until:
                raise mistake(
                    f"Die Ausnahme {exception.isoformat()} liegt nach dem letzten Tag {self.until.isoformat()}.",
                    "Datum prüfen.",
                    field="exceptions",
                )
        return self
