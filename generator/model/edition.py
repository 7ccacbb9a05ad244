"""Newsletter editions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, model_validator

from generator.model.entry import Entry
from generator.model.form import Form
from generator.model.ids import AudienceId, EntryId, MunicipalityId, TopicId
from generator.model.meanings import Meanings
from generator.model.moments import MOMENT, Moment, parse_moment
from generator.model.numbers import Integer
from generator.model.record import Record
from generator.model.texts import Line

_LAST = "last_edition"
_SINCE = Form(
    name="last_edition_or_moment",
    pattern=f"{_LAST}|{MOMENT.pattern}",
    wrong=MOMENT.wrong,
    remedy=MOMENT.remedy,
    expected=MOMENT.expected,
)


def _parse_since(value: Any, info: ValidationInfo) -> datetime | str:
    return _LAST if value == _LAST else parse_moment(value, info)


LastEditionOrMoment = Annotated[datetime | Literal["last_edition"], BeforeValidator(_parse_since), _SINCE]


_KINDS = Meanings({"news": "Meldungen", "press": "Presse", "event": "Termine", "minutes": "Protokolle"})


class Query(Record):
    """Which entries an edition takes in."""

    since: Annotated[
        LastEditionOrMoment | None,
        Field(
            title="Seit", description="last_edition: seit der letzten Ausgabe; oder ein Tag.", examples=["last_edition"]
        ),
    ] = None
    kinds: Annotated[
        tuple[Annotated[Literal["news", "press", "event", "minutes"], _KINDS], ...],
        Field(title="Arten", description=_KINDS.told, examples=["news"]),
    ] = ()
    topics: Annotated[tuple[TopicId, ...], Field(title="Themen", description="Nur diese Themen.")] = ()
    municipalities: Annotated[
        tuple[MunicipalityId, ...], Field(title="Kommunen", description="Nur diese Kommunen.")
    ] = ()
    audiences: Annotated[
        tuple[AudienceId, ...], Field(title="Zielgruppen", description="Nur für diese Zielgruppen.")
    ] = ()
    limit: Annotated[Integer | None, Field(title="Höchstens", description="Wie viele Einträge.", examples=["8"])] = None


class Edition(Entry):
    """An edition of the newsletter; its body is the editorial."""

    label: ClassVar[str] = "Newsletter-Ausgabe"
    stand_ins: ClassVar[Mapping[str, str]] = {"title": "subject", "summary": "preheader"}

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
        tuple[EntryId, ...],
        Field(title="Beiträge", description="Kennungen der Beiträge, der Reihe nach.", examples=["radweg-fertig"]),
    ] = ()
    query: Annotated[Query | None, Field(title="Auswahl", description="Nimmt auf, was zur Auswahl passt.")] = None

    @model_validator(mode="before")
    @classmethod
    def _named_by_subject(cls, data: Any) -> Any:
        """Let subject and preheader stand for title and summary, so that nothing is written twice."""
        if isinstance(data, dict):
            for key, stand_in in cls.stand_ins.items():
                if key not in data and stand_in in data:
                    data = data | {key: data[stand_in]}
        return data

    @property
    def visible_from(self) -> datetime:
        """The moment before which it is not public: „publish“, else the first second of its day."""
        return self.publish or self.date
