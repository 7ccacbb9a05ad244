"""Feeds: what subscribers get stays theirs when a text moves, is complete, and never depends on the clock."""

import io
import json
from calendar import timegm
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from generator.channels.feeds import feeds
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.event import Event
from generator.model.news import News
from generator.model.site import ROOT_MARK, Layout
from generator.problems import ProblemsFound
from tests.project import BASE
from tests.sample import LINES, NOW, ROOT_URL, SAMPLE, Built, build, come_out, entry, sample, sample_with

FORMATS = ("feed.xml", "feed.atom", "feed.json")
RADWEG = "aktuelles/2026-11-02-radweg.md"
FORUM = "termine/2026-12-09-buergerforum.md"

COLLECTIONS = {
    "": (
        "Testallianz",
        [
            "Bürgerforum",
            "Radweg eröffnet",
            "Exkursion",
            "Werkstatt Ortsmitte",
            "Lenkungsgruppe vom 17. September 2026",
            "Der Rufbus fährt",
            "Sprechstunde",
            "Fest im Tal",
            "Lenkungsgruppe vom 18. Juni 2026",
            "Rückblick",
        ],
    ),
    "aktuelles/": ("Testallianz: Aktuelles", ["Radweg eröffnet", "Der Rufbus fährt", "Rückblick"]),
    "presse/": ("Testallianz: Presse", ["Der Rufbus fährt"]),
    "termine/": (
        "Testallianz: Termine",
        ["Bürgerforum", "Exkursion", "Werkstatt Ortsmitte", "Sprechstunde", "Fest im Tal"],
    ),
    "protokolle/": (
        "Testallianz: Protokolle",
        ["Lenkungsgruppe vom 17. September 2026", "Lenkungsgruppe vom 18. Juni 2026"],
    ),
    "newsletter/": ("Testallianz: Newsletter", ["Der Rufbus fährt"]),
    "themen/mobilitaet/": (
        "Testallianz: Mobilität",
        ["Radweg eröffnet", "Lenkungsgruppe vom 17. September 2026", "Der Rufbus fährt"],
    ),
    "themen/energie/": ("Testallianz: Energie, Klima & Wärme", ["Bürgerforum", "Radweg eröffnet"]),
    "themen/soziales/": ("Testallianz: Soziales", []),
    "kommunen/talheim/": (
        "Testallianz: Stadt Talheim",
        ["Radweg eröffnet", "Exkursion", "Der Rufbus fährt", "Fest im Tal"],
    ),
    "kommunen/bergdorf/": (
        "Testallianz: Gemeinde Bergdorf",
        ["Bürgerforum", "Radweg eröffnet", "Lenkungsgruppe vom 17. September 2026"],
    ),
    "kommunen/seedorf/": ("Testallianz: Gemeinde Seedorf", []),
}


@dataclass(frozen=True)
class Item:
    id: str
    url: str
    title: str
    summary: str
    content: str
    published: datetime
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Feed:
    title: str
    items: tuple[Item, ...]


def read(data: bytes) -> Feed:
    """Read a feed as a subscriber's program does."""
    if data.startswith(b"{"):
        return _read_json(data)
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.bozo_exception
    items = (
        Item(
            id=item.id,
            url=item.link,
            title=item.title,
            summary=item.summary,
            content=item.content[0].value,
            published=datetime.fromtimestamp(timegm(item.published_parsed), UTC),
            categories=tuple(tag.label or tag.term for tag in item.get("tags", ())),
        )
        for item in parsed.entries
    )
    return Feed(parsed.feed.title, tuple(items))


def _read_json(data: bytes) -> Feed:
    parsed = json.loads(data)
    items = (
        Item(
            id=item["id"],
            url=item["url"],
            title=item["title"],
            summary=item["summary"],
            content=item["content_html"],
            published=datetime.fromisoformat(item["date_published"]),
            categories=tuple(item["tags"]),
        )
        for item in parsed["items"]
    )
    return Feed(parsed["title"], tuple(items))


def ids(built: Built) -> dict[str, str]:
    return {item.title: item.id for item in read(built["feed.atom"]).items}


def addresses(content: str) -> list[str]:
    """Return where the links and pictures of an HTML fragment lead."""
    root = html.fragment_fromstring(content, create_parent="div")
    return [address for _, attribute, address, _ in root.iterlinks() if attribute in ("href", "src")]


def feed_files(built: Built) -> dict[str, bytes]:
    return {url: file.data for url, file in built.files.items() if url.endswith(FORMATS)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_feed_holds_what_belongs_to_it_newest_first(collection: str, name: str) -> None:
    feed = read(sample()[f"{collection}{name}"])
    title, titles = COLLECTIONS[collection]
    assert feed.title == title
    assert [item.title for item in feed.items] == titles


def test_there_are_no_other_feeds() -> None:
    assert set(feed_files(sample())) == {f"{collection}{name}" for collection in COLLECTIONS for name in FORMATS}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_three_formats_tell_the_same(collection: str) -> None:
    rss, atom, json_feed = (read(sample()[f"{collection}{name}"]) for name in FORMATS)
    assert rss == atom == json_feed


def test_an_id_stays_when_title_and_file_change() -> None:
    moved = {path: text for path, text in SAMPLE.items() if path != RADWEG}
    moved["aktuelles/2026/neuer-name.md"] = (
        SAMPLE[RADWEG]
        .replace("title: Radweg eröffnet", "title: Radweg freigegeben\nid: 2026-11-02-radweg")
        .replace("../", "../../")
        .replace("plan über", "../plan über")
        .replace("plan%20", "../plan%20")
    )
    after = build(moved)
    assert "aktuelles/2026/neuer-name/" in after.files
    assert ids(after)["Radweg freigegeben"] == ids(sample())["Radweg eröffnet"]


def test_ids_stay_when_the_site_moves() -> None:
    after = build(sample_with(ROOT_URL.rstrip("/"), "https://neu.example.org/allianz/", within="kooperation.yml"))
    assert ids(after) == ids(sample())
    assert read(after["feed.xml"]).items[1].url == "https://neu.example.org/allianz/aktuelles/2026-11-02-radweg/"


def test_ids_of_two_texts_or_two_cooperations_never_meet() -> None:
    here = ids(sample())
    there = ids(build(sample_with("id: testallianz", "id: nachbarallianz", within="kooperation.yml")))
    assert here.keys() == there.keys()
    assert len({*here.values(), *there.values()}) == 2 * len(here)


@pytest.mark.parametrize("name", FORMATS)
def test_an_id_is_no_address(name: str) -> None:
    assert all(item.id.startswith("urn:uuid:") for item in read(sample()[name]).items)
    assert b'isPermaLink="true"' not in sample()[name]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_feed_names_its_own_address(collection: str) -> None:
    links = "//*[local-name()='link'][@rel='self']/@href"
    for name in ("feed.xml", "feed.atom"):
        assert etree.fromstring(sample()[f"{collection}{name}"]).xpath(links) == [f"{ROOT_URL}{collection}{name}"]
    assert json.loads(sample()[f"{collection}feed.json"])["feed_url"] == f"{ROOT_URL}{collection}feed.json"


def _home_of_rss(data: bytes) -> str:
    return str(etree.fromstring(data).findtext("channel/link"))


def _home_of_atom(data: bytes) -> str:
    return str(etree.fromstring(data).xpath("*[local-name()='link'][not(@rel) or @rel='alternate']/@href")[0])


def _home_of_json(data: bytes) -> str:
    return str(json.loads(data)["home_page_url"])


@pytest.mark.parametrize(
    ("name", "home_of"),
    [
        ("feed.xml", _home_of_rss),
        ("feed.atom", _home_of_atom),
        ("feed.json", _home_of_json),
    ],
)
def test_a_feed_leads_to_the_page_that_lists_the_same(name: str, home_of: Callable[[bytes], str]) -> None:
    for collection in COLLECTIONS:
        assert home_of(sample()[f"{collection}{name}"]) == f"{ROOT_URL}{collection}"
        assert collection in sample().pages


@pytest.mark.parametrize("base", [ROOT_URL, "https://neu.example.org/allianz/"])
def test_full_texts_have_absolute_addresses_only(base: str) -> None:
    built = build(sample_with(ROOT_URL.rstrip("/"), base, within="kooperation.yml"))
    for url, data in feed_files(built).items():
        assert ROOT_MARK.encode() not in data, url
        for item in read(data).items:
            assert all(address.startswith("https://") for address in addresses(item.content)), url
    radweg = next(item for item in read(built["feed.xml"]).items if item.title == "Radweg eröffnet")
    assert addresses(radweg.content) == [
        f"{base}termine/2026-12-09-buergerforum/#ablauf",
        f"{base}aktuelles/plan%20%C3%BCber%20alles.pdf",
        "https://talheim.example.org/rad?a=1&b=2",
        f"{base}bilder/rad.svg",
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_links_within_a_text_lead_to_its_page(name: str) -> None:
    text = SAMPLE["aktuelles/2025-12-31-rueckblick.md"] + "\n## Ende\n\nSiehe [oben](#ende).[^1]\n\n[^1]: Fußnote\n"
    built = build({**SAMPLE, "aktuelles/2025-12-31-rueckblick.md": text})
    found = addresses(read(built[name]).items[-1].content)
    page = f"{ROOT_URL}aktuelles/2025-12-31-rueckblick/"
    assert found == [f"{page}#ende", f"{page}#fn:1", f"{page}#fnref:1"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_keeps_the_newest_up_to_its_size(name: str) -> None:
    news = [entry(News, path=f"aktuelles/tag-{day}.md", date=f"2026-10-{day:02}") for day in range(1, 26)]
    newest = [item.id for item in reversed(news)]

    def kept(**layout: Any) -> list[str]:
        feed = read(come_out(feeds, *news, **layout)[f"aktuelles/{name}"])
        return [item.url.rstrip("/").rpartition("/")[2] for item in feed.items]

    assert kept(feed_size=20) == newest[:20]
    assert kept(feed_size=23) == newest[:23]
    assert kept(feed_size=100) == newest


def test_a_feed_keeps_at_least_20_where_the_settings_say_nothing() -> None:
    assert Layout(folders=DEFAULT_FOLDERS).feed_size >= 20


@given(hours=st.lists(st.integers(0, 200_000), max_size=8, unique=True))
@settings(max_examples=20, deadline=None)
def test_a_feed_goes_from_new_to_old_whatever_the_files_are_called(hours: list[int]) -> None:
    moments = [datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=number) for number in hours]
    news = [
        entry(News, path=f"aktuelles/{number}.md", date=f"{moment:%Y-%m-%dT%H:%MZ}")
        for number, moment in enumerate(moments)
    ]
    published = [item.published for item in read(come_out(feeds, *news)["feed.atom"]).items]
    assert published == sorted(moments, reverse=True)


def test_the_clock_changes_no_feed() -> None:
    earlier, later = sample("2026-11-16T10:00+01:00"), sample("2026-11-29T20:00+01:00")
    assert [item.id for item in earlier.site.entries] == [item.id for item in later.site.entries]
    assert feed_files(earlier) == feed_files(later)


def test_the_clock_does_not_turn_the_order_of_what_appeared_together() -> None:
    events = [
        entry(
            Event,
            path=f"termine/{name}.md",
            publish="2026-11-01",
            start=start,
            location="Haus",
            recurrence={"frequency": "weekly", "until": "2027-03-01"},
        )
        for name, start in (("dienstags", "2026-11-03 18:00"), ("freitags", "2026-11-06 18:00"))
    ]
    tuesday, friday = (come_out(feeds, *events, now=f"2026-11-{day}T12:00+01:00").files for day in (10, 12))
    assert tuesday == friday


def test_no_feed_dates_an_entry_in_the_future() -> None:
    event = "---\ntitle: Fest\nsummary: Im Sommer.\nstart: 2027-06-01 18:30\nlocation: Haus\n---\nMusik.\n"
    built = build({"termine/fest.md": event})
    published = [item.published for name in FORMATS for item in read(built[name]).items]
    assert all(moment <= datetime.fromisoformat(NOW) for moment in published)


def test_dates_are_those_of_the_entry() -> None:
    moments = {item.title: item.published.isoformat() for item in _read_json(sample()["feed.json"]).items}
    assert moments["Radweg eröffnet"] == "2026-11-02T00:00:00+01:00"
    assert moments["Rückblick"] == "2025-12-31T23:30:00+01:00"
    assert moments["Lenkungsgruppe vom 18. Juni 2026"] == "2026-06-18T18:00:00+02:00"
    assert moments["Bürgerforum"] == "2026-11-16T09:00:00+01:00"


def test_a_change_is_told_as_an_update() -> None:
    atom = feedparser.parse(io.BytesIO(sample()["aktuelles/feed.atom"]))
    assert [item.updated for item in atom.entries] == [
        "2026-11-04T00:00:00+01:00",
        "2026-10-01T00:00:00+02:00",
        "2025-12-31T23:30:00+01:00",
    ]
    assert atom.feed.updated == "2026-11-04T00:00:00+01:00"
    rss = etree.fromstring(sample()["aktuelles/feed.xml"])
    assert rss.findtext("channel/lastBuildDate") == "Wed, 04 Nov 2026 00:00:00 +0100"
    newest = json.loads(sample()["aktuelles/feed.json"])["items"][0]
    assert newest["date_modified"] == "2026-11-04T00:00:00+01:00"


@pytest.mark.parametrize("name", FORMATS)
def test_signs_with_a_meaning_elsewhere_survive(name: str) -> None:
    title, summary = "Tür & Tor <b>]]> „Öl“ \"ß\" 'é' 🚲 &amp;", "]]><script>alert(1)</script> & Ähre 🌾"
    fields = json.dumps({"title": title, "summary": summary, "date": "2026-11-20"}, ensure_ascii=False)
    text = f"---\n{fields}\n---\n`]]>` & 🚲 ü\n"
    newest = read(build({**SAMPLE, "aktuelles/zeichen.md": text})[name]).items[0]
    assert newest.title == title
    assert newest.summary == summary
    assert newest.content.strip() == "<p><code>]]&gt;</code> &amp; 🚲 ü</p>"


@pytest.mark.parametrize("name", FORMATS)
def test_topics_are_categories(name: str) -> None:
    by_title = {item.title: item.categories for item in read(sample()[name]).items}
    assert by_title["Radweg eröffnet"] == ("Mobilität", "Energie, Klima & Wärme")
    assert by_title["Rückblick"] == ()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("title", "facts"),
    [
        (
            "Bürgerforum",
            [
                "Wann: Mittwoch, 9. Dezember 2026, 18:30 bis 20:30 Uhr",
                "Wo: Haus „Zur Linde“; Saal, Weg 1, 95999 Bergdorf",
            ],
        ),
        ("Exkursion", ["Wann: Samstag, 28. November 2026, 09:00 Uhr", "Wo: Bahnhof", "Abgesagt: Zu viel Wind"]),
        ("Fest im Tal", ["Wann: Samstag, 26. September 2026 bis Sonntag, 27. September 2026", "Wo: Festplatz"]),
    ],
)
def test_an_event_says_when_and_where(title: str, facts: list[str], name: str) -> None:
    event = next(item for item in read(sample()[f"termine/{name}"]).items if item.title == title)
    paragraph, *_ = html.fragment_fromstring(event.content, create_parent="div")
    lines = html.tostring(paragraph, encoding="unicode", with_tail=False).split("<br>")
    assert [str(html.fromstring(line).text_content()) for line in lines] == facts


def test_a_recurring_online_event_says_how_often_and_at_which_address() -> None:
    event = next(item for item in read(sample()["termine/feed.xml"]).items if item.title == "Sprechstunde")
    text = html.fragment_fromstring(event.content, create_parent="div").text_content()
    assert "Mittwoch, 7. Oktober 2026, 18:30 bis 19:30 Uhr" in text
    assert "jede Woche bis 14. April 2027" in text
    assert "https://test.example.org/raum" in event.content


@pytest.mark.parametrize("name", FORMATS)
def test_a_place_is_text_and_no_html(name: str) -> None:
    event = entry(Event, path="termine/a.md", publish="2026-11-01", start="2026-12-01", location="<b>Haus</b> & ]]>")
    content = read(come_out(feeds, event)[name]).items[0].content
    assert "<strong>Wo:</strong> &lt;b&gt;Haus&lt;/b&gt; &amp; ]]&gt;</p>" in content


@pytest.mark.parametrize("collection", [name for name, (_, titles) in COLLECTIONS.items() if not titles])
def test_an_empty_feed_is_valid(collection: str) -> None:
    rss, atom = (etree.fromstring(sample()[f"{collection}{name}"]) for name in ("feed.xml", "feed.atom"))
    assert all(rss.findtext(f"channel/{required}") for required in ("title", "link", "description"))
    assert all(atom.findtext(f"{{*}}{required}") for required in ("id", "title", "updated"))
    assert json.loads(sample()[f"{collection}feed.json"])["items"] == []


def test_a_json_feed_says_its_version_language_and_picture() -> None:
    feed = json.loads(sample()["aktuelles/feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "de"
    assert [item.get("image") for item in feed["items"]] == [f"{ROOT_URL}bilder/rad.svg", None, None]


def test_full_texts_and_summaries_have_a_place_each() -> None:
    press = read(sample()["presse/feed.xml"]).items[0]
    assert press.summary == "Auch sonntags."
    assert press.content == f'<p>Er fährt auch sonntags, siehe <a href="{ROOT_URL}kommunen/">Kommunen</a>.</p>'


TYPED = LINES | st.text("<>&;]['\"-äß🚲 x", min_size=1).filter(str.strip)
"""What an author may type, with many of the signs that mean something in XML."""


@given(title=TYPED, summary=TYPED)
@settings(max_examples=60, deadline=None)
def test_whatever_an_author_types_feeds_are_well_formed_and_tell_it(title: str, summary: str) -> None:
    news = entry(News, path="aktuelles/a.md", title=title, summary=summary, date="2026-11-01")
    files = come_out(feeds, news, body="<p>]]&gt;</p>")
    for name in FORMATS:
        assert told(files[name]) == (news.title, news.summary), name


def told(data: bytes) -> tuple[str, str]:
    """Return the first entry's title and summary as written; feedparser would trim and interpret them."""
    if data.startswith(b"{"):
        item = json.loads(data)["items"][0]
        return item["title"], item["summary"]
    first = etree.fromstring(data).xpath("//*[local-name()='item' or local-name()='entry']")[0]
    title, summary = (
        first.xpath(f"string(*[{condition}])")
        for condition in ("local-name()='title'", "local-name()='summary' or local-name()='description'")
    )
    return title, summary


UNWRITABLE = {
    "a control character in the title": ("title: Radweg eröffnet", 'title: "Rad\\x01weg"', 2),
    "the sign that stands for the root": ("summary: Der Radweg ist fertig.", 'summary: "\\ue000Radweg"', 3),
    "a noncharacter in the text": ("Der Radweg ist offen", "Der Radweg \uffff ist offen", 21),
}


@pytest.mark.parametrize("name", UNWRITABLE)
def test_what_no_feed_can_carry_is_told_to_the_author(name: str) -> None:
    old, new, line = UNWRITABLE[name]
    with pytest.raises(ProblemsFound) as found:
        build(sample_with(old, new, within=RADWEG))
    assert [(problem.path, problem.line) for problem in found.value.problems] == [(RADWEG, line)]


def test_in_the_hour_that_comes_twice_what_is_public_is_in_the_feeds() -> None:
    text = "---\ntitle: Erst\nsummary: Kurz.\ndate: 2026-10-02\npublish: 2026-10-25T02:10+02:00\n---\nText"
    built = build({**BASE, "aktuelles/erst.md": text}, "2026-10-25T02:00+01:00", search=False)
    assert b"Erst" in built["aktuelles/feed.xml"]
