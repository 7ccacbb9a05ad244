"""One run at a time works in a project: others wait, and no lock outlives the processes that hold it."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.engine import project
from generator.lock import alone_in
from generator.progress import silent
from tests.interrupted import made, write_content
from tests.project import write_project
from tests.test_serve import eventually, page, served

HOLD = """
import os, sys, time
from pathlib import Path
from generator.lock import alone_in
from generator.progress import silent

with alone_in(Path(sys.argv[1]), silent):
    child = os.fork() if sys.argv[2] == "with a child" else 1
    print(os.getpid(), flush=True)
    time.sleep(60 if child else 1)
"""


def hold(build: Path, how: str) -> subprocess.Popen[str]:
    """Let another process hold the lock; returns when it does."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(build), how], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(2 if how == "with a child" else 1):
        assert process.stdout.readline()
    return process


def can_be_taken(build: Path, patience: float = 0.0) -> bool:
    try:
        with alone_in(build, silent, patience):
            return True
    except BlockingIOError:
        return False


def test_a_run_keeps_others_out_until_its_end(tmp_path: Path) -> None:
    with alone_in(tmp_path / "build", silent):
        assert not can_be_taken(tmp_path / "build")
    assert can_be_taken(tmp_path / "build")


def test_who_waits_is_told_and_gets_its_turn(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    other = hold(tmp_path, "alone")

    def progress(step: str, done: int, total: int) -> None:
        told.append((step, done, total))
        other.kill()

    with other, alone_in(tmp_path, progress, 30):
        assert told[0] == ("Auf einen anderen Lauf warten (Sekunden)", 0, 30)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children of this kind are made by fork")
def test_what_survives_of_a_killed_run_keeps_others_out_until_its_end(tmp_path: Path) -> None:
    with hold(tmp_path, "with a child") as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert not can_be_taken(tmp_path)
        assert can_be_taken(tmp_path, 30)


def test_a_lock_that_another_user_made_is_kept(tmp_path: Path) -> None:
    (tmp_path / "lock").touch(mode=0o444)
    with alone_in(tmp_path, silent):
        assert not can_be_taken(tmp_path)


@pytest.mark.parametrize(
    "command", ["build", "check", "newsletter build", "newsletter preflight", "newsletter preview"]
)
def test_a_run_that_never_ends_is_told_of(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "alone_in", partial(alone_in, patience=0.0))
    config = write_project(tmp_path, {})
    with alone_in(tmp_path / "build", silent):
        result = CliRunner().invoke(main, [*command.split(), "-f", str(config)])
    busy = "Ein anderer Lauf arbeitet noch in diesem Ordner. Warten, bis er fertig ist, oder ihn beenden."
    assert (result.exit_code, result.output) == (1, f"{tmp_path}/build/lock:1: {busy}\n")


def test_a_folder_that_is_no_project_is_left_as_it_is(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", "-f", str(tmp_path / "mkdocs.yml")])
    assert "Diese Datei gibt es nicht." in result.output
    assert list(tmp_path.iterdir()) == []


BUILD, LETTERS = ("schaukasten", "build"), ("schaukasten", "newsletter", "build", "--all")
CHECK, ENGINE = ("schaukasten", "check"), ("mkdocs", "build")
PAIRS = [(BUILD, BUILD), (BUILD, LETTERS), (LETTERS, BUILD), (LETTERS, LETTERS), (CHECK, BUILD), (ENGINE, BUILD)]


def begin(command: tuple[str, ...], folder: Path) -> subprocess.Popen[str]:
    program = str(Path(sys.executable).parent / command[0])
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1795345200", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.Popen([program, *command[1:]], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def end(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project, with all that can be built of it."""
    folder = tmp_path_factory.mktemp("clean")
    write_content(folder, "edited")
    for command in (BUILD, LETTERS):
        end(begin(command, folder))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " beside ".join(" ".join(command) for command in pair))
def test_two_at_once_make_what_each_makes_alone(
    pair: tuple[tuple[str, ...], tuple[str, ...]], clean: Path, tmp_path: Path
) -> None:
    write_content(tmp_path, "edited")
    both = [begin(command, tmp_path) for command in pair]
    for process in both:
        end(process)
    for what, command in (("site", BUILD), ("newsletter", LETTERS)):
        if command in pair:
            assert made(tmp_path / "build" / what) == made(clean / "build" / what)


@pytest.mark.slow
def test_a_preview_goes_on_while_others_build(clean: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    write_content(folder, "edited")
    with served(["schaukasten", "serve"], folder, tmp_path / "log") as site:
        assert eventually(lambda: "Testallianz" in page(site)), (tmp_path / "log").read_text()
        for command in (BUILD, LETTERS):
            end(begin(command, folder))
        assert made(folder / "build" / "site") == made(clean / "build" / "site")
        text = folder / "content" / "index.md"
        text.write_text(text.read_text(encoding="utf-8").replace("Testallianz", "Preview"), encoding="utf-8")
        both = [begin(command, folder) for command in (BUILD, LETTERS)]
        assert eventually(lambda: "Preview" in page(site)), (tmp_path / "log").read_text()
        for process in both:
            end(process)
    assert "Traceback" not in (tmp_path / "log").read_text()
