"""A mail server on this machine alone that misbehaves as it is told."""

import base64
import socket
import socketserver
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from email.parser import BytesHeaderParser
from email.policy import default

__all__ = ["DROP", "GARBAGE", "HANG", "TAKE_AND_DROP", "Misbehaving", "misbehaving"]

DROP, HANG, TAKE_AND_DROP, GARBAGE = "drop", "hang", "take and drop", "garbage"
"""What a server may do instead of answering; or it answers with a text of one's own."""

_USUAL = {
    "greeting": "220 mail.example.org",
    "offer": "250-AUTH PLAIN",
    "ehlo": "250 SMTPUTF8",
    "auth": "235 2.7.0 Welcome",
    "mail": "250 2.1.0 Ok",
    "rcpt": "250 2.1.5 Ok",
    "data": "354 Go ahead",
    "body": "",
    "end": "250 2.0.0 Taken",
    "rset": "250 Ok",
    "quit": "221 Bye",
    "noop": "250 Ok",
}


class Misbehaving(socketserver.ThreadingTCPServer):
    """Answers as a table says: by the name of a step, what it does at which time, counted from 1."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(
        self, behaviour: Mapping[str, Mapping[int, str] | str], context: ssl.SSLContext | None, *, at_once: bool
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.raw: list[bytes] = []
        """All mails that were taken."""

        self.said: list[str] = []
        """All commands."""

        self.context = context
        self.at_once = at_once
        """Whether TLS begins with the connection."""

        self.over = threading.Event()
        self._behaviour = behaviour
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def connections(self) -> int:
        """How often somebody connected."""
        return self._counts["greeting"]

    @property
    def credentials(self) -> list[str]:
        """What was said by who logged in with PLAIN, with spaces between user and password (RFC 4616)."""
        told = [line.removeprefix("AUTH PLAIN ") for line in self.said if line.startswith("AUTH PLAIN ")]
        return [base64.b64decode(one).decode().replace("\0", " ").strip() for one in told]

    @property
    def taken(self) -> list[str]:
        """To whom the mails go that were taken."""
        return [str(BytesHeaderParser(policy=default).parsebytes(raw)["To"]) for raw in self.raw]

    def answer(self, step: str) -> str:
        with self._lock:
            self._counts[step] += 1
            wanted = self._behaviour.get(step, {})
            return wanted if isinstance(wanted, str) else wanted.get(self._counts[step], _USUAL[step])


class _Session(socketserver.StreamRequestHandler):
    server: Misbehaving

    def handle(self) -> None:
        with suppress(OSError, _Over), ExitStack() as stack:
            stack.callback(self._close)
            if self.server.at_once:
                self._begin_tls()
            self._do("greeting")
            while line := self.rfile.readline():
                self.server.said.append(line.decode().strip())
                self._command(line.decode().split(maxsplit=1)[0].lower())

    def _command(self, command: str) -> None:
        if command == "starttls":
            self.wfile.write(b"220 Go ahead\r\n")
            self._begin_tls()
        elif command == "ehlo":
            has_tls = self.server.context is not None
            offered = ["250-mail.example.org", self.server.answer("offer"), *(["250-STARTTLS"] if has_tls else [])]
            self.wfile.write("".join(f"{line}\r\n" for line in offered).encode())
            self._do("ehlo")
        elif command == "data":
            if self._do("data").startswith("354"):
                self._mail()
        else:
            self._do(command)

    def _mail(self) -> None:
        self._do("body")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _Over
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        answer = self.server.answer("end")
        if answer.startswith("2") or answer == TAKE_AND_DROP:
            self.server.raw.append(b"".join(lines))
        self._say(answer)

    def _do(self, step: str) -> str:
        answer = self.server.answer(step)
        self._say(answer)
        return answer

    def _say(self, answer: str) -> None:
        match answer:
            case "":
                return
            case "drop" | "take and drop":
                # A reset, not a goodbye.
                self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.request.close()
                raise _Over
            case "hang":
                self.server.over.wait(60)
                raise _Over
            case "garbage":
                self.wfile.write(b"\x00\xff<html>\r\n")
            case _:
                self.wfile.write(f"{answer}\r\n".encode())

    def _close(self) -> None:
        """Close the connection, which TLS may have put in the place of the first."""
        self.request.close()

    def _begin_tls(self) -> None:
        assert self.server.context is not None
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)


class _Over(Exception):  # noqa: N818
    """The session ends."""


@contextmanager
def misbehaving(
    behaviour: Mapping[str, Mapping[int, str] | str] | None = None,
    context: ssl.SSLContext | None = None,
    *,
    at_once: bool = False,
) -> Iterator[Misbehaving]:
    """Run a server that behaves as told, and well where nothing is told."""
    with Misbehaving(behaviour or {}, context, at_once=at_once) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
