"""The archive: every public text is found by year and month, and a year stays as it is while its texts do."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.channels.listings import listings
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.news import News
from tests.sample import NOW, SAMPLE, Built, build, come_out, entry, sample

LATER = "2027-05-01T12:00+02:00"


def rows(built: Built, year: int) -> list[tuple[str, str, str]]:
    months = built.page(f"archiv/{year}/").meta["entries"]
    return [(row["day"], row["label"], row["title"]) for month in months for row in month["rows"]]


def overview(built: Built) -> dict[str, list[str]]:
    return {year["title"]: year["counts"] for year in built.page("archiv/").meta["entries"]}


def test_a_year_tells_day_kind_and_title_of_everything_the_newest_first() -> None:
    assert rows(sample(), 2026) == [
        ("9. Dez.", "Termin", "Bürgerforum"),
        ("28. Nov.", "Termin", "Abgesagt: Exkursion"),
        ("5. Nov.", "Termin", "Werkstatt Ortsmitte"),
        ("2. Nov.", "Meldung", "Radweg eröffnet"),
        ("7. Okt.", "Termin", "Sprechstunde"),
        ("1. Okt.", "Pressemitteilung", "Der Rufbus fährt"),
        ("26. Sept.", "Termin", "Fest im Tal"),
        ("17. Sept.", "Protokoll", "Lenkungsgruppe vom 17. September 2026"),
        ("18. Juni", "Protokoll", "Lenkungsgruppe vom 18. Juni 2026"),
    ]


def test_months_can_be_linked_to() -> None:
    months = sample().page("archiv/2026/").meta["entries"]
    assert [(month["id"], month["name"], month["title"]) for month in months] == [
        ("2026-12", "Dezember", "Dezember 2026"),
        ("2026-11", "November", "November 2026"),
        ("2026-10", "Oktober", "Oktober 2026"),
        ("2026-09", "September", "September 2026"),
        ("2026-06", "Juni", "Juni 2026"),
    ]


def test_the_overview_counts_each_kind() -> None:
    assert overview(sample()) == {
        "2027": ["1 Termin"],
        "2026": ["1 Meldung", "1 Pressemitteilung", "5 Termine", "2 Protokolle"],
        "2025": ["1 Meldung"],
    }


def test_an_event_that_recurs_stands_once_in_each_year_in_which_it_takes_place() -> None:
    assert rows(sample(), 2027) == [("6. Jan.", "Termin", "Sprechstunde")]
    days = [month["rows"] for month in sample().page("archiv/2026/").meta["entries"] if month["id"] == "2026-10"]
    assert [row["iso"] for row in days[0] if row["title"] == "Sprechstunde"] == ["2026-10-07"]


def test_an_event_of_which_nothing_is_left_can_still_be_found() -> None:
    recurrence = {"frequency": "weekly", "until": "2026-12-08", "exceptions": ["2026-12-01", "2026-12-08"]}
    event = entry(Event, path="termine/a.md", start="2026-12-01", location="Haus", recurrence=recurrence)
    assert rows(come_out(listings, event), 2026) == [("1. Dez.", "Termin", "Titel")]


def test_a_year_leads_to_the_years_beside_it() -> None:
    neighbours = {
        year: [sample().page(f"archiv/{year}/").meta[side] for side in ("later", "earlier")]
        for year in (2025, 2026, 2027)
    }
    links = {year: {"year": year, "url": f"archiv/{year}/"} for year in neighbours}
    assert neighbours == {
        2025: [links[2026], None],
        2026: [links[2027], links[2025]],
        2027: [None, links[2026]],
    }


def test_a_year_is_the_same_whenever_it_is_looked_at_and_whatever_other_years_hold() -> None:
    entries: list[Entry] = [*sample().site.entries]
    added = entry(News, path="aktuelles/neu.md", date="2025-03-01")
    page = come_out(listings, *entries)["archiv/2026/"]
    assert come_out(listings, *entries, added, now=LATER)["archiv/2026/"] == page
    of_that_year = entry(News, path="aktuelles/neu.md", date="2026-03-01")
    assert come_out(listings, *entries, of_that_year)["archiv/2026/"] != page


DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31)).map(str)
TYPES: list[tuple[type[Entry], str, dict[str, Any]]] = [
    (News, "date", {}),
    (Event, "start", {"location": "Haus"}),
    (Minutes, "start", {"committee": "beirat"}),
]


@given(drawn=st.lists(st.tuples(st.sampled_from(TYPES), DAYS), max_size=30), size=st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_everything_is_in_its_year_once_however_much_there_is(
    drawn: list[tuple[tuple[type[Entry], str, dict[str, Any]], str]], size: int
) -> None:
    texts = [
        (day, entry(model, path=f"x/n{number}.md", **fields, **{field: day}))
        for number, ((model, field, fields), day) in enumerate(drawn)
    ]
    built = come_out(listings, *(text for _, text in texts), page_size=size)
    years = sorted({day[:4] for day, _ in texts}, reverse=True)
    assert list(overview(built)) == years
    found: Counter[tuple[str, str]] = Counter()
    for year in years:
        for month in built.page(f"archiv/{year}/").meta["entries"]:
            shown = [row["iso"] for row in month["rows"]]
            assert shown == sorted(shown, reverse=True)
            assert {day[:7] for day in shown} == {month["id"]}
            found.update((row["iso"], row["url"]) for row in month["rows"])
    assert found == Counter((day, text.url) for day, text in texts)


def test_there_is_an_archive_even_without_texts() -> None:
    assert overview(build({})) == {}


def test_a_text_at_its_address_introduces_the_archive() -> None:
    text = "---\ntitle: Alles\nsummary: Seit 2016.\n---\nMehr liegt im Kreisarchiv."
    page = build({**SAMPLE, "archiv.md": text}, NOW).page("archiv/")
    assert (page.meta["title"], page.meta["template"]) == ("Alles", "archive.html")
    assert page.body.startswith("<p>Mehr liegt")


@pytest.mark.parametrize("url", ["aktuelles/", "presse/", "termine/vergangen/", "protokolle/"])
def test_listings_lead_on_to_the_archive(url: str) -> None:
    assert sample().page(url).meta["archived"]
