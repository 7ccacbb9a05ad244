"""Calendars: any calendar program reads them, keeps to them, and shows each meeting at its hour on the wall."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.channels.calendars import calendars
from generator.channels.occurrences import next_occurrence, occurrences, upcoming
from generator.model.event import Event
from generator.problems import ProblemsFound
from tests.project import load_cases
from tests.sample import LINES, NOW, ROOT_URL, SAMPLE, Built, build, come_out, entry, sample

CASES = load_cases("occurrences")
BERLIN = ZoneInfo("Europe/Berlin")
ALL = "termine/kalender.ics"
FEST, WERKSTATT, EXKURSION, FORUM, SPRECHSTUNDE = EVENTS = (
    "2026-09-26-fest",
    "2026-11-05-werkstatt",
    "2026-11-28-exkursion",
    "2026-12-09-buergerforum",
    "sprechstunde",
)
CALENDARS = {
    ALL: EVENTS,
    **{f"termine/{name}.ics": (name,) for name in EVENTS},
    "kommunen/talheim/kalender.ics": (FEST, EXKURSION),
    "kommunen/bergdorf/kalender.ics": (FORUM,),
    "kommunen/seedorf/kalender.ics": (),
}


def calendar_files(built: Built) -> dict[str, bytes]:
    return {url: file.data for url, file in built.files.items() if url.endswith(".ics")}


def read(data: bytes) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def read_event(data: bytes) -> icalendar.Event:
    (event,) = read(data).events
    return event


def event(**fields: Any) -> Event:
    defaults = {"path": "termine/a.md", "publish": "2020-01-01", "start": "2026-12-01 18:30", "location": "Haus"}
    return entry(Event, **(defaults | fields))


def calendar_of(*events: Event) -> bytes:
    return come_out(calendars, *events)[ALL]


def text_of(component: icalendar.Component, name: str) -> str:
    return str(component.get(name))


def test_there_is_a_calendar_for_all_for_each_event_and_for_each_municipality() -> None:
    uids = {url: [text_of(item, "uid") for item in read(data).events] for url, data in calendar_files(sample()).items()}
    assert uids == {url: [f"{name}@testallianz" for name in names] for url, names in CALENDARS.items()}


@pytest.mark.parametrize("url", CALENDARS)
def test_a_calendar_can_be_read_by_any_program(url: str) -> None:
    data = sample()[url]
    calendar = read(data)
    assert calendar.get_missing_tzids() == set()
    assert calendar.errors == []
    assert vobject.readOne(data.decode()).validate(raiseException=True)


def test_a_calendar_without_events_has_a_component_too() -> None:
    assert read(sample()["kommunen/seedorf/kalender.ics"]).subcomponents != []


def test_a_calendar_says_what_it_is_and_where_it_comes_from() -> None:
    calendar = read(sample()["kommunen/talheim/kalender.ics"])
    assert text_of(calendar, "prodid").startswith("-//Schaukasten//")
    assert text_of(calendar, "version") == "2.0"
    assert text_of(calendar, "name") == text_of(calendar, "x-wr-calname") == "Testallianz: Stadt Talheim"
    assert calendar.decoded("refresh-interval") >= timedelta(hours=1)
    assert text_of(calendar, "source") == f"{ROOT_URL}kommunen/talheim/kalender.ics"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT" in sample()[ALL]
    assert b"\r\nSOURCE;VALUE=URI:https://" in sample()[ALL]
    assert text_of(read(sample()[ALL]), "name") == "Testallianz"
    assert text_of(read(sample()[f"termine/{SPRECHSTUNDE}.ics"]), "name") == "Sprechstunde"


def assert_well_folded(data: bytes) -> None:
    """Check the lines as RFC 5545, 3.1 wants them."""
    assert data.endswith(b"\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")


@pytest.mark.parametrize("url", CALENDARS)
def test_lines_end_as_the_norm_says_and_are_short(url: str) -> None:
    assert_well_folded(sample()[url])


SIGNS = st.text('\\nNt;,:="^%-äß🚲 x', min_size=1).filter(str.strip)
TYPED = (LINES | SIGNS).filter(lambda text: r"\N" not in text)
"""What an author may type, with many of the signs that mean something in calendars."""


def told(data: bytes, name: str) -> str:
    """Return a text of the event as RFC 5545, 3.1 and 3.3.11, wants it read."""
    lines = data.partition(b"BEGIN:VEVENT")[2].decode().replace("\r\n ", "").split("\r\n")
    (line,) = (line for line in lines if line.startswith(f"{name}:"))
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], line.removeprefix(f"{name}:"))


@given(title=TYPED, summary=TYPED, place=TYPED, reason=TYPED)
@settings(max_examples=60, deadline=None)
def test_whatever_an_author_types_calendars_stay_whole_and_tell_it(
    title: str, summary: str, place: str, reason: str
) -> None:
    authored = event(title=title, summary=summary, location={"name": place}, cancelled={"reason": reason})
    assert authored.location is not None
    assert authored.cancelled is not None
    data = calendar_of(authored)
    assert_well_folded(data)
    assert len(read(data).events) == 1
    assert told(data, "SUMMARY") == f"Abgesagt: {authored.title}"
    assert told(data, "LOCATION") == authored.location.name
    parts = (f"Abgesagt: {authored.cancelled.reason}", authored.summary, f"{ROOT_URL}termine/a/")
    assert told(data, "DESCRIPTION") == "\n\n".join(parts)


@given(title=TYPED)
@settings(max_examples=30, deadline=None)
def test_a_title_reaches_other_programs_too(title: str) -> None:
    authored = event(title=title)
    assert vobject.readOne(calendar_of(authored).decode()).vevent.summary.value == authored.title


def test_a_backslash_before_an_n_is_no_line_break() -> None:
    assert told(calendar_of(event(title=r"Ordner C:\Neu")), "SUMMARY") == r"Ordner C:\Neu"


def test_umlauts_are_not_cut_at_the_end_of_a_line() -> None:
    for length in range(60, 70):
        title = "x" * length + "äöüß🚲" * 5
        data = calendar_of(event(title=title))
        assert_well_folded(data)
        assert text_of(read_event(data), "summary") == title


@pytest.mark.parametrize("field", ["title", "summary", "location"])
@pytest.mark.parametrize("line_break", ["\\r\\n", "\\n", "\\r"])
def test_no_line_is_smuggled_into_a_calendar(field: str, line_break: str) -> None:
    fields = {"title": "Fest", "summary": "Ein Fest.", "location": "Haus", "start": "2026-12-01 18:30"}
    fields[field] = f"Fest{line_break}ATTENDEE:mailto:boese@example.org{line_break}END:VEVENT"
    text = "".join(f'{name}: "{value}"\n' for name, value in fields.items())
    data = build({"termine/a.md": f"---\n{text}---\nMusik.\n"})[ALL]
    found = read_event(data)
    assert found.get("attendee") is None
    assert data.splitlines().count(b"END:VEVENT") == 1
    assert "ATTENDEE:mailto:boese@example.org" in text_of(
        found, {"title": "summary", "summary": "description"}.get(field, field)
    )


def test_a_uid_stays_when_title_file_and_address_change() -> None:
    text = SAMPLE["termine/2026-12-09-buergerforum.md"]
    moved = {
        "kooperation.yml": SAMPLE["kooperation.yml"].replace(ROOT_URL, "https://neu.example.org/"),
        "bilder/wappen.svg": SAMPLE["bilder/wappen.svg"],
        "termine/forum.md": text.replace("title: Bürgerforum", "title: Forum\nid: 2026-12-09-buergerforum"),
    }
    before = read_event(sample()[f"termine/{FORUM}.ics"])
    after = read_event(build(moved)["termine/forum.ics"])
    assert text_of(after, "summary") == "Forum"
    assert text_of(after, "url") == "https://neu.example.org/termine/forum/"
    assert text_of(after, "uid") == text_of(before, "uid")


def test_each_change_and_a_cancellation_raise_the_sequence() -> None:
    changes = [{"date": "2026-11-03", "note": "Anderer Saal."}, {"date": "2026-11-04", "note": "Andere Zeit."}]
    history = [
        event(),
        event(changes=changes[:1]),
        event(changes=changes),
        event(changes=changes, cancelled={"reason": "Sturm"}),
    ]
    sequences = [int(read_event(calendar_of(item)).get("sequence")) for item in history]
    assert sequences == sorted(set(sequences))


def test_a_cancelled_event_stays_in_the_calendar_and_says_so() -> None:
    states = {text_of(item, "summary"): text_of(item, "status") for item in read(sample()[ALL]).events}
    assert states == {
        "Fest im Tal": "CONFIRMED",
        "Werkstatt Ortsmitte": "CONFIRMED",
        "Abgesagt: Exkursion": "CANCELLED",
        "Bürgerforum": "CONFIRMED",
        "Sprechstunde": "CONFIRMED",
    }
    cancelled = read_event(sample()[f"termine/{EXKURSION}.ics"])
    assert text_of(cancelled, "description").startswith("Abgesagt: Zu viel Wind\n\n")


def test_stamps_are_those_of_the_entry() -> None:
    changed = datetime(2026, 11, 20, 9, tzinfo=UTC)
    announced = datetime(2026, 10, 19, 22, tzinfo=UTC)
    excursion = read_event(sample()[f"termine/{EXKURSION}.ics"])
    assert [excursion.decoded(name) for name in ("dtstamp", "last-modified", "created")] == [
        changed,
        changed,
        announced,
    ]


def test_the_clock_changes_no_calendar() -> None:
    earlier, later = sample("2026-11-16T10:00+01:00"), sample("2026-11-29T20:00+01:00")
    assert [item.id for item in earlier.site.entries] == [item.id for item in later.site.entries]
    assert calendar_files(earlier) == calendar_files(later)


def test_no_stamp_lies_in_the_future() -> None:
    found = read_event(calendar_of(event(publish=None, start="2027-06-01 18:30")))
    assert found.decoded("dtstamp") <= datetime.fromisoformat(NOW)


def test_the_end_of_days_is_exclusive() -> None:
    two_days = read_event(sample()[f"termine/{FEST}.ics"])
    assert (two_days.decoded("dtstart"), two_days.decoded("dtend")) == (date(2026, 9, 26), date(2026, 9, 28))
    one_day = read_event(calendar_of(event(start="2026-12-31")))
    assert (one_day.decoded("dtstart"), one_day.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))


def test_a_time_is_local_and_its_end_is_given_only_where_it_is_known() -> None:
    forum = sample()[f"termine/{FORUM}.ics"]
    assert b"\r\nDTSTART;TZID=Europe/Berlin:20261209T183000\r\n" in forum
    assert b"\r\nDTEND;TZID=Europe/Berlin:20261209T203000\r\n" in forum
    assert b"DTEND" not in sample()[f"termine/{WERKSTATT}.ics"].partition(b"BEGIN:VEVENT")[2]


def test_a_visitor_finds_place_page_and_topics() -> None:
    forum = read_event(sample()[f"termine/{FORUM}.ics"])
    assert text_of(forum, "location") == "Haus „Zur Linde“; Saal, Weg 1, 95999 Bergdorf"
    assert text_of(forum, "url") == f"{ROOT_URL}termine/2026-12-09-buergerforum/"
    assert text_of(forum, "description") == f"Alle reden mit.\n\n{ROOT_URL}termine/2026-12-09-buergerforum/"
    assert [str(name) for name in forum.categories] == ["Energie, Klima & Wärme"]
    online = read_event(sample()[f"termine/{SPRECHSTUNDE}.ics"])
    assert text_of(online, "location") == "https://test.example.org/raum"


@pytest.mark.parametrize(
    "day",
    [
        "2017-07-15",
        "2026-01-15",
        "2026-07-15",
        "2039-07-15",
        "2041-07-15",
    ],
)
def test_the_described_time_zone_is_right_when_the_event_takes_place(day: str) -> None:
    (described,) = read(calendar_of(event(publish="2016-01-01", start=f"{day} 18:30"))).timezones
    moment = datetime.fromisoformat(f"{day}T18:30")
    assert described.to_tz(lookup_tzid=False).utcoffset(moment) == moment.replace(tzinfo=BERLIN).utcoffset()


def expand(found: icalendar.Event) -> Iterator[date]:
    """Yield when a calendar program shows the event: the rule on wall-clock time, without the exceptions."""
    start = found.start
    if not found.rrules:
        yield start
        return
    (rule,) = found.rrules
    (until,) = rule["UNTIL"]
    text = str(rule.to_ical(), "ascii")
    if not isinstance(start, datetime):
        assert not isinstance(until, datetime)
        moments = [moment.date() for moment in rrulestr(text, dtstart=datetime.combine(start, time()))]
        yield from (moment for moment in moments if moment not in found.exdates)
        return
    assert until.utcoffset() == timedelta()
    local = until.astimezone(start.tzinfo).replace(tzinfo=None)
    naive = text.replace(f"{until:%Y%m%dT%H%M%SZ}", f"{local:%Y%m%dT%H%M%S}")
    for moment in rrulestr(naive, dtstart=start.replace(tzinfo=None)):
        if (shown := moment.replace(tzinfo=start.tzinfo)) not in found.exdates:
            yield shown


@pytest.mark.parametrize("name", CASES)
def test_site_and_calendar_repeat_an_event_alike(name: str) -> None:
    case = CASES[name]
    repeated = event(**case["event"])
    assert [f"{start:%Y-%m-%d %H:%M %z}".removesuffix(" 00:00 ") for start in occurrences(repeated)] == case["starts"]
    data = calendar_of(repeated)
    assert list(expand(read_event(data))) == list(occurrences(repeated))
    rule = next(line for line in data.decode().split("\r\n") if line.startswith("RRULE:"))
    assert dict(part.split("=") for part in rule.removeprefix("RRULE:").split(";")) == case["rule"]


DAYS = st.dates(date(2021, 1, 1), date(2034, 12, 31))
CLOCKS = st.none() | st.times(time(4), time(23, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))


@given(
    day=DAYS,
    clock=CLOCKS,
    frequency=st.sampled_from(["daily", "weekly", "monthly", "monthly_weekday", "yearly"]),
    interval=st.integers(1, 5),
    length=st.integers(0, 800),
    missed=st.sets(st.integers(0, 40), max_size=5),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_rule_site_and_calendar_agree(
    day: date, clock: time | None, frequency: str, interval: int, length: int, missed: set[int]
) -> None:
    until = day + timedelta(days=length)
    rule = {"frequency": frequency, "interval": str(interval), "until": until.isoformat()}
    start = f"{day} {clock:%H:%M}" if clock else day.isoformat()
    whole = list(occurrences(event(start=start, recurrence=rule)))
    days = [found.date() if isinstance(found, datetime) else found for found in whole]
    left_out = [days[number] for number in missed if number < len(days)]
    repeated = event(start=start, recurrence=rule | {"exceptions": [found.isoformat() for found in left_out]})

    found = list(occurrences(repeated))
    assert found == list(expand(read_event(calendar_of(repeated))))
    assert whole[0] == repeated.start
    assert days[-1] <= until
    assert len(found) == len(whole) - len(left_out)
    assert {moment.time() for moment in found if isinstance(moment, datetime)} <= {clock}


def test_a_meeting_keeps_its_hour_when_the_clocks_change() -> None:
    starts = list(expand(read_event(sample()[f"termine/{SPRECHSTUNDE}.ics"])))
    offsets = {f"{start:%m-%d %H:%M}": f"{start:%z}" for start in starts}
    assert offsets["10-21 18:30"] == "+0200"
    assert offsets["10-28 18:30"] == "+0100"
    assert offsets["03-24 18:30"] == "+0100"
    assert offsets["03-31 18:30"] == "+0200"


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-10-01T12:00+02:00", "2026-10-07"),
        ("2026-10-07T19:29+02:00", "2026-10-07"),
        ("2026-10-07T19:30+02:00", "2026-10-14"),
        ("2026-11-18T20:00+01:00", "2026-12-02"),
        ("2027-04-14T20:00+02:00", "2027-04-14"),
    ],
)
def test_the_next_time_is_the_one_that_is_not_over(now: str, following: str) -> None:
    (repeated,) = (item for item in sample().site.of(Event) if item.id == "sprechstunde")
    moment = datetime.fromisoformat(now)
    assert f"{next_occurrence(repeated, moment):%Y-%m-%d %H:%M}" == f"{following} 18:30"
    coming = upcoming(repeated, moment, limit=3)
    assert len(coming) == (0 if following == "2027-04-14" else 3)
    assert coming == sorted(coming)


def test_an_event_named_like_the_calendar_is_told_to_its_author() -> None:
    fields = json.dumps({"title": "Kalender", "summary": "Ein Kalender.", "start": "2026-12-01", "location": "Haus"})
    with pytest.raises(ProblemsFound) as found:
        build({"termine/kalender.md": f"---\n{fields}\n---\nDa.\n"})
    assert [problem.path for problem in found.value.problems] == ["termine/kalender.md"]
