"""What a log decides while a sender is killed again and again: in the end all, and never anything wrongly."""

import random

import pytest

from tests.imagined_postfix import Sender
from tests.test_mail_log import in_utc

__all__ = ["in_utc"]

SEEDS, ALL_SEEDS = 1, 40
KILLS, ALL_KILLS = 20, 40


@pytest.mark.parametrize("connections", [1, 4])
@pytest.mark.parametrize("skew", [0, -0.02, 0.5, -0.5, 0.9, -0.9])
def test_all_is_decided_in_the_end_and_nothing_wrongly(
    skew: float, connections: int, pytestconfig: pytest.Config
) -> None:
    full = pytestconfig.getoption("--full")
    for seed in range(ALL_SEEDS if full else SEEDS):
        sender = imagined(seed, skew, connections, ALL_KILLS if full else KILLS)
        assert sender.open == {}, seed
        assert sorted(sender.taken) == sorted(sender.sent), f"nobody twice, nobody wrongly: {seed}"


@pytest.mark.parametrize("connections", [1, 4])
@pytest.mark.parametrize("skew", [-3600, -2.5, -1.5, 1.5, 2.5, 3600])
def test_with_clocks_that_differ_more_nobody_gets_a_letter_twice(
    skew: float, connections: int, pytestconfig: pytest.Config
) -> None:
    for seed in range(ALL_SEEDS if pytestconfig.getoption("--full") else SEEDS):
        sender = imagined(seed, skew, connections, KILLS)
        assert len(sender.taken) == len(set(sender.taken)), seed
        assert set(sender.sent) <= set(sender.taken), seed


def imagined(seed: int, skew: float, connections: int, kills: int) -> Sender:
    """Return who sent, was killed so often, and looked into the log in the end."""
    draw = random.Random(seed)
    sender = Sender(draw, skew, [f"{number:04x}" for number in range(12 * kills * connections)])
    for _ in range(kills):
        sender.time += draw.uniform(0.25, 0.8)
        sender.reconcile()
        sender.run(connections, draw.uniform(0.03, 0.2))
    sender.time += 100
    sender.reconcile()
    return sender
