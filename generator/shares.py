"""Work done by several processes at once."""

import os
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from generator.memory import give_back

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["beside", "in_shares", "worthwhile"]

R = TypeVar("R")


def worthwhile(things: int, worth_a_process: int) -> int:
    """Return in how many shares to work: at most one for each core.

    Args:
        things: how many things there are to do.
        worth_a_process: fewer things are done before another process is up.
    """
    # A process with threads must not fork: a lock that another thread holds would never be released in the child.
    return 1 if threading.active_count() > 1 else min(os.cpu_count() or 1, things // worth_a_process + 1)


def in_shares(work: Callable[[int], R], shares: int) -> list[R]:
    """Do every share of the work, the first here and each other one in a process of its own.

    Args:
        work: does the share with the given number, from 0; where there is no fork, it must be possible to pickle it.
        shares: how many there are.

    Returns:
        What came of each share, in their order.
    """
    others = [beside(partial(work, number)) for number in range(1, shares)]
    return [work(0), *(result() for result in others)]


def beside(work: Callable[[], R]) -> Callable[[], R]:
    """Begin work in a process of its own, and return what to call for its result.

    Work that fails there is done again here when its result is asked for, where what is raised can be told.

    Args:
        work: what to do; where there is no fork, it must be possible to pickle it.
    """
    # Imported here, for most builds have too little to do for it.
    import multiprocessing  # noqa: PLC0415

    context = multiprocessing.get_context("fork") if hasattr(os, "fork") else multiprocessing.get_context("spawn")
    give_back()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, sender), daemon=True)
    process.start()
    sender.close()

    def result() -> R:
        found = _receive(receiver)
        process.join()
        return found[0] if found else work()

    return result


def _send(work: Callable[[], Any], sender: "Connection[Any, Any]") -> None:
    try:
        sender.send([work()])
    except Exception:  # whatever it is, the first process meets it again
        os._exit(1)


def _receive(receiver: "Connection[Any, Any]") -> list[Any] | None:
    """Return what a process sent, in a list; None: it ended without sending anything."""
    with receiver:
        try:
            found: list[Any] = receiver.recv()
        except EOFError:
            return None
        return found
