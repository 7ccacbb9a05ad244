"""What several test files share: the demo site, built once for each worker."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from generator.build import Prepared
from generator.engine.project import prepare_site
from generator.progress import silent
from tests.browser import _playwright, browser, darkening_browser  # noqa: F401  # fixtures of several files
from tests.demo_letters import DemoLetter, demo_letters
from tests.page_types import PAGE_TYPES, Place
from tests.page_viewer import PageViewer, renewed_viewers
from tests.project import ROOT
from tests.web_server import serving

NOW = "2026-11-22T12:00+01:00"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long forms of the tests")


def pytest_configure(config: pytest.Config) -> None:
    """Let rules be tried with few examples, or with many in the long form; time is no measure of them."""
    settings.register_profile("short", deadline=None, max_examples=50)
    settings.register_profile("full", deadline=None, max_examples=2000)
    settings.load_profile("full" if config.getoption("--full") else "short")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo project, with its site built at `NOW`."""
    folder = copy_demo(tmp_path_factory.mktemp("demo"))
    result = run("build", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """The site of the demo project at `NOW`, not written."""
    folder = copy_demo(tmp_path_factory.mktemp("prepared"))
    return prepare_site(folder / "mkdocs.yml", datetime.fromisoformat(NOW), silent)[1]


@pytest.fixture(scope="session")
def letters(demo: Path) -> Mapping[str, DemoLetter]:
    """The letters of the demo project by name, as they are at `NOW`."""
    return demo_letters(demo / "mkdocs.yml", NOW)


@pytest.fixture(scope="session")
def site(demo: Path) -> Path:
    """The built site of the demo project."""
    return demo / "build" / "site"


@pytest.fixture(scope="session")
def addresses(demo: Path, site: Path) -> Mapping[str, str]:
    """Where a page of each type is on the demo site, relative to its root."""
    public = prepare_site(demo / "mkdocs.yml", datetime.fromisoformat(NOW), silent)[1].site
    return {name: type_.find(Place(site, public)) for name, type_ in PAGE_TYPES.items()}


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the demo site's root, for a browser."""
    with serving(site) as root:
        yield root


@pytest.fixture(scope="session")
def viewers(
    browser: Browser,  # noqa: F811  # the fixture
    served: str,
    addresses: Mapping[str, str],
) -> Iterator[Callable[[], PageViewer]]:
    """What returns windows on the demo site."""
    with renewed_viewers(browser, served, addresses) as take:
        yield take


@pytest.fixture
def viewer(viewers: Callable[[], PageViewer]) -> PageViewer:
    """A window on the demo site."""
    return viewers()


def copy_demo(folder: Path, built: Path | None = None) -> Path:
    """Copy what an editor has: settings, texts and theme; and what a demo that was `built` keeps between builds."""
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "docs" / "handbuch", folder / "docs" / "handbuch")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if built is not None:
        shutil.copytree(built / "build" / "cache", folder / "build" / "cache")
    return folder


def run(*arguments: str, folder: Path, now: str = NOW) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, as a user would."""
    command = [str(Path(sys.executable).parent / "schaukasten"), *arguments, "--now", now]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
