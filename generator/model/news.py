"""News and press releases."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from generator.model.entry import Entry
from generator.model.meanings import Meanings
from generator.model.mistake import mistake
from generator.model.moments import Moment
from generator.model.record import Record
from generator.model.texts import Line, Text

_KINDS = Meanings({"news": "Meldung", "press": "Pressemitteilung"})


class Quote(Record):
    """Words of a person, cleared for print."""

    text: Annotated[
        Text,
        Field(
            title="Zitat", description="Wortlaut ohne Anführungszeichen.", examples=["Darauf haben wir lange gewartet."]
        ),
    ]
    name: Annotated[Line, Field(title="Name", description="Wer es gesagt hat.", examples=["Ida Beispiel"])]
    role: Annotated[
        Line | None,
        Field(title="Funktion", description="Zum Beispiel „Bürgermeisterin“.", examples=["Bürgermeisterin"]),
    ] = None


class News(Entry):
    """A piece of news; a press release is news of the kind „press“ with contact and place."""

    label: ClassVar[str] = "Meldung"

    date: Annotated[Moment, Field(title="Datum", description="Tag der Meldung.", examples=["2026-12-01"])]
    kind: Annotated[
        Literal["news", "press"],
        _KINDS,
        Field(title="Art", description=_KINDS.told, examples=["press"]),
    ] = "news"
    place: Annotated[
        Line | None, Field(title="Ort", description="Ortsmarke der Pressemitteilung.", examples=["Musterstadt"])
    ] = None
    embargo: Annotated[
        Moment | None,
        Field(
            title="Sperrfrist",
            description="Bis dahin bleibt die Pressemitteilung zurück.",
            examples=["2026-12-01 10:00"],
        ),
    ] = None
    quotes: Annotated[tuple[Quote, ...], Field(title="Zitate", description="Freigegebene Zitate.")] = ()

    @model_validator(mode="after")
    def _press_is_complete(self) -> "News":
        missing = [name for name in ("contact", "place") if getattr(self, name) is None]
        if self.kind == "press" and missing:
            raise mistake(
                f"Der Pressemitteilung fehlt: {', '.join(f'„{name}“' for name in missing)}.",
                "Ansprechperson (contact) und Ort (place) ergänzen.",
                field="kind",
            )
        return self

    @property
    def public_since(self) -> datetime:
        """As for every entry, and not before the embargo has ended."""
        since = super().public_since or self.visible_from
        return since if self.embargo is None else max(since, self.embargo)

    @property
    def visible_from(self) -> datetime:
        """The moment before which it is not public: „publish“, else the first second of its day."""
        return self.publish or self.date
