"""The demo texts show what the product can do, and hold up as texts."""

from collections import Counter
from datetime import datetime

import pytest

from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.edition import Edition
from generator.model.event import Event
from generator.model.leitbild import Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.site import Layout, Site
from generator.reading.reader import read
from generator.settings import Settings
from tests.conftest import NOW
from tests.project import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    build = tmp_path_factory.mktemp("build")
    reading = read(Settings(content=ROOT / "content", build=build, layout=Layout(folders=DEFAULT_FOLDERS)))
    assert reading.problems == []
    assert reading.site is not None
    return reading.site


def of(site: Site, kind: type) -> list:  # type: ignore[type-arg]  # whatever the kind's entries are
    return [entry for entry in site.entries if type(entry) is kind]


def test_six_municipalities_write_and_meet(site: Site) -> None:
    assert len(site.cooperation.municipalities) == 6
    assert len(of(site, News)) >= 16
    assert sum(entry.kind == "press" for entry in of(site, News)) >= 4
    assert len(of(site, Event)) >= 10
    assert len(of(site, Minutes)) >= 8
    assert len(of(site, Edition)) == 3
    assert {entry.url for entry in site.entries} >= {
        "",
        "impressum/",
        "datenschutz/",
        "barrierefreiheit/",
        "ueber-uns/",
        "kontakt/",
    }


def test_events_show_every_case(site: Site) -> None:
    events = of(site, Event)
    now = datetime.fromisoformat(NOW).date()
    assert any(event.recurrence and event.recurrence.exceptions for event in events)
    assert any(event.cancelled for event in events)
    assert any(event.online and not event.location for event in events)
    assert any(event.report and event.start_day < now for event in events)


def test_minutes_show_every_case(site: Site) -> None:
    minutes = of(site, Minutes)
    assert len({entry.committee for entry in minutes}) == 2
    assert sum(entry.state == "preliminary" for entry in minutes) == 1
    assert sum(any(not section.public for section in entry.sections) for entry in minutes) >= 3
    decisions = [decision for entry in minutes for item in entry.agenda for decision in item.decisions]
    assert len(decisions) >= 20
    assert {decision.vote.carried for decision in decisions if decision.vote} == {True, False}
    assert any(task.due for entry in minutes for item in entry.agenda for task in item.tasks)


def test_the_leitbild_can_be_measured(site: Site) -> None:
    (leitbild,) = of(site, Leitbild)
    goals = [goal for field in leitbild.fields for goal in field.goals]
    assert (len(leitbild.fields), len(goals)) == (4, 10)
    assert all(indicator.values for goal in goals for indicator in goal.indicators)
    assert all(goal.indicators for goal in goals)


def test_no_two_texts_share_a_paragraph(site: Site) -> None:
    paragraphs = Counter(
        paragraph.strip()
        for entry in site.entries
        for paragraph in entry.source.body.split("\n\n")
        if len(paragraph.strip()) > 120 and "mailto:" not in paragraph
    )
    assert [paragraph for paragraph, count in paragraphs.items() if count > 1] == []


def test_nobody_real_can_be_reached() -> None:
    texts = [
        path.read_text(encoding="utf-8") for path in (ROOT / "content").rglob("*") if path.suffix in {".md", ".yml"}
    ]
    words = " ".join(texts).replace("\n", " ").split()
    hosts = [word for word in words if ("@" in word or "://" in word) and "example.org" not in word and "{" not in word]
    assert hosts == []
