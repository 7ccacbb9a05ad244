"""Debian's Chromium for the tests, one for each worker.

Playwright keeps an event loop running in the thread of the tests: `asyncio.run` fails there once the browser is
started.
"""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

__all__ = ["CHROMIUM", "FLAGS", "browser", "darkening_browser"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Else a frame with „sandbox“ has a process of its own, in which no route of Playwright's holds.
    "--disable-site-isolation-trials",
)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    """A browser; pages belong into a context of their own, which a test closes."""
    chromium = _playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def darkening_browser(_playwright: Playwright) -> Iterator[Browser]:
    """A browser that turns light pages dark, as some mail programs do with letters."""
    flags = [*FLAGS, "--enable-features=WebContentsForceDark"]
    chromium = _playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
    yield chromium
    chromium.close()
