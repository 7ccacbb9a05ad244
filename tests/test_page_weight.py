"""How much a page costs a reader to load: bytes as they are sent, and requests."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from tests.page_types import DIFFERENT, PAGE_TYPES
from tests.page_viewer import PageViewer, page_viewer

pytestmark = pytest.mark.slow

PHONE = {"device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
"""A phone of the middling sort, as Lighthouse has it."""

KILOBYTE = 1000

MOST = {
    "home": 120,
    "article with photograph": 100,
    "minutes": 20,
    "preliminary minutes": 20,
}
"""Kilobytes at most, with everything that is loaded at once."""

MOST_OTHERWISE = 120
MOST_OF_A_SEARCH = 150
MOST_REQUESTS = 12
MOST_STYLE, MOST_SCRIPT = 12, 5


@pytest.fixture
def phone(browser: Browser, served: str, addresses: Mapping[str, str]) -> Iterator[PageViewer]:
    """A window that has never been on the site: nothing is in its cache."""
    with page_viewer(browser, served, addresses, **PHONE) as opened:
        yield opened


def kilobytes(requests: list[Request], *kinds: str) -> float:
    """Return what was sent for these kinds of things, or for all of them."""
    counted = [request for request in requests if not kinds or request.resource_type in kinds]
    return sum(request.sizes()["responseBodySize"] for request in counted) / KILOBYTE


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Look at each type of pages; in the short form at those that are unlike each other."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", PAGE_TYPES if metafunc.config.getoption("--full") else DIFFERENT)


def test_pages_are_light(name: str, phone: PageViewer) -> None:
    phone.open(name, 412, 823)
    phone.page.wait_for_load_state("networkidle")
    asked = phone.asked
    otherwise = MOST_OF_A_SEARCH if PAGE_TYPES[name].needs_script else MOST_OTHERWISE
    assert kilobytes(asked) <= MOST.get(name, otherwise)
    assert 0 < kilobytes(asked, "stylesheet") <= MOST_STYLE
    if not PAGE_TYPES[name].needs_script:
        assert len(asked) <= MOST_REQUESTS
        assert kilobytes(asked, "script") <= MOST_SCRIPT


def test_a_photograph_comes_in_the_width_that_is_needed(phone: PageViewer, site: Path) -> None:
    phone.open("article with photograph", 412, 823)
    phone.page.wait_for_load_state("networkidle")
    shown = phone.page.evaluate("document.querySelector('article picture img').currentSrc")
    assert shown.endswith(".avif")
    assert "-800." in shown
    assert (site / shown.removeprefix(phone.root)).stat().st_size < 60 * KILOBYTE
