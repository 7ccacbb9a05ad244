"""Whom to tell of holes in the site's security, as RFC 9116 wants it said."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from generator.model.record import Record
from generator.model.scalars import EndOfDay, Text, WebAddress, mistake

__all__ = ["Security"]

_WEB_OR_PHONE = re.compile(r"https://[!-~]+|tel:\+[0-9-]+")
"""Addresses (URI, RFC 3986), which are ASCII."""

_MAIL = re.compile(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")


def _check_contact(text: str) -> str:
    if _WEB_OR_PHONE.fullmatch(text):
        return text
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    raise mistake(
        f"„{text}“ ist kein Weg, auf dem Sicherheitslücken gemeldet werden können.",
        "Eine E-Mail-Adresse schreiben, eine Seite mit https:// oder eine Nummer in der Form tel:+49-89-9999.",
    )


def _check_safe_address(text: str) -> str:
    if not text.startswith("https://") or not text.isascii():
        raise mistake(
            f"„{text}“ ist keine Adresse mit https://.", "Umlaute kodiert schreiben, ü zum Beispiel als %C3%BC."
        )
    return text


def _check_language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        raise mistake(f"„{text}“ ist kein Kürzel einer Sprache.", "Zum Beispiel de oder en schreiben.")
    return text


_Contact = Annotated[Text, AfterValidator(_check_contact)]
_SafeAddress = Annotated[WebAddress, AfterValidator(_check_safe_address)]
_Language = Annotated[Text, AfterValidator(_check_language)]


class Security(Record):
    """What ``security.txt`` says (RFC 9116, section 2.5); its own address is computed."""

    contact: Annotated[
        tuple[_Contact, ...],
        Field(title="Kontakt", description="E-Mail-Adressen, Seiten oder Nummern, die beste zuerst.", min_length=1),
    ]
    expires: Annotated[
        EndOfDay, Field(title="Gültig bis", description="Tag, bis zu dem die Angaben geprüft sind; höchstens ein Jahr.")
    ]
    policy: Annotated[
        _SafeAddress | None, Field(title="Regeln", description="Seite, die sagt, wie Meldungen behandelt werden.")
    ] = None
    encryption: Annotated[
        tuple[_SafeAddress, ...], Field(title="Verschlüsselung", description="Adressen von Schlüsseln für Meldungen.")
    ] = ()
    acknowledgments: Annotated[
        _SafeAddress | None, Field(title="Danksagung", description="Seite, die nennt, wer Lücken gemeldet hat.")
    ] = None
    languages: Annotated[
        tuple[_Language, ...], Field(title="Sprachen", description="Kürzel; sonst die Sprache der Seite.")
    ] = ()
