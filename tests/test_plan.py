"""What goes live when, and when the site must be built again."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from tests.project import BASE, load_cases, write_project
from tests.properties import property_settings
from tests.sample import SAMPLE, Built, build

CASES = load_cases("plan")
FIRST = datetime.fromisoformat("2026-01-01T00:00+01:00")
MINUTES = st.integers(0, 2 * 365 * 24 * 60)


def run(folder: Path, files: Mapping[str, Any], *options: str) -> Result:
    config = write_project(folder, {**BASE, **files})
    return CliRunner().invoke(main, ["plan", "-f", str(config), *options])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_plan_tells_what_happens_when_and_why_not(case: Mapping[str, Any], tmp_path: Path) -> None:
    result = run(tmp_path, case["files"], "--now", case["now"], "--days", str(case["days"]))
    assert result.output.rstrip("\n") == case["text"]
    assert result.exit_code == 0


def test_the_same_for_programs(tmp_path: Path) -> None:
    case = CASES["everything"]
    result = run(tmp_path, case["files"], "--now", case["now"], "--days", "5", "--format", "json")
    told = json.loads(result.stdout)
    assert told["next_build"] == "2026-11-25T00:00:00+01:00"
    assert told["turns"][1] == {
        "moment": "2026-11-27T08:00:30+01:00",
        "happens": "appears",
        "file": "aktuelles/frist.md",
        "id": "frist",
        "title": "Unter Sperrfrist",
    }
    assert told["held"][2]["rules"] == ["unsigned"]
    assert told["outlooks"][0]["lines"][0] == "aktuelles/frist.md  Unter Sperrfrist"


def test_only_the_next_moment_for_a_scheduler(tmp_path: Path) -> None:
    case = CASES["everything"]
    assert run(tmp_path, case["files"], "--now", case["now"], "--next").output == "2026-11-25T00:00:00+01:00\n"
    assert run(tmp_path / "other", {}, "--now", case["now"], "--next").output == "\n"


def test_problems_come_before_a_plan(tmp_path: Path) -> None:
    result = run(tmp_path, {"aktuelles/a.md": "---\ntitle: A\n---\n"})
    assert result.exit_code == 1
    assert "aktuelles/a.md:1: Das Feld „summary“ (Zusammenfassung) fehlt." in result.stderr


def sample_at(moment: datetime) -> Built:
    return build(SAMPLE, moment.isoformat(), search=False, social_cards=False)


@pytest.mark.slow
@given(MINUTES, st.floats(0, 1, exclude_max=True))
@property_settings(8)
def test_until_the_next_build_nothing_changes(minutes: int, part: float) -> None:
    moment = FIRST + timedelta(minutes=minutes)
    one = sample_at(moment)
    until = one.next_build or moment + timedelta(days=3650)
    other = sample_at(moment + (until - moment) * part)
    assert other.next_build == one.next_build
    assert {url: file.data for url, file in other.files.items()} == {url: file.data for url, file in one.files.items()}
