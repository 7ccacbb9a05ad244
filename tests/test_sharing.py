"""What programs read of finished pages: the same as people, whole addresses, and nothing breaks out of its place."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.folders import files_in
from tests.conftest import run
from tests.project import write_project
from tests.properties import property_settings

pytestmark = pytest.mark.slow

BASE = "https://kranichwald.example.org/"


class Head(HTMLParser):
    """What a page's head says to programs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict[str, str | None]] = []
        self.title = ""
        self.data: list[str] = []
        self._tag = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        self._tag = "data" if named.get("type") == "application/ld+json" else tag
        if tag == "meta" and (name := named.get("property") or named.get("name")):
            self.meta.setdefault(name, []).append(named.get("content") or "")
        if tag == "link":
            self.links.append(named)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser's own signature
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag == "title":
            self.title += data
        if self._tag == "data":
            self.data.append(data)

    def link(self, kind: str) -> str | None:
        return next((link["href"] for link in self.links if link.get("rel") == kind), None)


@pytest.fixture(scope="module")
def heads(demo: Path) -> dict[str, Head]:
    """The heads of all pages but the redirects, by address."""
    site = demo / "build" / "site"
    texts = {path: (site / path).read_text(encoding="utf-8") for path in files_in(site) if path.endswith(".html")}
    return {
        path.removesuffix("index.html"): Head(text)
        for path, text in texts.items()
        if 'http-equiv="refresh"' not in text and path != "404.html"
    }


def test_every_page_is_shared_as_it_is_shown(heads: dict[str, Head]) -> None:
    for url, head in heads.items():
        shared = {name: values for name, values in head.meta.items() if name.startswith("og:")}
        assert all(len(values) == 1 for values in shared.values()), url
        assert shared["og:title"][0] in head.title, url
        assert shared["og:description"] == head.meta["description"], url
        assert shared["og:url"] == [head.link("canonical")] == [BASE + url]
        assert shared["og:site_name"] == ["Kommunale Allianz Kranichwald"]
        assert shared["og:locale"] == ["de_DE"]


def test_every_page_has_a_picture_that_is_there(demo: Path, heads: dict[str, Head]) -> None:
    for url, head in heads.items():
        (address,) = head.meta["og:image"]
        assert address.startswith(BASE), url
        with Image.open(demo / "build" / "site" / unquote(address.removeprefix(BASE))) as image:
            assert head.meta["og:image:width"] == [str(image.width)], url
            assert head.meta["og:image:height"] == [str(image.height)], url
            assert image.format in {"PNG", "JPEG"}, url
        assert head.meta["og:image:alt"][0]
        assert head.meta["twitter:card"] == ["summary_large_image"]
    shared = {head.meta["og:image"][0] for head in heads.values()}
    assert shared >= {f"{BASE}vorschau/index.png", f"{BASE}vorschau/bilder/rufbus.svg.png"}


def test_articles_say_when_they_appeared(heads: dict[str, Head]) -> None:
    articles = {url for url, head in heads.items() if head.meta["og:type"] == ["article"]}
    dated = re.compile(r"(?:aktuelles|protokolle|newsletter)/\d{4}-.*/")
    assert articles == {url for url in heads if dated.fullmatch(url)}
    for url, head in heads.items():
        times = [name for name in head.meta if name.startswith("article:")]
        expected = ["article:published_time", "article:modified_time", "article:section"] if url in articles else []
        assert times == expected, url


def test_what_is_cancelled_is_shared_so(heads: dict[str, Head]) -> None:
    cancelled = [head for head in heads.values() if head.title.startswith("Abgesagt: ")]
    assert cancelled
    assert all(head.meta["og:title"][0].startswith("Abgesagt: ") for head in cancelled)


def test_every_page_carries_its_data(demo: Path, heads: dict[str, Head]) -> None:
    for url, head in heads.items():
        (data,) = head.data
        staged = demo / "build" / "docs" / (f"{url}index.md" if url == "" else f"{url.rstrip('/')}.md")
        staged = staged if staged.is_file() else demo / "build" / "docs" / f"{url}index.md"
        meta = json.loads(staged.read_text(encoding="utf-8").split("---\n")[1])
        assert data == meta["structured_data"], url


def test_calendars_are_found_where_events_are(heads: dict[str, Head]) -> None:
    found = {
        url: [link["href"] for link in head.links if link.get("type") == "text/calendar"] for url, head in heads.items()
    }
    assert found["termine/2026-12-09-buergerforum-waermeplanung/"] == [
        "../../termine/2026-12-09-buergerforum-waermeplanung.ics",
        "../../termine/kalender.ics",
        "../../kommunen/aschenried/kalender.ics",
    ]
    assert found["termine/"] == ["../termine/kalender.ics"]
    assert found["kommunen/tannreuth/"] == ["../../kommunen/tannreuth/kalender.ics"]
    assert found["aktuelles/"] == []


HOSTILE = [
    '"><script>alert(1)</script>',
    "</title></head><body>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "' onload='alert(1)",
    "&quot;&#60;{{ config }}{% raw %}",
    "$& \\1 \\u003c",
]


TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=120)
"""What an author may type between quotation marks."""


@given(texts=st.lists(TYPED.filter(str.strip), min_size=20, max_size=40))
@property_settings(3)
def test_no_text_breaks_out_of_its_place(texts: list[str]) -> None:
    words = [*HOSTILE, *texts]
    quoted = [json.dumps(text, ensure_ascii=False) for text in words]
    files = {
        f"aktuelles/{number}.md": f"---\ntitle: {text}\nsummary: {text}\ndate: 2026-11-01\ntags: [{text}]\n---\nText.\n"
        for number, text in enumerate(quoted)
    }
    with TemporaryDirectory() as name:
        folder = write_project(Path(name), files).parent
        result = run("build", folder=folder)
        assert result.returncode == 0, result.stderr
        pages = [
            (folder / "build" / "site" / "aktuelles" / str(number) / "index.html").read_text("utf-8")
            for number in range(len(words))
        ]
    for text, page in zip(words, pages, strict=True):
        head, shown = Head(page), " ".join(text.split())
        assert head.meta["og:title"] == head.meta["og:description"] == head.meta["description"] == [shown]
        (data,) = head.data
        news = json.loads(data)["@graph"][0]
        assert (news["headline"], news["keywords"]) == (shown, [shown])
        assert page.count("<script") == page.count("</script>")
