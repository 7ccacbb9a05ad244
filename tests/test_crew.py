"""Several processes build the same site as one; what fails in one of them is tried again in one alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator.folders import files_in
from tests.conftest import NOW, copy_demo

pytestmark = pytest.mark.slow

BUILD = """
import os
from datetime import datetime
from pathlib import Path
from generator import shares
from generator.engine import building, crew
from generator.engine.plugin import SchaukastenPlugin
from generator.progress import silent

shares._cores = lambda: 3
building._WORTH_A_PROCESS = 20
split, sizes = crew.Crew.split, []
crew.Crew.split = lambda self: (sizes.append(self.size), split(self))
{more}
building.build_site(Path("mkdocs.yml"), datetime.fromisoformat("{now}"), silent)
print(*sizes)
"""

FAIL_IN_ANOTHER = """
post_page = SchaukastenPlugin.on_post_page
def fail(self, output, **rest):
    assert self.run.crew.number != 2
    return post_page(self, output, **rest)
SchaukastenPlugin.on_post_page = fail
"""

END_ANOTHER = FAIL_IN_ANOTHER.replace("assert self.run.crew.number != 2", "if self.run.crew.number == 1: os.abort()")


def build(folder: Path, more: str = "") -> subprocess.CompletedProcess[str]:
    script = BUILD.format(now=NOW, more=more)
    return subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


def contents(site: Path) -> dict[str, bytes]:
    return {path: (site / path).read_bytes() for path in files_in(site)}


@pytest.mark.parametrize(
    ("more", "sizes"),
    [("", "2 3"), (FAIL_IN_ANOTHER, "2 3 1 1"), (END_ANOTHER, "2 3 1 1")],
    ids=["all go well", "one fails", "one is ended"],
)
def test_several_processes_build_the_same_site(more: str, sizes: str, demo: Path, tmp_path: Path) -> None:
    folder = copy_demo(tmp_path, demo)
    result = build(folder, more)
    assert (result.returncode, result.stderr, result.stdout.strip()) == (0, "", sizes)
    assert contents(folder / "build" / "site") == contents(demo / "build" / "site")


def test_a_template_that_is_broken_for_all_of_them_fails_the_build(demo: Path, tmp_path: Path) -> None:
    folder = copy_demo(tmp_path, demo)
    (folder / "theme" / "news.html").write_text("{% block nie_beendet %}", encoding="utf-8")
    result = build(folder)
    assert result.returncode == 1
    assert result.stderr.count("EngineError: theme: Eine Vorlage ist fehlerhaft") == 1
    assert not (folder / "build" / "site").exists()
