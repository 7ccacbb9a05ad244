"""A real Postfix on loopback: it takes mail on a high port, puts it into one box, and lets none leave the machine."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.servers import free_port

__all__ = ["PostOffice", "eventually", "post_office"]

_PATIENCE = 30.0
"""Seconds within which Postfix must answer."""

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mail.example.org
mydestination =
default_transport = error:nothing leaves this machine
smtpd_client_connection_rate_limit = 0
smtpd_peername_lookup = no
in_flow_delay = 0
disable_dns_lookups = yes
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = regexp:{folder}/config/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
alias_maps =
alias_database =
message_size_limit = 0
mailbox_size_limit = 0
virtual_mailbox_limit = 0
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
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
lmtp unix - - n - - lmtp
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

_BOXES = "if !/^nobody/\n/./ mail/\nendif\n"
"""Every address has a box but those that begin with „nobody“."""


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Where mail is handed in, and where it arrives."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        """The server, as the environment names it."""
        return f"smtp+plain://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What Postfix tells of each message."""
        return self.folder / "mail.log"

    def raw(self, address: str | None = None) -> list[bytes]:
        """Return what was delivered, to an address or at all, in its order, as it came."""
        mark = f"\nDelivered-To: {address}\n".encode() if address else b""
        new = self._box / "new"
        files = sorted(new.iterdir(), key=lambda file: file.stat().st_mtime_ns) if new.is_dir() else []
        data = [file.read_bytes() for file in files]
        return [one.replace(b"\n", b"\r\n") for one in data if mark in one.partition(b"\n\n")[0] + b"\n"]

    def mails(self, address: str | None = None) -> list[EmailMessage]:
        """Return what was delivered, to an address or at all."""
        return [message_from_bytes(raw, _class=EmailMessage, policy=default) for raw in self.raw(address)]

    def wait(self, count: int, address: str | None = None, seconds: float = _PATIENCE) -> list[EmailMessage]:
        """Return what was delivered, as soon as it is so many, or that time is over."""
        eventually(lambda: len(self.raw(address)) >= count, seconds)
        return self.mails(address)

    def clear(self) -> None:
        """Throw away what was delivered."""
        shutil.rmtree(self._box, ignore_errors=True)

    @property
    def _box(self) -> Path:
        return self.folder / "boxes" / "mail"


@contextmanager
def post_office(more: Mapping[str, str] | None = None, port: int | None = None) -> Iterator[PostOffice]:
    """Run Postfix with a configuration of its own; mail to example.org arrives in one box, no other leaves.

    Args:
        more: further settings for ``main.cf``.
        port: where it takes mail; None: at a free one.
    """
    pwd = pytest.importorskip("pwd", reason="Windows has no Postfix")
    if shutil.which("postfix") is None or os.geteuid() != 0:
        pytest.skip("Postfix is not installed, or this is not root (Debian: apt-get install postfix)")
    # Not pytest's folder: Postfix gives up its rights, and must not read those of others.
    with TemporaryDirectory(prefix="schaukasten-") as name:
        folder, port = Path(name), port or free_port()
        folder.chmod(0o755)
        owner = pwd.getpwnam("postfix")
        for part in ("config", "queue", "data", "boxes"):
            (folder / part).mkdir()
        for part in ("data", "boxes"):
            os.chown(folder / part, owner.pw_uid, owner.pw_gid)
        config = folder / "config"
        settings = _MAIN.format(folder=folder, uid=owner.pw_uid, gid=owner.pw_gid)
        lines = "".join(f"{key} = {value}\n" for key, value in (more or {}).items())
        (config / "main.cf").write_text(settings + lines, encoding="utf-8")
        (config / "master.cf").write_text(_MASTER.format(port=port), encoding="utf-8")
        (config / "boxes").write_text(_BOXES, encoding="utf-8")
        command = ["postfix", "-c", str(config)]
        started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False, timeout=_PATIENCE)
        try:
            assert started.returncode == 0, started.stderr
            assert eventually(lambda: _answers(port)), (folder / "mail.log").read_text()
            yield PostOffice(folder, port)
        finally:
            subprocess.run([*command, "stop"], capture_output=True, check=False, timeout=_PATIENCE)


def _answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def eventually(condition: Callable[[], bool], seconds: float = _PATIENCE) -> bool:
    """Wait until something is so, but no longer than that; tell whether it is."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
