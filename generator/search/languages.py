"""The languages that the search knows."""

from generator.search.english import ENGLISH
from generator.search.german import GERMAN
from generator.search.language import Language

__all__ = ["language_of"]

_LANGUAGES = {"de": GERMAN, "en": ENGLISH}


def language_of(code: str) -> Language:
    """Return a language by its code."""
    return _LANGUAGES[code]
