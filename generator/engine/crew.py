"""Several processes that build a site's pages together."""

import logging
import os
import signal
from types import TracebackType

from generator.memory import give_back
from generator.orphans import end_with

__all__ = ["Crew", "CrewFailed"]


class CrewFailed(Exception):  # noqa: N818  # what failed is told by whoever tries again
    """Another process of the crew has not done its part."""


class Crew:
    """Processes that share one piece of work, each doing its part of it.

    Used as a context manager: at its end every process but the first ends too.
    """

    def __init__(self, size: int) -> None:
        """Begin with one process; where there is no fork, it stays alone."""
        self.size = size if hasattr(os, "fork") else 1
        self.number = 0
        """Which process of the crew this one is; the first is 0."""

        self._others: list[int] = []

    def split(self) -> None:
        """Become all the processes of the crew; each returns with its own number, and only the first may speak."""
        if self.size > 1:
            give_back()
        first = os.getpid()
        for number in range(1, self.size):
            process = os.fork()
            if process == 0:
                self.number, self._others = number, []
                logging.disable()
                end_with(first)
                return
            self._others.append(process)

    def takes(self, thing: int) -> bool:
        """Tell whether the thing with this number belongs to this process."""
        return thing % self.size == self.number

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the others, or end them where this process has failed; raise CrewFailed if only one of them has."""
        if self.number:
            os._exit(error is not None)
        for process in self._others if error is not None else ():
            os.kill(process, signal.SIGKILL)
        states = [os.waitpid(process, 0)[1] for process in self._others]
        if error is None and any(states):
            raise CrewFailed
