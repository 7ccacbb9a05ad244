"""What was published before, told by the manifest of a site."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.manifest import MANIFEST, Manifest
from generator.problems import Problem, ProblemsFound

__all__ = ["Published", "published_from", "read_published"]

_REMEDY = f"Die Datei {MANIFEST} der veröffentlichten Seite nennen, oder den Ordner, in dem sie liegt."
_NONE = "Diese Datei ist nicht das Verzeichnis einer Seite, oder ein neueres Schaukasten hat sie geschrieben."


@dataclass(frozen=True)
class Published:
    """A site that was published."""

    place: str
    """The file of its manifest, for problems."""

    manifest: Manifest
    text: str
    """The file's text."""

    @cached_property
    def _lines(self) -> dict[str, int]:
        """The first line on which something is named, by its JSON."""
        lines = reversed(list(enumerate(self.text.split("\n"), start=1)))
        return {line.strip().partition(": ")[0].rstrip(","): number for number, line in lines}

    def line_of(self, name: str) -> int:
        """Return the line on which a file, a former address or an id is named, else 1."""
        return self._lines.get(json.dumps(name, ensure_ascii=False), 1)


def read_published(place: Path) -> Published:
    """Read the manifest of a site.

    Args:
        place: the file, or the folder of a site.

    Raises:
        ProblemsFound: there is none, or it is no such file.
    """
    file = place / MANIFEST if place.is_dir() else place
    try:
        return published_from(str(file), file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = "Hier ist kein Verzeichnis einer Seite."
        raise ProblemsFound([Problem(str(file), 1, message, _REMEDY)]) from None
    except UnicodeDecodeError:
        raise ProblemsFound([Problem(str(file), 1, _NONE, _REMEDY)]) from None


def published_from(place: str, text: str) -> Published:
    """Return the site that a manifest tells of.

    Args:
        place: where it was found, for problems.
        text: its text.

    Raises:
        ProblemsFound: it is none.
    """
    try:
        return Published(place, Manifest.from_json(text), text)
    except ValueError:
        raise ProblemsFound([Problem(place, 1, _NONE, _REMEDY)]) from None
