"""The words and formats of a site's language; a language is one file ``<code>.yml`` beside this one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

import yaml
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

__all__ = ["LANGUAGES", "Locale", "locale", "words_in"]

LANGUAGES = tuple(
    sorted(file.name.removesuffix(".yml") for file in resources.files(__name__).iterdir() if file.name.endswith(".yml"))
)
"""The languages there are words for."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A language: its words by dotted name, and how it writes days, times and numbers."""

    language: str
    words: dict[str, str]

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the words under a dotted name (``listing.older``), with values put in; KeyError: there are none."""
        found = self.words[name]
        return found.format(**values) if values else found

    def day(self, value: date) -> str:
        """Return „2. November 2026“."""
        return _date(value, self("format.day"), self.language)

    def weekday_and_day(self, value: date) -> str:
        """Return „Montag, 2. November 2026“."""
        return _date(value, self("format.weekday_and_day"), self.language)

    def clock(self, value: datetime) -> str:
        """Return „18:30“."""
        return str(format_time(value.timetz(), "HH:mm", locale=self.language))

    def moment(self, value: date) -> str:
        """Return „Montag, 2. November 2026, 18:30 Uhr“; a day alone has no time."""
        day = self.weekday_and_day(value)
        return self("format.moment", day=day, time=self.clock(value)) if isinstance(value, datetime) else day

    def number(self, value: int | Decimal) -> str:
        """Return „1.234,5“."""
        return str(format_decimal(value, locale=self.language, decimal_quantization=False))

    def file_size(self, size: int) -> str:
        """Return „310 KB“ or „2,4 MB“ of a number of bytes, in powers of ten as file managers show it."""
        kilobytes = max(1, round(size / 10**3))
        if kilobytes < 10**3:
            return f"{self.number(kilobytes)}\u00a0KB"
        return f"{self.number(Decimal(size).scaleb(-6).quantize(Decimal('0.1')))}\u00a0MB"

    def month_short(self, value: date) -> str:
        """Return „Nov.“."""
        return _date(value, "MMM", self.language)

    def month(self, value: date) -> str:
        """Return „November“."""
        return _date(value, "LLLL", self.language)

    def month_and_year(self, value: date) -> str:
        """Return „November 2026“."""
        return _date(value, self("format.month_and_year"), self.language)

    def day_and_month(self, value: date) -> str:
        """Return „2. Nov.“."""
        return _date(value, self("format.day_and_month"), self.language)


def _date(value: date, pattern: str, language: str) -> str:
    return _format_day(value.date() if isinstance(value, datetime) else value, pattern, language)


@lru_cache(maxsize=4096)
def _format_day(value: date, pattern: str, language: str) -> str:
    return str(format_date(value, pattern, locale=language))


@cache
def locale(language: str) -> Locale:
    """Return one of the `LANGUAGES`."""
    return Locale(language, words_in(__name__, language))


def words_in(package: str, language: str) -> dict[str, str]:
    """Return the words of a package's file ``<language>.yml`` by dotted name."""
    text = resources.files(package).joinpath(f"{language}.yml").read_text(encoding="utf-8")
    groups = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    return {f"{group}.{name}": words for group, named in groups.items() for name, words in named.items()}
