"""Views of letters: what is left of the HTML, without a browser."""

from collections.abc import Mapping

import pytest

from newsletter.views import VIEWS
from tests.demo_letters import DemoLetter
from tests.project import load_cases

CASES = load_cases("letter-views")


@pytest.mark.parametrize("name", CASES)
def test_views(name: str) -> None:
    case = CASES[name]
    assert VIEWS[case["view"]].of(case["html"]) == case["shown"], case["title"]


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_a_view_is_the_same(view: str, letters: Mapping[str, DemoLetter]) -> None:
    once = VIEWS[view].of(letters["everything"].html)
    assert once != letters["everything"].html
    assert VIEWS[view].of(once) == once
