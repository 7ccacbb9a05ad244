"""Times the sending of letters: ``python benchmarks/sending.py``; as root, with Debian's postfix.

Personalised and signed letters as large as the demo's go to smtp-sink, which drops them, and into Postfix, over one to
four connections. Told are mails a second, the greatest memory of the sending process, and how well a pace is kept. Then
one letter goes to a list of Mailman (Debian's mailman3), until Postfix has delivered it to all: one message for many,
and one for each.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

# Python puts the folder of a script on the path, not the one above it, where the packages are found.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from generator.progress import silent
from newsletter.delivery.engine import Order
from newsletter.delivery.mailman_engine import MailmanEngine
from newsletter.delivery.pace import Pace
from newsletter.delivery.smtp_engine import SmtpEngine
from newsletter.lists.access import access_of
from newsletter.lists.announcement import Announcement
from newsletter.lists.mailman import Mailman
from tests.letters_to_send import build_letter, write_people
from tests.mailman_server import mailman_server
from tests.post_office import post_office
from tests.servers import free_port

_LETTER = "Aus den Rathäusern: Was beschlossen ist, und was als Nächstes ansteht. " * 380
"""About as much as the demo's letters hold: 60 KB."""

_FAST = Pace(per_minute=0)
_TOO_LONG = 600.0
"""Seconds after which a list is given up."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--paced", type=int, default=60, help="seconds for the pace")
    parser.add_argument("--members", type=int, default=1_000, help="of the list of Mailman")
    parser.add_argument("--only-mailman", action="store_true")
    options = parser.parse_args()
    if not options.only_mailman:
        _measure_smtp(options)
    for personalized in (False, True):
        _measure_mailman(options.members, personalized=personalized)


def _measure_smtp(options: argparse.Namespace) -> None:
    print(f"{options.mails:,} personalised mails of {_size() / 1000:.0f} KB, signed with RSA (2048 bits)")
    for name, server in (("smtp-sink", _sink), ("Postfix", _postfix)):
        for connections in (1, 2, 4):
            with server() as address:
                _measure(name, address, options.mails, Pace(connections=connections, per_minute=0))
    with _sink() as address:
        for per_minute in (600, 6000):
            count = per_minute * options.paced // 60
            _measure("smtp-sink", address, count, Pace(connections=2, per_minute=per_minute))


def _measure(name: str, address: str, mails: int, pace: Pace) -> None:
    """Send in a process of its own, so that its memory is its own."""
    process = os.fork()
    if process == 0:
        _send(name, address, mails, pace)
        os._exit(0)
    os.waitpid(process, 0)


def _send(name: str, address: str, mails: int, pace: Pace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ready = SmtpEngine(_order(Path(folder), address, mails, pace))
        before = resource.getrusage(resource.RUSAGE_SELF)
        started = time.perf_counter()
        report = ready.send(silent)
        seconds = time.perf_counter() - started
    assert report.lines == [f"Verschickt: {mails}"], report.lines
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / mails
    told = f"{mails / seconds:,.0f} mails/s, {used * 1000:.2f} ms of CPU each"
    if pace.per_minute:
        told = f"{mails / seconds * 60:,.1f} mails a minute of {pace.per_minute:,}"
    print(
        f"{name}, {pace.connections} connections: {told}, memory {before.ru_maxrss // 1024} MB before, "
        f"{after.ru_maxrss // 1024} MB at most",
        flush=True,
    )


def _measure_mailman(members: int, *, personalized: bool) -> None:
    """Post a letter and wait until Postfix has delivered it to everybody."""
    with (
        mailman_server({"virtual_transport": "discard:"}, personalized=personalized) as server,
        tempfile.TemporaryDirectory() as name,
    ):
        folder = Path(name)
        environment = {**server.environment, "SCHAUKASTEN_LEDGER": str(folder / "ledger")}
        letter = build_letter(folder / "project", _LETTER, profile="mailman")
        order = replace(_order(folder, server.post.address, 0), letter=letter, environment=environment, recipients=None)
        address = str(letter.manifest["list"])
        mailman = Mailman(access_of(environment, order.project))
        mailman.set_up(Announcement(address=address, sender=letter.sender))
        server.subscribe(address, (f"kim{number}@example.org" for number in range(members)))
        started = time.perf_counter()
        report = MailmanEngine(order).send(silent)
        assert report.is_complete, report.lines
        delivered = 0
        while delivered < members:
            time.sleep(0.2)
            delivered = server.post.log.read_text().count("@example.org>, relay=none, ")
            assert time.perf_counter() - started < _TOO_LONG, delivered
        seconds = time.perf_counter() - started
    how = "one message for each" if personalized else "one message for many"
    print(f"Mailman, {how}: {members:,} members in {seconds:.1f} s, {members / seconds:,.0f} mails/s", flush=True)


def _order(folder: Path, address: str, mails: int, pace: Pace = _FAST) -> Order:
    key = folder / "dkim.pem"
    key.write_bytes(
        rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    key.chmod(0o600)
    project = folder / "project"
    return Order(
        letter=build_letter(project, _LETTER),
        project=project,
        environment={
            "SCHAUKASTEN_SMTP": address,
            "SCHAUKASTEN_LEDGER": str(folder / "ledger"),
            "SCHAUKASTEN_DKIM": f"benchmark={key}",
        },
        clock=lambda: datetime.now(UTC),
        recipients=write_people(folder / "leser.csv", mails),
        pace=pace,
    )


def _size() -> int:
    with tempfile.TemporaryDirectory() as folder:
        return len(build_letter(Path(folder), _LETTER).files["letter.eml"])


@contextmanager
def _sink() -> Iterator[str]:
    port = free_port()
    command = ["smtp-sink", "-u", "nobody", f"127.0.0.1:{port}", "1000"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(1)
        try:
            yield f"smtp+plain://127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def _postfix() -> Iterator[str]:
    """Run Postfix, which takes mails into its queue and then drops them: mailboxes are not what is measured."""
    with post_office({"virtual_transport": "discard:"}) as server:
        yield server.address


if __name__ == "__main__":
    main()
