"""Icons, the web manifest and robots.txt: there whatever a brand has, and right wherever the site is."""

import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from generator.channels.icons import icon_links
from generator.channels.view import View
from generator.rendering.drawing.icon import ICON_FORMS, draw_icon
from tests.photographs import coloured, saved
from tests.sample import ROOT_URL, SAMPLE, Built, build, sample, sample_with

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"><path fill="#c00" d="M0 0h64v32H0z"/></svg>'
SIZES = {
    "favicon.ico": 32,
    "apple-touch-icon.png": 180,
    "assets/icons/icon-192.png": 192,
    "assets/icons/icon-512.png": 512,
    "assets/icons/icon-maskable.png": 512,
}


def png(colour: str) -> str:
    """Return a picture as the sample's files are written: one character a byte."""
    buffer = BytesIO()
    Image.new("RGBA", (40, 40), colour).save(buffer, "PNG")
    return buffer.getvalue().decode("latin-1")


def with_brand(brand: dict[str, str], files: dict[str, Any]) -> Built:
    return build({**SAMPLE, "kooperation.yml": SAMPLE["kooperation.yml"] + f"brand: {json.dumps(brand)}\n", **files})


BRANDS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "nothing": ({}, {}),
    "drawing": ({"logo": "bilder/logo.svg"}, {"bilder/logo.svg": SVG}),
    "picture": ({"logo": "bilder/logo.png"}, {"bilder/logo.png": {"bytes": png("red")}}),
    "icon": (
        {"logo": "bilder/logo.svg", "icon": "bilder/zeichen.png"},
        {"bilder/logo.svg": SVG, "bilder/zeichen.png": {"bytes": png("blue")}},
    ),
}


@pytest.fixture(scope="module", params=BRANDS)
def branded(request: pytest.FixtureRequest) -> tuple[str, Built]:
    return request.param, with_brand(*BRANDS[request.param])


def opened(built: Built, url: str) -> Image.Image:
    return Image.open(BytesIO(built[url]))


def test_every_brand_has_all_icons(branded: tuple[str, Built]) -> None:
    _, built = branded
    for url, size in SIZES.items():
        assert opened(built, url).size == (size, size), url
        assert len(built[url]) < 12_000, url


def test_an_icon_shows_what_the_brand_has(branded: tuple[str, Built]) -> None:
    name, built = branded
    place = (256, 50) if name == "nothing" else (256, 200)
    middle = opened(built, "assets/icons/icon-512.png").convert("RGBA").getpixel(place)
    expected = {"nothing": (31, 77, 58), "drawing": (204, 0, 0), "picture": (255, 0, 0), "icon": (0, 0, 255)}[name]
    assert isinstance(middle, tuple)
    assert max(abs(one - other) for one, other in zip(middle, (*expected, 255), strict=True)) <= 2


def test_phones_cut_nothing_off(branded: tuple[str, Built]) -> None:
    _, built = branded
    for url in ("apple-touch-icon.png", "assets/icons/icon-maskable.png"):
        image = opened(built, url).convert("RGBA")
        assert image.getchannel("A").getextrema() == (255, 255), url
        corner = image.getpixel((0, 0))
        # What is seen lies in the circle of four fifths of the width.
        edge = round(image.width * 0.1)
        assert all(image.getpixel((x, image.height // 2)) == corner for x in range(edge)), url


def test_heads_name_what_is_there(branded: tuple[str, Built]) -> None:
    name, built = branded
    links = icon_links(View(built.site))
    assert links["drawing"] == {"nothing": "assets/icons/icon.svg", "drawing": "bilder/logo.svg"}.get(name)
    there = built.files.keys() | {str(path) for path in built.site.files}
    assert {url for url in links.values() if url} <= there


def test_an_initial_is_one_letter() -> None:
    for name, letter in (("„Öko“-Region", "Ö"), ("<b>", "B"), ("4 Täler", "4"), ("ßumm", "S"), ("–", "·")):
        built = build(sample_with("name: Testallianz", f"name: {json.dumps(name)}", within="kooperation.yml"))
        assert f">{letter}</text>" in built["assets/icons/icon.svg"].decode()
        assert opened(built, "favicon.ico").size == (32, 32)


def test_icons_are_the_same_each_time() -> None:
    again = build(SAMPLE)
    for url in (*SIZES, "manifest.webmanifest", "robots.txt"):
        assert again[url] == sample()[url], url


def test_the_manifest_leads_from_its_own_address() -> None:
    manifest = json.loads(sample()["manifest.webmanifest"])
    assert {name: manifest[name] for name in ("name", "short_name", "lang", "start_url", "scope", "display")} == {
        "name": "Testallianz",
        "short_name": "Testallianz",
        "lang": "de",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
    }
    assert (manifest["theme_color"], manifest["background_color"]) == ("#1f4d3a", "#ffffff")
    for icon in manifest["icons"]:
        assert f"{SIZES[icon['src']]}x{SIZES[icon['src']]}" == icon["sizes"]
        assert opened(sample(), icon["src"]).format == "PNG"
    assert [icon["purpose"] for icon in manifest["icons"]] == ["any", "any", "maskable"]


@pytest.mark.parametrize(
    ("base", "search"), [(ROOT_URL, "/suche/?"), ("https://neu.example.org/allianz/", "/allianz/suche/?")]
)
def test_programs_may_read_all_but_answers_of_the_search(base: str, search: str) -> None:
    built = build(sample_with(ROOT_URL, base, within="kooperation.yml"))
    assert built["robots.txt"].decode() == f"User-agent: *\nDisallow: {search}\nSitemap: {base}sitemap.xml\n"


def test_the_picture_of_an_icon_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    picture = saved(coloured((64, 64)), "PNG", exif=exif)
    icon = Image.open(BytesIO(draw_icon(ICON_FORMS["icon-192.png"], picture, "T", "#123456"))).convert("RGBA")
    assert icon.getpixel((96, 10)) == pytest.approx((0, 0, 255, 255), abs=9)
    assert icon.getpixel((96, 180)) == pytest.approx((255, 0, 0, 255), abs=9)
