"""What the office should know although nothing is wrong yet: told with file and line, and in the way of no build."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from generator.problems import Problem
from generator.reading.reader import COOPERATION_FILE, Reading

__all__ = ["notices"]

_SOON = timedelta(days=30)
_LONGEST = timedelta(days=366)
"""RFC 9116, section 2.5.5, recommends less than a year."""


def notices(reading: Reading, now: datetime) -> Iterator[Problem]:
    """Yield what is to be told at a moment: that ``security.txt`` holds no longer, or only just, or for too long.

    None of it is a problem that stops a build: it comes by the mere passing of time, perhaps at night, and a text whose
    embargo ends must appear then.
    """
    security = reading.site.cooperation.security if reading.site else None
    if security is None:
        return
    line = reading.settings.line_of(("security", "expires"))
    left = security.expires.astimezone(UTC) - now.astimezone(UTC)
    day = f"{security.expires - timedelta(seconds=1):%d.%m.%Y}"
    if left <= timedelta():
        message = f"Die Angaben für Sicherheitsmeldungen galten bis {day}; security.txt erscheint nicht mehr."
    elif left < _SOON:
        message = f"Die Angaben für Sicherheitsmeldungen gelten nur noch bis {day}."
    elif left > _LONGEST:
        message = f"Die Angaben für Sicherheitsmeldungen sollen bis {day} gelten, länger als ein Jahr."
    else:
        return
    remedy = "Kontakt prüfen und „expires“ auf einen Tag innerhalb eines Jahres setzen."
    yield Problem(str(COOPERATION_FILE), line, message, remedy)
