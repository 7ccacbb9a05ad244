"""Hints on the language: for citizens, not for files (see also DIN 8581-1, Einfache Sprache)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.hints.hint import Hint, Looked
from generator.hints.prose import links, sentences
from generator.model.event import Event
from generator.model.news import News
from generator.model.page import Page

__all__ = ["long_sentences", "nominal_style", "run_in_lists", "unexplained", "vague_links"]

_LONGEST = 25
"""Words of a sentence."""

_MOST_NOUNS = 4
"""Nouns made of verbs and adjectives in a sentence."""

_NOUN = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{2,}(?:ung|heit|keit|ierung|nahme|schaft)(?:en|s|es)?")
_ABBREVIATION = re.compile(r"\b[A-ZÄÖÜ]{2,6}\b")
_EVERYBODY_KNOWS = frozenset(
    "AG AM BY CC DE DIN EG EU EUR FAQ GPS ICE ID IP IT KFZ LKW NATO ND OK PC PDF PKW QR RSS SA SMS TOP TV USA USB UTC "
    "WC WLAN ZDF ARD ADAC".split()
)
_VAGUE = re.compile(
    r"(?:bitte )?(?:hier|dort|da|mehr|weiter|weiterlesen|mehr (?:lesen|dazu)|link|klick(?:en sie)?|hier klicken|"
    r"download|pdf|details)[.:!]?",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[-*+] +\S")
_PROSE = re.compile(r"[^\W\d_„(]")
"""How a line of a paragraph begins, and no heading, list, table or quotation."""

_FOR_CITIZENS = (News, Event, Page)


def long_sentences(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each sentence with more words than most people keep in mind."""
    if not isinstance(looked.entry, _FOR_CITIZENS):
        return
    source = looked.entry.source
    for sentence in sentences(source.body, source.body_line):
        count = len(sentence.words)
        if count > _LONGEST:
            yield Hint(
                sentence.line,
                f"Der Satz „{_beginning(sentence.text)}“ hat {count} Wörter.",
                f"Auf zwei Sätze verteilen; gut lesbar sind bis zu {_LONGEST}.",
            )


def nominal_style(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each sentence that is made of nouns where verbs would do."""
    if not isinstance(looked.entry, _FOR_CITIZENS):
        return
    source = looked.entry.source
    for sentence in sentences(source.body, source.body_line):
        nouns = [word for word in sentence.words if _NOUN.fullmatch(word)]
        if len(nouns) >= _MOST_NOUNS:
            yield Hint(
                sentence.line,
                f"Der Satz „{_beginning(sentence.text)}“ hat viele Hauptwörter: {', '.join(nouns)}.",
                "Mit Verben schreiben: „prüfen“ statt „eine Prüfung durchführen“.",
            )


def unexplained(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each abbreviation that the text does not explain."""
    if not isinstance(looked.entry, _FOR_CITIZENS):
        return
    source = looked.entry.source
    body = source.body
    told: set[str] = set()
    for sentence in sentences(body, source.body_line):
        for short in _ABBREVIATION.findall(sentence.text):
            explained = re.search(rf"\*\[{short}\]:|\({short}\)|\b{short}\s?\(", body)
            if short in told or short in _EVERYBODY_KNOWS or explained:
                continue
            told.add(short)
            yield Hint(
                sentence.line,
                f"Die Abkürzung „{short}“ wird nicht erklärt.",
                f"Beim ersten Mal ausschreiben, „… ({short})“, oder unten „*[{short}]: …“ ergänzen.",
            )


def vague_links(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each link whose text does not say where it leads (WCAG 2.2, 2.4.4)."""
    source = looked.entry.source
    for link in links(source.body, source.body_line):
        if _VAGUE.fullmatch(link.text):
            yield Hint(
                link.line,
                f"Der Link heißt nur „{link.text}“.",
                "Sagen, wohin er führt: „Zur Anmeldung“ statt „hier“.",
            )


def run_in_lists(looked: Looked) -> Iterator[Hint]:
    """Yield a hint for each list without an empty line before it, which would be a part of the paragraph."""
    source = looked.entry.source
    in_code = False
    for number, (before, line) in enumerate(pairwise(source.body.split("\n")), start=source.body_line + 1):
        in_code ^= before.startswith("```")
        if not in_code and _ITEM.match(line) and _PROSE.match(before):
            yield Hint(number, "Vor der Liste fehlt eine leere Zeile.", "Sie ergänzen, sonst wird alles ein Absatz.")


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")
