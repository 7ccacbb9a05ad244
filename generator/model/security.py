"""Whom to tell of holes in the site's security, as RFC 9116 wants it said."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from generator.model.addresses import WebAddress
from generator.model.form import Form
from generator.model.moments import EndOfDay
from generator.model.record import Record
from generator.model.texts import Text

__all__ = ["Security"]

# Addresses are URIs (RFC 3986), and so ASCII.
_MAIL = r"[A-Za-z0-9.+_-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}"
_CONTACT = Form(
    name="security_contact",
    pattern=rf"https://[!-~]+|tel:\+[0-9-]+|{_MAIL}",
    wrong="ist kein Weg, auf dem Sicherheitslücken gemeldet werden können.",
    remedy="Eine E-Mail-Adresse schreiben, eine Seite mit https:// oder eine Nummer in der Form tel:+49-89-9999.",
)
_SAFE_ADDRESS = Form(
    name="safe_address",
    pattern=r"https://[!-~]+",
    wrong="ist keine Adresse mit https://.",
    remedy="Umlaute kodiert schreiben, ü zum Beispiel als %C3%BC.",
)
_LANGUAGE = Form(
    name="language",
    pattern=r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*",
    wrong="ist kein Kürzel einer Sprache.",
    remedy="Zum Beispiel de oder en schreiben.",
)


def _parse_contact(text: str) -> str:
    return f"mailto:{text}" if re.fullmatch(_MAIL, _CONTACT.check(text)) else text


_Contact = Annotated[Text, AfterValidator(_parse_contact), _CONTACT]
_SafeAddress = Annotated[WebAddress, AfterValidator(_SAFE_ADDRESS.check), _SAFE_ADDRESS]
_Language = Annotated[Text, AfterValidator(_LANGUAGE.check), _LANGUAGE]


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
