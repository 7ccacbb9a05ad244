"""Every mistake an author can make is answered in German with file, line and remedy, and harms nothing."""

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.project import load_cases, write_project

NOW = "2026-11-22T12:00+01:00"
CASES = load_cases("problems")


@pytest.mark.parametrize("name", CASES)
def test_problems_are_told_all_at_once(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    config = write_project(tmp_path / "project", case["files"])
    result = CliRunner().invoke(main, ["build", "-f", str(config), "--now", NOW])
    *told, summary = without_progress(result.stderr)
    assert told == case["problems"]
    assert summary.endswith("Es wurde nichts geändert.")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert not (config.parent / "build" / "site").exists()
    assert not (config.parent / "build" / "docs").exists()


def without_progress(output: str) -> list[str]:
    """Return the lines of a command's output; a slow machine is told how far it has come, too."""
    return [line for line in output.strip().split("\n") if not re.fullmatch(r"[^:]+: \d+ von \d+", line)]


def test_problems_for_tools(tmp_path: Path) -> None:
    case: dict[str, Any] = CASES["german-date"]
    config = write_project(tmp_path, case["files"])
    result = CliRunner().invoke(main, ["check", "-f", str(config), "--now", NOW, "--format", "json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "path": "aktuelles/2026-11-02-radweg.md",
            "line": 4,
            "message": "„2.11.2026“ ist kein Datum in der erwarteten Form.",
            "remedy": "Gemeint ist wohl 2026-11-02.",
            "severity": "error",
        }
    ]


def as_file(build: Path) -> None:
    build.write_text("kein Ordner")


def read_only(build: Path) -> None:
    build.mkdir(mode=0o500)


def cache_read_only(build: Path) -> None:
    (build / "cache").mkdir(parents=True, mode=0o500)


IS_ROOT = getattr(os, "geteuid", int)() == 0
NOT_FOR_ROOT = pytest.mark.skipif(IS_ROOT, reason="root may write into every folder")


@pytest.mark.parametrize(
    "obstruct",
    [as_file, pytest.param(read_only, marks=NOT_FOR_ROOT), pytest.param(cache_read_only, marks=NOT_FOR_ROOT)],
)
def test_a_build_folder_that_cannot_be_written_is_told_in_german(
    obstruct: Callable[[Path], None], tmp_path: Path
) -> None:
    config = write_project(tmp_path, {})
    obstruct(tmp_path / "build")
    result = CliRunner().invoke(main, ["build", "-f", str(config), "--now", NOW])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    (message,) = result.stderr.strip().split("\n")
    assert str(tmp_path / "build") in message
    assert message.endswith(("prüfen.", "löschen.", "legen."))
    assert not any(os.strerror(code) in message for code in errno.errorcode)
