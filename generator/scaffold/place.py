"""Where a new text belongs."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.scaffold.kinds import Kind
from generator.slug import slug

__all__ = ["EDITION", "LONGEST", "place_of"]

LONGEST = 60
"""Letters of a title that go into the name of a file, and so into an address."""

EDITION = "Ausgabe "
"""What comes before its number in the name of a newsletter edition's file."""


def place_of(kind: Kind, title: str, day: str, folders: Mapping[str, str]) -> PurePosixPath:
    """Return the file of a new text, relative to the content folder: ``aktuelles/2026-12-01-radweg-fertig.md``.

    Args:
        kind: what it is.
        title: its title.
        day: the day that it is about, ISO 8601.
        folders: content type to folder name, as the settings have it.
    """
    words: list[str] = []
    for word in slug(title).split("-"):
        if len("-".join([*words, word])) > LONGEST and words:
            break
        words.append(word[:LONGEST])
    name = "-".join(words) or "text"
    stem = f"{day[:10]}-{name}" if kind.day else name
    return PurePosixPath(folders.get(kind.type.name, "")) / f"{stem}.md"
