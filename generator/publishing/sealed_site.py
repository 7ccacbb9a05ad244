"""A built site that is known to be whole: each of its files is what its manifest says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from generator.folders import digests_of, files_in
from generator.manifest import MANIFEST, Manifest
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.published import read_published

__all__ = ["SealedSite", "differing", "sealed_site"]

_AT_A_TIME = 200
"""Files between two notes of the progress."""

_TOLD = 5
"""How many wrong files are named; more would tell nobody anything."""


@dataclass(frozen=True)
class SealedSite:
    """A site whose files were compared with its manifest."""

    folder: Path
    manifest: Manifest
    seal: str
    """The SHA-256 of the manifest's bytes, by which the site is known."""

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The SHA-256 of each file by its path, the manifest's own included."""
        return {**self.manifest.files, MANIFEST: self.seal}


def sealed_site(folder: Path, progress: Progress) -> SealedSite:
    """Return a built site, after a look at all of its bytes.

    Args:
        folder: the site.
        progress: is told how many files were looked at.

    Raises:
        ProblemsFound: there is no site, or it is not what its manifest says.
    """
    if not (folder / MANIFEST).is_file():
        message = "Hier ist noch keine gebaute Seite."
        raise ProblemsFound([Problem(str(folder), 1, message, "Zuerst „schaukasten build“ ausführen.")])
    published = read_published(folder)
    site = SealedSite(folder, published.manifest, sha256(published.text.encode()).hexdigest())
    wrong = differing(folder, site.files, progress) | (files_in(folder) - site.files.keys())
    if wrong:
        remedy = "Die Seite mit „schaukasten build“ neu bauen; in build/site nichts von Hand ändern."
        message = "Diese Datei ist nicht die, die gebaut wurde."
        raise ProblemsFound(Problem(f"{folder}/{path}", 1, message, remedy) for path in sorted(wrong)[:_TOLD])
    return site


def differing(folder: Path, files: Mapping[str, str], progress: Progress) -> set[str]:
    """Return the paths of files that are not there, or have other bytes.

    Args:
        folder: where they should be.
        files: the SHA-256 of each by its path.
        progress: is told how many files were looked at.
    """
    wrong: set[str] = set()
    paths = list(files)
    there = files_in(folder)
    for start in range(0, len(paths), _AT_A_TIME):
        some = [path for path in paths[start : start + _AT_A_TIME] if path in there]
        digests = digests_of(folder, some)
        wrong.update(path for path in paths[start : start + _AT_A_TIME] if digests.get(path) != files[path])
        progress("Dateien prüfen", min(start + _AT_A_TIME, len(paths)), len(paths))
    return wrong
