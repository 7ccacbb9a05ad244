"""A web server for a built site, which answers as its configuration for other servers says."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from generator.channels.server.answers import Answer, answers
from generator.channels.server.kinds import COMPRESSED, KINDS, media_type
from generator.channels.server.policy import HEADERS

__all__ = ["serving"]


@contextmanager
def serving(folder: Path, told: Sequence[Answer] | None = None) -> Iterator[str]:
    """Serve a folder on this machine alone, and yield the address of its root, with a slash at the end.

    Args:
        folder: the site; a file that is not there when the server starts may come later.
        told: how files are answered for; None: as those of a site with search and without a web editor.
    """

    class Handler(_Handler):
        root = folder
        answers = told if told is not None else answers("suche/")

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    root: Path
    answers: Sequence[Answer]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.root / path.lstrip("/") / ("index.html" if path.endswith("/") else "")
        found = file.is_file() and file.resolve().is_relative_to(self.root.resolve())
        self._answer(200 if found else 404, file if found else self.root / "404.html")

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, status: int, file: Path) -> None:
        kind = KINDS.get(file.suffix[1:], "application/octet-stream")
        data = _compressed(file) if kind in COMPRESSED else file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", media_type(file.name))
        self.send_header("Content-Length", str(len(data)))
        address = file.relative_to(self.root).as_posix()
        answer = next(answer for answer in self.answers if answer.fits(address))
        for name, value in {**HEADERS, **answer.headers}.items():
            self.send_header(name, value)
        if kind in COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Say nothing: what is asked for is told by the browser."""


@lru_cache(maxsize=1000)
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9)
