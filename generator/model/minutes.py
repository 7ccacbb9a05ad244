"""Minutes of a committee, and what its meeting decided."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from generator.model.entry import Entry
from generator.model.ids import CommitteeId
from generator.model.meanings import Meanings
from generator.model.mistake import mistake
from generator.model.moments import Moment, is_before
from generator.model.numbers import Integer
from generator.model.record import Record
from generator.model.texts import Line

_STATES = Meanings({"preliminary": "vorläufig", "approved": "genehmigt"})


class Attendance(Record):
    """Who was there: counts or roles, never names."""

    present: Annotated[Integer | None, Field(title="Anwesend", description="Anzahl.", examples=["12"])] = None
    excused: Annotated[Integer | None, Field(title="Entschuldigt", description="Anzahl.", examples=["2"])] = None
    absent: Annotated[Integer | None, Field(title="Abwesend", description="Anzahl.", examples=["0"])] = None
    roles: Annotated[
        tuple[Line, ...],
        Field(title="Funktionen", description="Zum Beispiel „Bauamtsleitung“.", examples=["Bauamtsleitung"]),
    ] = ()


class Vote(Record):
    """The outcome of a vote; counts are None where only „einstimmig“ or „mehrheitlich“ was recorded."""

    yes: int | None = None
    no: int | None = None
    abstentions: int | None = None
    unanimous: bool = False
    carried: bool


class Decision(Record):
    """What was decided under an agenda item."""

    id: str
    """``<minutes id>-top-<number>-beschluss-<count>``: stays as long as the file and the item's number stay."""

    text: str
    """The wording, as Markdown."""

    vote: Vote | None
    line: int


class Task(Record):
    """What somebody is to do, by role, until a day."""

    id: str
    text: str
    """What is to be done, as Markdown, without role and day."""

    role: str
    due: date | None
    line: int


class AgendaItem(Record):
    """An item of the agenda (Tagesordnungspunkt)."""

    number: str
    """``3`` or ``3.1``."""

    title: str
    line: int
    decisions: tuple[Decision, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the item's heading on the page."""
        return f"top-{self.number.replace('.', '-')}"


class Section(Record):
    """A heading of the minutes with the text below it, up to the next heading."""

    markdown: str
    """The text with its heading; items, decisions and tasks carry their ids as attribute lists."""

    public: bool
    item: AgendaItem | None = None
    """The agenda item the heading opens, if it is one; non-public sections are not taken apart."""


class Minutes(Entry):
    """The minutes of one meeting of a committee."""

    label: ClassVar[str] = "Protokoll"

    committee: Annotated[
        CommitteeId, Field(title="Gremium", description="Kennung des Gremiums.", examples=["lenkungsgruppe"])
    ]
    start: Annotated[
        Moment, Field(title="Beginn", description="Tag und Uhrzeit der Sitzung.", examples=["2026-12-01 18:00"])
    ]
    end: Annotated[
        Moment | None, Field(title="Ende", description="Tag und Uhrzeit.", examples=["2026-12-01 20:15"])
    ] = None
    place: Annotated[
        Line | None, Field(title="Ort", description="Wo getagt wurde.", examples=["Rathaus, Großer Sitzungssaal"])
    ] = None
    state: Annotated[
        Literal["preliminary", "approved"],
        _STATES,
        Field(title="Stand", description=_STATES.told, examples=["approved"]),
    ] = "preliminary"
    attendance: Annotated[Attendance | None, Field(title="Anwesenheit", description="Zahlen oder Funktionen.")] = None
    withdraw_on: Annotated[
        Moment | None,
        Field(
            title="Zurückziehen am",
            description="Ab diesem Tag ist das Protokoll nicht mehr öffentlich.",
            examples=["2036-12-31"],
        ),
    ] = None
    sections: Annotated[tuple[Section, ...], Field(exclude=True)] = ()
    """The body taken apart; set by the reader."""

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Minutes":
        if self.end is not None and is_before(self.end, self.start):
            raise mistake("Das Ende liegt vor dem Beginn.", "„start“ und „end“ prüfen.", "end")
        return self

    @property
    def agenda(self) -> tuple[AgendaItem, ...]:
        """The items that were taken apart, in the order of the text."""
        return tuple(section.item for section in self.sections if section.item is not None)

    @property
    def visible_from(self) -> datetime:
        """The moment before which they are not public: „publish“, else when the meeting was over, or began."""
        return self.publish or self.end or self.start
