"""The archive: every piece of news, event and set of minutes by year and month, so that all is found without script."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from generator.channels.listing import Listing
from generator.channels.occurrences import occurrences
from generator.channels.view import Data, View
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.news import News

__all__ = ["archive_listings"]


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry on a day; nothing of it depends on the clock, so that a year changes only with its own texts."""

    day: date
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Year:
    number: int
    rows: tuple[_Row, ...]


def archive_listings(view: View) -> Iterator[Listing]:
    """Yield the overview of all years, the newest first, and each year."""
    words, at = view.words, view.at
    years = _years(view)
    yield Listing(
        url=at.archive,
        title=words("nav.archive"),
        summary=words("archive.summary"),
        entries=years,
        show=lambda year: _overview(view, year),
        whole=True,
        template="archive.html",
    )
    for later, year, earlier in zip([None, *years], years, [*years[1:], None], strict=False):
        yield Listing(
            url=at.archived(year.number),
            title=words("archive.year", year=year.number),
            summary=words("archive.year_summary", year=year.number),
            entries=_months(year),
            show=lambda rows: _month(view, rows),
            whole=True,
            template="archive-year.html",
            meta={"later": _neighbour(view, later), "earlier": _neighbour(view, earlier)},
            above=({"title": words("nav.archive"), "url": at.archive},),
        )


def _years(view: View) -> list[_Year]:
    rows = [_Row(day, entry) for kind in (News, Event, Minutes) for entry in view.site.of(kind) for day in _days(entry)]
    rows.sort(key=lambda row: row.entry.id)
    rows.sort(key=lambda row: row.day, reverse=True)
    return [_Year(number, tuple(of_year)) for number, of_year in groupby(rows, key=lambda row: row.day.year)]


def _days(entry: Entry) -> Iterator[date]:
    """Yield the days on which an entry stands: its own; an event that recurs has its first day in each year."""
    match entry:
        case News():
            yield entry.date.date()
        case Event():
            first = {start.year: _day(start) for start in reversed(list(occurrences(entry)))}
            yield from first.values() or (entry.start_day,)
        case Minutes():
            yield entry.start.date()


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _months(year: _Year) -> list[tuple[_Row, ...]]:
    return [tuple(rows) for _, rows in groupby(year.rows, key=lambda row: row.day.month)]


def _kind(entry: Entry) -> str:
    return entry.kind if isinstance(entry, News) else type(entry).__name__.lower()


def _label(view: View, entry: Entry) -> str:
    kind = _kind(entry)
    return view.words(f"kind.{kind}" if isinstance(entry, News) else f"type.{kind}")


def _overview(view: View, year: _Year) -> Data:
    counts = Counter(_kind(row.entry) for row in year.rows)
    return {
        "title": str(year.number),
        "url": view.at.archived(year.number),
        "counts": [
            view.words(f"archive.one_{kind}") if count == 1 else view.words(f"archive.many_{kind}", count=count)
            for kind in ("news", "press", "event", "minutes")
            if (count := counts[kind])
        ],
    }


def _month(view: View, rows: Sequence[_Row]) -> Data:
    first = rows[0].day
    return {
        "id": f"{first:%Y-%m}",
        "title": view.words.month_and_year(first),
        "name": view.words.month(first),
        "rows": [
            {
                "iso": row.day.isoformat(),
                "day": view.words.day_and_month(row.day),
                "label": _label(view, row.entry),
                "title": _title(view, row.entry),
                "url": row.entry.url,
            }
            for row in rows
        ],
    }


def _title(view: View, entry: Entry) -> str:
    if isinstance(entry, Event) and entry.cancelled is not None:
        return view.words("event.cancelled_title", title=entry.title)
    return entry.title


def _neighbour(view: View, year: _Year | None) -> Data | None:
    return {"year": year.number, "url": view.at.archived(year.number)} if year else None
