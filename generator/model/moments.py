"""Days and moments.

A moment without an offset is a local time of the cooperation; its time zone is handed in as the validation context
``{"timezone": ZoneInfo}``.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ValidationInfo

from generator.model.form import Form
from generator.model.mistake import mistake

__all__ = ["MOMENT", "Date", "DateOrTime", "EndOfDay", "Moment", "is_before", "parse_moment"]

_DEFAULT_TIMEZONE = ZoneInfo("Europe/Berlin")
_GERMAN_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})(.*)", re.DOTALL)
_ISO_DATETIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

_DATE = Form(
    name="date",
    pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    wrong="ist kein Datum.",
    remedy="Jahr-Monat-Tag schreiben, zum Beispiel 2026-11-02.",
    expected="ein Datum",
)
MOMENT = Form(
    name="moment",
    pattern=rf"{_DATE.pattern}(?:[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?)?",
    wrong=_DATE.wrong,
    remedy=_DATE.remedy,
    expected="ein Zeitpunkt",
)
"""The form of a day, or a day with a time."""


def is_before(one: date, other: date) -> bool:
    """Tell whether a moment or day comes before another of its kind, also in the hour that comes twice."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.astimezone(UTC) < other.astimezone(UTC)
    return one < other


def _parse_date(value: Any) -> date:
    if type(value) is date:
        return value
    text = _DATE.plain(value)
    if german := _GERMAN_DATE.fullmatch(text):
        day, month, year, rest = german.groups()
        raise mistake(
            f"„{text}“ ist kein Datum in der erwarteten Form.",
            f"Gemeint ist wohl {year}-{int(month):02}-{int(day):02}{rest.rstrip()}.",
        )
    if text.endswith("Uhr"):
        raise mistake(
            f"„{text}“ ist kein Datum in der erwarteten Form.", f"Gemeint ist wohl {text.removesuffix('Uhr').strip()}."
        )
    _DATE.check(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise mistake(f"Das Datum „{text}“ gibt es nicht.", "Tag und Monat prüfen.") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise mistake(f"Das Jahr {day.year} kann nicht gemeint sein.", "Die Jahreszahl prüfen.")
    return day


def _localise(naive: datetime, timezone: ZoneInfo) -> datetime:
    local = naive.replace(tzinfo=timezone)
    if local.astimezone(UTC).astimezone(timezone).replace(tzinfo=None) != naive:
        raise mistake(
            f"Die Uhrzeit {naive:%H:%M} gibt es am {naive:%d.%m.%Y} nicht, weil die Uhr vorgestellt wird.",
            "Eine andere Uhrzeit wählen.",
        )
    return local


def _timezone(info: ValidationInfo) -> ZoneInfo:
    zone: ZoneInfo = (info.context or {}).get("timezone", _DEFAULT_TIMEZONE)
    return zone


def _parse_datetime(value: Any, info: ValidationInfo) -> datetime | date:
    """Read a date, or a date with a time; the time zone is the cooperation's unless an offset is written."""
    if isinstance(value, date):
        return value
    text = MOMENT.plain(value)
    match = _ISO_DATETIME.fullmatch(text)
    if match is None:
        return _parse_date(text)
    day, clock, offset = match.groups()
    parsed_day = _parse_date(day)
    try:
        parsed_clock = time.fromisoformat(clock)
    except ValueError:
        raise mistake(f"Die Uhrzeit „{clock}“ gibt es nicht.", "Stunde:Minute schreiben, zum Beispiel 18:30.") from None
    naive = datetime.combine(parsed_day, parsed_clock)
    if offset is None:
        return _localise(naive, _timezone(info))
    return datetime.fromisoformat(f"{naive.isoformat()}{offset.replace('Z', '+00:00')}").astimezone(_timezone(info))


def parse_moment(value: Any, info: ValidationInfo) -> datetime:
    """Read an instant; a day alone means its first second."""
    parsed = _parse_datetime(value, info)
    return parsed if isinstance(parsed, datetime) else datetime.combine(parsed, time(), _timezone(info))


def _through_the_day(value: Any, info: ValidationInfo) -> datetime:
    parsed = _parse_datetime(value, info)
    if isinstance(parsed, datetime):
        return parsed
    return datetime.combine(parsed + timedelta(days=1), time(), _timezone(info))


Date = Annotated[date, BeforeValidator(_parse_date), _DATE]
"""A calendar day, ISO 8601 (``2026-11-02``)."""

DateOrTime = Annotated[datetime | date, BeforeValidator(_parse_datetime), MOMENT]
"""A day, or a day with a time (``2026-11-02 18:30``), then with the cooperation's time zone."""

Moment = Annotated[datetime, BeforeValidator(parse_moment), MOMENT]
"""An instant with time zone; a day alone means its first second."""

EndOfDay = Annotated[datetime, BeforeValidator(_through_the_day), MOMENT]
"""An instant with time zone; a day alone includes the whole day."""
