"""A browser's window on the pages of a site."""

import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect

from generator.colours import contrast
from tests.gates import gates
from tests.node import FOLDER

__all__ = ["NARROW", "WIDE", "PageViewer", "page_viewer", "renewed_viewers"]

NARROW = 320
WIDE = 1280
"""Widths of windows in pixels of CSS: a wide one, and what is left of it at four times the size (WCAG 2.2, 1.4.10)."""

AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
CODESNIFFER = FOLDER / "node_modules" / "html_codesniffer" / "build" / "HTMLCS.js"
GATES = gates("look", "room", "controls", "page")

TELL_VIOLATIONS = """
    addEventListener("securitypolicyviolation", (event) => console.error(
        `${event.effectiveDirective} forbids ${event.blockedURI} ${event.sample}`));
"""
DEFAULTS = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}

RING = 2
"""How thick, in pixels of CSS, a focus indicator is at least if it goes around a control (WCAG 2.2, 2.4.13)."""

LEAST = 3
"""Contrast of a focus indicator with what was there before (WCAG 2.2, 1.4.11 and 2.4.13)."""

PATIENCE = 20
"""After so many tests a window is closed, and another one opened."""

CONTROLS = "a, button, input, select, textarea, summary, [tabindex]"


class PageViewer:
    """Shows pages and asks the gates of ``tests/gates`` about what is shown."""

    def __init__(self, page: Page, root: str, addresses: Mapping[str, str]) -> None:
        self.page = page
        self.root = root
        """The address of the site's root."""
        self.addresses = addresses
        """Where a page of each type is, relative to the root."""
        self.said: list[str] = []
        """What the console tells since a page was opened, every violation of the policy included."""
        self.asked: list[Request] = []
        """What was asked for since a page was opened."""
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request))  # noqa: PLW0108  # it marks what it calls

    def open(self, name: str, width: int = WIDE, height: int = 800, **media: Any) -> None:
        """Open a page of a type in a window of this size.

        Args:
            name: of the type.
            width: of the window, in pixels of CSS.
            height: of the window.
            media: what the reader prefers; see Playwright's ``emulate_media``.
        """
        self._prepare(width, height, media)
        self.page.goto(self.root + self.addresses[name])
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)

    def show(self, html: str, width: int = WIDE, height: int = 800, **media: Any) -> None:
        """Show HTML in a window of this size."""
        self._prepare(width, height, media)
        self.page.set_content(html)

    def _prepare(self, width: int, height: int, media: Mapping[str, Any]) -> None:
        self.page.goto("about:blank")
        self.page.emulate_media(**{**DEFAULTS, **media})
        self.page.set_viewport_size({"width": width, "height": height})
        self.said.clear()
        self.asked.clear()

    def ask(self, gate: str, *arguments: Any) -> Any:
        """Return what a gate finds; see ``tests/gates``."""
        if not self.page.evaluate("Boolean(window.gates)"):
            self.page.evaluate(GATES)
        return self.page.evaluate(f"(given) => gates.{gate}(...given)", arguments)

    def fit(self) -> None:
        """Make the window as high as the page, so that all of it can be seen."""
        height = int(self.page.evaluate("document.documentElement.scrollHeight"))
        self.page.set_viewport_size({"width": self.page.viewport_size["width"], "height": height})  # type: ignore[index]

    def enlarge(self) -> None:
        """Show text at twice its size, as a reader's settings do (WCAG 2.2, 1.4.4)."""
        self._send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})

    def open_menu(self) -> bool:
        """Open the menu; return whether there is a button for it."""
        button = self.page.locator("header :is(button, summary):visible", has_text="Menü")
        if button.count() == 0:
            return False
        button.press("Enter")
        return True

    def open_details(self) -> bool:
        """Open all that can be unfolded within the page; return whether there is anything."""
        return bool(
            self.page.evaluate("""() => {
                const closed = [...document.querySelectorAll("main details:not([open])")];
                for (const one of closed) one.open = true;
                return closed.length;
            }""")
        )

    def axe(self) -> list[str]:
        """Return what axe-core objects to, as „rule: element“."""
        self._load(AXE, "axe")
        options = {"rules": {"target-size": {"enabled": True}}}
        violations = self.page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options)
        return [f"{one['id']}: {node['html'][:120]}" for one in violations for node in one["nodes"]]

    def codesniffer(self) -> list[str]:
        """Return the errors that HTML_CodeSniffer finds, as „rule: element“."""
        self._load(CODESNIFFER, "HTMLCS")
        return list(
            self.page.evaluate("""() => new Promise((resolve) => HTMLCS.process("WCAG2AA", document, () => resolve(
                HTMLCS.getMessages().filter(({ type }) => type === HTMLCS.ERROR)
                    .map(({ code, element }) => `${code}: ${element?.outerHTML?.slice(0, 120)}`))))""")
        )

    def kept(self) -> list[str]:
        """Return what the page keeps in the browser, as „where: name“."""
        cookies = [f"cookie: {one['name']}" for one in self.page.context.cookies()]
        return cookies + list(
            self.page.evaluate("""async () => [
                ...Object.keys(localStorage).map((name) => `local: ${name}`),
                ...Object.keys(sessionStorage).map((name) => `session: ${name}`),
                ...(await indexedDB.databases()).map(({ name }) => `database: ${name}`),
                ...(await caches.keys()).map((name) => `cache: ${name}`),
                ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => `worker: ${scope}`),
            ]""")
        )

    def nameless(self) -> list[str]:
        """Return the controls that assistive technology is given without a name or a role."""
        findings = []
        for node in self._send("Accessibility.getFullAXTree")["nodes"]:
            focusable = any(one["name"] == "focusable" and one["value"]["value"] for one in node.get("properties", ()))
            role, name = (node.get(key, {}).get("value", "").strip() for key in ("role", "name"))
            if focusable and not node["ignored"] and role != "RootWebArea":
                findings += [f"{role}: no name"] if not name else []
                findings += [f"„{name}“: no role"] if role in {"", "generic", "none"} else []
        return findings

    def walk(self) -> list[str]:
        """Press Tab from where the focus is until it leaves the page; return what is wrong on the way."""
        stops: dict[int, Mapping[str, Any]] = {}
        stop = self.ask("stop") or self._tab()
        while stop and stop["place"] not in stops:
            stops[stop["place"]] = stop
            stop = self._tab()
        findings = [finding for one in stops.values() for finding in one["findings"]]
        # Behind the last control the browser may begin again with the first.
        is_held = stop is not None and stop["place"] != next(iter(stops))
        findings += [f"{stop['name']}: holds the focus"] if is_held else []
        for one, other in pairwise(stops.values()):
            is_beside = other["left"] >= one["right"] or other["right"] <= one["left"]
            if other["place"] <= one["place"]:
                findings.append(f"{other['name']}: after {one['name']}, and before it in the document")
            elif other["bottom"] <= one["top"] and not is_beside:
                findings.append(f"{other['name']}: after {one['name']}, and above it")
        return [*findings, *self.ask("missed", list(stops))]

    def _tab(self) -> Any:
        self.page.keyboard.press("Tab")
        return self.ask("stop")

    def operate(self) -> list[str]:
        """Open and close everything with the keyboard; return what does not work."""
        findings = []
        for number in range(self.ask("count")):
            for key in ("Enter", "Space"):
                closed = self.ask("opened")
                name = self.ask("take", number)
                self.page.keyboard.press(key)
                if self.ask("opened") == closed:
                    findings.append(f"{name}: {key} does nothing")
                    continue
                self.page.keyboard.press("Escape")
                if self.ask("opened") != closed:
                    self.page.keyboard.press(key)
                if self.ask("opened") != closed:
                    findings.append(f"{name}: does not close")
                if not self.ask("hasFocus", number):
                    findings.append(f"{name}: does not get the focus back")
        return findings

    def press(self, keys: str) -> list[str]:
        """Press keys one after the other; return those that do something."""
        findings = []
        for key in keys:
            before = self.ask("state")
            self.page.keyboard.press(key)
            if self.ask("state") != before:
                findings.append(f"{key}: does something")
        return findings

    def unmarked(self) -> list[str]:
        """Return the controls whose focus cannot be seen: too few pixels change, or by too little contrast.

        All are made to look at once as they do with the focus, and the picture is compared with the one before.
        """
        self.fit()
        before = self._picture()
        with self._pretended_focus():
            after, places = self._picture(), self.ask("places")
        findings = []
        for name, left, top, width, height, around in places:
            edges = (left - 6, top - 6, left + width + 6, top + height + 6)
            area = tuple(max(0, round(edge)) for edge in edges)
            changes = Counter(zip(_pixels(before.crop(area)), _pixels(after.crop(area)), strict=True))
            told = sum(count for pair, count in changes.items() if _contrast(*pair) >= LEAST)
            if told < RING * around * 0.9:
                findings.append(f"{name}: {told} of {RING * around:.0f} pixels tell the focus")
        return findings

    def _picture(self) -> Image.Image:
        """Return what is seen; losslessly, and packed in a hurry."""
        shown = self._send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})["data"]
        return Image.open(BytesIO(b64decode(shown))).convert("RGBA")

    @contextmanager
    def _pretended_focus(self) -> Iterator[None]:
        session = self.page.context.new_cdp_session(self.page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": CONTROLS})["nodeIds"]:
            session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": ["focus", "focus-visible"]})
        yield
        session.detach()

    def _send(self, method: str, given: Mapping[str, Any] | None = None) -> Any:
        session = self.page.context.new_cdp_session(self.page)
        try:
            return session.send(method, dict(given or {}))
        finally:
            session.detach()

    def _load(self, program: Path, name: str) -> None:
        if not program.exists():
            pytest.skip(f"{program.name} is not installed (make tests/node_modules)")
        if not self.page.evaluate(f"Boolean(window.{name})"):
            self.page.evaluate(program.read_text(encoding="utf-8"))


def _pixels(picture: Image.Image) -> memoryview:
    """Return each pixel as one number, for tuples would take long."""
    return memoryview(picture.tobytes()).cast("I")


def _contrast(*pixels: int) -> float:
    return contrast(*(f"#{pixel.to_bytes(4, sys.byteorder)[:3].hex()}" for pixel in pixels))


@contextmanager
def page_viewer(browser: Browser, root: str, addresses: Mapping[str, str], **context: Any) -> Iterator[PageViewer]:
    """Open a window in a context of its own.

    Args:
        browser: a Chromium.
        root: the address of the site's root.
        addresses: where a page of each type is, relative to the root.
        context: how the browser is set up; see Playwright's ``new_context``.
    """
    opened = browser.new_context(locale="de-DE", **context)
    opened.add_init_script(TELL_VIOLATIONS)
    yield PageViewer(opened.new_page(), root, addresses)
    opened.close()


@contextmanager
def renewed_viewers(browser: Browser, root: str, addresses: Mapping[str, str]) -> Iterator[Callable[[], PageViewer]]:
    """Yield what returns a window, now and then a new one: a browser forgets little of the pages that one has shown."""
    with ExitStack() as opened:
        viewer = opened.enter_context(page_viewer(browser, root, addresses))
        taken = 0

        def take() -> PageViewer:
            nonlocal viewer, taken
            taken += 1
            if taken % PATIENCE == 0:
                opened.close()
                viewer = opened.enter_context(page_viewer(browser, root, addresses))
            return viewer

        yield take
