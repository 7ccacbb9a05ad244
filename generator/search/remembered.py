"""What was found out about words and documents, for the next time they come."""

import marshal
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator.search.language import Meaning

__all__ = ["Known", "Remembered", "recall"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document."""

    words: tuple[str, ...]
    """Its words, as it spells them."""

    grades: Mapping[str, int]
    """Under which words it is found, with the numbers of their grades."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Words and documents."""

    words: dict[str, Meaning] = field(default_factory=dict)
    documents: dict[bytes, Known] = field(default_factory=dict)
    """The documents by what identifies them."""

    def pack(self) -> bytes:
        """Return all that is remembered, to be kept in a file."""
        words = {word: (meaning.names, meaning.related) for word, meaning in sorted(self.words.items())}
        return marshal.dumps((words, {key: (known.words, dict(known.grades)) for key, known in self.documents.items()}))


def recall(files: Iterable[Path]) -> Remembered:
    """Return what files hold."""
    found = Remembered()
    for file in files:
        # Another build may clear up meanwhile, and what is damaged is found out again.
        with suppress(OSError, EOFError, TypeError, ValueError):
            words, documents = marshal.loads(file.read_bytes())  # noqa: S302  # our own cache
            found.words.update({word: Meaning(*meaning) for word, meaning in words.items()})
            found.documents.update({key: Known(*known) for key, known in documents.items()})
    return found
