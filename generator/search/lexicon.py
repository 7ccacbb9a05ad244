"""What words mean, looked up in a dictionary once and remembered."""

import gc
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.memory import give_back
from generator.search.dictionary import open_dictionary
from generator.search.folding import fold
from generator.search.language import Language, Lookup, Meaning
from generator.search.plain_text import SHARED

__all__ = ["learned"]


def learned(
    words: Iterable[str], code: str, language: Language, known: Mapping[str, Meaning], kept: Iterable[Path] = ()
) -> dict[str, Meaning]:
    """Return what words mean.

    Args:
        words: words as texts spell them.
        code: the language's code.
        language: the language.
        known: what words are known to mean. The dictionary is loaded only where there are others.
        kept: files in which the dictionary may be kept.
    """
    meanings: dict[str, Meaning] = {}
    unknown: list[str] = []
    for word in words:
        meaning = known.get(word) or _without_dictionary(word)
        if meaning is None:
            unknown.append(word)
        else:
            meanings[word] = meaning
    if not unknown:
        return meanings
    lookup = open_dictionary(code, kept)
    meanings |= {word: _meaning(word, language, lookup) for word in unknown}
    # The dictionary is in a ring of references; what follows needs the memory.
    del lookup
    gc.collect()
    give_back()
    return meanings


def _without_dictionary(word: str) -> Meaning | None:
    """Return the meaning of a number, or of a word with digits."""
    return None if word.isalpha() or SHARED in word else Meaning((word,))


def _meaning(word: str, language: Language, lookup: Lookup) -> Meaning:
    """Return what a word means; itself, too, where who types it would not come to any of its names."""
    meaning = language.analyse(word, lookup)
    reachable = set(language.reachable(fold(word)))
    if SHARED in word or any(fold(name) in reachable for name in meaning.names):
        return meaning
    return Meaning((*meaning.names, word), meaning.related)
