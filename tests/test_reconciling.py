"""What a log decides of a letter in the ledger: only a log that shows the connection of a mail, to the right server."""

from datetime import timedelta
from pathlib import Path

import pytest

from newsletter.delivery.ledger import Ledger
from newsletter.delivery.reconciling import Reconciled, reconcile
from newsletter.delivery.sending import Entry, State
from tests.letters_to_send import NOW

LETTER, EARLIER = "testallianz/ausgabe-7", "testallianz/ausgabe-6"
AT = int(NOW.timestamp())


def line(seconds: float, text: str, host: str = "mail") -> str:
    return f"{(NOW + timedelta(seconds=seconds)).isoformat()} {host} postfix/{text}\n"


def taken(number: str, seconds: float, host: str = "mail") -> str:
    """Return what is written of a mail that was taken from this machine."""
    return (
        line(seconds, "smtpd[1]: connect from localhost[127.0.0.1]", host)
        + line(seconds, "smtpd[1]: ABCDEF: client=localhost[127.0.0.1]", host)
        + line(seconds, f"cleanup[2]: ABCDEF: message-id=<{number}.ausgabe@test.example.org>", host)
        + line(seconds, "qmgr[3]: ABCDEF: removed", host)
        + line(seconds, "smtpd[1]: disconnect from localhost[127.0.0.1] ehlo=1 data=1 quit=1 commands=5", host)
    )


BROKEN = line(-1, "smtpd[4]: connect from localhost[127.0.0.1]") + line(
    2, "smtpd[4]: disconnect from localhost[127.0.0.1] ehlo=1 commands=1"
)


@pytest.mark.parametrize(
    ("log", "state"),
    [
        (taken("{earlier}", -60) + BROKEN, State.OPEN),
        (taken("{own}", 0), State.SENT),
        (BROKEN, State.SENDING),
        (taken("{earlier}", -60) + line(60, "qmgr[3]: ABCDEF: removed"), State.SENDING),
        (taken("{earlier}", -60, "other") + BROKEN, State.SENDING),
        (taken("0123456789abcdef0123456789abcdef", -60) + BROKEN, State.SENDING),
    ],
    ids=["shown", "taken", "nothing of ours", "a gap", "another server's", "somebody else's"],
)
def test_a_log_decides_only_where_it_shows_the_connection(log: str, state: State, tmp_path: Path) -> None:
    """An earlier letter shows which server it is, as with a list, which gets one mail of each letter."""
    file = tmp_path / "mail.log"
    with Ledger(tmp_path / "ledger") as ledger:
        list_ = ledger.recipient("presse@lists.example.org")
        earlier = ledger.begin(EARLIER, b"6", [list_], NOW)
        ledger.claim(earlier, list_, NOW)
        ledger.settle(earlier, list_, Entry(State.SENT, "", AT - 60))
        sending = ledger.begin(LETTER, b"7", [list_], NOW)
        ledger.claim(sending, list_, NOW)
        numbers = {"earlier": ledger.number(EARLIER, list_), "own": ledger.number(LETTER, list_)}
        file.write_text(log.format(**numbers), encoding="utf-8")
        reconcile(ledger, sending, [file], NOW + timedelta(hours=1))
        assert ledger.entries(sending)[list_].state is state


def test_it_is_told_that_clocks_differ() -> None:
    told = "Nach dem Protokoll des Servers: 1 verschickt, 2 nicht verschickt, 3 weiter zweifelhaft"
    assert str(Reconciled(1, 2, 3, clocks_agree=True)) == told
    why = "; seine Uhr scheint anders zu gehen als die hiesige"
    assert str(Reconciled(1, 2, 3, clocks_agree=False)) == told + why
    assert str(Reconciled(1, 0, 0, clocks_agree=False)).endswith(" 0 weiter zweifelhaft")
