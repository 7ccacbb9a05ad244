"""What every entry has in common, whatever its type."""

from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from generator.model.record import Record
from generator.model.scalars import EmailAddress, EndOfDay, Id, Line, Moment, OldAddress, Short, Text, YesNo, mistake


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

    name: Annotated[Line, Field(title="Name", description="Person oder Stelle.")]
    role: Annotated[Line | None, Field(title="Funktion", description="Zum Beispiel „Pressestelle“.")] = None
    phone: Annotated[Line | None, Field(title="Telefon", description="Mit Vorwahl.")] = None
    email: Annotated[EmailAddress | None, Field(title="E-Mail", description="Adresse, die gelesen wird.")] = None


class Image(Record):
    """The picture of an entry."""

    file: Annotated[Text, Field(title="Datei", description="Pfad, vom Text aus gesehen.")]
    alt: Annotated[
        Line | None, Field(title="Alternativtext", description="Was auf dem Bild zu sehen ist, für Vorleseprogramme.")
    ] = None
    decorative: Annotated[YesNo, Field(title="Schmuckbild", description="Ja, wenn das Bild nichts mitteilt.")] = False
    credit: Annotated[Line, Field(title="Bildnachweis", description="Wer das Bild gemacht hat.")]
    licence: Annotated[Line | None, Field(title="Lizenz", description="Zum Beispiel „CC BY 4.0“.")] = None

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

    file: Annotated[Text, Field(title="Datei", description="Pfad, vom Text aus gesehen.")]
    title: Annotated[Line, Field(title="Titel", description="Was in der Datei steht.")]
    public: Annotated[
        YesNo, Field(title="Öffentlich", description="Nein für Anlagen zu nichtöffentlichen Punkten.")
    ] = True


class Change(Record):
    """A note on what was changed after publication."""

    date: Annotated[Moment, Field(title="Datum", description="Wann geändert wurde.")]
    note: Annotated[Line, Field(title="Hinweis", description="Was sich geändert hat.")]
    major: Annotated[
        YesNo, Field(title="Wesentlich", description="Ja, wenn Leserinnen und Leser es wissen sollen.")
    ] = False


class SignOff(Record):
    """One municipality's signature under a joint text (Mitzeichnung)."""

    municipality: Annotated[Id, Field(title="Kommune", description="Kennung der Kommune.")]
    role: Annotated[Line | None, Field(title="Funktion", description="Wer gezeichnet hat, ohne Namen.")] = None
    date: Annotated[Moment | None, Field(title="Datum", description="Leer, solange noch nicht gezeichnet ist.")] = None


class Entry(Record):
    """A text of the office: what all types share."""

    label: ClassVar[str] = "Text"
    """The type's German name, as an editor knows it."""

    title: Annotated[Line, Field(title="Titel", description="Die Überschrift.")]
    summary: Annotated[Short, Field(title="Zusammenfassung", description="Ein bis zwei Sätze, höchstens 300 Zeichen.")]
    id: Annotated[Id, Field(title="Kennung", description="Bleibt, auch wenn die Datei umbenannt wird.")]
    draft: Annotated[YesNo, Field(title="Entwurf", description="Ja hält den Text zurück.")] = False
    publish: Annotated[
        Moment | None, Field(title="Veröffentlichen ab", description="Vorher erscheint der Text nirgends.")
    ] = None
    expires: Annotated[
        EndOfDay | None, Field(title="Läuft ab", description="Danach verschwindet der Text; ein Tag zählt noch ganz.")
    ] = None
    municipalities: Annotated[
        tuple[Id, ...], Field(title="Kommunen", description="Kennungen der Kommunen, die es betrifft.")
    ] = ()
    topics: Annotated[tuple[Id, ...], Field(title="Themen", description="Kennungen der Themen.")] = ()
    projects: Annotated[tuple[Line, ...], Field(title="Projekte", description="Namen der Projekte.")] = ()
    audiences: Annotated[tuple[Id, ...], Field(title="Zielgruppen", description="Kennungen der Zielgruppen.")] = ()
    tags: Annotated[tuple[Line, ...], Field(title="Schlagwörter", description="Freie Stichwörter.")] = ()
    image: Annotated[Image | None, Field(title="Bild", description="Das Bild zum Text.")] = None
    attachments: Annotated[
        tuple[Attachment, ...], Field(title="Anlagen", description="Dateien zum Herunterladen.")
    ] = ()
    contact: Annotated[Contact | None, Field(title="Kontakt", description="Wer Fragen beantwortet.")] = None
    aliases: Annotated[
        tuple[OldAddress, ...], Field(title="Frühere Adressen", description="Alte Adressen, die hierher weiterleiten.")
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
