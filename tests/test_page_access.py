"""Pages as everybody uses them: with the keyboard, enlarged, in the dark, in own colours, with a screen reader.

What tools find is asked of tools; what they miss, of the gates of ``tests/gates``.
"""

import string
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest

from tests.page_types import DIFFERENT, PAGE_TYPES
from tests.page_viewer import NARROW, WIDE, PageViewer
from tests.project import load_cases

pytestmark = pytest.mark.slow

CASES = load_cases("page-gates")
HTML = "<!DOCTYPE html><html lang='de'><head><title>Seite</title></head><body>{}</body></html>"

LOOKS: Mapping[str, tuple[int, str]] = {
    "320 px, light": (NARROW, "light"),
    "320 px, dark": (NARROW, "dark"),
    "1280 px, light": (WIDE, "light"),
}
FURTHER_LOOKS: Mapping[str, tuple[int, str]] = {
    "360 px, light": (360, "light"),
    "360 px, dark": (360, "dark"),
    "1280 px, dark": (WIDE, "dark"),
}
"""Looked at in the long form only."""

FIRST_LOOK = "320 px, light"
IN_SHORT = ("320 px, dark", "1280 px, light")
"""Both schemes and both widths, for what depends on each by itself."""

AS_IT_IS, DETAILS, MENU = "as it is", "details open", "menu open"

STATES: Mapping[str, Callable[[PageViewer], bool]] = {
    AS_IT_IS: lambda _: True,
    DETAILS: PageViewer.open_details,
    MENU: PageViewer.open_menu,
}
"""What a page is brought into; each says whether there is such a state on the page."""

ENLARGED = 1.7
"""How much each text grows at least when letters are to be twice as large; what is large already need grow less."""

WITH_SCRIPTS = ("home", "events", "search with results", "edition")
"""Pages with all the scripts there are: what a key does is the same on all others."""

KEYS = string.ascii_lowercase + string.digits + ",./-?+#"
"""Keys that are pressed alone (WCAG 2.2, 2.1.4)."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Look at each type of pages, in each look where a test takes one."""
    full, wanted = metafunc.config.getoption("--full"), set(metafunc.fixturenames)
    looks = {**LOOKS, **FURTHER_LOOKS} if full else {look: LOOKS[look] for look in IN_SHORT}
    if "state" in wanted:
        # What tools say is asked of all pages; what depends on the look, or opens, is the same on those that are alike,
        # the menu on all.
        first, *others = looks
        cases = list(product(PAGE_TYPES, looks if full else [first], STATES if full else [AS_IT_IS]))
        if not full:
            cases += product(DIFFERENT, others, [AS_IT_IS])
            cases += [*product(DIFFERENT, [FIRST_LOOK], [DETAILS]), ("home", FIRST_LOOK, MENU)]
        values = [(name, LOOKS.get(look) or FURTHER_LOOKS[look], state) for name, look, state in cases]
        metafunc.parametrize(("name", "look", "state"), values, ids=map("-".join, cases))
        return
    if "name" in wanted:
        in_short = WITH_SCRIPTS if metafunc.function is test_no_single_key_does_anything else DIFFERENT
        metafunc.parametrize("name", PAGE_TYPES if full else in_short)
    if "look" in wanted:
        metafunc.parametrize("look", looks.values(), ids=looks)
    if "scheme" in wanted:
        metafunc.parametrize("scheme", ["light", "dark"] if full else ["light"])


def test_tools_find_nothing(name: str, look: tuple[int, str], state: str, viewer: PageViewer) -> None:
    viewer.open(name, look[0], color_scheme=look[1])
    if STATES[state](viewer):
        assert viewer.axe() == []
        assert viewer.codesniffer() == []


def test_every_control_has_a_name_and_a_role(name: str, viewer: PageViewer) -> None:
    viewer.open(name, NARROW)
    viewer.open_details()
    assert viewer.nameless() == []
    assert viewer.ask("pretenders") == []


@pytest.mark.parametrize(("width", "height"), [(NARROW, 256), (WIDE, 800)])
def test_the_keyboard_reaches_everything_in_order_and_in_view(
    name: str, width: int, height: int, viewer: PageViewer
) -> None:
    viewer.open(name, width, height)
    assert viewer.page.evaluate("document.activeElement === document.body")
    assert viewer.walk() == []


def test_the_keyboard_opens_and_closes_everything(name: str, viewer: PageViewer) -> None:
    viewer.open(name, NARROW)
    # What the search shows on request stays; how it is asked for is tested with the search.
    assert [finding for finding in viewer.operate() if "Weitere Treffer" not in finding] == []


def test_no_single_key_does_anything(name: str, viewer: PageViewer) -> None:
    viewer.open(name)
    assert viewer.press(KEYS) == []
    viewer.page.keyboard.press("Tab")
    assert viewer.press(KEYS) == []


def test_the_focus_can_be_seen(name: str, look: tuple[int, str], viewer: PageViewer) -> None:
    viewer.open(name, look[0], color_scheme=look[1])
    assert viewer.unmarked() == []


def test_texts_and_controls_stand_out(name: str, look: tuple[int, str], viewer: PageViewer) -> None:
    viewer.open(name, look[0], color_scheme=look[1])
    viewer.open_details()
    viewer.fit()
    for gate in ("weak", "edges", "underlines", "current"):
        assert viewer.ask(gate) == [], gate


def test_pages_keep_their_form_in_the_colours_of_the_reader(name: str, scheme: str, viewer: PageViewer) -> None:
    viewer.open(name, NARROW, color_scheme=scheme)
    viewer.fit()
    edged = viewer.ask("edged")
    viewer.open(name, NARROW, color_scheme=scheme, forced_colors="active")
    viewer.fit()
    assert viewer.ask("edges", edged) == []
    for gate in ("weak", "underlines", "current"):
        assert viewer.ask(gate) == [], gate
    assert viewer.unmarked() == []


def test_nothing_moves_for_those_who_do_not_want_it(name: str, viewer: PageViewer) -> None:
    viewer.open(name, reduced_motion="reduce")
    viewer.open_details()
    assert viewer.ask("motion") == []


def test_a_page_at_four_times_its_size_is_read_without_scrolling_sideways(name: str, viewer: PageViewer) -> None:
    viewer.open(name, NARROW, 256)
    viewer.open_details()
    for gate in ("overflow", "lost", "torn"):
        assert viewer.ask(gate) == [], gate


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_spaced_text_loses_nothing(name: str, width: int, viewer: PageViewer) -> None:
    viewer.open(name, width)
    viewer.open_details()
    words = viewer.ask("words")
    viewer.ask("space")
    assert viewer.ask("words") == words
    for gate in ("overflow", "lost"):
        assert viewer.ask(gate) == [], gate


@pytest.mark.parametrize("width", [360, WIDE])
def test_large_text_loses_nothing(name: str, width: int, viewer: PageViewer) -> None:
    """A menu may take the place of links in the header, and the heads of a table's columns stand beside its cells."""
    viewer.open(name, width)
    viewer.open_details()
    part, text = ("main, footer", "thead"), "main :is(p, dd, td)"
    words, sizes = viewer.ask("words", *part), viewer.ask("sizes", text)
    viewer.enlarge()
    assert viewer.ask("words", *part) == words
    assert min(now / then for now, then in zip(viewer.ask("sizes", text), sizes, strict=True)) > ENLARGED
    for gate in ("overflow", "lost", "torn"):
        assert viewer.ask(gate) == [], gate


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_open_menu_is_used_like_a_page(colours: str, viewer: PageViewer) -> None:
    viewer.open("home", NARROW, 900, color_scheme=colours)
    assert viewer.open_menu()
    assert viewer.ask("weak", "[popover], dialog") == []
    for gate in ("edges", "current", "overflow", "torn"):
        assert viewer.ask(gate) == [], gate
    assert viewer.nameless() == []
    assert viewer.walk() == []


def test_escape_closes_the_menu_and_the_focus_is_where_it_was(viewer: PageViewer) -> None:
    viewer.open("home", NARROW)
    assert viewer.open_menu()
    viewer.page.keyboard.press("Tab")
    viewer.page.keyboard.press("Tab")
    viewer.page.keyboard.press("Escape")
    assert viewer.page.evaluate("document.activeElement.textContent.trim()") == "Menü"
    assert viewer.open_menu(), "the button is seen again"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_gates_find_what_is_wrong(case: Mapping[str, Any], viewer: PageViewer) -> None:
    viewer.show(HTML.format(case["body"]), case.get("width", NARROW), case.get("height", 600), **case.get("media", {}))
    if "change" in case:
        viewer.ask(case["change"])
    gates: Mapping[str, Callable[[], list[str]]] = {
        "axe": viewer.axe,
        "codesniffer": viewer.codesniffer,
        "nameless": viewer.nameless,
        "operate": viewer.operate,
        "press": lambda: viewer.press(KEYS),
        "unmarked": viewer.unmarked,
        "walk": viewer.walk,
    }
    assert gates.get(case["gate"], lambda: viewer.ask(case["gate"]))() == case["findings"], case["title"]
