"""From an edition and what is public to a letter."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import PurePosixPath

from generator.channels.event_view import calendar_url
from generator.channels.minutes_view import decision_data
from generator.channels.occurrences import next_occurrence, occurrence_end
from generator.channels.view import View
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.site import Body, PublicSite
from newsletter.letter import (
    MERGE,
    Badge,
    Decided,
    Imprint,
    Letter,
    Link,
    Picture,
    Section,
    SectionId,
    Teaser,
    greeting,
)
from newsletter.letter_picture import letter_picture
from newsletter.pictures import LOGO_WIDTH, PICTURE_WIDTH, entry_picture, with_letter_pictures
from newsletter.selection import Selection, select
from newsletter.words import words

__all__ = ["compose", "shortened"]


def compose(site: PublicSite, edition: Edition, audience: str | None = None) -> Letter:
    """Return the letter that an audience gets.

    Args:
        site: what is public at the moment; nothing else can appear.
        edition: one of its editions.
        audience: an audience's id; None: everybody.
    """
    return _Composer(site, edition, audience).letter()


def shortened(letter: Letter) -> Letter | None:
    """Return the letter with one teaser less, its link among the further ones instead; None: there is none to spare.

    News give way first, from the end, then what else there is; an event with its day and a decision with its wording
    only after all of those.
    """
    for wanted in ("news", "other", "events", "decisions"):
        section = next((part for part in letter.sections if part.id == wanted and len(part.items) > 1), None)
        if section is not None:
            shorter = replace(section, items=section.items[:-1])
            more = _further(letter, section.items[-1])
            kept = tuple(shorter if part is section else part for part in letter.sections if part.id != "more")
            return replace(letter, sections=(*kept, more))
    return None


def _further(letter: Letter, item: Teaser | Decided) -> Section:
    link = replace(item.link, text=item.title) if isinstance(item, Teaser) else item.link
    there = next((part for part in letter.sections if part.id == "more"), None)
    if there is None:
        return Section(id="more", title=words(letter.language)("section.more"), links=(link,))
    return replace(there, links=(link, *there.links))


class _Composer:
    """Composes one letter: as the site was on the edition's day, so that it stays what it was."""

    def __init__(self, site: PublicSite, edition: Edition, audience: str | None) -> None:
        self._site = site
        self._edition = edition
        self._audience = audience
        self._view = View(replace(site, now=edition.visible_from))
        self._words = words(site.layout.language)
        self._base = site.cooperation.base_url
        self._texts: dict[str, str] = {}

    def letter(self) -> Letter:
        site, edition, cooperation = self._site, self._edition, self._site.cooperation
        day = self._words.day(edition.date)
        audience = next((item for item in cooperation.audiences if item.id == self._audience), None)
        page = self._base + edition.url
        return Letter(
            id=f"{edition.id}-{self._audience}" if self._audience else edition.id,
            edition=edition.id,
            audience=self._audience,
            audience_name=audience.name if audience else None,
            language=site.layout.language,
            cooperation=cooperation.id,
            name=cooperation.name,
            short_name=cooperation.short_name or cooperation.name,
            claim=cooperation.claim,
            home=self._link("link.home", self._base, name=cooperation.short_name or cooperation.name),
            archive=self._link("link.archive", self._base + self._view.at.editions),
            page=self._link("link.page_of_issue", page),
            number=edition.number,
            date=edition.date,
            issue=self._words("letter.issue", number=edition.number, date=day),
            subject=edition.subject,
            preheader=edition.preheader,
            sender=cooperation.mailing.sender or cooperation.contact.email or "",
            list_address=self._list_address(),
            logo=self._logo(),
            greeting=greeting(cooperation.mailing.greeting) if cooperation.mailing.greeting else None,
            editorial=self._editorial(page),
            sections=tuple(self._sections(select(site, edition, self._audience))),
            imprint=self._imprint(),
            unsubscribe=self._link("link.unsubscribe", MERGE["unsubscribe"]),
            web_view=self._link("link.web_view", MERGE["web_view"]),
        )

    def _list_address(self) -> str | None:
        lists = self._site.cooperation.mailing.lists
        return next((item.address for item in lists if item.audience == self._audience), None)

    def _editorial(self, page: str) -> str:
        html = self._site.bodies[self._edition.id].html
        return Body(with_letter_pictures(self._view, html)).under(self._base, page).strip()

    def _sections(self, chosen: Selection) -> Iterator[Section]:
        decisions = [item for minutes in chosen.minutes for item in self._decisions(minutes)]
        without = [minutes for minutes in chosen.minutes if not any(item.decisions for item in minutes.agenda)]
        table: tuple[tuple[SectionId, Iterable[Teaser | Decided]], ...] = (
            ("news", map(self._teaser, chosen.news)),
            ("events", map(self._event, chosen.events)),
            ("decisions", (*decisions, *map(self._teaser, without))),
            ("other", map(self._teaser, chosen.other)),
        )
        for name, found in table:
            if items := tuple(found):
                yield Section(id=name, title=self._words(f"section.{name}"), items=items)

    def _teaser(self, entry: Entry) -> Teaser:
        card = self._view.card(entry)
        everybody = len(card["municipalities"]) == len(self._site.cooperation.municipalities)
        kind = type(entry).__name__.lower()
        return Teaser(
            id=entry.id,
            kind=kind,  # type: ignore[arg-type]  # the names of the models are the kinds
            label=card["label"],
            title=entry.title,
            summary=entry.summary,
            link=self._link(f"link.{kind}", self._base + entry.url, title=entry.title),
            date=card["date"]["text"] if card["date"] else None,
            municipalities=() if everybody else tuple(card["municipalities"]),
            picture=self._picture(entry),
        )

    def _event(self, event: Event) -> Teaser:
        view = self._view
        start = next_occurrence(event, view.site.now)
        card = view.card(event)
        location = event.location
        return replace(
            self._teaser(event),
            badge=Badge(**card["badge"]),
            when=view.when(start, occurrence_end(event, start)),
            where=", ".join(filter(None, (location.name, location.address))) if location else card["where"],
            cancelled=event.cancelled.reason if event.cancelled else None,
            calendar=self._link("link.calendar", self._base + calendar_url(event), title=event.title),
        )

    def _decisions(self, minutes: Minutes) -> Iterator[Decided]:
        page = self._base + minutes.url
        for item in minutes.agenda:
            for decision in item.decisions:
                data = decision_data(self._view, minutes, decision, page)
                yield Decided(
                    id=decision.id,
                    title=item.title,
                    text=_plain(data["text"]),
                    result=data["vote"]["text"] if data["vote"] else self._words("letter.no_vote"),
                    counts=data["vote"]["counts"] if data["vote"] else None,
                    committee=self._view.committee(minutes.committee)["title"],
                    date=self._words.day(minutes.start),
                    link=self._link("link.decision", data["url"], title=item.title),
                )

    def _picture(self, entry: Entry) -> Picture | None:
        if entry.image is None:
            return None
        path, image = entry_picture(entry), entry.image
        assert path is not None
        return letter_picture(self._view, path, PICTURE_WIDTH, image.alt or "", image.credit)

    def _logo(self) -> Picture | None:
        logo = self._site.cooperation.brand.logo
        if logo is None:
            return None
        return letter_picture(self._view, PurePosixPath(logo), LOGO_WIDTH, "", None)

    def _imprint(self) -> Imprint:
        cooperation = self._site.cooperation
        legal, contact = cooperation.legal, cooperation.contact
        links = (("imprint", legal.imprint), ("privacy", legal.privacy), ("accessibility", legal.accessibility))
        return Imprint(
            name=cooperation.name,
            address=contact.address,
            phone=contact.phone,
            email=contact.email,
            responsible=legal.responsible_editor,
            links=tuple(self._link(f"nav.{name}", self._base + url) for name, url in links),
        )

    def _link(self, name: str, url: str, /, **values: object) -> Link:
        """Return a link whose text no other link of the letter has, for screen readers list them without context."""
        text = wanted = self._words(name, **values)
        number = 1
        while self._texts.setdefault(text, url) != url:
            number += 1
            text = f"{wanted} ({number})"
        return Link(text=text, url=url)


_TAG = re.compile(r"<[^>]*>")


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
