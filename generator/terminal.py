"""Progress in the terminal: a bar, or plain lines where there is no terminal."""

import sys
import time
from types import TracebackType

import click

__all__ = ["TerminalProgress"]

_PATIENCE = 1.0
"""Seconds before anything is shown; what is done sooner needs no bar."""

_LINE_EVERY = 5.0
"""Seconds between two plain lines."""

_WIDTH = 30


class TerminalProgress:
    """Shows the steps of a build that takes its time."""

    def __init__(self) -> None:
        """Begin the wait."""
        self._started = time.monotonic()
        self._shown = 0.0
        self._bar = sys.stderr.isatty()
        self._dirty = False

    def __enter__(self) -> "TerminalProgress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._dirty:
            click.echo("\r\x1b[2K", nl=False, err=True)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show how far the step has come, not more often than can be read."""
        now = time.monotonic()
        if now - self._started < _PATIENCE or now - self._shown < (0.1 if self._bar else _LINE_EVERY):
            return
        self._shown = now
        if self._bar:
            filled = round(_WIDTH * done / max(total, 1))
            click.echo(f"\r\x1b[2K{'█' * filled}{'░' * (_WIDTH - filled)} {done}/{total} {step}", nl=False, err=True)
            self._dirty = True
        else:
            click.echo(f"{step}: {done} von {total}", err=True)
