"""German words: base forms, the parts of compounds, and relatives."""

from collections.abc import Iterator

from generator.search.language import Language, Lookup, Meaning, stopwords
from generator.search.plain_text import SHARED

__all__ = ["GERMAN"]

_STOPWORDS = (
    "aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bin",
    "bis bist da dabei dadurch dafür daher damit danach dann dar daran darauf darüber das dass dazu dein deine",
    "dem den denen denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort du",
    "durch ein eine einem einen einer eines er es etwa euch für gegen gibt hab habe haben hat hatte hatten hier",
    "hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes",
    "jetzt kann kein keine keinem keinen keiner können könnte machen man mehr mein meine mich mir mit muss müssen",
    "nach nicht noch nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so sobald soll",
    "sollen sollte sowie über um und uns unser unsere unter vom von vor wann war waren warum was weil welche",
    "welchem welchen welcher welches wem wen wenn wer werde werden wie wieder wieso will wir wird wo wofür woher",
    "wohin wollen womit worden wurde wurden würde zu zum zur zwischen",
)
_ALWAYS = {
    "(..)innen$": "$1in",
    "(...)in(nen)?$": "$1",
    "(...)e?n?s$": "$1",
    "(...)e$": "$1",
    "(...)n$": "$1",
    "(...)en$": "$1",
    "(...)ern$": "$1er",
    "(...)ns$": "$1n",
    "(...s)es?$": "$1",
    "(...s)se[ns]?$": "$1",
    "^(?:ge)?(...+e[lr])te?[mnrs]*t?$": "$1n",
    "^ge(...+)et?e[mnrs]*$": "$1en",
    "^ge(...+)te?[mnrs]*$": "$1en",
    "^(...+)ete?[mnrs]*t?$": "$1en",
    "^(...+)s?te?[mnrs]*t?$": "$1en",
}
_ELSE = {"(...)e[rm]n?$": "$1"}
"""Not tried where there is „Bürger“, for that would lead to „Burg“."""

_PARTICLES = frozenset(
    "ab an auf aus außer bei da dar durch ein empor ent er fort für gegen her hin hinter in inner los miss mit "
    "nach neben nieder ober ohne um un unter ur ver vor weiter wider wieder zer zu zurück zusammen zwischen "
    "über übern".split()
)
"""What stands before a noun without making it a compound: „Vorschlag“ is no „Schlag“."""

_NO_HEADS = frozenset("chen ecken enden halt heit keit lein ling reich schaft weise zehnt zeug".split())
"""What looks like the last part of a compound and is none."""

_SHORT = frozenset(
    "amt arm art bad bau bus eis erd fuß gas hof hut kai kur lok not ohr öl ort ost rad rat reh roh ruf see ski "
    "süd tag tal tee ton tor tür uhr weg zoo zug".split()
)
"""Short words that are parts of compounds; of the others, more stand there by chance („Term|in“)."""

_OPAQUE = frozenset(
    "augenblick bürgermeister bürgermeisterin dienstag donnerstag ehrenamt freitag geschäftsstelle grundstück "
    "haushalt jahrhundert jahrzehnt landschaft mitglied mittwoch montag nachmittag rathaus samstag sonntag "
    "vormittag wirtschaft zeitraum zeitung zukunft".split()
)
"""Compounds that mean something else than their parts: who looks for „Halt“ does not want a „Haushalt“."""

_LINKS = ("", "s", "es", "n", "en", "er")
_LINKED = ("heit", "ion", "keit", "ling", "schaft", "tum", "tät", "ung")
"""After these, an „s“ always follows in a compound."""

_LEAST = 2
_SHORTEST = 3
_DEEP = 2


def _analyse(word: str, lookup: Lookup) -> Meaning:
    if SHARED in word:
        first, second = word.split(SHARED)
        return Meaning(tuple(f"{first}{head.lower()}" for _, head in list(_cuts(second, lookup))[:1]))
    low = word.lower()
    # At the beginning of a sentence, anything has a capital.
    base = lookup(word) or lookup(low) or lookup(word.capitalize()) or _compound(word, lookup) or _compound(low, lookup)
    if base is None:
        return Meaning((word, *_name_forms(word)), tuple(_relatives(word, lookup)))
    names = (base, *_same(base, lookup), *_inflected(word, lookup))
    related = (*_parts(base, lookup, _DEEP), *(relative for name in names for relative in _relatives(name, lookup)))
    return Meaning(names, tuple(dict.fromkeys(related)))


def _parts(word: str, lookup: Lookup, depth: int) -> Iterator[str]:
    """Yield the parts of a compound and their parts, in every way it can be cut into known words."""
    if depth == 0 or word.lower() in _OPAQUE:
        return
    for first, second in _cuts(word, lookup):
        for part in (first, second):
            yield part
            yield from _parts(part, lookup, depth - 1)


def _cuts(word: str, lookup: Lookup) -> Iterator[tuple[str, str]]:
    """Yield the first and the last part of a compound, in base form, for each way to cut it."""
    noun = word[:1].isupper()
    if not noun and word.endswith("en"):
        # Verbs with a prefix are no compounds.
        return
    found: dict[int, tuple[str, str]] = {}
    for cut in range(_LEAST, len(word) - _LEAST + 1):
        first, second = word[:cut], word[cut:].lower()
        head = _head(second, lookup) if noun else _adjective(second, lookup)
        if head is None or (part := _first_part(first, lookup)) is None:
            continue
        if cut - 1 in found and word[cut - 1] == "s":
            # An „s“ links or begins: „Standes|amt“ and „Wirtschafts|amt“, but „Wasser|stand“.
            before = word[: cut - 1].lower()
            if found[cut - 1][0].lower() == before and not before.endswith(_LINKED):
                continue
            del found[cut - 1]
        found[cut] = part, head
    yield from found.values()


def _is_part(word: str) -> bool:
    return (len(word) > _SHORTEST or word in _SHORT) and word not in _PARTICLES


def _head(word: str, lookup: Lookup) -> str | None:
    """Return the base form of what may be the last part of a noun."""
    if word in _NO_HEADS or not _is_part(word):
        return None
    base = lookup(word.capitalize())
    if base is None and word.endswith("t"):
        # Participles as nouns stand in dictionaries only with an ending: „Beauftragte“.
        base = lookup(f"{word.capitalize()}e")
    return base if base and base[:1].isupper() else None


def _adjective(word: str, lookup: Lookup) -> str | None:
    """Return the base form of an adjective, which a dictionary may have without its endings only."""
    for ending in ("", "e", "en", "er", "es", "em"):
        stem = word.removesuffix(ending)
        if word.endswith(ending) and len(stem) > _SHORTEST and lookup(stem) == stem:
            return stem
    return None


def _first_part(part: str, lookup: Lookup) -> str | None:
    """Return what the first part of a compound may be: a noun, the verb of a stem („Sprech-“), an adjective."""
    low = part.lower()
    if not _is_part(low):
        return None
    for ending in ("en", "n"):
        if lookup(part.capitalize()) is None and lookup(low + ending) == low + ending:
            return low + ending
    for link in _LINKS:
        stem = low.removesuffix(link)
        if low.endswith(link) and _is_part(stem):
            noun = lookup(stem.capitalize())
            if noun and noun[:1].isupper():
                return noun
    if lookup(low) == low:
        return low
    noun = lookup(f"{part.capitalize()}e")
    return noun if noun and noun[:1].isupper() else None


def _compound(word: str, lookup: Lookup) -> str | None:
    """Return the base form of a compound that no dictionary has: of „Leerstandssprechstunden“ the singular."""
    noun = word[:1].isupper()
    for cut in range(_LEAST, len(word) - _LEAST + 1):
        first, second = word[:cut], word[cut:].lower()
        head = _head(second, lookup) if noun else _adjective(second, lookup)
        if head is not None and _first_part(first, lookup) is not None:
            return first + head.lower()
    return None


def _name_forms(word: str) -> Iterator[str]:
    """Yield what an unknown word may be a form of: „Lindenfurts“ and „Lindenfurter“ come from „Lindenfurt“."""
    if word[:1].isupper():
        for ending in ("s", "er", "ers", "ern"):
            if word.endswith(ending) and len(word) - len(ending) > _LEAST:
                yield word.removesuffix(ending)


def _same(base: str, lookup: Lookup) -> Iterator[str]:
    """Yield other words for the same: the other gender („Ärztin“: „Arzt“), the day („sonntags“: „Sonntag“)."""
    if base.endswith("in") and lookup(f"{base}nen") == base:
        yield from _nouns(base[:-2], lookup)
    if base.endswith("s") and base.islower():
        yield from _nouns(base[:-1].capitalize(), lookup)


def _inflected(word: str, lookup: Lookup) -> Iterator[str]:
    """Yield the adjective that a word with a capital may be: „Leichter“, which is a noun, too: „leicht“."""
    low = word.lower()
    adjective = lookup(low)
    if low != word and adjective and adjective != low and low.startswith(adjective):
        yield adjective


def _relatives(base: str, lookup: Lookup) -> Iterator[str]:
    """Yield what a word was made from: „Anmeldung“: „anmelden“, „ärztlich“: „Arzt“, „Schwimmer“: „schwimmen“."""
    if base[:1].isupper():
        for ending, verb in (("ung", "en"), ("ung", "n"), ("er", "en")):
            if base.endswith(ending):
                made_from = base.removesuffix(ending).lower() + verb
                if lookup(made_from) == made_from:
                    yield made_from
        return
    for ending in ("lich", "isch", "ig"):
        if base.endswith(ending):
            yield from _nouns(base.removesuffix(ending).capitalize(), lookup)
    if base.endswith("bar") and lookup(f"{base[:-3]}en") == f"{base[:-3]}en":
        yield f"{base[:-3]}en"


def _nouns(stem: str, lookup: Lookup) -> Iterator[str]:
    """Yield the noun with this stem, which may have an umlaut that the noun has not, and lack its last letter."""
    without = stem.translate(str.maketrans("äöüÄÖÜ", "aouAOU"))
    for form in dict.fromkeys((stem, without, f"{stem}e", f"{without}e")):
        if len(form) >= _LEAST and (noun := lookup(form)) == form:
            yield noun
            return


GERMAN = Language(stopwords=stopwords(_STOPWORDS), endings=(_ALWAYS, _ELSE), analyse=_analyse)
