"""Letters look as the reference engine (npm ``mjml`` 5) makes them, but for differences that are explained."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route

from newsletter.html import letter_mjml
from newsletter.mjml import to_html
from newsletter.mjml.components import COMPONENTS, DEFAULTS
from newsletter.mjml.finished import for_outlook
from newsletter.mjml.markup import STAMP, parse
from newsletter.mjml.tree import Element
from tests.demo_letters import NAMES, DemoLetter
from tests.letter_viewer import viewer
from tests.node import run_node
from tests.project import ROOT

FOLDER = ROOT / "tests" / "cases" / "mjml-parity"
DOCUMENTS = {file.stem: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.mjml"))}
EXPLAINED = {
    (case["document"], case["view"]): case["reason"]
    for case in yaml.safe_load((FOLDER / "explained.yml").read_text(encoding="utf-8"))
}
VIEWS = {"wide": 600, "narrow": 360, "outlook": 700}
"""Pixels of the window, by what is looked at: the letter, or what Outlook sees of it (drawn by Chromium)."""

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">
<rect width="80" height="40" fill="#e8a33d"/>
<path d="M0 40L40 5 80 40z" fill="#1a5276"/></svg>"""

REFERENCE = """
    const mjml = require("mjml");
    const results = {};
    for (const [name, source] of Object.entries(input)) {
        const { html, errors } = await mjml(source, { fonts: {}, validationLevel: "soft" });
        results[name] = { html, errors: errors.map((error) => error.formattedMessage) };
    }
    return results;
"""


@pytest.fixture(scope="module")
def reference() -> dict[str, dict[str, str]]:
    """What the reference engine makes of each document."""
    results: dict[str, dict[str, str]] = run_node(REFERENCE, DOCUMENTS)
    return results


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    def answer(route: Route) -> None:
        if route.request.url.endswith(".svg"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        else:
            route.abort()

    context = browser.new_context()
    context.route("**/*", answer)
    yield context.new_page()
    context.close()


def picture_of(html: str, view: str, page: Page) -> bytes:
    if view == "outlook":
        html = for_outlook(html)
    page.set_viewport_size({"width": VIEWS[view], "height": 300})
    page.set_content(html)
    return page.screenshot(full_page=True)


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_pixels_are_those_of_the_reference(
    name: str, view: str, page: Page, reference: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    assert reference[name]["errors"] == []
    theirs = picture_of(reference[name]["html"], view, page)
    ours = picture_of(to_html(DOCUMENTS[name], f"{name}.mjml"), view, page)
    (tmp_path / "reference.png").write_bytes(theirs)
    (tmp_path / "ours.png").write_bytes(ours)
    differs = ours != theirs
    assert differs == ((name, view) in EXPLAINED), f"see {tmp_path}"


@pytest.fixture(scope="module")
def letter_reference(letters: Mapping[str, DemoLetter]) -> dict[str, dict[str, str]]:
    """What the reference engine makes of the letters' templates."""
    sources = {name: letter_mjml(letters[name].letter, letters[name].brand) for name in NAMES}
    results: dict[str, dict[str, str]] = run_node(
        REFERENCE, {name: re.sub(rf" {STAMP}=\S+ ", " ", source) for name, source in sources.items()}
    )
    return results


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_pixels_of_letters_are_those_of_the_reference(
    name: str,
    view: str,
    browser: Browser,
    demo: Path,
    letters: Mapping[str, DemoLetter],
    letter_reference: dict[str, dict[str, str]],
    tmp_path: Path,
) -> None:
    assert letter_reference[name]["errors"] == []
    with viewer(browser, demo / "build" / "site") as window:
        theirs = picture_of(letter_reference[name]["html"], view, window.page)
        ours = picture_of(letters[name].html, view, window.page)
    (tmp_path / "reference.png").write_bytes(theirs)
    (tmp_path / "ours.png").write_bytes(ours)
    assert ours == theirs, f"see {tmp_path}"


@pytest.mark.slow
def test_a_pixel_more_is_told(page: Page, letters: Mapping[str, DemoLetter]) -> None:
    html = letters["everything"].html
    assert picture_of(html, "wide", page) == picture_of(html, "wide", page)
    assert picture_of(html.replace("padding:22px", "padding:23px", 1), "wide", page) != picture_of(html, "wide", page)


def test_explanations_are_about_documents() -> None:
    assert EXPLAINED.keys() <= {(name, view) for name in DOCUMENTS for view in VIEWS}
    assert all(reason.strip() for reason in EXPLAINED.values())


def used_in(parent: Element) -> Iterator[tuple[str, str]]:
    for node in parent.children:
        if isinstance(node, Element):
            yield node.name, ""
            for attribute in node.attributes:
                yield node.name, attribute
            yield from used_in(node)


def test_all_that_is_allowed_is_compared() -> None:
    used = {pair for source in DOCUMENTS.values() for pair in used_in(parse(source, "").root)}
    allowed = {(name, "") for name in (*COMPONENTS, *DEFAULTS)}
    allowed |= {(name, attribute) for name, one in COMPONENTS.items() for attribute in one.attributes}
    assert allowed - used == set()
