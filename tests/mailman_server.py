"""A real Mailman 3 behind a real Postfix, both on loopback, as a provider of mailing lists runs them."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from mailmanclient import Client

from tests.post_office import PostOffice, eventually, post_office
from tests.servers import free_port

__all__ = ["MailmanServer", "mailman_server"]

_PROGRAM = Path("/usr/lib/mailman3/bin/mailman")
_OWNER = "list"
_USER, _PASSWORD = "restadmin", "geheim"
_PATIENCE = 90.0
"""Seconds within which Mailman must answer."""

_UNAUTHORIZED = 401

_CONFIGURATION = """\
[mailman]
site_owner: postmaster@example.org
default_language: de
layout: test

[paths.test]
var_dir: {folder}
bin_dir: {program.parent}
etc_dir: {folder}/etc
log_dir: {folder}/logs
pid_file: {folder}/master.pid
lock_dir: {folder}/locks
data_dir: {folder}/data
template_dir: {folder}/templates

[mta]
incoming: mailman.mta.postfix.LMTP
outgoing: mailman.mta.deliver.deliver
lmtp_host: 127.0.0.1
lmtp_port: {lmtp}
smtp_host: 127.0.0.1
smtp_port: {smtp}
configuration: {folder}/etc/postfix-mailman.cfg
verp_personalized_deliveries: {personalized}
verp_delivery_interval: {interval}

[webservice]
hostname: 127.0.0.1
port: {rest}
admin_user: {user}
admin_pass: {password}
workers: 1

[database]
class: mailman.database.sqlite.SQLiteDatabase
url: sqlite:///{folder}/data/mailman.db

[logging.root]
level: info

# Announcements have no use for these; each is a process that takes a second to start.
[runner.archive]
start: no

[runner.digest]
start: no

[runner.nntp]
start: no

[runner.retry]
start: no

[runner.task]
start: no

# It looks every two minutes otherwise.
[runner.bounces]
sleep_time: 1s
"""


@dataclass(frozen=True, slots=True)
class MailmanServer:
    """Where lists are configured, and the post office that their mail goes through: lists.example.org is Mailman's."""

    post: PostOffice
    url: str
    """The address of the REST interface."""

    folder: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """What names it for our commands."""
        return {
            "SCHAUKASTEN_MAILMAN_URL": self.url,
            "SCHAUKASTEN_MAILMAN_USER": _USER,
            "SCHAUKASTEN_MAILMAN_PASSWORD_FILE": str(self.folder / "password"),
            "SCHAUKASTEN_SMTP": self.post.address,
        }

    def subscribe(self, address: str, readers: Iterable[str]) -> None:
        """Subscribe readers to a list, who need not confirm."""
        there = Client(self.url, _USER, _PASSWORD).get_list(address)
        for reader in readers:
            there.subscribe(
                reader, pre_verified=True, pre_confirmed=True, pre_approved=True, send_welcome_message=False
            )

    @property
    def logs(self) -> str:
        """What Mailman wrote down."""
        return "".join(file.read_text(errors="replace") for file in sorted((self.folder / "logs").iterdir()))


@contextmanager
def mailman_server(more: Mapping[str, str] | None = None, *, personalized: bool = False) -> Iterator[MailmanServer]:
    """Run both until the end of the block.

    Args:
        more: further settings for Postfix.
        personalized: whether each recipient gets a mail of their own, by whose sender bounces are recognised (VERP).
    """
    if shutil.which("mailman") is None or not _PROGRAM.exists():
        pytest.skip("Mailman 3 is not installed (Debian: apt-get install --no-install-recommends mailman3)")
    lmtp, rest, smtp = free_port(), free_port(), free_port()
    # Not pytest's folder: Mailman runs as a user of its own.
    with TemporaryDirectory(prefix="schaukasten-") as name:
        folder = Path(name)
        maps = {
            "transport_maps": f"regexp:{folder}/data/postfix_lmtp",
            "relay_domains": "lists.example.org",
            "relay_recipient_maps": f"regexp:{folder}/data/postfix_lmtp",
            "recipient_delimiter": "+",
            "owner_request_special": "no",
            # As elsewhere in the world, it turns out later that there is no such box.
            "smtpd_reject_unlisted_recipient": "no",
            **(more or {}),
        }
        with post_office(maps, smtp) as post:
            values = {"lmtp": lmtp, "rest": rest, "smtp": smtp, "user": _USER, "password": _PASSWORD}
            yes = "yes" if personalized else "no"
            interval = 1 if personalized else 0
            _prepare(
                folder,
                _CONFIGURATION.format(folder=folder, program=_PROGRAM, personalized=yes, interval=interval, **values),
            )
            server = MailmanServer(post, f"http://127.0.0.1:{rest}/3.1", folder)
            _run(folder, "start")
            try:
                assert eventually(lambda: _answers(server.url), _PATIENCE), server.logs
                yield server
            finally:
                _run(folder, "stop")
                eventually(lambda: not (folder / "master.pid").exists(), _PATIENCE)


def _prepare(folder: Path, configuration: str) -> None:
    """Write what Mailman reads, and give it to its user."""
    for part in ("etc", "logs", "locks", "data", "templates"):
        (folder / part).mkdir()
    (folder / "mailman.cfg").write_text(configuration, encoding="utf-8")
    (folder / "etc" / "postfix-mailman.cfg").write_text(
        "[postfix]\npostmap_command: /usr/sbin/postmap\ntransport_file_type: regex\n", encoding="utf-8"
    )
    # Postfix reads the table before the first list is there.
    (folder / "data" / "postfix_lmtp").touch()
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, _OWNER, _OWNER)
    folder.chmod(0o755)
    password = folder / "password"
    password.write_text(f"{_PASSWORD}\n", encoding="utf-8")
    os.chmod(password, 0o600)


def _run(folder: Path, command: str) -> None:
    """Run one of Mailman's commands; what it starts keeps what it writes to, so that is a file."""
    with (folder / "logs" / command).open("w") as output:
        subprocess.run(
            ["runuser", "-u", _OWNER, "--", str(_PROGRAM), "-C", str(folder / "mailman.cfg"), command],
            stdout=output,
            stderr=output,
            timeout=_PATIENCE,
            check=True,
        )


def _answers(url: str) -> bool:
    try:
        urlopen(f"{url}/system", timeout=1)
    except HTTPError as error:
        error.close()
        return error.code == _UNAUTHORIZED
    except (URLError, OSError):
        return False
    return True
