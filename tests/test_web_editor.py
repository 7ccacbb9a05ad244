"""What editors write in the browser is what the reader reads; what they do not touch stays as it was written."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, expect

from generator.channels.server.answers import answers
from generator.cli import main
from generator.editor.channel import PLACE
from generator.editor.collections import Collection, collections_of
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.site import Layout
from generator.model.web_editor import HOSTS, WebEditor
from generator.reading.reader import read
from generator.scaffold.kinds import KINDS
from generator.settings import Settings
from tests.conftest import copy_demo
from tests.page_viewer import WIDE, page_viewer
from tests.project import BASE, load_cases, write_project
from tests.sample import sample
from tests.web_editor import Desk, at_desk, public, write_editor
from tests.web_server import serving

pytestmark = pytest.mark.slow

CASES = load_cases("web-editor")


def settings_for(project: Path) -> Settings:
    return Settings(content=project / "content", build=project / "build", layout=Layout(folders=DEFAULT_FOLDERS))


@pytest.fixture(scope="module")
def new_project(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[tuple[Settings, Desk]]:
    """A project without texts, opened in the editor."""
    project = tmp_path_factory.mktemp("new")
    write_project(project, BASE)
    Image.new("RGB", (40, 30), "green").save(project / "Grüne Brücke.png")
    settings = settings_for(project)
    with at_desk(browser, settings, tmp_path_factory.mktemp("page")) as desk:
        yield settings, desk


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_in_the_browser_is_read(name: str, new_project: tuple[Settings, Desk]) -> None:
    settings, desk = new_project
    case = CASES[name]
    desk.go(f"collections/{case['collection']}/new")
    desk.fill(case["fill"])
    desk.save()
    assert (settings.content / case["file"]).read_text(encoding="utf-8") == case["text"]
    reading = read(settings)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.site is not None
    assert case["file"] in {str(entry.source.path) for entry in reading.site.entries}
    assert desk.complaints == []


@pytest.fixture(scope="module")
def demo_project(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[tuple[Settings, Desk]]:
    """The demo texts, and one of each kind that has just been begun, opened in the editor."""
    project = tmp_path_factory.mktemp("demo")
    copy_demo(project)
    begin_one_of_each(project)
    settings = settings_for(project)
    with at_desk(browser, settings, tmp_path_factory.mktemp("page")) as desk:
        yield settings, desk


def begin_one_of_each(project: Path) -> None:
    """Begin a text of each kind with the command."""
    for word, kind in KINDS.items():
        options = ["--date", "2026-12-01 18:00"] if kind.day == "start" else []
        options += ["--set", "committee=lenkungsgruppe"] if "committee" in kind.asked else []
        command = ["new", word, f"Begonnen: {word}", *options, "-f", str(project / "mkdocs.yml"), "--now", "2026-11-25"]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output


CHANGED = "Anders: „Wirmel & Co.“"
COLLECTIONS = "news event minutes edition page leitbild introductions cooperation".split()
FIELDS = {"edition": "subject", "cooperation": "claim"}
"""What is changed instead of the title, where there is none in the form."""


def texts_of(collection: Collection, project: Path) -> Iterator[tuple[str, Path]]:
    """Yield the texts of a collection by the names that they have in the editor's addresses."""
    if "files" in collection:
        yield from ((file["name"], project / file["file"]) for file in collection["files"])
    else:
        files = sorted((project / collection["folder"]).glob("*.md"))
        yield from ((file.stem, file) for file in files if file.stem != "index" or not collection["folder"].count("/"))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_only_the_line_of_a_changed_field_changes(
    name: str, demo_project: tuple[Settings, Desk], pytestconfig: pytest.Config
) -> None:
    settings, desk = demo_project
    field = FIELDS.get(name, "title")
    collection = next(one for one in collections_of(public(settings), "content") if one["name"] == name)
    texts = list(texts_of(collection, settings.content.parent))
    for entry, file in texts if pytestconfig.getoption("--full") else texts[-1:]:
        before = file.read_text(encoding="utf-8").splitlines()
        desk.go(f"collections/{name}/entries/{entry}")
        desk.fill({field: CHANGED})
        desk.save()
        after = file.read_text(encoding="utf-8").splitlines()
        assert len(after) == len(before), file
        differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        assert [(old.partition(":")[0], new) for old, new in differing] == [(field, f"{field}: '{CHANGED}'")], file
    assert desk.complaints == []


def test_a_list_says_which_texts_are_drafts(demo_project: tuple[Settings, Desk]) -> None:
    demo_project[1].go("collections/news")
    texts = demo_project[1].viewer.page.get_by_role("listitem")
    # Known by their days, for other tests change their titles.
    expect(texts.filter(has_text="20.11.2026 – Entwurf: ")).to_have_count(1)
    expect(texts.filter(has_text="26.03.2026")).to_have_count(1)
    expect(texts.filter(has_text="26.03.2026").filter(has_text="Entwurf: ")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390, 600, WIDE])
def test_what_publishes_is_in_reach_on_telephones(width: int, new_project: tuple[Settings, Desk]) -> None:
    page = new_project[1].viewer.page
    page.set_viewport_size({"width": width, "height": 800})
    new_project[1].go("collections/news/new")
    button = page.get_by_role("button", name="Veröffentlichen")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    for part in (0.05, 0.5, 0.95):
        at = [box["x"] + part * box["width"], box["y"] + box["height"] / 2]
        reached = page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.closest('[role=button]')?.innerText", at)
        assert reached == "Veröffentlichen", (part, reached)
    page.set_viewport_size({"width": WIDE, "height": 800})


def test_every_collection_is_tried(demo_project: tuple[Settings, Desk]) -> None:
    assert [one["name"] for one in collections_of(public(demo_project[0]), "content")] == COLLECTIONS


LOGIN = re.compile("einloggen|Login")
ASKED = {
    "gitlab": "https://git.example.org/oauth/authorize",
    "gitea": "https://git.example.org/login/oauth/authorize",
    "forgejo": "https://git.example.org/login/oauth/authorize",
    "github": "https://git.example.org/auth",
}


@pytest.mark.parametrize("backend", HOSTS)
def test_editors_are_signed_in_by_their_own_host(backend: str, browser: Browser, tmp_path: Path) -> None:
    host = HOSTS[backend]
    git = "https://git.example.org"
    api = host.api if host.opens_window else git + host.api
    wanted = WebEditor(content="content", host=host, repository="a/b", address=git, api=api, client="abc")
    write_editor(sample().site, wanted, tmp_path)
    with (
        serving(tmp_path, answers("suche/", wanted)) as root,
        page_viewer(browser, root, {"editor": PLACE}) as viewer,
    ):
        viewer.page.context.route(f"{git}/**", lambda route: route.fulfill(body="Anmeldung"))
        viewer.open("editor")
        with viewer.page.context.expect_event("request", lambda request: request.url.startswith(git)) as begun:
            viewer.page.get_by_role("button", name=LOGIN).click()
        asked = urlsplit(begun.value.url)
        assert f"{asked.scheme}://{asked.netloc}{asked.path}" == ASKED[backend]
        query = parse_qs(asked.query)
        assert query.get("code_challenge_method", ["S256"]) == ["S256"]
        assert query.get("client_id", ["abc"]) == ["abc"]
        assert [one.url for one in viewer.asked if not one.url.startswith((root, git))] == []
        assert [said for said in viewer.said if "forbids" in said] == []
