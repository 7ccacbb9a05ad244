"""How a new site takes the place of the old one: put together beside it, then swapped in at once.

Until the swap the old site is not touched, so a build that fails or is cut off leaves it as it was. The site before the
present one is kept: the next site is made from it, so that the work is in proportion to what changed. Pages that both
have in common are hard links of each other.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.folders import digests_of, files_in, remove_files
from generator.manifest import MANIFEST, Manifest

__all__ = ["Transaction"]


@dataclass(frozen=True, slots=True)
class _State:
    """What the present site and the one before it were made from: what identifies each output, by its path."""

    present: Mapping[str, str]
    before: Mapping[str, str]
    digests: Mapping[str, str]
    """The SHA-256 of each output of the present site."""


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
        self._site = site
        self._parking = build / "work" / "parking"
        self._state_file = build / "cache" / "site.json"
        self._state = self._read_state()
        self._recover()

    @property
    def is_first(self) -> bool:
        """Whether nothing is known of a present site, so that everything must be built."""
        return not self._state.present

    def unchanged(self, outputs: Mapping[str, str]) -> set[str]:
        """Return the outputs that the present site already holds.

        Args:
            outputs: what identifies each output of the new site, by its path.
        """
        present = self._state.present
        return {
            path
            for path, digest in outputs.items()
            if present.get(path) == digest and os.path.isfile(f"{self._site}/{path}")
        }

    def commit(self, outputs: Mapping[str, str], manifest: Manifest) -> int:
        """Put the new site together from fresh and unchanged files, seal it with its manifest, and swap it in.

        Args:
            outputs: what identifies each output of the new site, by its path.
            manifest: the new site's, without digests.

        Returns:
            How many files the engine built.
        """
        built = files_in(self.fresh)
        if len(built) == len(outputs):
            shutil.rmtree(self._next, ignore_errors=True)
            os.replace(self.fresh, self._next)
        else:
            self._update_next(outputs, built)
        digests = {path: self._state.digests[path] for path in outputs.keys() - built}
        digests |= digests_of(self._next, built)
        (self._next / MANIFEST).write_bytes(manifest.sealing(digests).as_json())
        self._swap(outputs, digests)
        return len(built)

    def forget(self) -> None:
        """Have the next build make everything anew, because somebody else is about to write the site."""
        self._state_file.unlink(missing_ok=True)

    def _update_next(self, outputs: Mapping[str, str], built: set[str]) -> None:
        """Turn the site before the present one into the new one."""
        there = files_in(self._next)
        remove_files(self._next, there - outputs.keys())
        folders: set[str] = set()
        for path, digest in outputs.items():
            if path in there and path not in built and self._state.before.get(path) == digest:
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

    def _swap(self, outputs: Mapping[str, str], digests: Mapping[str, str]) -> None:
        # Without a state the next build makes everything anew: safe, wherever this one is cut off.
        self._state_file.unlink(missing_ok=True)
        self._site.parent.mkdir(parents=True, exist_ok=True)
        if self._site.exists():
            os.replace(self._site, self._parking)
        os.replace(self._next, self._site)
        if self._parking.exists():
            os.replace(self._parking, self._next)
        self._write_state(_State(outputs, self._state.present, digests))
        shutil.rmtree(self.fresh, ignore_errors=True)

    def _recover(self) -> None:
        if self._parking.exists():
            if self._site.exists():
                shutil.rmtree(self._parking)
            else:
                os.replace(self._parking, self._site)
        shutil.rmtree(self.fresh, ignore_errors=True)
        self.fresh.mkdir(parents=True)

    def _read_state(self) -> _State:
        try:
            data = json.loads(self._state_file.read_text(encoding="utf-8"))
            return _State(**data)
        except (OSError, ValueError, TypeError):
            return _State({}, {}, {})

    def _write_state(self, state: _State) -> None:
        self._state_file.parent.mkdir(parents=True, exist_ok=True)
        self._state_file.write_text(json.dumps(asdict(state)), encoding="utf-8")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
