"""A real Postfix on loopback: it takes mail on a high port, puts it into boxes, and lets none leave the machine."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["MISSING", "PostOffice", "eventually", "free_port", "post_office"]

_PATIENCE = 30.0
"""Seconds within which Postfix must answer."""

MISSING = next(
    (
        reason
        for reason, is_so in (
            ("Postfix is not installed (make tests/node_modules)", shutil.which("postfix", path="/usr/sbin") is None),
            ("Postfix can be started by root only", not hasattr(os, "geteuid") or os.geteuid() != 0),
        )
        if is_so
    ),
    None,
)
"""Why there can be no post office here; None: there can."""

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = post.example.org
mydestination =
local_transport = error:no local mail
default_transport = error:mail does not leave this machine
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_client_connection_rate_limit = 0
smtpd_client_message_rate_limit = 0
smtpd_peername_lookup = no
smtp_host_lookup = native
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
{more}
"""

_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Where mail is handed in, and where it arrives."""

    folder: Path
    port: int

    @property
    def log(self) -> Path:
        """What Postfix tells of each message."""
        return self.folder / "mail.log"

    def raw(self, address: str) -> list[bytes]:
        """Return the bytes of all mail for an address of example.org, in the order of arrival."""
        mark = f"\nDelivered-To: {address}\n".encode()
        return [data for data in self.everything() if mark in data.partition(b"\n\n")[0] + b"\n"]

    def everything(self) -> list[bytes]:
        """Return the bytes of all mail in the order of arrival."""
        box = self.folder / "boxes" / "all" / "new"
        files = sorted(box.iterdir(), key=lambda file: file.stat().st_mtime_ns) if box.is_dir() else []
        return [file.read_bytes() for file in files]

    def mail(self, address: str) -> list[Message]:
        """Return all mail for an address."""
        return [message_from_bytes(data, policy=default) for data in self.raw(address)]

    def wait_for(self, address: str, count: int = 1) -> list[Message]:
        """Return the mail for an address as soon as there is as much as this."""
        assert eventually(lambda: len(self.raw(address)) >= count), self.log.read_text()[-3000:]
        return self.mail(address)


@contextmanager
def post_office(more: Mapping[str, str] | None = None, port: int | None = None) -> Iterator[PostOffice]:
    """Run Postfix until the end of the block; all addresses of example.org exist, but those that begin with „nobody“.

    Args:
        more: further lines of ``main.cf``.
        port: where it takes mail; None: at a free one.
    """
    # Not below pytest's folders, which only their owner may enter: Postfix works as several users.
    with TemporaryDirectory(prefix="post-") as name:
        folder, port = Path(name), port or free_port()
        folder.chmod(0o755)
        owner = pwd.getpwnam("postfix")
        for part, uid in (("config", 0), ("queue", 0), ("data", owner.pw_uid), ("boxes", owner.pw_uid)):
            (folder / part).mkdir()
            os.chown(folder / part, uid, -1)
        lines = "\n".join(f"{key} = {value}" for key, value in (more or {}).items())
        config = folder / "config"
        (config / "main.cf").write_text(
            _MAIN.format(folder=folder, uid=owner.pw_uid, gid=owner.pw_gid, more=lines), encoding="utf-8"
        )
        (config / "master.cf").write_text(_MASTER.format(port=port), encoding="utf-8")
        (config / "boxes").write_text("if !/^nobody/\n/./ all/\nendif\n", encoding="utf-8")
        _postfix(config, "start")
        try:
            assert eventually(lambda: _answers(port)), (folder / "mail.log").read_text()
            yield PostOffice(folder, port)
        finally:
            _postfix(config, "stop")


def _postfix(config: Path, command: str) -> None:
    done = subprocess.run(
        ["/usr/sbin/postfix", "-c", str(config), command],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return connection.recv(4).startswith(b"220")
    except OSError:
        return False


def eventually(condition: Callable[[], bool], seconds: float = _PATIENCE) -> bool:
    """Wait until something is so, but no longer than this; tell whether it is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
