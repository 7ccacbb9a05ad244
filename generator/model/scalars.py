"""The scalar types of the model.

Every value arrives as the text the author typed (``18:30`` stays ``18:30``), and each type here turns it into what
it means, or raises a `PydanticCustomError` whose German message names the mistake and whose ``remedy`` says what to
write instead. Moments without an offset are local times of the cooperation; its time zone is handed in as the
validation context ``{"timezone": ZoneInfo}``.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

_DEFAULT_TIMEZONE = ZoneInfo("Europe/Berlin")
_GERMAN_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})(.*)", re.DOTALL)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_DATETIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_YES = frozenset({"true", "yes", "ja"})
_NO = frozenset({"false", "no", "nein"})


def mistake(message: str, remedy: str, field: str | None = None) -> PydanticCustomError:
    """Return the error a validator raises.

    Args:
        message: what is wrong (a German sentence).
        remedy: what to write instead (a German sentence).
        field: the field to point to, where a whole record is validated.
    """
    # Braces would be taken for placeholders by pydantic; the texts are finished sentences.
    return PydanticCustomError("mistake", "{text}", {"text": message, "remedy": remedy, "field": field})


def is_before(one: date, other: date) -> bool:
    """Tell whether a moment or day comes before another of its kind, also in the hour that comes twice."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.astimezone(UTC) < other.astimezone(UTC)
    return one < other


def _plain(value: Any, expected: str) -> str:
    if value is None:
        raise mistake("Der Wert fehlt.", f"Hier wird {expected} erwartet.")
    if not isinstance(value, str):
        raise mistake(f"Hier wird {expected} erwartet, keine Liste und kein Block.", "Einen einzelnen Wert schreiben.")
    return value.strip()


def _parse_date(value: Any) -> date:
    if type(value) is date:
        return value
    text = _plain(value, "ein Datum")
    if german := _GERMAN_DATE.fullmatch(text):
        day, month, year, rest = german.groups()
        raise mistake(
            f"„{text}“ ist kein Datum in der erwarteten Form.",
            f"Gemeint ist wohl {year}-{int(month):02}-{int(day):02}{rest.rstrip()}.",
        )
    if not _ISO_DATE.fullmatch(text):
        raise mistake(f"„{text}“ ist kein Datum.", "Jahr-Monat-Tag schreiben, zum Beispiel 2026-11-02.")
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
    text = _plain(value, "ein Zeitpunkt")
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


def _parse_yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _plain(value, "ja oder nein").lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise mistake(f"„{value}“ ist weder ja noch nein.", "„ja“ oder „nein“ schreiben.")


def _parse_number(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    text = _plain(value, "eine Zahl")
    if not re.fullmatch(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,9})?", text):
        raise mistake(f"„{text}“ ist keine Zahl.", "Nur Ziffern und höchstens ein Komma schreiben, ohne Einheit.")
    return Decimal(text.replace(",", "."))


def _parse_integer(value: Any) -> int:
    if type(value) is int:
        return value
    text = _plain(value, "eine ganze Zahl")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise mistake(f"„{text}“ ist keine ganze Zahl.", "Nur Ziffern schreiben, zum Beispiel 12.")
    return int(text)


def _parse_text(value: Any) -> str:
    text = _plain(value, "ein Text")
    if not text:
        raise mistake("Der Text ist leer.", "Text ergänzen oder die Zeile entfernen.")
    return text


def _check_web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@<>\"]+(?:[/?#][^\s<>\"]*)?", text):
        raise mistake(f"„{text}“ ist keine Internetadresse.", "Vollständig schreiben: https://www.example.org/seite.")
    return text


def _check_email(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>\"(),:;\[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}", text):
        raise mistake(f"„{text}“ ist keine E-Mail-Adresse.", "In der Form name@example.org schreiben.")
    return text


def _check_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        raise mistake(
            f"„{text}“ ist keine Kennung.", "Nur Kleinbuchstaben a–z, Ziffern und Bindestriche (ä wird ae, ß wird ss)."
        )
    return text


def _check_old_address(text: str) -> str:
    path = text.strip("/")
    parts = path.split("/")
    # What percent signs stand for becomes the name of a file, and part of a server's configuration.
    is_path = all(
        re.fullmatch(r"[A-Za-z0-9_~%.-]+", part) and re.fullmatch(r"[\w~.,+() -]*[\w~][\w~.,+() -]*", unquote(part))
        for part in parts
    )
    if not is_path or ("." in parts[-1] and not path.endswith(".html")):
        raise mistake(
            f"„{text}“ ist keine frühere Adresse dieser Seite.",
            "Nur den Pfad schreiben, wie er war: /alt/radweg/ oder /radweg.html.",
        )
    return text


def _check_given_up_address(text: str) -> str:
    path = unquote(text).strip("/")
    parts = path.split("/")
    if not all(part.strip(". ") for part in parts) or re.search(r"[\x00-\x1f?#\\:<>\"|*]", path):
        raise mistake(
            f"„{text}“ ist keine Adresse dieser Seite.",
            "Nur den Pfad schreiben: /aktuelles/alter-radweg/ oder /plan.pdf.",
        )
    return path if "." in parts[-1] and not text.endswith("/") else f"{path}/"


def _check_page_address(text: str) -> str:
    path = text.strip("/")
    if not re.fullmatch(r"[a-z0-9-]+(?:/[a-z0-9-]+)*", path):
        raise mistake(f"„{text}“ ist keine Adresse einer Seite.", "Nur den Pfad schreiben, zum Beispiel impressum/.")
    return f"{path}/"


def _check_colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise mistake(f"„{text}“ ist keine Farbe.", 'Als #, dann sechs Ziffern von 0 bis f schreiben: "#1f4d3a".')
    return text.lower()


def _check_ags(text: str) -> str:
    if not re.fullmatch(r"[0-9]{8}", text):
        raise mistake(f"„{text}“ ist kein Amtlicher Gemeindeschlüssel.", "Acht Ziffern, führende Null eingeschlossen.")
    return text


Text = Annotated[str, BeforeValidator(_parse_text)]
"""Text that is not empty; white space around it is dropped."""

Line = Annotated[Text, AfterValidator(lambda text: " ".join(text.split()))]
"""Text on one line; line breaks in it become spaces."""

Id = Annotated[Text, AfterValidator(_check_id)]
"""A stable name for URLs and references: lower-case ASCII words joined by hyphens."""

WebAddress = Annotated[Text, AfterValidator(_check_web_address)]
"""An absolute http(s) URL."""

EmailAddress = Annotated[Text, AfterValidator(_check_email)]
"""An e-mail address (the addr-spec of RFC 5322, without quoted local parts)."""

OldAddress = Annotated[Text, AfterValidator(_check_old_address)]
"""A path of the site that once led somewhere: ``/alt/radweg/`` or ``/radweg.html``."""

GivenUpAddress = Annotated[Text, AfterValidator(_check_given_up_address)]
"""What was once an address of the site, relative to its root, unquoted: of a page (ending in a slash) or a file."""

PageAddress = Annotated[Text, AfterValidator(_check_page_address)]
"""The path of one of the site's pages, relative to its root and ending in a slash: ``impressum/``."""

Ags = Annotated[Text, AfterValidator(_check_ags)]
"""An Amtlicher Gemeindeschlüssel: eight digits, with its leading zero."""

Colour = Annotated[Text, AfterValidator(_check_colour)]
"""An sRGB colour as six hexadecimal digits: ``#1f4d3a``."""

YesNo = Annotated[bool, BeforeValidator(_parse_yes_no)]
"""ja/nein, true/false or yes/no."""

Integer = Annotated[int, BeforeValidator(_parse_integer)]
"""A whole number from 0 up."""

Number = Annotated[Decimal, BeforeValidator(_parse_number)]
"""A finite number, with a decimal comma or point."""

Date = Annotated[date, BeforeValidator(_parse_date)]
"""A calendar day, ISO 8601 (``2026-11-02``)."""

DateOrTime = Annotated[datetime | date, BeforeValidator(_parse_datetime)]
"""A day, or a day with a time (``2026-11-02 18:30``), then with the cooperation's time zone."""

Moment = Annotated[datetime, BeforeValidator(parse_moment)]
"""An instant with time zone; a day alone means its first second."""

EndOfDay = Annotated[datetime, BeforeValidator(_through_the_day)]
"""An instant with time zone; a day alone includes the whole day."""

Short = Annotated[Line, StringConstraints(max_length=300)]
"""One line of at most 300 characters."""
