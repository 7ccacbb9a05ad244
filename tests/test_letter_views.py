"""Views of letters: what is left of the HTML, without a browser."""

from collections.abc import Mapping
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.mjml.markup import parse
from newsletter.views import VIEWS, no_images
from tests.demo_letters import DemoLetter
from tests.project import load_cases
from tests.properties import property_settings

CASES = load_cases("letter-views")


@pytest.mark.parametrize("name", CASES)
def test_views(name: str) -> None:
    case = CASES[name]
    assert VIEWS[case["view"]].of(case["html"]) == case["shown"], case["title"]


@given(text=st.text())
@property_settings()
def test_words_are_left_alone(text: str) -> None:
    html = f"<html><head></head><body><p>{escape(text)}</p></body></html>"
    assert {view.of(html) for view in VIEWS.values()} == {html}


@given(alt=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1))
@property_settings()
def test_any_alternative_text_is_shown(alt: str) -> None:
    shown = no_images(f'<p><img src="https://a.example.org/a.png" alt="{escape(alt)}"></p>')
    assert parse(shown, "letter.html").root.text == alt


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_a_view_is_the_same(view: str, letters: Mapping[str, DemoLetter]) -> None:
    once = VIEWS[view].of(letters["everything"].html)
    assert once != letters["everything"].html
    assert VIEWS[view].of(once) == once
