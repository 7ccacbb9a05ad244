"""Other forms of a text are announced where they exist, and lead back to it."""

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.channels.chrome import chrome
from generator.locale import locale
from tests.sample import SAMPLE, Built, build

LEITBILD = "leitbild"
NEWS = "2026-11-02-radweg"


def text(of: str, kind: str, **fields: str) -> str:
    lines = [f"{name}: {value}\n" for name, value in fields.items()]
    return f"---\ntitle: Fassung\nsummary: Kurz.\nvariant: {{of: {of}, kind: {kind}}}\n{''.join(lines)}---\nText.\n"


def signed(of: str, **fields: str) -> str:
    return text(
        of, "sign_language", attachments="[{file: film.mp4, title: Film}, {file: film.txt, title: Text}]", **fields
    )


FILES = {
    **SAMPLE,
    "leicht.md": text("start", "easy_language"),
    "gebaerden.md": signed("start"),
    "film.mp4": {"bytes": "\0\0\0\x14ftypisom\0\0\0\0isom\0\x12\xd6\x7bmdat" + 1234547 * "x" + "\0\0\0\x08moov"},
    "film.txt": "Ein Film.",
}


def shown(built: Built, url: str) -> list[tuple[str, str, str]]:
    return [(link["title"], link["url"], link["language"]) for link in built.page(url).meta.get("variants", [])]


EASY = ("Diese Seite in Leichter Sprache", "leicht/", "de-simple")
SIGNED = ("Diese Seite in Deutscher Gebärdensprache", "gebaerden/", "gsg")
BACK = ("Diese Seite in Alltagssprache", "", "de")


def test_a_text_and_its_other_forms_lead_to_one_another() -> None:
    built = build(FILES)
    assert shown(built, "") == [EASY, SIGNED]
    assert shown(built, "leicht/") == [BACK, SIGNED]
    assert shown(built, "gebaerden/") == [BACK, EASY]
    assert {url for url in built.pages if shown(built, url)} == {"", "gebaerden/", "leicht/"}


def test_a_form_that_is_not_public_is_not_announced() -> None:
    built = build({**FILES, "leicht.md": text("start", "easy_language", draft="ja")})
    assert shown(built, "") == [SIGNED]
    assert shown(built, "gebaerden/") == [BACK]
    assert [link["kind"] for link in chrome(built.site)["variants"]] == ["sign_language"]


def test_every_page_knows_the_other_forms_of_the_home_page() -> None:
    assert chrome(build(FILES).site)["variants"] == [
        {"kind": "easy_language", "title": "Leichte Sprache", "url": "leicht/", "language": "de-simple"},
        {"kind": "sign_language", "title": "Gebärdensprache", "url": "gebaerden/", "language": "gsg"},
    ]
    assert chrome(build({**SAMPLE, "leicht.md": text(LEITBILD, "easy_language")}).site)["variants"] == []


@pytest.mark.parametrize(
    ("of", "url", "path"),
    [
        ("start", "", []),
        ("impressum", "impressum/", ["impressum/"]),
        (LEITBILD, "leitbild/", ["leitbild/"]),
        (NEWS, f"aktuelles/{NEWS}/", ["aktuelles/", f"aktuelles/{NEWS}/"]),
        ("aktuelles", "aktuelles/", ["aktuelles/"]),
    ],
)
def test_any_text_may_have_another_form_which_stands_below_it(of: str, url: str, path: list[str]) -> None:
    built = build({**SAMPLE, "leicht.md": text(of, "easy_language")})
    assert shown(built, url) == [EASY]
    meta = built.page("leicht/").meta
    assert [step["url"] for step in meta["breadcrumbs"]] == path
    assert [link["url"] for link in meta["variants"]] == [url]


def test_a_listing_announces_the_other_form_of_its_introduction_once() -> None:
    built = build({**SAMPLE, "leicht.md": text("aktuelles", "easy_language")}, page_size=1)
    assert shown(built, "aktuelles/") == [EASY]
    assert shown(built, "aktuelles/seite/2/") == []


def test_what_is_in_easy_language_says_so_to_programs() -> None:
    built = build(FILES)
    assert built.page("leicht/").meta["template"] == "variant.html"
    assert built.page("leicht/").meta["language"] == "de-simple"
    assert {url for url, page in built.pages.items() if "language" in page.meta} == {"leicht/"}


def test_a_video_in_sign_language_is_told_with_its_kind_and_size() -> None:
    meta = build(FILES).page("gebaerden/").meta
    assert meta["videos"] == [
        {
            "title": "Film",
            "url": "film.mp4",
            "type": "MP4",
            "size": "1,2\u00a0MB",
            "media_type": "video/mp4",
            "language": "gsg",
        }
    ]
    assert [file["title"] for file in meta["attachments"]] == ["Text"]


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (0, "1 KB"),
        (1499, "1 KB"),
        (310_400, "310 KB"),
        (999_499, "999 KB"),
        (999_500, "1 MB"),
        (10**6, "1 MB"),
        (24_160_000, "24,2 MB"),
    ],
)
def test_sizes_are_told_as_people_know_them(size: int, told: str) -> None:
    assert locale("de").file_size(size) == told.replace(" ", "\u00a0")


def of_demo(demo: Path, url: str) -> Any:
    return html.fromstring((demo / f"build/site/{url}index.html").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_the_demo_is_explained_in_easy_language_from_every_page(demo: Path) -> None:
    for url in ("", "aktuelles/", "impressum/"):
        links = of_demo(demo, url).xpath("//body//a[@hreflang='de-simple']")
        assert {link.get("href").rpartition("../")[2].removeprefix("./") for link in links} == {"leichte-sprache/"}
    easy = of_demo(demo, "leichte-sprache/")
    assert easy.xpath("//article/@lang") == ["de-simple"]
    assert easy.xpath("//main//nav//a[@hreflang='de']/text()") == ["Diese Seite in Alltagssprache"]
    (alternate,) = of_demo(demo, "").xpath("//link[@rel='alternate'][@hreflang]")
    assert alternate.get("href") == "https://kranichwald.example.org/leichte-sprache/"


@pytest.mark.slow
def test_the_demo_keeps_to_short_sentences_in_easy_language(demo: Path) -> None:
    (body,) = of_demo(demo, "leichte-sprache/").xpath("//main//div[@class='text']")
    texts = body.xpath(".//text()[not(ancestor::a)]")
    sentences = [sentence for line in texts for sentence in line.strip().split(". ")]
    assert len(sentences) > 60
    assert [sentence for sentence in sentences if len(sentence.split()) > 10] == []
