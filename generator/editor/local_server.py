"""The server with which the web editor reads and writes texts on this machine: ``local_server.mjs``, run by Node."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.editor.bundle import INSTALLED

__all__ = ["local_server"]

_SERVER = Path(__file__).with_suffix(".mjs")
_PROGRAM = INSTALLED / "node_modules" / "decap-server" / "dist" / "middlewares.js"

_PATIENCE = 20.0
"""Seconds until it answers, at most."""


@contextmanager
def local_server(folder: Path, content: str, origin: str) -> Iterator[str]:
    """Run the server, for this machine only, and yield the address of its interface.

    Whoever asks must have reached it by that address, from the editor's page.

    Args:
        folder: the project.
        content: its content folder, from there; nothing outside of it is read or written, and nothing hidden in it.
        origin: where the editor's page is, scheme and host.

    Raises:
        FileNotFoundError: there is no Node.
        ChildProcessError: the server does not start; what it complains of stands in the terminal.
    """
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError(2, "Node", "node")
    port = _free_port()
    told = {
        "PORT": str(port),
        "GIT_REPO_DIRECTORY": str(folder),
        "ORIGIN": origin,
    }
    process = subprocess.Popen(  # noqa: S603  # our own program, with paths of our own
        [node, str(_SERVER), str(_PROGRAM), content],
        cwd=INSTALLED,
        env={**os.environ, **told},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        process.terminate()
        process.communicate()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise ChildProcessError(_PROGRAM)
