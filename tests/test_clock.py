"""What is built can be told the time; what happens cannot."""

from datetime import UTC, datetime, timedelta

import pytest

from generator.clock import current_time, real_time
from generator.problems import ProblemsFound


def test_the_time_of_what_is_built_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795345200")
    assert current_time() == datetime(2026, 11, 22, 11, tzinfo=UTC)
    assert abs(real_time() - datetime.now(UTC)) < timedelta(minutes=1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert abs(current_time() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("epoch", ["gestern", "1.5", "9" * 30])
def test_a_time_that_is_none_is_told(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ProblemsFound, match=f"SOURCE_DATE_EPOCH:1: „{epoch}“ ist kein Zeitpunkt. Die Sekunden seit"):
        current_time()
