"""The newsletter on the microsite: what an edition brought, for those who read it in the browser."""

from io import BytesIO

from PIL import Image

from newsletter.words import words
from tests.sample import SAMPLE, build, sample
from tests.test_locale import placeholders

EDITION = "newsletter/2026-10-05-ausgabe-1"
ITEMS = "items: [2026-12-09-buergerforum, 2026-11-30-spaeter, 2026-10-01-rufbus]"


def with_items(items: str, body: str = "Text.") -> dict[str, str]:
    text = SAMPLE[f"{EDITION}.md"].replace(ITEMS, items).replace("Liebe Leserinnen und Leser!", body)
    return {**SAMPLE, f"{EDITION}.md": text}


def test_an_edition_shows_decisions_as_the_register_does() -> None:
    page = build(with_items("items: [2026-09-17-lenkungsgruppe]")).page(f"{EDITION}/")
    register = sample().page("beschluesse/")
    assert page.meta["decisions"]
    for decision in page.meta["decisions"]:
        assert decision in [
            {**row, "url": row["url"].replace("../", "../../", 1), "text": row["text"].replace("../", "../../")}
            for row in register.meta["entries"]
        ]
    assert page.meta["sections"] == []


def test_the_archive_lists_the_editions_and_offers_a_feed() -> None:
    listing = sample().page("newsletter/")
    assert [entry["url"] for entry in listing.meta["entries"]] == [f"{EDITION}/"]
    assert listing.meta["feed"] == "newsletter/"


def test_pictures_of_letters_are_png_twice_as_wide_as_shown() -> None:
    built = build(with_items("items: [2026-11-02-radweg]", "![Rad](../bilder/rad.svg)"))
    pictures = [url for url in built.files if url.startswith("newsletter/bilder/")]
    assert pictures == ["newsletter/bilder/bilder-rad-svg-1128.png"]
    image = Image.open(BytesIO(built[pictures[0]]))
    assert (image.format, image.width) == ("PNG", 1128)


def test_no_picture_is_made_that_no_letter_uses() -> None:
    assert [url for url in sample().files if url.startswith("newsletter/bilder/")] == []


def test_every_language_has_the_same_words_with_the_same_gaps() -> None:
    german, english = words("de").words, words("en").words
    assert german.keys() == english.keys()
    assert {name: placeholders(text) for name, text in german.items()} == {
        name: placeholders(text) for name, text in english.items()
    }
