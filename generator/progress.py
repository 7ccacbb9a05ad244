"""How far a long step has come."""

from typing import Protocol

__all__ = ["Progress", "silent"]


class Progress(Protocol):
    """Is told of each step's advance; decides itself what a person sees of it."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note that ``done`` of ``total`` pieces of the step (a German phrase) are finished."""


def silent(step: str, done: int, total: int) -> None:
    """Show nothing."""
