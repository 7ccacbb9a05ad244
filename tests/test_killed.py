"""A run that is killed leaves the last good result whole, and the next one makes what a clean one makes."""

import random
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.folders import files_in
from tests.interrupted import COMMANDS, Files, Kill, contents, made, run_interrupted, survivors, write_content

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups of this kind"),
]

SHORT, FULL = 12, 200


@dataclass(frozen=True, slots=True)
class Clean:
    """What a project's runs make when nothing disturbs them."""

    old: Path
    """The folder of the project with its old content, where everything is built."""

    made: Mapping[tuple[str, str], Files]
    """Their results, by what is made and of which content."""

    changes: Mapping[str, int]
    """How many changes of the file system a run from nothing makes, by what is made."""

    seconds: Mapping[str, float]
    """How long it takes."""


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    results: dict[tuple[str, str], Files] = {}
    changes: dict[str, int] = {}
    seconds: dict[str, float] = {}
    top = tmp_path_factory.mktemp("clean")
    for name in contents:
        write_content(top / name, name)
        for what, command in COMMANDS.items():
            started = time.monotonic()
            changes[what] = run_interrupted(top / name, command, Kill())[1]
            seconds[what] = time.monotonic() - started
            results[what, name] = made(top / name / "build" / what)
    return Clean(top / "old", results, changes, seconds)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(FULL if metafunc.config.getoption("--full") else SHORT))


def test_what_is_killed_leaves_the_last_good_result_and_harms_no_later_one(
    seed: int, clean: Clean, tmp_path: Path
) -> None:
    draw = random.Random(seed)
    what = "newsletter" if seed % 4 == 3 else "site"
    before, new = draw.choice([None, "old"]), draw.choice(["edited", "renamed"])
    following = draw.choice([new, "old"])
    kill = Kill(
        change=draw.randrange(clean.changes[what]) if draw.random() < 0.5 else -1,
        seconds=draw.uniform(0.2, 1) * clean.seconds[what],
        group=draw.random() < 0.5,
    )
    folder = tmp_path / "project"
    if before:
        shutil.copytree(clean.old, folder)
    write_content(folder, new)
    first, _ = run_interrupted(folder, COMMANDS[what], kill)

    result = made(folder / "build" / what)
    whole = [clean.made[what, name] for name in (before, new) if name] + ([] if before else [{}])
    assert is_whole(what, result, whole), (kill, before, new)

    # Processes that survive are still there: the next run must get along with them.
    write_content(folder, following)
    run_interrupted(folder, COMMANDS[what], Kill())
    assert survivors(first) == []
    wanted = clean.made[what, following]
    left_over = _left_over(what, result) - wanted.keys()
    later = {path: data for path, data in made(folder / "build" / what).items() if path not in left_over}
    assert later == wanted, (kill, before, new, following)
    assert [path for path in files_in(folder / "build") if ".neu" in path] == []


def is_whole(what: str, result: Files, candidates: list[Files]) -> bool:
    """Tell whether a result is one of those; of letters, whether each is."""
    if what == "site":
        return result in candidates
    return all(
        any(_letter(result, name) == _letter(candidate, name) for candidate in candidates)
        for name in {path.partition("/")[0] for path in result}
    )


def _letter(files: Files, name: str) -> Files:
    return {path: data for path, data in files.items() if path.startswith(f"{name}/")}


def _left_over(what: str, result: Files) -> set[str]:
    """Return the letters of editions that are no longer there, which stay."""
    return {path for path in result if what == "newsletter" and path.startswith("2026-11-05-ausgabe-2/")}
