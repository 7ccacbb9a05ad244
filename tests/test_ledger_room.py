"""Where the disk under the ledger is full, nothing is sent that could not be written down, and nothing twice."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.progress import silent
from newsletter.delivery.smtp_engine import SmtpEngine
from tests.letters_to_send import order
from tests.mail_servers import misbehaving
from tests.test_no_room import forbidden, small_disk, used

pytestmark = pytest.mark.slow

PEOPLE = 1500
"""So many that what is written down beside the ledger needs room of its own."""

ENOUGH_TO_BEGIN = 200
"""Kilobytes that are enough to write down who gets the letter."""

FULL_DISK = "Der Datenträger ist voll."


@pytest.fixture
def resize(tmp_path: Path) -> Iterator[Callable[[int], None]]:
    with small_disk(tmp_path / "disk") as change:
        yield change


@pytest.mark.parametrize("room", [0, 8, 64, 200, 400], ids=lambda room: f"{room} KB")
def test_a_full_disk_under_the_ledger_loses_nobody(room: int, resize: Callable[[int], None], tmp_path: Path) -> None:
    environment = {"SCHAUKASTEN_LEDGER": str(tmp_path / "disk" / "ledger")}
    with misbehaving() as server:
        address = f"smtp+plain://127.0.0.1:{server.port}"
        ready = SmtpEngine(order(tmp_path, address, PEOPLE, environment=environment))
        ready.plan()
        resize(used(tmp_path / "disk") + room)
        before = told(ready, tmp_path / "disk")
        assert FULL_DISK in before or not server.raw
        assert bool(server.raw) == (room >= ENOUGH_TO_BEGIN)
        resize(64 << 10)
        report = ready.send(silent)
        # What left while its answer could not be written down is held back, and listed.
        assert PEOPLE - 2 <= len(server.raw) <= PEOPLE
        assert len(set(server.taken)) == len(server.raw)
        assert any(line.startswith("Zweifelhaft") for line in report.lines) == (not report.is_complete)


def told(ready: SmtpEngine, place: Path) -> str:
    """Send; return what is told at the end, or where there was no room to begin."""
    try:
        report = ready.send(silent)
    except OSError as error:
        return "" if error.errno == errno.ENOSPC and Path(str(error.filename)).is_relative_to(place) else str(error)
    assert not report.is_complete
    return report.lines[-1]


def test_a_ledger_that_must_not_be_written_is_told(tmp_path: Path) -> None:
    with misbehaving() as server:
        ready = SmtpEngine(order(tmp_path, f"smtp+plain://127.0.0.1:{server.port}"))
        ready.plan()
        with forbidden(tmp_path / "ledger"):
            assert str(tmp_path / "ledger") in told(ready, tmp_path)
        assert server.raw == []
        assert ready.send(silent).lines == ["Verschickt: 3"]
