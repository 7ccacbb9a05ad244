"""The accessibility statement, as Implementing Decision (EU) 2018/1523 and § 12b BGG want it.

What is not stated is not claimed, and a result needs the day and the method of its assessment.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.addresses import EmailAddress, WebAddress
from generator.model.entry import Contact
from generator.model.meanings import Meanings
from generator.model.mistake import mistake
from generator.model.moments import Date
from generator.model.record import Record
from generator.model.texts import Line, Text

Ground = Literal["noncompliance", "burden", "out_of_scope"]
_GROUNDS = Meanings(
    {
        "noncompliance": "Unvereinbarkeit",
        "burden": "unverhältnismäßige Belastung",
        "out_of_scope": "außerhalb des Anwendungsbereichs",
    }
)
_RESULTS = Meanings(
    {"full": "vollständig", "partial": "teilweise", "none": "nicht vereinbar"}, "Ohne Angabe: nicht geprüft."
)
_METHODS = Meanings({"self": "Selbstbewertung", "external": "Bewertung durch Dritte"})


class Limitation(Record):
    """Something that is not accessible, and why; the reasons are compulsory (§ 12b Abs. 2 Nr. 1 BGG)."""

    what: Annotated[Line, Field(title="Was", description="Welcher Teil der Seite nicht zugänglich ist.")]
    reason: Annotated[Text, Field(title="Grund", description="Warum er nicht zugänglich ist.")]
    ground: Annotated[Ground, _GROUNDS, Field(title="Einordnung", description=_GROUNDS.told)] = "noncompliance"
    alternative: Annotated[Text | None, Field(title="Alternative", description="Wie es trotzdem geht.")] = None
    until: Annotated[Date | None, Field(title="Bis", description="Tag, bis zu dem es behoben sein soll.")] = None


class Feedback(Contact):
    """Whom to tell of barriers."""

    url: Annotated[WebAddress | None, Field(title="Adresse", description="Formular für Meldungen.")] = None
    note: Annotated[Text | None, Field(title="Hinweis", description="Zum Beispiel, wann eine Antwort kommt.")] = None


class Enforcement(Record):
    """The body to turn to when telling of a barrier did not help."""

    name: Annotated[Line, Field(title="Name", description="Name der Stelle.")]
    address: Annotated[Line | None, Field(title="Anschrift", description="Straße, Postleitzahl und Ort.")] = None
    phone: Annotated[Line | None, Field(title="Telefon", description="Mit Vorwahl.")] = None
    email: Annotated[EmailAddress | None, Field(title="E-Mail", description="Adresse, die gelesen wird.")] = None
    url: Annotated[WebAddress | None, Field(title="Adresse", description="Internetseite der Stelle.")] = None
    note: Annotated[Text | None, Field(title="Hinweis", description="Was zum Verfahren zu sagen ist.")] = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> "Enforcement":
        if not (self.address or self.phone or self.email or self.url):
            raise mistake(
                "Die Stelle für das Durchsetzungsverfahren ist so nicht erreichbar.",
                "„address“, „phone“, „email“ oder „url“ ergänzen.",
                field="name",
            )
        return self


class Statement(Record):
    """How far the site is accessible, by whose assessment, and where to turn."""

    scope: Annotated[
        Line | None, Field(title="Geltungsbereich", description="Wofür sie gilt; sonst für diese Internetseite.")
    ] = None
    law: Annotated[
        tuple[Line, ...], Field(title="Recht", description="Gesetze und Verordnungen, die gelten.", min_length=1)
    ]
    standards: Annotated[
        tuple[Line, ...], Field(title="Maßstab", description="Zum Beispiel „WCAG 2.1, Stufe AA“.", min_length=1)
    ]
    conformity: Annotated[
        Literal["full", "partial", "none"] | None,
        _RESULTS,
        Field(title="Vereinbarkeit", description=_RESULTS.told),
    ] = None
    assessed_on: Annotated[Date | None, Field(title="Geprüft am", description="Tag der Prüfung.")] = None
    method: Annotated[
        Literal["self", "external"] | None,
        _METHODS,
        Field(title="Prüfweise", description=_METHODS.told),
    ] = None
    method_note: Annotated[Text | None, Field(title="Zur Prüfung", description="Was wie geprüft wurde.")] = None
    report: Annotated[WebAddress | None, Field(title="Prüfbericht", description="Adresse des Berichts.")] = None
    limitations: Annotated[
        tuple[Limitation, ...], Field(title="Einschränkungen", description="Was nicht zugänglich ist.")
    ] = ()
    created: Annotated[Date, Field(title="Erstellt am", description="Tag, an dem die Erklärung erstellt wurde.")]
    updated: Annotated[Date | None, Field(title="Geändert am", description="Tag der letzten Änderung.")] = None
    reviewed: Annotated[Date | None, Field(title="Überprüft am", description="Tag der letzten Überprüfung.")] = None
    feedback: Annotated[
        Feedback | None, Field(title="Meldungen", description="Wer Meldungen annimmt; sonst die Geschäftsstelle.")
    ] = None
    enforcement: Annotated[
        Enforcement, Field(title="Durchsetzung", description="Stelle für das Durchsetzungsverfahren.")
    ]

    @model_validator(mode="after")
    def _result_is_founded(self) -> "Statement":
        missing = [name for name in ("assessed_on", "method") if getattr(self, name) is None]
        if self.conformity is not None and missing:
            raise mistake(
                f"Zur Vereinbarkeit fehlt, worauf sie beruht: {', '.join(f'„{name}“' for name in missing)}.",
                "Tag (assessed_on) und Art der Prüfung (method) ergänzen oder „conformity“ weglassen; dann gilt die "
                "Seite als nicht geprüft.",
                field="conformity",
            )
        if self.conformity is None and len(missing) < 2:
            raise mistake(
                "Es ist eine Prüfung angegeben, aber nicht, was sie ergab.",
                "„conformity“ ergänzen: full, partial oder none.",
                field="assessed_on" if self.assessed_on else "method",
            )
        return self

    @model_validator(mode="after")
    def _result_fits_limitations(self) -> "Statement":
        if self.conformity in ("partial", "none") and not self.limitations:
            raise mistake(
                "Die Seite soll nicht vollständig vereinbar sein, aber es ist nicht gesagt, was fehlt.",
                "Unter „limitations“ aufführen, was nicht zugänglich ist und warum.",
                field="conformity",
            )
        if self.conformity == "full" and any(item.ground != "out_of_scope" for item in self.limitations):
            raise mistake(
                "Eine Seite mit Einschränkungen ist nicht vollständig vereinbar.",
                "„partial“ schreiben oder die Einschränkungen entfernen.",
                field="conformity",
            )
        return self

    @model_validator(mode="after")
    def _dates_follow(self) -> "Statement":
        for name in ("updated", "reviewed"):
            day = getattr(self, name)
            if day is not None and day < self.created:
                raise mistake(
                    "Der Tag liegt vor dem, an dem die Erklärung erstellt wurde.",
                    f"„created“ und „{name}“ prüfen.",
                    field=name,
                )
        return self
