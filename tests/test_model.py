"""What an author types means what it says, from days to numbers and names, and every field explains itself."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.model import addresses, brand, ids, moments, numbers, texts
from generator.model.content_type import CONTENT_TYPES, PAGE
from generator.model.cooperation import Cooperation, Municipality
from generator.model.edition import Edition
from generator.model.event import Event
from generator.model.meanings import Meanings
from generator.model.record import Record
from generator.model.shape import shape_of
from generator.reading.validation import validate
from generator.reading.yaml_tree import read_yaml
from tests.project import load_cases
from tests.properties import property_settings
from tests.records import BERLIN, make, make_cooperation

SCALARS = load_cases("scalars")
UNDERSTOOD = [(name, typed) for name, case in SCALARS.items() for typed in case["understood"]]
REFUSED = [(name, typed) for name, case in SCALARS.items() for typed in case["refused"]]


TYPES = {
    name: getattr(module, name)
    for module in (addresses, brand, ids, moments, numbers, texts)
    for name in module.__all__
}


def adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(TYPES[name.title().replace("_", "")])


def understand(name: str, typed: str) -> Any:
    return adapter(name).validate_python(typed, context={"timezone": BERLIN})


@pytest.mark.parametrize(("name", "typed"), UNDERSTOOD)
def test_a_value_means_what_was_typed(name: str, typed: str) -> None:
    assert str(understand(name, typed)) == str(SCALARS[name]["understood"][typed])


@pytest.mark.parametrize(("name", "typed"), REFUSED)
def test_a_wrong_value_is_refused_with_a_remedy(name: str, typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        understand(name, typed)
    (error,) = caught.value.errors()
    assert f"{error['ctx']['text']} {error['ctx']['remedy']}" == SCALARS[name]["refused"][typed]


@pytest.mark.parametrize("name", SCALARS)
@pytest.mark.parametrize("typed", [None, [], {}, ["2026-11-02"]], ids=repr)
def test_a_list_or_nothing_is_no_single_value(name: str, typed: Any) -> None:
    with pytest.raises(ValidationError, match="Der Wert fehlt" if typed is None else "keine Liste und kein Block"):
        understand(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("end_of_day", "9999-12-31"), ("moment", "9999-12-31 23:30-05:00"), ("date_or_time", "0001-01-01 00:00")],
)
def test_the_ends_of_the_calendar_are_understood_or_refused(name: str, typed: str) -> None:
    with suppress(ValidationError):
        assert understand(name, typed) is not None


LOCAL_TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001  # zone is the cooperation's


@given(LOCAL_TIMES.filter(lambda moment: moment.hour != 2))
@property_settings(100)
def test_a_written_time_is_the_time_that_is_shown(naive: datetime) -> None:
    understood = understand("moment", naive.isoformat(sep=" ", timespec="seconds"))
    assert understood.replace(tzinfo=None) == naive.replace(microsecond=0)
    assert understood.tzinfo is BERLIN


@given(st.decimals(-(10**9), 10**9, places=3))
@property_settings(100)
def test_comma_and_point_mean_the_same(number: Decimal) -> None:
    assert understand("number", str(number)) == understand("number", str(number).replace(".", ",")) == number


def read(model: type[Record], text: str) -> Record:
    tree, problems = read_yaml(text, "x.yml")
    assert problems == []
    record, problems = validate(model, tree, "x.yml", {"timezone": BERLIN})
    assert record is not None, problems
    return record


def test_yaml_does_not_change_what_was_typed() -> None:
    municipality = read(
        Municipality, "id: no\nname: NO\nags: 09999101\nsummary: 18:30\ngazette: {name: 1e3, deadline: ~x}"
    )
    assert municipality == Municipality.model_validate(
        {
            "id": "no",
            "name": "NO",
            "ags": "09999101",
            "summary": "18:30",
            "gazette": {"name": "1e3", "deadline": "~x"},
        }
    )
    assert make_cooperation(publish_preliminary_minutes="nein").publish_preliminary_minutes is False


def test_a_place_may_be_written_as_its_name_and_an_online_event_as_its_address() -> None:
    short = make("event", location="Bürgerhaus", online="https://example.org/raum")
    long = make("event", location={"name": "Bürgerhaus"}, online={"url": "https://example.org/raum"})
    assert short == long


def test_an_event_may_end_in_the_hour_that_comes_twice() -> None:
    event = make("event", start="2026-10-25 02:30", end="2026-10-25 02:15+01:00")
    assert isinstance(event, Event)
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    assert event.end.timestamp() - event.start.timestamp() == 45 * 60


def test_an_edition_is_named_by_its_subject_and_preheader() -> None:
    fields = {"number": "8", "date": "2026-11-20", "subject": "Neues vom Radweg", "preheader": "Und vom Rufbus"}
    tree_fields: dict[str, Any] = {**fields, "id": "x", "source": make("page").source}
    edition = Edition.model_validate(tree_fields)
    assert (edition.title, edition.summary) == ("Neues vom Radweg", "Und vom Rufbus")
    named = Edition.model_validate({**tree_fields, "title": "Ausgabe 8", "summary": "Vom Radweg."})
    assert (named.title, named.summary) == ("Ausgabe 8", "Vom Radweg.")


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("page", {}, None),
        ("news", {}, "2026-01-05T00:00:00+01:00"),
        ("news", {"publish": "2026-02-01 08:00"}, "2026-02-01T08:00:00+01:00"),
        ("news", {"changes": [{"date": "2026-03-01", "note": "Zahl berichtigt"}]}, "2026-03-01T00:00:00+01:00"),
        ("event", {"start": "2026-02-02 18:00"}, "2026-01-05T18:00:00+01:00"),
        ("event", {"start": "2026-02-02", "publish": "2026-01-30"}, "2026-01-30T00:00:00+01:00"),
        ("minutes", {"end": "2026-01-05 20:15"}, "2026-01-05T20:15:00+01:00"),
    ],
)
def test_feeds_date_an_entry_by_what_its_author_wrote(kind: str, fields: dict[str, Any], expected: str | None) -> None:
    updated = make(kind, **fields).updated
    assert (updated.isoformat() if updated else None) == expected


def records_in(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from records_in(part)


def authored(model: type[Record], seen: set[type[Record]]) -> Iterator[type[Record]]:
    """Yield the record and all below it that authors write."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for info in model.model_fields.values():
        if not info.exclude:
            for inner in records_in(info.annotation):
                yield from authored(inner, seen)


ROOTS: list[type[Record]] = [Cooperation, PAGE.model, *(kind.model for kind in CONTENT_TYPES)]
SEEN: set[type[Record]] = set()
AUTHORED = [record for root in ROOTS for record in authored(root, SEEN)]
FIELDS = [(record, name) for record in AUTHORED for name, info in record.model_fields.items() if not info.exclude]


@pytest.mark.parametrize(("record", "name"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_every_field_has_a_german_label_and_help(record: type[Record], name: str) -> None:
    info = record.model_fields[name]
    assert info.title is not None
    assert info.title[0].isupper()
    assert "_" not in info.title
    assert info.description is not None
    assert info.description.endswith(".")


@pytest.mark.parametrize(("record", "name"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_every_word_of_a_list_has_a_meaning(record: type[Record], name: str) -> None:
    shape = shape_of(record.model_fields[name])
    meanings = shape.mark(Meanings)
    assert set(shape.choices) == set(meanings.of if meanings else ())


@pytest.mark.parametrize("record", AUTHORED, ids=lambda record: record.__name__)
def test_a_record_is_frozen_and_knows_only_its_own_fields(record: type[Record]) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record.model_construct(), next(iter(record.model_fields)), None)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        record.model_validate({"x": "y"})
