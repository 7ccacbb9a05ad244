"""Hints on what readers will ask for."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from generator.characters import PLACEHOLDER
from generator.hints.hint import Hint, Looked
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.news import News

__all__ = [
    "bare_contact",
    "body_credit",
    "names_in_minutes",
    "placeholders_left",
    "short_notice",
    "silent_access",
    "stale_contact",
]

_NOTICE = timedelta(days=14)
"""So long before an event people must know of it to come."""

_BEFORE = {0: "weniger als einen Tag", 1: "nur einen Tag"}

_IMAGE = re.compile(r"!\[[^\]]+\]\(\s*<?[^)\s]+>?\s*(?P<title>\"[^\"]*\"|'[^']*')?\s*\)")
_CREDIT = re.compile(r"\b(?:foto|bild|zeichnung|grafik|karte|abbildung|plan)s?\s*:|©|\bcc\b", re.IGNORECASE)


_PERSON = re.compile(r"\b(?:Frau|Herrn?)\s+(?:(?:Dr|Prof)\.\s+)*[A-ZÄÖÜ][\w-]+")


def placeholders_left(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each placeholder in a text that is no draft; a release refuses them."""
    if looked.entry.draft:
        return
    for number, line in enumerate(looked.lines, start=1):
        is_comment = number < looked.entry.source.body_line and line.startswith("#")
        for found in PLACEHOLDER.findall("" if is_comment else line):
            yield Hint(
                number,
                f"Hier steht noch der Platzhalter „{found}“.",
                "Ausfüllen oder die Stelle löschen; bis dahin hält „draft: ja“ den Text zurück.",
            )


def names_in_minutes(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each person who is named in the public part of minutes, where roles are to stand."""
    if not isinstance(looked.entry, Minutes):
        return
    shown = {found for part in looked.entry.sections if part.public for found in _PERSON.findall(part.markdown)}
    for number, line in enumerate(looked.lines, start=1):
        for found in _PERSON.findall(line):
            if found in shown:
                yield Hint(
                    number,
                    f"„{found}“ ist wohl der Name einer Person.",
                    'Die Funktion schreiben, oder: [Frau Beispiel]{.name role="die Bauamtsleitung"}.',
                )


def bare_contact(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for a press release whose contact can be reached in one way only."""
    entry = looked.entry
    if isinstance(entry, News) and entry.kind == "press" and entry.contact is not None:
        missing = [name for name in ("phone", "email") if getattr(entry.contact, name) is None]
        if missing:
            yield Hint(
                looked.tree.line_of(("contact",)),
                f"Dem Pressekontakt fehlt: {', '.join(f'„{name}“' for name in missing)}.",
                "Telefon (phone) und E-Mail (email) angeben; Redaktionen haben es eilig.",
            )


def silent_access(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for an event at a place of whose accessibility nothing is told."""
    entry = looked.entry
    if not isinstance(entry, Event) or entry.location is None or entry.cancelled is not None:
        return
    if all(answer is None for _, answer in entry.accessibility):
        yield Hint(
            looked.tree.line_of(("location",)),
            "Zur Barrierefreiheit des Ortes steht nichts da.",
            "Unter „accessibility“ eintragen, was bekannt ist: step_free, wc, hearing_loop …",
        )


def short_notice(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for an event that is announced later than people can plan."""
    entry = looked.entry
    if not isinstance(entry, Event) or entry.publish is None:
        return
    start = entry.start if isinstance(entry.start, datetime) else datetime.combine(entry.start, time(), UTC)
    ahead = start.astimezone(UTC) - entry.publish.astimezone(UTC)
    if timedelta(0) < ahead < _NOTICE:
        yield Hint(
            looked.tree.line_of(("publish",)),
            f"Die Einladung erscheint {_BEFORE.get(ahead.days, f'nur {ahead.days} Tage')} vorher.",
            f"Wenn es geht, mindestens {_NOTICE.days} Tage vorher einladen.",
        )


def stale_contact(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for a contact whose telephone number is another one in the newest text that names it."""
    contact = looked.entry.contact
    if contact is None or contact.phone is None:
        return
    who = (contact.name, contact.email)
    others = [
        entry
        for entry in looked.site.entries
        if entry.contact is not None and entry.contact.phone and (entry.contact.name, entry.contact.email) == who
    ]
    newest = max(others, key=lambda entry: (_published(entry), entry.id))
    newer = newest.contact.phone if newest.contact is not None else None
    if newer != contact.phone:
        yield Hint(
            looked.tree.line_of(("contact", "phone")),
            f"„{contact.name}“ hat in {newest.source.path} eine andere Telefonnummer: {newer}.",
            "Prüfen, welche gilt.",
        )


def _published(entry: Entry) -> datetime:
    return entry.published.astimezone(UTC) if entry.published else datetime.min.replace(tzinfo=UTC)


def body_credit(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each picture in the text that does not say who made it (UrhG § 13)."""
    source = looked.entry.source
    for number, line in enumerate(source.body.split("\n"), start=source.body_line):
        for image in _IMAGE.finditer(line):
            if not _CREDIT.search(image["title"] or ""):
                yield Hint(
                    number,
                    "Dem Bild fehlt der Nachweis.",
                    'In Anführungszeichen hinter den Pfad schreiben: "Der Radweg. Foto: Ida Beispiel (CC BY 4.0)".',
                )
