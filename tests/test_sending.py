"""With a real mail server: everybody gets the letter once, whenever the sender is killed, and finds it signed."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.progress import silent
from newsletter.delivery.dkim import Signer, read_key
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.sending import State
from newsletter.delivery.smtp_engine import SmtpEngine
from tests.letters_to_send import build_letter, order, write_people
from tests.post_office import PostOffice, post_office
from tests.test_mails import is_good, keys

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither Postfix nor signals of this kind"),
]

SHORT, FULL = 8, 200
PEOPLE_A_KILL = 60
"""For each connection: enough that not all have the letter before the last kill."""

_SCRIPT = """
import os, signal, sys, threading
from newsletter.delivery.connection import Connection

seconds = float(sys.argv[1])
deliver = Connection.deliver
begun = threading.Event()

def killed_soon(connection, mail):
    if not begun.is_set():
        begun.set()
        threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return deliver(connection, mail)

if seconds >= 0:
    Connection.deliver = killed_soon
sys.argv = ["schaukasten", *sys.argv[2:]]
from generator.__main__ import main
main()
"""
"""The command, killed so many seconds after it began to send; never, if they are negative."""


@pytest.fixture(scope="module")
def server() -> Iterator[PostOffice]:
    with post_office() as running:
        yield running


@pytest.fixture
def mailbox(server: PostOffice) -> PostOffice:
    server.clear()
    return server


def send(folder: Path, server: PostOffice, seconds: float, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment: Mapping[str, str] = {
        **os.environ,
        "SCHAUKASTEN_SMTP": server.address,
        "SCHAUKASTEN_LEDGER": str(folder / "ledger"),
    }
    options = ["--via", "smtp", "--recipients", "../leser.csv", "--per-minute", "0", "--really", *arguments]
    return subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(seconds), "newsletter", "send", "7", *options],
        cwd=folder / "project",
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("connections", ["1", "4"])
def test_whenever_it_is_killed_everybody_gets_the_letter_once(
    connections: str, mailbox: PostOffice, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    kills = (FULL if pytestconfig.getoption("--full") else SHORT) // 2
    people = kills * PEOPLE_A_KILL * int(connections)
    build_letter(tmp_path / "project", "Text. " * 5000)
    write_people(tmp_path / "leser.csv", people)
    draw, killed = random.Random(int(connections)), 0
    arguments = ("--connections", connections, "--log", str(mailbox.log))
    for _ in range(kills * 2):
        result = send(tmp_path, mailbox, draw.uniform(0, 0.1), *arguments)
        assert result.returncode in {0, 1, -signal.SIGKILL}, result.stderr
        killed += result.returncode == -signal.SIGKILL
        if killed == kills or result.returncode == 0:
            break
    assert killed == kills
    for _ in range(30):
        result = send(tmp_path, mailbox, -1, *arguments)
        assert "Traceback" not in result.stderr
        if result.returncode == 0:
            break
        time.sleep(1)
    # Kept with the ledger where it fails: only the log tells what could not be decided, and why.
    shutil.copy(mailbox.log, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    mailbox.wait(people)
    time.sleep(1)  # for what might come twice
    counts = Counter(str(mail["To"]) for mail in mailbox.mails())
    assert set(counts.values()) == {1}
    assert len(counts) == people


def test_without_a_log_what_is_doubtful_is_listed_and_held_back(mailbox: PostOffice, tmp_path: Path) -> None:
    people = 60
    build_letter(tmp_path / "project", "Text. " * 5000)
    write_people(tmp_path / "leser.csv", people)
    for seconds in (0.02, 0.05):
        send(tmp_path, mailbox, seconds, "--connections", "2")
    result = send(tmp_path, mailbox, -1)
    time.sleep(1)
    counts = Counter(str(mail["To"]) for mail in mailbox.mails())
    assert set(counts.values()) == {1}
    with Ledger(tmp_path / "ledger") as ledger:
        (sending,) = ledger.sendings()
        states = ledger.counts(sending)
    doubtful = states.get(State.SENDING, 0)
    assert states == {State.SENT: people - doubtful} | ({State.SENDING: doubtful} if doubtful else {})
    assert doubtful <= 4, "one for each connection"
    assert (f"Zweifelhaft, ob verschickt: {doubtful} (Zeile " in result.stdout) == bool(doubtful)
    assert people - doubtful <= len(counts) <= people


def test_what_arrives_is_what_was_signed(mailbox: PostOffice, tmp_path: Path) -> None:
    pairs = []
    for kind in ("rsa", "ed25519"):
        file = tmp_path / f"{kind}.pem"
        file.write_bytes(keys()[kind])
        file.chmod(0o600)
        pairs.append(f"{kind}={file}")
    environment = {"SCHAUKASTEN_DKIM": ",".join(pairs)}
    report = SmtpEngine(order(tmp_path, mailbox.address, 5, environment=environment)).send(silent)
    assert report.lines == ["Verschickt: 5"]
    mailbox.wait(5)
    signers = [
        Signer(key=read_key(tmp_path / f"{kind}.pem", kind), domain="test.example.org", date=datetime.now(UTC))
        for kind in ("rsa", "ed25519")
    ]
    arrived = mailbox.raw()
    assert len(arrived) == 5
    for content in arrived:
        assert [is_good(content, signers, number) for number in range(2)] == [True, True]
