"""Times the making of newsletters from the demo texts: ``python benchmarks/newsletter.py``.

Two figures: one edition, all its letters, from a warm cache after start-up; and 1,000 variants, each an edition for an
audience as one of the sending services wants it.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path

# Python puts the folder of a script on the path, not the one above it, where the packages are found.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generator.engine.project import prepare_site
from generator.model.edition import Edition
from generator.progress import silent
from newsletter.package import packages
from newsletter.profile import PROFILES
from newsletter.profile_settings import configured
from newsletter.selection import audiences_of

_PROJECT = Path(__file__).resolve().parents[1]
_NOW = datetime.fromisoformat("2026-11-25T12:00+01:00")
_ROUNDS = 5
_VARIANTS = 1000
_UNSUBSCRIBE = "[[abmelden]]"


def main() -> None:
    """Measure and print both figures, each the median of five rounds with the least and the greatest."""
    _tell("One edition, all letters, from a warm cache", 0.15, _one_edition)
    _tell(f"{_VARIANTS:,} variants (edition × audience × service)", 3.0, _variants())


def _one_edition() -> None:
    _, prepared = prepare_site(_PROJECT / "mkdocs.yml", _NOW, silent)
    addresses = {file.url for file in prepared.files}
    edition = max(prepared.site.of(Edition), key=lambda edition: edition.date)
    letters = [(edition, audience) for audience in audiences_of(edition)]
    packages(prepared.site, letters, [PROFILES["plain"]], addresses, silent)


def _variants() -> Callable[[], None]:
    _, prepared = prepare_site(_PROJECT / "mkdocs.yml", _NOW, silent)
    site, addresses = prepared.site, {file.url for file in prepared.files}
    profiles = [*(PROFILES.keys() - {"rapidmail", "smtp"}), "rapidmail"]
    services = [configured(name, {"unsubscribe": _UNSUBSCRIBE} if name == "rapidmail" else {}) for name in profiles]
    letters = [(edition, audience) for edition in site.of(Edition) for audience in (*audiences_of(edition), None)]
    wanted = list(islice(cycle(letters), _VARIANTS // len(services)))

    def make() -> None:
        made = packages(site, wanted, services, addresses, silent)
        assert sum(len(files) for _, files in made) == _VARIANTS

    return make


def _tell(what: str, most: float, work: Callable[[], None]) -> None:
    work()
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    least, median, greatest = min(times), sorted(times)[len(times) // 2], max(times)
    print(f"{what}: {median:.3f} s ({least:.3f} to {greatest:.3f}), to reach: at most {most} s")


if __name__ == "__main__":
    main()
