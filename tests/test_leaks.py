"""What would be published by mistake is told before anything is."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.build import prepare
from generator.problems import ProblemsFound
from generator.progress import silent
from generator.settings import Settings
from tests.project import BASE, load_cases, write_project
from tests.sample import NOW

CASES = load_cases("leaks")


def problems_of(folder: Path, files: Mapping[str, str], names: str | None, *, release: bool) -> list[str]:
    """Return what is told of a project with these files and this list of names."""
    root = write_project(folder, {**BASE, **files}).parent
    listed = None if names is None else folder / "namen.yml"
    if listed is not None and names is not None:
        listed.write_text(names, encoding="utf-8")
    settings = Settings(content=root / "content", build=root / "build", private_names=listed, release=release)
    try:
        prepare(settings, datetime.fromisoformat(NOW), silent)
    except ProblemsFound as found:
        return [str(problem) for problem in found.problems]
    return []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_leak_is_told(case: Mapping[str, Any], tmp_path: Path) -> None:
    files, names, release = case["files"], case.get("names"), case.get("release", False)
    assert problems_of(tmp_path, files, names, release=release) == case["problems"]
