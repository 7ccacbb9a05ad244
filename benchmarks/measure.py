"""Runs commands as children and measures them: wall time, CPU time, peak memory. Linux only (pidfd, /proc)."""

import os
import select
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLING_INTERVAL = 0.05
"""Seconds between two looks at the memory of the process tree."""

_KEPT_OUTPUT = 2000
"""Characters of a failed command's output that its error quotes, counted from the end."""


class CommandError(Exception):
    """A command that failed or took too long; the message quotes the end of its output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What one run of a command took."""

    wall: float
    """Seconds from start to end."""

    cpu: float
    """Seconds of CPU time, user and system, of the process and all its descendants."""

    peak_process: int
    """Bytes: the resident memory of the largest single process at its peak.

    The kernel counts from the fork on, so it is never less than what this process had itself.
    """

    peak_tree: int
    """Bytes: the largest sum of proportional set sizes seen over the process and its descendants.

    Shared pages count once. It is sampled, so short peaks may be missed; 0 when the run was not weighed.
    """


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and greatest of several values."""

    median: float
    least: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Summarise at least one value."""
        return cls(statistics.median(values), min(values), max(values))


def measure(
    command: Sequence[str | Path],
    *,
    folder: Path,
    log: Path,
    timeout: float,
    environment: Mapping[str, str],
    weigh: bool = False,
) -> Measurement:
    """Run ``command`` in ``folder`` and measure it; its output goes to the file ``log``.

    With ``weigh``, the memory of the process tree is looked at all the time. That slows the command down: a run that is
    weighed must not be timed. ``environment`` is added to this process's own. After ``timeout`` seconds the command
    and its descendants are ended.

    Raises:
        CommandError: The command ended with another code than 0, or not in time.
    """
    peak_tree = 0
    given_up = False
    with log.open("wb") as output:
        started = time.perf_counter()
        # A session of its own makes its descendants recognisable, and ends them together after a timeout.
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        descriptor = os.pidfd_open(child.pid)
        exit_poll = select.poll()
        exit_poll.register(descriptor, select.POLLIN)
        try:
            while not given_up and not exit_poll.poll(_SAMPLING_INTERVAL * 1000):
                if weigh:
                    peak_tree = max(peak_tree, _session_memory(child.pid))
                given_up = time.perf_counter() - started > timeout
        except BaseException:
            given_up = True
            raise
        finally:
            if given_up:
                os.killpg(child.pid, signal.SIGKILL)
            _, status, usage = os.wait4(child.pid, 0)
            wall = time.perf_counter() - started
            child.returncode = os.waitstatus_to_exitcode(status)
            os.close(descriptor)
    if child.returncode != 0:
        reason = f"took longer than {timeout:g} s" if given_up else f"ended with code {child.returncode}"
        tail = log.read_text(encoding="utf-8", errors="replace")[-_KEPT_OUTPUT:].strip()
        raise CommandError(f"{Path(command[0]).name} {reason}\n{tail}")
    return Measurement(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        peak_process=usage.ru_maxrss * 1024,
        peak_tree=peak_tree,
    )


def _session_memory(session: int) -> int:
    """Return the bytes (PSS) that the processes of a session use now."""
    return sum(_proportional_set_size(process) for process in _session_members(session))


def _session_members(session: int) -> Iterator[Path]:
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        try:
            stat = (process / "stat").read_text(encoding="ascii", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        # The command's name stands in brackets and may hold spaces; after it come state, parent, group, session.
        if int(stat.rpartition(")")[2].split()[3]) == session:
            yield process


def _proportional_set_size(process: Path) -> int:
    try:
        rollup = (process / "smaps_rollup").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)
