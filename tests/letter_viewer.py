"""A browser's window on a letter: its pictures come from the built demo site, and nothing else is fetched."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Browser, Page, Route

from generator.colours import contrast
from tests.gates import gates
from tests.node import FOLDER

__all__ = ["Viewer", "viewer"]

HOST = "https://kranichwald.example.org/"
GATES = gates("look", "room", "letter")
NOT_FOR_LETTERS = {
    "landmark-one-main": "a letter is a part of the page that a mail program shows, and <main> is that page's",
    "region": "for the same reason; the letter itself is an article with a name",
}
"""Rules of axe-core that are about whole pages, each with the reason why they are left out."""

AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
LEAST = 4.5
"""Contrast of text with its ground (WCAG 2.2, 1.4.3)."""


class Viewer:
    """Shows letters and asks the gates of ``tests/gates`` about what is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.elsewhere: list[str] = []
        """Addresses outside the demo site that were asked for."""

    def show(self, html: str, width: int, scheme: Any = "light") -> None:
        """Show a letter in a window that is as high as the letter."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": 600})
        # A new document, for one that is written over keeps the colour scheme of the letter before.
        self.page.goto("about:blank")
        self.page.set_content(html)
        self.page.set_viewport_size({"width": width, "height": self._height()})
        self.page.evaluate(GATES)

    def ask(self, gate: str, *arguments: Any) -> Any:
        """Return what a gate finds; see ``tests/gates``."""
        return self.page.evaluate(f"(given) => gates.{gate}(...given)", arguments)

    def change(self, how: str) -> None:
        """Change the text with ``enlarge`` or ``space``, and fit the window again."""
        self.page.evaluate(f"gates.{how}()")
        self.page.set_viewport_size({"width": self.page.viewport_size["width"], "height": self._height()})  # type: ignore[index]

    def axe(self, *, whole: bool = False) -> list[str]:
        """Return what axe-core objects to, as „rule: element“; in a whole page, or in a letter."""
        if not AXE.exists():
            pytest.skip("axe-core is not installed (make tests/node_modules)")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        options = {"rules": {rule: {"enabled": False} for rule in NOT_FOR_LETTERS if not whole}}
        violations = self.page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options)
        return [f"{one['id']}: {node['html'][:120]}" for one in violations for node in one["nodes"]]

    def painted(self) -> list[tuple[str, float]]:
        """Return each text with the contrast of its pixels: the most frequent colour, and the one farthest from it.

        Unlike computed colours, this sees what the browser does to colours when it paints.
        """
        shown = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        scale = shown.width / self.page.viewport_size["width"]  # type: ignore[index]
        found = []
        for words, left, top, wide, high in self.ask("boxes"):
            area = shown.crop(tuple(round(edge * scale) for edge in (left, top, left + wide, top + high)))
            colours = sorted(area.getcolors(area.width * area.height) or [], reverse=True)
            ground, *others = (f"#{bytes(colour).hex()}" for count, colour in colours if count > 2)
            found.append((words, max((contrast(ground, one) for one in others), default=1.0)))
        return found

    def brightness(self) -> float:
        """Return how bright the picture is on average, from 0 to 255."""
        return float(ImageStat.Stat(Image.open(BytesIO(self.page.screenshot())).convert("L")).mean[0])

    def faint(self) -> list[str]:
        """Return the texts whose pixels have too little contrast."""
        return [f"„{words[:40]}“: {ratio:.2f}" for words, ratio in self.painted() if ratio < LEAST]

    def _height(self) -> int:
        return max(600, int(self.page.evaluate("document.documentElement.scrollHeight")))


@contextmanager
def viewer(browser: Browser, site: Path, scale: int = 1) -> Iterator[Viewer]:
    """Open a window.

    Args:
        browser: a Chromium.
        site: the built demo site.
        scale: device pixels for each pixel of CSS.
    """
    context = browser.new_context(device_scale_factor=scale)
    window = Viewer(context.new_page())

    def answer(route: Route) -> None:
        url = route.request.url
        file = site / url.removeprefix(HOST)
        if url.startswith(HOST) and file.is_file():
            route.fulfill(path=file)
        else:
            window.elsewhere.append(url)
            route.abort()

    context.route("**/*", answer)
    yield window
    context.close()
    assert window.elsewhere == []
