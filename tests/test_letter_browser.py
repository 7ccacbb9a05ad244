"""Letters as a browser shows them: readable, reachable and whole, whatever a mail program leaves of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.model.brand import Brand
from newsletter.html import letter_html
from newsletter.views import NARROW, VIEWS, WIDE, dark, no_images, no_style
from tests.demo_letters import NAMES, DemoLetter, addresses
from tests.letter_viewer import LEAST, Viewer, viewer
from tests.project import load_cases

pytestmark = pytest.mark.slow

CASES = load_cases("letter-gates")
LETTER = "<!DOCTYPE html><html lang='de'><head><title>Brief</title></head><body><h1>Brief</h1>{}</body></html>"

SHOWN = {
    **{(name, WIDE): view.of for name, view in VIEWS.items() if view.width == WIDE},
    **{(name, NARROW): view.of for name, view in VIEWS.items() if name != "mso"},
    ("dark, no_images", WIDE): lambda html: dark(no_images(html)),
}
"""Ways to look at a letter, by name and width; Outlook for Windows knows no narrow screens."""

UNSUPPORTED = load_cases("letter-caniemail")["unsupported"]
FORMS = {
    "property": r"(?<![\w-]){}\s*:[^;\"}}]*;?",
    "attribute": r' {}="[^"]*"',
    "pattern": "{}",
}
WITHOUT = {
    row["feature"]: FORMS[form].format(what) for row in UNSUPPORTED for form, what in row.get("without", {}).items()
}
"""Features that some mail programs ignore, and what they are found by."""

WORD_ONLY = {row["feature"] for row in UNSUPPORTED if row["clients"] == ["outlook.windows"]}
"""Features that only Outlook for Windows ignores, which knows no narrow screens."""

DARKENED: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("as it is", "light"): str,
    ("as it is", "dark"): str,
    ("no_style", "dark"): no_style,
    ("no_images", "light"): no_images,
}
"""What is darkened by force, by its name and the colours that are asked for besides."""


@pytest.fixture(scope="module")
def window(browser: Browser, demo: Path) -> Iterator[Viewer]:
    with viewer(browser, demo / "build" / "site") as opened:
        yield opened


@pytest.fixture(scope="module")
def fine_window(browser: Browser, demo: Path) -> Iterator[Viewer]:
    with viewer(browser, demo / "build" / "site", scale=2) as opened:
        yield opened


@pytest.fixture(scope="module")
def darkening_window(darkening_browser: Browser, demo: Path) -> Iterator[Viewer]:
    with viewer(darkening_browser, demo / "build" / "site", scale=2) as opened:
        yield opened


@pytest.mark.parametrize("width", [600, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_objects_to_nothing(
    name: str, scheme: str, width: int, window: Viewer, letters: Mapping[str, DemoLetter]
) -> None:
    window.show(letters[name].html, width, scheme)
    assert window.axe() == []


@pytest.mark.parametrize(("view", "width"), SHOWN)
@pytest.mark.parametrize("name", NAMES[-2:])
def test_every_text_can_be_read_and_every_link_followed(
    name: str, view: str, width: int, window: Viewer, letters: Mapping[str, DemoLetter]
) -> None:
    html = letters[name].html
    window.show(SHOWN[view, width](html), width)
    assert window.ask("contrast") == []
    assert window.ask("links", addresses(html)) == []
    assert window.ask("lost") == []
    assert window.ask("torn") == []


@pytest.mark.parametrize("width", [360, NARROW])
@pytest.mark.parametrize("view", sorted(VIEWS.keys() - {"mso"}))
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_a_narrow_screen(
    name: str, view: str, width: int, window: Viewer, letters: Mapping[str, DemoLetter]
) -> None:
    window.show(VIEWS[view].of(letters[name].html), width)
    assert window.ask("overflow") == []


@pytest.mark.parametrize("change", ["enlarge", "space"])
@pytest.mark.parametrize("view", ["light", "no_images", "no_style"])
@pytest.mark.parametrize("name", NAMES)
def test_large_or_spaced_text_loses_nothing(
    name: str, view: str, change: str, window: Viewer, letters: Mapping[str, DemoLetter]
) -> None:
    window.show(VIEWS[view].of(letters[name].html), NARROW)
    words = window.ask("words")
    window.change(change)
    assert window.ask("words") == words
    assert window.ask("lost") == []
    assert window.ask("overflow") == []
    if (view, change) != ("no_style", "enlarge"):
        # Without its style sheets the leaf of a calendar stays beside its event, too narrow for large text; the event's
        # own words say the day again.
        assert window.ask("torn") == []


@pytest.mark.parametrize(("view", "scheme"), DARKENED)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_darkened_by_force_can_be_read(
    name: str, view: str, scheme: str, darkening_window: Viewer, letters: Mapping[str, DemoLetter]
) -> None:
    """The colours are measured on the picture, for what is darkened in painting is not told by computed colours."""
    html = letters[name].html
    darkening_window.show(DARKENED[view, scheme](html), WIDE, scheme)
    assert darkening_window.faint() == []
    assert darkening_window.ask("links", addresses(html)) == []


@pytest.mark.parametrize("view", ["light", "dark", "no_style"])
@pytest.mark.parametrize("colour", ["#ffd400", "#e3000f", "#808080"])
def test_any_brand_can_be_read(
    colour: str, view: str, window: Viewer, darkening_window: Viewer, letters: Mapping[str, DemoLetter]
) -> None:
    html = VIEWS[view].of(letter_html(letters["everything"].letter, Brand.model_construct(colour=colour, link=colour)))
    window.show(html, WIDE)
    assert window.ask("contrast") == []
    if view == "no_style":
        darkening_window.show(html, WIDE)
        assert darkening_window.faint() == []


@pytest.mark.parametrize("feature", WITHOUT)
@pytest.mark.parametrize("name", NAMES[-2:])
def test_letters_hold_without(feature: str, name: str, window: Viewer, letters: Mapping[str, DemoLetter]) -> None:
    """What some mail programs ignore is not missed."""
    if (feature, name) == ("word-break", "everything"):
        return  # Its words are longer than any in the demo texts, and have to be scrolled to.
    html = letters[name].html
    less, removed = re.subn(WITHOUT[feature], "", html)
    assert removed
    widths = [WIDE] if feature in WORD_ONLY else [WIDE, NARROW]
    for width in widths:
        window.show(less, width)
        assert window.ask("contrast") == []
        assert window.ask("links", addresses(html)) == []
        assert window.ask("lost") == []
        assert window.ask("overflow") == []


@pytest.mark.parametrize("view", ["light", "dark"])
def test_pixels_tell_the_contrast_that_is_computed(
    view: str, fine_window: Viewer, letters: Mapping[str, DemoLetter]
) -> None:
    fine_window.show(VIEWS[view].of(letters["everything"].html), WIDE)
    computed = {words: round(ratio, 2) for words, ratio in fine_window.ask("contrasts")}
    assert min(computed.values()) > LEAST
    assert {words: round(ratio, 2) for words, ratio in fine_window.painted()} == computed


def test_the_darkening_browser_darkens(darkening_window: Viewer) -> None:
    """Where Chromium no longer knows the feature, the test above would see nothing but light letters."""
    darkening_window.show(LETTER.format("<p>Ein Text</p>"), WIDE)
    assert darkening_window.brightness() < 60


@pytest.mark.parametrize("name", CASES)
def test_gates_find_what_is_wrong(name: str, request: pytest.FixtureRequest) -> None:
    case = CASES[name]
    html = LETTER.format(case["body"])
    view = VIEWS[case["view"]] if "view" in case else None
    shown: Viewer = request.getfixturevalue(
        "darkening_window" if case.get("forced_dark") else "fine_window" if case["gate"] == "faint" else "window"
    )
    shown.show(view.of(html) if view else html, view.width if view else WIDE, case.get("scheme", "light"))
    if "change" in case:
        shown.change(case["change"])
    gates: Mapping[str, Callable[[], list[str]]] = {
        "axe": shown.axe,
        "faint": shown.faint,
        "links": lambda: shown.ask("links", addresses(html)),
    }
    found = gates.get(case["gate"], lambda: shown.ask(case["gate"]))()
    assert found == case["findings"], case["title"]


def test_requests_to_elsewhere_are_told(browser: Browser, demo: Path) -> None:
    with pytest.raises(AssertionError), viewer(browser, demo / "build" / "site") as opened:
        opened.show(LETTER.format('<img alt="" src="https://pixel.example.org/offen.gif">'), WIDE)
    assert opened.elsewhere == ["https://pixel.example.org/offen.gif"]
