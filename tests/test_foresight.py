"""What is going to be wrong one day is told in time."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.project import load_cases, write_project
from tests.sample import NOW

CASES = load_cases("foresight")["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_what_a_check_tells(case: dict[str, Any], tmp_path: Path) -> None:
    project = write_project(tmp_path, {path: text(path, **fields) for path, fields in case["files"].items()})
    told = check(project)
    assert told["error"] == case.get("problems", [])
    assert told["hint"] == case.get("hints", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_same_is_told_of_a_single_text(case: dict[str, Any], tmp_path: Path) -> None:
    project = write_project(tmp_path, {path: text(path, **fields) for path, fields in case["files"].items()})
    waiting = [path for path, fields in case["files"].items() if fields.keys() & {"publish", "embargo", "draft"}]
    for path in waiting:
        told = check(project, str(project.parent / "content" / path))
        assert told["error"] == [problem for problem in case.get("problems", []) if problem.startswith(path)]
        assert told["hint"] == [hint for hint in case.get("hints", []) if hint.startswith(path)]


def test_a_build_is_not_stopped_by_what_is_to_come(tmp_path: Path) -> None:
    draft = text("aktuelles/a.md", publish="2026-12-01 08:00", body="[Plan](plan.md)")
    project = write_project(tmp_path, {"aktuelles/a.md": draft})
    assert CliRunner().invoke(main, ["check", "-f", str(project), "--now", NOW]).exit_code == 1
    result = CliRunner().invoke(main, ["build", "-f", str(project), "--now", NOW])
    assert result.exit_code == 0, result.output


def check(project: Path, *arguments: str) -> dict[str, list[str]]:
    result = CliRunner().invoke(main, ["check", "-f", str(project), "--now", NOW, "--format", "json", *arguments])
    told: dict[str, list[str]] = {"error": [], "hint": []}
    for item in json.loads(result.stdout):
        told[item["severity"]].append(f"{item['path']}:{item['line']}: {item['message']} {item['remedy']}")
    return told


def text(path: str, *, body: str, **fields: Any) -> str:
    dated = {"date": "2026-11-02"} if path.startswith("aktuelles/") else {}
    front_matter = {"title": "Radweg", "summary": "Eine Meldung.", **dated, **fields}
    lines = (
        f"{name}: {value if isinstance(value, str) else json.dumps(value)}" for name, value in front_matter.items()
    )
    return "\n".join(["---", *lines, "---", body, ""])
