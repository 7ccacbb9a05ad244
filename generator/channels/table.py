"""The table of channels, the entry points of the group ``schaukasten.channels``, and running all of them."""

import multiprocessing
import os
import threading
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points

from generator.channels.output import File
from generator.model.site import PublicSite
from generator.progress import Progress

__all__ = ["channels", "run_channels"]

_GROUP = "schaukasten.channels"
_STEP = "Seiten, Feeds und Kalender zusammenstellen"

_site: PublicSite | None = None


def channels() -> list[EntryPoint]:
    """Return every installed channel, in the order of the names; a channel is imported by whoever runs it."""
    return sorted(entry_points(group=_GROUP), key=lambda point: point.name)


def run_channels(site: PublicSite, progress: Progress) -> list[File]:
    """Return what all channels make of the site, in their order.

    Channels are independent of each other, so half of them run in a process of their own where there is fork.
    """
    table = channels()
    half = len(table) // 2
    # A process with threads must not fork: a lock that another thread holds would never be released in the child.
    alone = (os.cpu_count() or 1) < 2 or "fork" not in multiprocessing.get_all_start_methods()
    if alone or threading.active_count() > 1:
        return _run(table, site, progress)
    global _site  # noqa: PLW0603  # how the site gets to the other process without being copied there
    _site = site
    try:
        with multiprocessing.get_context("fork").Pool(1) as pool:
            first = pool.apply_async(_run_apart, (table[:half],))
            last = _run(table[half:], site, progress)
            return [*first.get(), *last]
    finally:
        _site = None


def _run(table: Sequence[EntryPoint], site: PublicSite, progress: Progress) -> list[File]:
    files: list[File] = []
    for number, channel in enumerate(table, start=1):
        files += channel.load()(site)
        progress(_STEP, number, len(table))
    return files


def _run_apart(table: Sequence[EntryPoint]) -> list[File]:
    assert _site is not None
    return [file for channel in table for file in channel.load()(_site)]
