"""What looks like the mark of something non-public.

In doubt nothing is shown: whatever looks so and is not understood as such is a problem, not a part of a page.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape
from pathlib import PurePosixPath

__all__ = [
    "begins_suspiciously",
    "is_mark",
    "is_non_public",
    "is_ordinary",
    "is_public_again",
    "is_suspicious",
    "is_suspicious_path",
]

_NON_PUBLIC = re.compile(r"\bnicht ?(?:ö|oe|o)ff(?:ent|\b)")
_PUBLIC_AGAIN = re.compile(r"\((?:ö|oe)ffentlich\)|^(?:ö|oe)ffentlicher teil", re.IGNORECASE)
_SUSPECT = rf"(?:{_NON_PUBLIC.pattern}|vertraulich|nö\b|n ö\b|top n ?[0-9]|ausschluss der (?:ö|oe)ffentlichkeit)"
_SUSPICIOUS = re.compile(rf"\b{_SUSPECT}")
_BEGINS_SUSPICIOUSLY = re.compile(rf"[0-9 ]*{_SUSPECT}")
_HIDDEN = r"(?:nicht ?(?:ö|oe|o)ffentlich\w*|streng vertraulich|vertraulich\w*|n ?ö|interner?)"
_MARK = re.compile(rf"(?:(?:top|teil|punkt) )?(?:[0-9 ]+|[a-z] )?{_HIDDEN}(?: (?:teil|sitzung|tagesordnung|punkte))?")
_MARK_BEHIND = re.compile(r"[(\[]\s*(?:nicht ?(?:ö|oe|o)ff\w*|n\.? ?ö\.?|vertraulich|intern)\s*[)\]]\s*$")
_ORDINARY = re.compile(
    r"(?:(?:ö|oe)ffentliche[rn]?\b.*|(?:die )?(?:anwesen|teilnehm|entschuldig|anlage|anhang|anh(?:ä|ae)ng|ergebnis|"
    r"beschl(?:ü|ue)ss|auftr(?:ä|ae)g|aufgaben|termin|n(?:ä|ae)chste[rs]?|schlu|ende|hinweis|unterschrift|verteiler|"
    r"tagesordnung|begr(?:ü|ue)(?:ß|ss)|er(?:ö|oe)ffnung|genehmigung|verschiedenes|sonstiges|protokoll|niederschrift)\w*"
    r"\b.*)"
)
_TAG = re.compile(r"<[^>]*>")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_SOFT_HYPHEN, _FIRST_MARK = "\u00ad", "\u0300"
"""The only invisible character (category Cf) before the first combining mark (Mn) of Unicode."""


def is_non_public(heading: str) -> bool:
    """Tell whether a heading says that what follows is non-public."""
    return any(map(_NON_PUBLIC.search, _readings(heading)))


def is_public_again(heading: str) -> bool:
    """Tell whether a heading ends a non-public part."""
    return bool(_PUBLIC_AGAIN.search(_normalised(heading)))


def is_ordinary(heading: str) -> bool:
    """Tell whether a heading is one that minutes have beside their agenda items: „Anwesend“, „Nächste Sitzung“."""
    return is_public_again(heading) or any(map(_ORDINARY.fullmatch, _readings(heading)))


def is_suspicious(text: str) -> bool:
    """Tell whether a heading, or what stands for one, has words of a non-public part."""
    return any(map(_SUSPICIOUS.search, _readings(text)))


def is_suspicious_path(path: PurePosixPath) -> bool:
    """Tell whether a file is named like something non-public: ``anlagen/nö-vorlage.pdf``."""
    return is_suspicious(str(path.with_suffix("")).replace("_", " "))


def begins_suspiciously(line: str) -> bool:
    """Tell whether a line begins with words of a non-public part."""
    return any(map(_BEGINS_SUSPICIOUSLY.match, _readings(line)))


@lru_cache(maxsize=1024)
def is_mark(heading: str) -> bool:
    """Tell whether a heading has no other meaning than that what follows is non-public.

    „Was heißt nichtöffentlich?“ may stand in any text; „Nichtöffentlicher Teil“, „Vertraulich“ and „Angebot (NÖ)“ may
    not.
    """
    return any(map(_MARK.fullmatch, _readings(heading))) or bool(_MARK_BEHIND.search(_normalised(heading).lower()))


def _normalised(text: str) -> str:
    """Return the text with composed umlauts and without entities and invisible characters."""
    seen = unicodedata.normalize("NFC", unescape(text))
    if max(seen, default="") < _FIRST_MARK and _SOFT_HYPHEN not in seen:
        return seen
    return "".join(char for char in seen if unicodedata.category(char) not in {"Cf", "Mn"})


def _readings(text: str) -> tuple[str, ...]:
    """Return the text as lower-case words with one space between them: with what stands in tags, and without."""
    return (_words(text), _words(_TAG.sub("", text))) if "<" in text else (_words(text),)


def _words(text: str) -> str:
    return _BETWEEN_WORDS.sub(" ", _normalised(text).lower()).strip()
