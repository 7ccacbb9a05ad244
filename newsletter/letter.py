"""A letter: what one audience reads of one edition, as data from which HTML, text and message are made.

Every address in it is absolute. What differs from recipient to recipient (the link to unsubscribe, the first name) is a
`MERGE` token, which a profile replaces at the very end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = [
    "MERGE",
    "Badge",
    "Decided",
    "Imprint",
    "Letter",
    "Link",
    "Picture",
    "Section",
    "SectionId",
    "Teaser",
    "greeting",
]

MERGE: Mapping[str, str] = {
    "unsubscribe": "https://merge.invalid/unsubscribe",
    "web_view": "https://merge.invalid/web-view",
    "first_name": "merge-invalid-first-name",
}
"""The neutral tokens by name: two addresses and a word. The domain „invalid“ belongs to nobody (RFC 2606), so no author
means it."""


SectionId = Literal["news", "events", "decisions", "other", "more"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its visible text, which is not that of another link in the letter."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as mail clients show it: PNG or JPEG, never SVG."""

    url: str
    alt: str
    """Empty where the picture is decorative."""

    width: int
    height: int
    """The natural size in pixels; the letter shows it smaller."""

    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A day as a leaf of a calendar."""

    day: str
    month: str
    """Shortened: „Dez.“."""

    year: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """An entry of the microsite, told in a few lines."""

    id: str
    kind: Literal["news", "event", "minutes", "leitbild", "page", "edition"]
    label: str
    """What it is, in one word: „Pressemitteilung“, „Werkstatt“."""

    title: str
    summary: str
    link: Link
    """To its page; the text says where it leads („Weiterlesen: Radweg eröffnet“)."""

    date: str | None = None
    """The day for people: „2. November 2026“."""

    municipalities: tuple[str, ...] = ()
    """Their names; empty where all take part."""

    picture: Picture | None = None
    badge: Badge | None = None
    """For events only."""

    when: str | None = None
    """For events: „Mittwoch, 9. Dezember 2026, 18:30 bis 20:30 Uhr“."""

    where: str | None = None
    cancelled: str | None = None
    """Why an event does not take place; None: it does."""

    calendar: Link | None = None
    """To an event's calendar file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision of a committee."""

    id: str
    title: str
    """The agenda item: „Radweg Wirmeltal, Abschnitt 2“."""

    text: str
    """The wording, as plain text."""

    result: str
    """„einstimmig angenommen“."""

    counts: str | None
    """„12 Ja, 1 Nein, 2 Enthaltungen“."""

    committee: str
    date: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Things of one kind under one heading."""

    id: SectionId
    title: str
    items: tuple[Teaser | Decided, ...] = ()
    links: tuple[Link, ...] = ()
    """Things of which only the title is given („Weitere Meldungen“)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who sends the letter and answers for it (DDG § 5, MStV § 18 Abs. 2)."""

    name: str
    address: str
    phone: str | None
    email: str | None
    responsible: str | None
    """Name and address of the responsible editor."""

    links: tuple[Link, ...]
    """To Impressum, Datenschutz, Barrierefreiheit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter."""

    id: str
    """The edition's id, with ``-<audience>`` where it is for one audience."""

    edition: str
    audience: str | None
    """The audience's id."""

    audience_name: str | None
    language: str
    """„de“."""

    cooperation: str
    """The cooperation's id; the domain part of ids that never change."""

    name: str
    """The cooperation's full name."""

    short_name: str
    claim: str | None
    home: Link
    archive: Link
    """To all editions."""

    page: Link
    """To this edition on the microsite („Im Browser ansehen“)."""

    number: int
    date: datetime
    """When it is sent, with a time zone."""

    issue: str
    """„Ausgabe 7 · 19. November 2026“."""

    subject: str
    """At most 60 characters."""

    preheader: str
    """What the inbox shows beside the subject."""

    sender: str
    """The e-mail address it comes from."""

    list_address: str | None
    """The e-mail address of its list, where the sending system has one (Mailman)."""

    logo: Picture | None
    greeting: str | None = None
    """„Guten Tag,“, with the token of the first name in it."""

    editorial: str
    """Sanitised HTML: paragraphs, headings from h2 down, lists, links, quotations, tables."""

    sections: tuple[Section, ...]
    imprint: Imprint
    unsubscribe: Link
    """Its address is a token of `MERGE`."""

    web_view: Link
    """Its address is a token of `MERGE`; profiles without one put in that of ``page``."""


def greeting(salutation: str) -> str:
    """Return „Guten Tag,“ with the token of the first name in it, which goes with its space where there is no name."""
    return f"{salutation} {MERGE['first_name']},"
