"""A real Mailman 3 behind a real Postfix, both on loopback, as a provider of mailing lists runs them."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.post_office import MISSING as NO_POST_OFFICE
from tests.post_office import PostOffice, eventually, free_port, post_office

__all__ = ["MISSING", "MailmanServer", "mailman_server"]

_PROGRAM = Path("/usr/lib/mailman3/bin/mailman")
_USER = "list"
_PATIENCE = 90.0

MISSING = NO_POST_OFFICE or (
    None if shutil.which("mailman") else "Mailman 3 is not installed (make tests/node_modules)"
)
"""Why there can be no Mailman here; None: there can."""

_IDLE = "".join(f"\n[runner.{name}]\nstart: no\n" for name in ("archive", "digest", "nntp"))
"""What announcements have no use for; each runner is a process that takes a second to start."""

_CONFIGURATION = """\
[mailman]
site_owner: postmaster@example.org
default_language: de
layout: test

[paths.test]
var_dir: {folder}
bin_dir: {program}
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

[webservice]
hostname: 127.0.0.1
port: {rest}
admin_user: restadmin
admin_pass: geheim

[database]
class: mailman.database.sqlite.SQLiteDatabase
url: sqlite:///{folder}/data/mailman.db

[logging.root]
level: info
{idle}"""


@dataclass(frozen=True, slots=True)
class MailmanServer:
    """Where lists are configured, and the post office that their mail goes through."""

    post: PostOffice
    url: str
    """The address of the REST interface."""

    folder: Path
    user: str = "restadmin"
    password: str = "geheim"

    def run(self, *arguments: str) -> str:
        """Run one of Mailman's commands, and return what it prints."""
        command = ["runuser", "-u", _USER, "--", str(_PROGRAM), "-C", str(self.folder / "mailman.cfg"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def mailman_server() -> Iterator[MailmanServer]:
    """Run both until the end of the block. Lists are in the domain ``lists.example.org``."""
    lmtp, rest, smtp = free_port(), free_port(), free_port()
    folder_of_lists = Path("/tmp")  # noqa: S108
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="lists-", dir=folder_of_lists) as name:
        folder = Path(name)
        folder.chmod(0o755)
        owner = pwd.getpwnam(_USER)
        for part in ("etc", "logs", "locks", "data", "templates"):
            (folder / part).mkdir()
        config = folder / "mailman.cfg"
        config.write_text(
            _CONFIGURATION.format(folder=folder, program=_PROGRAM.parent, lmtp=lmtp, rest=rest, smtp=smtp, idle=_IDLE),
            encoding="utf-8",
        )
        (folder / "etc" / "postfix-mailman.cfg").write_text(
            "[postfix]\npostmap_command: /usr/sbin/postmap\ntransport_file_type: regex\n", encoding="utf-8"
        )
        for parent, folders, files in os.walk(folder):
            for one in (".", *folders, *files):
                os.chown(Path(parent) / one, owner.pw_uid, owner.pw_gid)
        maps = {
            "transport_maps": f"regexp:{folder}/data/postfix_lmtp",
            "relay_domains": "lists.example.org",
            "relay_recipient_maps": "",
            "owner_request_special": "no",
        }
        for file in ("postfix_lmtp", "postfix_domains"):
            (folder / "data" / file).write_text("", encoding="utf-8")
            os.chown(folder / "data" / file, owner.pw_uid, owner.pw_gid)
        with post_office(maps, smtp) as post:
            server = MailmanServer(post, f"http://127.0.0.1:{rest}/3.1", folder)
            with (folder / "logs" / "start").open("w") as output:
                subprocess.run(
                    ["runuser", "-u", _USER, "--", str(_PROGRAM), "-C", str(config), "start"],
                    stdout=output,
                    stderr=output,
                    timeout=_PATIENCE,
                    check=True,
                )
            try:
                assert eventually(lambda: _answers(server.url), _PATIENCE), (folder / "logs" / "start").read_text()
                yield server
            finally:
                server.run("stop")
                eventually(lambda: not (folder / "master.pid").exists(), _PATIENCE)


def _answers(url: str) -> bool:
    try:
        urlopen(f"{url}/system", timeout=1)
    except HTTPError as error:
        return error.code == 401
    except (URLError, OSError):
        return False
    return True
