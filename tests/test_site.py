"""Every page of the demo site: valid, ordered, German, complete, and without a request to anybody else."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from tinyhtml5.parser import HTMLParser as StrictParser

from generator.folders import files_in
from tests.conftest import run
from tests.project import load_cases

pytestmark = pytest.mark.slow

BASE = "https://kranichwald.example.org/"
DATA = "application/ld+json"
"""The type of a script that is none: a block of data, which no browser runs."""

ENGLISH = frozenset(load_cases("english")["words"]["words"].split())


class Page(HTMLParser):
    """What the checks need to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self._silent += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def text(self) -> str:
        labels = [
            value
            for _, attributes in self.tags
            for name in ("aria-label", "title", "alt", "placeholder", "data-label")
            if (value := attributes.get(name))
        ]
        return " ".join([*self.words, *labels])

    @property
    def ids(self) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get("id"))]


@pytest.fixture(scope="module")
def site(demo: Path) -> Path:
    return demo / "build" / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {path: Page((site / path).read_text(encoding="utf-8")) for path in html_files(site)}


def html_files(site: Path) -> list[str]:
    return sorted(path for path in files_in(site) if path.endswith(".html"))


def is_indexed(page: Page) -> bool:
    return not any(meta.get("name") == "robots" for meta in page.all("meta"))


def is_redirect(page: Page) -> bool:
    return any(attributes.get("http-equiv") == "refresh" for attributes in page.all("meta"))


def problems(pages: dict[str, Page], check: object) -> dict[str, object]:
    """Return what a check finds, by page, where it finds something."""
    assert callable(check)
    return {path: found for path, page in pages.items() if not is_redirect(page) and (found := check(page))}


def test_every_page_parses_strictly(site: Path) -> None:
    errors = {}
    for path in html_files(site):
        parser = StrictParser()
        parser.parse((site / path).read_bytes(), transport_encoding="utf-8")
        if parser.errors:
            errors[path] = parser.errors
    assert errors == {}


def test_every_page_names_language_title_and_viewport(pages: dict[str, Page]) -> None:
    def check(page: Page) -> list[str]:
        found = []
        if page.all("html")[0].get("lang") != "de":
            found.append("lang")
        if len(page.all("title")) != 1:
            found.append("title")
        if not any(meta.get("name") == "viewport" for meta in page.all("meta")):
            found.append("viewport")
        return found

    assert problems(pages, check) == {}


def test_titles_tell_pages_apart(site: Path, pages: dict[str, Page]) -> None:
    titles: dict[str, list[str]] = {}
    for path, page in pages.items():
        if not is_redirect(page):
            title = re.search(r"<title>(.*?)</title>", (site / path).read_text(encoding="utf-8"), re.DOTALL)
            assert title, path
            titles.setdefault(title[1], []).append(path)
    assert [paths for paths in titles.values() if len(paths) > 1] == []


def test_headings_are_ordered(pages: dict[str, Page]) -> None:
    def check(page: Page) -> list[str]:
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        jumps = [f"h{a}→h{b}" for a, b in pairwise(levels) if b > a + 1]
        return jumps + ([] if levels.count(1) == 1 else [f"{levels.count(1)} h1"])

    assert problems(pages, check) == {}


def test_landmarks_are_there_and_named(pages: dict[str, Page]) -> None:
    def check(page: Page) -> list[str]:
        found = [name for name in ("header", "main", "footer") if not page.all(name)]
        found += ["two mains"] if len(page.all("main")) > 1 else []
        navs = page.all("nav")
        names = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in navs]
        if not navs or None in names or len(set(names)) < len(names):
            found.append(f"navs {names}")
        return found

    assert problems(pages, check) == {}


def test_there_is_a_way_past_the_navigation(pages: dict[str, Page]) -> None:
    def check(page: Page) -> bool:
        first = next(iter(page.all("a")))
        return not (first.get("href") or "").startswith("#") or (first["href"] or "")[1:] not in page.ids

    assert problems(pages, check) == {}


def test_ids_are_unique(pages: dict[str, Page]) -> None:
    assert problems(pages, lambda page: sorted({name for name in page.ids if page.ids.count(name) > 1})) == {}


def test_pictures_have_an_alternative(pages: dict[str, Page]) -> None:
    assert problems(pages, lambda page: [image for image in page.all("img") if image.get("alt") is None]) == {}


def test_tables_have_headers(pages: dict[str, Page]) -> None:
    assert problems(pages, lambda page: len(page.all("table")) > len(page.all("th"))) == {}


def test_pages_have_no_inline_style_nor_handler(pages: dict[str, Page]) -> None:
    def check(page: Page) -> list[str]:
        inline = [
            tag
            for tag, attributes in page.tags
            if "style" in attributes or any(name.startswith("on") for name in attributes)
        ]
        inline += ["script" for script in page.all("script") if "src" not in script and script.get("type") != DATA]
        return inline + [tag for tag, _ in page.tags if tag in {"style", "iframe"}]

    assert problems(pages, check) == {}


def test_nothing_is_asked_of_third_parties(site: Path, pages: dict[str, Page]) -> None:
    def check(page: Page) -> list[str]:
        loaded = [
            attributes.get("src") for attributes in page.all("img", "script", "iframe", "source", "audio", "video")
        ]
        loaded += [link.get("href") for link in page.all("link") if link.get("rel") not in {"canonical", "alternate"}]
        return [address for address in loaded if address and re.match(r"(?:[a-z]+:)?//", address)]

    assert problems(pages, check) == {}
    for path in files_in(site):
        if path.endswith(".css"):
            assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", (site / path).read_text(encoding="utf-8"))


def test_no_english_is_left(pages: dict[str, Page]) -> None:
    # The handbook names fields and commands.
    pages = {path: page for path, page in pages.items() if not path.startswith("handbuch/")}
    assert problems(pages, lambda page: sorted(ENGLISH & set(re.findall(r"[^\W\d_]+", page.text.lower())))) == {}


def internal_links(path: str, page: Page) -> Iterator[str]:
    here = urljoin(BASE, path.removesuffix("index.html"))
    for tag, attributes in page.tags:
        named = [attributes.get(name) for name in ("href", "src", "action")]
        named += [part.split()[0] for part in (attributes.get("srcset") or "").split(",") if part.strip()]
        if tag == "meta" and re.fullmatch(r"og:(?:image|url)", attributes.get("property") or ""):
            named.append(attributes.get("content"))
        for written in named:
            if written is not None and (address := urljoin(here, written)).startswith(BASE):
                yield address


def leads_somewhere(address: str, site: Path, pages: dict[str, Page]) -> bool:
    parts = urlsplit(address)
    target = unquote(parts.path).lstrip("/")
    file = f"{target}index.html" if target.endswith("/") or not target else target
    fragment = unquote(parts.fragment)
    return (site / file).is_file() and (not fragment or fragment in pages[file].ids)


def test_every_link_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    broken = [
        (path, address)
        for path, page in pages.items()
        for address in internal_links(path, page)
        if not leads_somewhere(address, site, pages)
    ]
    assert broken == []


def test_every_address_in_feeds_calendars_and_lists_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    """Feeds, calendars, the sitemap, the manifest, and data blocks name whole addresses."""
    broken, checked = [], 0
    for path in files_in(site):
        if path.endswith((".html", ".xml", ".atom", ".json", ".ics", ".txt", ".webmanifest")):
            text = (site / path).read_text(encoding="utf-8")
            if path.endswith(".ics"):
                text = re.sub(r"\n[ \t]", "", text)
            for address in re.findall(re.escape(BASE) + r"[^\s\"'<>\\)]*", unescape(text)):
                checked += 1
                # In data, what stands behind „#“ is a name, not a place; behind „?“, a gap for a search.
                place = re.split("[#?]", address)[0].rstrip(".,;")
                if not leads_somewhere(place, site, pages):
                    broken.append((path, address))
    assert checked > 500
    assert broken == []


def test_calendars_can_be_subscribed_to(site: Path, pages: dict[str, Page]) -> None:
    found = [link["href"] or "" for page in pages.values() for link in page.all("a") if "webcal:" in str(link["href"])]
    calendars = {address.removeprefix(BASE.replace("https:", "webcal:")) for address in found}
    assert len(calendars) == 7
    assert [address for address in calendars if not (site / address).is_file()] == []


def test_every_entry_has_a_page_and_every_page_is_linked(pages: dict[str, Page]) -> None:
    linked = {
        urlsplit(address)._replace(fragment="").geturl()
        for path, page in pages.items()
        for address in internal_links(path, page)
    }
    addresses = {
        urljoin(BASE, path.removesuffix("index.html")): path for path, page in pages.items() if is_indexed(page)
    }
    orphans = [path for address, path in addresses.items() if address not in linked]
    assert orphans == []
    assert len([path for path in addresses.values() if path.startswith("aktuelles/2")]) >= 16


def test_the_sitemap_names_the_pages(site: Path, pages: dict[str, Page]) -> None:
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    named = {element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    expected = {urljoin(BASE, path.removesuffix("index.html")) for path, page in pages.items() if is_indexed(page)}
    assert named == expected


def test_nothing_non_public_is_anywhere(demo: Path) -> None:
    secrets = [
        b"186.400 Euro",
        b"3,35 Euro je Quadratmeter",
        b"Beurkundungstermin",
        b"rufbus-entscheidung",
        b"standesamt-zwischenstand",
    ]
    assert run("newsletter", "build", "--all", folder=demo).returncode == 0
    for folder in ("docs", "site", "newsletter"):
        for path in files_in(demo / "build" / folder):
            data = (demo / "build" / folder / path).read_bytes()
            assert not [secret for secret in secrets if secret in data or secret.decode() in path], path


def test_only_pictures_in_use_are_published(demo: Path, site: Path) -> None:
    assert run("newsletter", "build", "--all", folder=demo).returncode == 0
    pictures = [path for path in files_in(site) if path.endswith((".svg", ".png", ".jpg"))]
    # Icons of phones stand in the manifest.
    readers = [*html_files(site), "manifest.webmanifest"]
    pages = "".join((site / path).read_text(encoding="utf-8") for path in readers)
    letters = "".join(path.read_text(encoding="utf-8") for path in (demo / "build" / "newsletter").rglob("*.html"))
    for_letters = "newsletter/bilder/"
    assert [path for path in pictures if not path.startswith(for_letters) and Path(path).name not in pages] == []
    assert [path for path in pictures if path.startswith(for_letters) and f"/{path}" not in letters] == []


def test_every_page_shows_the_logo_of_the_brand(site: Path) -> None:
    for path in html_files(site):
        html = (site / path).read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in html:
            (logo,) = re.findall(r'<img src="([^"]*)" alt="" width="64" height="64" class="logo"', html)
            assert logo.endswith("bilder/logo.svg"), path
