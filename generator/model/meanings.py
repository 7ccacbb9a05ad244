"""What the words mean of which a field takes one."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Meanings"]


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """The words that a field takes with their German meanings; stands beside a ``Literal`` in its ``Annotated``."""

    of: Mapping[str, str]
    """A word to its meaning: ``press`` to „Pressemitteilung“."""

    otherwise: str = ""
    """What else is to be said of them: a German sentence."""

    @property
    def told(self) -> str:
        """The words with their meanings: „news: Meldung, press: Pressemitteilung“, as a sentence."""
        words = ", ".join(f"{word}: {meaning}" for word, meaning in self.of.items())
        return f"{words}. {self.otherwise}".rstrip()
