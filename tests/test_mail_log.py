"""What a server's log says of a mail, and what it does not say."""

import gzip
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsletter.delivery.mail_log import Found, look_up
from newsletter.delivery.reconciling import log_lines
from tests.project import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/smtp/postfix-logs.yml").read_text(encoding="utf-8"))
SINCE = datetime(2026, 11, 25, 12, 0, 5, tzinfo=UTC)
UNTIL = SINCE + timedelta(seconds=1.9)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let local time be what the cases mean."""
    if not hasattr(time, "tzset"):
        pytest.skip("the local time cannot be set here")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_log_says_what_became_of_a_mail(case: dict[str, Any]) -> None:
    found = look_up(case["log"].splitlines(), ["aaaa"], since=SINCE, until=UNTIL, now=UNTIL + timedelta(minutes=5))
    assert found == {"aaaa": Found(case["found"])}


def test_a_log_of_last_year_is_not_of_the_future() -> None:
    lines = ["Dec 31 23:59:59 mail postfix/smtpd[1]: connect from x", "Jan  1 00:00:03 mail postfix/qmgr[1]: x"]
    turn = datetime(2027, 1, 1, tzinfo=UTC)
    found = look_up(lines, ["aaaa"], since=turn, until=turn + timedelta(seconds=3), now=turn + timedelta(minutes=1))
    assert found == {"aaaa": Found.UNKNOWN}, "a connection is open"
    lines.append("Jan  1 00:00:03 mail postfix/smtpd[1]: disconnect from x")
    found = look_up(lines, ["aaaa"], since=turn, until=turn + timedelta(seconds=3), now=turn + timedelta(minutes=1))
    assert found == {"aaaa": Found.NOT_TAKEN}


def test_logs_are_read_in_their_order_and_unpacked(tmp_path: Path) -> None:
    new, old = tmp_path / "mail.log", tmp_path / "mail.log.2.gz"
    new.write_bytes(b"third\n\xff\n")
    old.write_bytes(gzip.compress(b"first\nsecond\n"))
    os.utime(old, (1, 1))
    assert list(log_lines([new, old])) == ["first\n", "second\n", "third\n", "\ufffd\n"]
