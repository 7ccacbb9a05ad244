"""The page of the search: what is in its address, what it says, what it costs, and what is left without script."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.page_viewer import PageViewer, page_viewer

pytestmark = pytest.mark.slow

KILOBYTE = 1000
MOST_FOR_A_QUERY = 150
INDEX = "suche/index/"
STRANGE = ("<img src=x onerror=alert(1)>", "\"'><script>", "a" * 3000, "%", "💚 &amp; ñ", "\u202e")


@pytest.fixture
def window(browser: Browser, served: str, addresses: Mapping[str, str]) -> Iterator[PageViewer]:
    """A window that has never been on the site; its console must stay empty unless a test says otherwise."""
    with page_viewer(browser, served, addresses) as opened:
        yield opened


@pytest.fixture
def page(window: PageViewer) -> Page:
    return window.page


def ask(window: PageViewer, address: str) -> None:
    """Open the page with this in its address, and wait until the search has said what it found."""
    window.said.clear()
    window.asked.clear()
    window.page.goto(f"{window.root}suche/{address}")
    expect(window.page.locator("#s-results:not([aria-busy])")).to_be_attached()


def said(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def titles(page: Page) -> list[str]:
    return page.locator("#s-results .card-title").all_inner_texts()


def test_a_query_in_the_address_is_answered(window: PageViewer, page: Page) -> None:
    ask(window, "?q=radwege")
    assert page.get_by_label("Suchbegriff").last.input_value() == "radwege"
    count = int(said(page).split()[0])
    assert said(page) == f"{count} Treffer für „radwege“"
    assert "Erster Abschnitt des Radwegs Wirmeltal ist freigegeben" in titles(page)
    assert page.title().startswith("„radwege“")
    assert window.said == []


def test_words_that_were_found_are_marked(window: PageViewer, page: Page) -> None:
    ask(window, "?q=radwege")
    marked = {text.lower() for text in page.locator("#s-results mark").all_inner_texts()}
    assert {"radweg", "radwegs"} <= marked
    assert all("radweg" in text for text in marked)


def test_the_rest_comes_on_request_and_gets_the_focus(window: PageViewer, page: Page) -> None:
    ask(window, "?q=kranichwald")
    count, shown = int(said(page).split()[0]), len(titles(page))
    assert shown < count
    while (more := page.get_by_role("button", name="Weitere Treffer")).is_visible():
        before = len(titles(page))
        more.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#s-results .card")).not_to_have_count(before)
        first_new = page.locator("#s-results .card").nth(before).locator("a")
        expect(first_new).to_be_focused()
    assert len(titles(page)) == count


def test_filters_narrow_down_and_stand_in_the_address(window: PageViewer, page: Page) -> None:
    ask(window, "?q=rufbus")
    everything = int(said(page).split()[0])
    page.get_by_text("Treffer eingrenzen").click()
    page.get_by_label("Art").select_option(label="Protokolle")
    page.get_by_label("Jahr").select_option("2026")
    page.locator("#s-find").get_by_role("button", name="Suchen").click()
    expect(page.locator("#s-results:not([aria-busy]) .card").first).to_be_visible()
    assert "q=rufbus" in page.url
    assert "year=2026" in page.url
    narrowed = int(said(page).split()[0])
    assert 0 < narrowed < everything
    assert {text.split("\n")[0] for text in page.locator("#s-results .kicker").all_inner_texts()} == {"Protokoll"}
    page.go_back()
    expect(page.get_by_role("status")).to_have_text(f"{everything} Treffer für „rufbus“")


def test_filters_that_leave_nothing_can_be_left(window: PageViewer, page: Page) -> None:
    ask(window, "?q=rufbus&year=2025&kind=press")
    assert said(page).startswith("Keine Treffer")
    page.locator("#s-results a").first.click()
    expect(page.get_by_role("status")).to_contain_text("Treffer für „rufbus“")


def test_a_slip_of_the_keys_is_answered_with_what_was_meant(window: PageViewer, page: Page) -> None:
    ask(window, "?q=freibda")
    assert "„Freibad“" in said(page)
    assert "Für „freibda“ gibt es keinen Treffer." in said(page)
    assert titles(page)


def test_nothing_found_says_what_to_try(window: PageViewer, page: Page) -> None:
    ask(window, "?q=xylophonquartett")
    assert said(page) == "Keine Treffer für „xylophonquartett“"
    assert page.locator("#s-results li").count() >= 3
    assert page.get_by_role("link", name="Archiv").first.is_visible()


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20", "?q=+"])
def test_an_empty_query_asks_for_a_word_and_loads_nothing(query: str, window: PageViewer, page: Page) -> None:
    ask(window, query)
    assert said(page)
    assert [request.url for request in window.asked if INDEX in request.url] == []


@pytest.mark.parametrize("query", STRANGE)
def test_whatever_is_typed_stays_text(query: str, window: PageViewer, page: Page) -> None:
    page.goto(f"{window.root}suche/")
    page.locator("#s-query").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator("#s-results:not([aria-busy])")).to_be_attached()
    assert said(page)
    assert page.locator("#s-results img, #s-status img, main script:not([src])").count() == 0
    assert window.said == []


def test_an_index_that_cannot_be_loaded_is_told(window: PageViewer, page: Page) -> None:
    def fail(route: Route) -> None:
        route.abort()

    page.route("**/documents.json", fail)
    ask(window, "?q=radweg")
    assert "nicht" in said(page)
    page.unroute("**/documents.json", fail)
    page.locator("#s-results a").first.click()
    expect(page.get_by_role("status")).to_contain_text("Treffer für „radweg“")


def test_no_other_page_loads_anything_of_the_search(window: PageViewer, page: Page) -> None:
    window.open("home")
    page.wait_for_load_state("networkidle")
    assert [request.url for request in window.asked if "search" in request.url or INDEX in request.url] == []
    page.get_by_role("searchbox").first.fill("radweg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Treffer für „radweg“")


def test_the_first_query_is_light(window: PageViewer, page: Page) -> None:
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108  # it marks what it calls
    ask(window, "?q=Fördermittel")
    page.wait_for_load_state("networkidle")
    sent = sum(max(0, request.sizes()["responseBodySize"]) for request in finished) / KILOBYTE
    assert 60 < sent <= MOST_FOR_A_QUERY


def test_without_script_it_leads_to_the_archive(browser: Browser, served: str, addresses: Mapping[str, str]) -> None:
    with page_viewer(browser, served, addresses, java_script_enabled=False) as viewer:
        viewer.page.goto(f"{served}suche/?q=radweg")
        assert "Archiv" in viewer.page.locator("#s-no-script").inner_text()
        viewer.page.locator("main").get_by_role("link", name="Archiv").first.click()
        assert viewer.page.url == f"{served}archiv/"


def test_nothing_of_pagefind_is_there_that_no_search_needs(site: Path) -> None:
    names = {file.name for file in (site / "suche" / "index").rglob("*") if file.is_file()}
    assert not [name for name in names if name.endswith((".css", ".html")) or "ui" in name or name.startswith(".")]
    assert "pagefind.js" in names


def test_other_forms_of_a_text_are_told_apart(site: Path) -> None:
    shown = [json.loads(file.read_text(encoding="utf-8")) for file in (site / INDEX / "0").glob("[0-9]*.json")]
    urls = [one["url"] for one in shown]
    assert len(urls) == len(set(urls)) > 60
