"""Mails leave as fast as is allowed, and no faster."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from newsletter.delivery import throttle
from newsletter.delivery.throttle import Throttle


class Clock:
    """A clock that only goes on while somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Stopped(Event):
    """Lets the clock go on instead of waiting."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.now += timeout or 0
        return self.is_set()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(throttle, "time", clock)
    return clock


@pytest.mark.parametrize("per_minute", [1, 7, 60, 600, 6000])
def test_so_many_leave_in_a_minute(per_minute: int, clock: Clock) -> None:
    paced, stopped, begun = Throttle(per_minute), Stopped(clock), clock.now
    for _ in range(per_minute * 3):
        assert paced.wait(stopped)
    assert clock.now - begun == pytest.approx(180, abs=60 / per_minute + 0.001)


def test_a_slow_server_is_made_up_for_but_not_in_a_burst(clock: Clock) -> None:
    paced, stopped = Throttle(600), Stopped(clock)
    paced.wait(stopped)
    clock.now += 60
    begun = clock.now
    for _ in range(100):
        paced.wait(stopped)
    assert clock.now - begun == pytest.approx(9, abs=0.2)


def test_who_is_told_to_stop_waits_no_longer() -> None:
    paced, stopped = Throttle(1), Event()
    assert paced.wait(stopped)
    stopped.set()
    begun = time.monotonic()
    assert not paced.wait(stopped)
    assert not Throttle(0).wait(stopped)
    assert time.monotonic() - begun < 5


def test_several_threads_share_the_pace() -> None:
    paced, stopped, begun = Throttle(6000), Event(), time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: paced.wait(stopped), range(101)))
    assert time.monotonic() - begun >= 0.99
