"""The preview in a browser: it follows what is saved, and its own parts keep to the pages' policy."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.engine.theme import open_project
from generator.preview.preview import Preview
from generator.preview.server import serving
from tests.conftest import NOW
from tests.project import write_project
from tests.test_preview import TEXT
from tests.test_serve import free_port

pytestmark = pytest.mark.slow


def test_a_page_loads_itself_anew_and_shows_mistakes_until_they_are_mended(browser: Browser, tmp_path: Path) -> None:
    config = write_project(tmp_path, {"aktuelles/a.md": TEXT.format(state="im Bau")})
    text = tmp_path / "content" / "aktuelles" / "a.md"
    preview = Preview(lambda: open_project(config, drafts=False), datetime.fromisoformat(NOW))
    preview.update()
    port = free_port()
    with serving(preview, "127.0.0.1", port), browser.new_context() as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"http://127.0.0.1:{port}/aktuelles/a/")
        expect(page.locator("article")).to_contain_text("im Bau")

        text.write_text(TEXT.format(state="weg").replace("title", "titel"), encoding="utf-8")
        preview.update()
        panel = page.locator(".preview-problems")
        expect(panel).to_be_in_viewport()
        expect(panel).to_contain_text("aktuelles/a.md:2")
        assert panel.evaluate("panel => getComputedStyle(panel).position") == "fixed"

        text.write_text(TEXT.format(state="fertig"), encoding="utf-8")
        preview.update()
        expect(page.locator("article")).to_contain_text("fertig")
        expect(panel).to_have_count(0)
    assert complaints == []


def test_a_server_that_fails_is_not_asked_again_at_once(browser: Browser, tmp_path: Path) -> None:
    config = write_project(tmp_path, {"aktuelles/a.md": TEXT.format(state="im Bau")})
    preview = Preview(lambda: open_project(config, drafts=False), datetime.fromisoformat(NOW))
    preview.update()
    port = free_port()
    with serving(preview, "127.0.0.1", port), browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.route("**/_vorschau/stand?*", lambda route: route.fulfill(status=500))
        page.goto(f"http://127.0.0.1:{port}/aktuelles/a/")
        page.wait_for_timeout(1500)
    assert 1 <= len([url for url in asked if "/_vorschau/stand" in url]) <= 2
