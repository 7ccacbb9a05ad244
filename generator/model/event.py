"""Events and what a visitor needs to know of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from generator.model.addresses import EmailAddress, WebAddress
from generator.model.entry import Entry
from generator.model.ids import EntryId, MunicipalityId
from generator.model.meanings import Meanings
from generator.model.mistake import mistake
from generator.model.moments import DateOrTime, is_before
from generator.model.numbers import Integer, YesNo
from generator.model.record import Record
from generator.model.recurrence import Recurrence
from generator.model.texts import Line

_ANNOUNCED_BEFORE = timedelta(weeks=4)

EventKind = Literal["meeting", "assembly", "workshop", "consultation", "excursion", "festival", "course", "other"]
_KINDS = Meanings(
    {
        "meeting": "Sitzung",
        "assembly": "Versammlung",
        "workshop": "Werkstatt",
        "consultation": "Sprechstunde",
        "excursion": "Exkursion",
        "festival": "Fest",
        "course": "Kurs",
        "other": "Sonstiges",
    }
)


class Location(Record):
    """Where it takes place."""

    name: Annotated[Line, Field(title="Ort", description="Zum Beispiel „Bürgerhaus“.", examples=["Bürgerhaus"])]
    address: Annotated[
        Line | None,
        Field(
            title="Anschrift", description="Straße, Postleitzahl und Ort.", examples=["Marktplatz 1, 95999 Musterstadt"]
        ),
    ] = None
    municipality: Annotated[
        MunicipalityId | None, Field(title="Kommune", description="Kennung der Kommune.", examples=["musterstadt"])
    ] = None


class Online(Record):
    """How to take part from afar."""

    url: Annotated[
        WebAddress,
        Field(
            title="Adresse",
            description="Internetadresse der Veranstaltung.",
            examples=["https://konferenz.example.org/raum"],
        ),
    ]
    note: Annotated[
        Line | None,
        Field(title="Hinweis", description="Zum Beispiel „ohne Anmeldung“.", examples=["Einwahl ab 18 Uhr"]),
    ] = None


class Registration(Record):
    """Whether and how to register."""

    required: Annotated[
        YesNo, Field(title="Erforderlich", description="Ja, wenn es ohne Anmeldung nicht geht.", examples=["ja"])
    ] = True
    url: Annotated[
        WebAddress | None,
        Field(title="Adresse", description="Anmeldeseite.", examples=["https://anmeldung.example.org/"]),
    ] = None
    email: Annotated[
        EmailAddress | None,
        Field(title="E-Mail", description="Adresse für die Anmeldung.", examples=["anmeldung@example.org"]),
    ] = None
    deadline: Annotated[
        DateOrTime | None, Field(title="Anmeldeschluss", description="Letzter Tag.", examples=["2026-12-01"])
    ] = None
    places: Annotated[
        Integer | None, Field(title="Plätze", description="Wie viele Menschen Platz haben.", examples=["40"])
    ] = None


class Accessibility(Record):
    """What is known of the place's accessibility. What is not stated is unknown, never „no“."""

    step_free: Annotated[YesNo | None, Field(title="Stufenlos", description="Zugang ohne Stufen.", examples=["ja"])] = (
        None
    )
    wc: Annotated[YesNo | None, Field(title="WC", description="Barrierefreies WC.", examples=["ja"])] = None
    hearing_loop: Annotated[
        YesNo | None, Field(title="Höranlage", description="Induktive Höranlage.", examples=["nein"])
    ] = None
    sign_language: Annotated[
        YesNo | None, Field(title="Gebärdensprache", description="Verdolmetschung.", examples=["nein"])
    ] = None
    captions: Annotated[
        YesNo | None, Field(title="Untertitel", description="Mitschrift oder Untertitel.", examples=["nein"])
    ] = None
    note: Annotated[
        Line | None, Field(title="Hinweis", description="Was sonst wichtig ist.", examples=["Parkplätze vor dem Haus"])
    ] = None


class Cancelled(Record):
    """That it does not take place, and why."""

    reason: Annotated[
        Line, Field(title="Grund", description="Warum der Termin ausfällt.", examples=["Der Saal ist nicht benutzbar."])
    ]


class Event(Entry):
    """Something that takes place."""

    label: ClassVar[str] = "Termin"
    short_forms: ClassVar[Mapping[str, str]] = {"location": "name", "online": "url"}

    start: Annotated[
        DateOrTime,
        Field(title="Beginn", description="Tag und Uhrzeit; ein Tag allein: ganztägig.", examples=["2026-12-01 18:30"]),
    ]
    end: Annotated[
        DateOrTime | None, Field(title="Ende", description="Tag und Uhrzeit.", examples=["2026-12-01 20:00"])
    ] = None
    kind: Annotated[
        EventKind,
        _KINDS,
        Field(title="Art", description=_KINDS.told, examples=["assembly"]),
    ] = "other"
    location: Annotated[Location | None, Field(title="Ort", description="Wo der Termin stattfindet.")] = None
    online: Annotated[Online | None, Field(title="Online", description="Wo er im Netz stattfindet.")] = None
    organizer: Annotated[
        Line | None, Field(title="Veranstalter", description="Wer einlädt.", examples=["Stadt Musterstadt"])
    ] = None
    registration: Annotated[Registration | None, Field(title="Anmeldung", description="Ob und wie.")] = None
    accessibility: Annotated[
        Accessibility, Field(title="Barrierefreiheit", description="Nur eintragen, was bekannt ist.")
    ] = Field(default_factory=Accessibility)
    recurrence: Annotated[Recurrence | None, Field(title="Wiederholung", description="Wenn er wiederkehrt.")] = None
    cancelled: Annotated[Cancelled | None, Field(title="Abgesagt", description="Nur bei einer Absage.")] = None
    report: Annotated[
        EntryId | None,
        Field(
            title="Bericht", description="Kennung der Meldung darüber, was daraus wurde.", examples=["was-daraus-wurde"]
        ),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, data: Any) -> Any:
        """Let a place be written as its name and an online event as its address."""
        if isinstance(data, dict):
            for key, inner in cls.short_forms.items():
                if isinstance(data.get(key), str):
                    data = data | {key: {inner: data[key]}}
        return data

    @model_validator(mode="after")
    def _takes_place_somewhere(self) -> "Event":
        if self.location is None and self.online is None:
            raise mistake("Dem Termin fehlt der Ort.", "„location“ oder „online“ ergänzen.")
        return self

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Event":
        if self.end is None:
            return self
        if self.all_day != (not isinstance(self.end, datetime)):
            raise mistake(
                "Beginn und Ende passen nicht zusammen.", "Bei beiden eine Uhrzeit angeben oder bei keinem.", "end"
            )
        if is_before(self.end, self.start):
            raise mistake("Das Ende liegt vor dem Beginn.", "„start“ und „end“ prüfen.", "end")
        return self

    @property
    def all_day(self) -> bool:
        """Whether it is given by days, without a time."""
        return not isinstance(self.start, datetime)

    @property
    def start_day(self) -> date:
        """The (first) day on which it takes place."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def published(self) -> datetime:
        """When it was announced: „publish“, else four weeks before it begins, so no feed dates it in the future."""
        start = self.start if isinstance(self.start, datetime) else datetime.combine(self.start, time(), UTC)
        return self.publish or start - _ANNOUNCED_BEFORE
