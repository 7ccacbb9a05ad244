"""The sheet on which editors see a letter: whole, accessible, and with no request but for the letter's pictures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tinyhtml5.parser import HTMLParser

from newsletter.letter import MERGE
from newsletter.preview import sheet
from newsletter.views import NARROW, VIEWS
from tests.demo_letters import NAMES, DemoLetter, addresses
from tests.letter_viewer import GATES, HOST, Viewer, viewer

pytestmark = pytest.mark.slow

SHOWN = "[innerWidth, gates.words(), [...document.images].map((one) => one.src)]"
TEXT = "Allianz Kranichwald\n\n1 < 2 & „<b>“\n"


@pytest.fixture(scope="module")
def window(browser: Browser, demo: Path) -> Iterator[Viewer]:
    with viewer(browser, demo / "build" / "site") as opened:
        yield opened


def sheet_of(letter: DemoLetter) -> str:
    return sheet(letter.letter, letter.html, TEXT)


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_shows_every_view_as_it_is(name: str, window: Viewer, letters: Mapping[str, DemoLetter]) -> None:
    window.show(sheet_of(letters[name]), 1440)
    frames = window.page.main_frame.child_frames
    assert len(frames) == len(VIEWS)
    for frame in frames:
        frame.evaluate(GATES)
    shown = [frame.evaluate(SHOWN) for frame in frames]
    loaded = [frame.evaluate("[...document.images].every(one => one.naturalWidth > 0)") for frame in frames]
    assert all(loaded)
    for view, told in zip(VIEWS.values(), shown, strict=True):
        window.show(view.of(letters[name].html), view.width)
        assert told == window.page.evaluate(SHOWN)


@pytest.mark.parametrize("width", [1440, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sheet_is_accessible(scheme: str, width: int, window: Viewer, letters: Mapping[str, DemoLetter]) -> None:
    window.show(sheet_of(letters["everything"]), width, scheme)
    assert window.axe(whole=True) == []
    assert [one for one in window.ask("overflow") if one.startswith("document")] == []
    assert window.ask("links", [url for url in addresses(letters["everything"].html) if "merge" not in url]) == []


def test_a_sheet_tells_subject_size_text_and_links(window: Viewer, letters: Mapping[str, DemoLetter]) -> None:
    letter = letters["2026-11-19-ausgabe-7"]
    window.show(sheet_of(letter), 1440)
    shown = window.page.inner_text("main")
    size = f"{len(letter.html.encode()) / 1000:.1f}".replace(".", ",")
    for wanted in (letter.letter.subject, letter.letter.preheader, f"{size} KB von höchstens 90 KB", TEXT.strip()):
        assert wanted in shown
    for url in addresses(letter.html):
        assert url in shown


def test_a_sheet_is_valid_and_holds_no_script(letters: Mapping[str, DemoLetter]) -> None:
    html = sheet_of(letters["everything"])
    parser = HTMLParser()
    parser.parse(html)
    assert parser.errors == []
    assert "<script" not in html
    assert html.count(" sandbox ") == len(VIEWS)


def test_the_text_part_tells_what_the_service_puts_in(letters: Mapping[str, DemoLetter]) -> None:
    letter = letters["everything"]
    shown = sheet(letter.letter, letter.html, "\n".join(MERGE.values()))
    (text,) = re.findall(r"<pre>(.*?)</pre>", shown, re.DOTALL)
    assert "merge" not in text
    assert text.splitlines() == [
        "[Link zum Abmelden, vom Versanddienst]",
        "[Link zur Ansicht im Browser, vom Versanddienst]",
        "[Vorname]",
    ]


def test_nothing_else_is_fetched(window: Viewer, letters: Mapping[str, DemoLetter]) -> None:
    """What an editor wrote into a letter is stopped by the sheet's policy before it becomes a request."""
    letter = letters["2026-11-19-ausgabe-7"]
    bad = '<p style="background: url(https://pixel.example.org/a.png)">a</p><script>fetch("https://b.example.org")</script>'
    html = letter.html.replace("</body>", f"{bad}</body>")
    window.show(sheet(letter.letter, html, TEXT), 1440)
    assert window.elsewhere == []
    window.show(html, 680)
    assert sorted(set(window.elsewhere)) == ["https://b.example.org/", "https://pixel.example.org/a.png"]
    window.elsewhere.clear()


def test_what_is_written_stays_text(window: Viewer, letters: Mapping[str, DemoLetter]) -> None:
    letter = letters["2026-11-19-ausgabe-7"]
    said = '<b>"Fett"</b> & „mehr“'
    window.show(sheet(replace(letter.letter, subject=said, preheader=said), letter.html, said), 1440)
    assert window.page.inner_text("h1") == f"Vorschau: {said}"
    assert window.page.inner_text("pre") == said


def test_no_link_leads_out_of_a_view(window: Viewer, letters: Mapping[str, DemoLetter]) -> None:
    window.show(sheet_of(letters["2026-11-19-ausgabe-7"]), 1440)
    frame = window.page.main_frame.child_frames[0]
    frame.click(f'a[href="{HOST}"]')
    assert frame.evaluate("location.href") == "about:srcdoc"
    assert len(window.page.context.pages) == 1


def test_pictures_that_are_handed_in_need_no_request(letters: Mapping[str, DemoLetter]) -> None:
    letter = letters["2026-11-19-ausgabe-7"]
    pictures = dict.fromkeys(re.findall(r'<img[^>]*\bsrc="([^"]+)"', letter.html), b"PNG")
    assert pictures
    shown = unescape(sheet(letter.letter, letter.html, TEXT, pictures))
    assert not any(url in shown for url in pictures)
    assert "data:image/png;base64,UE5H" in shown
    assert re.search(r"img-src data:\"", shown)
