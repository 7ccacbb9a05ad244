"""What goes live when: what appears, changes and disappears from a moment on, and why something is held back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from generator.channels.moments import moments_of, moments_of_settings
from generator.channels.occurrences import is_over
from generator.gate import HeldBack, gate, held_back, turning_points
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.site import Layout, Site

__all__ = ["Outlook", "Plan", "Turn", "make_plan", "next_build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A moment at which the site becomes another one without anybody writing anything."""

    moment: datetime
    """With the cooperation's time zone."""

    appears: tuple[Entry, ...]
    changes: tuple[Entry, ...]
    """Texts of which a note on a change is dated so."""

    ends: tuple[Event, ...]
    """Events that have taken place for the last time."""

    disappears: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a package tells of the time to come.

    Under the entry points group ``schaukasten.plans`` it names a function that makes some of a `Site`, a moment and a
    `Layout`.
    """

    title: str
    """What it is about, in German: „Nächster Newsletter: Nr. 9 am …“."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to come, seen from a moment."""

    now: datetime
    """With the cooperation's time zone."""

    turns: tuple[Turn, ...]
    """In their order."""

    held: tuple[HeldBack, ...]
    """What is not public now, in the order of the files."""

    next_build: datetime | None
    """When the site must be built again for the next change; None: it stays as it is."""


def make_plan(site: Site, now: datetime, until: datetime, layout: Layout) -> Plan:
    """Return what happens after ``now`` and not later than ``until``.

    Args:
        site: everything authored.
        now: with the cooperation's time zone.
        until: with a time zone.
        layout: how the site is cut.
    """
    return Plan(
        now=now,
        turns=tuple(_turns(site, now, until, layout)),
        held=tuple(sorted(held_back(site, now), key=lambda item: item.entry.source.path)),
        next_build=next_build(site, now),
    )


def next_build(site: Site, now: datetime) -> datetime | None:
    """Return the first moment after ``now`` at which some page may become another one; None: there is none."""
    return min(_points(site, now), default=None, key=lambda moment: moment.astimezone(UTC))


def _points(site: Site, now: datetime) -> Iterator[datetime]:
    """Yield the moments after ``now`` at which something may change, in its time zone."""
    instant = now.astimezone(UTC)
    yield from (moment.astimezone(now.tzinfo) for moment in turning_points(site.entries) if moment > instant)
    yield from moments_of_settings(site.cooperation, now)
    for entry in site.entries:
        yield from (moment.astimezone(now.tzinfo) for moment in moments_of(entry, now))


def _turns(site: Site, now: datetime, until: datetime, layout: Layout) -> Iterator[Turn]:
    public = {entry.id: entry for entry in gate(site, now, layout).entries}
    points = {moment.astimezone(UTC) for moment in _points(site, now)}
    for point in sorted(point for point in points if point <= until.astimezone(UTC)):
        moment = point.astimezone(now.tzinfo)
        before = public
        public = {entry.id: entry for entry in gate(site, moment, layout).entries}
        turn = Turn(
            moment=moment,
            appears=tuple(entry for name, entry in public.items() if name not in before),
            changes=tuple(entry for entry in public.values() if entry.id in before and _changes_at(entry, moment)),
            ends=tuple(entry for entry in public.values() if isinstance(entry, Event) and _ends_at(entry, moment)),
            disappears=tuple(entry for name, entry in before.items() if name not in public),
        )
        if turn.appears or turn.changes or turn.ends or turn.disappears:
            yield turn


def _changes_at(entry: Entry, moment: datetime) -> bool:
    return any(change.date.astimezone(UTC) == moment.astimezone(UTC) for change in entry.changes)


def _ends_at(event: Event, moment: datetime) -> bool:
    before = (moment.astimezone(UTC) - timedelta(seconds=1)).astimezone(moment.tzinfo)
    return is_over(event, moment) and not is_over(event, before)
