"""Pages ask nobody else for anything, keep nothing, hold to a strict policy, and need no script."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page_types import DIFFERENT, PAGE_TYPES
from tests.page_viewer import NARROW, WIDE, PageViewer, page_viewer
from tests.web_server import serving

pytestmark = pytest.mark.slow

NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"
"""What the browser tells of a page that is not there."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Look at each type of pages; in the short form at those that are unlike each other."""
    if "name" in metafunc.fixturenames:
        names = PAGE_TYPES if metafunc.config.getoption("--full") else DIFFERENT
        both = metafunc.function is test_pages_say_the_same_without_script
        metafunc.parametrize("name", [name for name in names if not (both and PAGE_TYPES[name].needs_script)])


@pytest.fixture(scope="module")
def plain_viewer(browser: Browser, served: str, addresses: Mapping[str, str]) -> Iterator[PageViewer]:
    """A window in which no script runs."""
    with page_viewer(browser, served, addresses, java_script_enabled=False) as opened:
        yield opened


def use(viewer: PageViewer) -> None:
    """Do what readers do who do not ask for anything: look at all of a page, and open what can be opened."""
    viewer.open_details()
    viewer.fit()
    viewer.page.wait_for_load_state("networkidle")


def test_pages_ask_nobody_and_keep_nothing(
    name: str, browser: Browser, served: str, addresses: Mapping[str, str]
) -> None:
    with page_viewer(browser, served, addresses) as viewer:
        viewer.open(name)
        use(viewer)
        assert [request.url for request in viewer.asked if not request.url.startswith(served)] == []
        assert viewer.kept() == []
        assert viewer.said == ([NOT_FOUND] if name == "not found" else [])


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_pages_say_the_same_without_script(name: str, width: int, viewer: PageViewer, plain_viewer: PageViewer) -> None:
    viewer.open(name, width)
    plain_viewer.open(name, width)
    assert plain_viewer.ask("words") == viewer.ask("words")


def test_everything_opens_and_closes_without_script(name: str, plain_viewer: PageViewer) -> None:
    plain_viewer.open(name, NARROW)
    assert plain_viewer.operate() == []


BREACHES: Mapping[str, tuple[str, str]] = {
    "a script in the page": ("<script>document.title = 'x'</script>", "script-src-elem forbids inline"),
    "a style in the page": ("<style>p { color: red }</style>", "style-src-elem forbids inline"),
    "a style at an element": ("<p style='color: red'>Rot</p>", "style-src-attr forbids inline"),
    "a handler": ("<img src='/a.png' alt='' onload='x()'>", "script-src-attr forbids inline"),
    "a picture of others": ("<img src='https://pixel.example.org/a.gif' alt=''>", "img-src forbids https"),
    "markup made by a script": ("<script src='/markup.js'></script>", "require-trusted-types-for forbids"),
    "a frame": ("<iframe src='/' title='x'></iframe>", "frame-src forbids"),
}


@pytest.mark.parametrize("body", BREACHES)
def test_breaches_of_the_policy_are_told(body: str, browser: Browser, tmp_path: Path) -> None:
    html, told = BREACHES[body]
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><title>x</title><body>{html}", encoding="utf-8")
    (tmp_path / "markup.js").write_text("document.body.innerHTML = '<p>x</p>'", encoding="utf-8")
    with serving(tmp_path) as root, page_viewer(browser, root, {"page": ""}) as viewer:
        viewer.open("page")
        viewer.page.wait_for_load_state("networkidle")
        assert any(told in said for said in viewer.said), viewer.said


def test_what_is_kept_is_told(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!DOCTYPE html><title>x</title><script src='/keep.js'></script>", encoding="utf-8"
    )
    (tmp_path / "keep.js").write_text(
        """
        document.cookie = "a=1"; localStorage.b = 1; sessionStorage.c = 1; indexedDB.open("d"); caches.open("e");
        """,
        encoding="utf-8",
    )
    with serving(tmp_path) as root, page_viewer(browser, root, {"page": ""}) as viewer:
        viewer.open("page")
        viewer.page.wait_for_timeout(200)
        assert viewer.kept() == ["cookie: a", "local: b", "session: c", "database: d", "cache: e"]
