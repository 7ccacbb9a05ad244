"""File names and addresses are plain ASCII, whatever a title holds."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.slug import slug
from tests.properties import property_settings

GERMAN = st.text("abcdefghijklmnopqrstuvwxyzäöüß0123456789 -–.,:!?()„“")


SLUGS = {
    "Radweg": "radweg",
    "Größe & Maß": "groesse-mass",
    "Übach-Palenberg": "uebach-palenberg",
    "STRAẞE": "strasse",
    "Straße 3.1": "strasse-3-1",
    "2026-11-02-radweg": "2026-11-02-radweg",
    "  „Ortsmitte“ – was nun?  ": "ortsmitte-was-nun",
    "O\u0308ffentlicher Teil": "oeffentlicher-teil",
    "Café Zoë à la carte": "cafe-zoe-a-la-carte",
    "Smørrebrød": "smoerrebroed",
    "ﬁnal": "final",
    "日本": "",
    "Słubice": "slubice",
    "Łódź": "lodz",
    "Œuvre": "oeuvre",
}


@pytest.mark.parametrize(("text", "expected"), SLUGS.items())
def test_letters_are_written_out(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_words_are_joined_by_the_separator() -> None:
    assert slug("Größe & Maß", "_") == "groesse_mass"


@given(st.text())
@property_settings()
def test_a_slug_is_ascii_words_joined_by_hyphens(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))


@given(st.text())
@property_settings()
def test_the_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@given(st.text())
@property_settings()
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    assert slug(unicodedata.normalize("NFD", text)) == slug(unicodedata.normalize("NFC", text))


@given(GERMAN)
@property_settings()
def test_german_texts_lose_no_letter_and_case_does_not_matter(text: str) -> None:
    letters = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    assert slug(text).replace("-", "") == re.sub(r"[^a-z0-9]", "", letters)
    assert slug(text.upper()) == slug(text)
