"""Cards for social networks: titles set well in any brand, small files, drawn anew only when they say other things."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.channels.output import LazyFile
from generator.channels.previews import preview, previews
from generator.channels.view import View
from generator.model.event import Event
from generator.model.news import News
from generator.rendering.drawing.card import CARD_SIZE, Card, Look
from generator.rendering.drawing.card_painter import draw_card
from generator.rendering.drawing.lettering import lettering
from generator.rendering.drawing.lines import balanced
from tests.project import load_cases
from tests.properties import property_settings
from tests.sample import ROOT_URL, SAMPLE, Built, build, come_out, entry, sample, sample_with

LOOK = Look(name="Testallianz", ground="#1f4d3a", accent="#a8442a", logo=None)
WORDS = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x17F, exclude_characters="\u00ad\u00a0-/–"),
    min_size=1,
    max_size=24,
)


def nothing(path: PurePosixPath) -> bytes:
    raise AssertionError(path)


def drawn(look: Look = LOOK, **said: str) -> Image.Image:
    return Image.open(BytesIO(draw_card(Card(**said), look, nothing)))


# Lines


def length(text: str) -> float:
    return float(len(text))


CASES = load_cases("lines")


@pytest.mark.parametrize("name", CASES)
def test_titles_break_where_people_would(name: str) -> None:
    case = CASES[name]
    assert balanced(case["text"], length, case["width"], case["most"]) == case["lines"]


@given(words=st.lists(WORDS, min_size=1, max_size=20), width=st.integers(24, 60))
@property_settings()
def test_lines_hold_the_whole_text_in_as_few_lines_as_can_be(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = balanced(text, length, width, 30)
    assert lines is not None
    assert " ".join(lines) == text
    assert all(len(line) <= width for line in lines)
    if len(lines) > 1:
        assert balanced(text, length, width, len(lines) - 1) is None


# Letters


def test_every_sign_that_is_known_is_in_the_font() -> None:
    for weight in ("Bold", "Medium"):
        letters = lettering(weight, 40)  # type: ignore[arg-type]  # they are the two there are
        assert letters.known("ÄÖÜäöüß €„“–’ Łódź Ľ") == "ÄÖÜäöüß €„“–’ Łódź Ľ"
        missing = letters._font.getmask("\U0010fffd")
        same = [sign for sign in letters._signs if bytes(letters._font.getmask(sign)) == bytes(missing)]
        assert same == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Freibad 🏊 offen", "Freibad offen"),
        ("STRAẞE", "STRASSE"),
        ("Rad\u2011 und\u202fFußweg", "Rad- und\u00a0Fußweg"),
        ("u\u0308ber", "über"),
        ("Новини", None),
        ("🏊", None),
        ("", None),
    ],
)
def test_what_the_font_lacks_is_left_out_unless_it_is_a_letter(text: str, known: str | None) -> None:
    assert lettering("Bold", 40).known(text) == known


def test_letters_stand_as_near_to_each_other_as_they_are_meant_to() -> None:
    letters = lettering("Bold", 100)
    for pair in ("AV", "To", "Wä"):
        apart = letters.width(pair[0]) + letters.width(pair[1])
        assert apart - 15 < letters.width(pair) < apart - 3


# Cards


def written(card: Image.Image) -> tuple[int, int, int, int]:
    """Return what the text on the ground covers."""
    # Pixels are numbers of colours; that of the ground is 0.
    box = Image.frombytes("L", card.size, card.tobytes()).crop((0, 0, CARD_SIZE[0], 496)).getbbox()
    assert box is not None
    return box


@given(words=st.lists(WORDS, min_size=1, max_size=14), kind=st.sampled_from(["", "Pressemitteilung"]))
@property_settings(40)
def test_nothing_is_written_beyond_the_margins(words: list[str], kind: str) -> None:
    card = drawn(title="A" + " ".join(words), kind=kind, note="Montag, 2. November 2026")
    left, top, right, bottom = written(card)
    assert left >= 70
    assert right <= CARD_SIZE[0] - 70
    assert top >= 40
    assert bottom <= 480


TITLES = (
    "Freibad",
    "Erster Abschnitt des Radwegs Wirmeltal ist freigegeben",
    "Verkehrsinfrastrukturfinanzierungsgesellschaftsgründung verschoben",
    "Gemeinsames Standesamt: Was sich für Bürgerinnen und Bürger in sechs Kommunen ab Januar 2027 im Einzelnen ändert",
    "W" * 300,
)


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_a_card_is_small_and_the_same_each_time(title: str) -> None:
    card = Card(title=title, kind="Pressemitteilung", note="Mittwoch, 9. Dezember 2026, 18:30 bis 20:30 Uhr")
    data = draw_card(card, LOOK, nothing)
    assert draw_card(card, LOOK, nothing) == data
    assert len(data) <= 40_000
    image = Image.open(BytesIO(data))
    assert (image.size, image.mode, image.format) == (CARD_SIZE, "P", "PNG")


def test_a_short_title_is_large_and_a_long_word_is_whole() -> None:
    def height(title: str) -> int:
        box = written(drawn(title=title))
        return box[3] - box[1]

    assert height("Rad") > 55
    assert 25 < height("Verkehrsinfrastrukturfinanzierungsgesellschaft") < 55


def test_a_title_that_cannot_be_written_gives_way_to_the_name() -> None:
    other = drawn(title="Новини", kind="Meldung")
    assert other.tobytes() == drawn(title="Testallianz", kind="Meldung").tobytes()


@pytest.mark.parametrize("ground", ["#1f4d3a", "#ffc105", "#ffffff", "#000000", "#777777"])
def test_titles_can_be_read_on_every_ground(ground: str) -> None:
    card = drawn(Look(name="Ä", ground=ground, accent="#a8442a", logo=None), title="Radweg").convert("RGB")
    colours = {colour for _, colour in card.crop((0, 0, 1200, 490)).getcolors() or ()}
    brightness = [sum(colour) for colour in colours if isinstance(colour, tuple)]
    assert max(brightness) - min(brightness) > 300


# The channel


def identities(built: Built) -> dict[str, bytes]:
    return {file.url: file.identity for file in previews(built.site) if isinstance(file, LazyFile)}


def changed(files: Mapping[str, Any]) -> set[str]:
    before, after = identities(sample()), identities(build(files))
    return {url for url in before | after if before.get(url) != after.get(url)}


def test_entries_without_a_picture_have_cards_and_the_others_their_picture() -> None:
    urls = set(identities(sample()))
    cards = {
        f"vorschau/{item.url.removesuffix('/')}.png"
        for item in sample().site.entries
        if item.image is None and item.source.path.stem != "index"
    }
    assert urls == cards | {"vorschau/index.png", "vorschau/bilder/rad.svg.png"}
    for url in urls:
        image = Image.open(BytesIO(sample()[url]))
        assert image.size == (CARD_SIZE if url in cards or "index" in url else (1200, 675))


def test_without_cards_there_is_that_of_the_site() -> None:
    built = build(SAMPLE, social_cards=False)
    assert set(identities(built)) == {"vorschau/index.png", "vorschau/bilder/rad.svg.png"}
    shown = [preview(View(built.site), item) for item in built.site.entries if item.image is None]
    assert set(map(json.dumps, shown)) == {"null"}


RUFBUS = "aktuelles/2026-10-01-rufbus.md"


@pytest.mark.parametrize(
    ("old", "new", "within", "drawn_again"),
    [
        ("Er fährt auch sonntags", "Er fährt immer", RUFBUS, set()),
        ("Der Rufbus fährt", "Der Rufbus kommt", RUFBUS, {"vorschau/aktuelles/2026-10-01-rufbus.png"}),
        ("date: 2026-10-01", "date: 2026-10-02", RUFBUS, {"vorschau/aktuelles/2026-10-01-rufbus.png"}),
        ("claim: Zwei Orte & ein Tal.", "claim: Ein Tal.", "kooperation.yml", {"vorschau/index.png"}),
    ],
)
def test_an_edit_draws_what_it_changes(old: str, new: str, within: str, drawn_again: set[str]) -> None:
    assert changed(sample_with(old, new, within=within)) == drawn_again


def test_a_new_look_draws_all_cards() -> None:
    look = {**SAMPLE, "kooperation.yml": SAMPLE["kooperation.yml"] + 'brand: {colour: "#003366"}\n'}
    assert changed(look) == set(identities(sample())) - {"vorschau/bilder/rad.svg.png"}


def test_a_cancelled_event_says_so_on_its_card() -> None:
    fields = {"path": "termine/a.md", "start": "2026-12-01", "location": "Haus"}
    as_planned = come_out(previews, entry(Event, **fields))["vorschau/termine/a.png"]
    cancelled = come_out(previews, entry(Event, **fields, cancelled={"reason": "Sturm"}))["vorschau/termine/a.png"]
    assert as_planned != cancelled


def test_a_picture_in_pixels_is_shared_as_the_site_shows_it() -> None:
    buffer = BytesIO()
    Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(buffer, "JPEG")
    text = SAMPLE["aktuelles/2025-12-31-rueckblick.md"].replace(
        "summary:", "image: {file: ../bilder/foto.jpg, alt: Ein Foto, credit: Amt}\nsummary:"
    )
    photo = {"bytes": buffer.getvalue().decode("latin-1")}
    built = build({**SAMPLE, "bilder/foto.jpg": photo, "aktuelles/2025-12-31-rueckblick.md": text})
    shown = built.page("aktuelles/2025-12-31-rueckblick/").meta["share"]["image"]
    assert shown["src"].endswith(".jpg")
    assert shown["alt"] == "Ein Foto"
    assert Image.open(BytesIO(built[shown["src"]])).size == (shown["width"], shown["height"])


def test_cards_do_not_depend_on_the_order_or_the_address_of_the_site() -> None:
    elsewhere = build(sample_with(ROOT_URL, "https://neu.example.org/", within="kooperation.yml"))
    assert {url for url, identity in identities(elsewhere).items() if identity != identities(sample())[url]} == {
        "vorschau/index.png"
    }


def test_the_note_of_a_page_is_empty_and_of_news_its_day() -> None:
    dated = come_out(previews, entry(News, path="aktuelles/a.md", date="2026-11-01"))
    other = come_out(previews, entry(News, path="aktuelles/a.md", date="2026-11-02"))
    assert dated["vorschau/aktuelles/a.png"] != other["vorschau/aktuelles/a.png"]
