"""What every entry has in common, whatever its type."""

import posixpath
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from generator.model.addresses import EmailAddress, OldAddress
from generator.model.ids import AudienceId, Id, MunicipalityId, TopicId
from generator.model.mistake import mistake
from generator.model.moments import EndOfDay, Moment
from generator.model.numbers import YesNo
from generator.model.record import Record
from generator.model.texts import Line, Short, Text


class Source(Record):
    """Where an entry comes from and where it goes: set by the reader, never written by an author."""

    path: PurePosixPath
    """The file, relative to the content folder."""

    url: str
    """The page's address, relative to the site's root: ``aktuelles/2026-11-02-radweg/``."""

    body: str
    """The text below the front matter, as Markdown."""

    body_line: int
    """The line of the file, counted from 1, on which the body begins."""


class Contact(Record):
    """A person or office to ask."""

    name: Annotated[Line, Field(title="Name", description="Person oder Stelle.", examples=["Pressestelle"])]
    role: Annotated[
        Line | None,
        Field(title="Funktion", description="Zum Beispiel „Pressestelle“.", examples=["Öffentlichkeitsarbeit"]),
    ] = None
    phone: Annotated[Line | None, Field(title="Telefon", description="Mit Vorwahl.", examples=["09999 123-45"])] = None
    email: Annotated[
        EmailAddress | None,
        Field(title="E-Mail", description="Adresse, die gelesen wird.", examples=["presse@example.org"]),
    ] = None


class Image(Record):
    """The picture of an entry."""

    file: Annotated[
        Text, Field(title="Datei", description="Pfad, vom Text aus gesehen.", examples=["/bilder/bild.jpg"])
    ]
    alt: Annotated[
        Line | None,
        Field(
            title="Alternativtext",
            description="Was auf dem Bild zu sehen ist, für Vorleseprogramme.",
            examples=["Was auf dem Bild zu sehen ist"],
        ),
    ] = None
    decorative: Annotated[
        YesNo, Field(title="Schmuckbild", description="Ja, wenn das Bild nichts mitteilt.", examples=["nein"])
    ] = False
    credit: Annotated[
        Line,
        Field(title="Bildnachweis", description="Wer das Bild gemacht hat.", examples=["Wer das Bild gemacht hat"]),
    ]
    licence: Annotated[
        Line | None, Field(title="Lizenz", description="Zum Beispiel „CC BY 4.0“.", examples=["CC BY 4.0"])
    ] = None

    @model_validator(mode="after")
    def _described(self) -> "Image":
        if self.decorative == bool(self.alt):
            raise mistake(
                "Das Bild braucht entweder einen Alternativtext oder ist ein Schmuckbild.",
                "„alt: Was zu sehen ist“ schreiben oder „decorative: ja“.",
            )
        return self


class Attachment(Record):
    """A file to download."""

    file: Annotated[
        Text, Field(title="Datei", description="Pfad, vom Text aus gesehen.", examples=["/anlagen/plan.pdf"])
    ]
    title: Annotated[Line, Field(title="Titel", description="Was in der Datei steht.", examples=["Lageplan"])]
    public: Annotated[
        YesNo, Field(title="Öffentlich", description="Nein für Anlagen zu nichtöffentlichen Punkten.", examples=["ja"])
    ] = True


class Change(Record):
    """A note on what was changed after publication."""

    date: Annotated[Moment, Field(title="Datum", description="Wann geändert wurde.", examples=["2026-12-01"])]
    note: Annotated[
        Line, Field(title="Hinweis", description="Was sich geändert hat.", examples=["Der Termin wurde berichtigt."])
    ]
    major: Annotated[
        YesNo, Field(title="Wesentlich", description="Ja, wenn Leserinnen und Leser es wissen sollen.", examples=["ja"])
    ] = False


class SignOff(Record):
    """One municipality's signature under a joint text (Mitzeichnung)."""

    municipality: Annotated[
        MunicipalityId, Field(title="Kommune", description="Kennung der Kommune.", examples=["musterstadt"])
    ]
    role: Annotated[
        Line | None,
        Field(title="Funktion", description="Wer gezeichnet hat, ohne Namen.", examples=["Erste Bürgermeisterin"]),
    ] = None
    date: Annotated[
        Moment | None,
        Field(title="Datum", description="Leer, solange noch nicht gezeichnet ist.", examples=["2026-12-01"]),
    ] = None


class Entry(Record):
    """A text of the office: what all types share."""

    label: ClassVar[str] = "Text"
    """The type's German name, as an editor knows it."""

    stand_ins: ClassVar[Mapping[str, str]] = {}
    """Fields that may be left out to the fields that then stand for them."""

    short_forms: ClassVar[Mapping[str, str]] = {}
    """Fields that hold a record, to the field of that record whose value may be written in its place."""

    title: Annotated[
        Line, Field(title="Titel", description="Die Überschrift.", examples=["Der neue Radweg ist fertig"])
    ]
    summary: Annotated[
        Short,
        Field(
            title="Zusammenfassung",
            description="Ein bis zwei Sätze, höchstens 300 Zeichen.",
            examples=["Ein bis zwei Sätze, die für sich stehen."],
        ),
    ]
    id: Annotated[
        Id,
        Field(title="Kennung", description="Bleibt, auch wenn die Datei umbenannt wird.", examples=["radweg-fertig"]),
    ]
    draft: Annotated[YesNo, Field(title="Entwurf", description="Ja hält den Text zurück.", examples=["ja"])] = False
    publish: Annotated[
        Moment | None,
        Field(
            title="Veröffentlichen ab", description="Vorher erscheint der Text nirgends.", examples=["2026-12-01 08:00"]
        ),
    ] = None
    expires: Annotated[
        EndOfDay | None,
        Field(
            title="Läuft ab",
            description="Danach verschwindet der Text; ein Tag zählt noch ganz.",
            examples=["2027-01-31"],
        ),
    ] = None
    municipalities: Annotated[
        tuple[MunicipalityId, ...], Field(title="Kommunen", description="Kennungen der Kommunen, die es betrifft.")
    ] = ()
    topics: Annotated[tuple[TopicId, ...], Field(title="Themen", description="Kennungen der Themen.")] = ()
    projects: Annotated[
        tuple[Line, ...], Field(title="Projekte", description="Namen der Projekte.", examples=["Radweg im Tal"])
    ] = ()
    audiences: Annotated[
        tuple[AudienceId, ...], Field(title="Zielgruppen", description="Kennungen der Zielgruppen.")
    ] = ()
    tags: Annotated[
        tuple[Line, ...], Field(title="Schlagwörter", description="Freie Stichwörter.", examples=["Radverkehr"])
    ] = ()
    image: Annotated[Image | None, Field(title="Bild", description="Das Bild zum Text.")] = None
    attachments: Annotated[
        tuple[Attachment, ...], Field(title="Anlagen", description="Dateien zum Herunterladen.")
    ] = ()
    contact: Annotated[Contact | None, Field(title="Kontakt", description="Wer Fragen beantwortet.")] = None
    aliases: Annotated[
        tuple[OldAddress, ...],
        Field(
            title="Frühere Adressen",
            description="Alte Adressen, die hierher weiterleiten.",
            examples=["/alte-adresse/"],
        ),
    ] = ()
    changes: Annotated[
        tuple[Change, ...], Field(title="Änderungen", description="Was nach der Veröffentlichung geändert wurde.")
    ] = ()
    sign_off: Annotated[
        tuple[SignOff, ...], Field(title="Mitzeichnung", description="Erscheint erst, wenn alle gezeichnet haben.")
    ] = ()
    source: Annotated[Source, Field(exclude=True)]

    @property
    def url(self) -> str:
        """The page's address, relative to the site's root."""
        return self.source.url

    @property
    def former_urls(self) -> tuple[str, ...]:
        """The addresses of `aliases`, as `url` is written; that of a single file ends in ``.html``."""
        return tuple(_as_url(alias) for alias in self.aliases)

    @property
    def visible_from(self) -> datetime | None:
        """The moment before which the entry is not public; None: no such moment."""
        return self.publish

    @property
    def public_since(self) -> datetime | None:
        """The moment since which nothing has held it back, as far as its fields tell: signatures count, too."""
        moments = [self.visible_from, *(signature.date for signature in self.sign_off)]
        return max((moment for moment in moments if moment is not None), default=None)

    @property
    def published(self) -> datetime | None:
        """The moment feeds and calendars give as the entry's publication."""
        return self.visible_from

    @cached_property
    def updated(self) -> datetime | None:
        """When it last changed, else was published; never the clock, so a rebuild gives the same bytes."""
        moments = [change.date for change in self.changes]
        if self.published is not None:
            moments.append(self.published)
        return max(moments, default=None)


def _as_url(path: str) -> str:
    """Return the address at which a page is found, of a path as it was once written (``/alt/radweg/index.html``)."""
    folder, name = posixpath.split(path.strip("/"))
    if name == "index.html":
        return posixpath.join(folder, "")
    return posixpath.join(folder, name if name.endswith(".html") else f"{name}/")
