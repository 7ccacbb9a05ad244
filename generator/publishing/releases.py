"""A folder of releases: each is put together beside the others, and becomes the current one at once.

``.schaukasten.releases/<seal>/`` holds a site, ``current`` is a link to one of them, and the web server's root. Nothing
else in the folder is touched. Files that two releases have in common are hard links of each other. A release on its way
lies beside the others, in ``work``; wherever it was cut off, the next run goes on from there.
"""

import errno
import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from generator.exchange import exchange
from generator.folders import files_in, readable_for_all, remove_files, write_whole
from generator.lock import alone_in
from generator.manifest import MANIFEST
from generator.progress import Progress
from generator.publishing.address import FolderAddress
from generator.publishing.changes import Changes, changes
from generator.publishing.failure import Failure
from generator.publishing.named_files import files_named_by
from generator.publishing.sealed_site import SealedSite, differing

__all__ = ["RELEASES", "Releases"]

RELEASES = ".schaukasten.releases"
"""The folder of all that is ours, beside the link; not that of the notes, where a site is published in place."""

_NAME = 16
"""Digits of a release's name."""

_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EMLINK, errno.EXDEV, errno.ENOENT})
"""Why a file may have to be copied: not all file systems know hard links, or as many of them."""


class Releases:
    """Such a folder."""

    def __init__(self, address: FolderAddress) -> None:
        """Take its address; nothing is read or written yet."""
        self._keep = address.keep
        self._current = address.folder / "current"
        self._releases = address.folder / RELEASES
        self._work = self._releases / "work"
        self._parking = self._releases / "parking"

    def published(self) -> str | None:
        """Return the text of the current release's manifest; None: nothing is published."""
        try:
            return (self._current / MANIFEST).read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def changes(self, site: SealedSite, progress: Progress) -> Changes:
        """Return in what a site differs from the current release.

        Raises:
            Failure: something else lies in the link's place.
            OSError: the system refuses.
        """
        self._make_sure_that_the_link_is_ours()
        return changes(site.files, files_named_by(self.published()), differing(self._current, site.files, progress))

    def publish(self, site: SealedSite, progress: Progress) -> Changes:
        """Make the site the current release.

        Raises:
            Failure: the folder cannot have links, or something else lies in the link's place.
            BlockingIOError: another publication does not come to its end.
            OSError: the system refuses.
        """
        self._make_sure_that_the_link_is_ours()
        with alone_in(self._releases, progress), readable_for_all():
            wrong = differing(self._current, site.files, progress)
            made = changes(site.files, files_named_by(self.published()), wrong)
            # Others may have written there: what there is is looked at, not believed.
            if made or files_in(self._current) != site.files.keys():
                self._put_together(site, wrong, progress)
                self._switch(self._take_place(site))
            self._clear_away()
        return made

    def _make_sure_that_the_link_is_ours(self) -> None:
        if not os.path.lexists(self._current):
            return
        if not self._current.is_symlink() or _real(self._current).parent != _real(self._releases):
            raise Failure(
                f"{self._current} ist nicht der Verweis auf einen Stand, den Schaukasten veröffentlicht hat. "
                "Was dort liegt, umbenennen; der Webserver zeigt dann auf den neuen Verweis."
            )

    def _put_together(self, site: SealedSite, wrong: set[str], progress: Progress) -> None:
        """Fill the work folder: with links to the current release's files where those are right, else with copies."""
        fresh = self._work
        fresh.mkdir(exist_ok=True)
        remove_files(fresh, files_in(fresh) - site.files.keys())
        missing = sorted(differing(fresh, site.files, progress))
        for done, path in enumerate(missing, start=1):
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if path in wrong or not _linked(self._current / path, target):
                write_whole(target, (site.folder / path).read_bytes())
            progress("Dateien kopieren", done, len(missing))

    def _take_place(self, site: SealedSite) -> Path:
        """Move the work folder among the releases, and return its place there."""
        release = self._releases / site.seal[:_NAME]
        if release.exists():
            # It is there already, but not whole, or of earlier days: its place is taken over.
            exchange(self._work, release, self._parking)
        else:
            os.replace(self._work, release)
        return release

    def _switch(self, release: Path) -> None:
        """Let the link lead to a release, at once."""
        link = self._releases / "current.neu"
        link.unlink(missing_ok=True)
        try:
            link.symlink_to(Path(RELEASES, release.name), target_is_directory=True)
        except OSError as error:
            raise Failure(
                f"In {self._releases} lässt sich kein Verweis (symbolic link) anlegen. "
                "Einen Datenträger wählen, der Verweise kennt; unter Windows den Entwicklermodus einschalten."
            ) from error
        os.utime(release)
        os.replace(link, self._current)

    def _clear_away(self) -> None:
        """Remove what is left over, and all releases but the newest."""
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.rmtree(self._parking, ignore_errors=True)
        current = _real(self._current).name
        others = [item for item in self._releases.iterdir() if item.name != current and _is_release(item)]
        others.sort(key=lambda release: release.stat().st_mtime_ns, reverse=True)
        for release in others[self._keep :]:
            # Under the name of the work folder it is a beginning of the next release if this is cut off.
            os.replace(release, self._work)
            shutil.rmtree(self._work, ignore_errors=True)


def _is_release(item: Path) -> bool:
    """Tell whether this is surely a release: it is named after the manifest in it."""
    try:
        seal = sha256((item / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return False
    return item.name == seal[:_NAME] and not item.is_symlink()


def _real(path: Path) -> Path:
    """Return where a path leads, even one whose end is missing or that leads to itself."""
    return Path(os.path.realpath(path))


def _linked(source: Path, target: Path) -> bool:
    """Link a file that is right; tell whether that was possible."""
    with suppress(FileNotFoundError):
        target.unlink()
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    return True
