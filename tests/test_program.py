"""Nothing that another version of the program made is used again."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT


def identity(package: Path) -> str:
    script = "from generator.program import program_identity; print(program_identity())"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=package.parent, capture_output=True, text=True, timeout=30, check=True
    ).stdout


@pytest.mark.parametrize("file", ["slug.py", "channels/feed_formats.py", "locale/de.yml"])
def test_a_change_of_the_program_changes_its_identity(file: str, tmp_path: Path) -> None:
    package = tmp_path / "generator"
    shutil.copytree(ROOT / "generator", package, ignore=shutil.ignore_patterns("__pycache__"))
    before = identity(package)
    assert identity(package) == before
    (package / file).write_text((package / file).read_text(encoding="utf-8") + "\n# anders\n", encoding="utf-8")
    assert identity(package) != before


def test_the_identity_does_not_depend_on_the_place(tmp_path: Path) -> None:
    package = tmp_path / "generator"
    shutil.copytree(ROOT / "generator", package, ignore=shutil.ignore_patterns("__pycache__"))
    assert identity(package) == identity(ROOT / "generator")
