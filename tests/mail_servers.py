"""Mail servers on this machine alone: a real one, Postfix, and one that misbehaves as it is told."""

import os
import shutil
import socket
import socketserver
import ssl
import struct
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

__all__ = ["DROP", "GARBAGE", "HANG", "TAKE_AND_DROP", "Misbehaving", "Postfix", "free_port", "misbehaving", "postfix"]

_MAIN = """\
compatibility_level = 3.6
queue_directory = {work}/queue
data_directory = {work}/data
maillog_file = {work}/log/mail.log
maillog_file_prefixes = {work}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
mynetworks = 127.0.0.0/8
default_transport = error:nothing leaves this machine
virtual_mailbox_domains = example.org
virtual_mailbox_base = {work}/boxes
virtual_mailbox_maps = static:mail/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_peername_lookup = no
smtpd_client_connection_rate_limit = 0
in_flow_delay = 0
alias_maps =
alias_database =
"""
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A Postfix that is running."""

    port: int
    log: Path
    _mail: Path

    @property
    def address(self) -> str:
        return f"smtp+plain://127.0.0.1:{self.port}"

    def raw(self) -> list[bytes]:
        """Return everything that was delivered, with the ends of lines that it came with."""
        files = (self._mail / "new").glob("*") if self._mail.exists() else ()
        return [file.read_bytes().replace(b"\n", b"\r\n") for file in files]

    def mails(self) -> list[EmailMessage]:
        """Return the headers of everything that was delivered."""
        return [BytesHeaderParser(policy=default).parsebytes(raw) for raw in self.raw()]

    def wait(self, count: int, seconds: float = 30) -> None:
        """Wait until so many mails were delivered, or that time is over."""
        end = time.monotonic() + seconds
        while len(self.raw()) < count and time.monotonic() < end:
            time.sleep(0.1)

    def clear(self) -> None:
        shutil.rmtree(self._mail, ignore_errors=True)


@contextmanager
def postfix(more: str = "") -> Iterator[Postfix]:
    """Run Postfix with a configuration of its own; mail to example.org arrives in one folder, no other leaves.

    Args:
        more: further lines for its settings.
    """
    pwd = pytest.importorskip("pwd", reason="Windows has no Postfix")
    if shutil.which("postfix") is None or os.geteuid() != 0:
        pytest.skip("Postfix is not installed, or this is not root (Debian: apt-get install postfix)")
    # Not pytest's folder: Postfix gives up its rights, and must not read those of others.
    with TemporaryDirectory(prefix="schaukasten-") as folder:
        work, port = Path(folder), free_port()
        work.chmod(0o755)
        for name in ("conf", "queue", "data", "log", "boxes"):
            (work / name).mkdir()
        owner = pwd.getpwnam("postfix")
        for name in ("data", "boxes"):
            os.chown(work / name, owner.pw_uid, owner.pw_gid)
        settings = _MAIN.format(work=work, uid=owner.pw_uid, gid=owner.pw_gid)
        (work / "conf" / "main.cf").write_text(settings + more)
        (work / "conf" / "master.cf").write_text(_MASTER.format(port=port))
        command = ["postfix", "-c", str(work / "conf")]
        started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False, timeout=30)
        try:
            assert started.returncode == 0, started.stderr
            _wait_for(port)
            yield Postfix(port, work / "log" / "mail.log", work / "boxes" / "mail")
        finally:
            subprocess.run([*command, "stop"], capture_output=True, check=False, timeout=30)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("Postfix does not answer after ten seconds")


DROP, HANG, TAKE_AND_DROP, GARBAGE = "drop", "hang", "take and drop", "garbage"
"""What a server may do instead of answering; or it answers with a text of one's own."""

_USUAL = {
    "greeting": "220 mail.example.org",
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
            offered = ["250-mail.example.org", "250-AUTH PLAIN", *(["250-STARTTLS"] if has_tls else [])]
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
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
