"""Listings: every public text is found where readers look for it, and counts and links tell the truth."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.channels.listings import listings
from generator.channels.occurrences import is_over
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.event import Event
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.site import Layout
from tests.sample import NOW, SAMPLE, Built, build, come_out, entry, sample, sample_with

AFTER_ALL = "2027-05-01T12:00+02:00"
BEFORE_ALL = "2026-10-20T12:00+02:00"
FEEDS = ("feed.xml", "feed.atom", "feed.json")


def titles(built: Built, url: str) -> list[str]:
    return [item["title"] for item in built.entries(url)]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("aktuelles/", ["Radweg eröffnet", "Der Rufbus fährt", "Rückblick"]),
        ("aktuelles/jahr/2026/", ["Radweg eröffnet", "Der Rufbus fährt"]),
        ("aktuelles/jahr/2025/", ["Rückblick"]),
        ("presse/", ["Der Rufbus fährt"]),
        ("termine/", ["Exkursion", "Sprechstunde", "Bürgerforum"]),
        ("termine/vergangen/", ["Werkstatt Ortsmitte", "Fest im Tal"]),
        ("protokolle/", ["Lenkungsgruppe vom 17. September 2026", "Lenkungsgruppe vom 18. Juni 2026"]),
        ("gremien/lenkungsgruppe/", ["Lenkungsgruppe vom 17. September 2026", "Lenkungsgruppe vom 18. Juni 2026"]),
        ("gremien/beirat/", []),
        ("newsletter/", ["Der Rufbus fährt"]),
        ("themen/mobilitaet/", ["Radweg eröffnet", "Der Rufbus fährt", "Lenkungsgruppe vom 17. September 2026"]),
        ("themen/energie/", ["Bürgerforum", "Radweg eröffnet"]),
        ("themen/soziales/", []),
        ("kommunen/talheim/", ["Exkursion", "Radweg eröffnet", "Der Rufbus fährt", "Fest im Tal"]),
        ("kommunen/bergdorf/", ["Bürgerforum", "Radweg eröffnet", "Lenkungsgruppe vom 17. September 2026"]),
        ("kommunen/seedorf/", []),
    ],
)
def test_a_listing_shows_what_belongs_to_it(url: str, expected: list[str]) -> None:
    assert titles(sample(), url) == expected


@pytest.mark.parametrize(
    ("now", "coming", "past"),
    [
        (
            BEFORE_ALL,
            ["Sprechstunde", "Werkstatt Ortsmitte", "Exkursion"],
            ["Fest im Tal"],
        ),
        (
            AFTER_ALL,
            [],
            ["Sprechstunde", "Bürgerforum", "Exkursion", "Werkstatt Ortsmitte", "Fest im Tal"],
        ),
    ],
)
def test_what_comes_is_told_soonest_first_and_what_was_latest_first(
    now: str, coming: list[str], past: list[str]
) -> None:
    assert titles(sample(now), "termine/") == coming
    assert titles(sample(now), "termine/vergangen/") == past


def test_topics_and_municipalities_begin_with_the_next_events() -> None:
    text = SAMPLE["termine/2026-12-09-buergerforum.md"].replace("bergdorf", "talheim")
    added = {f"termine/{day}-forum.md": text.replace("2026-12-09", day) for day in ("2026-12-07", "2026-12-08")}
    built = build({**SAMPLE, **added}, page_size=2)
    first, second = (built.page(f"kommunen/talheim/{name}").meta for name in ("", "seite/2/"))
    assert [item["date"]["iso"] for item in first["upcoming"]] == ["2026-11-28", "2026-12-07", "2026-12-08"]
    assert [item["title"] for item in first["entries"]] == ["Radweg eröffnet", "Der Rufbus fährt"]
    assert "upcoming" not in second
    assert [item["date"]["iso"] for item in built.page("themen/energie/").meta["upcoming"]] == [
        "2026-12-07",
        "2026-12-08",
        "2026-12-09",
    ]


@pytest.mark.parametrize(
    ("now", "when", "badge"),
    [
        (
            BEFORE_ALL,
            "Mittwoch, 21. Oktober 2026, 18:30 bis 19:30 Uhr",
            {"day": "21", "month": "Okt.", "year": "2026"},
        ),
        (NOW, "Mittwoch, 2. Dezember 2026, 18:30 bis 19:30 Uhr", {"day": "2", "month": "Dez.", "year": "2026"}),
    ],
)
def test_a_recurring_event_is_shown_with_its_next_date(now: str, when: str, badge: dict[str, str]) -> None:
    (card,) = (item for item in sample(now).entries("termine/") if item["title"] == "Sprechstunde")
    assert (card["when"], card["badge"]) == (when, badge)


def test_events_of_the_same_hour_stand_in_the_order_of_their_names() -> None:
    events = [
        entry(Event, path=f"termine/{name}.md", title=name, start="2026-12-01 18:00", location="Haus") for name in "ab"
    ]
    assert [item["title"] for item in come_out(listings, *events).entries("termine/")] == ["a", "b"]


def test_a_recurring_event_that_is_over_is_shown_with_its_last_date() -> None:
    newest = sample(AFTER_ALL).entries("termine/vergangen/")[0]
    assert (newest["title"], newest["date"]["iso"]) == ("Sprechstunde", "2027-04-14")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Exkursion",
            {
                "type": "event",
                "label": "Exkursion",
                "url": "termine/2026-11-28-exkursion/",
                "summary": "Zum Windrad.",
                "date": {"iso": "2026-11-28", "text": "28. November 2026"},
                "when": "Samstag, 28. November 2026, 09:00 Uhr",
                "where": "Bahnhof",
                "cancelled": True,
                "municipalities": [],
            },
        ),
        ("Sprechstunde", {"where": "Online", "cancelled": False, "label": "Sprechstunde"}),
        ("Bürgerforum", {"when": "Mittwoch, 9. Dezember 2026, 18:30 bis 20:30 Uhr", "label": "Versammlung"}),
    ],
)
def test_the_card_of_an_event_says_when_where_and_whether(title: str, expected: dict[str, Any]) -> None:
    (card,) = (item for item in sample().entries("termine/") if item["title"] == title)
    assert {name: card[name] for name in expected} == expected


def test_a_card_says_what_it_is_whom_it_concerns_and_shows_its_picture() -> None:
    radweg, rufbus, rueckblick = sample().entries("aktuelles/")
    assert radweg["image"]["src"] == "bilder/rad.svg"
    assert "image" not in rufbus
    assert radweg["municipalities"] == ["Stadt Talheim", "Gemeinde Bergdorf"]
    assert [item["label"] for item in (radweg, rufbus, rueckblick)] == ["Meldung", "Pressemitteilung", "Meldung"]
    minutes = sample().entries("protokolle/")[0]
    assert (minutes["committee"], minutes["preliminary"]) == ("Lenkungsgruppe", False)


def test_a_year_begins_at_midnight_of_the_cooperation() -> None:
    news = entry(News, path="aktuelles/neujahr.md", date="2026-01-01 00:30")
    years = [url for url in come_out(listings, news).files if url.startswith("aktuelles/jahr/")]
    assert years == ["aktuelles/jahr/2026/"]


def lists_of(built: Built, item: Entry) -> Iterator[str]:
    """Yield the addresses of the listings in which an entry must be found."""
    if isinstance(item, News):
        yield "aktuelles/"
        yield f"aktuelles/jahr/{item.date.year}/"
        if item.kind == "press":
            yield "presse/"
    if isinstance(item, Event):
        coming = not is_over(item, built.site.now)
        yield "termine/" if coming else "termine/vergangen/"
        places = {item.location.municipality} if item.location and item.location.municipality else set()
        yield from (f"kommunen/{name}/" for name in places)
        if coming:
            yield from (f"termine/kommunen/{name}/" for name in places.union(item.municipalities))
            yield from (f"termine/themen/{name}/" for name in item.topics)
    if isinstance(item, Minutes):
        yield "protokolle/"
        yield f"gremien/{item.committee}/"
    if isinstance(item, Edition):
        yield "newsletter/"
        return
    yield from (f"themen/{name}/" for name in item.topics)
    yield from (f"kommunen/{name}/" for name in item.municipalities)


SECTIONS = ("aktuelles/", "presse/", "termine/", "protokolle/", "gremien/", "newsletter/", "themen/", "kommunen/")


def assert_listed_exactly_where_it_belongs(built: Built) -> None:
    expected: dict[str, set[str]] = {}
    for item in built.site.of(News) + built.site.of(Event) + built.site.of(Minutes) + built.site.of(Edition):
        for url in lists_of(built, item):
            expected.setdefault(url, set()).add(item.url)
    first_pages = [
        url
        for url, page in built.pages.items()
        if url.startswith(SECTIONS) and page.meta["type"] == "listing" and "/seite/" not in url
    ]
    shown: dict[str, set[str]] = {}
    for url in first_pages:
        urls = [item["url"] for item in built.entries(url)]
        assert len(urls) == len(set(urls)), url
        if urls:
            shown[url] = set(urls)
    assert shown == expected


@pytest.mark.parametrize("now", [BEFORE_ALL, NOW, AFTER_ALL])
def test_no_text_is_missing_from_its_listings_or_stands_in_another(now: str) -> None:
    assert_listed_exactly_where_it_belongs(sample(now))


def test_no_text_is_lost_between_two_pages() -> None:
    assert_listed_exactly_where_it_belongs(build(SAMPLE, page_size=1))


@given(
    dates=st.lists(st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(str), max_size=12),
    size=st.integers(1, 5),
)
@settings(max_examples=30, deadline=None)
def test_however_long_a_listing_is_its_pages_hold_each_entry_once(dates: list[str], size: int) -> None:
    news = [entry(News, path=f"aktuelles/n{number}.md", date=day) for number, day in enumerate(dates)]
    built = come_out(listings, *news, page_size=size)
    numbers = range(1, max(1, -(-len(news) // size)) + 1)
    pages = [built.page("aktuelles/" if number == 1 else f"aktuelles/seite/{number}/").meta for number in numbers]
    assert f"aktuelles/seite/{len(numbers) + 1}/" not in built.files
    shown = [item for meta in pages for item in meta["entries"]]
    assert [item["date"]["iso"] for item in shown] == sorted(dates, reverse=True)
    assert {item["url"] for item in shown} == {item.url for item in news}
    assert all(len(meta["entries"]) == size for meta in pages[:-1])


def test_a_short_listing_has_one_page() -> None:
    assert "pagination" not in sample().page("aktuelles/").meta
    assert not [url for url in sample().pages if "/seite/" in url]


def test_pages_lead_to_their_neighbours() -> None:
    built = build(SAMPLE, page_size=1)
    first, second, third = (built.page(f"aktuelles/{name}").meta for name in ("", "seite/2/", "seite/3/"))
    numbered = [
        {"number": 1, "url": "aktuelles/"},
        {"number": 2, "url": "aktuelles/seite/2/"},
        {"number": 3, "url": "aktuelles/seite/3/"},
    ]
    assert [page["pagination"] for page in (first, second, third)] == [
        {"number": 1, "total": 3, "newer": None, "older": "aktuelles/seite/2/", "pages": numbered},
        {"number": 2, "total": 3, "newer": "aktuelles/", "older": "aktuelles/seite/3/", "pages": numbered},
        {"number": 3, "total": 3, "newer": "aktuelles/seite/2/", "older": None, "pages": numbered},
    ]
    assert [page["title"] for page in (first, second)] == ["Neues aus dem Tal", "Neues aus dem Tal, Seite 2"]
    assert first["heading"] == second["heading"] == "Neues aus dem Tal"


def test_an_introduction_stands_on_the_first_page_only() -> None:
    built = build(SAMPLE, page_size=1)
    first, second = built.page("aktuelles/"), built.page("aktuelles/seite/2/")
    assert first.body.startswith('<p>Siehe auch die <a href="../termine/">Termine</a>')
    assert '<img alt="Ein Rad" src="../bilder/rad.svg" width="1200" height="675">' in first.body
    assert second.body.strip() == ""
    assert first.meta["description"] == second.meta["description"] == "Was geschieht."


def test_an_introduction_is_no_page_of_its_own() -> None:
    paths = [file.path for file in sample().files.values()]
    assert paths.count("aktuelles/index.md") == 1
    assert sample().page("aktuelles/").meta["template"] == "listing.html"


def test_a_listing_without_an_introduction_has_its_words_from_the_language() -> None:
    page = sample().page("termine/")
    assert (page.meta["title"], page.meta["description"]) == ("Termine", "Was demnächst stattfindet.")
    assert page.body.strip() == ""


@pytest.mark.parametrize("field", ["draft: ja", "publish: 2026-12-24"])
def test_an_introduction_that_is_not_public_leaves_the_listing(field: str) -> None:
    built = build(
        sample_with("summary: Was geschieht.", f"summary: Was geschieht.\n{field}", within="aktuelles/index.md")
    )
    page = built.page("aktuelles/")
    assert page.meta["title"] == "Aktuelles"
    assert page.body.strip() == ""
    assert len(page.meta["entries"]) == 3


@pytest.mark.parametrize("overview", ["themen/", "kommunen/", "gremien/"])
def test_an_overview_counts_what_its_listings_show(overview: str) -> None:
    members = sample().page(overview).meta["members"]
    assert [member["url"] for member in members] == [
        url for url in sample().pages if url.startswith(overview) and url != overview
    ]
    assert {member["url"]: member["count"] for member in members} == {
        member["url"]: len(sample().entries(member["url"])) for member in members
    }
    assert any(member["count"] for member in members)


def test_overviews_name_their_members_as_the_settings_do() -> None:
    shown = [(member["title"], member["summary"]) for member in sample().page("themen/").meta["members"]]
    assert shown == [("Mobilität", "Wie man hinkommt."), ("Energie, Klima & Wärme", None), ("Soziales", None)]


def test_links_to_other_listings_count_what_is_there() -> None:
    for url, page in sample().pages.items():
        for group in page.meta.get("groups", []):
            assert group["links"] != [], url
            assert [link["count"] for link in group["links"]] == [
                len(sample().entries(link["url"])) for link in group["links"]
            ]
    groups = {group["title"]: group["links"] for group in sample().page("aktuelles/").meta["groups"]}
    assert {title: [link["url"] for link in links] for title, links in groups.items()} == {
        "Nach Jahren": ["aktuelles/jahr/2026/", "aktuelles/jahr/2025/"],
        "Für die Presse": ["presse/"],
    }


def test_nothing_leads_to_empty_press_or_past_events() -> None:
    empty = build({})
    assert empty.page("aktuelles/").meta["groups"] == []
    assert empty.page("termine/").meta["groups"] == []


def test_what_a_listing_offers_to_subscribe_to_exists() -> None:
    for url, page in sample().pages.items():
        feed = page.meta.get("feed")
        assert feed is None or {f"{feed}{name}" for name in FEEDS} <= sample().files.keys(), url


@pytest.mark.parametrize(
    "url", ["aktuelles/", "presse/", "termine/", "protokolle/", "themen/energie/", "kommunen/talheim/"]
)
def test_sections_topics_and_municipalities_offer_their_own_feeds(url: str) -> None:
    assert sample().page(url).meta["feed"] == url


def test_a_committee_shows_who_belongs_to_it_and_when_it_meets() -> None:
    meta = sample().page("gremien/lenkungsgruppe/").meta
    assert meta["template"] == "committee.html"
    assert meta["description"] == "Beschließt über gemeinsame Vorhaben."
    assert meta["members"] == ["Erste Bürgermeisterinnen und Bürgermeister"]
    assert meta["rhythm"] == "vierteljährlich"
    assert meta["breadcrumbs"] == [{"title": "Gremien", "url": "gremien/"}]


def test_a_municipality_shows_its_particulars() -> None:
    meta = sample().page("kommunen/talheim/").meta
    assert meta["template"] == "municipality.html"
    assert meta["municipality"] == {
        "url": "https://talheim.example.org/",
        "ags": "09999101",
        "coat_of_arms": {"src": "bilder/wappen.svg", "width": 60, "height": 70, "sources": []},
        "gazette": {"name": "Talheimer Bote", "url": None, "deadline": "dienstags"},
    }
    assert sample().page("kommunen/bergdorf/").meta["municipality"]["gazette"] is None


def test_the_register_tells_each_public_decision_with_its_vote() -> None:
    shown = [
        (item["date"]["iso"], item["number"], item["title"], item["text"], item["vote"], item["carried"])
        for item in sample().entries("beschluesse/")
    ]
    assert shown == [
        (
            "2026-09-17",
            "1",
            "Radweg",
            "Der Radweg wird <em>sofort</em> gebaut.",
            {"text": "angenommen", "counts": "12 Ja, 1 Nein, 2 Enthaltungen"},
            True,
        ),
        (
            "2026-09-17",
            "1.1",
            "Beleuchtung",
            "Die Beleuchtung wird zurückgestellt.",
            {"text": "einstimmig angenommen", "counts": None},
            True,
        ),
        (
            "2026-09-17",
            "2",
            "Rufbus",
            "Der Rufbus wird eingestellt.",
            {"text": "abgelehnt", "counts": "2 Ja, 9 Nein, 0 Enthaltungen"},
            False,
        ),
        ("2026-09-17", "2", "Rufbus", "Der Bericht wird zur Kenntnis genommen.", None, True),
        ("2026-06-18", "1", "Leitbild", "Das Leitbild gilt.", None, True),
    ]


def assert_decisions_lead_to_their_wording(built: Built) -> None:
    registers = [url for url in built.pages if url.startswith("beschluesse/")]
    for url in registers:
        for item in built.page(url).meta["entries"]:
            page, _, anchor = urljoin(f"/{url}", item["url"]).removeprefix("/").partition("#")
            assert f'id="{anchor}"' in built.page(page).body
            assert anchor in [decision["id"] for decision in built.page(page).meta["decisions"]]


@pytest.mark.parametrize("size", [20, 1])
def test_the_register_leads_to_the_wording_in_the_minutes(size: int) -> None:
    assert_decisions_lead_to_their_wording(build(SAMPLE, page_size=size))


LISTED = """\
---
title: Beirat
summary: Eine Sitzung.
committee: beirat
start: 2026-10-01 18:00
state: approved
---
## TOP 1 – Brücke

- **Beschluss:** Die Brücke wird gebaut.
- **Abstimmung:** einstimmig
"""


def test_a_decision_written_as_a_list_item_can_be_linked_to() -> None:
    built = build({**SAMPLE, "protokolle/2026-10-01-beirat.md": LISTED})
    assert "Die Brücke wird gebaut." in [item["text"] for item in built.entries("beschluesse/")]
    assert_decisions_lead_to_their_wording(built)


def test_a_listing_is_as_long_as_20_entries_where_the_settings_say_nothing() -> None:
    assert Layout(folders=DEFAULT_FOLDERS).page_size == 20


def test_nothing_that_is_not_public_is_listed() -> None:
    for url, page in sample().pages.items():
        text = f"{page.meta}{page.body}"
        assert not re.search(r"Später|Noch geheim|gilt noch nicht|Das Grundstück", text), url
