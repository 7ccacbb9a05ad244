"""Progress: nothing for what is quick, a bar in a terminal, plain lines elsewhere."""

import sys

import pytest

from generator import terminal
from generator.terminal import TerminalProgress


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(terminal.time, "monotonic", clock)
    return clock


def work(clock: Clock, seconds: float, pieces: int = 100) -> None:
    with TerminalProgress() as progress:
        for number in range(1, pieces + 1):
            clock.now += seconds / pieces
            progress("Texte umwandeln", number, pieces)


def test_what_is_quick_needs_no_progress(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    work(clock, 0.9)
    assert capsys.readouterr() == ("", "")


def test_where_there_is_no_terminal_a_line_tells_from_time_to_time(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    work(clock, 12)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Texte umwandeln: 9 von 100"
    assert len(lines) == 3
    assert not any("\x1b" in line or "\r" in line for line in lines)


def test_in_a_terminal_a_bar_grows_and_goes(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    work(clock, 4)
    *shown, last = capsys.readouterr().err.split("\r\x1b[2K")[1:]
    assert last == ""
    assert "Texte umwandeln" in shown[-1]
    assert [line.count("█") for line in shown] == sorted(line.count("█") for line in shown)
    assert shown[-1].count("█") > shown[0].count("█")
