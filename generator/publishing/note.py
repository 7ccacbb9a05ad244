"""Notes that lie at a target while a site is being published there: by whom, and which files may be there.

Each publication writes its own. Whoever finds one knows that somebody was cut off, or is at work: the one whose note is
the newest may go on, all others have to stop. Who comes to the end removes all that were there.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

__all__ = ["NOTES", "Note", "files_of_notes"]

NOTES = ".schaukasten/"
"""Their folder, relative to the site's root."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note."""

    files: frozenset[str]
    """The paths of all files that may be there: those of the last site, and of every one begun since."""

    def as_json(self) -> bytes:
        """Return it as a file."""
        return json.dumps({"files": sorted(self.files)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Note":
        """Read such a file; one that cannot be understood says nothing."""
        try:
            return cls(_names(json.loads(data)["files"]))
        except (ValueError, TypeError, KeyError):
            return cls(frozenset())


def files_of_notes(notes: Mapping[str, bytes]) -> frozenset[str]:
    """Return the paths of all files that some notes name, each given by its bytes."""
    return frozenset().union(*(Note.from_json(data).files for data in notes.values()))


def _names(files: Collection[object]) -> frozenset[str]:
    return frozenset(name for name in files if isinstance(name, str))
