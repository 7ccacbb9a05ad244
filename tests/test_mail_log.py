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

from generator.problems import ProblemsFound
from newsletter.delivery.mail_log import Found
from newsletter.delivery.reconciling import log_lines
from newsletter.delivery.verdict import look_up
from tests.project import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/smtp/postfix-logs.yml").read_text(encoding="utf-8"))
AT = datetime(2026, 11, 25, 12, 0, 5, tzinfo=UTC)
TAKEN = datetime(2026, 11, 25, 11, 0, 1, tzinfo=UTC)
WITNESS = """\
Nov 25 11:00:00 mail postfix/smtpd[10]: connect from localhost[127.0.0.1]
Nov 25 11:00:01 mail postfix/smtpd[10]: 0A2B3C4D: client=localhost[127.0.0.1]
Nov 25 11:00:01 mail postfix/cleanup[12]: 0A2B3C4D: message-id=<bbbb.ausgabe-7@test.example.org>
Nov 25 11:00:01 mail postfix/qmgr[13]: 0A2B3C4D: removed
Nov 25 11:00:02 mail postfix/smtpd[10]: disconnect from localhost[127.0.0.1] ehlo=1 data=1 quit=1 commands=5
"""
"""Shows that a log is that of our server."""


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
    lines = (("" if case.get("alone") else WITNESS) + case["log"]).splitlines()
    assert look_up(lines, {"aaaa": AT}, {"bbbb": TAKEN, "never seen": AT}, AT + timedelta(minutes=5)) == (
        {"aaaa": Found(case["found"])},
        True,
    )


def session(process: int, opened: int, closed: int, mail: str = "") -> str:
    """Return what is written of a connection, by the seconds after 12:00, that broke off in a mail, if one is named."""
    steps = [
        (opened, f"smtpd[{process}]: connect from localhost[127.0.0.1]"),
        (closed, f"smtpd[{process}]: {process}AAAAAA: client=localhost[127.0.0.1]"),
        (closed, f"cleanup[12]: {process}AAAAAA: message-id=<{mail}.ausgabe-7@test.example.org>"),
        (closed, f"smtpd[{process}]: lost connection after DATA (9 bytes) from localhost[127.0.0.1]"),
        (closed, f"smtpd[{process}]: disconnect from localhost[127.0.0.1] ehlo=1 commands=1"),
    ]
    told = steps if mail else [steps[0], steps[-1]]
    return "".join(f"Nov 25 12:00:{second:02} mail postfix/{text}\n" for second, text in told)


@pytest.mark.parametrize(
    ("sessions", "not_taken"),
    [
        (session(20, 4, 6) + session(21, 4, 6), {"a5", "b5"}),
        (session(20, 4, 6), set()),
        (session(20, 4, 6) + session(21, 4, 6, "a5"), {"a5", "b5"}),
        (session(20, 4, 6, "a5"), {"a5"}),
        (session(20, 4, 9) + session(21, 4, 6), set()),
        (session(20, 4, 6) + session(21, 4, 6) + session(22, 7, 9), {"a5", "b5", "c8"}),
        (session(22, 7, 9), {"c8"}),
    ],
)
def test_each_mail_has_a_connection_of_its_own(sessions: str, not_taken: set[str]) -> None:
    doubtful = {number: AT.replace(second=int(number[1])) for number in ("a5", "b5", "c8")}
    found = look_up((WITNESS + sessions).splitlines(), doubtful, {"bbbb": TAKEN}, AT + timedelta(minutes=5))
    assert {number for number, verdict in found.found.items() if verdict is Found.NOT_TAKEN} == not_taken


def test_one_that_is_not_shown_keeps_no_later_one_from_being_decided() -> None:
    doubtful = {number: AT.replace(second=int(number[1:])) for number in ("a5", "b6", "c20", "d40")}
    lines = (WITNESS + session(20, 4, 7) + session(21, 19, 21) + session(22, 39, 41)).splitlines()
    found = look_up(lines, doubtful, {"bbbb": TAKEN}, AT + timedelta(minutes=5))
    assert {number for number, verdict in found.found.items() if verdict is Found.NOT_TAKEN} == {"c20", "d40"}


@pytest.mark.parametrize("seconds", [-3600, -3, 3, 3600])
def test_a_server_with_another_time_shows_nothing_by_what_is_missing(seconds: int) -> None:
    lines = (WITNESS + session(20, 4, 6)).splitlines()
    sent = {"bbbb": TAKEN + timedelta(seconds=seconds)}
    assert look_up(lines, {"aaaa": AT}, sent, AT + timedelta(minutes=5)) == ({"aaaa": Found.UNKNOWN}, False)


def test_a_log_of_last_year_is_not_of_the_future() -> None:
    turn = datetime(2027, 1, 1, tzinfo=UTC)
    lines = [
        *WITNESS.splitlines(),
        "Dec 31 23:59:59 mail postfix/smtpd[1]: connect from x[127.0.0.1]",
        "Jan  1 00:00:03 mail postfix/qmgr[1]: x",
    ]
    now = turn + timedelta(minutes=1)
    assert look_up(lines, {"aaaa": turn}, {"bbbb": TAKEN}, now).found == {"aaaa": Found.UNKNOWN}, "a connection is open"
    lines.append("Jan  1 00:00:03 mail postfix/smtpd[1]: disconnect from x[127.0.0.1] ehlo=1 commands=1")
    assert look_up(lines, {"aaaa": turn}, {"bbbb": TAKEN}, now).found == {"aaaa": Found.NOT_TAKEN}


def test_logs_are_read_in_their_order_and_unpacked(tmp_path: Path) -> None:
    new, old = tmp_path / "mail.log", tmp_path / "mail.log.2.gz"
    new.write_bytes(b"third\n\xff\n")
    old.write_bytes(gzip.compress(b"first\nsecond\n"))
    os.utime(old, (1, 1))
    assert list(log_lines([new, old])) == ["first\n", "second\n", "third\n", "\ufffd\n"]


@pytest.mark.parametrize(
    "data",
    [gzip.compress(os.urandom(5000))[:2000], b"plain text", gzip.compress(b"x")[:-4] + b"1234"],
    ids=["cut off", "not packed", "changed"],
)
def test_a_damaged_log_is_named(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "mail.log.2.gz"
    file.write_bytes(data)
    with pytest.raises(ProblemsFound, match=r"mail\.log\.2\.gz:1: Das gepackte Protokoll ist beschädigt"):
        list(log_lines([file]))
