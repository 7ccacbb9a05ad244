"""What a mail server's refusals mean, in German (enhanced status codes: RFC 3463, RFC 7372)."""

import re
from collections.abc import Mapping

__all__ = ["code_of", "reason_of"]

_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")

_REASONS: Mapping[str, str] = {
    "1.0": "Die Adresse wird nicht angenommen.",
    "1.1": "Das Postfach gibt es nicht.",
    "1.2": "Den Rechner der Adresse gibt es nicht.",
    "1.3": "Die Adresse ist nicht richtig geschrieben.",
    "1.6": "Das Postfach ist umgezogen.",
    "1.10": "Die Adresse nimmt keine Post an.",
    "2.0": "Das Postfach nimmt nichts an.",
    "2.1": "Das Postfach ist stillgelegt.",
    "2.2": "Das Postfach ist voll.",
    "2.3": "Die Mail ist zu groß für das Postfach.",
    "3.4": "Die Mail ist zu groß.",
    "4.1": "Der Rechner der Adresse antwortet nicht.",
    "4.4": "Zur Adresse führt kein Weg.",
    "4.7": "Die Zustellung hat zu lange gedauert.",
    "6.7": "Die Adresse enthält Umlaute vor dem @, und der Server kennt solche Adressen nicht (SMTPUTF8).",
    "7.0": "Der Server lehnt die Mail ab.",
    "7.1": "Der Server nimmt von diesem Absender nichts an.",
    "7.20": "Die Signatur (DKIM) fehlt oder ist ungültig.",
    "7.23": "Der Absender darf über diesen Server nicht verschicken (SPF).",
    "7.25": "Der Rechner, der verschickt, hat keinen Namen (Reverse DNS).",
    "7.26": "Die Mail besteht die Prüfung des Absenders nicht (SPF, DKIM, DMARC).",
}
"""By the last two numbers of the enhanced status code."""

_GENERAL: Mapping[str, str] = {
    "5": "Der Server lehnt die Adresse oder die Mail ab.",
    "4": "Der Server nimmt gerade nichts an.",
}
_SILENT = "Die Verbindung riss ab."


def code_of(reply: int, text: bytes) -> str:
    """Return what a reply says in short, without the words in it, which may hold the address: „550 5.1.1“."""
    enhanced = _ENHANCED.match(text.decode("ascii", "replace"))
    return f"{reply} {enhanced[1]}" if enhanced else str(reply)


def reason_of(code: str) -> str:
    """Return what a code means: a German sentence."""
    _, _, enhanced = code.partition(" ")
    known = _REASONS.get(enhanced.partition(".")[2])
    return known or _GENERAL.get(code[:1], _SILENT)
