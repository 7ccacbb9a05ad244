"""Takes the pictures of the handbook: each type of pages in light, in dark, on a phone and on paper."""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from generator.engine.building import build_site
from generator.engine.project import prepare_site
from generator.progress import silent
from generator.slug import slug
from tests.browser import CHROMIUM, FLAGS
from tests.conftest import copy_demo
from tests.page_types import PAGE_TYPES, Place
from tests.project import ROOT
from tests.web_server import serving

FOLDER = ROOT / "docs" / "bilder"
NOW = datetime.fromisoformat("2026-11-22T12:00+01:00")

SHOWN = (
    "home",
    "news",
    "article with photograph",
    "press release",
    "events",
    "event",
    "cancelled event",
    "minutes",
    "decisions",
    "committee",
    "Leitbild",
    "municipality",
    "municipalities",
    "topic",
    "archive of a year",
    "search with results",
    "newsletter",
    "edition",
    "page",
    "accessibility",
    "plain language",
    "not found",
)
"""The types of pages that are told apart at a glance."""

HEIGHT = 720
MOST_BYTES = 80_000
GAP = 16
WIDE, TALL = 1280, 1440
PHONE = (360, 810)


def main() -> None:
    """Build the demo site, and take a picture of each type."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        config = copy_demo(Path(folder)) / "mkdocs.yml"
        site = build_site(config, NOW, silent).site
        public = prepare_site(config, NOW, silent)[1].site
        addresses = {name: PAGE_TYPES[name].find(Place(site, public)) for name in SHOWN}
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        with serving(site) as root:
            for name, sheet in _sheets(chromium, root, addresses, Path(folder)):
                (FOLDER / f"{slug(name)}.webp").write_bytes(sheet)
        chromium.close()


def _sheets(browser: Browser, root: str, addresses: Mapping[str, str], work: Path) -> Iterator[tuple[str, bytes]]:
    page = browser.new_page(locale="de-DE")
    for name, address in addresses.items():
        views = [
            _seen(page, root + address, (WIDE, TALL), "light"),
            _seen(page, root + address, (WIDE, TALL), "dark"),
            _seen(page, root + address, PHONE, "light"),
            _printed(page, work / "page.pdf"),
        ]
        yield name, _packed(_side_by_side(views))


def _seen(page: Page, address: str, size: tuple[int, int], scheme: str) -> Image.Image:
    page.emulate_media(media="screen", color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def _printed(page: Page, file: Path) -> Image.Image:
    page.emulate_media(media="print", color_scheme="light")
    page.pdf(path=file, format="A4")
    command = ["pdftoppm", "-png", "-r", "96", "-singlefile", str(file), str(file.with_suffix(""))]
    subprocess.run(command, check=True, timeout=60)
    return Image.open(file.with_suffix(".png")).convert("RGB")


def _side_by_side(views: list[Image.Image]) -> Image.Image:
    small = [view.resize((round(view.width * HEIGHT / view.height), HEIGHT)) for view in views]
    width = sum(view.width for view in small) + GAP * (len(small) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), "#8a8f8c")
    left = GAP
    for view in small:
        sheet.paste(view, (left, GAP))
        left += view.width + GAP
    return sheet


def _packed(sheet: Image.Image) -> bytes:
    """Return the sheet as WebP, as good as its size allows."""
    for quality in range(80, 10, -10):
        buffer = BytesIO()
        sheet.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= MOST_BYTES:
            break
    return buffer.getvalue()


if __name__ == "__main__":
    main()
