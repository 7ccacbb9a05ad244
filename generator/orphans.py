"""Processes that must not outlive the one that began them."""

import os
import threading
import time

__all__ = ["end_with"]

_PAUSE = 0.1
"""Seconds from one look to the next."""


def end_with(parent: int) -> None:
    """Let this process end soon after the one that began it, whatever has become of that.

    Its work would be for nobody, and nothing that it leaves half done is ever taken for whole. Where the system does
    not give orphans another parent (Windows), it ends when its work is done.

    Args:
        parent: the number of the process that began this one.
    """
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PAUSE)
    os._exit(1)
