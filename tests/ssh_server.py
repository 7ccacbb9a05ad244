"""A real ssh server on this machine alone: Debian's sshd as an ordinary process, with keys of its own."""

import getpass
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import free_port, is_answered

__all__ = ["SshServer", "ssh_server"]

_SSHD = Path("/usr/sbin/sshd")

_SERVER = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {work}/host_key
AuthorizedKeysFile {work}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
LogLevel ERROR
SetEnv HOME={work}
"""
"""What the person who runs the tests has the shell do at its start is none of their business."""

_CLIENT = """\
Host *
    IdentityFile {work}/{identity}
    IdentitiesOnly yes
    IdentityAgent none
    UserKnownHostsFile {work}/{known}
    GlobalKnownHostsFile /dev/null
    HostKeyAlias server
    StrictHostKeyChecking yes
    LogLevel ERROR
"""


@dataclass(frozen=True)
class SshServer:
    """Such a server."""

    port: int
    work: Path

    def address(self, folder: Path | str, *, config: str = "client", port: int | None = None) -> str:
        """Return the address of a folder, reached with one of the configurations of ssh."""
        host = f"{getpass.getuser()}@127.0.0.1:{port or self.port}"
        return f"ssh://{host}{folder}?ssh_config={self.work}/{config}"


@contextmanager
def ssh_server(work: Path) -> Iterator[SshServer]:
    """Start a server, with a folder to work in; its clients are ``client``, ``stranger``, ``careful``, ``deceived``."""
    if not _SSHD.exists() or shutil.which("rsync") is None:
        pytest.skip("sshd or rsync is not installed (Debian: apt-get install openssh-server rsync)")
    port = free_port()
    for name in ("host_key", "key", "unknown_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(work / name)], check=True)
    shutil.copy(work / "key.pub", work / "authorized_keys")
    (work / "known_hosts").write_text(f"server {(work / 'host_key.pub').read_text()}")
    (work / "nobody_known").touch()
    (work / "changed_hosts").write_text(f"server {(work / 'unknown_key.pub').read_text()}")
    for client, identity, known in (
        ("client", "key", "known_hosts"),
        ("stranger", "unknown_key", "known_hosts"),
        ("careful", "key", "nobody_known"),
        ("deceived", "key", "changed_hosts"),
    ):
        (work / client).write_text(_CLIENT.format(work=work, identity=identity, known=known))
    (work / "server").write_text(_SERVER.format(work=work, port=port))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    process = subprocess.Popen([str(_SSHD), "-D", "-e", "-f", str(work / "server")], stderr=subprocess.DEVNULL)
    try:
        while not is_answered(port):
            assert process.poll() is None
            time.sleep(0.05)
        yield SshServer(port, work)
    finally:
        process.terminate()
        process.wait(10)
