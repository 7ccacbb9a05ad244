"""The server with which the web editor reads and writes the files of this machine: Decap CMS's own (decap-server)."""

import json
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

_PROGRAM = INSTALLED / "node_modules" / "decap-server" / "dist" / "index.js"
_WITH_US = f"process.stdin.on('end', () => process.exit()).resume(); require({json.dumps(str(_PROGRAM))});"
"""The program, which ends when this process does, however that ends: nobody holds its input any more."""

_PATIENCE = 20.0
"""Seconds until it answers, at most."""


@contextmanager
def local_server(folder: Path, origin: str) -> Iterator[str]:
    """Run the server, for this machine only, and yield the address of its interface.

    Args:
        folder: the project; nothing outside of it is read or written.
        origin: where the editor's page is, scheme and host: no other page may ask.

    Raises:
        FileNotFoundError: there is no Node.
        OSError: the server does not start.
    """
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError(2, "Node", "node")
    port = _free_port()
    told = {
        "PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "GIT_REPO_DIRECTORY": str(folder),
        "ORIGIN": origin,
        "LOG_LEVEL": "error",
    }
    process = subprocess.Popen(  # noqa: S603  # a program of the lock file, with nothing but its own options
        [node, "-e", _WITH_US],
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
    raise ChildProcessError(5, "decap-server", str(_PROGRAM))
