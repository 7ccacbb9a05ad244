"""Whatever is written into any field or text, it is shown as text, or taken out, or refused: in every channel."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pydantic import TypeAdapter, ValidationError

from generator.model.addresses import EmailAddress, OldAddress, PageAddress, WebAddress
from generator.model.brand import Colour
from generator.model.content_type import CONTENT_TYPES
from generator.model.cooperation import Cooperation
from generator.model.entry import Entry
from generator.model.ids import Id
from tests import harmless
from tests.attacked import ATTACKS, PLACES, attacked, field_names, free_fields, mkdocs, places
from tests.conftest import run
from tests.project import write_project
from tests.web_server import serving

TEXTS = [text for texts in ATTACKS.values() for text in texts]
NO_TEXTS = {"attachments.file", "image.file", "brand.font", "brand.icon", "brand.logo", "municipalities.coat_of_arms"}
"""Names of files and fonts, which are looked for or checked by a pattern of their own."""

_PROBLEM = re.compile(r"^([^:\s]+\.(?:md|yml)):\d+: ", re.MULTILINE)


ADDRESSES: Mapping[str, tuple[Any, re.Pattern[str]]] = {
    "web": (WebAddress, re.compile(r"https?://[^\s\"<>\x00-\x1f]+")),
    "e-mail": (EmailAddress, re.compile(r"[^\s\"<>,;:]+@[A-Za-z0-9.-]+")),
    "page": (PageAddress, re.compile(r"[a-z0-9/-]+/")),
    "old page": (OldAddress, re.compile(r"/?[A-Za-z0-9_~%./-]+")),
    "id": (Id, re.compile(r"[a-z0-9-]+")),
    "colour": (Colour, re.compile(r"#[0-9a-f]{6}")),
}


@dataclass(frozen=True)
class Twin:
    """What came of a project with attacks, and of one of the same shape without."""

    attacked: Path
    harmless: Path
    refused: frozenset[str]
    """The files of texts that were refused with a German message."""


def built(folder: Path, files: Mapping[str, str]) -> str:
    """Build a project and its letters, and return what was told."""
    config = write_project(folder, files)
    config.write_text(mkdocs(), encoding="utf-8")
    result = run("build", folder=folder)
    if result.returncode == 0:
        letters = run("newsletter", "build", "--all", folder=folder)
        assert letters.returncode == 0, letters.stderr
    return result.stderr


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Twin:
    """Both projects, built; bodies that are refused are left out of both."""
    folder = tmp_path_factory.mktemp("attacks")
    every = request.config.getoption("--full")
    told = built(folder / "attacked", attacked(TEXTS, every=every))
    assert "Traceback" not in told
    refused = frozenset(_PROBLEM.findall(told))
    assert not [path for path in refused if "/text-" not in path], told
    told = built(folder / "attacked", attacked(TEXTS, refused, every=every))
    assert (folder / "attacked" / "build" / "site").is_dir(), told
    built(folder / "harmless", attacked([f"Harmlos {number}" for number in range(len(TEXTS))], every=every))
    return Twin(folder / "attacked" / "build", folder / "harmless" / "build", refused)


def test_an_attack_stands_in_every_field_that_takes_any_text() -> None:
    common = set(free_fields(Entry)) - NO_TEXTS
    assert common <= field_names("news")
    for kind in CONTENT_TYPES:
        name = "edition" if kind.name == "newsletter" else kind.name
        assert set(free_fields(kind.model)) - common - NO_TEXTS <= field_names(name), name
    settings = set(places(PLACES["once"])) | {
        f"{key}.{name}" for key, place in PLACES["each"].items() for name in places(place)
    }
    assert {name for name in free_fields(Cooperation) if not name.startswith("mailing.tags.")} - NO_TEXTS == settings


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("before", ["", "https://example.org/", "https://", "a@example.org"])
def test_where_an_address_is_wanted_there_is_nothing_but_one(name: str, before: str) -> None:
    kind, pattern = ADDRESSES[name]
    reader = TypeAdapter(kind)
    for text in TEXTS:
        with suppress(ValidationError):
            assert pattern.fullmatch(reader.validate_python(before + text)), text


def test_there_are_attacks_of_every_kind() -> None:
    assert len(TEXTS) == len({" ".join(text.split()) for text in TEXTS}) >= 150
    assert min(map(len, ATTACKS.values())) >= 10


OF_TEXTS = re.compile(r"/text-|/beschluesse/|/gremien/|^site/index|/feed\.|/manifest.json")
"""Outputs that show the texts of authors, in which something may be; they have tests of their own."""

SHAPES: Mapping[str, Callable[[bytes], harmless.Shape]] = {
    "*.html": harmless.html_shape,
    "*.xml": harmless.xml_shape,
    "*.atom": harmless.xml_shape,
    "*.json": harmless.json_shape,
    "*.webmanifest": harmless.json_shape,
    "*.ics": harmless.calendar_shape,
}


def outputs(folder: Path, pattern: str) -> dict[str, Path]:
    """Return the files of a site and its letters, by their paths; those of texts have a test of their own."""
    found = [file for part in ("site", "newsletter") for file in (folder / part).rglob(pattern)]
    return {str(file.relative_to(folder)): file for file in found if "/suche/" not in str(file)}


@pytest.mark.slow
@pytest.mark.parametrize("pattern", SHAPES)
def test_an_attack_in_a_field_changes_nothing_but_the_text(pattern: str, twin: Twin) -> None:
    ours, theirs = outputs(twin.attacked, pattern), outputs(twin.harmless, pattern)
    assert ours.keys() == theirs.keys()
    assert ours
    for path, file in ours.items():
        if not OF_TEXTS.search(path):
            assert SHAPES[pattern](file.read_bytes()) == SHAPES[pattern](theirs[path].read_bytes()), path


@pytest.mark.slow
def test_an_attack_in_a_decision_adds_no_part_to_a_page_that_shows_it(twin: Twin) -> None:
    ours, theirs = outputs(twin.attacked, "*.html"), outputs(twin.harmless, "*.html")
    for path in filter(re.compile("/beschluesse/|/gremien/|^site/index").search, ours):
        assert harmless.frame(ours[path].read_bytes()) == harmless.frame(theirs[path].read_bytes()), path


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ["feed.xml", "feed.atom", "feed.json"])
def test_an_attack_in_a_text_adds_nothing_to_a_feed(pattern: str, twin: Twin) -> None:
    ours, theirs = outputs(twin.attacked, pattern), outputs(twin.harmless, pattern)
    assert len(ours) > 30
    for path, file in ours.items():
        texts, feed = harmless.feed_texts(file.read_bytes())
        assert feed == harmless.feed_texts(theirs[path].read_bytes())[1], path
        assert [fault for text in texts for fault in harmless.body_faults(text)] == [], path


@pytest.mark.slow
def test_an_attack_in_an_editorial_leaves_the_letter_around_it_alone(twin: Twin) -> None:
    ours, theirs = outputs(twin.attacked, "letter.html"), outputs(twin.harmless, "letter.html")
    letters = [path for path in ours if "/text-" in path]
    assert len(letters) >= len(TEXTS) // 10
    for path in letters:
        assert harmless.html_shape(ours[path].read_bytes(), "prose") == harmless.html_shape(
            theirs[path].read_bytes(), "prose"
        )
        assert harmless.frame(ours[path].read_bytes()) == harmless.frame(theirs[path].read_bytes()), path


@pytest.mark.slow
def test_an_attack_adds_no_header_and_no_part_to_a_message(twin: Twin) -> None:
    ours, theirs = outputs(twin.attacked, "*.eml"), outputs(twin.harmless, "*.eml")
    for path in ours:
        assert harmless.message_shape(ours[path].read_bytes(), "prose") == harmless.message_shape(
            theirs[path].read_bytes(), "prose"
        )


@pytest.mark.slow
def test_an_attack_in_a_text_leaves_the_page_around_it_alone(twin: Twin) -> None:
    ours, theirs = outputs(twin.attacked, "*.html"), outputs(twin.harmless, "*.html")
    pages = [path for path in ours if "/text-" in path and path.startswith(("site/aktuelles", "site/termine"))]
    assert len(pages) >= len(TEXTS)
    for path in pages:
        assert harmless.html_shape(ours[path].read_bytes(), "text") == harmless.html_shape(
            theirs[path].read_bytes(), "text"
        )


@pytest.mark.slow
def test_only_what_is_allowed_is_left_of_a_text(twin: Twin) -> None:
    bodies = list((twin.attacked / "docs").rglob("text-*.md"))
    assert len(bodies) >= len(TEXTS)
    for file in bodies:
        assert harmless.body_faults(file.read_text(encoding="utf-8").split("---\n", 2)[2]) == [], file.name


@pytest.mark.slow
def test_no_address_does_more_than_lead_somewhere(twin: Twin) -> None:
    for path, file in outputs(twin.attacked, "*.html").items():
        assert harmless.bad_addresses(file.read_bytes()) == [], path


@pytest.mark.slow
def test_most_attacks_are_not_refused_but_made_harmless(twin: Twin) -> None:
    assert 0 < len(twin.refused) < len(TEXTS) / 5


MARK = """
window.attacked = window.alert = window.confirm = window.prompt = () => console.log("ATTACKED");
"""


TOUCH = "() => document.querySelectorAll('main *').forEach((one) => one.dispatchEvent(new Event('mouseover')))"


@pytest.fixture
def visited(browser: Browser, twin: Twin) -> Iterator[Callable[[Sequence[str]], list[str]]]:
    """What opens pages one after the other, without a policy that might protect them; returns where something ran."""
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(MARK)
    executed: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: executed.append(page.url) if message.text == "ATTACKED" else None)
    page.on("dialog", lambda dialog: (executed.append(page.url), dialog.dismiss()))
    with serving(twin.attacked) as root:
        context.route(lambda url: not url.startswith(root), lambda route: route.abort())

        def visit(paths: Sequence[str]) -> list[str]:
            for path in paths:
                page.goto(root + path)
                page.evaluate(TOUCH)
                assert page.evaluate("() => location.href").startswith(root + path.removesuffix("index.html"))
            return executed

        yield visit
    context.close()


@pytest.mark.slow
def test_nothing_is_executed_in_a_browser(
    twin: Twin, visited: Callable[[Sequence[str]], list[str]], request: pytest.FixtureRequest
) -> None:
    paths = sorted(outputs(twin.attacked, "*.html"))
    paths = [path for path in paths if "/alt/" not in path]
    assert visited(paths if request.config.getoption("--full") else paths[::10]) == []


@pytest.mark.slow
def test_an_attack_would_be_seen(twin: Twin, visited: Callable[[Sequence[str]], list[str]]) -> None:
    page = twin.attacked / "site" / "probe.html"
    page.write_text("<!DOCTYPE html><main><img src=//x.example.org alt=x onerror=attacked()></main>", encoding="utf-8")
    assert visited(["site/probe.html", "site/index.html"]) != []
    page.unlink()
