"""The words a letter is written with: those of the site, and the newsletter's own."""

from functools import cache

from generator.locale import Locale, locale, words_in

__all__ = ["words"]


@cache
def words(language: str) -> Locale:
    """Return the words of one of the languages there are."""
    return Locale(language, locale(language).words | words_in("newsletter.locale", language))
