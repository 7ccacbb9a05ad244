"""A full disk and forbidden folders are told in German, and harm neither the last good site nor the next one."""

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from generator.folders import files_in
from tests.interrupted import COMMANDS, Files, made, write_content
from tests.sample import NOW

pytestmark = pytest.mark.slow

IS_ROOT = getattr(os, "geteuid", int)() == 0
ROOM = 64 << 10
"""Kilobytes that are enough for everything."""

SHORT, FULL = 2, 24


def run(*arguments: str, folder: Path, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "schaukasten"), *arguments, "--now", NOW]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False, preexec_fn=before
    )


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True, capture_output=True)


def unmount(folder: Path) -> None:
    subprocess.run(["umount", str(folder)], check=True, capture_output=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[int], None]]:
    """Put a disk in the place of a folder; yields what changes how many kilobytes it has."""
    folder.mkdir(parents=True)
    try:
        mount("-t", "tmpfs", "-o", f"size={ROOM}k,mode=755", "tmpfs", folder)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk can only be made by root, and not in every container")
    try:
        yield lambda size: mount("-o", f"remount,size={size}k", folder)
    finally:
        unmount(folder)


@contextmanager
def forbidden(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder: root would not be kept from it by its mode."""
    if not IS_ROOT:
        folder.chmod(0o500)
        yield
        folder.chmod(0o755)
        return
    try:
        mount("--bind", folder, folder)
        mount("-o", "remount,ro,bind", folder)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("folders can only be made read-only for root where it may mount")
    try:
        yield
    finally:
        unmount(folder)


def used(folder: Path) -> int:
    """Return how many kilobytes a disk holds."""
    disk = os.statvfs(folder)
    return (disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024


def assert_told(result: subprocess.CompletedProcess[str], words: str) -> Path:
    """Make sure that a run has failed with one German message, and return the place that it names."""
    assert result.returncode == 1, result.stdout + result.stderr
    lines = [line for line in result.stderr.strip().split("\n") if not re.search(r": \d+ von \d+$", line)]
    assert len(lines) == 1, result.stderr
    assert re.search(words, lines[0]), lines
    assert not any(os.strerror(code) in lines[0] for code in errno.errorcode)
    return Path(lines[0].partition(":1: ")[0])


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Files]:
    """What runs make when nothing is in their way, by what is made and of which content."""
    top = tmp_path_factory.mktemp("clean")
    results = {}
    for name in ("old", "renamed"):
        for what, command in COMMANDS.items():
            folder = top / f"{name}-{what}"
            write_content(folder, name)
            assert run(*command, folder=folder).returncode == 0
            results[what, name] = made(folder / "build" / what)
    return results


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Projects for which each of the commands has run, by the folder in which its result is."""
    projects = {}
    for what, command in COMMANDS.items():
        projects[what] = tmp_path_factory.mktemp(what)
        write_content(projects[what], "old")
        assert run(*command, folder=projects[what]).returncode == 0
    return projects


@pytest.fixture(scope="module")
def needed(old: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], int]:
    """Return how many kilobytes the generated files need after a run, in a new project or in one that has some."""

    @cache
    def needed(what: str, is_new: bool) -> int:  # noqa: FBT001
        folder = tmp_path_factory.mktemp("needed")
        with small_disk(folder / "build"):
            begin(folder, None if is_new else old[what])
            assert run(*COMMANDS[what], folder=folder).returncode == 0
            return used(folder / "build")

    return needed


def begin(folder: Path, old: Path | None) -> None:
    """Put the new texts into a folder, beside what a project has that has been used."""
    if old is not None:
        shutil.copytree(old, folder, dirs_exist_ok=True)
    write_content(folder, "renamed")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "part" in metafunc.fixturenames:
        count = FULL if metafunc.config.getoption("--full") else SHORT
        metafunc.parametrize(
            "part", [(number + 0.5) / count for number in range(count)], ids=lambda part: f"{part:.0%}"
        )
    if "place" in metafunc.fixturenames:
        places = ["cache", "cache/files", "docs", "work", "site", "newsletter"]
        metafunc.parametrize("place", places if metafunc.config.getoption("--full") else places[1::2])
    if "kilobytes" in metafunc.fixturenames:
        metafunc.parametrize("kilobytes", [1, 10, 20, 30] if metafunc.config.getoption("--full") else [1, 20])


@pytest.mark.parametrize("what", COMMANDS)
@pytest.mark.parametrize("before", [None, "old"], ids=["from nothing", "over what is there"])
def test_a_full_disk_harms_nothing(
    part: float,
    before: str | None,
    what: str,
    clean: dict[tuple[str, str], Files],
    old: Mapping[str, Path],
    needed: Callable[[str, bool], int],
    tmp_path: Path,
) -> None:
    """The disk has a part of the room that the run needs."""
    with small_disk(tmp_path / "build") as resize:
        begin(tmp_path, old[what] if before else None)
        there = used(tmp_path / "build")
        resize(max(there + int(part * 0.9 * (needed(what, before is None) - there)), 8))
        assert_told(run(*COMMANDS[what], folder=tmp_path), "Der Datenträger ist voll. Platz schaffen")
        assert made(tmp_path / "build" / what) == (clean[what, before] if before else {})
        resize(ROOM)
        assert run(*COMMANDS[what], folder=tmp_path).returncode == 0
        assert made(tmp_path / "build" / what) == clean[what, "renamed"]
        assert [path for path in files_in(tmp_path / "build") if ".neu" in path] == []


@pytest.mark.parametrize("what", COMMANDS)
def test_a_folder_that_must_not_be_written_harms_nothing(
    place: str, what: str, clean: dict[tuple[str, str], Files], old: Mapping[str, Path], tmp_path: Path
) -> None:
    for one in COMMANDS:
        begin(tmp_path, old[one])
    with forbidden(tmp_path / "build" / place):
        result = run(*COMMANDS[what], folder=tmp_path)
        now_there = made(tmp_path / "build" / what)
    if result.returncode == 0:
        assert now_there == clean[what, "renamed"]
        assert place not in NEEDED[what]
    else:
        named = assert_told(result, "darf nicht|nicht erlaubt|vom System benutzt")
        assert named.is_relative_to(tmp_path / "build")
        assert now_there == clean[what, "old"]
    assert run(*COMMANDS[what], folder=tmp_path).returncode == 0
    assert made(tmp_path / "build" / what) == clean[what, "renamed"]


NEEDED = {"site": {"cache/files", "docs", "work", "site"}, "newsletter": {"cache/files", "newsletter"}}
"""Where a run cannot do without writing."""


@pytest.mark.parametrize("what", COMMANDS)
def test_files_that_may_not_grow_harm_nothing(
    kilobytes: int, what: str, clean: dict[tuple[str, str], Files], old: Mapping[str, Path], tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource", reason="Windows knows no such limit")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))

    begin(tmp_path, old[what])
    result = run(*COMMANDS[what], folder=tmp_path, before=limit)
    assert_told(result, "Die Datei wird größer")
    assert made(tmp_path / "build" / what) == clean[what, "old"]
    assert run(*COMMANDS[what], folder=tmp_path).returncode == 0
    assert made(tmp_path / "build" / what) == clean[what, "renamed"]
