"""The preview on one's own machine, over HTTP."""

import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from generator.preview.application import Answer, answer, is_asked_for_here
from generator.preview.preview import Preview

__all__ = ["serving"]

log = logging.getLogger(__name__)


@contextmanager
def serving(preview: Preview, host: str, port: int) -> Iterator[None]:
    """Answer requests, each in a thread of its own, until the end of the block.

    Args:
        preview: the site.
        host: the name or number of the address to listen at.
        port: its port.

    Raises:
        OSError: the address is taken, or not this machine's.
    """
    server = _Server(preview, host, port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, preview: Preview, host: str, port: int) -> None:
        self.preview = preview
        self.host = host
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell what went wrong, unless it is that a page was left before its answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the protocol's word
        """Answer with a body."""
        self._send(self._answer(), with_body=True)

    def do_HEAD(self) -> None:
        """Answer without one."""
        self._send(self._answer(), with_body=False)

    def _answer(self) -> Answer:
        if not is_asked_for_here(self.headers["Host"], self.server.host):
            return Answer(status=HTTPStatus.FORBIDDEN, headers={})
        try:
            return answer(self.server.preview, self.path)
        except Exception:
            # Whatever fails for one page is told here, and the server goes on.
            log.exception("Die Seite %s lässt sich nicht zeigen.", self.path)
            return Answer(status=HTTPStatus.INTERNAL_SERVER_ERROR, headers={})

    def _send(self, found: Answer, *, with_body: bool) -> None:
        self.send_response(found.status)
        for name, value in {**found.headers, "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(found.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Keep requests out of the terminal."""
