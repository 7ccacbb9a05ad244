"""English words: base forms. What is not English has no better use than these, either."""

from generator.search.language import Language, Lookup, Meaning, stopwords
from generator.search.plain_text import SHARED

__all__ = ["ENGLISH"]

_STOPWORDS = (
    "a about all an and any are as at be been but by can could did do does for from had has have he her him his how i",
    "if in into is it its me my no nor not of on or our she so than that the their them then there these they this",
    "those to us was we were what when where which who why will with would you your",
)
_ALWAYS = {"(...)s$": "$1", "(...)es$": "$1", "(..)ies$": "$1y"}
_ELSE = {"(...)ing$": "$1", "(...)ed$": "$1", "(...)inge?$": "$1e", "(...e)d$": "$1"}


def _analyse(word: str, lookup: Lookup) -> Meaning:
    return Meaning(() if SHARED in word else (lookup(word) or lookup(word.lower()) or word,))


ENGLISH = Language(stopwords=stopwords(_STOPWORDS), endings=(_ALWAYS, _ELSE), analyse=_analyse)
