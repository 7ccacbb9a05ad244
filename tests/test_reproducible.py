"""The same texts and the same moment give the same bytes, on whatever machine, and however the files came there."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.folders import files_in
from tests.conftest import NOW, copy_demo, run

pytestmark = pytest.mark.slow

UMLAUT = "aktuelles/anlagen/Übersicht Brücken.csv"
"""A file name with which systems differ."""

SHORT, FULL = 3, 24


@dataclass(frozen=True)
class Machine:
    """What differs from one machine to the next, drawn at random."""

    seed: int

    @property
    def _draw(self) -> random.Random:
        return random.Random(self.seed)

    @property
    def environment(self) -> Mapping[str, str]:
        draw = self._draw
        language = draw.choice(["C", "C.UTF-8", "POSIX", "de_DE.UTF-8", "tr_TR.UTF-8", "en_US.ISO-8859-1"])
        return os.environ | {
            "TZ": draw.choice(["Pacific/Auckland", "America/St_Johns", "UTC", "Asia/Kathmandu"]),
            "LC_ALL": language,
            "LANG": language,
            "PYTHONHASHSEED": str(draw.randrange(1, 10_000)),
            "TMPDIR": draw.choice(["/tmp", "/var/tmp"]),
            "COLUMNS": draw.choice(["40", "200"]),
        }

    @property
    def umask(self) -> int:
        return [0o077, 0o027, 0o002, 0][self.seed % 4]

    @property
    def cores(self) -> set[int]:
        there = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        return set(there[: self.seed % 2 + 1])

    def write_project(self, source: Path, folder: Path) -> Path:
        """Copy a project file by file, in an order, with times and rights of its own."""
        draw = self._draw
        around = [f"../{top}/{path}" for top in ("docs/handbuch", "theme") for path in files_in(source / top)]
        paths = sorted(files_in(source / "content")) + sorted(around)
        draw.shuffle(paths)
        for path in (*paths, "../mkdocs.yml"):
            target = folder / "content" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / "content" / path, target)
            target.chmod(draw.choice([0o600, 0o644, 0o755]))
            os.utime(target, (draw.randrange(2**30), draw.randrange(2**30)))
        return folder

    def run(self, *arguments: str, folder: Path) -> None:
        """Run the command as this machine does."""
        command = [str(Path(sys.executable).parent / "schaukasten"), *arguments, "--now", NOW]
        result = subprocess.run(
            command,
            cwd=folder,
            env=self.environment,
            umask=self.umask,
            preexec_fn=lambda: os.sched_setaffinity(0, self.cores) if self.cores else None,
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert result.returncode == 0, result.stderr.decode(errors="replace")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo project, with a file whose name is not ASCII, as this machine builds it."""
    folder = copy_demo(tmp_path_factory.mktemp("usual"))
    (folder / "content" / UMLAUT).parent.mkdir(parents=True, exist_ok=True)
    (folder / "content" / UMLAUT).write_text("Brücke;Baujahr\n", encoding="utf-8")
    with (folder / "content" / "ueber-uns.md").open("a", encoding="utf-8") as text:
        text.write(f"\n[Alle Brücken](<{UMLAUT}>)\n")
    for arguments in (("build",), ("newsletter", "build", "--all")):
        result = run(*arguments, folder=folder)
        assert result.returncode == 0, result.stderr
    return folder


def made(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield all that comes out: site, stage and letters."""
    for part in ("site", "docs", "newsletter"):
        for path in sorted(files_in(folder / "build" / part)):
            yield f"{part}/{path}", (folder / "build" / part / path).read_bytes()


def modes(site: Path) -> set[tuple[bool, str]]:
    return {(path.is_dir(), f"{path.stat().st_mode & 0o777:o}") for path in (site.parent, site, *site.rglob("*"))}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "machine" in metafunc.fixturenames:
        count = FULL if metafunc.config.getoption("--full") else SHORT
        metafunc.parametrize("machine", [Machine(seed) for seed in range(count)], ids=lambda machine: machine.seed)


@pytest.mark.parametrize("cache", ["cold", "warm"])
def test_another_machine_makes_the_same(machine: Machine, cache: str, usual: Path, tmp_path: Path) -> None:
    folder = machine.write_project(usual, tmp_path / f"ein anderer Ordner {machine.seed}")
    if cache == "warm":
        shutil.copytree(usual / "build" / "cache", folder / "build" / "cache")
    machine.run("build", folder=folder)
    machine.run("newsletter", "build", "--all", folder=folder)
    expected = dict(made(usual))
    assert f"site/{UMLAUT}" in expected
    assert [path for path, data in made(folder) if expected.pop(path, None) != data] == []
    assert expected == {}
    assert modes(folder / "build" / "site") == {(True, "755"), (False, "644")}


def test_machines_differ_in_what_they_are_meant_to() -> None:
    machines = [Machine(seed) for seed in range(SHORT)]
    assert len({machine.umask for machine in machines}) == SHORT
    assert len({machine.environment["PYTHONHASHSEED"] for machine in machines}) == SHORT
    assert len({machine.environment["LC_ALL"] for machine in machines}) > 1
