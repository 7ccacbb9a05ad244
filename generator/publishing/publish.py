"""Publishing, top to bottom: the site is whole, nothing vanishes, what differs is written, twice if need be."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator.engine.project import alone
from generator.engine.publishing import lost_addresses, publishable
from generator.manifest import MANIFEST, Manifest
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.published import Published
from generator.publishing.address import Address
from generator.publishing.changes import Changes
from generator.publishing.failure import Interruption
from generator.publishing.sealed_site import sealed_site
from generator.publishing.target import target_at

__all__ = ["PAUSES", "publish"]

T = TypeVar("T")

PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds to wait before each further try."""


def publish(
    config_file: Path,
    address: Address,
    progress: Progress,
    *,
    dry_run: bool = False,
    allow_vanish: bool = False,
    pauses: tuple[float, ...] = PAUSES,
) -> Changes:
    """Bring the built site to its target, and return what was different there.

    Args:
        config_file: ``mkdocs.yml``.
        address: of the target.
        progress: is told how far each step has come.
        dry_run: whether nothing is written.
        allow_vanish: whether published addresses may vanish.
        pauses: how many seconds to wait before each further try where the way to the target is cut off.

    Raises:
        ProblemsFound: the site is not whole, published addresses would vanish, or what is published is not known;
            nothing was written.
        Failure: the target refuses.
        OSError: the system refuses.
    """
    with alone(config_file, progress):
        site = sealed_site(publishable(config_file).site, progress)
        target = target_at(address)
        before = _tried(target.published, pauses, progress)
        if before is not None and not allow_vanish and before.encode() != (site.folder / MANIFEST).read_bytes():
            published = _published(f"{address.text.partition('?')[0].rstrip('/')}/{MANIFEST}", before)
            lost = lost_addresses(config_file, site.manifest, published, progress)
            if lost:
                raise ProblemsFound(lost)
        work = target.changes if dry_run else target.publish
        return _tried(lambda: work(site, progress), pauses, progress)


def _published(place: str, text: str) -> Published:
    """Return what a target's manifest tells of.

    Raises:
        ProblemsFound: it is none.
    """
    try:
        return Published(place, Manifest.from_json(text), text)
    except ValueError:
        message = f"Am Ziel liegt eine {MANIFEST}, die nicht von Schaukasten ist, oder ein neueres hat sie geschrieben."
        remedy = "Die Adresse prüfen; soll sie ersetzt werden, „--allow-vanish“ angeben."
        raise ProblemsFound([Problem(place, 1, message, remedy)]) from None


def _tried(work: Callable[[], T], pauses: tuple[float, ...], progress: Progress) -> T:
    """Do the work, again after a while where the way to the target was cut off."""
    for number, pause in enumerate(pauses):
        try:
            return work()
        except Interruption:
            progress("Die Verbindung ist abgerissen; neuer Versuch", number + 1, len(pauses))
            time.sleep(pause)
    return work()
