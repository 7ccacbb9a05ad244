"""Words as the search compares them: without capitals, without accents, and however umlauts were typed."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold"]

_WRITTEN_OUT = re.compile("([aeouq]?)([aou])e")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return the form in which a word stands in the index; ``theme/assets/search.js`` folds a query in the same way.

    „Wärme“, „WAERME“ and „Warme“ become ``warme``, „Straße“ and „Strasse“ ``strasse``. An ``e`` after another vowel or
    ``q`` belongs to the word („neue“, „Quelle“).
    """
    plain = _WRITTEN_OUT.sub(lambda found: found[0] if found[1] else found[2], word.lower().replace("ß", "ss"))
    if plain.isascii():
        return plain
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
