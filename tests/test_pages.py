"""Staged pages: complete, addressed from the root, and good wherever the site is put."""

import json
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from generator.channels.output import page
from generator.channels.pages import pages
from generator.channels.redirects import redirects
from generator.model.event import Event
from generator.model.leitbild import Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.site import ROOT_MARK, Body
from generator.problems import ProblemsFound
from tests.project import load_cases
from tests.sample import NOW, ROOT_URL, SAMPLE, Built, build, come_out, entry, sample, sample_with, take_apart

MINUTES = "protokolle/2026-09-17-lenkungsgruppe"

CASES = load_cases("pages")


@pytest.mark.parametrize("name", CASES)
def test_a_staged_page_holds_what_its_template_shows(name: str) -> None:
    case = CASES[name]
    cooperation = SAMPLE["kooperation.yml"] + case.get("settings", "")
    built = build({**SAMPLE, "kooperation.yml": cooperation, **case.get("files", {})}, case.get("now", NOW))
    meta = built.page(case["page"]).meta
    # It has tests of its own.
    assert meta.pop("structured_data")
    if "whole" in case:
        assert meta == case["whole"]
    else:
        assert {key: meta[key] for key in case["part"]} == case["part"]


FEATURES = ("step_free", "wc", "hearing_loop", "sign_language", "captions")


@given(known=st.fixed_dictionaries({}, optional=dict.fromkeys(FEATURES, st.sampled_from(["ja", "nein"]))))
@settings(max_examples=40, deadline=None)
def test_unknown_accessibility_is_never_told_as_no(known: dict[str, str]) -> None:
    event = entry(Event, path="termine/a.md", start="2026-12-01", location="Haus", accessibility=known)
    meta = come_out(pages, event).page("termine/a/").meta
    told = {"yes": "ja", "no": "nein", "unknown": "unbekannt"}
    answers = [feature["answer"] for feature in meta["accessibility"]["features"]]
    assert [told[answer] for answer in answers] == [known.get(name, "unbekannt") for name in FEATURES]
    assert [feature["text"] for feature in meta["accessibility"]["features"]] == [told[answer] for answer in answers]


@pytest.mark.parametrize(
    ("start", "target", "value", "percent"),
    [
        ("0", "10", "4", 40),
        ("96", "200", "144", 46),
        ("100", "50", "75", 50),
        ("43", "20", "33", 43),
        ("0", "10", "12", 100),
        ("100", "50", "20", 100),
        ("10", "20", "5", 0),
        ("100", "50", "120", 0),
        ("0", "0,3", "0,1", 33),
        ("-5", "5", "0", 50),
        (None, "10", "4", 40),
        ("0", None, "4", None),
        ("5", "5", "5", None),
        ("0", "10", None, None),
    ],
)
def test_progress_is_the_part_of_the_way_that_is_done(
    start: str | None, target: str | None, value: str | None, percent: int | None
) -> None:
    given_values = {"start": start, "target": target, "values": [{"date": "2026-01-01", "value": value}]}
    indicator = {name: given for name, given in given_values.items() if given is not None}
    if value is None:
        indicator["values"] = []
    assert shown_indicator(indicator)["progress"] == percent


def shown_indicator(indicator: dict[str, Any]) -> dict[str, Any]:
    goals = [{"id": "z", "text": "Ziel", "indicators": [{"unit": "Stück"} | indicator]}]
    leitbild = entry(Leitbild, path="leitbild/l.md", vision="V", fields=[{"id": "h", "title": "H", "goals": goals}])
    meta = come_out(pages, leitbild).page("leitbild/l/").meta
    (shown,) = meta["fields"][0]["goals"][0]["indicators"]
    return dict(shown)


def test_a_falling_indicator_without_a_start_is_not_told_as_done() -> None:
    shown = shown_indicator({"target": "20", "values": [{"date": "2026-01-01", "value": "43"}]})
    assert shown["progress"] is None


def test_the_latest_measurement_counts_whatever_the_order_in_the_text() -> None:
    values = [{"date": f"{year}-12-31", "value": value} for year, value in ((2025, "2"), (2026, "3"), (2024, "1"))]
    shown = shown_indicator({"target": "4", "values": values})
    assert shown["latest"]["value"] == "3"
    assert [item["value"] for item in shown["measurements"]] == ["1", "2", "3"]


def test_the_home_page_shows_what_is_new_and_what_comes() -> None:
    news = [entry(News, path=f"aktuelles/n{day}.md", title=f"N{day}", date=f"2026-11-{day}") for day in range(10, 20)]
    events = [
        entry(Event, path=f"termine/t{day}.md", title=f"T{day}", start=f"2026-12-{day}", location="Haus")
        for day in range(10, 20)
    ]
    minutes = [
        entry(Minutes, path=f"protokolle/p{day}.md", title=f"P{day}", start=f"2026-10-{day}", committee="beirat")
        for day in range(10, 15)
    ]
    off = {"start": "2026-12-01", "location": "Haus", "cancelled": {"reason": "Sturm"}}
    others = [
        entry(Event, path="termine/aus.md", title="Aus", **off),
        entry(Event, path="termine/alt.md", title="Alt", start="2026-11-01", location="Haus"),
    ]
    (home,) = (item for item in sample().site.entries if item.url == "")
    meta = come_out(pages, home, *news, *events, *minutes, *others).page("").meta
    assert {name: [item["title"] for item in meta[name]] for name in ("news", "events", "minutes")} == {
        "news": ["N19", "N18", "N17", "N16", "N15", "N14"],
        "events": ["T10", "T11", "T12", "T13", "T14", "T15"],
        "minutes": ["P14", "P13", "P12"],
    }


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("09999 12-345", "0999912345"),
        ("(09999) 12 345", "0999912345"),
        ("+49 9999 12345", "+49999912345"),
        ("+49 (0) 9999 12345", "+49999912345"),
    ],
)
def test_a_phone_number_can_be_dialled(written: str, dialled: str) -> None:
    news = entry(News, path="aktuelles/a.md", date="2026-11-01", contact={"name": "Amt", "phone": written})
    meta = come_out(pages, news).page("aktuelles/a/").meta
    assert meta["contact"]["phone"] == {"text": written, "href": dialled}


def test_addresses_are_ascii_and_follow_the_file_not_the_title() -> None:
    text = SAMPLE["aktuelles/2025-12-31-rueckblick.md"]
    built = build({**SAMPLE, "aktuelles/2026-11-20-Straße & Brücke.md": text, "Über uns.md": SAMPLE["impressum.md"]})
    news = built.files["aktuelles/2026-11-20-strasse-bruecke/"]
    assert news.path == "aktuelles/2026-11-20-strasse-bruecke.md"
    assert built.files["ueber-uns/"].path == "ueber-uns.md"


def named_addresses(value: Any) -> Iterator[str]:
    """Yield the addresses that front matter names."""
    if isinstance(value, list):
        for item in value:
            yield from named_addresses(item)
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("url", "src", "newer", "older", "coat_of_arms") and isinstance(item, str):
                yield item
            else:
                yield from named_addresses(item)


def leads_somewhere(built: Built, address: str) -> bool:
    """Tell whether an address from the root is a page, a file, or a place on a page."""
    url, _, anchor = address.partition("#")
    if url not in built.files or not built.files[url].path.endswith(".md"):
        return url in built.files and not anchor
    staged = built.page(url)
    fields = [field["id"] for field in staged.meta.get("fields", ())]
    return not anchor or f'id="{anchor}"' in staged.body or anchor in fields


def test_addresses_in_front_matter_lead_somewhere_from_the_root() -> None:
    built = build(SAMPLE, page_size=2)
    checked = 0
    for url, staged in built.pages.items():
        for address in named_addresses(staged.meta):
            if not address.startswith("https://"):
                from_root = not address.startswith(("#", "../", "./"))
                target = address if from_root else urljoin(f"/{url}", address).removeprefix("/")
                assert leads_somewhere(built, target), f"{address} on {url}"
                checked += 1
    assert checked > 100


def test_links_in_bodies_lead_somewhere_from_their_page() -> None:
    found: dict[str, list[str]] = {}
    for url, staged in sample().pages.items():
        for _, attribute, address, _ in html.fragment_fromstring(staged.body, create_parent="div").iterlinks():
            assert attribute in ("href", "src")
            found.setdefault(url, []).append(address)
            if not address.startswith("https://"):
                assert not address.startswith("/"), f"{address} on {url}"
                assert leads_somewhere(sample(), urljoin(f"/{url}", address).removeprefix("/")), f"{address} on {url}"
    assert found == {
        "": ["./leitbild/", "./bilder/rad.svg"],
        "aktuelles/": ["../termine/", "../bilder/rad.svg"],
        "aktuelles/2026-10-01-rufbus/": ["../../kommunen/"],
        "aktuelles/2026-11-02-radweg/": [
            "../../termine/2026-12-09-buergerforum/#ablauf",
            "../../aktuelles/plan%20%C3%BCber%20alles.pdf",
            "https://talheim.example.org/rad?a=1&b=2",
            "../../bilder/rad.svg",
        ],
    }


def test_pages_are_the_same_wherever_the_site_is_put() -> None:
    other = "https://neu.example.org/allianz/"
    elsewhere = build(sample_with(ROOT_URL, other, within="kooperation.yml"))
    moved = {}
    for url, staged in elsewhere.pages.items():
        # Only there are addresses whole.
        staged.meta["structured_data"] = staged.meta["structured_data"].replace(other, ROOT_URL)
        if staged != sample().pages[url]:
            moved[url] = staged
    assert moved == {}


def test_no_mark_of_the_root_is_left_in_any_file() -> None:
    built = build(SAMPLE, page_size=1)
    assert [url for url, file in built.files.items() if ROOT_MARK.encode() in file.data] == []


def front_matter(data: bytes) -> str:
    return data.decode().split("---\n")[1]


def test_front_matter_is_yaml_too() -> None:
    for file in sample().files.values():
        if file.path.endswith(".md"):
            text = front_matter(file.data)
            assert yaml.safe_load(text) == json.loads(text), file.path


def assert_yaml_too(text: str) -> None:
    meta = {"text": text, "nested": [{"text": text}, None, True, 7]}
    staged = front_matter(page("a/", lambda: ("page.html", meta)).data)
    assert yaml.safe_load(staged) == json.loads(staged) == {"template": "page.html", **meta}


@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"), include_characters="\n\t")))
@settings(max_examples=60, deadline=None)
def test_front_matter_is_yaml_whatever_an_author_types(text: str) -> None:
    assert_yaml_too(text)


@given(body=st.text(st.characters(exclude_categories=["Cs", "Co"])))
@settings(max_examples=40, deadline=None)
def test_a_body_is_staged_as_it_is(body: str) -> None:
    staged = take_apart(page("a/b/", lambda: ("page.html", {"title": "---\n---\n"}), Body(f"{ROOT_MARK}x{body}")).data)
    assert staged.body == f"../../x{body}\n"
    assert staged.meta["title"] == "---\n---\n"


ALIASES = {
    "/alt/radweg/": "alt/radweg/index.html",
    "alt": "alt/index.html",
    "radweg.html": "radweg.html",
    "/alt/tief/radweg.html": "alt/tief/radweg.html",
    "über uns/": "über uns/index.html",
    "/b%C3%BCrger/": "bürger/index.html",
}


@pytest.mark.parametrize("alias", ALIASES)
@pytest.mark.parametrize("new", ["", "aktuelles/2026-11-02-radweg/"])
def test_an_old_address_leads_to_the_new_one(alias: str, new: str) -> None:
    (text,) = (item for item in sample().site.entries if item.url == new)
    title = 'Rad & „Weg“ <neu> "eins"'
    (file,) = come_out(redirects, text.model_copy(update={"title": title, "aliases": (alias,)})).files.values()
    assert file.path == ALIASES[alias]
    root = etree.fromstring(file.data, etree.HTMLParser(encoding="utf-8"))
    assert root.xpath("//link[@rel='canonical']/@href") == [ROOT_URL + new]
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    (link,) = root.xpath("//a/@href")
    assert root.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={link}"]
    assert normpath(join(dirname(file.path), link)) == normpath(new)
    assert root.xpath("//title/text()") == root.xpath("//a/text()") == [title]
    assert root.xpath("/html/@lang") == ["de"]


def test_only_public_texts_have_their_old_addresses() -> None:
    hidden = sample_with(
        "date: 2026-11-30", "date: 2026-11-30\naliases: [geheim.html]", within="aktuelles/2026-11-30-spaeter.md"
    )
    assert "geheim.html" not in build(hidden).files
    assert "geheim.html" in build(hidden, "2026-12-01T08:00+01:00").files


@pytest.mark.parametrize(
    "alias",
    [
        "/",
        "../radweg/",
        "alt/../../radweg.html",
        "https://alt.example.org/radweg",
        "feed.xml",
        "/alt/%2E%2e/radweg/",
        "/alt%2Fradweg/",
        "/alt/%0Aradweg/",
        "/alt/%22radweg/",
        "/alt/%24radweg/",
        "/alt/%ff/",
    ],
)
def test_an_old_address_out_of_the_site_is_told_to_its_author(alias: str) -> None:
    files = sample_with("[/alt/radweg/, radweg.html]", json.dumps([alias]), within="aktuelles/2026-11-02-radweg.md")
    with pytest.raises(ProblemsFound) as found:
        build(files)
    assert [(item.path, item.line) for item in found.value.problems] == [("aktuelles/2026-11-02-radweg.md", 13)]


def in_sitemap(built: Built) -> list[tuple[str, str | None]]:
    root = etree.fromstring(built["sitemap.xml"])
    return [(str(item.findtext("{*}loc")), item.findtext("{*}lastmod")) for item in root]


def test_the_sitemap_lists_every_page_once_and_no_redirect() -> None:
    built = build(SAMPLE, page_size=1)
    listed = [address for address, _ in in_sitemap(built)]
    assert listed == sorted(f"{ROOT_URL}{url}" for url, page in built.pages.items() if "noindex" not in page.meta)
    assert (
        etree.QName(etree.fromstring(built["sitemap.xml"])).namespace == "http://www.sitemaps.org/schemas/sitemap/0.9"
    )


def test_the_sitemap_says_when_a_text_last_changed() -> None:
    changed = {address.removeprefix(ROOT_URL): day for address, day in in_sitemap(sample()) if day}
    assert changed == {
        "aktuelles/2025-12-31-rueckblick/": "2025-12-31",
        "aktuelles/2026-10-01-rufbus/": "2026-10-01",
        "aktuelles/2026-11-02-radweg/": "2026-11-04",
        "newsletter/2026-10-05-ausgabe-1/": "2026-10-05",
        "protokolle/2026-06-18-lenkungsgruppe/": "2026-06-18",
        "protokolle/2026-09-17-lenkungsgruppe/": "2026-10-05",
        "termine/2026-09-26-fest/": "2026-08-01",
        "termine/2026-11-05-werkstatt/": "2026-10-10",
        "termine/2026-11-28-exkursion/": "2026-11-20",
        "termine/2026-12-09-buergerforum/": "2026-11-16",
        "termine/sprechstunde/": "2026-09-01",
    }


def test_a_page_that_is_not_to_be_found_is_in_no_sitemap() -> None:
    hidden = page("danke/", lambda: ("page.html", {"title": "Danke"}), listed=False)
    assert take_apart(hidden.data).meta["noindex"] is True
    assert not hidden.listed


def test_redirects_are_made_for_aliases_alone() -> None:
    assert come_out(redirects, *sample().site.entries).files.keys() == {"alt/radweg/", "radweg.html"}


@pytest.mark.parametrize(("abstentions", "text"), [(0, "0 Enthaltungen"), (1, "1 Enthaltung"), (2, "2 Enthaltungen")])
def test_one_abstention_is_written_as_one(abstentions: int, text: str) -> None:
    files = sample_with("1 Nein, 2 Enthaltungen", f"1 Nein, {abstentions} Enthaltungen", within=f"{MINUTES}.md")
    (decision, *_) = build(files).page(f"{MINUTES}/").meta["decisions"]
    assert decision["vote"]["counts"] == f"12 Ja, 1 Nein, {text}"
