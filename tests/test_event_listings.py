"""Events to come can be narrowed down by links alone, and what a link promises is there."""

from itertools import chain
from typing import Any

import pytest

from generator.channels.listings import listings
from generator.model.event import Event
from tests.sample import NOW, SAMPLE, Built, build, come_out, entry, sample

AFTER_ALL = "2027-05-01T12:00+02:00"
SELECTIONS = {
    "termine/kommunen/talheim/": ["Exkursion"],
    "termine/kommunen/bergdorf/": ["Bürgerforum"],
    "termine/kommunen/seedorf/": [],
    "termine/themen/mobilitaet/": [],
    "termine/themen/energie/": ["Bürgerforum"],
    "termine/themen/soziales/": [],
}


def links(built: Built, url: str) -> list[dict[str, Any]]:
    filters = built.page(url).meta["filters"]
    return [filters["all"], *chain.from_iterable(group["links"] for group in filters["groups"])]


@pytest.mark.parametrize(("url", "expected"), SELECTIONS.items())
def test_events_to_come_are_selected_by_municipality_and_topic(url: str, expected: list[str]) -> None:
    assert [item["title"] for item in sample().entries(url)] == expected


def test_an_event_that_names_a_municipality_belongs_to_it_wherever_it_takes_place() -> None:
    fields = {"start": "2026-12-01", "location": {"name": "Haus", "municipality": "talheim"}}
    event = entry(Event, path="termine/a.md", municipalities=["seedorf"], **fields)
    built = come_out(listings, event)
    found = [url for url in SELECTIONS if [item["url"] for item in built.entries(url)] == [event.url]]
    assert found == ["termine/kommunen/talheim/", "termine/kommunen/seedorf/"]


@pytest.mark.parametrize("now", [NOW, AFTER_ALL])
def test_the_address_of_a_selection_stays_when_it_has_become_empty(now: str) -> None:
    built = sample(now)
    for url in SELECTIONS:
        is_empty = built.entries(url) == []
        assert built.page(url).meta.get("noindex", False) == is_empty, url
        assert built.files[url].listed != is_empty, url


def test_the_navigation_names_what_has_events_to_come_and_counts_them() -> None:
    filters = sample().page("termine/").meta["filters"]
    assert {group["title"]: [link["title"] for link in group["links"]] for group in filters["groups"]} == {
        "Kommune": ["Stadt Talheim", "Gemeinde Bergdorf"],
        "Thema": ["Energie, Klima & Wärme"],
    }
    for link in links(sample(), "termine/"):
        assert link["count"] == len(sample().entries(link["url"])), link["url"]


def test_the_navigation_says_where_the_reader_is_and_leads_back_to_all() -> None:
    for url in ("termine/", *SELECTIONS):
        named = links(sample(), url)
        assert [link["url"] for link in named if link["current"]] == [url]
        assert (named[0]["title"], named[0]["url"]) == ("Alle Termine", "termine/")
        if url != "termine/":
            assert sample().page(url).meta["breadcrumbs"] == [{"title": "Termine", "url": "termine/"}]


def test_a_selection_without_events_can_still_be_left() -> None:
    named = links(sample(AFTER_ALL), "termine/kommunen/seedorf/")
    assert [(link["url"], link["count"]) for link in named] == [("termine/", 0), ("termine/kommunen/seedorf/", 0)]


def test_where_no_events_are_coming_there_is_nothing_to_choose() -> None:
    assert sample(AFTER_ALL).page("termine/").meta["filters"]["groups"] == []


def test_titles_and_descriptions_tell_selections_apart() -> None:
    pages = [sample().page(url).meta for url in ("termine/", "termine/vergangen/", *SELECTIONS)]
    for name in ("title", "description"):
        assert len({page[name] for page in pages}) == len(pages)


def test_long_selections_are_cut_into_pages_too() -> None:
    text = SAMPLE["termine/2026-12-09-buergerforum.md"]
    added = {f"termine/{day}-forum.md": text.replace("2026-12-09", day) for day in ("2026-12-07", "2026-12-08")}
    built = build({**SAMPLE, **added}, page_size=2)
    second = built.page("termine/themen/energie/seite/2/").meta
    assert [item["date"]["iso"] for item in second["entries"]] == ["2026-12-09"]
    assert second["filters"] == built.page("termine/themen/energie/").meta["filters"]


@pytest.mark.parametrize(
    ("url", "calendars"),
    [
        ("termine/", ["termine/kalender.ics"]),
        ("termine/kommunen/talheim/", ["kommunen/talheim/kalender.ics"]),
        ("termine/kommunen/seedorf/", ["kommunen/seedorf/kalender.ics"]),
        ("termine/themen/energie/", ["termine/kalender.ics"]),
        ("kommunen/talheim/", ["kommunen/talheim/kalender.ics"]),
    ],
)
def test_a_list_of_events_offers_the_calendar_that_holds_them(url: str, calendars: list[str]) -> None:
    assert [item["url"] for item in sample().page(url).meta["subscriptions"]] == calendars
    assert set(calendars) <= sample().files.keys()
