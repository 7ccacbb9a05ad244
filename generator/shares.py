"""Work done by several processes at once."""

import gc
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from generator.memory import give_back
from generator.orphans import end_with

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.sharedctypes import Synchronized

__all__ = ["beside", "in_shares", "worthwhile"]

R = TypeVar("R")


def worthwhile(things: int, worth_a_process: int) -> int:
    """Return in how many shares to work: at most one for each core.

    Args:
        things: how many things there are to do.
        worth_a_process: fewer things are done before another process is up.
    """
    # A process with threads must not fork: a lock that another thread holds would never be released in the child.
    return 1 if threading.active_count() > 1 else min(_cores(), things // worth_a_process + 1)


def _cores() -> int:
    """Return how many cores this process may use, which on a shared machine are not all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_shares(
    work: Callable[[Iterable[int]], Mapping[int, R]], pieces: int, shares: int, begun: Callable[[int], None]
) -> list[R]:
    """Do pieces of work here and in processes of their own; each takes the next piece when it has done one.

    Args:
        work: does the pieces with the given numbers, and returns what came of each by its number; where there is no
            fork, it must be possible to pickle it.
        pieces: how many there are, numbered from 0.
        shares: how many processes do them, this one included.
        begun: is told in this process, whenever it takes a piece, how many have been begun.

    Returns:
        What came of each piece, in their order. Pieces of a process that failed are done again here, where what is
        raised can be told.
    """
    if shares == 1:
        found = dict(work(_told(range(pieces), begun)))
    else:
        take = partial(_pieces, _context().Value("L", 0), pieces)
        others = [_begin(_Share(work, take)) for _ in range(1, shares)]
        found = dict(work(_told(take(), begun)))
        for result in others:
            found |= (result() or [{}])[0]
    missing = [number for number in range(pieces) if number not in found]
    found |= work(missing) if missing else {}
    return [found[number] for number in range(pieces)]


def beside(work: Callable[[], R]) -> Callable[[], R]:
    """Begin work in a process of its own, and return what to call for its result.

    Work that fails there is done again here when its result is asked for, where what is raised can be told.

    Args:
        work: what to do; where there is no fork, it must be possible to pickle it.
    """
    received = _begin(work)

    def result() -> R:
        found = received()
        return found[0] if found else work()

    return result


@dataclass(frozen=True, slots=True)
class _Share:
    """What one process of several does."""

    work: Callable[[Iterable[int]], Any]
    take: Callable[[], Iterable[int]]

    def __call__(self) -> Any:
        return self.work(self.take())


def _told(numbers: Iterable[int], begun: Callable[[int], None]) -> Iterator[int]:
    for number in numbers:
        begun(number + 1)
        yield number


def _pieces(counter: "Synchronized[int]", pieces: int) -> Iterator[int]:
    """Yield the numbers of pieces that no other process has taken."""
    while True:
        with counter.get_lock():
            number = counter.value
            counter.value += 1
        if number >= pieces:
            return
        yield number


def _context() -> "BaseContext":
    # Imported here, for most builds have too little to do for it.
    import multiprocessing  # noqa: PLC0415

    return multiprocessing.get_context("fork") if hasattr(os, "fork") else multiprocessing.get_context("spawn")


def _begin(work: Callable[[], R]) -> Callable[[], list[R] | None]:
    """Begin work in a process of its own; what is returned waits for its result, in a list, or None where it failed."""
    context = _context()
    give_back()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, sender, os.getpid()), daemon=True)  # type: ignore[attr-defined]
    process.start()
    sender.close()

    def received() -> list[R] | None:
        found = _receive(receiver)
        process.join()
        return found

    return received


def _send(work: Callable[[], Any], sender: "Connection[Any, Any]", parent: int) -> None:
    end_with(parent)
    # Looking for garbage among what the first process made would write to its pages, and so copy them.
    gc.freeze()
    try:
        sender.send([work()])
    except Exception:  # whatever it is, the first process meets it again
        os._exit(1)


def _receive(receiver: "Connection[Any, Any]") -> list[Any] | None:
    """Return what a process sent, in a list; None: it ended without sending anything, or before its end."""
    with receiver:
        try:
            found: list[Any] = receiver.recv()
        except (EOFError, OSError):
            return None
        return found
