"""Whatever a file holds, a build answers with problems in German or goes on: no crash, no hang, no memory eaten up."""

import random
import resource
import sys
import time
from collections.abc import Callable
from itertools import takewhile
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import format_exception
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.project import load_cases
from tests.strange_texts import KINDS, PIECES, UNITS
from tests.workbench import GOOD, PATHS, Workbench

pytestmark = pytest.mark.slow

if sys.platform == "win32":
    pytest.skip("there are no limits of memory", allow_module_level=True)

CASES = load_cases("fuzz")

MEMORY = 1_500_000_000
"""Bytes of address space that a process may have, of which the libraries take a third."""

PATIENCE = 1200
"""Seconds after which a process hangs for certain."""


def within_limits(work: Callable[..., None], *arguments: Any) -> None:
    """Do work in a process of its own whose memory is limited, and fail as it does."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_limited, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    try:
        told = ours.recv() if ours.poll(PATIENCE) else f"No end after {PATIENCE} seconds."
    except EOFError:
        told = "The process ended without a word."
    finally:
        process.kill()
        process.join()
    assert told == ""


def _limited(connection: Connection, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        work(*arguments)
    except BaseException as error:  # it is told in the other process
        connection.send("".join(format_exception(error)))
    else:
        connection.send("")


def try_texts(kind: str, examples: int) -> None:
    """Put strange texts of a kind in the place of texts of all types."""
    texts = st.sampled_from(list(PATHS)).flatmap(lambda name: st.tuples(st.just(PATHS[name]), KINDS[kind](name)))
    with TemporaryDirectory() as folder:
        bench = Workbench(Path(folder))

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(texts)
        def hold(text: tuple[str, bytes]) -> None:
            assert bench.complaints(*text) == []

        hold()
        if kind in ("body", "grammar", "slips"):
            assert min(bench.told, bench.passed) > examples / 20


def repeat_units(seconds: float, size: int) -> None:
    """Repeat signs, then pairs of signs and pieces, to texts of a size, as long as there is time."""
    pairs = [one + other for one in UNITS for other in (*UNITS, *PIECES)]
    random.Random(size).shuffle(pairs)
    end = time.monotonic() + seconds
    with TemporaryDirectory() as folder:
        bench = Workbench(Path(folder))
        for unit in takewhile(lambda _: time.monotonic() < end, (*UNITS, *pairs)):
            text = "---\ntitle: Titel\nsummary: Kurz.\n---\n" + unit * (size // len(unit))
            assert bench.complaints(PATHS["page"], text.encode()) == [], repr(unit)


def test_good_texts_pass(tmp_path: Path) -> None:
    bench = Workbench(tmp_path)
    for path in PATHS.values():
        assert bench.complaints(path, GOOD[path].encode()) == []
    assert (bench.told, bench.passed) == (0, len(PATHS))


@pytest.mark.parametrize("name", CASES)
def test_what_once_broke_a_build_is_answered(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    text = case["start"] + case.get("repeat", "") * case.get("times", 0) + case.get("end", "")
    bench = Workbench(tmp_path)
    assert bench.complaints(case["path"], text.encode()) == []
    assert bench.told == (1 if case["told"] else 0)


@pytest.mark.parametrize("kind", KINDS)
def test_strange_texts_are_answered(kind: str, pytestconfig: pytest.Config) -> None:
    within_limits(try_texts, kind, 10_000 if pytestconfig.getoption("--full") else 150)


def test_work_does_not_grow_faster_than_texts(pytestconfig: pytest.Config) -> None:
    within_limits(repeat_units, *((600, 20_000) if pytestconfig.getoption("--full") else (10, 6_000)))
