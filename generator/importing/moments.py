"""Days and times as other systems write them, and as ours are written."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

__all__ = ["day_of", "moment_of"]

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s+(\d{1,2})[:.](\d{2})(?:\s*Uhr)?)?")
_LONGEST = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def day_of(text: str, zone: ZoneInfo) -> date | None:
    """Return the local day of a moment; None: it is none."""
    found = _read(text, zone)
    return found.date() if isinstance(found, datetime) else found


def moment_of(text: str, zone: ZoneInfo, *, to_the_minute: bool = False) -> str | None:
    """Return a day or moment as our texts have it, in local time: ``2026-12-01`` or ``2026-12-01 18:30``.

    Args:
        text: ISO 8601 with the liberties that systems take (RFC 3339, Jekyll's ``+0200``), RFC 5322, or German.
        zone: the cooperation's; what names no offset is local time already.
        to_the_minute: whether midnight is to be told; else the first moment of a day is the day.

    Returns:
        None where it is no moment.
    """
    found = _read(text, zone)
    if found is None:
        return None
    if not isinstance(found, datetime):
        return f"{found.isoformat()} 00:00" if to_the_minute else found.isoformat()
    if not to_the_minute and (found.hour, found.minute) == (0, 0):
        return found.date().isoformat()
    local = found.replace(tzinfo=zone, fold=0)
    # The hour that comes twice, and the one that never comes, are told by their offset.
    is_plain = local.astimezone(UTC) == found.astimezone(UTC) and local.utcoffset() == local.replace(fold=1).utcoffset()
    offset = f"{found:%z}"
    return f"{found:%Y-%m-%d %H:%M}" + ("" if is_plain else f"{offset[:3]}:{offset[3:5]}")


def _read(text: str, zone: ZoneInfo) -> datetime | date | None:
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        if iso := _ISO.fullmatch(text):
            year, month, day, hour, minute, second, offset = iso.groups()
            if hour is None:
                return _sane(date(int(year), int(month), int(day)))
            naive = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001
            return _sane(_placed(naive, offset, zone))
        if german := _GERMAN.fullmatch(text):
            day, month, year, hour, minute = german.groups()
            if hour is None:
                return _sane(date(int(year), int(month), int(day)))
            return _sane(datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=zone))
        return _sane(parsedate_to_datetime(text).astimezone(zone))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _placed(naive: datetime, offset: str | None, zone: ZoneInfo) -> datetime:
    if offset is None:
        return naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    written = "+00:00" if offset.upper() in {"Z", "UTC", "GMT"} else offset
    return datetime.fromisoformat(f"{naive.isoformat()}{written}").astimezone(zone)


def _sane(found: datetime | date) -> datetime | date | None:
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None
