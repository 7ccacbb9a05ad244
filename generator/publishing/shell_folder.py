"""A folder of another machine, written by the system's own rsync over ssh.

Files are compared by their bytes on both sides, and each is put in its place whole. Where the server has ``flock``,
one publication at a time is at work there: the first lock is held as long as one lasts, the second as long as a single
rsync does, for that may outlive the publication that began it.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from generator.progress import Progress
from generator.publishing.address import ShellAddress
from generator.publishing.failure import Failure, Interruption, NotThere
from generator.publishing.note import NOTES
from generator.publishing.sealed_site import SealedSite
from generator.publishing.ssh_errors import failure_of

__all__ = ["ShellFolder"]

_PATIENCE = 600
"""Seconds to wait for another publication."""

_SSH = ("-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4")

_AS_WEB_SERVERS_NEED = ("--perms", "--chmod=D755,F644")
_FROM_LIST = ("--files-from=-", "--from0")

_MARKS = 12
"""Characters with which rsync says of a file, before its name, what it would do."""

_NOT_REACHED = 255
"""What ssh says where it did not come to run anything."""


class ShellFolder:
    """Such a folder."""

    def __init__(self, address: ShellAddress) -> None:
        """Take its address; nothing is asked yet."""
        self._address = address
        self._host = address.host
        self._folder = address.folder
        self._ssh = [*address.ssh, *_SSH]
        self._waiting: tuple[str, ...] = ()
        self._shared: tuple[str, ...] = ()
        self._holder: subprocess.Popen[str] | None = None

    @contextmanager
    def alone(self, progress: Progress) -> Iterator[bool]:
        """Hold a lock on the server until the context ends, or the connection does, however it ends."""
        place = shlex.quote(f"{self._folder}/.schaukasten.lock")
        each = shlex.quote(f"{self._folder}/.schaukasten.rsync.lock")
        folder = shlex.quote(self._folder)
        command = f"mkdir {folder} 2>/dev/null; exec flock -w {_PATIENCE} {place} sh -c 'echo frei; exec cat'"
        progress("Auf andere Veröffentlichungen warten", 0, 1)
        with ExitStack() as stack:
            # All that follows goes through this connection as long as it lasts.
            shared = ("-o", f"ControlPath={stack.enter_context(TemporaryDirectory())}/ssh")
            holder = stack.enter_context(
                _started(
                    [*self._ssh, *shared, "-o", "ControlMaster=yes", self._host, command],
                    stdin=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
            )
            assert holder.stdin is not None
            assert holder.stdout is not None
            assert holder.stderr is not None
            # Greetings of the server may come before.
            is_alone = any(line == "frei\n" for line in holder.stdout)
            try:
                if is_alone:
                    self._holder = holder
                    self._shared = shared
                    self._waiting = ("--rsync-path", f"flock -w {_PATIENCE} {each} rsync")
                else:
                    self._tell_why_not(holder)
                yield is_alone
            finally:
                self._holder, self._waiting, self._shared = None, (), ()
                with suppress(OSError):
                    holder.stdin.close()

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None: it is not there."""
        with TemporaryDirectory() as folder:
            with suppress(NotThere):
                self._run([*self._command, "--ignore-missing-args", f"{self._place}{path}", f"{folder}/"])
            file = Path(folder, Path(path).name)
            return file.read_bytes() if file.is_file() else None

    def notes(self) -> dict[str, bytes]:
        """Return the notes by their names, the newest last."""
        with TemporaryDirectory() as folder:
            with suppress(NotThere):
                self._run([*self._command, "-rt", "--ignore-missing-args", f"{self._place}{NOTES}", f"{folder}/"])
            files = sorted(Path(folder).iterdir(), key=lambda file: (file.stat().st_mtime_ns, file.name))
            return {file.name: file.read_bytes() for file in files}

    def note(self, name: str, data: bytes) -> None:
        """Write a note; it carries the time of the server."""
        with TemporaryDirectory() as folder:
            file = Path(folder, NOTES, name)
            file.parent.mkdir()
            file.write_bytes(data)
            self._run([*self._command, "-r", *_AS_WEB_SERVERS_NEED, f"{folder}/{NOTES}", f"{self._place}{NOTES}"])

    def differing(self, site: SealedSite, progress: Progress) -> set[str]:
        """Return the paths of the site's files that are missing here, or others, or not readable for all."""
        progress("Mit dem Server vergleichen", 0, 1)
        found = self._send(site, site.files, "-n", "--out-format=%i %n")
        return {line[_MARKS:] for line in found if line[1:2] == "f"} & site.files.keys()

    def write(self, site: SealedSite, paths: list[str], begun: Callable[[int], None]) -> None:
        """Write some of the site's files, each whole or not at all."""
        self._send(site, paths, "--out-format=%n", begun=begun)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, whether they are there or not, and folders that they leave empty."""
        files = set(paths)
        folders = {str(parent) for path in files for parent in list(PurePosixPath(path).parents)[:-1]}
        # An empty folder is sent, and whatever is not in it goes, but only what is at risk: the rest is protected.
        rules = [*(f"R /{_literally(path)}" for path in sorted(files | folders)), "P *"]
        with TemporaryDirectory() as work:
            nothing, merged = Path(work, "nothing"), Path(work, "rules")
            nothing.mkdir()
            merged.write_text("\n".join(rules) + "\n", encoding="utf-8")
            self._run([*self._command, "-r", "--delete", f"--filter=merge {merged}", f"{nothing}/", self._place])

    @property
    def _place(self) -> str:
        host, _, name = self._host.rpartition("@")
        name = f"[{name}]" if ":" in name else name
        return f"{host}@{name}:{self._folder}/" if host else f"{name}:{self._folder}/"

    @property
    def _command(self) -> list[str]:
        return ["rsync", "-s8", "-e", shlex.join([*self._ssh, *self._shared]), *self._waiting]

    def _send(
        self, site: SealedSite, paths: Iterable[str], *arguments: str, begun: Callable[[int], None] = lambda _: None
    ) -> list[str]:
        """Send those of a site's files that differ, and return what rsync says of them."""
        ends = (*_AS_WEB_SERVERS_NEED, *_FROM_LIST, f"{site.folder}/", self._place)
        return self._run([*self._command, "-ci", *arguments, *ends], paths, begun)

    def _run(
        self, command: list[str], paths: Iterable[str] = (), begun: Callable[[int], None] = lambda _: None
    ) -> list[str]:
        """Run rsync with a list of paths, and return the lines that it says."""
        if self._holder is not None and self._holder.poll() is not None:
            raise Interruption("Die Verbindung zum Server ist abgerissen. Noch einmal veröffentlichen.")
        lines: list[str] = []
        with TemporaryFile() as listed, TemporaryFile("w+", errors="replace") as complaints:
            # Neither the list nor complaints may fill a pipe while the other end waits.
            listed.write(b"".join(os.fsencode(path) + b"\0" for path in paths))
            listed.seek(0)
            with _started(command, stdin=listed, stderr=complaints) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    lines.append(line.rstrip("\n"))
                    begun(len(lines))
            if process.returncode:
                complaints.seek(0)
                raise failure_of(f"{complaints.read()} code {process.returncode}", self._address)
        return lines

    def _tell_why_not(self, holder: "subprocess.Popen[str]") -> None:
        """Raise what keeps us from the folder; that the server cannot lock is no such thing."""
        assert holder.stderr is not None
        said = holder.stderr.read()
        code = holder.wait()
        if code == 1 and not said.strip():
            raise Failure(
                "Eine andere Veröffentlichung arbeitet noch an diesem Ziel. Warten, bis sie fertig ist, oder sie "
                "beenden."
            )
        if code == _NOT_REACHED or "cannot open lock file" in said:
            raise failure_of(said, self._address)


def _literally(path: str) -> str:
    """Return a pattern of rsync that means this path; a backslash is one only where something has to be escaped."""
    return re.sub(r"([*?[\\])", r"\\\1", path) if re.search(r"[*?[]", path) else path


def _started(command: list[str], *, stdin: IO[bytes] | int, stderr: IO[str] | int) -> "subprocess.Popen[str]":
    """Begin a program of the system, whose messages are to be in English."""
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.Popen(  # noqa: S603  # the address names no option of it
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
            errors="surrogateescape",
            env=environment,
        )
    except FileNotFoundError:
        raise Failure(f"Auf diesem Rechner fehlt {command[0]}. openssh-client und rsync installieren.") from None
