"""The web editor of a project, in a browser, with the server for local files that `schaukasten serve --editor` runs."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from generator.channels.output import File, LazyFile
from generator.channels.server.answers import Answer, answers
from generator.editor.bundle import is_there
from generator.editor.channel import PLACE, editor
from generator.editor.local_server import local_server
from generator.gate import gate
from generator.model.brand import Brand
from generator.model.site import PublicSite
from generator.model.web_editor import WebEditor
from generator.reading.reader import read
from generator.settings import Settings
from tests.page_viewer import WIDE, PageViewer, page_viewer
from tests.sample import NOW
from tests.web_server import serving

__all__ = ["Desk", "at_desk", "public", "write_editor"]

_NEEDLESS = re.compile(r"decap-cms|CMS_MANUAL_INIT|404 \(Not Found\)")
"""What Decap CMS tells of itself in the console; and that pictures are missing, for the site around it is not built."""


def public(settings: Settings) -> PublicSite:
    """Return what is public of a project, not rendered: without its logo."""
    site = read(settings).site
    assert site is not None
    plain = site.cooperation.model_copy(update={"brand": Brand()})
    return gate(replace(site, cooperation=plain), datetime.fromisoformat(NOW), settings.layout)


def write_editor(site: PublicSite, wanted: WebEditor, folder: Path) -> None:
    """Write the editor's page, without the rest of the site."""
    if not is_there():
        pytest.skip("The web editor is not installed (make editor-files)")
    for made in editor(replace(site, layout=replace(site.layout, editor=wanted))):
        if isinstance(made, File | LazyFile):
            path = folder / made.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.data if isinstance(made, File) else made.make())
        else:
            filled = {name: folder / name for name in made.identities}
            for path in filled.values():
                path.mkdir(parents=True)
            made.make(filled)
    for name in ("404.html", "favicon.ico"):
        (folder / name).write_text("", encoding="utf-8")


@dataclass(frozen=True)
class Desk:
    """The editor as somebody uses it."""

    viewer: PageViewer
    content: Path
    """The content folder."""

    api: str
    """The address of the server for local files."""

    def go(self, address: str) -> None:
        """Go to one of the editor's own addresses: ``collections/news/new``."""
        # Another address of the same page would be shown only after a moment.
        self.viewer.page.goto("about:blank")
        self.viewer.page.goto(f"{self.viewer.root}{PLACE}#/{address}")

    def sign_in(self) -> None:
        """Begin to work; local files have no password."""
        self.viewer.page.goto(f"{self.viewer.root}{PLACE}")
        self.viewer.page.get_by_role("button", name="Login").click()
        expect(self.viewer.page.get_by_role("heading", name="Inhaltstypen")).to_be_visible()

    def field(self, name: str) -> Locator:
        """Return the control of a field by the name that it has in files; the last of those that can be seen."""
        controls = self.viewer.page.locator(f'[id^="{name}-field-"]:is(input, textarea)')
        return controls.filter(visible=True).last

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Fill in fields as editors do: type, take from what is offered, add records and files."""
        for name, value in fields.items():
            match value:
                case str() if (moment := re.fullmatch(r"(\S+) (\d\d:\d\d)", value)) and self._is_day(name):
                    self.field(name).fill(moment[1])
                    self.field(name).locator("xpath=following-sibling::input").fill(moment[2])
                case str():
                    self.field(name).fill(value)
                case {"choose": choices}:
                    for choice in choices:
                        self.field(name).fill(choice)
                        self.field(name).press("Enter")
                case {"add": record}:
                    self._list(name).get_by_role("button", name="hinzufügen").first.click()
                    self.fill(record)
                case {"upload": file}:
                    self._upload(self.content.parent / file)
                case _:
                    pytest.fail(f"{name}: {value!r} is no way to fill in a field")

    def _is_day(self, name: str) -> bool:
        return self.field(name).get_attribute("type") == "date"

    def _list(self, name: str) -> Locator:
        return self.viewer.page.locator(f'div[id^="{name}-field-"]').last

    def _upload(self, file: Path) -> None:
        page = self.viewer.page
        page.get_by_role("button", name=re.compile("Wähle ein")).last.click()
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Ausgewähltes Element verwenden").click()
        expect(page.locator("input[type=file]")).to_have_count(0)

    def save(self) -> None:
        """Save the text, and wait until it is written."""
        page = self.viewer.page
        page.get_by_text("Veröffentlichen", exact=True).first.click()
        page.get_by_text("Jetzt veröffentlichen", exact=True).click()
        expect(page.get_by_text("Änderungen gespeichert")).to_be_visible()

    @property
    def complaints(self) -> list[str]:
        """What the console told, and who was asked besides the site and the server for local files."""
        said = [text for text in self.viewer.said if not _NEEDLESS.search(text)]
        known = (self.viewer.root, self.api, "blob:")
        return said + [request.url for request in self.viewer.asked if not request.url.startswith(known)]


@contextmanager
def at_desk(browser: Browser, settings: Settings, folder: Path) -> Iterator[Desk]:
    """Open the editor for the files of a project.

    Args:
        browser: a Chromium.
        settings: the project's.
        folder: an empty one, for the page.
    """
    told: list[Answer] = []
    project = settings.content.parent
    with serving(folder, told) as root, local_server(project, settings.content.name, root.rstrip("/")) as api:
        wanted = WebEditor(content=settings.content.name, host=None, api=api)
        told += answers("suche/", wanted)
        write_editor(public(settings), wanted, folder)
        with page_viewer(browser, root, {"editor": PLACE}) as viewer:
            viewer.page.set_viewport_size({"width": WIDE, "height": 800})
            desk = Desk(viewer, settings.content, api)
            desk.sign_in()
            yield desk
