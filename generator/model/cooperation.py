"""The cooperation and its settings (``kooperation.yml``)."""

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from generator.model.addresses import GivenUpAddress, PageAddress, WebAddress
from generator.model.brand import Brand
from generator.model.entry import Contact
from generator.model.ids import Ags, Id, TopicId
from generator.model.mailing import Mailing
from generator.model.mistake import mistake
from generator.model.moments import Date
from generator.model.numbers import YesNo
from generator.model.record import Record
from generator.model.security import Security
from generator.model.statement import Statement
from generator.model.texts import Line, Text

LISTS = ("municipalities", "committees", "topics", "audiences")
"""The fields of a cooperation that are lists of what texts refer to by id."""


def _check_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise mistake(f"Die Zeitzone „{name}“ ist unbekannt.", "Meist ist es Europe/Berlin.") from None
    return name


class Gazette(Record):
    """A municipality's gazette (Amtsblatt)."""

    name: Annotated[Line, Field(title="Name", description="Name des Amtsblatts.")]
    url: Annotated[WebAddress | None, Field(title="Adresse", description="Internetseite.")] = None
    deadline: Annotated[Line | None, Field(title="Redaktionsschluss", description="Zum Beispiel „dienstags“.")] = None
    max_length: Annotated[Line | None, Field(title="Höchstlänge", description="Zum Beispiel „1.200 Zeichen“.")] = None


class Municipality(Record):
    """A member of the cooperation."""

    id: Annotated[Id, Field(title="Kennung", description="Für Adressen und Verweise.")]
    name: Annotated[Line, Field(title="Name", description="Zum Beispiel „Stadt Musterburg“.")]
    ags: Annotated[Ags, Field(title="AGS", description="Amtlicher Gemeindeschlüssel, acht Ziffern.")]
    url: Annotated[WebAddress | None, Field(title="Adresse", description="Internetseite der Kommune.")] = None
    summary: Annotated[Line | None, Field(title="Kurz", description="Ein Satz über die Kommune.")] = None
    coat_of_arms: Annotated[Line | None, Field(title="Wappen", description="Bilddatei in content/.")] = None
    gazette: Annotated[Gazette | None, Field(title="Amtsblatt", description="Amtsblatt der Kommune.")] = None


class Committee(Record):
    """A committee or working group."""

    id: Annotated[Id, Field(title="Kennung", description="Für Adressen und Verweise.")]
    name: Annotated[Line, Field(title="Name", description="Name des Gremiums.")]
    task: Annotated[Text | None, Field(title="Aufgabe", description="Wofür es da ist.")] = None
    members: Annotated[tuple[Line, ...], Field(title="Mitglieder", description="Funktionen, keine Namen.")] = ()
    rhythm: Annotated[Line | None, Field(title="Rhythmus", description="Wie oft es tagt.")] = None


class Topic(Record):
    """A subject under which texts are found."""

    id: Annotated[Id, Field(title="Kennung", description="Für Adressen und Verweise.")]
    name: Annotated[Line, Field(title="Name", description="Wie es auf der Seite heißt.")]
    summary: Annotated[Line | None, Field(title="Kurz", description="Ein Satz.")] = None


class Audience(Record):
    """A group of readers."""

    id: Annotated[Id, Field(title="Kennung", description="Für Adressen und Verweise.")]
    name: Annotated[Line, Field(title="Name", description="Wie sie auf der Seite heißt.")]
    topics: Annotated[
        tuple[TopicId, ...],
        Field(title="Themen", description="Nur Texte zu diesen Themen kommen in ihre Briefe; ohne Angabe alle."),
    ] = ()


class Legal(Record):
    """What the law wants named."""

    responsible_editor: Annotated[
        Line | None, Field(title="Verantwortlich", description="Nach § 18 Abs. 2 MStV, mit Anschrift.")
    ] = None
    imprint: Annotated[PageAddress, Field(title="Impressum", description="Adresse der Seite.")] = "impressum/"
    privacy: Annotated[PageAddress, Field(title="Datenschutz", description="Adresse der Seite.")] = "datenschutz/"
    accessibility: Annotated[PageAddress, Field(title="Barrierefreiheit", description="Adresse der Seite.")] = (
        "barrierefreiheit/"
    )
    statement: Annotated[
        Statement | None, Field(title="Erklärung zur Barrierefreiheit", description="Was geprüft ist und was fehlt.")
    ] = None


class Office(Contact):
    """The cooperation's office."""

    address: Annotated[Line, Field(title="Anschrift", description="Straße, Postleitzahl und Ort.")]
    hours: Annotated[Line | None, Field(title="Erreichbar", description="Wann die Geschäftsstelle besetzt ist.")] = None


class Gone(Record):
    """An address that was given up on purpose."""

    address: Annotated[GivenUpAddress, Field(title="Adresse", description="Der Pfad, wie er war.")]
    note: Annotated[Line | None, Field(title="Hinweis", description="Steht auf der Seite; sagt, warum.")] = None
    date: Annotated[Date | None, Field(title="Datum", description="Seit wann es sie nicht mehr gibt.")] = None


class Cooperation(Record):
    """The municipalities that work together, and the settings of their public relations."""

    id: Annotated[Id, Field(title="Kennung", description="Bleibt für immer; steht in Feeds und Kalendern.")]
    name: Annotated[Line, Field(title="Name", description="Voller Name der Zusammenarbeit.")]
    short_name: Annotated[Line | None, Field(title="Kurzname", description="Für enge Stellen.")] = None
    claim: Annotated[Line | None, Field(title="Leitsatz", description="Ein Satz für die Startseite.")] = None
    legal_form: Annotated[Line, Field(title="Rechtsform", description="Zum Beispiel „Zweckverband“.")]
    land: Annotated[Line, Field(title="Land", description="Bundesland.")]
    url: Annotated[WebAddress, Field(title="Adresse", description="Adresse der Microsite, mit https://.")]
    contact: Annotated[Office, Field(title="Geschäftsstelle", description="Wer erreichbar ist.")]
    municipalities: Annotated[
        tuple[Municipality, ...], Field(title="Kommunen", description="Die Mitglieder.", min_length=1)
    ]
    committees: Annotated[tuple[Committee, ...], Field(title="Gremien", description="Wer berät und beschließt.")] = ()
    topics: Annotated[tuple[Topic, ...], Field(title="Themen", description="Wonach Texte geordnet sind.")] = ()
    audiences: Annotated[tuple[Audience, ...], Field(title="Zielgruppen", description="Für wen geschrieben wird.")] = ()
    legal: Annotated[Legal, Field(title="Rechtliches", description="Pflichtangaben.")] = Field(default_factory=Legal)
    brand: Annotated[Brand, Field(title="Erscheinungsbild", description="Farben und Logo.")] = Field(
        default_factory=Brand
    )
    mailing: Annotated[Mailing, Field(title="Versand", description="Wie der Newsletter verschickt wird.")] = Field(
        default_factory=Mailing
    )
    gone: Annotated[
        tuple[Gone, ...], Field(title="Aufgegebene Adressen", description="Seiten, die es mit Absicht nicht mehr gibt.")
    ] = ()
    security: Annotated[
        Security | None, Field(title="Sicherheitsmeldungen", description="Was in security.txt steht (RFC 9116).")
    ] = None
    timezone: Annotated[
        Line, AfterValidator(_check_timezone), Field(title="Zeitzone", description="Name aus der IANA-Datenbank.")
    ] = "Europe/Berlin"
    publish_preliminary_minutes: Annotated[
        YesNo, Field(title="Vorläufige Protokolle zeigen", description="Nein hält sie bis zur Genehmigung zurück.")
    ] = False

    @property
    def base_url(self) -> str:
        """The microsite's address, ending in a slash."""
        return self.url.rstrip("/") + "/"
