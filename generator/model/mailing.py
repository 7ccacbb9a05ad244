"""How the newsletter is sent, and how readers subscribe to it."""

from typing import Annotated

from pydantic import Field

from generator.model.addresses import EmailAddress, WebAddress
from generator.model.ids import AudienceId, Id
from generator.model.record import Record
from generator.model.texts import Line, Text

__all__ = ["Mailing", "MailingList", "MergeTags"]


class MergeTags(Record):
    """What a sending service writes for each recipient, where it differs from what is known of it."""

    unsubscribe: Annotated[Line | None, Field(title="Abmelden", description="Platzhalter für den Abmeldelink.")] = None
    web_view: Annotated[Line | None, Field(title="Im Browser", description="Platzhalter für die Webansicht.")] = None
    first_name: Annotated[Line | None, Field(title="Vorname", description="Platzhalter für den Vornamen.")] = None


class MailingList(Record):
    """A list of the sending service."""

    audience: Annotated[
        AudienceId | None, Field(title="Zielgruppe", description="Wer den Brief bekommt; ohne Angabe alle.")
    ] = None
    address: Annotated[EmailAddress | None, Field(title="Adresse", description="Adresse der Liste bei Mailman.")] = None
    key: Annotated[
        Line | None, Field(title="Schlüssel", description="UUID der Liste bei listmonk, für das Anmeldeformular.")
    ] = None


class Mailing(Record):
    """How the newsletter is sent."""

    sender: Annotated[
        EmailAddress | None, Field(title="Absender", description="E-Mail-Adresse; sonst die der Geschäftsstelle.")
    ] = None
    unsubscribe: Annotated[
        EmailAddress | None, Field(title="Abmelden", description="Adresse, an die Abmeldungen gehen.")
    ] = None
    one_click: Annotated[
        WebAddress | None,
        Field(title="Abmelden mit einem Klick", description="Adresse des Versanddienstes (RFC 8058)."),
    ] = None
    profile: Annotated[
        Id, Field(title="Versanddienst", description="Zum Beispiel listmonk oder mailman; plain ohne.")
    ] = "plain"
    tags: Annotated[MergeTags, Field(title="Platzhalter", description="Nur, wo der Dienst andere hat.")] = Field(
        default_factory=MergeTags
    )
    greeting: Annotated[
        Line | None, Field(title="Anrede", description="Zum Beispiel „Guten Tag“; der Vorname folgt, wo es ihn gibt.")
    ] = None
    website: Annotated[
        WebAddress | None,
        Field(title="Adresse des Dienstes", description="Wo er im Netz zu finden ist, zum Beispiel listmonk."),
    ] = None
    lists: Annotated[
        tuple[MailingList, ...], Field(title="Listen", description="Die Listen, für die man sich anmelden kann.")
    ] = ()
    stored: Annotated[
        Text | None, Field(title="Gespeichert wird", description="Was beim Anmelden gespeichert wird, und wozu.")
    ] = None
    kept: Annotated[Text | None, Field(title="Wie lange", description="Wie lange es gespeichert bleibt.")] = None
    processor: Annotated[
        Text | None, Field(title="Wer verschickt", description="Wer die Adressen im Auftrag verarbeitet, und wo.")
    ] = None
