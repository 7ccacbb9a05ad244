"""Tasks wait their time, and all of them where a server wants nothing of anybody for a while."""

import pytest

from newsletter.delivery import outbox as module
from newsletter.delivery.address import checked
from newsletter.delivery.outbox import Outbox, Task
from newsletter.delivery.recipient import Recipient


class Clock:
    """A clock that goes on when it is told to."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def outbox(people: int) -> Outbox:
    recipients = [Recipient(line=line, address=checked(f"kim{line}@example.org")) for line in range(people)]
    return Outbox(recipients, (60.0, 300.0))


def taken(outbox: Outbox) -> Task:
    task = outbox.take_at_once()
    assert task is not None
    return task


def test_while_a_server_wants_nothing_nobody_asks_it(clock: Clock) -> None:
    box = outbox(3)
    one, other = taken(box), taken(box)
    assert box.hold(one)
    clock.now += 1
    # What was under way at the same time makes the pause no longer.
    assert box.hold(other)
    assert box.take_at_once() is None
    clock.now += 59
    again = taken(box)
    assert (again.number, again.tries) == (0, 0)
    assert box.hold(again)
    clock.now += 299
    assert box.take_at_once() is None
    clock.now += 1
    assert not box.hold(taken(box))


@pytest.mark.parametrize("how", [Outbox.finish, Outbox.put_off], ids=["taken", "refused for the moment"])
def test_pauses_begin_anew_once_mails_are_looked_at(how: object, clock: Clock) -> None:
    box = outbox(4)
    for _ in range(3):
        assert box.hold(taken(box))
        clock.now += 60
        if how is Outbox.finish:
            taken(box)
            box.finish()
        else:
            box.put_off(taken(box))


def test_a_mail_that_breaks_connections_does_not_shorten_pauses(clock: Clock) -> None:
    box = outbox(1)
    for pause in (60, 300):
        assert box.hold(taken(box))
        clock.now += pause
        for _ in range(2):
            box.try_again(taken(box))
    assert not box.hold(taken(box))
