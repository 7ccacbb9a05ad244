"""Hints on days of the week that do not fit their dates."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from generator.hints.hint import Hint, Looked
from generator.model.event import Event

__all__ = ["wrong_weekday"]

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_OTHER_NAMES = {"Sonnabend": "Samstag"}
_MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
_DATE = re.compile(
    rf"\b(?:(?P<day>{'|'.join((*_DAYS, *_OTHER_NAMES))}),?|(?P<short>Mo|Di|Mi|Do|Fr|Sa|So)[.,]{{1,2}})"
    r"\s{1,3}(?:(?:den|dem|der)\s{1,3})?"
    rf"(?P<number>[0-9]{{1,2}})\.\s{{0,3}}(?:(?P<month>{'|'.join(_MONTHS)})|(?P<digits>[0-9]{{1,2}})\.)"
    r"(?:\s{0,3}(?P<year>[0-9]{4}))?\b"
)


def wrong_weekday(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each day of the week that is not the one of the date behind it.

    Without a year, the one is meant that is nearest to the day of the text; a text without a day is passed over.
    """
    text = "\n".join(looked.lines)
    for found in _DATE.finditer(text):
        day = _meant(found, _day_of(looked))
        said = found["day"] or next(name for name in _DAYS if name.startswith(found["short"]))
        said = _OTHER_NAMES.get(said, said)
        if day is not None and said != _DAYS[day.weekday()]:
            yield Hint(
                text.count("\n", 0, found.start()) + 1,
                f"Der {day.day}. {_MONTHS[day.month - 1]} {day.year} ist ein {_DAYS[day.weekday()]}, kein {said}.",
                "Tag oder Datum berichtigen.",
            )


def _day_of(looked: Looked) -> date | None:
    entry = looked.entry
    day = entry.start if isinstance(entry, Event) else entry.published
    return day.date() if isinstance(day, datetime) else day


def _meant(found: re.Match[str], near: date | None) -> date | None:
    """Return the date that is written; None: there is no such day, or nobody knows of which year."""
    month = _MONTHS.index(found["month"]) + 1 if found["month"] else int(found["digits"])
    around = (near.year - 1, near.year, near.year + 1) if near else ()
    years = (int(found["year"]),) if found["year"] else around
    days = [day for year in years if (day := _valid(year, month, int(found["number"])))]
    return min(days, key=lambda day: abs(day - near) if near else 0, default=None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
