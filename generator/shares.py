"""Work that is shared between processes, because it is the same for each of many things."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from generator.memory import give_back

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["in_shares", "worthwhile"]

R = TypeVar("R")


def worthwhile(things: int, worth_a_process: int) -> int:
    """Return in how many shares to work: at most one for each core.

    Args:
        things: how many things there are to do.
        worth_a_process: fewer things are done before another process is up.
    """
    return min(os.cpu_count() or 1, things // worth_a_process + 1)


def in_shares(work: Callable[[int], R], shares: int) -> list[R]:
    """Do every share of the work, the first here and each other one in a process of its own.

    Args:
        work: does the share with the given number, from 0; where there is no fork, it must be possible to pickle it.
        shares: how many there are.

    Returns:
        What came of each share, in their order. A share that fails in its process is done again here, where what is
        raised can be told.
    """
    if shares == 1:
        return [work(0)]
    # Imported here, for most builds have too little to do for it.
    import multiprocessing  # noqa: PLC0415

    context = multiprocessing.get_context("fork") if hasattr(os, "fork") else multiprocessing.get_context("spawn")
    give_back()
    others = []
    for number in range(1, shares):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(work, number, sender))
        process.start()
        sender.close()
        others.append((number, receiver, process))
    try:
        results = [work(0)]
    except BaseException:
        for _, receiver, _ in others:
            receiver.close()
        raise
    for number, receiver, process in others:
        found = _receive(receiver)
        process.join()
        results.append(found[0] if found else work(number))
    return results


def _send(work: Callable[[int], Any], number: int, sender: "Connection[Any, Any]") -> None:
    try:
        sender.send([work(number)])
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
