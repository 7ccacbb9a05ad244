"""The newsletter on the microsite: a page for each edition („Im Browser ansehen“), their feed and their pictures."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from generator.channels.collections import Collection
from generator.channels.feeds import collection_feeds
from generator.channels.minutes_view import register_row
from generator.channels.output import File, LazyFile, Shown
from generator.channels.pages import entry_page
from generator.channels.view import Data, View
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.minutes import Minutes
from generator.model.site import PublicSite
from newsletter.pictures import picture_files
from newsletter.selection import Selection, select_for_all
from newsletter.words import words

__all__ = ["newsletter"]


def newsletter(site: PublicSite) -> Iterator[File | LazyFile]:
    """Make the archive: what its letters brought to all audiences together, in the microsite's own form."""
    view = View(site)
    editions = [(edition, select_for_all(site, edition)) for edition in site.of(Edition)]
    for edition, chosen in editions:
        yield entry_page(view, edition, partial(_shown, view, edition, chosen))
    yield from picture_files(view, ((edition, chosen.entries) for edition, chosen in editions))
    yield from collection_feeds(view, _collection(view))


def _collection(view: View) -> Collection:
    return Collection(
        id="editions",
        title=view.words("nav.editions"),
        summary=view.words("listing.editions"),
        url=view.at.editions,
        entries=tuple(view.newest_first(view.site.of(Edition))),
    )


def _shown(view: View, edition: Edition, chosen: Selection) -> Shown:
    # Events are shown as they were announced.
    then = View(replace(view.site, now=edition.visible_from))
    say = words(view.site.layout.language)
    groups: tuple[tuple[str, tuple[Entry, ...]], ...] = (
        ("news", chosen.news),
        ("events", chosen.events),
        ("other", (*chosen.other, *(minutes for minutes in chosen.minutes if not _decisions(view, minutes)))),
    )
    return "edition.html", {
        "date": view.day(edition.date),
        "number": edition.number,
        "sections": [
            {"title": say(f"section.{name}"), "entries": [then.card(entry) for entry in entries]}
            for name, entries in groups
            if entries
        ],
        "decisions": [decision for minutes in chosen.minutes for decision in _decisions(view, minutes)],
    }


def _decisions(view: View, minutes: Minutes) -> list[Data]:
    return [register_row(view, minutes, item, decision) for item in minutes.agenda for decision in item.decisions]
