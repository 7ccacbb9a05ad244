"""What several test files share: the demo site, built once for each worker."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser import _playwright, browser, darkening_browser  # noqa: F401  # fixtures of several files
from tests.demo_letters import DemoLetter, demo_letters
from tests.project import ROOT

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
def letters(demo: Path) -> Mapping[str, DemoLetter]:
    """The letters of the demo project by name, as they are at `NOW`."""
    return demo_letters(demo / "mkdocs.yml", NOW)


def copy_demo(folder: Path) -> Path:
    """Copy what an editor has: settings, texts and theme."""
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def run(*arguments: str, folder: Path, now: str = NOW) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, as a user would."""
    command = [str(Path(sys.executable).parent / "schaukasten"), *arguments, "--now", now]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
