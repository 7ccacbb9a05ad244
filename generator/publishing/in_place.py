"""A site published where files lie under their own names: each change is seen at once, so their order counts.

Wherever this is cut off, what is there works, and the next run puts it right: what is there is compared with the site,
file by file, and a note says which files may be there that no manifest names. Nothing else at the target is touched.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from generator.manifest import MANIFEST
from generator.progress import Progress
from generator.publishing.changes import Changes, changes
from generator.publishing.failure import Failure, Interruption
from generator.publishing.named_files import files_named_by
from generator.publishing.note import NOTES, Note, files_of_notes
from generator.publishing.order import phases
from generator.publishing.sealed_site import SealedSite

__all__ = ["InPlace", "Place"]

_ROUNDS = 3
"""How often what is there is compared with the site: once to know what to do, once to see that it was done, and once
more for what another publication wrote meanwhile."""

_LOOK_EVERY = 1.0
"""Seconds between two looks at who has begun, where nobody can be kept away."""

_PATIENCE = 3.0
"""Seconds to wait until another publication that may be at work there has looked, and stopped."""

_ANOTHER = (
    "Eine andere Veröffentlichung hat inzwischen begonnen und bringt die Seite auf ihren Stand. "
    "Warten, bis sie fertig ist; nur wenn dann etwas fehlt, noch einmal veröffentlichen."
)


class Place(Protocol):
    """Where such files lie; every method raises `Failure` or `Interruption`."""

    def alone(self, progress: Progress) -> AbstractContextManager[bool]:
        """Keep other publications away as long as the context lasts; gives False where the place cannot."""

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None: it is not there."""

    def notes(self) -> dict[str, bytes]:
        """Return the files of the folder `NOTES` by their names, the newest last."""

    def note(self, name: str, data: bytes) -> None:
        """Write a file of that name into the folder `NOTES`."""

    def differing(self, site: SealedSite, progress: Progress) -> set[str]:
        """Return the paths of the site's files that are missing here, or others."""

    def write(self, site: SealedSite, paths: list[str], begun: Callable[[int], None]) -> None:
        """Write some of the site's files in any order, each whole or not at all.

        Args:
            site: the site.
            paths: the files.
            begun: is told now and then, before any more are written, how many have been.
        """

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files in any order, whether they are there or not, and folders that they leave empty."""


class InPlace:
    """A target of this kind."""

    def __init__(self, place: Place, name: str) -> None:
        """Take a place.

        Args:
            place: where the files lie.
            name: tells this publication from all others.
        """
        self._place = place
        self._name = name
        self._has_begun = False

    def published(self) -> str | None:
        """Return the text of the published site's manifest; None: nothing is published."""
        data = self._place.read(MANIFEST)
        return None if data is None else data.decode("utf-8", errors="replace")

    def changes(self, site: SealedSite, progress: Progress) -> Changes:
        """Return in what a site differs from what is there."""
        there = self._may_be_there(self._place.notes())
        return changes(site.files, there, self._place.differing(site, progress))

    def publish(self, site: SealedSite, progress: Progress) -> Changes:
        """Make what is there the site.

        Raises:
            Interruption: the way to the target was cut off; to be tried again.
            Failure: the target refuses, or another publication has begun.
        """
        with self._place.alone(progress) as is_alone:
            notes = self._place.notes()
            if self._has_begun:
                self._make_sure_that_nobody_else_began(notes)
            elif not notes and not (made := self.changes(site, progress)):
                return made
            known = self._may_be_there(notes)
            notes = self._begin(site, known, is_alone=is_alone)
            there = {path for path in self._may_be_there(notes) if path in known or path not in site.files}
            made = changes(site.files, there, self._place.differing(site, progress))
            to_write = {*made.new, *made.changed}
            for _ in range(_ROUNDS):
                self._write(site, to_write, progress, is_alone=is_alone)
                for phase in reversed([*phases(made.removed)]):
                    self._place.remove(phase)
                to_write = self._place.differing(site, progress)
                if not to_write:
                    self._remove_notes(notes)
                    return made
        raise Interruption(
            "Am Ziel liegt etwas anderes, als geschrieben wurde; vielleicht veröffentlicht noch jemand. "
            "Warten, bis niemand mehr daran arbeitet, und noch einmal veröffentlichen."
        )

    def _begin(self, site: SealedSite, known: set[str], *, is_alone: bool) -> dict[str, bytes]:
        """Write a note, and return all that are there then: others may have begun at the same moment."""
        self._place.note(self._name, Note(frozenset(known | site.files.keys())).as_json())
        self._has_begun = True
        notes = self._place.notes()
        self._make_sure_that_nobody_else_began(notes)
        if not is_alone and len(notes) > 1:
            time.sleep(_PATIENCE)
        return notes

    def _remove_notes(self, known: Iterable[str]) -> None:
        """Remove the notes of all that have given way, those included that began in the same moment as this one."""
        names = [*self._place.notes()]
        before = names[: names.index(self._name) + 1] if self._name in names else []
        self._place.remove([NOTES + name for name in dict.fromkeys((*known, *before))])

    def _may_be_there(self, notes: dict[str, bytes]) -> set[str]:
        files = files_of_notes(notes) | files_named_by(self.published()).keys()
        # They come from a place that others may write to, and some of them are about to be removed.
        return {path for path in files if _is_below(path)}

    def _write(self, site: SealedSite, paths: set[str], progress: Progress, *, is_alone: bool) -> None:
        done, looked = 0, time.monotonic()
        for phase in phases(paths):

            def begun(number: int, before: int = done) -> None:
                nonlocal looked
                progress("Übertragen", min(before + number, len(paths)), len(paths))
                if not is_alone and (not number or time.monotonic() - looked > _LOOK_EVERY):
                    self._make_sure_that_nobody_else_began(self._place.notes())
                    looked = time.monotonic()

            begun(0)
            self._place.write(site, phase, begun)
            done += len(phase)

    def _make_sure_that_nobody_else_began(self, notes: dict[str, bytes]) -> None:
        if [*notes][-1:] != [self._name]:
            # What was written meanwhile is for the next publication to remove, if that of the other does not.
            raise Failure(_ANOTHER)


def _is_below(path: str) -> bool:
    return path.isprintable() and not path.startswith(("/", NOTES)) and ".." not in path.split("/")
