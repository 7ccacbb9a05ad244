"""What readers see is German: the words are there, and days, times and numbers are written as usual."""

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment, nodes

from generator.channels.chrome import chrome
from generator.channels.search import SCRIPT_WORDS
from generator.channels.search_documents import KINDS
from generator.channels.view import View
from generator.locale import locale
from generator.model.content_type import CONTENT_TYPES, PAGE
from generator.model.event import Accessibility, EventKind
from generator.model.minutes import Attendance, Minutes
from generator.model.news import News
from generator.model.page import VariantKind
from generator.model.recurrence import Recurrence
from generator.model.statement import Limitation
from tests.project import ROOT
from tests.sample import SAMPLE, build, sample

GERMAN = locale("de")
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Asked:
    """A place that asks for words."""

    place: str
    name: str
    """The dotted name; ``{}`` stands for what is only known when the site is built."""

    values: frozenset[str]
    """What is to be put in."""


def asked_in_templates() -> Iterator[Asked]:
    environment = Environment(autoescape=True)
    for file in sorted((ROOT / "theme").rglob("*.html")):
        for call in environment.parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "words":
                values = frozenset(keyword.key for keyword in call.kwargs)
                for name in _names_in_template(call.args[0]):
                    yield Asked(f"{file.name}:{call.lineno}", name, values)


def _names_in_template(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Const():
            yield node.value
        case nodes.CondExpr():
            for branch in (node.expr1, node.expr2):
                yield from _names_in_template(branch or nodes.Const(""))
        case nodes.Concat():
            yield "".join(part.value if isinstance(part, nodes.Const) else "{}" for part in node.nodes)
        case _:
            pytest.fail(f"line {node.lineno} asks for words in a way this test does not understand")


def asked_in_code() -> Iterator[Asked]:
    for file in sorted((ROOT / "generator").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _called(call.func) == "words":
                values = frozenset(keyword.arg or "" for keyword in call.keywords)
                for name in _names_in_code(call.args[0]):
                    yield Asked(f"{file.name}:{call.lineno}", name, values)


def _called(function: ast.expr) -> str | None:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def _names_in_code(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp():
            yield from _names_in_code(node.body)
            yield from _names_in_code(node.orelse)
        case ast.JoinedStr():
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


ASKED = [*asked_in_templates(), *asked_in_code()]


def leaves(words: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in words.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


WORDS = dict(leaves(GERMAN.words))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def choices(model: Any, field: str) -> tuple[str, ...]:
    return get_args(model.model_fields[field].annotation)


FREQUENCIES = choices(Recurrence, "frequency")
SECTIONS = ("news", "press", "events", "minutes")
OVERVIEWS = ("topics", "municipalities", "committees")
FILTERS = ("municipalities", "topics")
FOUND_BY = ("kind", "topic", "municipality", "year", "committee", "list")
ARCHIVED = ("news", "press", "event", "minutes")
FAMILIES = {
    "kind.{}": (*get_args(EventKind), *choices(News, "kind")),
    "type.{}": [kind.model.__name__.lower() for kind in (*CONTENT_TYPES, PAGE)],
    "state.{}": choices(Minutes, "state"),
    "accessibility.{}": [*(set(Accessibility.model_fields) - {"note"}), "yes", "no", "unknown"],
    "recurrence.{}": FREQUENCIES,
    "recurrence.every_{}": FREQUENCIES,
    "attendance.{}": set(Attendance.model_fields) - {"roles"},
    "nav.{}": [*SECTIONS, *OVERVIEWS, *chrome(sample().site)["at"]],
    "listing.{}": [*SECTIONS, "years", "by_kind", "committees"],
    "listing.{}_summary": OVERVIEWS,
    "filter.{}": FILTERS,
    "filter.{}_summary": FILTERS,
    "statement.{}": (*choices(Limitation, "ground"), "created", "updated", "reviewed"),
    "statement.conformity_{}": ("full", "partial", "none", "unknown"),
    "statement.basis_{}": ("self", "external"),
    "variant.{}": get_args(VariantKind),
    "variant.short_{}": get_args(VariantKind),
    "variant.language_{}": get_args(VariantKind),
    "search.{}": [*SCRIPT_WORDS, *FOUND_BY],
    "search.kind_{}": KINDS,
    "archive.one_{}": ARCHIVED,
    "archive.many_{}": ARCHIVED,
}
"""What may be put into the names that are completed when the site is built."""


FILLED_BY_SCRIPT = {f"search.{name}" for name in SCRIPT_WORDS}


def test_every_word_that_is_asked_for_is_there_and_gets_its_values() -> None:
    assert len(ASKED) > 150
    wrong = [
        (asked.place, name, sorted(asked.values))
        for asked in ASKED
        for name in (asked.name.format(member) for member in FAMILIES.get(asked.name, [""]))
        if name not in WORDS or (name not in FILLED_BY_SCRIPT and placeholders(WORDS[name]) != asked.values)
    ]
    assert wrong == []


def test_all_families_of_words_are_known_here() -> None:
    assert {asked.name for asked in ASKED if "{}" in asked.name} == set(FAMILIES)


def test_every_word_is_text() -> None:
    assert [name for name, value in WORDS.items() if not isinstance(value, str) or not value.strip()] == []


def test_no_word_is_kept_that_nobody_sees() -> None:
    seen = {asked.name.format(member) for asked in ASKED for member in FAMILIES.get(asked.name, [""])}
    formats = {name for name in WORDS if name.startswith("format.")}
    assert sorted(set(WORDS) - seen - formats) == []


def test_a_word_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        GERMAN("nav.gibt-es-nicht")
    with pytest.raises(FileNotFoundError):
        locale("xx")


def test_values_are_put_in_as_they_are() -> None:
    assert GERMAN("event.cancelled_title", title="{name} {0}") == "Abgesagt: {name} {0}"


@pytest.mark.parametrize(
    ("day", "text"),
    [("2026-03-01", "Sonntag, 1. März 2026"), ("2026-12-31", "Donnerstag, 31. Dezember 2026")],
)
def test_days_are_written_out(day: str, text: str) -> None:
    assert GERMAN.weekday_and_day(date.fromisoformat(day)) == text
    assert GERMAN.day(date.fromisoformat(day)) == text.partition(", ")[2]
    assert GERMAN.day(datetime.fromisoformat(f"{day}T23:59+01:00")) == text.partition(", ")[2]


def test_months_are_shortened_as_calendars_do() -> None:
    months = [GERMAN.month_short(date(2026, month, 1)) for month in range(1, 13)]
    assert months == ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."]


def test_months_stand_alone_or_with_their_day_or_year() -> None:
    day = date(2026, 3, 2)
    assert GERMAN.month(day) == "März"
    assert GERMAN.month_and_year(day) == "März 2026"
    assert GERMAN.day_and_month(day) == "2. März"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("12", "12"),
        ("1234", "1.234"),
        ("1234567.5", "1.234.567,5"),
        ("4.60", "4,6"),
        ("0.125", "0,125"),
        ("-3.5", "-3,5"),
        ("1E+3", "1.000"),
        ("0.0004", "0,0004"),
    ],
)
def test_numbers_have_a_decimal_comma(number: str, text: str) -> None:
    assert GERMAN.number(Decimal(number)) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-12-09", None, "Mittwoch, 9. Dezember 2026"),
        ("2026-12-09", "2026-12-09", "Mittwoch, 9. Dezember 2026"),
        ("2026-12-31", "2027-01-02", "Donnerstag, 31. Dezember 2026 bis Samstag, 2. Januar 2027"),
        ("2026-12-09 08:05", None, "Mittwoch, 9. Dezember 2026, 08:05 Uhr"),
        ("2026-12-09 18:30", "2026-12-09 20:30", "Mittwoch, 9. Dezember 2026, 18:30 bis 20:30 Uhr"),
        (
            "2026-12-04 20:00",
            "2026-12-05 02:00",
            "Freitag, 4. Dezember 2026, 20:00 Uhr bis Samstag, 5. Dezember 2026, 02:00 Uhr",
        ),
    ],
)
def test_days_and_times_are_told_from_start_to_end(start: str, end: str | None, text: str) -> None:
    assert View(sample().site).when(moment(start), moment(end) if end else None) == text


def moment(text: str) -> date:
    """Return a day, or a time in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN) if " " in text else date.fromisoformat(text)


def test_a_time_written_with_an_offset_is_told_as_local_time() -> None:
    path = "termine/2026-12-09-buergerforum.md"
    written = SAMPLE[path].replace("start: 2026-12-09 18:30", "start: 2026-12-09T17:30Z")
    assert written != SAMPLE[path]
    meta = build({**SAMPLE, path: written}).page("termine/2026-12-09-buergerforum/").meta
    assert meta["when"] == "Mittwoch, 9. Dezember 2026, 18:30 bis 20:30 Uhr"
    assert meta["start"] == "2026-12-09T18:30+01:00"
