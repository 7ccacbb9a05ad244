"""The command, killed at a moment of one's choice, and projects whose content changes between two runs of it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.folders import files_in
from tests.project import write_project
from tests.sample import NOW, SAMPLE

__all__ = ["COMMANDS", "Files", "Kill", "contents", "made", "run_interrupted", "survivors", "write_content"]

Files = Mapping[str, bytes]

COMMANDS = {"site": ("build",), "newsletter": ("newsletter", "build", "--all")}
"""What is run, by the folder in which its result is."""

_EDITION = "newsletter/2026-10-05-ausgabe-1.md"
_PLAN = "aktuelles/plan über alles.pdf"
_EDITED = {
    "aktuelles/2026-11-02-radweg.md": SAMPLE["aktuelles/2026-11-02-radweg.md"].replace("Radweg", "Radschnellweg"),
    _PLAN: SAMPLE[_PLAN].replace("595 842", "842 595"),
    "termine/2026-11-28-exkursion.md": None,
    _EDITION: SAMPLE[_EDITION].replace("subject: ", "subject: Neu – "),
    "newsletter/2026-11-05-ausgabe-2.md": SAMPLE[_EDITION].replace("number: 1", "number: 2").replace("10-05", "11-05"),
}
_RENAMED = {"kooperation.yml": SAMPLE["kooperation.yml"].replace("name: Testallianz", "name: Neue Allianz")}

contents: Mapping[str, Mapping[str, str | None]] = {
    "old": SAMPLE,
    "edited": {**SAMPLE, **_EDITED},
    "renamed": {**SAMPLE, **_RENAMED},
}
"""What the content folder holds, by name; None: no such file. A new name changes every page, an edit few files."""

_SCRIPT = """
import atexit, os, signal, sys
from pathlib import Path
from generator import shares
from generator.engine import building

# Even a small project is built by several processes.
shares._cores = lambda: 3
building._WORTH_A_PROCESS = 10

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.link", "os.rmdir", "os.chmod", "ctypes.dlsym"}
left, kill, told, arguments = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4:]
first, seen = os.getpid(), 0

def watch(event, values):
    global seen
    writes = event == "open" and isinstance(values[2], int) and values[2] & (os.O_WRONLY | os.O_RDWR)
    if (writes or event in CHANGES) and os.getpid() == first:
        seen += 1
        if seen > left >= 0:
            (os.killpg if kill == "group" else os.kill)(first, signal.SIGKILL)

atexit.register(lambda: os.getpid() == first and told.write_text(str(seen)))
sys.addaudithook(watch)
sys.argv = ["schaukasten", *arguments]
from generator.__main__ import main
main()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """When and how a run is killed."""

    change: int = -1
    """Before which change of the file system by its first process, counted from 0; -1: none."""

    seconds: float | None = None
    """After how many seconds; None: never."""

    group: bool = True
    """Whether all its processes are killed, or the first one alone."""


def write_content(folder: Path, name: str) -> None:
    """Make the content folder hold one of `contents`."""
    shutil.rmtree(folder / "content", ignore_errors=True)
    write_project(folder, contents[name])


def run_interrupted(folder: Path, arguments: tuple[str, ...], kill: Kill) -> tuple[int, int]:
    """Run the command; return the number of its first process, and how many changes it made if it came to its end."""
    told = folder / "changes"
    told.unlink(missing_ok=True)
    how = "group" if kill.group else "first"
    command = [sys.executable, "-c", _SCRIPT, str(kill.change), how, str(told), *arguments, "--now", NOW]
    with subprocess.Popen(
        command, cwd=folder, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        if kill.seconds is not None:
            time.sleep(kill.seconds)
            with suppress(ProcessLookupError):
                (os.killpg if kill.group else os.kill)(process.pid, signal.SIGKILL)
        code = process.wait(120)
        assert process.stderr is not None
        assert code in {0, -signal.SIGKILL}, process.stderr.read().decode()
        return process.pid, int(told.read_text()) if told.exists() else 0


def survivors(session: int) -> list[int]:
    """Return the processes of a session that are at work, as Linux tells them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, _, its_session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(its_session) == session and state not in "ZX":
                found.append(int(process.name))
    return found


def made(folder: Path) -> Files:
    """Return the files below a folder; none where it is not there. Those that begin with a dot are on their way."""
    return {path: (folder / path).read_bytes() for path in files_in(folder) if not path.startswith(".")}
