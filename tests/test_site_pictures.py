"""Pictures of the demo site as browsers find them: files that exist, in the size that is told, and nothing moves."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser

from generator.folders import files_in
from tests.project import ROOT

pytestmark = pytest.mark.slow

PHOTOGRAPH = "bilder/morgennebel.jpg"
GPS = 0x8825

Shown = tuple[str, html.HtmlElement]
"""A page's file, and a picture on it."""


@pytest.fixture(scope="module")
def pictures(site: Path) -> list[Shown]:
    pages = sorted(path for path in files_in(site) if path.endswith(".html") and path != "404.html")
    return [
        (page, image) for page in pages for image in html.document_fromstring((site / page).read_bytes()).iter("img")
    ]


def file_at(page: str, address: str) -> str:
    """Return the file that an address on a page leads to."""
    return unquote(urljoin(f"/{page}", address)).removeprefix("/")


def candidates(image: html.HtmlElement) -> Iterator[tuple[str, str, int]]:
    """Yield the files from which a browser chooses: media type, address, width."""
    # The parser takes what follows a source for its content.
    for source in image.iterancestors("source"):
        for candidate in source.get("srcset").split(", "):
            address, width = candidate.split(" ")
            yield source.get("type"), address, int(width.removesuffix("w"))


def test_every_picture_tells_what_it_shows_and_how_large_it_is(pictures: list[Shown]) -> None:
    wrong = [
        (page, image.get("src"))
        for page, image in pictures
        if image.get("alt") is None or not all((image.get(side) or "").isdecimal() for side in ("width", "height"))
    ]
    assert pictures
    assert wrong == []


def test_every_picture_is_there(site: Path, pictures: list[Shown]) -> None:
    addresses = {
        file_at(page, address)
        for page, image in pictures
        for address in (image.get("src"), *(address for _, address, _ in candidates(image)))
    }
    assert [address for address in addresses if not (site / address).is_file()] == []


def test_files_are_of_the_type_and_width_that_is_told(site: Path, pictures: list[Shown]) -> None:
    told = {
        (file_at(page, address), kind, width) for page, image in pictures for kind, address, width in candidates(image)
    }
    assert {(kind, width) for _, kind, width in told} >= {
        (kind, width) for kind in ("image/avif", "image/webp") for width in (480, 800, 1280)
    }
    for address, kind, width in told:
        with Image.open(site / address) as image:
            assert (image.get_format_mimetype(), image.width) == (kind, width)


def test_the_first_picture_comes_first_and_others_wait(pictures: list[Shown]) -> None:
    firsts = [page for page, image in pictures if image.get("fetchpriority") == "high"]
    assert len(firsts) == len(set(firsts)) > 10
    waiting = {image.get("loading") for _, image in pictures if image.get("class") == "card-image"}
    assert waiting == {"lazy"}
    assert not any(image.get("loading") for _, image in pictures if image.get("fetchpriority") == "high")


def test_what_a_camera_knew_is_not_on_the_site(site: Path) -> None:
    with Image.open(ROOT / "content" / PHOTOGRAPH) as original:
        assert original.getexif().get_ifd(GPS)
        assert b"Beispielkamera" in original.info["xmp"]
    raster = [path for path in files_in(site) if path.endswith((".avif", ".webp", ".jpg", ".png"))]
    assert PHOTOGRAPH not in raster
    assert [path for path in raster if b"Beispielkamera" in (site / path).read_bytes()] == []
    for path in raster:
        with Image.open(site / path) as image:
            assert dict(image.getexif()) == {}, path
            assert not {"xmp", "XML:com.adobe.xmp", "icc_profile", "comment"} & image.info.keys(), path


def test_feeds_show_pictures_that_are_there(site: Path) -> None:
    items = json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"]
    shown = [item["image"] for item in items if "image" in item]
    assert shown
    base = "https://kranichwald.example.org/"
    assert [address for address in shown if not (site / address.removeprefix(base)).is_file()] == []


SHIFTS = """() => new Promise((resolve) => {
    let shifts = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) shifts += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(shifts), 200);
})"""


@pytest.mark.parametrize("name", ["home", "article with photograph", "news", "municipality"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_pictures_come(
    name: str, width: int, browser: Browser, served: str, addresses: Mapping[str, str]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    # Pictures come late, after the texts stand.
    page.route("**/bilder/**", lambda route: (page.wait_for_timeout(50), route.continue_()))
    page.goto(served + addresses[name], wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...document.images].some((image) => image.complete)")
    assert page.evaluate(SHIFTS) < 0.001
    context.close()
