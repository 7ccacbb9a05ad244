"""What pages say as data: valid by the words of schema.org, complete as far as texts state it, and never more."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.channels.pages import pages
from generator.channels.structured_data.organizations import postal_address
from generator.channels.structured_data.thing import linked_data, thing
from generator.model.event import Event
from generator.model.news import News
from tests.properties import property_settings
from tests.sample import LINES, NOW, Built, come_out, entry, sample
from tests.structured_data import TABLES, Stated, demo, mistakes


def graph(built: Built, url: str) -> list[dict[str, Any]]:
    data = json.loads(built.page(url).meta["structured_data"])
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = data["@graph"]
    return things


def stated(built: Built, url: str) -> Stated:
    """Return what is stated of the subject of the page at the address."""
    site = built.site
    # The pages of a long listing are about the same thing.
    subject = url.partition("seite/")[0]
    return Stated(
        {
            "layout": site.layout,
            "cooperation": site.cooperation,
            "entry": next((item for item in site.entries if item.url == url), None),
            "municipality": next(
                (item for item in site.cooperation.municipalities if subject == f"kommunen/{item.id}/"), None
            ),
            "committee": next((item for item in site.cooperation.committees if subject == f"gremien/{item.id}/"), None),
        }
    )


SITES = {"sample": sample, "demo": demo}


@pytest.mark.parametrize("name", ["sample", pytest.param("demo", marks=pytest.mark.slow)])
def test_every_page_states_what_is_known_and_nothing_else(name: str) -> None:
    built = SITES[name]()
    found = {
        url: wrong for url in built.pages for item in graph(built, url) if (wrong := mistakes(item, stated(built, url)))
    }
    assert found == {}


@pytest.mark.slow
def test_every_table_is_used() -> None:
    types = {kind for url in demo().pages for item in graph(demo(), url) for kind in types_in(item)}
    assert {kind for table in TABLES.values() for kind in table["type"]} == types


def types_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from types_in(item)
    if isinstance(value, dict):
        if "@type" in value:
            yield value["@type"]
        for item in value.values():
            yield from types_in(item)


def names_in(value: Any, *, referred: bool) -> Iterator[str]:
    """Yield the names of things, or those by which things are only referred to."""
    if isinstance(value, list):
        for item in value:
            yield from names_in(item, referred=referred)
    if isinstance(value, dict):
        if "@id" in value and ("@type" not in value) == referred:
            yield value["@id"]
        for item in value.values():
            yield from names_in(item, referred=referred)


@pytest.mark.slow
def test_references_lead_to_things() -> None:
    home = set(names_in(graph(demo(), ""), referred=False))
    for url in demo().pages:
        things = graph(demo(), url)
        known = set(names_in(things, referred=False))
        lost = {
            name
            for name in names_in(things, referred=True)
            if name not in known and not (name.endswith("#website") and name in home)
        }
        assert lost == set(), url


def addresses_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from addresses_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from addresses_in(item)
    elif isinstance(value, str) and value.startswith("https://"):
        yield value


@pytest.mark.slow
def test_addresses_of_the_site_are_whole_and_lead_somewhere() -> None:
    built = demo()
    base = built.site.cooperation.base_url
    for url in built.pages:
        found = addresses_in(graph(built, url))
        # The address of the search has room for the question.
        own = {address for address in found if address.startswith(base) and "{" not in address}
        assert own, url
        assert {address for address in own if address.removeprefix(base).partition("#")[0] not in built.files} == set()


@pytest.mark.parametrize("name", ["sample", pytest.param("demo", marks=pytest.mark.slow)])
def test_every_page_below_the_home_page_shows_its_way(name: str) -> None:
    built = SITES[name]()
    base = built.site.cooperation.base_url
    for url, staged in built.pages.items():
        ways = [item["itemListElement"] for item in graph(built, url) if item["@type"] == "BreadcrumbList"]
        if url == "":
            assert ways == []
            continue
        (way,) = ways
        assert [step["position"] for step in way] == list(range(1, len(way) + 1))
        shown = [("Startseite", ""), *((step["title"], step["url"]) for step in staged.meta["breadcrumbs"])]
        shown.append((staged.meta["title"], url))
        assert [(step["name"], step["item"]) for step in way] == [(title, base + step) for title, step in shown]


@given(text=LINES)
@property_settings()
def test_no_text_breaks_out_of_the_block(text: str) -> None:
    data = linked_data([thing("WebPage", name=text)])
    assert not set("<>&") & set(data)
    assert json.loads(data)["@graph"][0]["name"] == text


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "]]>", "&lt;/script&gt;", "\u2028"])
def test_what_ends_a_block_elsewhere_does_not_end_it(text: str) -> None:
    news = entry(News, path="aktuelles/a.md", date="2026-11-01", title=f"a{text}b", summary=text + "x")
    data = come_out(pages, news).page("aktuelles/a/").meta["structured_data"]
    assert not set("<>&") & set(data)
    assert json.loads(data)["@graph"][0]["headline"] == f"a{text}b".replace("\u2028", " ")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rathausplatz 1, 95999 Talheim", ("Rathausplatz 1", "95999", "Talheim")),
        ("Haus B, Weg 2, D-95999 Bad Talheim", ("Haus B, Weg 2", "95999", "Bad Talheim")),
        ("Am Markt", None),
        ("Weg 1, 9599 Talheim", None),
        ("95999 Talheim", None),
    ],
)
def test_an_address_is_taken_apart_where_it_can_be(text: str, parts: tuple[str, str, str] | None) -> None:
    found = postal_address(text, in_germany=False)
    names = ("streetAddress", "postalCode", "addressLocality")
    assert found == (text if parts is None else {"@type": "PostalAddress", **dict(zip(names, parts, strict=True))})


def shown_event(now: str = NOW, **fields: Any) -> dict[str, Any]:
    event = entry(Event, path="termine/a.md", **fields)
    data = come_out(pages, event, now=now).page("termine/a/").meta["structured_data"]
    found: dict[str, Any] = json.loads(data)["@graph"][0]
    return found


RECURRENCES = {
    "daily": ({"frequency": "daily", "interval": "2"}, {"repeatFrequency": "P2D"}),
    "weekly": ({"frequency": "weekly"}, {"repeatFrequency": "P1W", "byDay": "https://schema.org/Thursday"}),
    "monthly": ({"frequency": "monthly"}, {"repeatFrequency": "P1M", "byMonthDay": 26}),
    "monthly by weekday": ({"frequency": "monthly_weekday"}, {"repeatFrequency": "P1M", "byDay": "4TH"}),
    "yearly": ({"frequency": "yearly"}, {"repeatFrequency": "P1Y"}),
}


@pytest.mark.parametrize("name", RECURRENCES)
def test_a_series_has_its_schedule_and_the_event_is_its_next_time(name: str) -> None:
    recurrence, expected = RECURRENCES[name]
    event = shown_event(
        start="2026-11-26 18:30",
        end="2026-11-26 20:00",
        location="Haus",
        recurrence={"until": "2027-12-31", "exceptions": ["2026-12-24"], **recurrence},
    )
    assert event["startDate"] == "2026-11-26T18:30:00+01:00"
    assert event["superEvent"]["eventSchedule"] == {
        "@type": "Schedule",
        "startDate": "2026-11-26",
        "endDate": "2027-12-31",
        "startTime": "18:30:00",
        "endTime": "20:00:00",
        "exceptDate": ["2026-12-24"],
        "scheduleTimezone": "Europe/Berlin",
        **expected,
    }


def test_the_next_time_follows_the_clock() -> None:
    weekly = {"start": "2026-10-22 18:30", "location": "Haus"}
    recurrence = {"frequency": "weekly", "until": "2026-12-31"}
    before = shown_event("2026-10-23T12:00+02:00", recurrence=recurrence, **weekly)
    after = shown_event("2026-10-30T12:00+01:00", recurrence=recurrence, **weekly)
    assert (before["startDate"], after["startDate"]) == ("2026-10-29T18:30:00+01:00", "2026-11-05T18:30:00+01:00")


@pytest.mark.parametrize(
    ("fields", "mode", "places"),
    [
        ({"location": "Haus"}, "Offline", ["Place"]),
        ({"online": "https://test.example.org/raum"}, "Online", ["VirtualLocation"]),
        ({"location": "Haus", "online": "https://test.example.org/raum"}, "Mixed", ["Place", "VirtualLocation"]),
    ],
)
def test_an_event_takes_place_where_it_says(fields: dict[str, str], mode: str, places: list[str]) -> None:
    event = shown_event(start="2026-12-01", **fields)
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    found = event["location"] if isinstance(event["location"], list) else [event["location"]]
    assert [place["@type"] for place in found] == places


@given(known=st.fixed_dictionaries({}, optional=dict.fromkeys(("step_free", "wc"), st.sampled_from(["ja", "nein"]))))
@property_settings(20)
def test_unknown_accessibility_is_not_stated(known: dict[str, str]) -> None:
    event = shown_event(start="2026-12-01", location="Haus", accessibility=known)
    features = {item["name"]: item["value"] for item in event["location"].get("amenityFeature", [])}
    names = {"step_free": "Stufenloser Zugang", "wc": "Barrierefreies WC"}
    assert features == {names[name]: answer == "ja" for name, answer in known.items()}


@pytest.mark.parametrize(
    ("organizer", "url"),
    [
        ("Testallianz", "https://test.example.org/"),
        ("Stadt Talheim", "https://talheim.example.org/"),
        ("Gemeinde Bergdorf", "https://test.example.org/kommunen/bergdorf/"),
        ("Verein", None),
    ],
)
def test_an_organiser_that_the_site_knows_is_told_with_its_address(organizer: str, url: str | None) -> None:
    found = shown_event(start="2026-12-01", location="Haus", organizer=organizer)["organizer"]
    assert (found["name"], found.get("url")) == (organizer, url)


def test_what_is_cancelled_says_so() -> None:
    event = shown_event(start="2026-12-01", location="Haus", cancelled={"reason": "Sturm"})
    assert event["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.slow
def test_the_search_is_told_with_its_address() -> None:
    website = next(item for item in graph(demo(), "") if item["@type"] == "WebSite")
    action = website["potentialAction"]
    assert action["target"]["urlTemplate"] == "https://kranichwald.example.org/suche/?q={q}"
    assert action["query-input"] == "required name=q"
