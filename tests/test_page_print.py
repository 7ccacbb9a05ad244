"""Pages on paper: title, date, publisher and address are on it, and tables are whole."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.page_types import DIFFERENT, PAGE_TYPES
from tests.page_viewer import PageViewer

pytestmark = pytest.mark.slow


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Print pages of each type; in the short form one of those that are alike."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", PAGE_TYPES if metafunc.config.getoption("--full") else DIFFERENT)


BASE = "https://kranichwald.example.org/"
PUBLISHER = "Kommunale Allianz Kranichwald"
POINTS = 595
"""The width of a sheet (A4) in points."""

MARGIN = 50

SAID = """() => ({
    title: document.querySelector("h1").innerText,
    dates: [...document.querySelectorAll(".page-header time, .panel time")].map((one) => one.textContent),
    cells: [...document.querySelectorAll("main :is(th, td)")].map((one) => one.innerText),
})"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (Debian: apt-get install poppler-utils)")
    return tmp_path / "page.pdf"


def squeezed(text: str) -> str:
    """Return a text without its spaces and hyphens at ends of lines: paper breaks lines where it likes."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def printed(file: Path, *options: str) -> str:
    command = ["pdftotext", *options, str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def test_everything_is_on_paper(name: str, viewer: PageViewer, paper: Path, addresses: Mapping[str, str]) -> None:
    viewer.open(name)
    said = viewer.page.evaluate(SAID)
    viewer.page.pdf(path=paper, format="A4")
    # In the order in which it was drawn, for a table is drawn cell by cell.
    text = squeezed(printed(paper, "-raw"))
    expected = [said["title"], PUBLISHER, *said["dates"], *said["cells"]]
    if name != "not found":
        expected.append(BASE + addresses[name].partition("?")[0])
    assert [one for one in expected if squeezed(one) not in text] == []


def test_nothing_is_cut_at_the_edge(name: str, viewer: PageViewer, paper: Path) -> None:
    viewer.open(name)
    viewer.page.pdf(path=paper, format="A4")
    right = [float(edge) for edge in re.findall(r'<word [^>]*xMax="([\d.]+)"', printed(paper, "-bbox"))]
    assert right
    assert max(right) <= POINTS - MARGIN
