"""How a new site takes the place of the old one: put together beside it, then swapped in at once.

Until the swap the old site is not touched, so a build that fails or is cut off leaves it as it was. The site before the
present one is kept: the next site is made from it, so that the work is in proportion to what changed. Pages that both
have in common are hard links of each other.

Each site is known by the bytes of its manifest, its seal. What a site was made from is remembered by that, so nothing
is ever taken for something else, wherever a build was cut off and whoever else has written.
"""

import json
import os
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from generator.exchange import exchange, put_back
from generator.folders import digests_of, files_in, remove_files, write_whole
from generator.manifest import MANIFEST, Manifest

__all__ = ["Transaction"]

_Outputs = Mapping[str, str]
"""What identifies each output of a site, by its path."""


class Transaction:
    """One replacement of a site."""

    def __init__(self, build: Path, site: Path) -> None:
        """Take up the work folders; what a cut-off build left behind is cleared away.

        Args:
            build: the folder for everything generated; the work folders lie in it.
            site: the site to replace.
        """
        self.fresh = build / "work" / "fresh"
        """Where the engine puts what it builds."""

        self._next = build / "work" / "next"
        self._before = build / "work" / "before"
        self._parking = build / "work" / "parking"
        self._site = site
        self._memory = build / "cache" / "site.json"
        self._recover()
        self._known = self._remembered()
        self._present = self._outputs_of(site)

    @property
    def is_first(self) -> bool:
        """Whether nothing is known of a present site, so that everything must be built."""
        return not self._present

    def unchanged(self, outputs: _Outputs) -> set[str]:
        """Return the outputs that the present site already holds.

        Args:
            outputs: what identifies each output of the new site, by its path.
        """
        present = self._present
        return {
            path
            for path, identity in outputs.items()
            if present.get(path) == identity and os.path.isfile(f"{self._site}/{path}")
        }

    def commit(self, outputs: _Outputs, manifest: Manifest) -> int:
        """Put the new site together from fresh and unchanged files, seal it with its manifest, and swap it in.

        Args:
            outputs: what identifies each output of the new site, by its path.
            manifest: the new site's, without digests.

        Returns:
            How many files the engine built.
        """
        built = files_in(self.fresh)
        digests = digests_of(self.fresh, built)
        if built == outputs.keys():
            os.replace(self.fresh, self._next)
        else:
            present = json.loads(_read(self._site / MANIFEST))["files"]
            digests = {path: digests.get(path) or present[path] for path in outputs}
            self._put_together(outputs, built)
        seal = manifest.sealing(digests).as_json()
        write_whole(self._next / MANIFEST, seal)
        self._remember(outputs, seal)
        self._swap()
        return len(built)

    def forget(self) -> None:
        """Have the next build make everything anew, because somebody else is about to write the site."""
        self._memory.unlink(missing_ok=True)

    def _put_together(self, outputs: _Outputs, built: set[str]) -> None:
        """Turn the site before the present one into the next one."""
        kept = self._outputs_of(self._before)
        if kept:
            os.replace(self._before, self._next)
        there = files_in(self._next)
        remove_files(self._next, there - outputs.keys())
        folders: set[str] = set()
        for path, identity in outputs.items():
            if path in there and path not in built and kept.get(path) == identity:
                continue
            # Plain strings: after the first build this is done for every file of the site.
            target = f"{self._next}/{path}"
            folder = os.path.dirname(target)
            if folder not in folders:
                os.makedirs(folder, exist_ok=True)
                folders.add(folder)
            if path in built:
                os.replace(f"{self.fresh}/{path}", target)
            else:
                if path in there:
                    os.unlink(target)
                _link(f"{self._site}/{path}", target)

    def _swap(self) -> None:
        if self._site.exists():
            shutil.rmtree(self._before, ignore_errors=True)
            exchange(self._next, self._site, self._parking)
            os.replace(self._next, self._before)
        else:
            self._site.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self._next, self._site)
        shutil.rmtree(self.fresh, ignore_errors=True)

    def _recover(self) -> None:
        put_back(self._parking, self._site)
        for folder in (self._parking, self._next, self.fresh):
            shutil.rmtree(folder, ignore_errors=True)
        self.fresh.mkdir(parents=True)

    def _outputs_of(self, site: Path) -> _Outputs:
        """Return what a site was made from; nothing where that is not known."""
        return self._known.get(_digest(_read(site / MANIFEST)), {})

    def _remembered(self) -> Mapping[str, _Outputs]:
        try:
            known: Mapping[str, _Outputs] = dict(json.loads(self._memory.read_bytes()))
        except (OSError, ValueError, TypeError):
            return {}
        return known

    def _remember(self, outputs: _Outputs, seal: bytes) -> None:
        """Remember the next site and the present one."""
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        known = {_digest(_read(self._site / MANIFEST)): dict(self._present), _digest(seal): dict(outputs)}
        write_whole(self._memory, json.dumps(known).encode())


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _read(file: Path) -> bytes:
    """Return the file's bytes; none where there is no such file."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
