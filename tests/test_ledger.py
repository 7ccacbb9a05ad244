"""The ledger knows who got which letter, tells nobody's address, and forgets only what it is told to forget."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import ProblemsFound
from newsletter.delivery import store
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.sending import Entry, Sending, State
from tests.letters_to_send import NOW
from tests.properties import property_settings

AT = int(NOW.timestamp())
LETTER = "testallianz/ausgabe-7"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger") as opened:
        yield opened


def begun(ledger: Ledger, *people: str) -> tuple[Sending, list[bytes]]:
    ids = [ledger.recipient(one) for one in people]
    return ledger.begin(LETTER, b"digest", ids, NOW), ids


def test_who_may_have_got_a_letter_is_not_sent_it_again(ledger: Ledger) -> None:
    sending, (kim, ali) = begun(ledger, "kim@example.org", "ali@example.org")
    assert ledger.claim(sending, kim, NOW)
    assert not ledger.claim(sending, kim, NOW)
    assert ledger.settle(sending, kim, Entry(State.SENT, "", AT))
    assert not ledger.claim(sending, kim, NOW)
    assert ledger.claim(sending, ali, NOW)
    assert ledger.settle(sending, ali, Entry(State.LATER, "450 4.2.1", AT))
    assert ledger.claim(sending, ali, NOW)
    assert not ledger.claim(sending, ledger.recipient("lou@example.org"), NOW)


STEPS = st.lists(
    st.tuples(st.sampled_from(["claim", "settle", "begin"]), st.integers(0, 2), st.sampled_from(list(State))),
    max_size=30,
)


@given(STEPS)
@property_settings(40)
def test_no_order_of_steps_lets_a_sent_letter_be_claimed(steps: list[tuple[str, int, State]]) -> None:
    """After it was sent, or refused for good, a letter is never claimed again, whatever happens."""
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger") as ledger:
        sending, ids = begun(ledger, "a@example.org", "b@example.org", "c@example.org")
        over: set[bytes] = set()
        for step, number, state in steps:
            one = ids[number]
            match step:
                case "begin":
                    begun(ledger, "a@example.org", "b@example.org", "c@example.org")
                case "claim":
                    assert not (ledger.claim(sending, one, NOW) and one in over)
                case "settle" if ledger.settle(sending, one, Entry(state, "", AT)):
                    assert one not in over
                    over |= {one} if state in {State.SENT, State.FAILED} else set()


def test_what_was_written_is_there_again(tmp_path: Path) -> None:
    numbers = set()
    for time in range(2):
        with Ledger(tmp_path / "ledger") as ledger:
            sending, (kim, _) = begun(ledger, "kim@example.org", "ali@example.org")
            assert ledger.claim(sending, kim, NOW) is (time == 0)
            assert ledger.counts(sending) == {State.SENDING: 1, State.OPEN: 1}
            numbers.add(ledger.number(LETTER, kim))
    (number,) = numbers
    assert re.fullmatch("[0-9a-f]{32}", number)


def test_no_address_is_in_it_and_nobody_else_can_look_into_it(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger") as ledger:
        sending, (kim,) = begun(ledger, "kim@example.org")
        ledger.claim(sending, kim, NOW)
        ledger.suppress([kim], NOW)
        files = [file for file in (tmp_path / "ledger").rglob("*") if file.is_file()]
        assert all(b"kim" not in file.read_bytes() for file in files)
        assert all(b"example.org" not in file.read_bytes() for file in files)
        assert (tmp_path / "ledger").stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in files if file.name != "lock"} == {0o600}


def test_two_ledgers_have_different_names_for_the_same_person(tmp_path: Path) -> None:
    with Ledger(tmp_path / "one") as one, Ledger(tmp_path / "other") as other:
        assert one.recipient("kim@example.org") != other.recipient("kim@example.org")


def test_a_letter_has_other_numbers_than_another(ledger: Ledger) -> None:
    kim = ledger.recipient("kim@example.org")
    assert len({ledger.number("a", kim), ledger.number("b", kim), kim.hex()}) == 3


def test_a_letter_that_changed_begins_anew_only_where_nobody_may_have_it(ledger: Ledger) -> None:
    later = int((NOW + timedelta(hours=1)).timestamp())
    for entry, is_unsent in (
        (Entry(State.FAILED, "550 5.1.1", AT), True),
        (Entry(State.LATER, "450 4.2.1", AT), True),
        (Entry(State.PLANNED, "", later), True),
        (Entry(State.PLANNED, "", AT), False),
        (Entry(State.SENDING, "", AT), False),
        (Entry(State.SENT, "", AT), False),
    ):
        letter = f"{LETTER}-{entry}"
        recipients = [ledger.recipient("kim@example.org"), ledger.recipient("ali@example.org")]
        sending = ledger.begin(letter, b"one", recipients, NOW)
        ledger.claim(sending, recipients[0], NOW)
        ledger.settle(sending, recipients[0], entry)
        assert ledger.is_unsent(sending, NOW) == is_unsent
        again = ledger.begin(letter, b"other", recipients, NOW)
        assert again.digest == (b"other" if is_unsent else b"one")
        assert (ledger.entries(again)[recipients[0]] == entry) != is_unsent
    sending, _ = begun(ledger, "kim@example.org")
    ledger.purge(sending, NOW)
    assert not ledger.is_unsent(sending._replace(purged=AT), NOW)


def test_what_is_purged_is_gone_but_not_that_it_was_sent(ledger: Ledger, tmp_path: Path) -> None:
    sending, (kim,) = begun(ledger, "kim@example.org")
    ledger.suppress([ledger.recipient("lou@example.org")], NOW)
    ledger.purge(sending, NOW)
    again = ledger.sending(LETTER)
    assert again is not None
    assert again.purged == AT
    assert ledger.entries(again) == {}
    assert ledger.suppressed() == {ledger.recipient("lou@example.org")}
    assert all(kim not in file.read_bytes() for file in (tmp_path / "ledger").glob("versand*"))


def test_who_left_can_come_back(ledger: Ledger) -> None:
    kim = ledger.recipient("kim@example.org")
    ledger.suppress([kim, kim], NOW)
    assert ledger.suppressed() == {kim}
    ledger.release([kim])
    assert ledger.suppressed() == frozenset()


def test_only_one_sends_a_letter(ledger: Ledger) -> None:
    with (
        ledger.alone(LETTER),
        ledger.alone("testallianz/ausgabe-8"),
        pytest.raises(ProblemsFound, match="wird gerade von einem anderen Lauf verschickt"),
        ledger.alone(LETTER),
    ):
        pytest.fail("two at once")
    with ledger.alone(LETTER):
        pass


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    with Ledger(tmp_path):
        pass
    (tmp_path / "schluessel").unlink()
    with pytest.raises(ProblemsFound, match="Der Schlüssel zum Versandbuch fehlt"):
        Ledger(tmp_path)


def test_a_damaged_ledger_is_told(tmp_path: Path) -> None:
    with Ledger(tmp_path):
        pass
    (tmp_path / "versand.sqlite3").write_bytes(b"something else" * 1000)
    with pytest.raises(ProblemsFound, match=r"Das Versandbuch ist beschädigt \(.*\)\. Es nicht löschen, und eine Sich"):
        Ledger(tmp_path)


def test_a_ledger_that_is_in_use_is_not_told_as_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    file = tmp_path / "versand.sqlite3"
    with Ledger(tmp_path) as ledger, closing(sqlite3.connect(file, isolation_level=None)) as other:
        sending, (kim,) = begun(ledger, "kim@example.org")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProblemsFound) as told:
            ledger.claim(sending, kim, NOW)
        assert str(told.value) == (
            f"{file}:1: Das Versandbuch wird gerade von einem anderen Lauf oder Programm benutzt. "
            "Später noch einmal mit demselben Befehl."
        )
        other.execute("ROLLBACK")
        assert ledger.claim(sending, kim, NOW)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only some systems tell which files are open")
def test_a_damaged_ledger_is_let_go_of(tmp_path: Path) -> None:
    file = tmp_path / "versand.sqlite3"
    with Ledger(tmp_path):
        pass
    file.write_bytes(b"something else" * 1000)
    with pytest.raises(ProblemsFound) as told:
        Ledger(tmp_path)
    assert told.value.__traceback__, "what was at work is still there"
    opened = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    assert str(file) not in [os.readlink(link) for link in opened if os.path.lexists(link)]


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
@pytest.mark.parametrize("name", ["", "schluessel"])
def test_a_ledger_that_others_can_read_is_refused(name: str, tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger"):
        pass
    (tmp_path / "ledger" / name).chmod(0o755)
    with pytest.raises(ProblemsFound, match=r"auch für andere lesbar\. Die Rechte ändern: chmod "):
        Ledger(tmp_path / "ledger")


def test_a_claim_lasts_through_a_loss_of_power(ledger: Ledger) -> None:
    """SQLite waits for the disk before a claim is made, and not after a mail was sent."""
    seen: list[str] = []
    connection = ledger._store._connection
    connection.set_trace_callback(seen.append)
    sending, (kim,) = begun(ledger, "kim@example.org")
    for step, wanted in (("claim", "FULL"), ("settle", "NORMAL")):
        seen.clear()
        if step == "claim":
            ledger.claim(sending, kim, NOW)
        else:
            ledger.settle(sending, kim, Entry(State.SENT, "", AT))
        assert seen[:2] == [f"PRAGMA synchronous = {wanted}", "BEGIN IMMEDIATE"]
        assert seen[-1] == "COMMIT"
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
