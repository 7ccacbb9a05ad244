"""What a search must know of a language."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.search.folding import fold

__all__ = ["Language", "Lookup", "Meaning", "stopwords"]

Lookup = Callable[[str], str | None]
"""Returns the base form of a word that a dictionary has, spelled exactly so („Häuser“ → „Haus“), else None."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Under which words a word of a text is found."""

    names: tuple[str, ...]
    """What the word itself is: its base form, and others that say the same („Ärztin“, „Arzt“)."""

    related: tuple[str, ...] = ()
    """What it contains or comes from („Wärmeplanung“: „Wärme“, „Planung“)."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language as the search sees it."""

    stopwords: frozenset[str]
    """Folded words that say nothing of what a text is about; neither indexed nor looked for."""

    endings: tuple[Mapping[str, str], ...]
    """How a folded word of a query becomes others that stand in the index: patterns and what they are replaced by, one
    table for ways that are always tried, and one for each that is tried where those before found nothing. The browser
    applies them, so only what both Python and JavaScript understand is allowed."""

    analyse: Callable[[str, Lookup], Meaning]
    """What a word means, with the help of a dictionary."""

    def reachable(self, folded: str) -> Iterator[str]:
        """Yield the words of the index that a folded word of a query may lead to."""
        yield folded
        for table in self.endings:
            for pattern, by in table.items():
                # „$1“ is JavaScript's way to name a group.
                if re.search(pattern, folded):
                    yield re.sub(pattern, by.replace("$", "\\"), folded)


def stopwords(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts, folded."""
    return frozenset(fold(word) for text in texts for word in text.split())
